"""Send mutated messages through all that happens to one article: each must end as a record or a named refusal."""

from collections import Counter
from itertools import islice
from time import thread_time

from connectors.message import Message
from pipelines.core.analysis import analyze_article
from pipelines.core.article import Origin, RawArticle
from pipelines.core.duplicates.signature import sign
from pipelines.core.normalization import Normalized, normalize_article
from pipelines.core.records import article_record, rejection_record
from pipelines.core.rejection import REASONS, Rejected
from pipelines.inputs import Decoder
from schemas.codec import encode
from tests.fuzz.mutate import TEXTS, TIMES, messages

SLOWEST_S = 2.0
READ_ONE_IN = 150
"""Reading an article takes some ten times as long as all that comes before it."""


def fuzz(count: int, seed: int) -> Counter[str]:
    """Return how many messages became articles, and how many were refused, by reason; raise where one did neither."""
    outcomes: Counter[str] = Counter()
    decoder = Decoder()
    _read(normalize_article(RawArticle("okaz", TEXTS[3], TEXTS[0], TIMES[0])), Message(b"", "first", 0, 0))  # loads all
    for message in islice(messages(seed), count):
        begun = thread_time()
        try:
            outcome = _follow(decoder, message)
        except Exception as error:
            error.add_note(f"(message {message.offset} of seed {seed}: {message.value[:2000]!r})")
            raise
        assert thread_time() - begun < SLOWEST_S, (seed, message.offset, len(message.value))
        outcomes[outcome] += 1
    return outcomes


def _follow(decoder: Decoder, message: Message) -> str:
    try:
        normalized = normalize_article(decoder.decode(message))
    except Rejected as refusal:
        _check_refusal(refusal, message)
        return refusal.reason
    _check(normalized)
    if message.offset % READ_ONE_IN == 0:
        _read(normalized, message)
    return "article"


def _check_refusal(refusal: Rejected, message: Message) -> None:
    assert REASONS[refusal.reason] is type(refusal)
    assert refusal.message.endswith("."), refusal.message
    if message.offset % READ_ONE_IN == 0:
        origin = Origin(message.topic, message.partition, message.offset)
        encode("rejection", rejection_record(refusal, "fuzz", message.value, origin, timestamp_ms=message.timestamp))


def _check(normalized: Normalized) -> None:
    article = normalized.article
    assert article.published_at.tzinfo is not None
    assert 0 <= article.body_start <= article.body_end <= len(article.body)
    last = {"title": 0, "body": 0}
    for aside in article.asides:
        assert last[aside.field] <= aside.start < aside.end <= len(getattr(article, aside.field))
        last[aside.field] = aside.end


def _read(normalized: Normalized, message: Message) -> None:
    article, origin = normalized.article, Origin(message.topic, message.partition, message.offset)
    found = analyze_article(article)
    sign(article)
    fields = article_record(
        article,
        0,
        mentions=found.mentions,
        offices=found.offices,
        dates=found.dates,
        event_ids=[event.event_id for event in found.events],
        origin=origin,
        unread=found.unread,
    )
    encode("article", fields)

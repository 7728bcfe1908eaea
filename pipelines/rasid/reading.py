"""Read articles: one, or many."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any

from rasid.articles import Article

from pipelines.core.annotation import annotate_article
from pipelines.core.article import RawArticle
from pipelines.core.entities.model import EntityModel
from pipelines.core.normalization import normalize_article
from pipelines.core.records.raw_article import raw_article
from pipelines.core.rejection import Rejected
from pipelines.core.text.fold import fold_text
from pipelines.core.text.normalize import normalize_text

__all__ = ["Rejected", "normalize", "read", "read_many"]

Given = str | Mapping[str, Any]
NO_DAY, NO_SOURCE = "1990-01-01", "?"
"""What stands for what was not given: a day that no stated date is old on, and a name that no outlet has."""
_TOGETHER, _AHEAD = 32, 4


def read(
    article: Given,
    *,
    source: str | None = None,
    date: str | date | datetime | None = None,
    model: EntityModel = "fast",
) -> Article:
    """Read an article: a text, or a mapping as the pipeline takes it (title, body, source, published_at, url, id ...).

    `source` and `date` are the outlet and the time of publication where the mapping names none; both may be absent.
    Without a date "yesterday" has no value, and no event of a stated day counts as old. Offsets count code points of
    the title and body as they were given. Raises `Rejected`, whose `reason` and `message` say why it cannot be read.

    >>> article = read("وصل الرئيس التونسي إلى الجزائر أمس.", date="2026-03-10")
    >>> [date.value for date in article.dates]
    ['2026-03-09']
    """
    return _read(raw_of(article, source, date), model)


def read_many(
    articles: Iterable[Given],
    *,
    source: str | None = None,
    date: str | date | datetime | None = None,
    model: EntityModel = "fast",
    jobs: int | None = 1,
) -> Iterator[Article | Rejected]:
    """Read articles, lazily, one for one and in order; what cannot be read gives its `Rejected`, not raised.

    `jobs` is how many processes read, None for one a processor. Memory holds a few dozen articles for each.
    """
    raws = (_refused_or(partial(raw_of, article, source, date)) for article in articles)
    if jobs == 1:
        for raw in raws:
            yield raw if isinstance(raw, Rejected) else _refused_or(partial(_read, raw, model))
        return
    jobs = jobs or _processors()
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[list[Article | Rejected]]] = deque()
        for batch in iter(lambda: list(islice(raws, _TOGETHER)), []):
            waiting.append(pool.submit(_read_all, batch, model))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        for done in waiting:
            yield from done.result()


def normalize(text: str, *, fold: bool = False) -> str:
    """Return a text in the form that the pipeline reads: repaired, NFC, without markup and stretching tatweel.

    `fold` also takes away what spellings differ in: diacritics, forms of alef, ة and ى. For comparing, not for reading.

    >>> normalize("قـــال&nbsp;أَحمد"), normalize("قـــال&nbsp;أَحمد", fold=True)
    ('قال أَحمد', 'قال احمد')
    """
    clean = normalize_text(text).text
    return fold_text(clean) if fold else clean


def raw_of(article: Given, source: str | None = None, day: str | date | datetime | None = None) -> RawArticle:
    """Return an article as the pipeline takes it; raises MissingField where there is no text."""
    told = {"body": article} if isinstance(article, str) else {k: v for k, v in article.items() if v is not None}
    moment = told.get("published_at", day)
    fields = {name: str(value) for name, value in told.items()}
    fields["published_at"] = moment.isoformat() if isinstance(moment, date) else str(moment or NO_DAY)
    fields["source"] = fields.get("source") or source or NO_SOURCE
    return raw_article(fields)


def _read(raw: RawArticle, model: EntityModel) -> Article:
    fields = annotate_article(raw, model)
    is_dated = raw.published_at != NO_DAY
    if not is_dated:
        _forget_the_day(fields)
    return Article.of(
        fields,
        title=raw.title,
        body=raw.body,
        source=None if raw.source == NO_SOURCE else raw.source,
        published_at=normalize_article(raw).article.published_at if is_dated else None,
    )


def _forget_the_day(fields: dict[str, Any]) -> None:
    """Take out what rests on a day of publication that nobody gave."""
    stated = {one["value"] for one in fields["dates"] if one["resolution"] == "stated"}
    for one in fields["dates"]:
        one["value"] = one["value"] if one["resolution"] == "stated" else None
    for event in fields["events"]:
        event["event_id"] = None
        event["date"] = event["date"] if event["date"] and event["date"]["value"] in stated else None


def _refused_or(work: "partial[Any]") -> Any:
    try:
        return work()
    except Rejected as refusal:
        return refusal


def _read_all(raws: list[RawArticle | Rejected], model: EntityModel) -> list[Article | Rejected]:
    return [raw if isinstance(raw, Rejected) else _refused_or(partial(_read, raw, model)) for raw in raws]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

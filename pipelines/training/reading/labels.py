"""Read the hand-labelled articles as words: names, and tellings of events with their participants, place and day."""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.core.article import RawArticle
from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.features import find_known
from pipelines.core.normalization import normalize_article
from pipelines.core.rejection import Rejected
from pipelines.core.text.document import read_document
from pipelines.core.text.fold import fold_text

_LEAST = 4

Place = tuple[int, int]
Labelled = tuple[dict[str, Any], dict[str, Any]]
"""An article as it is sent, and its labels."""


class Part(NamedTuple):
    """What fills a role of a telling: words `[first, last)`; `sure` is false where nothing is said of other roles."""

    role: int
    first: int
    last: int


class Telling(NamedTuple):
    """A sentence's telling of an event: its trigger's words, and who and what has a part in it.

    `ignored` are further places where a part that the sentence does not name is named: neither right nor wrong.
    """

    event: str
    type: str
    first: int
    last: int
    flags: frozenset[str]
    parts: tuple[Part, ...]
    ignored: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article's words, title first, as sentences; `tags` are BIO labels of names, one a word."""

    id: str
    sentences: list[list[str]]
    hits: list[list[Hit]]
    spans: list[tuple[str, int, int]]
    tags: list[str] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)


def read_labels(articles: Path, labels: Path) -> Iterator[LabelledArticle]:
    """Yield the articles of a part; one that the pipeline would reject is left out."""
    yield from label_articles(pair_up(articles, labels))


def pair_up(articles: Path, labels: Path) -> Iterator[Labelled]:
    """Yield the articles of a part as they are sent, each with its labels."""
    told = {record["id"]: record for record in read_lines(labels)}
    yield from ((raw, told[raw["id"]]) for raw in read_lines(articles) if raw["id"] in told)


def label_articles(labelled: Iterable[Labelled]) -> Iterator[LabelledArticle]:
    """Yield articles as words, of articles as they are sent, each with its labels; a rejected one is left out."""
    for raw, record in labelled:
        try:
            yield _label(read_words(raw), record)
        except Rejected:
            continue


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read_words(raw: dict[str, Any]) -> LabelledArticle:
    """Read an article's words as the pipeline does; `spans` are their places in the text as it was sent."""
    sent = RawArticle(raw["source"], raw["title"] or "", raw["body"] or "", raw["published_at"], raw.get("url"))
    normalized = normalize_article(sent)
    article = normalized.article
    read = LabelledArticle(raw["id"], [], [], [])
    for document, mapped in (
        (read_document("title", article.title), normalized.title),
        (read_document("body", article.body, article.body_start, article.body_end), normalized.body),
    ):
        for sentence in document.sentences:
            tokens = document.tokens[sentence.first : sentence.last]
            read.sentences.append([token.folded for token in tokens])
            read.hits.append(find_known(read.sentences[-1]))
            read.spans.extend((document.field, *mapped.source_span(token.start, token.end)) for token in tokens)
    return read


def _label(read: LabelledArticle, record: dict[str, Any]) -> LabelledArticle:
    read.tags.extend("O" for _ in read.spans)
    for mention in record["mentions"]:
        if place := _words(read, mention):
            first, last = place
            read.tags[first:last] = [f"B-{mention['type']}", *(f"I-{mention['type']}" for _ in range(first + 1, last))]
    named = [(fold_text(one["text"]), place) for one in _named(record) if (place := _words(read, one))]
    days = [(date["value"], place) for date in record["dates"] if (place := _words(read, date))]
    for told in record["events"]:
        if told["trigger"] and (place := _words(read, told["trigger"])):
            read.tellings.append(_telling(read, told, place, named, days))
    return read


def _named(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every place in the text where somebody or something is named."""
    yield from record["mentions"]
    for told in record["events"]:
        yield from (one for one in (*told["actors"], *told["recipients"], told["place"]) if one and "start" in one)


def _words(read: LabelledArticle, place: dict[str, Any]) -> Place | None:
    inside = [
        at
        for at, (name, start, end) in enumerate(read.spans)
        if name == place["field"] and start < place["end"] and place["start"] < end
    ]
    return (inside[0], inside[-1] + 1) if inside else None


def _telling(
    read: LabelledArticle,
    told: dict[str, Any],
    trigger: Place,
    named: Sequence[tuple[str, Place]],
    days: Sequence[tuple[str, Place]],
) -> Telling:
    parts: list[Part] = []
    ignored: list[Part] = []
    for role, parties in enumerate((told["actors"], told["recipients"], [told["place"]] if told["place"] else [])):
        for party in parties:
            if "start" in party:
                if place := _words(read, party):
                    parts.append(Part(role, *place))
            else:
                name = fold_text(party["name"])
                _take(parts, ignored, role, trigger, (place for text, place in named if _is_same(text, name)))
    if told["date"]:
        _take(parts, ignored, 3, trigger, (place for value, place in days if value == told["date"]))
    return Telling(
        told["event"], told["type"], *trigger, frozenset(told["flags"]), tuple(parts), tuple({*ignored} - {*parts})
    )


def _take(parts: list[Part], ignored: list[Part], role: int, trigger: Place, places: Iterable[Place]) -> None:
    """Take the place nearest before the trigger, or else behind it; the others are ignored."""
    near = sorted(set(places), key=lambda place: (place[0] > trigger[0], abs(place[0] - trigger[0])))
    parts += [Part(role, *place) for place in near[:1]]
    ignored += [Part(role, *place) for place in near[1:]]


def _is_same(one: str, two: str) -> bool:
    return one == two or (len(one) >= _LEAST and one in two) or (len(two) >= _LEAST and two in one)

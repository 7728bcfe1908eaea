"""Articles as they arrive and as we keep them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.core.packed import Value


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a message came from: a Kafka topic, or a file's name with its line as the offset.

    `id` tells it from another that stood at the same place before: Kafka's id of the topic, or a hash of the line.
    """

    topic: str
    partition: int
    offset: int
    id: str = ""

    def __str__(self) -> str:
        """Write it as Kafka people do: topic/partition@offset."""
        return f"{self.topic}/{self.partition}@{self.offset}"


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as its publisher sent it; nothing is checked but the types."""

    source: str
    title: str
    body: str
    published_at: str
    id: str | None = None
    url: str | None = None
    source_ar: str | None = None
    summary: str | None = None
    category: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Span(Value):
    """A slice of an article's `title` or `body`: `text == field[start:end]`, in code points."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Byline(Value):
    """Who wrote it first: the news agency named, and the city of the dateline."""

    agency: str | None
    agency_span: Span | None
    city: Span | None


@dataclass(frozen=True, slots=True)
class Aside(Value):
    """A stretch of `title` or `body`, `[start, end)`, that is no part of the article itself; `kind` says why."""

    field: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Article(Value):
    """An article in the form that every offset points into (`arabic.md`, "two forms").

    `published_at` carries its zone; `zone` is the IANA name it was read in, `"UTC"` when nothing is known.
    `body_start` and `body_end` leave out the dateline and the end mark; `asides` are in order and apart.
    `content_id` is the same for two articles whose folded title and body are equal.
    """

    article_id: str
    content_id: str
    source: str
    title: str
    body: str
    published_at: datetime
    zone: str
    language: str
    id: str | None = None
    url: str | None = None
    country: str | None = None
    byline: Byline | None = None
    body_start: int = 0
    body_end: int = 0
    category: str | None = None
    author: str | None = None
    source_ar: str | None = None
    asides: tuple[Aside, ...] = ()

    @property
    def own_title(self) -> str:
        """Return the title without what is set aside."""
        return _without(self.title, 0, len(self.title), [one for one in self.asides if one.field == "title"])

    @property
    def own_body(self) -> str:
        """Return the copy itself: the body without dateline, end mark and what is set aside."""
        return _without(self.body, self.body_start, self.body_end, [one for one in self.asides if one.field == "body"])


def _without(text: str, start: int, end: int, asides: Sequence[Aside]) -> str:
    pieces, last = list[str](), start
    for aside in asides:
        pieces.append(text[last : max(last, min(aside.start, end))])
        last = max(last, aside.end)
    return "".join((*pieces, text[last : max(last, end)])) if pieces else text[start:end]

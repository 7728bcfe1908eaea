"""What is found in an article, each with its place in the text that was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

_FLAGS = ("negated", "future", "hypothetical", "historical")


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of the title or the body as they were given: `text == article.body[start:end]`, in code points."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Name(Span):
    """One place where somebody, somewhere or something is named.

    `type` is PER, LOC, ORG or MISC: what stands there. `entity_id` is the same however it is spelt: Wikidata's "Q...",
    GeoNames' "g...", or "n..." made from the name. `country` is ISO 3166-1 alpha-2; coordinates are degrees, WGS 84.
    """

    type: str
    entity_id: str
    name: str
    qid: str | None
    geonames_id: int | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Office(Span):
    """An office: `role` without its country, and who holds it, or the office itself where nobody is named."""

    role: str
    country: str | None
    organisation_id: str | None
    organisation: str | None
    entity_id: str
    name: str
    qid: str | None


@dataclass(frozen=True, slots=True)
class Date(Span):
    """A date. `value` is ISO 8601 (2024-03-05, 2024-W10, 2024-03, 199X, start/end).

    `resolution` is stated, relative ("yesterday") or publication ("5 March": which year, the day of publication says);
    the `value` of the last two is None where no day of publication was given.
    """

    value: str | None
    granularity: str
    resolution: str


@dataclass(frozen=True, slots=True)
class Aside(Span):
    """What is no part of the article itself, and why it was not read: `kind` is call, credit, too_long and so on."""

    kind: str


@dataclass(frozen=True, slots=True)
class Participant:
    """Who did it, or whom it was done to; `text` are the words for it. `type` is PER, LOC, ORG or MISC.

    `confidence` is how likely it took this part, if the event is right.
    """

    entity_id: str
    type: str
    name: str
    qid: str | None
    geonames_id: int | None
    country: str | None
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened; `text` are the words for it.

    `confidence` is how likely it was there, if the event is right.
    """

    entity_id: str
    name: str
    qid: str | None
    geonames_id: int | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    confidence: float
    text: str | None


@dataclass(frozen=True, slots=True)
class When:
    """When it happened; values as in `Date`."""

    value: str
    granularity: str


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, where and when. `type` and `mode` are PLOVER's; `quote` is the sentence that says so.

    `mutual` is true where both sides did the same, as in a meeting: the recipients may be counted as actors too.
    `event_id` is None where no day of publication was given: the same event would have another with it.
    """

    event_id: str | None
    type: str
    mode: str | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    mutual: bool
    place: Place | None
    date: When | None
    negated: bool
    future: bool
    hypothetical: bool
    historical: bool
    confidence: float
    trigger: Span
    quote: Span

    @property
    def happened(self) -> bool:
        """Return whether it is told as a fact of the news: not negated, future, hypothetical or historical."""
        return not (self.negated or self.future or self.hypothetical or self.historical)

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Make one of what `rasid annotate` writes."""
        alike = ("event_id", "type", "mode", "mutual", "confidence", *_FLAGS)
        told: dict[str, Any] = {name: fields[name] for name in alike}
        return cls(
            **told,
            actors=tuple(Participant(**party) for party in fields["actors"]),
            recipients=tuple(Participant(**party) for party in fields["recipients"]),
            place=Place(**fields["place"]) if fields["place"] else None,
            date=When(**fields["date"]) if fields["date"] else None,
            trigger=Span(**fields["trigger"]),
            quote=Span(**fields["evidence"]),
        )

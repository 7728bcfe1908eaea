"""Who did what to whom, where and when, as one article tells it (PLOVER)."""

from dataclasses import dataclass

from pipelines.core.article import Span
from pipelines.core.entities.mention import Entity
from pipelines.core.packed import Value

TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "RETREAT",
    "CONCEDE",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)


@dataclass(frozen=True, slots=True)
class Participant(Value):
    """An actor or a recipient: an entity, or a role or group in the text's own words.

    `confidence` is how likely it took this part, if the event is right.
    """

    entity: Entity
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class EventDate(Value):
    """The day it happened, or the coarser time that the text gives (values as in `DateMention`)."""

    value: str
    granularity: str


@dataclass(frozen=True, slots=True)
class Flags(Value):
    """What keeps an event from being a plain fact of today's news."""

    negated: bool = False
    future: bool = False
    hypothetical: bool = False
    historical: bool = False


@dataclass(frozen=True, slots=True)
class Event(Value):
    """One distinct happening that an article reports.

    `trigger` is the verb or verbal noun; `evidence` is the clause or sentence that says so, quoted from the text.
    `place_span` is where the place is named, `place_confidence` how likely it was there, if the event is right.
    """

    event_id: str
    type: str
    mode: str | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    place: Entity | None
    date: EventDate | None
    flags: Flags
    confidence: float
    trigger: Span
    evidence: Span
    place_span: Span | None = None
    place_confidence: float | None = None

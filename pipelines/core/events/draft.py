"""One telling of an event, with what its words name."""

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from pipelines.core.article import Span
from pipelines.core.entities.mention import Entity
from pipelines.core.events.event import EventDate, Participant

T = TypeVar("T")
_LIKELY = 0.5


class Filled(NamedTuple, Generic[T]):
    """Who or what fills a role, and how likely."""

    what: T
    confidence: float

    @property
    def is_likely(self) -> bool:
        """Tell whether it rather does than not."""
        return self.confidence >= _LIKELY


@dataclass(frozen=True, slots=True)
class Draft:
    """One telling of an event; `order` counts sentences from the title, `flags` are as likely as the model says.

    What is not likely counts where no telling of the event names anything better. `same` is the telling's.
    """

    order: int
    type: str
    mode: str | None
    actors: tuple[Filled[Participant], ...]
    recipients: tuple[Filled[Participant], ...]
    places: tuple[Filled[tuple[Entity, Span]], ...]
    days: tuple[Filled[EventDate], ...]
    flags: tuple[float, ...]
    trigger: Span
    lemma: str
    evidence: Span
    confidence: float
    same: tuple[float, ...]

    @property
    def filled(self) -> int:
        """Count the sides of which somebody is likely known."""
        return bool(likely(self.actors)) + bool(likely(self.recipients))


def likely(filled: tuple[Filled[T], ...]) -> list[T]:
    """Return what is likely."""
    return [one.what for one in filled if one.is_likely]

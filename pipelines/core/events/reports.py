"""What articles say of events, as it is remembered: packed, for it is kept as long as the horizon."""

from dataclasses import dataclass
from typing import Any

from pipelines.core.events.event import Event
from pipelines.core.events.example import EVENT, EVIDENCE
from pipelines.core.packed import Packing, Value

Evidence = dict[str, Any]

_PACKING = Packing((EVENT, EVIDENCE))


@dataclass(frozen=True, slots=True)
class Observed(Value):
    """An article reports an event. `published` is in milliseconds, UTC; `observe` makes one."""

    published: int
    article_id: str
    revision: int
    event_id: str
    packed: bytes

    @property
    def told(self) -> tuple[Event, Evidence]:
        """Return what the article says of it."""
        told: tuple[Event, Evidence] = _PACKING.unpack(self.packed)
        return told


def observe(published: int, article_id: str, revision: int, event: Event, evidence: Evidence) -> Observed:
    """Return that an article reports an event: what it says of it is packed, for it is kept as long as the horizon."""
    return Observed(published, article_id, revision, event.event_id, _PACKING.pack((event, evidence)))


@dataclass(frozen=True, slots=True)
class Corrected(Value):
    """An article has a newer text: what its earlier revisions reported no longer counts."""

    published: int
    article_id: str
    revision: int


@dataclass(frozen=True, slots=True)
class Copied(Value):
    """Another article has the text of `original_id`: its outlet is further evidence; `follow` makes one."""

    published: int
    article_id: str
    original_id: str
    packed: bytes

    @property
    def evidence(self) -> Evidence:
        """Return what names the copy."""
        evidence: Evidence = _PACKING.unpack(self.packed)
        return evidence


def follow(published: int, article_id: str, original_id: str, evidence: Evidence) -> Copied:
    """Return that an article has another's text; `evidence` names the copy."""
    return Copied(published, article_id, original_id, _PACKING.pack(evidence))


Report = Observed | Corrected | Copied

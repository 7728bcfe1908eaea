"""How far a run has come: the numbers that the live line, the summary, `rasid status` and /metrics all show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.message import Delivery, Message
from pipelines.core.histogram import Histogram
from pipelines.transforms.memory import MEMORY
from pipelines.transforms.readers import READERS
from schemas.codec import decode

FROM_ARRIVAL_S = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 21600, 86400)
FROM_PUBLICATION_S = (1, 5, 15, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400)
LAST_REJECTIONS = 5


@dataclass
class Progress:
    """What a run has done; `read` and `expired` count messages, `written` what was recorded of them by its outcome.

    Merged records are in `written` too, by their names. `reached` is event time in milliseconds. `waiting` is for how
    many seconds no broker has answered. `lag` is by partition how many offsets there are that were not read yet.
    """

    has_begun: bool = False
    read: int = 0
    total: int | None = None
    written: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    expired: int = 0
    reached: int | None = None
    waiting: float = 0.0
    lag: dict[int, int] = field(default_factory=dict)
    state_bytes: int = 0
    state_entries: Counter[str] = field(default_factory=lambda: MEMORY.entries)
    from_arrival: Histogram = field(default_factory=lambda: Histogram(FROM_ARRIVAL_S))
    from_publication: Histogram = field(default_factory=lambda: Histogram(FROM_PUBLICATION_S))
    reading: Histogram = field(default_factory=lambda: READERS.seconds)
    rejections: list[Delivery] = field(default_factory=list)
    position: dict[str, Any] = field(default_factory=dict)

    def add(self, messages: Sequence[Message], written: Sequence[Delivery], now: float) -> None:
        """Count a batch: what was read, what was written of it, and at what moment (seconds since 1970)."""
        self.read, self.waiting = self.read + len(messages), 0.0
        self.written.update(one.outcome or one.record for one in written)
        refused = [one for one in written if one.outcome == "rejection"]
        self.reasons.update(decode(one.value).fields["reason"] for one in refused)
        self.rejections = [*self.rejections, *refused][-LAST_REJECTIONS:]
        arrived = {(one.topic, one.partition, one.offset, one.origin_id): one.timestamp for one in messages}
        for one in written:
            if one.line is not None and one.place is not None:
                _add_since(self.from_arrival, arrived.get(one.place), now)
                _add_since(self.from_publication, one.line.timestamp if one.outcome != "rejection" else None, now)


def _add_since(seconds: Histogram, then_ms: int | None, now: float) -> None:
    """Add how long ago something was; a moment in the future is now, and one that is not known is left out."""
    if then_ms is not None:
        seconds.add(max(0.0, now - then_ms / 1000))

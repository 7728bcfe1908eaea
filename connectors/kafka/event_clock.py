"""Event time on a topic that is quiet: it goes on with the wall clock from where the last message left it."""

import time
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass
class EventClock:
    """How far event time has come in this process, over all partitions of one topic.

    A partition at its end, or never written, must hold nobody back; and a replay of an old week must not jump to
    today when it pauses for a second. So a quiet partition reports the newest event time seen anywhere on its topic
    plus the time that has passed since, and only a topic that was silent from the start reports the present. What is
    dated in the future is no sign that the future has come: no clock goes beyond the present.
    """

    newest: int | None = None
    heard: float = field(default_factory=time.time)

    clocks: ClassVar[dict[str, "EventClock"]] = {}

    @classmethod
    def of(cls, topic: str) -> "EventClock":
        """Return this process's clock for a topic."""
        return cls.clocks.setdefault(topic, cls())

    def advance(self, event_time: int) -> None:
        """Note an event time, in milliseconds."""
        self.heard = time.time()
        event_time = min(event_time, int(self.heard * 1000))
        if self.newest is None or event_time > self.newest:
            self.newest = event_time

    def now(self) -> float:
        """Return the event time of this moment, in milliseconds."""
        if self.newest is None:
            return time.time() * 1000
        return min(time.time() * 1000, self.newest + (time.time() - self.heard) * 1000)

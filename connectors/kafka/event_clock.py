"""Event time on a topic that is quiet: it goes on with the wall clock from where the last message left it."""

import time
from collections import deque
from dataclasses import dataclass, field
from statistics import median_high
from typing import ClassVar

FEW = 9


@dataclass
class EventClock:
    """How far event time has come in this process, over all partitions of one topic.

    A partition at its end, or never written, must hold nobody back; and a replay of an old week must not jump to
    today when it pauses for a second. So a quiet partition reports the event time last seen anywhere on its topic plus
    the time that has passed since, and only a topic that was silent from the start reports the present. The median of
    the last few messages tells what was seen: one with a date in the future is no sign that the future has come.
    """

    recent: deque[int] = field(default_factory=lambda: deque(maxlen=FEW))
    heard: float = field(default_factory=time.time)

    clocks: ClassVar[dict[str, "EventClock"]] = {}

    @classmethod
    def of(cls, topic: str) -> "EventClock":
        """Return this process's clock for a topic."""
        return cls.clocks.setdefault(topic, cls())

    def advance(self, event_time: int) -> None:
        """Note the event time of a message, in milliseconds."""
        self.recent.append(event_time)
        self.heard = time.time()

    @property
    def reached(self) -> int | None:
        """Return the event time last seen, in milliseconds, which the wall clock has no part in; None before any."""
        return median_high(list(self.recent)) if self.recent else None

    def now(self) -> float:
        """Return the event time of this moment, in milliseconds, which is never later than the present."""
        present = time.time()
        if not self.recent:
            return present * 1000
        return min(present * 1000, median_high(list(self.recent)) + (present - self.heard) * 1000)

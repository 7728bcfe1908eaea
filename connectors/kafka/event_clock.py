"""Event time on a topic that is quiet: it goes on with the wall clock from where the last message left it."""

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median_high
from typing import ClassVar

FEW = 9
HOLDS_S = 60.0
"""A partition from which nothing has come for so long holds nobody back, whatever it may have."""


@dataclass
class EventClock:
    """How far event time has come in this process, over all partitions of one topic.

    A partition at its end, or never written, must hold nobody back; and a replay of an old week must not jump to
    today when it pauses for a second. So a quiet partition reports the event time last seen anywhere on its topic plus
    the time that has passed since. A process that has seen nothing yet, of a topic that another reads or before the
    restart, looks at the ends of the topic's log; on a topic where nothing ever was, no time passes. The median of
    the last few messages tells what was seen: one with a date in the future is no sign that the future has come.
    """

    recent: deque[int] = field(default_factory=lambda: deque(maxlen=FEW))
    heard: float = field(default_factory=time.time)
    began: float = field(default_factory=time.time)
    _last: dict[int, tuple[int, float]] = field(default_factory=dict)

    clocks: ClassVar[dict[str, "EventClock"]] = {}

    @classmethod
    def of(cls, topic: str) -> "EventClock":
        """Return this process's clock for a topic."""
        return cls.clocks.setdefault(topic, cls())

    def advance(self, event_time: int, partition: int | None = None) -> None:
        """Note the event time of a message, in milliseconds, and where it came from."""
        self.recent.append(event_time)
        self.heard = time.time()
        if partition is not None:
            self._last[partition] = event_time, self.heard

    def hold(self, event_time: int, behind: Iterable[int]) -> int:
        """Return an event time, or how far the slowest has come of the partitions that are `behind`, which have more.

        A backlog is read one partition after another: what is next on one may be days older than what was last on
        another. A partition of which nothing was read yet is at 0.
        """
        present = time.time()
        last = (self._last.get(partition, (0, self.began)) for partition in behind)
        return min([event_time, *(at for at, heard in last if present - heard < HOLDS_S)])

    @property
    def reached(self) -> int | None:
        """Return the event time last seen, in milliseconds, which the wall clock has no part in; None before any."""
        return median_high(list(self.recent)) if self.recent else None

    def now(self) -> float | None:
        """Return the event time of this moment, in milliseconds, never later than the present; None before any."""
        present = time.time()
        if not self.recent:
            return None
        return min(present * 1000, median_high(list(self.recent)) + (present - self.heard) * 1000)

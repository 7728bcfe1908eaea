"""Count how often values of each size came: enough to draw how long things take, in constant memory."""

from bisect import bisect_left
from dataclasses import dataclass, field


@dataclass
class Histogram:
    """How many values came up to each bound and beyond the one before; the last count is of those beyond all.

    >>> seconds = Histogram((1.0, 5.0))
    >>> for one in (0.2, 1.0, 60.0):
    ...     seconds.add(one)
    >>> seconds.counts, seconds.total
    ([2, 0, 1], 61.2)
    """

    bounds: tuple[float, ...]
    counts: list[int] = field(init=False)
    total: float = 0.0

    def __post_init__(self) -> None:
        self.counts = [0] * (len(self.bounds) + 1)

    def add(self, value: float) -> None:
        """Count one more value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value

"""Count what the news speaks of in sliding windows, and tell how unusual each count is against the day before."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pipelines.core.ids import digest
from pipelines.core.trends.surprise import surprise

MINUTE = 60 * 1000
DAY = 24 * 60 * MINUTE

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """The articles of one small fixed window that speak of one thing.

    `key` is (kind, id); `start` is in milliseconds; `articles` maps article ids to outlets; a later cell with the same
    key and start replaces this one when it has more articles.
    """

    key: Key
    name: str
    type: str
    start: int
    articles: tuple[tuple[str, str], ...]

    @property
    def shard_key(self) -> str:
        """Return a hexadecimal id of the thing counted, to choose a shard by."""
        return digest("trend", *self.key)


@dataclass(frozen=True, slots=True)
class Trend:
    """One thing in one sliding window; `version` counts the articles known in it and in the day before it."""

    key: Key
    name: str
    type: str
    start: int
    end: int
    articles: tuple[str, ...]
    outlets: int
    baseline_mean: float
    baseline_windows: int
    score: float
    version: int


@dataclass
class TrendIndex:
    """The cells of one shard. All times are in milliseconds; `size` and `period` are multiples of `cell`."""

    size: int = 60 * MINUTE
    period: int = 10 * MINUTE
    cell: int = 10 * MINUTE
    least: int = 3
    lateness: int = DAY
    _cells: dict[Key, dict[int, Cell]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, batch: Sequence[Cell]) -> tuple[list[tuple[int, Trend]], list[Cell]]:
        """Take in cells; return every window they change that holds at least `least` articles."""
        changed: dict[Key, set[int]] = defaultdict(set)
        for cell in batch:
            if self._take(cell):
                changed[cell.key].add(cell.start)
        trends = [trend for key in sorted(changed) for trend in self._trends(key, changed[key])]
        return [(trend.end - 1, trend) for trend in trends], list(batch)

    def load(self, entries: Iterable[Cell]) -> None:
        """Take back cells that `add` gave to keep."""
        for cell in entries:
            self._take(cell)

    def expire(self, before: int) -> list[Cell]:
        """Forget cells that no window still open at `before` can look back on; return the others."""
        limit = before - DAY - self.size - self.lateness
        stay = [cell for cells in self._cells.values() for cell in cells.values() if cell.start >= limit]
        self._cells.clear()
        self.load(stay)
        return stay

    def cell_at(self, key: Key, start: int) -> Cell | None:
        """Return what is known of a thing in the cell that begins at `start`."""
        return self._cells.get(key, {}).get(start)

    def _take(self, cell: Cell) -> bool:
        known = self._cells[cell.key].get(cell.start)
        if known is not None and len(known.articles) >= len(cell.articles):
            return False
        self._cells[cell.key][cell.start] = cell
        return True

    def _trends(self, key: Key, changed: set[int]) -> Iterator[Trend]:
        cells = [cell for _, cell in sorted(self._cells[key].items())]
        starts = [cell.start for cell in cells]
        totals = [0, *accumulate(len(cell.articles) for cell in cells)]
        dirty = sorted(changed)
        for end in sorted({end for start in starts for end in self._ends(start)}):
            touched = bisect_left(dirty, end - self.size - DAY)
            if touched == len(dirty) or dirty[touched] >= end:
                continue
            first, last = bisect_left(starts, end - self.size), bisect_left(starts, end)
            if totals[last] - totals[first] >= self.least:
                day_before = bisect_left(starts, end - self.size - DAY)
                yield self._trend(end, cells[first:last], totals[first] - totals[day_before])

    def _ends(self, start: int) -> Iterator[int]:
        first = (start // self.period + 1) * self.period
        return iter(range(first, start + self.size + 1, self.period))

    def _trend(self, end: int, inside: list[Cell], before: int) -> Trend:
        articles = dict(pair for cell in inside for pair in cell.articles)
        windows = DAY // self.size
        return Trend(
            key=inside[-1].key,
            name=min(cell.name for cell in inside),
            type=inside[-1].type,
            start=end - self.size,
            end=end,
            articles=tuple(sorted(articles)),
            outlets=len(set(articles.values())),
            baseline_mean=round(before / windows, 4),
            baseline_windows=windows,
            score=surprise(len(articles), before, windows),
            version=before + sum(len(cell.articles) for cell in inside),
        )

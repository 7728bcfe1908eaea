"""Count what the news speaks of in sliding windows, and tell what is named more than it was the day before."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

from pipelines.core.trends.cells import Cells
from pipelines.core.trends.surprise import least_count, surprise
from pipelines.core.trends.trend import Cell, Key, Trend
from pipelines.core.units import DAY, MINUTE

SILENCE = DAY // 4
"""So long a gap without any article at all, and what was named before it is not known."""
UNUSUAL = 4.0
"""A trend's least surprise: with 400 things named in each of 24 hours, chance alone makes one a day."""


class _Window(NamedTuple):
    score: float
    end: int
    cells: Sequence[Cell]
    articles: dict[str, str]
    before: int


@dataclass
class TrendIndex:
    """The cells of one shard. All times are in milliseconds; `size` and `period` are multiples of `cell`.

    A window is unusual that has at least `least` articles of `outlets` outlets and a surprise of UNUSUAL, where the
    day before it is known whole: there was news, with no long silence since. Before that it is too early to tell.
    """

    size: int = 60 * MINUTE
    period: int = 10 * MINUTE
    cell: int = 10 * MINUTE
    least: int = 3
    outlets: int = 2
    lateness: int = DAY
    _cells: Cells = field(default_factory=Cells)
    _news: set[int] = field(default_factory=set)
    _whole: set[int] = field(default_factory=set)
    _early: set[int] = field(default_factory=set)

    def add(self, batch: Sequence[Cell]) -> tuple[list[tuple[int, Trend]], list[Cell]]:
        """Take in cells; return the trends that they change, each as all that is known now makes it."""
        days: dict[Key, set[int]] = defaultdict(set)
        for cell in batch:
            if self._adds(cell):
                days[cell.key].update(range(cell.start // DAY, (cell.start + self.size + DAY) // DAY + 1))
        turned = self._turn_whole({cell.start for cell in batch} - self._news)
        again = {(end - 1) // DAY for end in turned}
        keys = {*self._cells.things, *days} if again else days
        places = sorted((key, day) for key in keys for day in again.union(days.get(key, ())))
        late = {cell.key for cell in batch if self._has_later(cell)}
        before = {place: self._trend(*place, turned) for place in places if again or place[0] in late}
        self.load(batch)
        trends = []
        for place in places:
            was, now = before.get(place), self._trend(*place)
            if now is None and was is not None:
                now = replace(was, retracted=True, version=self._version(self._cells_of(*place), place[1]))
            if now is not None and now != was:
                trends.append((now.ended - 1, now))
        return trends, list(batch)

    def load(self, entries: Iterable[Cell]) -> None:
        """Take back cells that `add` gave to keep."""
        for cell in entries:
            if cell.start not in self._news:
                self._news.add(cell.start)
                self._early.clear()
            if self._adds(cell):
                self._cells.put(cell)

    def expire(self, before: int) -> list[Cell]:
        """Do what `forget` does; return the cells that stay."""
        self.forget(before)
        return list(self)

    def forget(self, before: int) -> None:
        """Forget cells that no day with a window still open at `before` can look back on."""
        limit = (before - self.lateness) // DAY * DAY - DAY - SILENCE - self.size
        self._cells.forget(limit)
        self._news = {start for start in self._news if start >= limit}
        self._whole.clear()
        self._early.clear()

    def __iter__(self) -> Iterator[Cell]:
        """Yield the cells there are, thing by thing."""
        return iter(self._cells)

    def cell_at(self, key: Key, start: int) -> Cell | None:
        """Return what is known of a thing in the cell that begins at `start`."""
        return self._cells.at(key, start)

    def _has_later(self, cell: Cell) -> bool:
        """Return whether a thing has a later cell: what was unusual of it may be so no more."""
        last = self._cells.last(cell.key)
        return last is not None and last > cell.start

    def _adds(self, cell: Cell) -> bool:
        known = self.cell_at(cell.key, cell.start)
        return known is None or len(known.articles) < len(cell.articles)

    def _turn_whole(self, new: set[int]) -> set[int]:
        """Note that there was news in these cells; return the ends of the windows whose day before is whole by that."""
        last = max(new | self._news, default=0) + self.size
        ends = {
            end
            for start in new
            for end in range(self._end_from(start + self.size), min(last, start + 2 * DAY) + 1, self.period)
        }
        early = [end for end in ends if not self._is_whole(end)]
        self._news |= new
        self._early.clear()
        return {end for end in early if self._is_whole(end)}

    def _is_whole(self, end: int) -> bool:
        """Return whether the day before a window is known whole: there was news, with no long silence since."""
        if end not in self._whole and end not in self._early:
            begin = first = end - self.size
            for start in range(begin - self.cell, begin - DAY - SILENCE - self.cell, -self.cell):
                if start in self._news:
                    first = start
                if first - start > SILENCE or first <= begin - DAY:
                    break
            (self._whole if first <= begin - DAY else self._early).add(end)
        return end in self._whole

    def _trend(self, key: Key, day: int, too_early: Set[int] = frozenset()) -> Trend | None:
        """Return what is unusual of a thing on a day, if anything is; the windows that end `too_early` are not."""
        cells = self._cells_of(key, day, self.least)
        windows = [window for window in self._unusual(cells, day) if window.end not in too_early] if cells else []
        if not windows:
            return None
        peak = max(windows, key=lambda window: (window.score, window.end))
        return Trend(
            key=key,
            day=day,
            name=min(cell.name for cell in peak.cells),
            type=peak.cells[-1].type,
            began=windows[0].cells[0].start,
            ended=windows[-1].end,
            start=peak.end - self.size,
            end=peak.end,
            articles=tuple(sorted(peak.articles)),
            outlets=len(set(peak.articles.values())),
            baseline_mean=round(peak.before * self.size / DAY, 4),
            baseline_windows=DAY // self.size,
            score=peak.score,
            version=self._version(cells, day),
        )

    def _unusual(self, cells: Sequence[Cell], day: int) -> Iterator[_Window]:
        """Yield a day's unusual windows, of all cells that they rest on, in their order."""
        starts, totals = [cell.start for cell in cells], [0, *accumulate(len(cell.articles) for cell in cells)]
        for end in sorted(filter(self._is_whole, self._ends(starts, day))):
            first, last = bisect_left(starts, end - self.size), bisect_left(starts, end)
            before = totals[first] - totals[bisect_left(starts, end - self.size - DAY)]
            if totals[last] - totals[first] < max(self.least, least_count(UNUSUAL, before, DAY // self.size)):
                continue
            articles = dict(pair for cell in cells[first:last] for pair in cell.articles)
            score = surprise(len(articles), before, DAY // self.size)
            if score >= UNUSUAL and len(set(articles.values())) >= self.outlets:
                yield _Window(score, end, cells[first:last], articles, before)

    def _version(self, cells: Sequence[Cell], day: int) -> int:
        """Count all that a day's trend rests on: it only grows."""
        ends = self._ends([cell.start for cell in cells], day)
        return sum(len(cell.articles) for cell in cells) + sum(map(self._is_whole, ends))

    def _ends(self, starts: Iterable[int], day: int) -> set[int]:
        """Return the ends of a day's windows in which some cells are."""
        begin = day * DAY
        inside = (start for start in starts if start >= begin - self.size)
        ends = {end for start in inside for end in range(self._end_from(start), start + self.size + 1, self.period)}
        return {end for end in ends if begin < end <= begin + DAY}

    def _cells_of(self, key: Key, day: int, least: int = 0) -> Sequence[Cell]:
        """Return all cells that a day's windows of a thing, and the days before them, may rest on, in their order.

        There are none of a thing that has fewer articles than `least` in them.
        """
        return self._cells.between(key, day * DAY - DAY - self.size, day * DAY + DAY, least)

    def _end_from(self, start: int) -> int:
        return (start // self.period + 1) * self.period

"""Count trends in one place: what articles speak of, the windows it falls in, and when each of those is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TypeVar

from pipelines.core.packed import Packing, Value
from pipelines.core.trends.count import Counted
from pipelines.core.trends.echo import Echoed, EchoIndex, Spoken, Word
from pipelines.core.trends.index import TrendIndex
from pipelines.core.trends.trend import Cell, Key, Trend
from pipelines.core.units import DAY, MINUTE

CELL = 10 * MINUTE
TOGETHER = 100
"""So many words or cells are kept as one entry."""
Part = TypeVar("Part")

_PACKING = Packing((Cell(("entity", "Q79"), "مصر", "LOC", 0, (("0123456789abcdef0123", "masdar"),)),))


@dataclass(frozen=True, slots=True)
class Tick(Value):
    """Event time has come to `now`, in milliseconds; `None`: the input has ended, and every window is told."""

    now: int | None


@dataclass(frozen=True, slots=True)
class Standing(Value):
    """Some of what a counter remembers: words, cells that were told, those that are open, and how far time has come.

    Told cells are packed: to have all of them here at once would take as much again as the counter itself.
    """

    now: int
    since: int
    words: tuple[Word, ...] = ()
    packed: bytes = b""
    open: tuple[tuple[int, Key, tuple[Counted, ...]], ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return the cells that were told."""
        cells: tuple[Cell, ...] = _PACKING.unpack(self.packed) if self.packed else ()
        return cells


def pack_cells(cells: tuple[Cell, ...]) -> bytes:
    """Return cells as a `Standing` has them."""
    return _PACKING.pack(cells)


Heard = Spoken | Echoed | Tick | Standing


@dataclass
class TrendCounter:
    """All that trends rest on; times are in milliseconds, `size` and `period` of the sliding windows multiples of CELL.

    A cell of ten minutes is handed on when a tick passes its end, and whole again with what comes late; what is later
    than `lateness` is not counted (`None`: nothing is too late), nor what is older than `since`, which was forgotten.
    """

    horizon: int
    size: int
    period: int
    lateness: int | None
    now: int = 0
    since: int = -(2**63)
    _echoes: EchoIndex = field(init=False)
    _trends: TrendIndex = field(init=False)
    _open: dict[int, dict[Key, set[Counted]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))

    def __post_init__(self) -> None:
        self._echoes = EchoIndex(max(self.horizon, DAY + self.size + (self.lateness or DAY)))
        self._trends = TrendIndex(self.size, self.period, CELL, lateness=self.lateness or DAY)

    def add(self, batch: Sequence[Heard]) -> tuple[list[tuple[int, Trend]], list[Heard]]:
        """Take in what was heard, ticks last; return the windows that may be told, and what to keep."""
        return self._trends.add(list(self._hear(batch)))[0], list(batch)

    def load(self, entries: Iterable[Heard]) -> None:
        """Take back one batch that `add` or `expire` gave to keep; what it told then is not told again."""
        heard = list(entries)
        for standing in heard:
            if isinstance(standing, Standing):
                self._echoes.load(standing.words)
                self._trends.load(standing.cells)
                for start, key, counted in standing.open:
                    self._open[start][key].update(counted)
                self.now, self.since = standing.now, standing.since
        self._trends.load(self._hear(heard))

    def expire(self, before: int) -> list[Heard]:
        """Forget what no window still open at `before` can look back on; return what stays.

        What is open waits for a tick, and with it what it looks back on.
        """
        before = min([before, *self._open])
        self.since = max(self.since, before - self._trends.lateness)
        self._trends.forget(before)
        waiting = [(start, key, self._open[start][key]) for start in sorted(self._open) for key in self._open[start]]
        still_open = tuple((start, key, tuple(sorted(counted))) for start, key, counted in waiting)
        stand = partial(Standing, self.now, self.since)
        return [
            *(stand(words=words) for words in _in_parts(self._echoes.expire(before))),
            *(stand(packed=pack_cells(cells)) for cells in _in_parts(self._trends)),
            stand(open=still_open),
        ]

    def _hear(self, batch: Sequence[Heard]) -> Iterator[Cell]:
        words: list[Word] = [one for one in batch if isinstance(one, Spoken | Echoed)]
        since = self.since if self.lateness is None else max(self.since, self.now - self.lateness)
        for published, (key, counted) in self._echoes.add(words)[0]:
            start = published // CELL * CELL
            if start + CELL > since:
                self._open[start][key].add(counted)
        ticks = [one.now for one in batch if isinstance(one, Tick)]
        self.now = max([self.now, *(now for now in ticks if now is not None)])
        yield from self._close(everything=None in ticks)

    def _close(self, *, everything: bool) -> Iterator[Cell]:
        closing = [start for start in self._open if everything or start + CELL <= self.now]
        for start in sorted(closing):
            for key, counted in sorted(self._open.pop(start).items()):
                yield make_cell(key, start, counted, self._trends.cell_at(key, start))


def _in_parts(entries: Iterable[Part]) -> Iterator[tuple[Part, ...]]:
    left = iter(entries)
    while part := tuple(islice(left, TOGETHER)):
        yield part


def make_cell(key: Key, start: int, counted: Iterable[Counted], known: Cell | None = None) -> Cell:
    """Return a cell of the articles that speak of a thing, those that it had already among them."""
    one = list(counted)
    names = [(each.name, each.type) for each in one] + ([(known.name, known.type)] if known else [])
    articles = {(each.article_id, each.source) for each in one}.union(known.articles if known else ())
    name, kind = min(names)
    return Cell(key, name, kind, start, tuple(sorted(articles)))

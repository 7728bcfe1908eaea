"""Keep the cells of each thing in order, and what they have in common once: an article is in a dozen of them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from pipelines.core.trends.trend import Cell, Key

_START = attrgetter("start")


@dataclass
class Cells:
    """Cells by their thing and their start."""

    _of: dict[Key, tuple[Cell, ...]] = field(default_factory=dict)
    _same: dict[Any, Any] = field(default_factory=dict)

    def of(self, key: Key) -> Sequence[Cell]:
        """Return the cells of a thing, in their order."""
        return self._of.get(key, ())

    def between(self, key: Key, first: int, end: int) -> Sequence[Cell]:
        """Return the cells of a thing that begin at `first` or later, and before `end`."""
        cells = self.of(key)
        return cells[bisect_left(cells, first, key=_START) : bisect_left(cells, end, key=_START)]

    def at(self, key: Key, start: int) -> Cell | None:
        """Return the cell of a thing that begins at `start`."""
        cells = self.of(key)
        if not cells or cells[-1].start < start:  # as most often, for time goes on
            return None
        return next(iter(self.between(key, start, start + 1)), None)

    def put(self, cell: Cell) -> None:
        """Keep a cell, in the place of the one that begins with it."""
        cells = self._of.get(cell.key, ())
        first = last = len(cells)
        if cells and cells[-1].start >= cell.start:
            first, last = (bisect_left(cells, at, key=_START) for at in (cell.start, cell.start + 1))
        ours = self._share(cell, cells[0] if cells else cell)
        self._of[ours.key] = (*cells[:first], ours, *cells[last:])

    def clear(self) -> None:
        """Forget all."""
        self._of.clear()
        self._same.clear()

    @property
    def things(self) -> set[Key]:
        """Return what there are cells of."""
        return set(self._of)

    def __iter__(self) -> Iterator[Cell]:
        for cells in self._of.values():
            yield from cells

    def _share(self, cell: Cell, first: Cell) -> Cell:
        """Return a cell that is made of what was there already."""
        articles = tuple(self._pair(pair) for pair in cell.articles)
        name = first.name if cell.name == first.name else cell.name
        return Cell(first.key, name, self._one(cell.type), self._one(cell.start), articles)

    def _pair(self, pair: tuple[str, str]) -> tuple[str, str]:
        known: tuple[str, str] | None = self._same.get(pair)
        return known or self._one((pair[0], self._one(pair[1])))

    def _one(self, part: Any) -> Any:
        return self._same.setdefault(part, part)

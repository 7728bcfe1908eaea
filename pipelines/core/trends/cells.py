"""Keep the cells of each thing in order, in twelve bytes for each article of each: an article is in a dozen of them."""

import marshal
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from struct import Struct

from pipelines.core.trends.trend import Cell, Key
from pipelines.core.units import MINUTE

_WIDTH = 3
"""A row is three numbers of 32 bits: the minute in which the cell begins, the article, and the name it has there."""
_NOBODY = -1
"""The article of a cell that has none."""
_LENGTH = Struct("<I")
_Rows = Sequence[int]
_Name = tuple[str, str]


@dataclass
class Cells:
    """Cells by their thing and their start, which is a whole minute. Of a thing's names each is kept once."""

    _of: dict[str, bytes] = field(default_factory=dict)
    _articles: list[tuple[str, str]] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _outlets: dict[str, str] = field(default_factory=dict)

    def last(self, key: Key) -> int | None:
        """Return where the last cell of a thing begins."""
        known = self._of.get("\t".join(key))
        return None if known is None else _rows(known)[-_WIDTH] * MINUTE

    def between(self, key: Key, first: int, end: int, least: int = 0) -> list[Cell]:
        """Return the cells of a thing that begin at `first` or later, and before `end`, in their order.

        Of a thing that has fewer articles than `least` in them it returns none, and makes none: most are named once.
        """
        known = self._of.get("\t".join(key))
        if known is None:
            return []
        rows = _rows(known)
        if len(rows) < least * _WIDTH:
            return []
        rows = rows[_row(rows, first) : _row(rows, end)]
        return list(self._make(key, _names(known), rows)) if len(rows) >= least * _WIDTH else []

    def at(self, key: Key, start: int) -> Cell | None:
        """Return the cell of a thing that begins at `start`."""
        last = self.last(key)
        if last is None or last < start:  # as most often, for time goes on
            return None
        return next(iter(self.between(key, start, start + 1)), None)

    def put(self, cell: Cell) -> None:
        """Keep a cell, in the place of the one that begins with it."""
        name, key = (cell.name, cell.type), "\t".join(cell.key)
        known = self._of.get(key)
        names, rows = (_names(known), _rows(known)) if known is not None else ([], ())
        if name not in names:
            names.append(name)
        number, minute = names.index(name), cell.start // MINUTE
        ours = array("i")
        for article in map(self._number, cell.articles):
            ours.extend((minute, article, number))
        first, end = _row(rows, cell.start), _row(rows, cell.start + 1)
        self._of[key] = _pack(names, rows[:first], ours or array("i", (minute, _NOBODY, number)), rows[end:])

    def forget(self, start: int) -> None:
        """Forget the cells that begin before `start`, thing by thing: what stays is never there twice."""
        stay = Cells()
        for key in list(self._of):
            for cell in self._all(key, self._of.pop(key)):
                if cell.start >= start:
                    stay.put(cell)
        vars(self).update(vars(stay))

    @property
    def things(self) -> set[Key]:
        """Return what there are cells of."""
        return set(map(_key, self._of))

    def __iter__(self) -> Iterator[Cell]:
        for key, known in self._of.items():
            yield from self._all(key, known)

    def _all(self, key: str, known: bytes) -> Iterator[Cell]:
        return self._make(_key(key), _names(known), _rows(known))

    def _make(self, key: Key, names: list[_Name], rows: _Rows) -> Iterator[Cell]:
        for minute, some in groupby(range(0, len(rows), _WIDTH), rows.__getitem__):
            of_it = list(some)
            name, kind = names[rows[of_it[0] + 2]]
            articles = tuple(self._articles[rows[at + 1]] for at in of_it if rows[at + 1] != _NOBODY)
            yield Cell(key, name, kind, minute * MINUTE, articles)

    def _number(self, article: tuple[str, str]) -> int:
        number = self._numbers.get(article)
        if number is None:
            article_id, outlet = article
            ours = article_id, self._outlets.setdefault(outlet, outlet)
            number = self._numbers[ours] = len(self._articles)
            self._articles.append(ours)
        return number


def _key(packed: str) -> Key:
    kind, _, name = packed.partition("\t")
    return kind, name


def _row(rows: _Rows, start: int) -> int:
    """Return where the rows of the first cell begin that begins at `start` or later."""
    minute = -(-start // MINUTE)
    return _WIDTH * bisect_left(range(len(rows) // _WIDTH), minute, key=lambda row: rows[row * _WIDTH])


def _pack(names: list[_Name], *rows: _Rows) -> bytes:
    head = marshal.dumps(names)
    return b"".join((_LENGTH.pack(len(head)), head, *map(bytes, rows)))


def _names(packed: bytes) -> list[_Name]:
    names: list[_Name] = marshal.loads(memoryview(packed)[_LENGTH.size :])
    return names


def _rows(packed: bytes) -> "memoryview[int]":
    return memoryview(packed)[_LENGTH.size + _LENGTH.unpack_from(packed)[0] :].cast("i")

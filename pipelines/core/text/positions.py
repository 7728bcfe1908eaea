"""Keep account of where characters came from while a text is cut."""

from array import array
from collections.abc import Iterable
from functools import cache


@cache
def _ruler(size: int) -> "array[int]":
    return array("I", range(size))


def identity(length: int) -> "array[int]":
    """Count from 0 up to and including `length`: the positions of a text in which nothing has moved."""
    return _ruler(1 << length.bit_length())[: length + 1]


def cut(positions: "array[int]", gaps: Iterable[tuple[int, int]]) -> "array[int]":
    """Leave the stretches `gaps` (start, end; in order, apart) out of `positions`.

    >>> list(cut(identity(5), [(1, 3)]))
    [0, 3, 4, 5]
    """
    kept, last = array("I"), 0
    for start, end in gaps:
        kept += positions[last:start]
        last = end
    kept += positions[last:]
    return kept

"""Edit a text step by step without losing where its characters came from."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.core.text.mapped import Mapped

_Places = NDArray[np.uint32]


class Edit(NamedTuple):
    """Put `replacement` where `[start, end)`, never empty, stood."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Repaired(Mapped):
    """A repaired text that knows both ends of what each of its characters was made from.

    `ends[i]` is the position in the source just after what became `text[i]`: one letter may come of a six-character
    entity, or of a letter and its combining hamza.
    """

    ends: "array[int] | None" = None

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]` stands in the source, end exclusive and never empty for a non-empty slice."""
        if self.positions is None or self.ends is None:
            return start, end
        if start >= end:
            return (self.positions[start],) * 2
        return self.positions[start], self.ends[end - 1]


class Draft:
    """A text under repair: `text` as it stands, and the source it began as."""

    def __init__(self, source: str) -> None:
        self.text = source
        self._source_length = len(source)
        self._starts: _Places | None = None
        self._ends: _Places | None = None

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make `edits`, given in order and apart; one that changes nothing is passed over."""
        text = self.text
        changes = [edit for edit in edits if text[edit.start : edit.end] != edit.replacement]
        if not changes:
            return
        if self._starts is None or self._ends is None:
            self._starts = np.arange(len(text), dtype=np.uint32)
            self._ends = self._starts + np.uint32(1)
        pieces, last = list[str](), 0
        for start, end, replacement in changes:
            pieces += (text[last:start], replacement)
            last = end
        pieces.append(text[last:])
        self.text = "".join(pieces)
        firsts, lasts = _made_from(changes, len(text))
        self._starts, self._ends = self._starts[firsts], self._ends[lasts]

    def finish(self) -> Mapped:
        """Return the text with its map, or without one where every character stands where it stood."""
        starts, ends = self._starts, self._ends
        if starts is None or ends is None or np.array_equal(ends, np.arange(1, self._source_length + 1)):
            return Mapped(self.text)
        positions = np.append(starts, np.uint32(self._source_length))
        return Repaired(self.text, array("I", positions.tobytes()), array("I", ends.tobytes()))


def _made_from(changes: Sequence[Edit], length: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return for each character of the changed text the first and the last character it was made from."""
    starts, ends = np.array([change[:2] for change in changes], np.intp).T
    edge = np.zeros(length + 1, np.intp)
    edge[starts] += 1
    edge[ends] -= 1
    times = 1 - np.cumsum(edge)[:length]  # how often each old character stands in the new text
    times[starts] = [len(change.replacement) for change in changes]
    firsts = np.arange(length)
    lasts = firsts.copy()
    lasts[starts] = ends - 1
    return np.repeat(firsts, times), np.repeat(lasts, times)

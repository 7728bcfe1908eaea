"""Edit a text step by step without losing where its characters came from."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.core.text.mapped import Mapped
from pipelines.core.text.positions import identity


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
        self._starts: array[int] | None = None
        self._ends: array[int] | None = None

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make `edits`, given in order and apart; one that changes nothing is passed over."""
        text = self.text
        changes = [edit for edit in edits if text[edit.start : edit.end] != edit.replacement]
        if not changes:
            return
        if self._starts is None or self._ends is None:
            counted = identity(len(text))
            self._starts, self._ends = counted[:-1], counted[1:]
        pieces: list[str] = []
        starts, ends, last = array("I"), array("I"), 0
        for start, end, replacement in changes:
            pieces += (text[last:start], replacement)
            starts += self._starts[last:start]
            ends += self._ends[last:start]
            starts.extend(self._starts[start : start + 1] * len(replacement))
            ends.extend(self._ends[end - 1 : end] * len(replacement))
            last = end
        pieces.append(text[last:])
        self.text = "".join(pieces)
        self._starts, self._ends = starts + self._starts[last:], ends + self._ends[last:]

    def finish(self) -> Mapped:
        """Return the text with its map, or without one where every character stands where it stood."""
        starts, ends = self._starts, self._ends
        if starts is None or ends is None or ends.tobytes() == identity(self._source_length)[1:].tobytes():
            return Mapped(self.text)
        return Repaired(self.text, starts + array("I", [self._source_length]), ends)

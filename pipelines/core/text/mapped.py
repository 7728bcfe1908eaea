"""A text that still knows where each of its characters came from."""

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mapped:
    """A changed text and, for every code point of it, the position in the text it was made from.

    `positions` has `len(text) + 1` entries (the last is the length of the source), or is `None` where nothing moved.
    """

    text: str
    positions: "array[int] | None" = None

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]` stands in the source, end exclusive and never empty for a non-empty slice."""
        if self.positions is None or start >= end:
            return (start, end) if self.positions is None else (self.positions[start],) * 2
        return self.positions[start], max(self.positions[end - 1] + 1, self.positions[start] + 1)

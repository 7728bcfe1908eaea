"""A name that was found and has no entity yet."""

from typing import NamedTuple

from pipelines.core.article import Span


class Candidate(NamedTuple):
    """A name: its span without proclitics, its type, and its folded words, the first with its article whole."""

    span: Span
    type: str
    words: tuple[str, ...]
    confidence: float

    @property
    def key(self) -> str:
        """Return the words as one, the form that the tables use."""
        return "".join(self.words)

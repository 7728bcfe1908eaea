"""A name that was found and has no entity yet."""

from typing import NamedTuple

from pipelines.core.article import Span


class Candidate(NamedTuple):
    """A name: its span without proclitics, its type, and its folded words, the first with its article whole.

    `before` (two at most) and `after` (three at most) are the folded words beside it in its sentence, signs included.
    """

    span: Span
    type: str
    words: tuple[str, ...]
    confidence: float
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the words as one, the form that the tables use."""
        return "".join(self.words)

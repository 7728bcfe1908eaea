"""Cut a text where something begins or ends, so that a page can mark each piece and lose no letter."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple


class Mark(NamedTuple):
    """What stands from `start` to `end` (code points): its kind, such as PER or trigger, and what it is about."""

    start: int
    end: int
    kind: str
    about: str = ""
    title: str = ""


class Piece(NamedTuple):
    """A stretch of text and the marks that lie over it, the shortest first."""

    text: str
    marks: tuple[Mark, ...]


def cut(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """Return a text in pieces, each with its marks; what reaches beyond the text is cut off.

    >>> [(piece.text, [mark.kind for mark in piece.marks]) for piece in cut("زار تونس", [Mark(4, 8, "LOC")])]
    [('زار ', []), ('تونس', ['LOC'])]
    """
    kept = sorted((mark for mark in marks if mark.start < min(mark.end, len(text))), key=_order)
    edges = sorted({0, len(text), *(min(edge, len(text)) for mark in kept for edge in (mark.start, mark.end))})
    pieces, begin, open_marks = [], 0, list[Mark]()
    for start, end in pairwise(edges):
        open_marks = [mark for mark in open_marks if mark.end > start]
        while begin < len(kept) and kept[begin].start <= start:
            open_marks.append(kept[begin])
            begin += 1
        shortest = sorted(open_marks, key=lambda mark: mark.end - mark.start)
        pieces.append(Piece(text[start:end], tuple(shortest)))
    return pieces


def _order(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def quoted(evidence: dict[str, Any]) -> list[Piece]:
    """Return the quote of an article for an event, its trigger marked."""
    quote, trigger = evidence["quote"], evidence["trigger"]
    begin = trigger["start"] - quote["start"]
    same = trigger["field"] == quote["field"] and begin >= 0
    marks = [Mark(begin, trigger["end"] - quote["start"], "trigger")] if same else []
    return cut(quote["text"], marks)


def paragraphs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Divide pieces at line breaks into paragraphs; empty ones are left out."""
    told: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                told.append([])
            if line:
                told[-1].append(Piece(line, piece.marks))
    return [paragraph for paragraph in told if "".join(piece.text for piece in paragraph).strip()]

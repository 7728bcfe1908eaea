"""Lay sentences out as the accurate model reads them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.features import known_names
from pipelines.core.entities.tagging.pieces import END, START
from pipelines.core.entities.tagging.stretches import Stretch

WIDTH = 192
_TITLE, _MOST = 40, 120


class Window(NamedTuple):
    """A stretch of text as pieces: their numbers, the known-name mark of each (0: none), and where each word begins."""

    stretch: Stretch
    pieces: list[int]
    marks: list[int]
    firsts: list[int]

    def copy(self) -> "Window":
        """Return the same with lists of its own, all its words read as context."""
        return Window(self.stretch.as_context(), [*self.pieces], [*self.marks], [*self.firsts])


def _empty() -> Window:
    return Window(Stretch([], [], 0), [START], [0], [])


def cut_windows(
    sentences: Sequence[Sequence[str]],
    hits: Sequence[Sequence[Hit]],
    encode: Callable[[str], Sequence[int]],
    marks: Mapping[str, int],
    width: int = WIDTH,
    titled: bool = True,
) -> Iterator[Window]:
    """Put whole sentences of folded words into windows of at most `width` pieces or so, in order.

    A sentence is read with those before it in its window; one of more than 120 words is cut. Where the first is the
    title (`titled`) every further window begins with it again, as context.
    """
    window, title = _empty(), _empty()
    place = 0
    for number, (sentence, known) in enumerate(zip(sentences, hits, strict=True)):
        numbers = [marks.get(mark, 0) for mark in known_names(len(sentence), known)]
        for at in range(0, len(sentence), _MOST):
            words = [encode(word) for word in sentence[at : at + _MOST]]
            if window.stretch.own and len(window.pieces) + sum(map(len, words)) + 1 > width:
                yield window
                window = title.copy()
            window.stretch.extend(range(place, place + len(words)), number)
            place += len(words)
            for word, mark in zip(words, numbers[at : at + _MOST], strict=True):
                window.firsts.append(len(window.pieces))
                window.pieces.extend(word)
                window.marks.extend([mark] + [0] * (len(word) - 1))
            window.pieces.append(END)
            window.marks.append(0)
        if number == 0 and titled and len(window.pieces) <= _TITLE:
            title = window.copy()
    if window.stretch.own:
        yield window


def pad(windows: Sequence[Window]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the pieces and the marks of windows (windows, pieces), filled up with 0 to the longest."""
    longest = max(len(window.pieces) for window in windows)
    pieces, marks = np.zeros((2, len(windows), longest), np.int64)
    for row, window in enumerate(windows):
        pieces[row, : len(window.pieces)] = window.pieces
        marks[row, : len(window.marks)] = window.marks
    return pieces, marks

"""Lay sentences out as the accurate tagger reads them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.features import known_names
from pipelines.core.entities.tagging.pieces import END, START

WIDTH, _MOST = 128, 90


class Window(NamedTuple):
    """A stretch of text: piece numbers, the known-name mark of each (0: none), and where each word begins."""

    pieces: list[int]
    marks: list[int]
    firsts: list[int]


def cut_windows(
    sentences: Sequence[Sequence[str]],
    hits: Sequence[Sequence[Hit]],
    encode: Callable[[str], Sequence[int]],
    marks: Mapping[str, int],
) -> Iterator[Window]:
    """Put whole sentences of folded words into windows of at most 128 pieces or so, in order.

    A sentence is read with those before it in its window; one of more than 90 words is cut.
    """
    window = Window([START], [0], [])
    for sentence, known in zip(sentences, hits, strict=True):
        numbers = [marks.get(mark, 0) for mark in known_names(len(sentence), known)]
        for at in range(0, len(sentence), _MOST):
            words = [encode(word) for word in sentence[at : at + _MOST]]
            if window.firsts and len(window.pieces) + sum(map(len, words)) + 1 > WIDTH:
                yield window
                window = Window([START], [0], [])
            for word, mark in zip(words, numbers[at : at + _MOST], strict=True):
                window.firsts.append(len(window.pieces))
                window.pieces.extend(word)
                window.marks.extend([mark] + [0] * (len(word) - 1))
            window.pieces.append(END)
            window.marks.append(0)
    if window.firsts:
        yield window


def pad(windows: Sequence[Window]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the pieces and the marks of windows (windows, pieces), filled up with 0 to the longest."""
    longest = max(len(window.pieces) for window in windows)
    pieces, marks = np.zeros((2, len(windows), longest), np.int64)
    for row, window in enumerate(windows):
        pieces[row, : len(window.pieces)] = window.pieces
        marks[row, : len(window.marks)] = window.marks
    return pieces, marks

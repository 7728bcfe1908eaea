"""Cut articles into stretches of sentences, as core/entities/tagging/stretches.py does, and lay them out."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

WIDE = 152
"""More words than any stretch has: a title of 25 and 120 of a sentence."""
_WORDS, _TITLE, _MOST = 130, 25, 120

Segment = tuple[int, int, int]
Numbers = npt.NDArray[Any]


def cut(lengths: Sequence[int], titled: bool = True) -> Iterator[tuple[list[Segment], int]]:
    """Put sentences of `lengths` words into stretches: segments (first word, words, sentence), and words of context.

    The title stands before each stretch as its context, where the first sentence is one (`titled`).

    >>> list(cut([2, 100, 50]))
    [([(0, 2, 0), (2, 100, 1)], 0), ([(0, 2, 0), (102, 50, 2)], 2)]
    """
    segments: list[Segment] = []
    title: list[Segment] = []
    context = size = place = 0
    for number, length in enumerate(lengths):
        for at in range(0, length, _MOST):
            own = min(_MOST, length - at)
            if size > context and size + own > _WORDS:
                yield segments, context
                segments, context = [*title], sum(words for _, words, _ in title)
                size = context
            segments.append((place, own, number))
            size, place = size + own, place + own
        if number == 0 and titled and length <= _TITLE:
            title = [*segments]
    if size > context:
        yield segments, context


class Layout(NamedTuple):
    """Stretches (stretches, WIDE): each word's number in its article and its sentence, -1 where there is none.

    `ends` marks the last word of each segment; `articles`, `contexts` and `sizes` have one number a stretch.
    """

    words: Numbers
    sentences: Numbers
    ends: Numbers
    articles: Numbers
    contexts: Numbers
    sizes: Numbers


def lay_out(articles: Sequence[Sequence[int]], titled: bool = True) -> Layout:
    """Lay out articles of sentences of so many words."""
    rows = [(number, *one) for number, lengths in enumerate(articles) for one in cut(lengths, titled)]
    words, sentences = np.full((2, len(rows), WIDE), -1, np.int16)
    ends, sizes = np.zeros((len(rows), WIDE), bool), np.zeros(len(rows), np.int64)
    for row, (_, segments, _) in enumerate(rows):
        at = 0
        for place, size, sentence in segments:
            words[row, at : at + size] = np.arange(place, place + size)
            sentences[row, at : at + size] = sentence
            at += size
            ends[row, at - 1] = True
        sizes[row] = at
    numbers, contexts = (np.array([row[part] for row in rows], np.int64) for part in (0, 2))
    return Layout(words, sentences, ends, numbers, contexts, sizes)

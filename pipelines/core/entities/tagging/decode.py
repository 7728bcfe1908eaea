"""Decode the scores of a tagger, many sentences at once."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC")
_LONGEST, _NEVER, _APART = 72, 1e-9, 5.0
_OFTEN = (
    8  # so many tokens apart sums are brought back to 1: in between they shrink to 1e-72 at worst, which 64 bits hold
)

Scores = npt.NDArray[np.float64]


class Tag(NamedTuple):
    """A name at tokens `[first, last)` of a sentence: PER, LOC, ORG or MISC, and how likely (0 to 1)."""

    first: int
    last: int
    type: str
    confidence: float


def decode(scores: Scores, lengths: Sequence[int]) -> list[list[Tag]]:
    """Read the names in sentences of `lengths` tokens.

    `scores` (tokens, labels) are log scores, one sentence behind the next. A label's probability is its marginal over
    all paths in which no name goes on that did not begin (forward-backward, Rabiner 1989). In 64 bits, so that how a
    machine rounds is not seen.
    """
    tags: list[list[Tag]] = [[] for _ in lengths]
    pieces = list(_pieces(lengths))
    if not pieces:
        return tags
    longest = max(size for _, _, _, size in pieces)
    padded = np.zeros((longest, len(pieces), len(LABELS)))
    for place, (_, _, row, size) in enumerate(pieces):
        padded[:size, place] = scores[row : row + size]
    sizes = np.array([size for _, _, _, size in pieces])
    chances = marginals(padded, STEPS, sizes)
    labelled, most = _choose(chances)
    for (number, first, _, size), labels, likely in zip(pieces, labelled.T.tolist(), most.T.tolist(), strict=True):
        tags[number] += read_tags(labels[:size], likely[:size], first)
    return tags


def _choose(chances: Scores) -> tuple[npt.NDArray[np.int64], Scores]:
    """Choose each token's type, B- and I- together, and return its label and how likely the type is.

    A name of the type of the one right before it begins only where that is `_APART` times as likely as going on.
    """
    kinds = np.concatenate([chances[:, :, :1], chances[:, :, 1::2] + chances[:, :, 2::2]], axis=2)
    kind = kinds.argmax(axis=2)
    begins, goes_on = (
        np.take_along_axis(chances, np.maximum(2 * kind - side, 0)[:, :, None], axis=2)[:, :, 0] for side in (1, 0)
    )
    joined = np.zeros(kind.shape, bool)
    joined[1:] = (kind[1:] == kind[:-1]) & (_APART * goes_on[1:] >= begins[1:])
    return np.where(kind > 0, 2 * kind - ~joined, 0), kinds.max(axis=2)


def level(scores: Scores) -> Scores:
    """Turn scores (tokens, labels) into log probabilities."""
    lowered = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True)))


def _pieces(lengths: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Cut sentences that are too long for one row: sentence, first token, row of the scores, size."""
    row = 0
    for number, length in enumerate(lengths):
        for first in range(0, length, _LONGEST):
            yield number, first, row + first, min(_LONGEST, length - first)
        row += length


def _steps() -> Scores:
    """Say which label may follow which: (before, after), 1 or next to nothing."""
    steps = np.ones((len(LABELS), len(LABELS)))
    for after, label in enumerate(LABELS):
        if label[0] == "I":
            steps[:, after] = [1.0 if before[1:] == label[1:] else _NEVER for before in LABELS]
    return steps


STEPS = _steps()


def marginals(scores: Scores, steps: Scores, sizes: npt.NDArray[np.int64]) -> Scores:
    """Return how likely each label is at each token, given log scores (tokens, sentences, labels) padded at the end."""
    weights = np.exp(scores - scores.max(axis=2, keepdims=True))
    chances = _forward(weights, steps)
    chances *= _backward(weights, steps, sizes)
    chances /= chances.sum(axis=2, keepdims=True)
    return chances


def _forward(weights: Scores, steps: Scores) -> Scores:
    """Return, but for a factor a token, how likely each label is given what stands before."""
    forward = np.empty_like(weights)
    forward[0] = weights[0]
    for place in range(1, len(weights)):
        np.matmul(forward[place - 1], steps, out=forward[place])
        forward[place] *= weights[place]
        if place % _OFTEN == 0:
            forward[place] /= forward[place].sum(axis=1, keepdims=True)
    return forward


def _backward(weights: Scores, steps: Scores, sizes: npt.NDArray[np.int64]) -> Scores:
    """Return, but for a factor a token, how well each label is followed; 1 at a sentence's last token."""
    backward = np.ones_like(weights)
    before = np.ascontiguousarray(steps.T)
    rows_of = {size: np.flatnonzero(sizes == size) for size in set(sizes.tolist())}
    for place in range(len(weights) - 2, -1, -1):
        np.matmul(backward[place + 1] * weights[place + 1], before, out=backward[place])
        if place % _OFTEN == 0:
            backward[place] /= backward[place].sum(axis=1, keepdims=True)
        if place + 1 in rows_of:
            backward[place, rows_of[place + 1]] = 1.0
    return backward


def read_tags(labels: Sequence[int], chances: Sequence[float], shift: int = 0) -> list[Tag]:
    """Read label numbers as names; a name that begins inside (I- after O or another type) begins all the same.

    A name is as likely as all its words, and those on both sides of it, together.

    >>> read_tags([0, 3, 4, 1], [1.0, 0.5, 0.5, 0.75])
    [Tag(first=1, last=3, type='LOC', confidence=0.1875), Tag(first=3, last=4, type='PER', confidence=0.375)]
    """
    spans: list[tuple[int, int, str]] = []
    for index, label in enumerate(labels):
        if not label:
            continue
        first, last, kind = spans[-1] if spans else (0, -1, "")
        if label % 2 == 0 and last == index and kind == LABELS[label][2:]:
            spans[-1] = (first, index + 1, kind)
        else:
            spans.append((index, index + 1, LABELS[label][2:]))
    return [
        Tag(first + shift, last + shift, kind, prod(chances[max(first - 1, 0) : last + 1]))
        for first, last, kind in spans
    ]

"""Decode linear-chain CRFs, many sentences at once."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def decode(emissions: Floats, transitions: Floats, lengths: Sequence[int]) -> tuple[list[list[int]], list[list[float]]]:
    """Choose for each token the label with the largest marginal probability (forward-backward, Rabiner 1989).

    `emissions` (sentences, tokens, labels) are log scores, padded at the end; `transitions` (before, after) too.
    Returns a label number and its probability for every token of each sentence.
    """
    step = np.exp(transitions)
    scores = np.exp(emissions - emissions.max(axis=2, keepdims=True)).transpose(1, 0, 2).copy()
    ends = np.asarray(lengths) - 1
    marginals = _forward(scores, step) * _backward(scores, step, ends)
    marginals /= marginals.sum(axis=2, keepdims=True)
    best, chance = marginals.argmax(axis=2).T.tolist(), marginals.max(axis=2).T.tolist()
    return (
        [row[:size] for row, size in zip(best, lengths, strict=True)],
        [row[:size] for row, size in zip(chance, lengths, strict=True)],
    )


def _forward(scores: Floats, step: Floats) -> Floats:
    """Return (tokens, sentences, labels): how likely each label is given what stands before; each row sums to 1."""
    forward = np.empty_like(scores)
    state = scores[0]
    for place in range(len(scores)):
        if place:
            state = (forward[place - 1] @ step) * scores[place]
        forward[place] = state / state.sum(axis=1, keepdims=True)
    return forward


def _backward(scores: Floats, step: Floats, ends: npt.NDArray[np.int64]) -> Floats:
    """Return (tokens, sentences, labels): how well each label is followed; 1 from a sentence's last token on."""
    backward = np.empty_like(scores)
    back = np.ones_like(scores[0])
    for place in range(len(scores) - 1, -1, -1):
        if place < len(scores) - 1:
            back = (back * scores[place + 1]) @ step.T
            back /= back.sum(axis=1, keepdims=True)
        back[ends <= place] = 1.0
        backward[place] = back
    return backward

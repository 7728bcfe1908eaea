"""Score who and what may fill the roles of a telling."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.core.entities.tagging.stretches import Stretch

ROLES = ("actor", "recipient", "place", "date")
DISTANCES, _EXACT = 49, 16
_UNTHREADED = 1 << 18
"""So many products OpenBLAS still adds up in one thread: more wake others, which a worker a core has no use for."""

Scores = npt.NDArray[np.float32]


class Heads(NamedTuple):
    """What a net says of each word of an article.

    `events` are its scores as no trigger, as one of each type, and for each flag; the others are its vectors as a word
    and as a trigger.
    """

    events: Scores
    words: Scores
    triggers: Scores


def bucket(distance: int) -> int:
    """Return the number of a distance behind the trigger: its own up to 16 words, then shared in steps that grow.

    >>> [bucket(distance) for distance in (-200, -1, 0, 1, 20)]
    [0, 23, 24, 25, 43]
    """
    far = abs(distance)
    step = far if far <= _EXACT else _EXACT + min(DISTANCES // 2 - _EXACT, (far - _EXACT).bit_length())
    return DISTANCES // 2 + (step if distance > 0 else -step)


_SPAN = 400
_BUCKETS = np.array([bucket(distance) for distance in range(-_SPAN, _SPAN + 1)])


def buckets(distances: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the numbers of many distances, as `bucket` does."""
    numbers: npt.NDArray[np.int64] = _BUCKETS[np.clip(distances, -_SPAN, _SPAN) + _SPAN]
    return numbers


class RoleScorer:
    """Score pairs of a trigger and a word for each role: O, B and I.

    The word's vector, the trigger's, those of the type, the distance, and whether in one sentence are added up and cut
    at zero. In a net of whole numbers `steps` then turn the sum into 8 bits: products of such are exact in any order.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self._kinds, self._weights, self._bias = (
            _floats(arrays[name]) for name in ("kinds", "role_weights", "role_bias")
        )
        self._steps, self._scales = _floats(arrays["role_steps"]), _floats(arrays["role_scales"])
        self._offsets = np.concatenate([_floats(arrays["distances"]) + where for where in _floats(arrays["where"])])

    def score(
        self,
        heads: Heads,
        stretch: Stretch,
        triggers: npt.NDArray[np.int64],
        kinds: Sequence[int],
        sentences: npt.NDArray[np.int64],
    ) -> Scores:
        """Return scores (triggers, words, roles, 3) of the words of a stretch beside triggers in it."""
        words = np.array(stretch.words)
        behind = np.array(stretch.sentences)[None, :] - sentences[:, None]
        where = DISTANCES * np.where(behind == 0, 0, np.where(behind < 0, 1, 2))
        cells = self._offsets[buckets(words[None, :] - triggers[:, None]) + where]
        cells += heads.words[words]
        cells += (heads.triggers[triggers] + self._kinds[kinds])[:, None]
        np.maximum(cells, np.float32(0), out=cells)
        if len(self._steps):
            cells *= self._steps
            np.minimum(np.rint(cells, out=cells), np.float32(255), out=cells)
        rows = cells.reshape(-1, cells.shape[-1])
        scores = multiply(rows, self._weights) * self._scales + self._bias
        return np.asarray(scores.reshape(*cells.shape[:2], len(ROLES), 3))


def multiply(rows: Scores, weights: Scores) -> Scores:
    """Multiply rows with weights, one row or more, so few at once that OpenBLAS stays in this thread."""
    step = max(1, _UNTHREADED // weights.size)
    return np.concatenate([rows[at : at + step] @ weights for at in range(0, len(rows), step)])


def _floats(array: npt.NDArray[np.generic]) -> Scores:
    return array.astype(np.float32)

"""Score how likely two tellings of one type in an article tell one event, as a net sees their triggers."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pipelines.core.entities.tagging.roles import Heads, Scores, multiply

LOOK_BACK = 24
"""A telling is compared with so many of its type before it."""
_SIGNED, _CELL, _AT_ONCE = 127.0, 255.0, 4096

Numbers = npt.NDArray[np.int64]


class SameScorer:
    """Score pairs of triggers: above 0, rather one event.

    A vector of the earlier and one of the later trigger are added up, cut at zero and weighed; the product of two more
    is added. Products of whole numbers only are added up, so that no library or processor changes a score.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self._weights, self._scales, self._bias, self._out = (
            arrays[f"same_{name}"].astype(np.float32) for name in ("weights", "scales", "bias", "out")
        )
        self._out_scale, self._out_bias = (float(number) for number in arrays["same_last"])

    def score(self, heads: Heads, triggers: Sequence[int], pairs: Sequence[tuple[int, int]]) -> list[float]:
        """Return the score of each pair, earlier and later, of triggers; these are words by their numbers."""
        if not pairs:
            return []
        words = list(triggers)
        given, steps = _whole(np.concatenate([heads.triggers[words], heads.words[words]], axis=1), _SIGNED)
        vectors = multiply(given, self._weights) * (steps * self._scales) + self._bias
        first, second, turned = np.split(vectors, 3, axis=1)
        whole = _whole(turned, _SIGNED)
        found: list[float] = []
        for at in range(0, len(pairs), _AT_ONCE):
            one, two = np.array(pairs[at : at + _AT_ONCE]).T
            scores = self._weigh(first[one] + second[two]) + _product(*whole, one, two)
            found += scores.astype(np.float64).round(3).tolist()
        return found

    def _weigh(self, cells: Scores) -> Scores:
        whole, sizes = _whole(np.maximum(cells, np.float32(0)), _CELL)
        return multiply(whole, self._out) * sizes[:, 0] * np.float32(self._out_scale) + np.float32(self._out_bias)


def _whole(rows: Scores, most: float) -> tuple[Scores, Scores]:
    """Return each row as whole numbers of at most `most`, and what its numbers are worth."""
    steps = np.maximum(np.abs(rows).max(axis=1, keepdims=True), np.float32(1e-6)) / np.float32(most)
    return np.rint(rows / steps), steps


def _product(whole: Scores, steps: Scores, one: Numbers, two: Numbers) -> Scores:
    """Return the products of pairs of rows."""
    products: Scores = (whole[one] * whole[two]).sum(axis=1) * (steps[one] * steps[two])[:, 0]
    return products


def pairs_of_a_type(kinds: Sequence[object]) -> list[tuple[int, int]]:
    """Return which tellings of these types are compared, earlier and later: the later in order, nearest first.

    >>> pairs_of_a_type(["AID", "AID", "REJECT", "AID"])
    [(0, 1), (1, 3), (0, 3)]
    """
    before: dict[object, list[int]] = {}
    pairs: list[tuple[int, int]] = []
    for number, kind in enumerate(kinds):
        own = before.setdefault(kind, [])
        pairs += [(other, number) for other in own[: -LOOK_BACK - 1 : -1]]
        own.append(number)
    return pairs

"""Make confidence mean what it says: one temperature divides all scores (Guo et al. 2017)."""

from collections.abc import Sequence

import numpy as np

from pipelines.core.entities.tagging.decode import Scores, level

_TRIED = np.geomspace(0.5, 4.0, 43)


def temperature(scores: Scores, labels: Sequence[int]) -> float:
    """Return what to divide scores (words, labels) by, so that they are least surprised by the true labels."""
    return float(min(_TRIED, key=lambda tried: surprise(scores / tried, labels)))


def surprise(scores: Scores, labels: Sequence[int]) -> float:
    """Return the mean negative log probability of the true labels."""
    return float(-level(scores)[np.arange(len(labels)), labels].mean())

"""Say how likely an event is right whose trigger a model is so sure of."""

from math import exp, log
from typing import NamedTuple

_EDGE = 0.005


class Trust(NamedTuple):
    """A line through the log odds (Platt 1999), fitted for a model on the development articles: alone it errs."""

    slope: float
    shift: float

    def confidence(self, chance: float) -> float:
        """Return how likely an event is right that a model holds as likely as `chance`.

        >>> [round(Trust(0.35, -0.1).confidence(chance), 3) for chance in (0.4, 0.7, 0.99)]
        [0.44, 0.549, 0.819]
        """
        held = min(max(chance, _EDGE), 1 - _EDGE)
        return 1 / (1 + exp(-(self.slope * log(held / (1 - held)) + self.shift)))

"""How unusual a count is, as one number that can be compared between things often and rarely named."""

from bisect import bisect_left
from functools import lru_cache
from math import exp, lgamma, log, log10, sqrt

PRIOR = 0.5


@lru_cache(maxsize=1 << 14)
def surprise(count: int, baseline: int, windows: int) -> float:
    """Return -log10 P(X >= count), X Poisson with the mean of the trailing day's windows.

    `baseline` events were counted in `windows` windows; the mean is (baseline + 0.5) / windows, so that something never
    seen before has a small rate and not none (Jeffreys' prior). 3.0 means: once in a thousand windows. Rounded to four
    decimals, so that it is the same on every machine.

    >>> surprise(0, 24, 24)
    0.0
    >>> surprise(10, 24, 24) > 6
    True
    """
    mean = (baseline + PRIOR) / windows
    if count <= 0:
        return 0.0
    bulk = max(count, mean)
    last = int(bulk + 10 * sqrt(bulk)) + 20  # what lies beyond is nothing to four decimals
    terms = [k * log(mean) - mean - lgamma(k + 1) for k in range(count, last)]
    top = max(terms)
    tail = top / log(10) + log10(sum(exp(term - top) for term in terms))
    return max(0.0, round(-tail, 4))


@lru_cache(maxsize=1 << 14)
def least_count(least: float, baseline: int, windows: int) -> int:
    """Return the least count whose surprise is at least `least`.

    >>> least_count(4.0, 24, 24), least_count(4.0, 0, 24)
    (7, 3)
    """
    most = 1
    while surprise(most, baseline, windows) < least:
        most *= 2
    return bisect_left(range(most + 1), least, key=lambda count: surprise(count, baseline, windows))

"""Hold the numbers of many articles in one array, so that one pass serves them all."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.core.duplicates.hashing import Indices, Numbers

_HALF = np.uint64(32)


class Ragged(NamedTuple):
    """Numbers of 32 bits, and of each the place of its article in the batch; those of one article stand together."""

    owners: Indices
    numbers: Numbers

    def where(self, kept: "NDArray[np.bool_] | Indices") -> "Ragged":
        """Return some of the numbers."""
        return Ragged(self.owners[kept], self.numbers[kept])

    def distinct(self) -> "Ragged":
        """Return each number once an article, all in order."""
        packed = self.owners.astype(np.uint64) << _HALF | self.numbers
        packed.sort()
        packed = packed[_changes(packed)]
        return Ragged((packed >> _HALF).astype(np.intp), packed.astype(np.uint32))

    def without_runs(self) -> "Ragged":
        """Return the numbers but those that repeat the one before."""
        return self.where(_changes(self.numbers) | _changes(self.owners))

    def lowest(self) -> "Ragged":
        """Return the smallest number of each article."""
        firsts = np.flatnonzero(_changes(self.owners))
        smallest = np.minimum.reduceat(self.numbers, firsts) if len(firsts) else self.numbers
        return Ragged(self.owners[firsts], smallest)

    def sizes(self, articles: int) -> Indices:
        """Return how many numbers each article of the batch has."""
        return np.bincount(self.owners, minlength=articles)

    def first(self, most: Indices) -> "Ragged":
        """Return the first numbers of each article: `most` (articles,) says how many at most."""
        sizes = self.sizes(len(most))
        ranks = np.arange(len(self.owners)) - (np.cumsum(sizes) - sizes)[self.owners]
        return self.where(ranks < most[self.owners])


def join(parts: Iterable[Ragged]) -> Ragged:
    """Return the numbers of all parts; those of one article stand together no more, until `distinct`."""
    owners, numbers = zip(*parts, strict=True)
    return Ragged(np.concatenate(owners), np.concatenate(numbers))


def _changes(values: "NDArray[np.generic]") -> "NDArray[np.bool_]":
    changed = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed

"""Which stretches make a batch: whole articles, or stretches of like length."""

from collections.abc import Sequence

import numpy as np

from pipelines.training.device.course.articles import Articles, Rows

_MORE, _NOISE, _SHORTEST = 1.5, 24, 16


class ByArticle:
    """Give the stretches of whole articles, `size` or a little more; every article comes before one comes again.

    Of `among`, where only some of the articles are to be given.
    """

    def __init__(self, articles: Articles, size: int, seed: int, among: Sequence[int] | None = None) -> None:
        self._articles, self._size, self._random = articles, size, np.random.default_rng(seed)
        self._among = np.arange(articles.count) if among is None else np.array(among)
        self._left: list[int] = []

    def draw(self) -> Rows:
        """Return the numbers of a batch's stretches; of one very long article not all."""
        rows: list[int] = []
        while len(rows) < self._size:
            if not self._left:
                self._left = self._random.permutation(self._among).tolist()
            rows += self._articles.of_article[self._left.pop()].tolist()
        return np.array(rows[: int(self._size * _MORE)], np.int64)


class ByLength:
    """Give stretches of about one length, of `size` pieces together; `passes` counts how often all came."""

    def __init__(self, lengths: Rows, size: int, seed: int) -> None:
        self._lengths, self._size, self._random, self.passes = lengths, size, np.random.default_rng(seed), 0
        self._left: list[Rows] = []

    def draw(self) -> Rows:
        """Return the numbers of a batch's stretches."""
        if not self._left:
            noise = self._random.random(len(self._lengths)) * _NOISE
            order = np.argsort(self._lengths + noise, kind="stable")
            chunks = self._cut(order)
            self._left = [chunks[number] for number in self._random.permutation(len(chunks)).tolist()]
            self.passes += 1
        return self._left.pop()

    def _cut(self, order: Rows) -> list[Rows]:
        longest = np.maximum(np.maximum.accumulate(self._lengths[order]), _SHORTEST).tolist()
        chunks, first = [], 0
        for last, length in enumerate(longest):
            if last > first and length * (last - first + 1) > self._size:
                chunks.append(order[first:last])
                first = last
        return [*chunks, order[first:]]

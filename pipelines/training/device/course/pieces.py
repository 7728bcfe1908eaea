"""Lay the words of stretches out as the pieces of an encoder's vocabulary."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from pipelines.training.device.course.arrays import Array
from pipelines.training.device.course.articles import Articles
from pipelines.training.device.course.machine import DEVICE, tensor

START, END, UNKNOWN, MASK, FIRST = 1, 2, 3, 4, 5
MOST = 8
"""Of a word so many pieces are read."""
LONGEST, _STEP, _ROWS = 512, 16, 8_192


class Laid(NamedTuple):
    """Pieces (stretches, pieces), 0 behind the last; each word's first piece; the mark of each first piece."""

    pieces: Tensor
    firsts: Tensor
    marks: Tensor


class Pieces:
    """The first pieces of each word in one vocabulary; where `folded` is given, the lists are those of folded words."""

    def __init__(self, counts: Array, pieces: Array, folded: Tensor | None = None) -> None:
        ends = np.cumsum(counts.astype(np.int64))
        starts, read = ends - counts, np.minimum(counts, MOST)
        table = np.zeros((len(counts), MOST), np.int64)
        for place in range(MOST):
            has = read > place
            table[has, place] = pieces[starts[has] + place]
        self.counts, self.table = tensor(read.astype(np.int64)), tensor(table)  # filled up with 0
        if folded is not None:
            self.counts, self.table = self.counts[folded], self.table[folded]

    def lengths(self, articles: Articles) -> Array:
        """Return how many pieces each stretch has."""
        parts = [
            self._sizes(articles, torch.arange(first, min(first + _ROWS, articles.stretches), device=DEVICE))[1]
            for first in range(0, articles.stretches, _ROWS)
        ]
        return np.asarray(torch.cat(parts).cpu().numpy())

    def _sizes(self, articles: Articles, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Return how many pieces each word has, and each stretch with its start and its ends."""
        counts = self.counts[articles.numbers[rows]] * articles.valid[rows]
        return counts, 1 + counts.sum(1) + articles.ends[rows].sum(1)

    def lay(self, articles: Articles, rows: Tensor) -> Laid:
        """Lay stretches out side by side: START, then the pieces of each word, and END behind each sentence."""
        counts, sizes = self._sizes(articles, rows)
        longest = min(-(-int(sizes.max()) // _STEP) * _STEP, LONGEST)
        valid, ends, table = articles.valid[rows], articles.ends[rows], self.table[articles.numbers[rows]]
        steps = counts + ends
        firsts = torch.cumsum(steps, 1) - steps + 1
        pieces, marks = torch.zeros((2, len(rows), longest + 1), dtype=torch.long, device=DEVICE)
        pieces[:, 0] = START  # what has no place is written behind the longest, and cut off
        for place in range(MOST):
            at = torch.where((counts > place) & (firsts + place < longest), firsts + place, longest)
            pieces.scatter_(1, at, table[:, :, place])
        at = torch.where(ends & (firsts + counts < longest), firsts + counts, longest)
        pieces.scatter_(1, at, torch.full_like(at, END))
        at = torch.where(valid & (firsts < longest), firsts, longest)
        marks.scatter_(1, at, articles.marks[rows].long())
        return Laid(pieces[:, :longest], firsts.clamp(max=longest - 1), marks[:, :longest])

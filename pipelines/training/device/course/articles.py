"""Articles as tensors: the stretches of their words, their names, and the tellings of events in them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from pipelines.training.device.course.arrays import Arrays
from pipelines.training.device.course.machine import DEVICE, say, tensor
from pipelines.training.device.course.stretches import WIDE, Layout, lay_out

ROLES, NOT_ASKED = 4, -100

Rows = npt.NDArray[np.int64]


class Told(NamedTuple):
    """Tellings in the order of their stretches; `firsts` says where each stretch's begin (one more at the end).

    Of each: its trigger's place in the stretch, its type, its flags, and of each word of the stretch each role's label
    (tellings, WIDE, roles), or how likely each label is (tellings, WIDE, roles, 3).
    """

    firsts: Rows
    words: Tensor
    kinds: Tensor
    flags: Tensor
    roles: Tensor

    def of(self, rows: Rows) -> tuple[Tensor, Tensor]:
        """Return the numbers of the tellings in some stretches, and which of the stretches each is in."""
        own = [np.arange(self.firsts[row], self.firsts[row + 1]) for row in rows.tolist()]
        places = np.repeat(np.arange(len(rows)), [len(one) for one in own])
        return tensor(np.concatenate([*own, np.zeros(0, np.int64)])), tensor(places)


class Articles:
    """Stretches of articles; the words of the first `most` articles only, where that is given.

    `sentences` says how many sentences each article has, where that is not what `packed` says.
    """

    def __init__(
        self, packed: Arrays, titled: bool = True, sentences: Sequence[int] | None = None, most: int | None = None
    ) -> None:
        counts = np.array(packed["sentences"] if sentences is None else sentences, np.int64)[:most]
        lengths = packed["lengths"].astype(np.int64)[: counts.sum()]
        words = int(lengths.sum())
        bytes_ = (packed[name][:words].astype(np.int64) for name in ("low", "mid", "high"))
        numbers = sum(values << shift for values, shift in zip(bytes_, (0, 8, 16), strict=True))
        per_article = [part.tolist() for part in np.split(lengths, np.cumsum(counts)[:-1])]
        self.layout: Layout = lay_out(per_article, titled)
        self.offsets = np.cumsum([0, *map(sum, per_article)])
        self.count, self.stretches = len(counts), len(self.layout.sizes)
        self.at = np.where(self.layout.words >= 0, self.layout.words + self.offsets[self.layout.articles][:, None], 0)
        self.numbers, self.marks = tensor(np.asarray(numbers)[self.at]), tensor(packed["marks"][:words][self.at])
        self.words, self.sentences, self.ends = (tensor(values) for values in self.layout[:3])
        self.valid = self.words >= 0
        self.own = self.valid & (torch.arange(WIDE, device=DEVICE)[None] >= tensor(self.layout.contexts)[:, None])
        self.article = tensor(self.layout.articles)
        ends = np.cumsum(np.bincount(self.layout.articles, minlength=self.count))
        self.of_article = np.split(np.arange(self.stretches), ends[:-1])
        say(f"{self.count} articles, {self.stretches} stretches, {words} words")

    def spread(self, labels: npt.NDArray[np.int64]) -> Tensor:
        """Return the label of each word of each stretch, of labels that have one a word of the articles."""
        return tensor(labels[self.at])


class Labelled(Articles):
    """Articles whose names are labelled: `names` is the label of each word of each stretch."""

    def __init__(
        self, packed: Arrays, titled: bool = True, sentences: Sequence[int] | None = None, most: int | None = None
    ) -> None:
        super().__init__(packed, titled, sentences, most)
        self.names = self.spread(packed["tags"].astype(np.int64))


class Read(Labelled):
    """Articles whose events are labelled too: `types` is 1 and the type of each word of a trigger, else 0.

    `events` numbers the event of each telling of `told`, `ways` is 1 for stretches that the further readers labelled.
    """

    def __init__(self, packed: Arrays, most: int | None = None) -> None:
        super().__init__(packed, most=most)
        kinds = np.zeros(len(packed["tags"]), np.int64)
        found: list[tuple[int, int, int]] = []  # stretch, place in it, telling
        for number, (article, _, kind, first, last) in enumerate(packed["tellings"].tolist()):
            if article >= self.count:
                break
            kinds[self.offsets[article] + first : self.offsets[article] + last] = 1 + kind
            for row in self.of_article[article].tolist():
                context, size = self.layout.contexts[row], self.layout.sizes[row]
                where = np.flatnonzero(self.layout.words[row, context:size] == first)
                found += [(row, int(place + context), number) for place in where]
        found.sort()
        rows, places, numbers = np.array(found, np.int64).reshape(-1, 3).T
        self.types, self.events = self.spread(kinds), tensor(packed["tellings"][numbers, 1].astype(np.int64))
        self.told = Told(
            np.searchsorted(rows, np.arange(self.stretches + 1)),
            tensor(places),
            tensor(packed["tellings"][numbers, 2].astype(np.int64)),
            tensor(packed["flags"][numbers].astype(np.float32)),
            tensor(self._roles(packed, rows, numbers)),
        )
        self.ways = tensor(packed["ways"].astype(np.float32)[self.layout.articles])
        say(len(found), "tellings")

    def _roles(self, packed: Arrays, rows: Rows, numbers: Rows) -> npt.NDArray[np.int8]:
        """Return each role's label of each word: 0 no, 1 begins, 2 goes on, or that it is not asked."""
        words, sizes = self.layout.words[rows], self.layout.sizes[rows]
        roles = np.full((len(rows), WIDE, ROLES), NOT_ASKED, np.int8)
        roles[np.arange(WIDE)[None] < sizes[:, None]] = 0
        copies: dict[int, list[int]] = {}
        for at, number in enumerate(numbers.tolist()):
            copies.setdefault(number, []).append(at)
        for name in ("ignored", "parts"):
            for number, role, first, last in packed[name].tolist():
                for at in copies.get(number, []):
                    inside = (words[at] >= first) & (words[at] < last)
                    begins = words[at] == first
                    roles[at, inside, role] = NOT_ASKED if name == "ignored" else 2
                    if name == "parts":
                        roles[at, begins, role] = 1
        return roles

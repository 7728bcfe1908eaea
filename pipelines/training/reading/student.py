"""The fast model as it is trained: the net of `core/entities/tagging/convolution.py`, in floats, with all its heads."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.convolution import DILATIONS
from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.features import describe, known_names
from pipelines.core.entities.tagging.roles import buckets
from pipelines.core.entities.tagging.stretches import cut_stretches
from pipelines.core.entities.tagging.voting import EVENT_SCORES
from pipelines.training.reading.net import RoleHead

WIDTH, PAIR = 192, 96
_GAP = max(DILATIONS)

Numbers = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


class Vocabulary:
    """Words, each with the numbers of its features, as the shipped model numbers them; and the numbers of marks."""

    def __init__(self, features: Sequence[str], marks: Sequence[str]) -> None:
        self.features, self.marks = list(features), {mark: number for number, mark in enumerate(marks)}
        self._number = {feature: number for number, feature in enumerate(self.features)}
        self.words: dict[str, int] = {}
        self.bags: list[Numbers] = []

    def number(self, word: str) -> int:
        """Return a word's number; a new one gets the next."""
        if word not in self.words:
            self.words[word] = len(self.bags)
            known = {self._number[one] for one in describe(word) if one in self._number}
            self.bags.append(np.array(sorted(known), np.int32))
        return self.words[word]

    def lesson(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> "Lesson":
        """Return sentences, and the known names in them, as numbers."""
        words = [np.array([self.number(word) for word in sentence], np.int32) for sentence in sentences]
        marks = [
            np.array([self.marks.get(mark, 0) for mark in known_names(len(sentence), known)], np.int64)
            for sentence, known in zip(sentences, hits, strict=True)
        ]
        return Lesson(words, marks)


class Lesson(NamedTuple):
    """An article's sentences: word numbers and mark numbers."""

    words: list[Numbers]
    marks: list[npt.NDArray[np.int64]]


class Student(nn.Module):
    """Sums of features, then dilated convolutions, each added to what it reads, and a head for each thing it says."""

    def __init__(self, vocabulary: Vocabulary, width: int = WIDTH) -> None:
        super().__init__()
        self.bags, self.random, self.width, self.dropped = vocabulary.bags, np.random.default_rng(1), width, 0.1
        self.features = nn.EmbeddingBag(len(vocabulary.features), width, mode="sum")
        self.marks = nn.Embedding(64, width)
        self.layers = nn.ModuleList([nn.Linear(3 * width, width) for _ in DILATIONS])
        self.names, self.events = nn.Linear(width, len(LABELS)), nn.Linear(width, EVENT_SCORES)
        self.names_before = nn.Linear(width, len(LABELS))
        self.role = RoleHead(width, PAIR)
        for layer in self.layers:
            nn.init.kaiming_normal_(layer.weight)
            layer.weight.data *= 0.3
            nn.init.zeros_(layer.bias)

    def forward(self, lessons: Sequence[Lesson]) -> Tensor:
        """Return vectors (words, width) of the articles' words, one behind the next."""
        return self.read(lessons)[-1]

    def read(self, lessons: Sequence[Lesson]) -> list[Tensor]:
        """Return what each layer reads of each word, the one that the heads read last."""
        gap = np.full(_GAP, -1, np.int32)
        words = np.concatenate([part for one in lessons for words in one.words for part in (gap, words)] + [gap])
        marks = np.concatenate(
            [part for one in lessons for marks in one.marks for part in (gap * 0, marks)] + [gap * 0]
        )
        here = torch.from_numpy(words >= 0)
        state = self._vectors(words) + self.marks(torch.from_numpy(marks))
        state = functional.relu(state) * here[:, None]
        states = [state[here]]
        for layer, dilation in zip(self.layers, DILATIONS, strict=True):
            beside = state.new_zeros(dilation, self.width)
            triple = [torch.cat([beside, state[:-dilation]]), state, torch.cat([state[dilation:], beside])]
            found = functional.relu(layer(torch.cat(triple, 1)))
            state = (state + functional.dropout(found, self.dropped, self.training)) * here[:, None]
            states.append(state[here])
        return states

    def _vectors(self, words: Numbers) -> Tensor:
        kinds, where = np.unique(words, return_inverse=True)
        bags = [self.bags[kind] if kind >= 0 else np.zeros(0, np.int32) for kind in kinds.tolist()]
        if self.training:
            bags = [bag[self.random.random(len(bag)) > self.dropped] for bag in bags]
        starts = np.cumsum([0, *map(len, bags[:-1])])
        vectors = self.features(torch.from_numpy(np.concatenate(bags).astype(np.int64)), torch.from_numpy(starts))
        return vectors[torch.from_numpy(where)]


class Pairs(NamedTuple):
    """Triggers and the words beside them: numbers of words in the batch, padded, and what `RoleHead` asks."""

    triggers: Tensor
    kinds: Tensor
    words: Tensor
    distances: Tensor
    where: Tensor


class Stretched(NamedTuple):
    """A trigger (its word, sentence and type) in its stretch of the article."""

    first: int
    kind: int
    words: list[int]
    sentences: list[int]
    sentence: int


def stretch_of(lengths: Sequence[int], firsts: Sequence[tuple[int, int]]) -> Iterator[Stretched]:
    """Find the stretch that each trigger (word, type) is read in."""
    wanted = dict(firsts)
    for stretch in cut_stretches(lengths):
        for at in range(stretch.context, len(stretch.words)):
            if (kind := wanted.get(stretch.words[at])) is not None:
                yield Stretched(stretch.words[at], kind, stretch.words, stretch.sentences, stretch.sentences[at])


def lay_out(found: Sequence[tuple[int, Stretched]]) -> Pairs:
    """Lay triggers out beside their words; each comes with the number of its article's first word."""
    most = max(len(one.words) for _, one in found)
    words, distances, where = np.zeros((3, len(found), most), np.int64)
    for row, (shift, one) in enumerate(found):
        size, numbers = len(one.words), np.array(one.words)
        words[row, :size] = numbers + shift
        distances[row, :size] = buckets(numbers - one.first)
        behind = np.array(one.sentences) - one.sentence
        where[row, :size] = np.where(behind == 0, 0, np.where(behind < 0, 1, 2))
    return Pairs(
        torch.tensor([shift + one.first for shift, one in found]),
        torch.tensor([one.kind for _, one in found]),
        *map(torch.from_numpy, (words, distances, where)),
    )

"""The fast tagger as it is trained: the net of `core/entities/tagging/convolution.py`, in floats."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.core.entities.tagging.convolution import DILATIONS
from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.features import describe, find_known, known_names

WIDTH, FEATURES, SEEN, DROPPED = 192, 70_000, 30, 0.1
_GAP, _COUNTED = max(DILATIONS), 40

Numbers = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


class Vocabulary:
    """Words, each with the numbers of its features; the commonest features of all that news and corpora hold."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        uses = Counter(word for sentence in sentences for word in sentence)
        described = {word: describe(word) for word in uses}
        counts: Counter[str] = Counter()
        for word, features in described.items():
            counts.update(dict.fromkeys(features, min(uses[word], _COUNTED)))
        self.features = [feature for feature, count in counts.most_common(FEATURES) if count >= SEEN]
        self._number = {feature: number for number, feature in enumerate(self.features)}
        self.words = {word: number for number, word in enumerate(described)}
        self.bags = [self._bag(features) for features in described.values()]
        self.marks: dict[str, int] = {"-": 0}

    def _bag(self, features: Sequence[str]) -> Numbers:
        return np.array(sorted({self._number[one] for one in features if one in self._number}), np.int32)

    def lesson(self, sentence: Sequence[str]) -> "Lesson":
        """Return a sentence as numbers of words and of known-name marks; a new word gets a number."""
        for word in sentence:
            if word not in self.words:
                self.words[word] = len(self.bags)
                self.bags.append(self._bag(describe(word)))
        marks = known_names(len(sentence), find_known(sentence))
        return Lesson(
            np.array([self.words[word] for word in sentence], np.int32),
            np.array([self.marks.setdefault(mark, len(self.marks)) for mark in marks], np.int64),
        )


class Lesson(NamedTuple):
    """A sentence: word numbers and mark numbers."""

    words: Numbers
    marks: npt.NDArray[np.int64]


class Student(nn.Module):
    """Sums of features, then dilated convolutions, each added to what it reads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.bags, self.random = vocabulary.bags, np.random.default_rng(1)
        self.features = nn.EmbeddingBag(len(vocabulary.features), WIDTH, mode="sum")
        self.marks = nn.Embedding(64, WIDTH)
        self.layers = nn.ModuleList([nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS])
        self.out = nn.Linear(WIDTH, len(LABELS))
        nn.init.normal_(self.features.weight, std=0.06)
        nn.init.normal_(self.marks.weight, std=0.1)
        for layer in self.layers:
            nn.init.kaiming_normal_(layer.weight)
            layer.weight.data *= 0.5
            nn.init.zeros_(layer.bias)

    def forward(self, lessons: Sequence[Lesson]) -> Tensor:
        """Return scores (words, labels) of the sentences, one behind the next."""
        return self.out(self._read(lessons)[-1])

    def states(self, lessons: Sequence[Lesson]) -> list[Floats]:
        """Return what each layer reads of each word (words, width), the one that scores labels last."""
        self.eval()
        with torch.no_grad():
            return [state.numpy() for state in self._read(lessons)]

    def _read(self, lessons: Sequence[Lesson]) -> list[Tensor]:
        gap = np.full(_GAP, -1, np.int32)
        words = np.concatenate([part for lesson in lessons for part in (gap, lesson.words)] + [gap])
        marks = np.concatenate([part for lesson in lessons for part in (gap * 0, lesson.marks)] + [gap * 0])
        here = torch.from_numpy(words >= 0)
        state = self._vectors(words) + self.marks(torch.from_numpy(marks))
        state = functional.relu(state) * here[:, None]
        states = [state[here]]
        for layer, dilation in zip(self.layers, DILATIONS, strict=True):
            beside = state.new_zeros(dilation, WIDTH)
            triple = [torch.cat([beside, state[:-dilation]]), state, torch.cat([state[dilation:], beside])]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = functional.relu(layer(torch.cat(triple, 1)))
            state = (state + functional.dropout(found.float(), DROPPED, self.training)) * here[:, None]
            states.append(state[here])
        return states

    def score(self, lessons: Sequence[Lesson]) -> npt.NDArray[np.float64]:
        """Return scores (words, labels) as numbers."""
        self.eval()
        with torch.no_grad():
            return np.asarray(self(lessons).numpy(), np.float64)

    def _vectors(self, words: Numbers) -> Tensor:
        kinds, where = np.unique(words, return_inverse=True)
        bags = [self.bags[kind] if kind >= 0 else np.zeros(0, np.int32) for kind in kinds.tolist()]
        if self.training:
            bags = [bag[self.random.random(len(bag)) > DROPPED] for bag in bags]
        starts = np.cumsum([0, *map(len, bags[:-1])])
        vectors = self.features(torch.from_numpy(np.concatenate(bags).astype(np.int64)), torch.from_numpy(starts))
        return vectors[torch.from_numpy(where)]

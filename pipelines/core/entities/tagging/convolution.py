"""The fast model: convolutions over words, computed in whole numbers."""

import io
from collections.abc import Sequence
from itertools import chain
from threading import Lock

import numpy as np
import numpy.typing as npt

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.decode import LABELS, Scores, Tag, decode
from pipelines.core.entities.tagging.features import describe, known_names
from pipelines.core.entities.tagging.net import load_net
from pipelines.core.entities.tagging.reading import Reading
from pipelines.core.entities.tagging.roles import Heads, RoleScorer
from pipelines.core.entities.tagging.same import SameScorer
from pipelines.core.entities.tagging.stretches import cut_stretches
from pipelines.core.entities.tagging.tellings import read_tellings
from pipelines.core.entities.tagging.trust import Trust
from pipelines.core.entities.tagging.voting import EVENT_SCORES, Voter

DILATIONS = (1, 1, 2, 4, 8)
DISTANCES = tuple(dict.fromkeys(DILATIONS))
_REMEMBERED, _NOTHING = 1 << 16, -1

_OUTPUTS = (len(LABELS), len(LABELS) + EVENT_SCORES)
_TRUST = Trust(0.536, -0.057)

Sums = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float32]


class ConvolutionTagger:
    """A stack of dilated convolutions over words (Strubell et al. 2017) that reads the same on every machine.

    A word's vector is the sum of its features' vectors, kept a word. The net (`training/tagger/whole_net.py` builds it)
    multiplies whole numbers only: activations of 8 bits with weights of 7, whose products no processor has to cut. What
    lies between is done number by number. So no library, processor or neighbour in a batch changes a score.
    """

    def __init__(self, source: bytes) -> None:
        arrays = np.load(io.BytesIO(source))
        self._number = {name: index for index, name in enumerate(_lines(arrays["features"]))}
        self._vectors = np.concatenate([arrays["vectors"], np.zeros_like(arrays["vectors"][:1])])  # _NOTHING
        marks = dict(zip(_lines(arrays["marks"]), arrays["mark_vectors"], strict=True))
        self._unmarked = marks.pop("-")
        self._marks = {mark: vector - self._unmarked for mark, vector in marks.items()}
        self._net = load_net(arrays["net"].tobytes(), as_written=True)
        self._roles, self._same, self._least = RoleScorer(arrays), SameScorer(arrays), float(arrays["least"])
        self._remembering = Lock()  # runners read articles in several threads
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._words = np.zeros((1024, self._vectors.shape[1]), np.int16)

    def _learn(self, words: Sequence[str]) -> None:
        """Keep the vectors of new words."""
        features = [[self._number.get(feature, _NOTHING) for feature in describe(word)] for word in words]
        starts = np.cumsum([0, *map(len, features[:-1])])
        sums = np.add.reduceat(self._vectors[list(chain.from_iterable(features))], starts, axis=0, dtype=np.int16)
        first = len(self._rows)
        while first + len(words) > len(self._words):
            self._words = np.concatenate([self._words, np.zeros_like(self._words)])
        self._words[first : first + len(words)] = sums
        self._rows.update(zip(words, range(first, first + len(words)), strict=True))

    def _read(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> Sums:
        """Return vectors (words, width), those of one sentence behind the next."""
        if new := [word for word in dict.fromkeys(chain.from_iterable(sentences)) if word not in self._rows]:
            self._learn(new)
        rows = list(map(self._rows.__getitem__, chain.from_iterable(sentences)))
        sums: Sums = self._words[rows] + self._unmarked
        first = 0
        for sentence, known in zip(sentences, hits, strict=True):
            for at, mark in enumerate(known_names(len(sentence), known), start=first):
                if mark != "-":
                    sums[at] += self._marks.get(mark, 0)
            first += len(sentence)
        return sums

    def tag(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> list[list[Tag]]:
        """Find the names in each sentence of folded words (`read_document`'s tokens), given the known names in it."""
        return decode(self.score(sentences, hits), [len(sentence) for sentence in sentences])

    def read(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> Reading:
        """Find names and tellings of events in an article, its title first."""
        (names, voter), lengths = self.vote(sentences, hits), [len(sentence) for sentence in sentences]
        tellings = read_tellings([voter], lengths, cut_stretches(lengths), self._least, _TRUST)
        return Reading(decode(names, lengths), tellings)

    def vote(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> tuple[Scores, Voter]:
        """Return what `score` does, and the rest of what the net says."""
        names, events, vectors = np.split(self._run(sentences, hits), _OUTPUTS, axis=1)
        return names.astype(np.float64), Voter(Heads(events, *np.split(vectors, 2, axis=1)), self._roles, self._same)

    def score(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> Scores:
        """Return log scores (words, labels) of names in the sentences, one behind the next."""
        return self._run(sentences, hits)[:, : len(LABELS)].astype(np.float64)

    def _run(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> Floats:
        """Return all that the net says of each word: names, triggers and flags, and its vectors for roles."""
        with self._remembering:
            if len(self._rows) > _REMEMBERED:
                self._forget()
            words = self._read(sentences, hits)
        found: Floats = self._net.run(None, {"words": words, "beside": _beside([*map(len, sentences)])})[0]
        return found


def _beside(lengths: Sequence[int]) -> npt.NDArray[np.int64]:
    """Return where each word's neighbours stand, as the net asks (`WholeNet`); those of another sentence are none."""
    sizes = np.array(lengths, np.int64)
    ends = np.repeat(np.cumsum(sizes), sizes)
    firsts = ends - np.repeat(sizes, sizes)
    places = np.arange(len(ends))
    before = [np.where(places - far >= firsts, places - far, len(ends)) for far in DISTANCES]
    behind = [np.where(places + far < ends, places + far, len(ends)) for far in DISTANCES]
    return np.array([*before, *behind], np.int64)


def _lines(array: npt.NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode().split("\n")

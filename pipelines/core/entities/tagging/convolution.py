"""The fast tagger: convolutions over words, computed in whole numbers."""

import io
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.decode import Scores, Tag, decode
from pipelines.core.entities.tagging.features import describe, known_names

DILATIONS = (1, 1, 2, 4)
_GAP, _REMEMBERED, _MOST = max(DILATIONS), 1 << 16, 255.0

Floats = npt.NDArray[np.float32]


class Layer(NamedTuple):
    """A convolution over three words: whole numbers (width, 3 * width) left, here, right; their scales; a bias."""

    weights: Floats
    scales: Floats
    bias: Floats


class ConvolutionTagger:
    """A stack of dilated convolutions over words (Strubell et al. 2017) that gives the same tags on every machine.

    A word's vector is the sum of its features' vectors, kept a word. Activations are cut to 8 bits a word, as weights
    are: their products add up to less than 2**24, which 32-bit floats hold exactly, whatever the order of the sum. So
    no BLAS, processor or neighbour in a batch changes a score.
    """

    def __init__(self, source: bytes) -> None:
        arrays = np.load(io.BytesIO(source))
        self._number = {name: index for index, name in enumerate(_lines(arrays["features"]))}
        self._vectors: npt.NDArray[np.int8] = arrays["vectors"]
        marks = dict(zip(_lines(arrays["marks"]), arrays["mark_vectors"], strict=True))
        self._unmarked = marks.pop("-")
        self._marks = {mark: vector - self._unmarked for mark, vector in marks.items()}
        self._scale: Floats = arrays["scale"]
        rows = zip(arrays["weights"].astype(np.float32), arrays["scales"], arrays["bias"], strict=True)
        self._layers = [Layer(*row) for row in rows]
        self._out = Layer(arrays["out"].astype(np.float32), arrays["out_scales"], arrays["out_bias"])
        self._remembering = Lock()  # runners read articles in several threads
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {"": 0}
        self._words = np.zeros((1024, len(self._scale)), np.int16)

    def _row(self, word: str) -> int:
        """Return the row of `_words` that holds a word's vector, summing it when it is new."""
        row = self._rows.get(word)
        if row is None:
            row = self._rows[word] = len(self._rows)
            if row == len(self._words):
                self._words = np.concatenate([self._words, np.zeros_like(self._words)])
            known = [self._number[feature] for feature in describe(word) if feature in self._number]
            self._words[row] = self._vectors[known].sum(axis=0, dtype=np.int16)
        return row

    def _read(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> tuple[Floats, list[int]]:
        """Return vectors (places, width), gaps of nothing around each sentence, and the places of the words."""
        rows: list[int] = [0] * _GAP
        places: list[int] = []
        marked: list[tuple[int, str]] = []
        for sentence, known in zip(sentences, hits, strict=True):
            first = len(rows)
            rows += map(self._row, sentence)
            places += range(first, len(rows))
            marked += ((first + at, mark) for at, mark in enumerate(known_names(len(sentence), known)) if mark != "-")
            rows += [0] * _GAP
        sums = self._words[rows] + self._unmarked
        for place, mark in marked:
            sums[place] += self._marks.get(mark, 0)
        return np.maximum(sums, 0) * self._scale, places

    def tag(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> list[list[Tag]]:
        """Find the names in each sentence of folded words (`read_document`'s tokens), given the known names in it."""
        return decode(self.score(sentences, hits), [len(sentence) for sentence in sentences])

    def score(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> Scores:
        """Return log scores (words, labels) of the sentences, one behind the next."""
        with self._remembering:
            if len(self._rows) > _REMEMBERED:
                self._forget()
            state, places = self._read(sentences, hits)
        gaps = np.ones(len(state), bool)
        gaps[places] = False
        for layer, dilation in zip(self._layers, DILATIONS, strict=True):
            state += _convolve(state, layer, dilation)
            state[gaps] = 0.0
        return _multiply(state[places], self._out).astype(np.float64) + self._out.bias


def _multiply(state: Floats, layer: Layer) -> Floats:
    """Multiply as whole numbers: each word's vector is cut to 8 bits by its own largest entry."""
    most = state.max(axis=1, keepdims=True)
    step = np.where(most > 0.0, most, 1.0) / np.float32(_MOST)
    product: Floats = np.rint(state / step) @ layer.weights
    product *= step
    product *= layer.scales
    return product


def _convolve(state: Floats, layer: Layer, dilation: int) -> Floats:
    width = state.shape[1]
    left, here, right = np.split(_multiply(state, layer), (width, 2 * width), axis=1)
    total: Floats = here + layer.bias
    total[dilation:] += left[:-dilation]
    total[:-dilation] += right[dilation:]
    return np.maximum(total, 0.0, out=total)


def _lines(array: npt.NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode().split("\n")

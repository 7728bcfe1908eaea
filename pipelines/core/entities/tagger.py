"""Tag names in sentences with a linear-chain CRF whose scores are summed once a word, not once a token."""

import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.core.entities.decode import decode
from pipelines.core.entities.features import OFFSETS, describe, known_names
from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.names import RESOURCES

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC")
_REMEMBERED, _LONGEST = 1 << 17, 72
_MARKS = ("0x=", "-x=", "+x=")

_HERE = OFFSETS.index(0)

Floats = npt.NDArray[np.float32]
Piece = tuple[int, int, Sequence[str], Sequence[str]]


class Tag(NamedTuple):
    """A name at tokens `[first, last)` of a sentence: PER, LOC, ORG or MISC, and how likely (0 to 1)."""

    first: int
    last: int
    type: str
    confidence: float


class Tagger:
    """A trained model. Scores are kept a word, for each of the five places it can take beside a token."""

    def __init__(self, source: bytes) -> None:
        arrays = np.load(io.BytesIO(source))
        self._number, self._weights = _by_word(arrays["features"].tobytes().decode().split("\n"), arrays["weights"])
        self._transitions: Floats = arrays["transitions"]
        self._remembering = Lock()  # runners read articles in several threads
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {"": 0}
        self._marks: dict[str, Floats] = {}
        self._scores: Floats = np.zeros((1024, len(OFFSETS), len(LABELS)), np.float32)

    def _sum(self, features: Sequence[str]) -> Floats:
        """Add up what features of a word weigh at each place it can take beside a token: (places, labels)."""
        total: Floats = self._weights[[self._number.get(feature, -1) for feature in features]].sum(0)
        return total

    def _row(self, word: str) -> int:
        """Return the row of `_scores` that holds a word's scores, summing them when it is new."""
        row = self._rows.get(word)
        if row is None:
            row = self._rows[word] = len(self._rows)
            if row == len(self._scores):
                self._scores = np.concatenate([self._scores, np.zeros_like(self._scores)])
            # Those of a neighbour are among those of the word itself; the others weigh nothing in its place.
            self._scores[row] = self._sum(describe(word)[0])
        return row

    def _mark(self, mark: str) -> Floats:
        """Return the scores (3, labels) of a known-name mark at a token, before it and after it."""
        found = self._marks.get(mark)
        if found is None:
            found = self._marks[mark] = np.stack([self._sum([lead + mark])[_HERE] for lead in _MARKS])
        return found

    def _emissions(self, sentences: Sequence[Piece], width: int) -> Floats:
        rows = np.zeros((len(sentences), width + 4), np.int64)
        marks = np.zeros((len(sentences), width + 2, 3, len(LABELS)), np.float32)
        for place, (_, _, sentence, known) in enumerate(sentences):
            size = len(sentence)
            rows[place, 2 : size + 2] = [self._row(word) for word in sentence]
            edge = self._mark("edge")
            marks[place, 0] = marks[place, size + 1] = edge
            marks[place, 1 : size + 1] = [self._mark(mark) for mark in known]
        total: Floats = marks[:, 1:-1, 0] + marks[:, :-2, 1] + marks[:, 2:, 2]
        for place, offset in enumerate(OFFSETS):
            total = total + self._scores[rows[:, 2 + offset : 2 + offset + width], place]
        return total

    def tag(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> list[list[Tag]]:
        """Find the names in each sentence of folded words (`read_document`'s tokens), given the known names in it.

        A tag's confidence is the least of its words' marginal probabilities.
        """
        if not any(sentences):
            return [[] for _ in sentences]
        pieces = list(_pieces(sentences, hits))
        lengths = [len(piece[2]) for piece in pieces]
        with self._remembering:
            if len(self._rows) > _REMEMBERED:
                self._forget()
            emissions = self._emissions(pieces, max(lengths, default=0))
        labels, chances = decode(emissions, self._transitions, lengths)
        tags: list[list[Tag]] = [[] for _ in sentences]
        for (number, first, _, _), row, chance in zip(pieces, labels, chances, strict=True):
            tags[number] += read_tags(row, chance, first)
        return tags


def _by_word(features: Sequence[str], weights: npt.NDArray[np.float16]) -> tuple[dict[str, int], Floats]:
    """Gather the weights that one feature of a word has at each place beside a token; the last row weighs nothing."""
    number: dict[str, int] = {}
    places = [str(offset) for offset in OFFSETS]
    read = []
    for feature in features:
        lead = next((place for place in places if feature.startswith(place) and feature[:3] not in _MARKS), "")
        read.append((number.setdefault(feature[len(lead) :], len(number)), places.index(lead) if lead else _HERE))
    table = np.zeros((len(number) + 1, len(OFFSETS), len(LABELS)), np.float32)
    table[tuple(np.array(read).T)] = weights
    return number, table


def _pieces(sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> Iterator[Piece]:
    """Cut sentences that are too long for one row, and mark their known names."""
    for number, (sentence, known) in enumerate(zip(sentences, hits, strict=True)):
        marks = known_names(len(sentence), known)
        for first in range(0, len(sentence), _LONGEST):
            yield number, first, sentence[first : first + _LONGEST], marks[first : first + _LONGEST]


def read_tags(labels: Sequence[int], chances: Sequence[float], shift: int = 0) -> list[Tag]:
    """Read label numbers as names; a name that begins inside (I- after O or another type) begins all the same.

    >>> read_tags([0, 3, 4, 1], [0.9, 0.8, 0.5, 0.7])
    [Tag(first=1, last=3, type='LOC', confidence=0.5), Tag(first=3, last=4, type='PER', confidence=0.7)]
    """
    tags: list[Tag] = []
    for index, label in enumerate(labels):
        if not label:
            continue
        kind, inside = LABELS[label][2:], label % 2 == 0
        last = tags[-1] if tags else None
        if inside and last and last.last == index + shift and last.type == kind:
            tags[-1] = Tag(last.first, last.last + 1, kind, min(last.confidence, chances[index]))
        else:
            tags.append(Tag(index + shift, index + shift + 1, kind, chances[index]))
    return tags


@cache
def load_tagger(path: Path | None = None) -> Tagger:
    """Load a model, ours (`tagger.npz`) unless told otherwise, once."""
    return Tagger((path or RESOURCES / "tagger.npz").read_bytes())

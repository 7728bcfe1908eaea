"""Put windows of text into batches for the encoder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from pipelines.core.entities.tagging.features import find_known
from pipelines.core.entities.tagging.windows import Window, cut_windows, pad

_POOL, _WIDTH = 600, 128


class Example(NamedTuple):
    """A window, the label number of each of its words, and the head that learns them."""

    window: Window
    labels: Sequence[int]
    head: int


class Batch(NamedTuple):
    """Piece numbers and marks (windows, pieces); of each word its row, its first piece, its label and its head."""

    pieces: Tensor
    marks: Tensor
    rows: Tensor
    firsts: Tensor
    labels: Tensor
    heads: Tensor


def cut_examples(
    sentences: Sequence[Sequence[str]],
    labels: Sequence[int],
    head: int,
    encode: Callable[[str], Sequence[int]],
    marks: Mapping[str, int],
) -> Iterator[Example]:
    """Cut sentences that follow one another into examples; `labels` has one number a word."""
    at = 0
    hits = [find_known(sentence) for sentence in sentences]
    for window in cut_windows(sentences, hits, encode, marks, _WIDTH, titled=False):
        yield Example(window, labels[at : at + len(window.firsts)], head)
        at += len(window.firsts)


def batches(examples: Sequence[Example], size: int, random: np.random.Generator | None) -> Iterator[Batch]:
    """Give batches of up to `size` pieces, windows of like length together; in random order, or as they stand."""
    order = random.permutation(len(examples)) if random else np.arange(len(examples))
    for first in range(0, len(order), _POOL):
        pool = [examples[number] for number in order[first : first + _POOL]]
        if random:
            pool.sort(key=lambda example: len(example.window.pieces))
        chunks = list(_chunks(pool, size))
        for number in random.permutation(len(chunks)) if random else range(len(chunks)):
            yield _batch(chunks[number])


def _chunks(pool: Sequence[Example], size: int) -> Iterator[list[Example]]:
    chunk: list[Example] = []
    longest = 0
    for example in pool:
        longest = max(longest, len(example.window.pieces))
        if chunk and longest * (len(chunk) + 1) > size:
            yield chunk
            chunk, longest = [], len(example.window.pieces)
        chunk.append(example)
    if chunk:
        yield chunk


def _batch(chunk: Sequence[Example]) -> Batch:
    pieces, marks = pad([example.window for example in chunk])
    counts = [len(example.window.firsts) for example in chunk]
    return Batch(
        torch.from_numpy(pieces),
        torch.from_numpy(marks),
        torch.from_numpy(np.repeat(np.arange(len(chunk)), counts)),
        torch.tensor([first for example in chunk for first in example.window.firsts]),
        torch.tensor([int(label) for example in chunk for label in example.labels]),
        torch.from_numpy(np.repeat([example.head for example in chunk], counts)),
    )

"""Keep of an article's text some 500 bytes: enough to find its copies, and to tell how much they share.

A sketch keeps the smallest numbers of a set, and how many there were (bottom-k: Cohen and Kaplan 2007). Of two sets,
what lies below the smaller of the two cuts is a random sample of both at once: so overlap and containment are both read
off it, and exactly where nothing was cut.
"""

import struct
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from pipelines.core.article import Article
from pipelines.core.duplicates.hashing import Numbers, distinct
from pipelines.core.duplicates.shingles import Reading, read_article

VERSION = 1
"""The number of this way of making signatures; those of different versions cannot be compared."""

FEWEST_SHINGLES = 8
"""A text of fewer word sequences says too little to be told from others: no key leads to it."""
SMALLEST_SKETCH, LARGEST_SKETCH = 128, 256
"""A sketch holds half of all numbers, within these bounds: texts of up to 128 word sequences are kept whole."""

_FACTS = 16
_SMALLEST_KEYS, _MOST_KEYS = 4, 32
_WINDOW, _SHIFTS = 48, (1, 2, 4, 8, 16, 16)  # the smallest of 2, 4, 8, 16, 32, and at last 48 in a row
_WIDTH = 3
_HEADER = struct.Struct("<BIIIHHH")


class Sketch(NamedTuple):
    """The smallest numbers of a set, of 24 bits each, in order and one after the other, and the size of the set."""

    size: int
    smallest: bytes

    def numbers(self) -> Numbers:
        """Return the numbers as an array."""
        wide = np.zeros((len(self.smallest) // _WIDTH, 4), np.uint8)
        wide[:, :_WIDTH] = np.frombuffer(self.smallest, np.uint8).reshape(-1, _WIDTH)
        numbers: Numbers = wide.view("<u4")[:, 0]
        return numbers


@dataclass(frozen=True, slots=True)
class Signature:
    """What deduplication remembers of a text: word sequences, figures, known names, and the keys it is found by."""

    shingles: Sketch
    figures: Sketch
    names: Sketch
    key_bytes: bytes


def sign(article: Article) -> Signature:
    """Return the signature of an article: the same for every spelling of the same words."""
    reading = read_article(article)
    shingles = distinct(np.concatenate((reading.title, reading.body)))
    return Signature(
        _sketch(shingles, max(SMALLEST_SKETCH, min(len(shingles) // 2, LARGEST_SKETCH))),
        _sketch(distinct(reading.figures), _FACTS),
        _sketch(distinct(reading.names), _FACTS),
        _choose_keys(reading, shingles).astype("<u4").tobytes(),
    )


def keys(signature: Signature) -> list[int]:
    """Return the keys to look a text up by, 32 bits each and evenly spread: two texts that share one may be copies."""
    found: list[int] = np.frombuffer(signature.key_bytes, "<u4").tolist()
    return found


def pack(signature: Signature) -> bytes:
    """Write a signature as bytes, some 500 of them."""
    sketches = (signature.shingles, signature.figures, signature.names)
    parts = [sketch.smallest for sketch in sketches]
    sizes = (*(sketch.size for sketch in sketches), *map(len, parts))
    return _HEADER.pack(VERSION, *sizes) + b"".join((*parts, signature.key_bytes))


def unpack(packed: bytes) -> Signature:
    """Read what `pack` wrote; raises ValueError for another version."""
    version, *sizes = _HEADER.unpack_from(packed)
    if version != VERSION:
        raise ValueError(f"This is a signature of version {version}; only version {VERSION} can be compared.")
    ends = list(accumulate(sizes[3:], initial=_HEADER.size))
    sketches = [Sketch(size, packed[start:end]) for size, (start, end) in zip(sizes, pairwise(ends), strict=False)]
    return Signature(sketches[0], sketches[1], sketches[2], packed[ends[-1] :])


def _sketch(numbers: Numbers, most: int) -> Sketch:
    smallest = (numbers[:most] >> np.uint32(8)).astype("<u4")
    return Sketch(len(numbers), smallest.view(np.uint8).reshape(-1, 4)[:, :_WIDTH].tobytes())


def _choose_keys(reading: Reading, shingles: Numbers) -> Numbers:
    """Choose the smallest number of every window of the body, and the smallest of all.

    Two texts that share a run of `_WINDOW` sequences share the smallest of them, wherever it stands and however long
    they are (winnowing: Schleimer, Wilkerson and Aiken 2003); the smallest of all find what was edited throughout.
    """
    if len(shingles) < FEWEST_SHINGLES:
        return shingles[:0]
    lowest = reading.body
    for shift in _SHIFTS if len(lowest) > _WINDOW else ():
        lowest = np.minimum(lowest[shift:], lowest[:-shift])
    if len(reading.body) <= _WINDOW:
        lowest = np.sort(lowest)[:1]
    return distinct(np.concatenate((lowest, shingles[:_SMALLEST_KEYS])))[:_MOST_KEYS]

"""Keep of an article's text some 500 bytes: enough to find its copies, and to tell how much they share.

A sketch keeps the smallest numbers of a set, and how many there were (bottom-k: Cohen and Kaplan 2007). Of two sets,
what lies below the smaller of the two cuts is a random sample of both at once: so overlap and containment are both read
off it, and exactly where nothing was cut.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from pipelines.core.article import Article
from pipelines.core.duplicates.hashing import Indices, Numbers
from pipelines.core.duplicates.ragged import Ragged, join
from pipelines.core.duplicates.shingles import read_articles

VERSION = 3
"""The number of this way of making signatures. Those of 1 and 2 are read too: 1 knows no words that people are called
by, neither knows other telling words, and texts without them are compared without them.
"""

FEWEST_SHINGLES = 3
"""A text of fewer word sequences (7 words) says too little to be told from others: no key leads to it."""
SMALLEST_SKETCH, LARGEST_SKETCH = 128, 256
"""A sketch holds half of all numbers, within these bounds: texts of up to 128 word sequences are kept whole."""
SHORT_REPORT = 60
"""A report of fewer word sequences is a template's one paragraph: here all telling words are kept."""

WIDTH = 3
"""Bytes a number."""
_FACTS = 16
_SMALLEST_KEYS, _MOST_KEYS = 4, 32
_WINDOW, _SHIFTS = 48, (1, 2, 4, 8, 16, 16)  # the smallest of 2, 4, 8, 16, 32, and at last 48 in a row
TOGETHER = 64
"""Signing so many articles at once stays within a processor's cache."""
_HEADERS = {
    version: struct.Struct(f"<B{'I' * count}{'H' * count}") for version, count in ((1, 3), (2, 4), (VERSION, 5))
}


class Sketch(NamedTuple):
    """The smallest numbers of a set, of 24 bits each, in order and one after the other, and the size of the set."""

    size: int
    smallest: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """What deduplication remembers of a text: word sequences, figures, known names, and the keys it is found by.

    `called` are words that people and places are called by, in the body; `telling` what else tells short reports apart.
    """

    shingles: Sketch
    figures: Sketch
    names: Sketch
    called: Sketch
    telling: Sketch
    key_bytes: bytes

    @property
    def sketches(self) -> tuple[Sketch, Sketch, Sketch, Sketch, Sketch]:
        """Return all five."""
        return self.shingles, self.figures, self.names, self.called, self.telling


def sign(article: Article) -> Signature:
    """Return the signature of an article: the same for every spelling of the same words."""
    return sign_all([article])[0]


def sign_all(articles: Sequence[Article]) -> list[Signature]:
    """Return the signatures of many articles, in a fifth of the time that one by one takes."""
    return [
        signature
        for first in range(0, len(articles), TOGETHER)
        for signature in _sign_together(articles[first : first + TOGETHER])
    ]


def _sign_together(articles: Sequence[Article]) -> list[Signature]:
    reading, count = read_articles(articles), len(articles)
    shingles = join((reading.titles, reading.bodies)).distinct()
    sizes = shingles.sizes(count)
    telling = reading.telling.where((sizes < SHORT_REPORT)[reading.telling.owners])
    parts = (
        _sketches(shingles, np.clip(sizes // 2, SMALLEST_SKETCH, LARGEST_SKETCH)),
        *(
            _sketches(one.distinct(), np.full(count, _FACTS))
            for one in (reading.figures, reading.names, reading.called, telling)
        ),
        _choose_keys(reading.bodies, shingles, sizes),
    )
    return [Signature(*row) for row in zip(*parts, strict=True)]


def read_numbers(smallest: bytes) -> Numbers:
    """Return the numbers of sketches, one behind the other, as an array."""
    wide = np.zeros((len(smallest) // WIDTH, 4), np.uint8)
    wide[:, :WIDTH] = np.frombuffer(smallest, np.uint8).reshape(-1, WIDTH)
    numbers: Numbers = wide.view("<u4")[:, 0]
    return numbers


def keys(signature: Signature) -> list[int]:
    """Return the keys to look a text up by, 32 bits each and evenly spread: two texts that share one may be copies."""
    found: list[int] = np.frombuffer(signature.key_bytes, "<u4").tolist()
    return found


def pack(signature: Signature) -> bytes:
    """Write a signature as bytes, some 500 of them."""
    parts = [sketch.smallest for sketch in signature.sketches]
    sizes = (*(sketch.size for sketch in signature.sketches), *map(len, parts))
    return _HEADERS[VERSION].pack(VERSION, *sizes) + b"".join((*parts, signature.key_bytes))


def unpack(packed: bytes) -> Signature:
    """Read what `pack` wrote, in this version or the first; raises ValueError for another."""
    sizes, ends = _read_header(packed)
    sketches = [Sketch(size, packed[start:end]) for size, (start, end) in zip(sizes, pairwise(ends), strict=False)]
    shingles, figures, names, called, telling = (*sketches, Sketch(0, b""), Sketch(0, b""))[:5]
    return Signature(shingles, figures, names, called, telling, packed[ends[-1] :])


def packed_keys(packed: bytes) -> list[int]:
    """Return the keys of a packed signature, without reading the rest."""
    found: list[int] = np.frombuffer(packed, "<u4", offset=_read_header(packed)[1][-1]).tolist()
    return found


def _read_header(packed: bytes) -> tuple[Sequence[int], list[int]]:
    """Return the sizes of a packed signature's sketches, and where each ends, the header first."""
    header = _HEADERS.get(packed[0])
    if header is None:
        raise ValueError(f"This is a signature of version {packed[0]}; only versions 1 to {VERSION} can be compared.")
    _, *sizes = header.unpack_from(packed)
    half = len(sizes) // 2
    return sizes[:half], list(accumulate(sizes[half:], initial=header.size))


def _sketches(numbers: Ragged, most: Indices) -> list[Sketch]:
    smallest = numbers.first(most)
    cut = (smallest.numbers >> np.uint32(8)).astype("<u4").view(np.uint8).reshape(-1, 4)[:, :WIDTH].tobytes()
    sizes = numbers.sizes(len(most))
    ends = [0, *(np.minimum(sizes, most).cumsum() * WIDTH).tolist()]
    return [Sketch(size, cut[start:end]) for size, (start, end) in zip(sizes.tolist(), pairwise(ends), strict=True)]


def _choose_keys(bodies: Ragged, shingles: Ragged, sizes: Indices) -> list[bytes]:
    """Choose the smallest number of every window of the body, and the smallest of all.

    Two texts that share a run of `_WINDOW` sequences share the smallest of them, wherever it stands and however long
    they are (winnowing: Schleimer, Wilkerson and Aiken 2003); the smallest of all find what was edited throughout.
    """
    lowest = bodies.numbers
    for shift in _SHIFTS if len(lowest) > _WINDOW else ():
        lowest = np.minimum(lowest[shift:], lowest[:-shift])
    last = bodies.owners[-len(lowest) :] if len(lowest) else bodies.owners
    windows = Ragged(last, lowest).where(last == bodies.owners[: len(lowest)]).without_runs()
    is_short = bodies.sizes(len(sizes)) <= _WINDOW
    shorts = bodies.where(is_short[bodies.owners]).lowest()
    smallest = shingles.first(np.full(len(sizes), _SMALLEST_KEYS))
    chosen = join((windows.where(~is_short[windows.owners]), shorts, smallest)).distinct()
    found = chosen.where(sizes[chosen.owners] >= FEWEST_SHINGLES).first(np.full(len(sizes), _MOST_KEYS))
    data, ends = found.numbers.astype("<u4").tobytes(), [0, *(found.sizes(len(sizes)).cumsum() * 4).tolist()]
    return [data[start:end] for start, end in pairwise(ends)]

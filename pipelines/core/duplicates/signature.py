"""Keep of an article's text some 500 bytes: enough to find its copies, and to tell how much they share.

A sketch keeps the smallest numbers of a set, and how many there were (bottom-k: Cohen and Kaplan 2007). Of two sets,
what lies below the smaller of the two cuts is a random sample of both at once: so overlap and containment are both read
off it, and exactly where nothing was cut.
"""

import struct
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipelines.core.article import Article
from pipelines.core.duplicates.hashing import Codes
from pipelines.core.duplicates.shingles import Reading, read_article

VERSION = 1
"""The number of this way of making signatures; those of different versions cannot be compared."""

SKETCH_SIZE, FACTS_SIZE, MOST_KEYS = 96, 16, 32
_SMALLEST, _WINDOW = 4, 48
_HEADER = struct.Struct("<BIHHHHHH")


class Sketch(NamedTuple):
    """The smallest numbers of a set, in order, as bytes (little-endian, 32 bits each), and the size of the set."""

    size: int
    smallest: bytes

    def numbers(self) -> Codes:
        """Return the numbers as an array."""
        return np.frombuffer(self.smallest, "<u4")


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
    shingles = np.unique(np.concatenate((reading.title, reading.body)))
    return Signature(
        _sketch(shingles, SKETCH_SIZE),
        _sketch(np.unique(reading.figures), FACTS_SIZE),
        _sketch(np.unique(reading.names), FACTS_SIZE),
        _choose_keys(reading, shingles).astype("<u4").tobytes(),
    )


def keys(signature: Signature) -> list[int]:
    """Return the keys to look a text up by, 32 bits each and evenly spread: two texts that share one may be copies."""
    return np.frombuffer(signature.key_bytes, "<u4").tolist()


def pack(signature: Signature) -> bytes:
    """Write a signature as bytes."""
    sketches = (signature.shingles, signature.figures, signature.names)
    parts = [*(sketch.smallest for sketch in sketches), signature.key_bytes]
    sizes = (VERSION, *(sketch.size for sketch in sketches), *(len(part) // 4 for part in parts[:-1]))
    return struct.pack("<BIIIHHH", *sizes) + b"".join(parts)


def unpack(packed: bytes) -> Signature:
    """Read what `pack` wrote; raises ValueError for another version."""
    version, *sizes = struct.unpack_from("<BIIIHHH", packed)
    if version != VERSION:
        raise ValueError(f"A signature of version {version}; this is version {VERSION}.")
    ends = np.cumsum([struct.calcsize("<BIIIHHH"), *(4 * count for count in sizes[3:])]).tolist()
    parts = [packed[start:end] for start, end in zip(ends, [*ends[1:], None], strict=True)]
    return Signature(*map(Sketch, sizes[:3], parts[:3]), parts[3])


def _sketch(numbers: Codes, most: int) -> Sketch:
    return Sketch(len(numbers), numbers[:most].astype("<u4").tobytes())


def _choose_keys(reading: Reading, shingles: Codes) -> Codes:
    """Choose the smallest number of every window of the body, and the smallest of all.

    Two texts that share a run of `_WINDOW` sequences share the smallest of them, wherever it stands and however long
    they are (winnowing: Schleimer, Wilkerson and Aiken 2003); the smallest of all find what was edited throughout.
    """
    body = reading.body
    if len(body) > _WINDOW:
        body = np.lib.stride_tricks.sliding_window_view(body, _WINDOW).min(axis=1)
    else:
        body = body.min(keepdims=True) if len(body) else body
    return np.unique(np.concatenate((body, shingles[:_SMALLEST])))[:MOST_KEYS]

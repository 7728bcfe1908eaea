"""Hash the words of a whole text at once, modulo 2^64, the same on every machine and in every version of Python.

A word's hash is a polynomial of its characters, read off prefix sums over the whole text; so a text of any length takes
a dozen passes over one array and no loop over its words.
"""

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Numbers = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Indices = NDArray[np.intp]

_BITS, _LAST = 2**64, 0xFFFF
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, _BITS)
# Fixed, for Unicode tables grow with each version of Python: digits, Latin, Greek, Cyrillic, Arabic.
_WORD = "0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff"


def read_codes(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def sum_up(codes: Codes) -> Hashes:
    """Return the prefix sums that `hash_runs` reads; one more than there are codes."""
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers(_BASE, len(codes)), out=sums[1:])
    return sums


def word_runs(codes: Codes) -> tuple[Indices, Indices]:
    """Return where the words of a folded text start and end."""
    return runs(_word_characters()[np.minimum(codes, _LAST)])


def runs(inside: "NDArray[np.bool_]") -> tuple[Indices, Indices]:
    """Return the starts and ends of the runs of true values.

    >>> [places.tolist() for places in runs(np.array([True, False, True, True]))]
    [[0, 2], [1, 4]]
    """
    padded = np.zeros(len(inside) + 2, np.bool_)
    padded[1:-1] = inside
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return edges[0::2], edges[1::2]


def hash_runs(sums: Hashes, starts: Indices, ends: Indices) -> Hashes:
    """Hash runs of characters, equal ones alike wherever they stand: differences of sums, moved back to the start."""
    return mix((sums[ends] - sums[starts]) * powers(_INVERSE, len(sums))[starts])


def hash_words(text: str) -> Hashes:
    """Hash each word of a folded text.

    >>> first, _, last = hash_words("بيروت، يا بيروت!").tolist()
    >>> hex(first), first == last
    ('0x36e576e6d0e130a3', True)
    """
    codes = read_codes(text)
    return hash_runs(sum_up(codes), *word_runs(codes))


def mix(hashes: Hashes) -> Hashes:
    """Spread every bit over all others (the finalizer of splitmix64: Steele, Lea and Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def shorten(hashes: Hashes) -> Numbers:
    """Keep the upper half of each hash."""
    return (hashes >> np.uint64(32)).astype(np.uint32)


def powers(base: int, count: int) -> Hashes:
    """Return base^0 to base^(count - 1).

    >>> powers(3, 4).tolist()
    [1, 3, 9, 27]
    """
    return _powers(base, max(count, 1).bit_length())[:count]


@cache
def _powers(base: int, doublings: int) -> Hashes:
    table = np.ones(1, np.uint64)
    for doubling in range(doublings):
        table = np.concatenate((table, table * np.uint64(pow(base, 1 << doubling, _BITS))))
    return table


@cache
def _word_characters() -> "NDArray[np.bool_]":
    word = re.compile(f"[{_WORD}]")
    return np.array([bool(word.match(chr(code))) for code in range(_LAST + 1)])

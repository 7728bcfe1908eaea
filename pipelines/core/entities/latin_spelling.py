"""Say how well a word in Latin letters spells an Arabic one, by what was learned of each letter."""

import gzip
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.names import RESOURCES

LONGEST = 3
"""So many Latin letters may stand for one Arabic letter and the vowels around it that are not written."""
_UNHEARD, _ADDED = 7.0, 4.0
_FAR = 1e9


def marked_letters(word: str) -> list[str]:
    """Return the letters of a word, the first and the last marked as such.

    >>> marked_letters("عمر")
    ['^ع', 'م', 'ر$']
    """
    last = len(word) - 1
    return ["^" * (at == 0) + letter + "$" * (at == last) for at, letter in enumerate(word)]


def spelling_cost(token: str, word: str, limit: float = _FAR) -> float:
    """Return how unlikely plain Latin letters are as a spelling of a folded Arabic word: -log of its best alignment.

    What costs more than `limit` is not searched to its end, and costs far more.

    >>> spelling_cost("kahtani", "قحطاني") < spelling_cost("kahtani", "كاتانيو")
    True
    """
    pieces = _pieces(token)
    costs = [at * _ADDED for at in range(len(token) + 1)]
    for written in _ways(word):
        costs = _after(costs, pieces, written, limit)
        if min(costs) > limit:
            return _FAR
    return costs[-1]


def _after(
    costs: Sequence[float], pieces: Sequence[Sequence[str]], written: Mapping[str, float], limit: float
) -> list[float]:
    """Return the least cost of each beginning of a word in Latin letters, one Arabic letter further on."""
    found = [_FAR] * len(costs)
    for start, cost in enumerate(costs):
        if cost > limit:
            continue
        for end, piece in enumerate(pieces[start], start):
            step = cost + written.get(piece, _UNHEARD if end - start < 2 else _FAR)
            found[end] = min(found[end], step)
    for at in range(len(found) - 1):
        found[at + 1] = min(found[at + 1], found[at] + _ADDED)
    return found


@lru_cache(maxsize=1 << 8)
def _pieces(token: str) -> list[list[str]]:
    """Return what of a token may stand for one letter, by where it begins."""
    return [
        [token[start:end] for end in range(start, min(start + LONGEST, len(token)) + 1)]
        for start in range(len(token) + 1)
    ]


@lru_cache(maxsize=NAMES)
def _ways(word: str) -> tuple[Mapping[str, float], ...]:
    return tuple(written_as().get(letter, {}) for letter in marked_letters(word))


@cache
def written_as() -> dict[str, dict[str, float]]:
    """Return the ways to write each letter, with their costs (`latin_spelling.tsv.gz`)."""
    lines = gzip.decompress((RESOURCES / "latin_spelling.tsv.gz").read_bytes()).decode().splitlines()
    table: dict[str, dict[str, float]] = {}
    for letter, written, cost in (line.split("\t") for line in lines[1:]):
        table.setdefault(letter, {})[written] = float(cost)
    return table

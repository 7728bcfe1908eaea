"""Compare words by ear, across scripts: coarse keys that find candidates, and a distance that judges them."""

import re
from functools import lru_cache

from pipelines.core.cache_sizes import NAMES


class _Classes(dict[int, str]):
    """The class of each consonant; every other letter goes."""

    def __missing__(self, letter: int) -> str:
        return ""


_CLASSES = _Classes(
    (ord(letter), key)
    for key, letters in {
        "b": "ب", "f": "ف", "m": "م", "n": "ن", "l": "ل", "r": "ر", "t": "تطث", "d": "دضذظز", "s": "سص", "x": "ش",
        "k": "جغقكخ",
    }.items()
    for letter in letters
)  # fmt: skip
_SOFT = frozenset("اويهعحء")
_TWICE = re.compile(r"(.)\1+")
_CLOSE = tuple(map(frozenset, ("تطث", "دضذظ", "زذظ", "سصث", "جغ", "قكغ", "كخ", "حه", "اوي", "اعه", "اي", "سز", "شس")))
_SOFT_COST, _CLOSE_COST = 0.3, 0.25


@lru_cache(maxsize=NAMES)
def coarse_key(word: str) -> str:
    """Reduce a folded word to classes of consonants, the same for all that ears and scripts confuse.

    >>> coarse_key("قذافي") == coarse_key("كادافي") == coarse_key("غضافي")
    True
    """
    return _TWICE.sub(r"\1", word.replace("تش", "ش").replace("نب", "مب").translate(_CLASSES)) or word


@lru_cache(maxsize=NAMES)
def sound_distance(one: str, other: str) -> float:
    """Return how far two folded words are apart by ear: a consonant counts 1, a vowel or a near sound some .3.

    >>> sound_distance("مصطفي", "مستفا") < 1 < sound_distance("سالم", "كامل")
    True
    """
    before = [0.0]
    for letter in other:
        before.append(before[-1] + _weight(letter))
    for letter in one:
        row = [before[0] + _weight(letter)]
        for at, rival in enumerate(other):
            swap = before[at] + _cost(letter, rival)
            row.append(min(swap, before[at + 1] + _weight(letter), row[-1] + _weight(rival)))
        before = row
    return before[-1]


def _weight(letter: str) -> float:
    return _SOFT_COST if letter in _SOFT else 1.0


def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _CLOSE_COST if any(one in near and other in near for near in _CLOSE) else 1.0

"""Find the Arabic name that a word in Latin letters most likely spells: a known one, else one that it may be."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from math import log1p

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.latin_guess import guess_word
from pipelines.core.entities.latin_spelling import spelling_cost
from pipelines.core.entities.lexicon import name_parts, press_names
from pipelines.core.entities.name_words import bare, family_names, first_names, given_names, is_family, is_given
from pipelines.core.entities.slips import name_fame
from pipelines.core.entities.sounds import coarse_key

_GRAPHEMES = (
    ("tch", "تش"), ("sch", "ش"), ("dj", "ج"), ("sh", "ش"), ("ch", "ش"), ("kh", "خ"), ("gh", "غ"), ("dh", "ذ"),
    ("th", "ث"), ("ph", "ف"), ("ck", "ك"), ("qu", "ك"), ("ou", "و"), ("oo", "و"), ("ee", "ي"), ("ei", "ي"),
    ("ai", "اي"), ("ay", "اي"), ("aa", "ا"), ("au", "او"), ("eu", "و"), ("ce", "س"), ("ci", "سي"), ("cy", "سي"),
)  # fmt: skip
_LETTERS = dict(zip("abcdfghijklmnopqrstuvwxyz", "ابكدفغهيجكلمنوبقرستوفوكيز", strict=True)) | {"x": "كس", "e": ""}
_TWICE = re.compile(r"([b-df-hj-np-tv-z])\1")
_TWICE_IN_ARABIC = re.compile(r"([bdfghjkmnqrt])\1")
"""What Arabic writes once; "ss" is no z, and "ll" has other causes."""
_FAME, _ARAB_WORTH, _OTHER_END = 0.5, 2.5, 4.0
_SHORTEST, _MOST_A_LETTER = 3, 2.5
_KNOWN_WORTH = (4.0, 2.0)
"""So much worse a known name may spell a word than a guess does, in any name and in an Arab's."""
_FIRST_VOWELS, _FIRST_CONSONANTS = frozenset("اعيوهح"), frozenset("bcdfgklmnpqrstvxz")
_FARTHEST_KNOWN = 5.0
"""So much worse it may be in its letters alone."""


def nearest_name(token: str, arab: bool) -> str:
    """Return the known name that a token most likely spells: how well it does, how many bear it, whether Arabs do.

    >>> nearest_name("gahtany", False), nearest_name("shammari", True)
    ('قحطاني', 'شمري')
    """
    heard = by_rule(token)
    if len(token) < _SHORTEST:
        return heard
    token = _TWICE_IN_ARABIC.sub(r"\1", token) if arab else token
    best = _KNOWN_WORTH[arab] + _MOST_A_LETTER * len(token), ""
    for fame, word in _sounding(coarse_key(heard), arab):
        worth = fame - _OTHER_END * (not _bounds_alike(token, word))
        best = min(best, (spelling_cost(token, word, best[0] + worth) - worth, word))
    if best[1] and best[0] < _KNOWN_WORTH[arab] + 1:
        return best[1]
    guess = guess_word(token, arab) or heard
    cost = spelling_cost(token, guess)
    near = best[1] and best[0] < cost + _KNOWN_WORTH[arab] and spelling_cost(token, best[1]) < cost + _FARTHEST_KNOWN
    return best[1] if near else guess


def fame_bonus(word: str, arab: bool) -> float:
    """Say how much likelier a known name makes itself: how many bear it, and whether Arabs do where one is meant."""
    return _FAME * log1p(name_fame(word)) + _ARAB_WORTH * (arab and (is_given(word) or is_family(word)))


def _bounds_alike(token: str, word: str) -> bool:
    """Return whether a word may begin and end as a token does: "kacemi" is not "قاسم", nor "otaibi" "طيبي"."""
    vowel = token[0] in "aeiou" and token[1:2] != token[2:3]  # "essebsi" has its article before it
    if (vowel and word[0] not in _FIRST_VOWELS) or (token[0] in _FIRST_CONSONANTS and word[0] in _FIRST_VOWELS):
        return False
    ends = {"i": "ي", "y": "ي", "a": "اهيع", "o": "و", "u": "و"}.get(token[-1:])
    return word[-1] in ends if ends else word[-1] != "ي" or token[-1:] in "eh"


@lru_cache(maxsize=NAMES)
def _sounding(key: str, arab: bool) -> list[tuple[float, str]]:
    """Return the names of a sound with what they are worth, the best known first."""
    return sorted(((fame_bonus(word, arab), word) for word in _by_sound().get(key, ())), reverse=True)


@cache
def _by_sound() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    known = press_names().keys() | family_names() | map_bare(first_names()) | map_bare(given_names())
    for word in map_bare(name_parts()) | known:
        table.setdefault(coarse_key(word), []).append(word)
    return table


def map_bare(names: Iterable[str]) -> set[str]:
    """Return names without their article."""
    return set(map(bare, names))


def by_rule(token: str) -> str:
    """Write a token in Arabic letters as it sounds."""
    token, word, at = _TWICE.sub(r"\1", token), "", 0
    while at < len(token):
        grapheme, written = next(
            (pair for pair in _GRAPHEMES if token.startswith(pair[0], at)), (token[at], _LETTERS.get(token[at], ""))
        )
        if at == 0 and grapheme[0] in "aeiou":
            written = "ا" + written.lstrip("ا")
        word, at = word + written, at + len(grapheme)
    return word + "ا" * (token.endswith("e") and len(word) < 3)

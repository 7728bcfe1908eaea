"""Mend a slip of the pen in a word of a name, where one well-known name is a letter away."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.lexicon import UNKNOWN, name_parts, press_names, words
from pipelines.core.entities.name_words import bare, family_names, is_family, is_foreign_word, is_given
from pipelines.core.entities.spelling import reduce_word

SHORTEST_SLIP = 5
"""How long two words must be for one to be a slip of the other."""
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_SOFT = "اويهء"
_DAD = str.maketrans("ظ", "ض")
"""Half of the Arabs say both as one."""
_FAME = 5
_FAR_BETTER = 4
_LISTED = 40
_ALIKE = tuple(
    map(frozenset, ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "قكغج", "تط", "تد", "سصث", "ذظضز"))
)
_OTHER_AT_END = tuple(map(frozenset, ("سش", "رز", "عغ", "فق", "جحخ")))
_ALIKE_AT_END = tuple(near - frozenset("ني") for near in _ALIKE if near not in _OTHER_AT_END)
"""In the middle of a word ن and ي differ from ب by their dots alone; at its end by their form. There dots are no slip
but another name: "عمروس" is not "عمروش"."""
_SWAPPED = 8
"""So much likelier letters are swapped than one is another, left out or too many."""


def is_slip(one: str, other: str) -> bool:
    """Tell whether two words are one letter apart and one of them is nobody's name: a slip, not another name.

    >>> is_slip("ماركون", "ماكرون"), is_slip("سليمان", "سلمان"), is_slip("العبودي", "العبادي")
    (True, False, False)
    """
    if min(len(one), len(other)) < SHORTEST_SLIP or not is_near(one, other):
        return False
    return not (is_called(bare(one)) and is_called(bare(other)))


@lru_cache(maxsize=NAMES)
def mend(word: str, arab: bool = False) -> str:
    """Return the name that a word without article, nobody's name itself, is a slip of; else the word.

    In an Arab's name (`arab`) a consonant may be left out too: of a foreign one it may be another.

    >>> mend("طراابلسي"), mend("طرابسلي"), mend("كيالني"), mend("حمداني"), mend("بنسليمان")
    ('طرابلسي', 'طرابلسي', 'كيلاني', 'حمداني', 'بنسليمان')
    >>> mend("طرابسي"), mend("طرابسي", arab=True)
    ('طرابسي', 'طرابلسي')
    """
    if len(word) < SHORTEST_SLIP - 1 or is_called(word):
        return word
    likely: dict[str, int] = {}
    famous = _famous()
    for other in _one_away(word):
        if other not in famous or _lost(word, other) or (_lost(other, word) and not (arab and _is_arabs(word, other))):
            continue
        swapped = len(other) == len(word) and sorted(other) == sorted(word)
        if swapped or len(word) >= SHORTEST_SLIP or other.translate(_DAD) == word.translate(_DAD):
            likely[other] = famous[other] * (_SWAPPED if swapped else 1)
    best, second = (*sorted(likely.values(), reverse=True), 0, 0)[:2]
    return max(likely, key=likely.__getitem__) if best >= max(second * _FAR_BETTER, 1) else word


def _lost(one: str, other: str) -> bool:
    """Tell whether a word is another with a consonant more: that is heard, where a vowel or a letter twice is not.

    >>> _lost("هندركسون", "هندرسون"), _lost("كيلاني", "كيلني"), _lost("حمماد", "حماد")
    (True, False, False)
    """
    if len(one) != len(other) + 1:
        return False
    at = next((at for at, letter in enumerate(other) if letter != one[at]), len(other))
    return one[at] not in _SOFT and one[at] != one[at - 1 : at]


def _is_arabs(word: str, other: str) -> bool:
    """Tell whether a word is long, and another is an Arab's name."""
    return len(word) >= SHORTEST_SLIP and (is_family(other) or (is_given(other) and not is_foreign_word(other)))


@cache
def _famous() -> dict[str, int]:
    """Collect the names, without article, that a slip may be one of, with how well each is known."""
    bare = {name[2:] for name in name_parts() if name.startswith("ال") and len(name) > SHORTEST_SLIP}
    names = press_names().keys() | name_parts().keys() | bare | family_names()
    return {name: fame for name in names if (fame := name_fame(name)) >= _FAME and len(name) >= SHORTEST_SLIP - 1}


def is_heard(word: str) -> bool:
    """Tell whether a foreign word sounds like a well-known name: then its letters are another ear's, and no slip.

    >>> is_heard("مارني"), is_heard("ماركون")
    (True, False)
    """
    return is_foreign_word(word) and reduce_word(word) in _heard()


def heard_fame(word: str) -> int:
    """Say how well the best known name is known that a foreign word sounds like.

    >>> heard_fame("بيدرو") == heard_fame("بدرو") > 0, heard_fame("ماركون")
    (True, 0)
    """
    return _heard().get(reduce_word(word), 0) if is_foreign_word(word) else 0


@cache
def _heard() -> dict[str, int]:
    """Collect the sounds of the well-known foreign names, each with how well the best known is known."""
    table: dict[str, int] = {}
    for name, fame in _famous().items():
        if is_foreign_word(name):
            sound = reduce_word(name)
            table[sound] = max(fame, table.get(sound, 0))
    return table


def is_called(word: str) -> bool:
    """Tell whether people are called by a word without article, a father's name (بن...) or a nisba (...ي) included."""
    stem = word.removeprefix("بن").removeprefix("ابو")
    known = is_given(word) or is_given(stem) or called(stem) > 0 or called(word) > 0
    return known or (word.endswith("ي") and len(word) >= SHORTEST_SLIP and called(word[:-1]) > 0)


@lru_cache(maxsize=NAMES)
def called(word: str) -> int:
    """Say how well a word without article is known as a name or otherwise."""
    return name_fame(word) + max(_fame(word), _fame("ال" + word))


def name_fame(word: str) -> int:
    """Say how well a word without article is known as a part of people's names."""
    return times_named(word) + _LISTED * (is_family(word) or is_given(word))


def times_named(word: str) -> int:
    """Say how often the press and registers call people by a word without article."""
    return press_names().get(word, 0) + max(name_parts().get(word, 0), name_parts().get("ال" + word, 0))


def _fame(word: str) -> int:
    return name_parts().get(word, 0) + words().get(word, UNKNOWN).uses // 40


def is_near(one: str, other: str) -> bool:
    """Tell whether two words are one slip apart: a letter left out, twice or swapped, or one that looks or sounds so.

    >>> is_near("طرابسلي", "طرابلسي"), is_near("عبودي", "عبادي")
    (True, False)
    """
    if OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    if len(one) != len(other) or sorted(one) == sorted(other):
        return True
    at = next(at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    return any({one[at], other[at]} <= near for near in _alike_at(one, at))


def _alike_at(word: str, at: int) -> Sequence[frozenset[str]]:
    return _ALIKE_AT_END if at == len(word) - 1 else _ALIKE


def _one_away(word: str) -> Iterator[str]:
    """Write a word with two letters swapped, one left out, one more, and one that looks or sounds like it.

    What it ends in stays: "تيودورا" is not "تيودور", nor "منصوري" "منصور".
    """
    for at in range(len(word)):
        before, after = word[:at], word[at + 1 :]
        if 0 < at < len(word) - 1:
            yield before + after
        yield before + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        yield from (before + letter + after for near in _alike_at(word, at) if word[at] in near for letter in near)
        for letter in _LETTERS if at else "":
            yield before + letter + word[at:]

"""Recognise Arabic letters that make no words: in visual order, apart, together, lost or mistaken for others."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pipelines.core.entities.lexicon import words
from pipelines.core.text.fold import fold_text
from pipelines.core.text.function_words import function_words

_WORD = re.compile("[ء-ي]+")
# PDFs whose ligature لا is kept as one sign give it back as ال: "اإلمارات", "االتحاد". No word is written so.
_TURNED_LIGATURE, _TURNED = re.compile("(?<![ء-ي])[وفبك]{0,2}ا[أإآا]ل[ء-ي]"), ("األ", "اإل", "اآل", "اال")
_MOST_LOOKED_AT = 100_000
_SHORTEST_KNOWN, _LONGEST_WORD = 3, 25
_FEWEST_TURNED, _FEWEST_REVERSED, _MOST_REVERSED = 3, 3, 6
_FEWEST_OF_A_TITLE, _FEWEST_TO_JUDGE, _FEWEST_LETTERS = 6, 25, 300
_STRETCH, _FEW_KNOWN, _FEW_KNOWN_OF_ALL, _FEWEST_OF_ALL = 40, 0.28, 0.38, 120
"""Of 40 words in a row of 53,000 reports .36 and more are known, of dialect verse .3; of all of a long text, .43."""
_MOST_SINGLE, _SMALL_WORDS = 0.6, 0.03
_ALWAYS_THERE = "ليمونرب"
_BEFORE_AL = frozenset(("بعض", "كل", "مجلس", "وزاره", "منطقه", "مدينه"))
_BEHIND_AL = frozenset(("لا", "لم", "ما", "قد", "وقد", "كما", "وذلك", "حيث", "فيما", "انه", "انها", "بشكل", "مليون"))
_RIGHT = (" هذا ال", " هذه ال", " بعض ال", " كل ال", " مجلس ال", " منطقه ال")
_FEWEST_MISPLACED, _STRONGER = 4, 3

REVERSED = "its letters or words stand in visual order, the last first"
APART = "its letters stand apart, so that no word can be told"
TOGETHER = "its words stand together, so that none can be told"
TURNED = "its ligatures stand the wrong way round (ال where لا was)"
LOST = "one letter is missing throughout"
NO_WORDS = "its letters make no words, as where a scan or a font mistook them"


def find_no_words(text: str) -> str | None:
    """Say why the words of `text` cannot be told, or `None` where they can; a few odd ones are let pass.

    Whether a word is one is looked up among those of news. Lists of names, which it may not know, hold no small words.

    >>> find_no_words("ةنيدملا يف ريبك قيرح نم نوجني صاخشأ ةعبرأ")
    'its letters or words stand in visual order, the last first'
    >>> find_no_words("مدرسة جديدة في حي المنصورة") is None
    True
    """
    text = text[:_MOST_LOOKED_AT]
    if any(turned in text for turned in _TURNED) and len(_TURNED_LIGATURE.findall(text)) >= _FEWEST_TURNED:
        return TURNED
    folded, known = fold_text(text), _known()
    found = _WORD.findall(folded)
    strange = [word for word in found if word not in known]
    if strange and len(max(strange, key=len)) > _LONGEST_WORD and _is_together(found):
        return TOGETHER
    damage = _judge(found, strange) if len(strange) * 4 > len(found) else None
    if damage or len(text) < _FEWEST_LETTERS:
        return damage
    if ("ا" not in text or any(letter not in folded for letter in _ALWAYS_THERE)) and _has_letters(found):
        return LOST
    return REVERSED if _in_last_first(folded, found) else None


def _judge(found: Sequence[str], strange: Sequence[str]) -> str | None:
    known = _known()
    backward = sum(word[::-1] in known for word in strange)
    if backward >= _FEWEST_REVERSED and backward * _MOST_REVERSED >= len(found):
        return REVERSED
    if len(found) <= _FEWEST_TO_JUDGE:
        return NO_WORDS if len(strange) == len(found) >= _FEWEST_OF_A_TITLE and not _has_small_words(found) else None
    if sum(len(word) == 1 for word in found) > _MOST_SINGLE * len(found):
        return APART
    return NO_WORDS if _is_unknown(found) else None


def _is_unknown(found: Sequence[str]) -> bool:
    """Return whether a quarter of a text, cut into stretches, holds hardly a word that is known, or all of it few."""
    if not _has_small_words(found):
        return False
    known = [word in _known() for word in found]
    if len(found) >= _FEWEST_OF_ALL and sum(known) < _FEW_KNOWN_OF_ALL * len(known):
        return True
    stretches = [known[at : at + _STRETCH] for at in range(0, len(known), _STRETCH)]
    bad = [stretch for stretch in stretches if sum(stretch) < _FEW_KNOWN * len(stretch)]
    return sum(map(len, bad)) * 4 > len(found) and max(map(len, bad)) > _FEWEST_TO_JUDGE


def _has_small_words(found: Sequence[str]) -> bool:
    return sum(word in _small_words() for word in found) >= _SMALL_WORDS * len(found)


def _has_letters(found: Sequence[str]) -> bool:
    return sum(map(len, set(found))) >= _FEWEST_LETTERS


def _is_together(found: Sequence[str]) -> bool:
    lengths = [len(word) for word in found]
    return sum(length for length in lengths if length > _LONGEST_WORD) * 4 > sum(lengths)


def _in_last_first(folded: str, found: Sequence[str]) -> bool:
    """Return whether words, each of them whole, stand last first: "كل" behind what has an article, "لم" before it."""
    if any(right in folded for right in _RIGHT):
        return False
    right = wrong = 0
    for one, next_one in set(pairwise(found)):
        if next_one.startswith("ال"):
            right, wrong = right + (one in _BEFORE_AL), wrong + (one in _BEHIND_AL)
        if one.startswith("ال"):
            right, wrong = right + (next_one in _BEHIND_AL), wrong + (next_one in _BEFORE_AL)
    return wrong >= _FEWEST_MISPLACED and wrong > _STRONGER * right


@cache
def _known() -> frozenset[str]:
    return frozenset(word for word in words() if len(word) >= _SHORTEST_KNOWN)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(map(fold_text, function_words()["ar"])) - {"بن", "ابو"}  # parts of names

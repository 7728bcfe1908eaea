"""Reduce foreign words to how they sound, however they are spelt."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.lexicon import name_parts
from pipelines.core.entities.name_words import christened, is_foreign_word

SAME_SOUND = str.maketrans("طثجضذصظقح", "تتغددسدكه")
_SAME = (("بف", "ف"), ("ز", "س"), ("دغ", "غ"), ("تش", "ش"), ("شت", "ست"))
_TWICE = re.compile(r"([^اوي])\1")
_LETTER_TWICE = re.compile(r"(.)\1+")
_SOFT_N = re.compile("نه(?=[او]$)")  # "مورينهو"
_GERMAN_W, _GERMAN_S = re.compile("^شو(?=ا)"), re.compile("(?<=.)ت[سز](?=[^اويه])")  # "شوارتزكوف", "شفارتسكوبف"
_PORTUGUESE, _LONG = re.compile("(?:(?<=ند)|(?<=[^اويت])ي)ش$"), 6
_GIO = re.compile("^غيو(?=.)")
_FINAL_Z = re.compile("ت?ز$|تس$")
_CONSONANT_W = re.compile("(?<=ا)و(?=[اي]|ه$)|(?<=[^اويع])و(?=ا[^ه])(?<!^.و)")
_PARTS = re.compile("([عا]+[يو]?)?(.*?)([اوي]*ه?)")
_VOWELS = re.compile("[اويع]")
_ENDINGS = {"ا": "A", "ه": "A", "و": "U", "ي": "I"}
_SHORT, _TELLING = 2, 4
_LETTERS_A_CHANGE = 4
FEWEST_SOUNDS = 4
"""How long a skeleton must be to tell who is meant."""


def single_letters(word: str) -> str:
    """Write each letter once that is written twice or more by slip or sound.

    >>> single_letters("هنيهه"), single_letters("بنناصر"), single_letters("نصرالله")
    ('هنيه', 'بنناصر', 'نصرالله')
    """
    kept, son = "الله" if word.endswith("الله") else "", "بن" if word.startswith("بنن") else ""
    return son + _LETTER_TWICE.sub(r"\1", word.removeprefix(son).removesuffix(kept)) + kept


def skeleton(parts: Iterable[str]) -> str:
    """Reduce the words of a foreign name to their consonants, how each begins and ends, and telling vowels.

    >>> skeleton(["تشارلوت", "هيغنز"]) == skeleton(["شارلوت", "هيجينز"])
    True
    >>> skeleton(["جون"]) == skeleton(["جان"]) or skeleton(["مارتن"]) == skeleton(["مارتينا"])
    False
    """
    return ".".join(map(reduce_word, parts))


@lru_cache(maxsize=NAMES)
def reduce_word(word: str) -> str:
    """Reduce a foreign word (`skeleton`)."""
    word = _PORTUGUESE.sub("يز", word) if len(word) >= _LONG else word
    heard = _GERMAN_S.sub("س", _GERMAN_W.sub("شف", _SOFT_N.sub("ني", word))).translate(SAME_SOUND)
    for letters, same in _SAME:
        heard = heard.replace(letters, same)
    heard = _GIO.sub("غو", heard)
    heard = heard[:-1] if heard.endswith("اه") and len(heard) > 2 else heard
    heard = _CONSONANT_W.sub("ف", _FINAL_Z.sub("س", _TWICE.sub(r"\1", heard)))
    begin, middle, end = (part or "" for part in _PARTS.fullmatch(heard).groups())  # type: ignore[union-attr]
    consonants = middle[:1] + _VOWELS.sub("", middle[1:])
    if len(consonants) <= _SHORT:
        heard = heard[:1] + heard[1:-1].replace("ي", "") + heard[-1:] if len(heard) > _TELLING - 1 else heard
        return heard[:-1] + "ا" if heard[-1:] == "ه" else heard
    front = "" if not begin else "O" if "و" in begin else "A"
    telling = (
        "" if begin or len(consonants) > _TELLING else "O" if middle[1] == "و" else "A" if middle[:2] == "وا" else ""
    )
    last = "I" if end[-2:] == "يه" and not word.endswith("ايه") and not _ends_in_a(word) else _ENDINGS.get(end[-1:], "")
    ending = "U" if heard.endswith("وس") and len(consonants) < _TELLING else ""  # "ماتيوس" is not "ماتياس"
    ending = "Y" if heard.endswith("يون") else ending  # nor "ماريون" "مارين"
    return front + consonants[0] + telling + consonants[1:-1] + ending + consonants[-1] + last


def _ends_in_a(word: str) -> bool:
    """Tell whether more people are called by a word in "يه" with "يا" ("كلوديه") than with "ي" ("سيرغيه")."""
    return word not in christened() and name_parts().get(f"{word[:-1]}ا", 0) > name_parts().get(word[:-1], 0)


def is_spelt_near(words: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two foreign names of one sound are written much alike too, sounds that are confused as one.

    >>> is_spelt_near(["خوان", "بروان"], ["خوان", "بيرون"]), is_spelt_near(["انجيلا", "مركل"], ["انغيلا", "ميركل"])
    (False, True)
    """
    ours, theirs = ([word.translate(SAME_SOUND) for word in name] for name in (words, other))
    if len(ours) != len(theirs) or "".join(ours) == "".join(theirs):
        return True
    return all(min(OSA.distance(one, two) for two in theirs) <= max(len(one) // _LETTERS_A_CHANGE, 1) for one in ours)


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two words spell one foreign name, long enough to tell.

    >>> sounds_alike("هندرسون", "هندرسن"), sounds_alike("سالم", "سليم")
    (True, False)
    """
    return sound_of(one) == sound_of(other) is not None


def sound_of(word: str) -> str | None:
    """Return what the spellings of a foreign word share, `None` for one too short to tell, or Arabic.

    >>> sound_of("هندرسون") == sound_of("هندرسن"), sound_of("سالم")
    (True, None)
    """
    sound = reduce_word(word) if is_foreign_word(word) else ""
    return sound if len(sound) >= FEWEST_SOUNDS else None

"""Reduce a name to what its spellings share, Arabic and foreign names each in their own way."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from pipelines.core.entities.lexicon import UNKNOWN, name_parts, words
from pipelines.core.entities.names import RESOURCES, fold_name

SHORTEST_SLIP = 5
"""How long two words must be for one to be a slip of the other."""
_ARABIC_LETTERS = re.compile("[عحضظذء]")
_BEFORE_A_NAME = frozenset(("بن", "ولد", "ال", "ابو", "بنت"))
_AFTER_A_NAME = ("الدين", "الله", "الاسلام", "الزمان")
_SAME_SOUND = str.maketrans("طثجضذصظق", "تتغددسزك")
_TWICE = re.compile(r"([^اوي])\1")
_FINAL_Z = re.compile("ت?ز$|تس$")
_CONSONANT_W = re.compile("(?<=ا)و(?=[اي])")
_PARTS = re.compile("([عا]+[يو]?)?(.*?)([اوي]*ه?)")
_VOWELS = re.compile("[اويع]")
_ENDINGS = {"ا": "A", "ه": "A", "و": "U", "ي": "I"}
_SHORT, _TELLING = 2, 4
FEWEST_SOUNDS = 4
"""How long a skeleton must be to tell who is meant."""


@cache
def _origins() -> dict[str, str]:
    """Load the words that tell an Arabic name, and those that only seem to (`name_words.tsv`)."""
    lines = (RESOURCES / "name_words.tsv").read_text("utf-8").splitlines()
    return {word: kind for kind, found in (line.split("\t") for line in lines[1:]) for word in found.split()}


@lru_cache(maxsize=1 << 16)
def person_key(name: str) -> str:
    """Reduce a person's name to a key: an Arabic name keeps its letters, a foreign one the sounds that vary little.

    Spaces, the article of the first word and a family name put first make no difference.

    >>> person_key("جريجوري هندرسون") == person_key("غريغوري هندرسن")
    True
    >>> person_key("الزهراوي سعد الدين") == person_key("سعدالدين الزهراوي")
    True
    >>> person_key("سالم الحمداني") == person_key("سليم الحمداني")
    False
    """
    parts = family_last(fold_name(name).split())
    if is_foreign(parts):
        return "~" + skeleton(parts)
    first = parts[0] if parts else ""
    return "".join([first[2:] if first.startswith("ال") and len(first) > 4 else first, *parts[1:]])


def is_foreign(parts: Sequence[str]) -> bool:
    """Tell whether no word of a folded name is Arabic by its letters, its article or the list of Arabic names.

    >>> is_foreign(["بوريس", "جونسون"]), is_foreign(["البرتو", "كوستا"]), is_foreign(["سليم", "كوستا"])
    (True, True, False)
    """
    return bool(parts) and all(map(_is_foreign, parts))


@cache
def given_names() -> frozenset[str]:
    """Return the folded words that Arabs are called by."""
    return frozenset(word for word, kind in _origins().items() if kind == "native")


def is_arabic_name(word: str) -> bool:
    """Tell whether a folded word is on the list of what Arabs are called by.

    >>> is_arabic_name("سالم"), is_arabic_name("كتاب")
    (True, False)
    """
    return _origins().get(word) == "native"


def is_compound(word: str) -> bool:
    """Tell whether a folded word is a compound name written as one: "عبدالله", "نورالدين", "ابوغبن".

    >>> is_compound("جادالله"), is_compound("ابواب"), is_compound("الله")
    (True, False, False)
    """
    begins = word.startswith("عبدال") or (word.startswith("ابو") and word not in words())
    return (begins and len(word) > 5) or (word.endswith(_AFTER_A_NAME) and len(word) > 5)


def _is_foreign(word: str) -> bool:
    kind = _origins().get(word)
    if kind or word in _BEFORE_A_NAME or is_compound(word) or not "ء" <= word[0] <= "ي":
        return kind == "foreign"
    return not _ARABIC_LETTERS.search(word) and not (word.startswith("ال") and len(word) > 3)


def skeleton(parts: Iterable[str]) -> str:
    """Reduce the words of a foreign name to their consonants, how each begins and ends, and telling vowels.

    >>> skeleton(["تشارلوت", "هيغنز"]) == skeleton(["شارلوت", "هيجينز"])
    True
    >>> skeleton(["جون"]) == skeleton(["جان"]) or skeleton(["مارتن"]) == skeleton(["مارتينا"])
    False
    """
    return ".".join(map(_reduce, parts))


@lru_cache(maxsize=1 << 16)
def _reduce(word: str) -> str:
    heard = word.replace("تش", "ش").replace("شت", "ست").translate(_SAME_SOUND)
    heard = _CONSONANT_W.sub("W", _FINAL_Z.sub("س", _TWICE.sub(r"\1", heard)))
    begin, middle, end = (part or "" for part in _PARTS.fullmatch(heard).groups())  # type: ignore[union-attr]
    consonants = middle[:1] + _VOWELS.sub("", middle[1:])
    if len(consonants) <= _SHORT:
        return heard[:-1] + "ا" if heard[-1:] == "ه" else heard
    front = "" if not begin else "O" if "و" in begin else "A"
    telling = (
        "" if begin or len(consonants) > _TELLING else "O" if middle[1] == "و" else "A" if middle[:2] == "وا" else ""
    )
    last = "I" if end[-2:] == "يه" else _ENDINGS.get(end[-1:], "")
    return front + consonants[0] + telling + consonants[1:] + last


def family_last(parts: Sequence[str]) -> Sequence[str]:
    """Put a family name that stands first (ال...ي) behind the given names.

    >>> family_last(["العثماني", "سعد", "الدين"]), family_last(["الهادي", "السالمي"])
    (['سعد', 'الدين', 'العثماني'], ['الهادي', 'السالمي'])
    """
    if len(parts) < 2 or parts[1] in _BEFORE_A_NAME or (parts[-1].startswith("ال") and parts[-1] not in _AFTER_A_NAME):
        return parts
    first = parts[0]
    leads = first.startswith("ال") and first.endswith("ي") and len(first) > 5 and not _is_foreign(first)
    return [*parts[1:], first] if leads else parts


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
    sound = _reduce(word) if _is_foreign(word) else ""
    return sound if len(sound) >= FEWEST_SOUNDS else None


def is_slip(one: str, other: str) -> bool:
    """Tell whether two words are one letter apart and one of them is nobody's name: a slip, not another name.

    >>> is_slip("ماركون", "ماكرون"), is_slip("سليمان", "سلمان")
    (True, False)
    """
    if min(len(one), len(other)) < SHORTEST_SLIP or OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    return min(_fame(one), _fame(other)) == 0 < max(_fame(one), _fame(other))


def _fame(word: str) -> int:
    return name_parts().get(word, 0) + words().get(word, UNKNOWN).uses // 40

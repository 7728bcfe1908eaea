"""Reduce a person's name to what its usual spellings share."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.name_units import units, with_its_end
from pipelines.core.entities.name_words import (
    bare,
    christened,
    generation_of,
    is_family,
    is_foreign,
    is_foreign_word,
    is_given,
)
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.slips import called, is_called, is_heard, mend, times_named
from pipelines.core.entities.spelling import reduce_word, single_letters

_PATRONYMIC, _BULGARIAN = ("وفيتش", "يفيتش", "وفنا", "يفنا"), ("وف", "يف", "وفا", "يفا")
_OF_NOBODY = frozenset(("كومار", "خان"))
_BEHIND_JEAN = frozenset(
    ("بيير", "بيار", "كلود", "لوك", "فرانسوا", "ميشيل", "ميشال", "جاك", "لوي", "لويس", "ماري", "ايف", "باتيست", "مارك")
)
"""Who is called so too is no John, though Egypt writes "جون بيير"."""
_HARD_Q = re.compile("(?<!^)ق|^ق(?=[وي])")
"""How Sudan and Yemen write the g of foreign names; Turks and Caucasians begin with a q of their own."""
_MARKS, _MANY_SOUNDS = re.compile("[A-Z]"), 4
_EVERYBODYS, _NAMESAKES = 500, 50_000
_LONG_NISBA = 5
"""Given names that the press says more often are everybody's; of a given and a family name that it says so seldom (the
product of how often) there are hardly two people."""


@lru_cache(maxsize=NAMES)
def person_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name as its spellings share them, the given name first.

    Compounds are one word, articles go, a letter written twice is written once; a foreign word is reduced to its sound.

    >>> person_words("الطرابلسي عبد الله"), person_words("عبدالله طرابلسيي")
    (('عبدالله', 'طرابلسي'), ('عبدالله', 'طرابلسي'))
    >>> person_words("جريجوري هندرسون") == person_words("غريغوري هندرسن")
    True
    """
    parts = fold_name(name).split()
    if generation := generation_of(parts):
        return (*person_words(" ".join(parts[:-1])), generation)
    whole = units(parts) or parts  # "G-7"
    if is_foreign(parts):
        if parts[0] == "جون" and parts[1:2] and parts[1] in _BEHIND_JEAN:
            whole = ["جان", *whole[1:]]
        heard = (unit if is_heard(unit) else _HARD_Q.sub("غ", unit).replace("اا", "ا") for unit in whole)
        return tuple(_sound(_heard(unit)) for unit in heard)
    whole = list(map(with_its_end, whole))
    plain = [unit if sounds_christened(unit) else mend(single_letters(mend(unit, True)), True) for unit in whole]
    family_first = len(plain) == len(parts) == 2 and bare(parts[0]) != parts[0] and not is_given(parts[0])
    if family_first and not parts[1].startswith("ال"):
        return _reduced(plain[1]), _reduced(plain[0])
    return tuple(map(_reduced, _with_his_family(given_first(plain))))


def _with_his_family(words: Sequence[str]) -> Sequence[str]:
    """Write the family of a woman of the Gulf as her father's is: "شيماء الهنائية"."""
    last = words[-1]
    hers = len(words) > 1 and last.endswith("يه") and len(last) >= _LONG_NISBA
    return [*words[:-1], last[:-1]] if hers and called(last[:-1]) > called(last) else words


_LINKS = ("بن", "ابو", "ولد", "بنت", "ايت", "بو", "ود", "ام")


@lru_cache(maxsize=NAMES)
def _reduced(word: str) -> str:
    """Return a word as it stands where people are known by it, else by its consonants alone, also behind a link."""
    if is_given(word) or is_family(word):
        return _sound(word) if sounds_christened(word) else word
    link = next((link for link in _LINKS if word.startswith(link) and is_given(word[len(link) :])), "")
    if link or (not is_foreign_word(word) and is_called(word)):
        return word
    if is_foreign_word(word):
        return _sound(_heard(word))
    link = next((link for link in _LINKS if word.startswith(link) and len(word) > len(link) + 2), "")
    return link + _reduced(word[len(link) :]) if link else _sound(word[:1] + word[1:].replace("ع", "ء"))


def _sound(word: str) -> str:
    """Reduce a word to its sound (`reduce_word`); in a long one countries do not agree in k and g."""
    sound = reduce_word(word)
    return sound.replace("ك", "غ") if len(sound) - len(_MARKS.findall(sound)) >= _MANY_SOUNDS else sound


def sounds_christened(word: str) -> bool:
    """Tell whether a word sounds like a given name of another people.

    >>> sounds_christened("غابريال"), sounds_christened("سالم")
    (True, False)
    """
    return is_foreign_word(word) and reduce_word(word) in _christened()


@cache
def _christened() -> frozenset[str]:
    return frozenset(map(reduce_word, christened()))


def _heard(unit: str) -> str:
    """Write a foreign word as it is best known: as it stands, with s or z for a Spanish th, or with its slip mended."""
    if is_heard(unit):
        return unit
    lisped = (unit.replace("ث", "س"), unit[:-1].replace("ث", "ز") + unit[-1:].replace("ث", "س")) if "ث" in unit else ()
    return next(filter(is_heard, lisped), None) or mend(unit)


def given_first(words: Sequence[str]) -> Sequence[str]:
    """Put a family name that stands first behind; of two given names neither is one.

    >>> given_first(["حمداني", "سالم"]), given_first(["علي", "محمد"])
    (['سالم', 'حمداني'], ['علي', 'محمد'])
    """
    swapped = len(words) > 1 and not is_given(words[0]) and is_given(words[1])
    if not swapped or (len(words) > 2 and not is_given(words[-1])):
        return words
    return [*words[1:], words[0]]


@lru_cache(maxsize=NAMES)
def person_key(name: str) -> str:
    """Reduce a person's name to a key: order matters only where it tells a father from a son.

    >>> person_key("جريجوري هندرسون") == person_key("هندرسن غريغوري")
    True
    >>> person_key("الزهراوي سعد الدين") == person_key("سعدالدين الزهراوي")
    True
    >>> person_key("سالم الحمداني") == person_key("سليم الحمداني")
    False
    """
    words, parts = person_words(name), fold_name(name).split()
    if generation := generation_of(parts):
        return f"{person_key(' '.join(parts[:-1]))}.{generation}"
    free = is_foreign(parts) or (len(words) == 2 and not any(map(is_given, words)))
    return ".".join(sorted(words) if free else words)


@lru_cache(maxsize=NAMES)
def unknown_key(name: str) -> str:
    """Reduce the name of somebody in no table to a key; a middle name goes where given and family name tell enough.

    A father's behind بن stays, and so does a compound: who writes it tells two people apart.

    >>> unknown_key("طارق حسين الزروالي") == unknown_key("طارق الزروالي")
    True
    >>> unknown_key("محمد حسين القحطاني") == unknown_key("محمد القحطاني")
    False
    >>> unknown_key("طارق بن حسين الزروالي") == unknown_key("طارق الزروالي")
    False
    >>> unknown_key("فهد بن عبد الرحمن السبيعي") == unknown_key("فهد عبد الرحمن السبيعي")
    True
    """
    words, parts = person_words(name), fold_name(name).split()
    if generation := generation_of(parts):
        return f"{unknown_key(' '.join(parts[:-1]))}.{generation}"
    if len(words) == 3 and _is_patronymic(parts):
        return ".".join(sorted((words[0], words[2])))
    ordered = ".".join(words) == person_key(name)
    if len(words) < 3 or not ordered:
        return person_key(name)
    if all(map(is_given, (words[0], *map(_own, words[1:-1])))) and not is_given(words[-1]) and _is_seldom(words):
        return f"{words[0]}.{words[-1]}"
    return ".".join((words[0], *map(_fathers, words[1:-1]), words[-1]))


def _is_patronymic(parts: Sequence[str]) -> bool:
    """Tell whether the second of three foreign words is one that goes: "أولغا بيتروفا سميرنوفا"."""
    if len(parts) != 3 or not is_foreign(parts):
        return False
    middle, last = parts[1:]
    return (
        middle in _OF_NOBODY
        or middle.endswith(_PATRONYMIC)
        or any(middle.endswith(end) and last.endswith(end) for end in _BULGARIAN)
    )


def _own(middle: str) -> str:
    """Return what makes a middle name one that may go; nothing where it may not."""
    return "" if middle.startswith("عبد") else middle.removeprefix("ابو")


def _fathers(middle: str) -> str:
    """Return whom a middle name says to be the father, with or without بن: the same man."""
    plain = middle.removeprefix("بنت").removeprefix("بن").removeprefix("ولد")
    return plain if is_given(plain) or (len(plain) > 2 and not is_given(middle)) else middle


def _is_seldom(words: Sequence[str]) -> bool:
    given, family = times_named(words[0]), times_named(words[-1])
    return given <= _EVERYBODYS and given * family <= _NAMESAKES

"""Reduce the name of a body, place or thing to what its usual wordings share."""

from collections.abc import Sequence
from functools import lru_cache

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.body_words import (
    AUTHORITIES,
    COMMANDED,
    DIVISIONS,
    FIRST,
    FIRST_OF_SHE,
    FIRST_TWO,
    GENERAL,
    HEADS,
    MINISTRY,
    NO_MORE,
    OTHERWISE,
    SAME,
    SINGLE,
)
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.lexicon import words as words_of_news
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.words import heads

_HEADLINED = (["داخليه"], ["خارجيه"])
"""Ministries that headlines call so: "داخلية الكويت"."""
_LONG = 5
_WELL_KNOWN, _CITY = frozenset(("country", "capital", "region", "admin1")), 100_000


@lru_cache(maxsize=NAMES)
def body_key(name: str) -> str:
    """Return a key of a name: without articles, its country in one form wherever it stands.

    >>> body_key("وزارة الخارجية الأردنية") == body_key("وزارة خارجية الأردن") == body_key("الخارجية الأردنية")
    True
    >>> body_key("البنك المركزي المصري") == body_key("بنك مصر المركزي"), body_key("بنك مصر") == body_key("مصر")
    (True, False)
    """
    parts = fold_name(name).split()
    coined = len(parts) == 2 and parts[0] in HEADS and parts[1].startswith("ال") and parts[1] not in words_of_news()
    if len(parts) > 1 and (parts[0] in SINGLE or coined):  # "منظمة الكوميسا"
        parts = parts[1:]
    words, countries = _read([*parts[:1], *places_apart(parts[1:])])
    if not words:
        return "".join(parts)
    words = [_of_him(words[0]), *map(_ended, words[1:])]
    if (
        countries
        and (parts[0].startswith("ال") or words in _HEADLINED)
        and _is_ministry(words, parts[-1].endswith("يه"))
    ):
        words = [MINISTRY, *words]
    words = ["خطوط"] if countries and words == ["لطيران"] else words  # "القطرية للطيران"
    words = _general(OTHERWISE.get(tuple(words[:2]), words[:2]) + words[2:])
    words = words[1:] if countries and len(words) > 2 and words[0] in AUTHORITIES else words
    more = NO_MORE.get(words[0], frozenset())
    words = [words[0], *(word for word in words[1:] if word not in more)]
    if words[0] == MINISTRY:
        words = [MINISTRY, *_department(words[1:])]
    elif len(words) > 2:  # "المجلس الأعلى للقضاء" is "مجلس القضاء الأعلى"
        words = [words[0], *sorted(map(_unowned, words[1:]))]
    return "".join(words) + "".join(f"@{country}" for country in sorted(countries))


def _of_him(word: str) -> str:
    """Write the head of an office as a man's: "منسقة الأمم المتحدة"."""
    return word[:-1] if word.endswith("ه") and {word, word[:-1]} <= heads().keys() else word


def _ended(word: str) -> str:
    """Write the end of a word that news do not use as the other of its two spellings: "مطار بنينا"."""
    other = word.endswith("ا") and len(word) >= _LONG and word not in words_of_news()
    return f"{word[:-1]}ه" if other else word


def _is_ministry(words: Sequence[str], of_she: bool) -> bool:
    """Tell a ministry that is called by what it is for: "الخارجية الأردنية", "التعليم العالي العراقية"."""
    alone = len(words) == 1 and (words[0] in FIRST or (of_she and words[0] in FIRST_OF_SHE))
    return alone or (of_she and tuple(words) in FIRST_TWO)


def _general(words: list[str]) -> list[str]:
    """Leave out what says no more behind the first word of a body, and the command of a force."""
    if len(words) == 2 and words[0] == "فريق":
        words = ["نادي", words[1]]
    if words[:2] == ["قياده", "عامه"] and words[2:3] and words[2] in COMMANDED:
        words = [words[2][1:], *words[3:]]
    if len(words) > 2 and words[0] in GENERAL and words[1] in ("عام", "عامه"):
        words = [words[0], _unowned(words[2]), *words[3:]]
    return [words[0], *words[2:]] if len(words) > 2 and words[0] == "شرطه" and words[1] in DIVISIONS else words


def places_apart(parts: Sequence[str]) -> list[str]:
    """Write the ب before a well-known place as a word of its own.

    >>> places_apart(["الامريكيه", "ببيروت"]), places_apart(["بالمملكه", "المتحده"]), places_apart(["بدر"])
    (['الامريكيه', 'في', 'بيروت'], ['في', 'المملكه', 'المتحده'], ['بدر'])
    """
    words: list[str] = []
    for at, word in enumerate(parts):
        stuck = word.startswith("ب") and word not in names() and _is_place([word[1:], *parts[at + 1 : at + 3]])
        words += ["في", word[1:]] if stuck else [word]
    return words


def _is_place(parts: Sequence[str]) -> bool:
    keys = ("".join(parts[:last]) for last in (3, 2, 1))
    found = next(filter(None, (names().get(key, {}).get("LOC") for key in keys)), ())
    return bool(found) and (found[0].kind in _WELL_KNOWN or found[0].population >= _CITY)


def _read(parts: Sequence[str]) -> tuple[list[str], set[str]]:
    """Return the words of a name without articles and links, and the countries that it names."""
    words: list[str] = []
    countries: set[str] = set()
    at = 0
    while at < len(parts):
        size = next((size for size in (3, 2, 1) if at + size <= len(parts) and _country(parts[at : at + size])), 0)
        country = _country(parts[at : at + size]) if size else None
        if country and (at or size < len(parts)):
            countries.add(country)
            words = words[:-1] if words[-1:] == ["في"] else words
        else:
            size = 1
            words += [] if parts[at] == "في" and _is_place(parts[at + 1 : at + 4]) else _bare(parts[at])
        at += size
    return words, countries


def _country(parts: Sequence[str]) -> str | None:
    """Return the country that words are the name or the adjective of."""
    found = names().get("".join(parts))
    if not found:
        return None
    if "nisba" in found:
        return found["nisba"][0].entity.country
    first = found.get("LOC", (None,))[0]
    return first.entity.country if first and first.kind == "country" else None


def _bare(word: str) -> list[str]:
    """Return a word without article, also behind و and ل, as none where nothing stays."""
    for prefix, kept in (("ال", ""), ("وال", ""), ("لل", "ل")):
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            word = kept + word[len(prefix) :]
            break
    return [] if word == "و" else SAME.get(word, word).split(" ")


def _unowned(word: str) -> str:
    """Take the ل of an owner off a noun that bodies are named after: "لقضاء"."""
    news = words_of_news()
    uses, less = (news[one].uses if one in news else 0 for one in (word, word[1:]))
    return word[1:] if word.startswith("ل") and uses < less else word


def _department(words: Sequence[str]) -> list[str]:
    """Return what a ministry is for: "وشؤون المغتربين" and "الوطنية" behind the first department say no more."""
    kept = [word for word in words if word not in ("شوون", "وشوون", "وطنيه", "وطني")]
    return kept[:1] if kept[:1] in (["خارجيه"], ["دفاع"]) else kept

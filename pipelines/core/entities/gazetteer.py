"""Look names up among the known places, nations, people and organisations."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.tables import Known, named, places

_LONGEST = 6
PROCLITICS = frozenset("وفبلك")
_JOINED = frozenset(("عبد", "ابو", "ام", "سيف", "نصر"))


class Hit(NamedTuple):
    """A known name at tokens `[first, last)`; `skip` proclitic letters of the first token are not part of it."""

    first: int
    last: int
    skip: int
    kind: str
    bearers: tuple[Known, ...]


@cache
def names() -> dict[str, dict[str, tuple[Known, ...]]]:
    """Bring all tables together: key (folded, without spaces) to its bearers by type: LOC, nisba, PER, ORG."""
    table: dict[str, dict[str, tuple[Known, ...]]] = {}
    for name, bearers in places().items():
        found = table.setdefault(name.replace(" ", ""), {})
        others = found.get("LOC", ())  # of the same name with its spaces elsewhere
        found["LOC"] = (*others, *(bearer for bearer in bearers if bearer not in others))
    for form, entity in nisbas().items():
        table.setdefault(form.replace(" ", ""), {})["nisba"] = (Known(entity, "nisba", 0),)
    for name, known in named().items():
        table.setdefault(name.replace(" ", ""), {})[known.kind] = (known,)
    return table


@cache
def _main() -> dict[str, tuple[str, tuple[Known, ...]]]:
    """Give each key its most likely kind: a small place yields to a nation, a person or a body of that name."""
    table = {}
    for key, found in names().items():
        places_first = "LOC" in found and (len(found) == 1 or found["LOC"][0].kind not in ("city", "admin1"))
        kind = "LOC" if places_first else next(kind for kind in ("nisba", "PER", "ORG") if kind in found)
        table[key] = found[kind][0].kind, found[kind]
    return table


def kind_of(word: str) -> str | None:
    """Tell what a folded word alone is the name of, or None.

    >>> [kind_of(word) for word in ("لبنان", "المصريون", "ماكرون", "كتاب")]
    ['country', 'nisba', 'PER', None]
    """
    found = _main().get(word)
    return found[0] if found else None


def scan(words: Sequence[str], skips: Sequence[int]) -> list[Hit]:
    """Find the longest known names in a sentence's folded words, given each word's number of proclitic letters.

    >>> [(hit.first, hit.last, hit.kind) for hit in scan(["زار", "وبوركينا", "فاسو", "وبيروت"], [0, 1, 0, 1])]
    [(1, 3, 'country'), (3, 4, 'capital')]
    """
    table, firsts = _main(), _first_words()
    hits: list[Hit] = []
    index, end = 0, len(words)
    while index < end:
        hit = None
        word = words[index]
        if word in firsts:
            hit = _longest(words, index, 0)
        skip = skips[index]
        if hit is None and word[0] in PROCLITICS:
            hit = _stuck(words, index, skip)
        if hit is None:
            stem = article(word, skip)
            found = table.get(stem)
            hit = Hit(index, index + 1, skip, *found) if found else None
        if hit is None:
            index += 1
        else:
            hits.append(hit)
            index = hit.last
    return hits


def article(word: str, skip: int) -> str:
    """Take the proclitics off a folded word and give it back the alef of its article.

    >>> article("للعراق", 1), article("لليبيا", 1)
    ('العراق', 'ليبيا')
    """
    stem = word[skip:]
    has_one = skip and word[skip - 1] == "ل" and stem[:1] == "ل"
    return "ا" + stem if has_one and (stem not in _main() or "ا" + stem in _main()) else stem


@cache
def _first_words() -> frozenset[str]:
    """Collect every word that a name of several words begins with, also where it is written as one with the next."""
    firsts: set[str] = set()
    for name in (*places(), *named(), *nisbas()):
        words = name.split(" ")
        if len(words) > 1:
            firsts.add(words[0])
            firsts.update((words[0] + words[1],) if words[0] in _JOINED else ())
    return frozenset(firsts)


@cache
def _several() -> frozenset[str]:
    """Collect the keys of names that may be written in several words."""
    names_of = (*places(), *named(), *nisbas())
    return frozenset(name.replace(" ", "") for name in names_of if " " in name or name.startswith(("عبد", "ابو", "ام")))


def _stuck(words: Sequence[str], first: int, skip: int) -> Hit | None:
    """Find a name of several words behind the proclitics that its first word has alone, or behind one ("لبي بي سي")."""
    firsts = _first_words()
    for joined in (skip, 1) if skip > 1 else (1,):
        stem = words[first][joined:]
        known = stem in firsts or (stem[:1] == "ل" and "ا" + stem in firsts)
        hit = _longest(words, first, joined) if known else None
        if hit:
            return hit
    return None


def _longest(words: Sequence[str], first: int, skip: int) -> Hit | None:
    table, several = _main(), _several()
    key = article(words[first], skip)
    best = None
    for last in range(first + 1, min(first + _LONGEST, len(words))):
        key += words[last]
        found = table.get(key)
        if found and key in several:
            best = Hit(first, last + 1, skip, *found)
    return best

"""Bring the names of one article together: a part of a name, swapped words, a slip of the pen."""

from collections.abc import Iterable
from typing import NamedTuple

from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.lexicon import UNKNOWN, name_parts, triggers, words
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.tables import stable_id

_LINKED = frozenset(("PER", "ORG"))
_SMALL = frozenset(("بن", "ابو", "ال", "عبد", "ابن", "ام", "ابي", "ولد"))
_SLIP_LENGTH = 5


class Full(NamedTuple):
    """A name of several words, as the article gives it."""

    type: str
    words: tuple[str, ...]
    entity: Entity


class ArticleNames:
    """The full names of people and bodies in one article; the longest form of a name gives the others their entity."""

    def __init__(self, candidates: Iterable[tuple[Candidate, Entity | None]]) -> None:
        self._fulls: list[Full] = []
        self._exact: dict[tuple[str, str], Entity] = {}
        self._by_last: dict[str, list[Full]] = {}
        longest_first = sorted(candidates, key=lambda pair: -len(pair[0].words))
        for candidate, entity in longest_first:
            kind, named = candidate.type, candidate.words
            if kind in _LINKED and len(named) > 1 and (kind, candidate.key) not in self._exact:
                same = entity or self._part(candidate) or self._same(candidate) or unknown(candidate)
                self._exact[kind, candidate.key] = same
                self._fulls.append(Full(kind, named, same))
                self._by_last.setdefault(named[-1], []).append(self._fulls[-1])

    def resolve(self, candidate: Candidate, entity: Entity | None) -> Entity:
        """Return whom a name stands for: the article's full name, else the entity known, else one made for it."""
        if candidate.type not in _LINKED:
            return entity or unknown(candidate)
        exact = self._exact.get((candidate.type, candidate.key))
        if exact:
            return exact
        if entity is None or candidate.words[0].startswith("ال"):
            return self._part(candidate) or entity or self._slip(candidate) or unknown(candidate)
        return entity

    def _part(self, candidate: Candidate) -> Entity | None:
        """Find the only full name that ends in these words; what it leaves of a body's name announces a body."""
        size = len(candidate.words)
        found = {
            full.entity
            for full in self._by_last.get(candidate.words[-1], ())
            if full.type == candidate.type and full.words[-size:] == candidate.words and _is_head(full, size)
        }
        return found.pop() if len(found) == 1 else None

    def _same(self, candidate: Candidate) -> Entity | None:
        """Find another full name of the same person: words left out between, swapped, or one letter amiss."""
        if candidate.type != "PER":
            return None
        given = candidate.words
        found = {full.entity for full in self._fulls if full.type == "PER" and _agree(given, full.words)}
        return found.pop() if len(found) == 1 else None

    def _slip(self, candidate: Candidate) -> Entity | None:
        if candidate.type != "PER" or len(candidate.words) > 1:
            return None
        found = {
            full.entity for full in self._fulls if full.type == "PER" and is_slip(candidate.words[0], full.words[-1])
        }
        return found.pop() if len(found) == 1 else None


def unknown(candidate: Candidate) -> Entity:
    """Make an entity for a name in no table; a person keeps the id with or without the article of the first word."""
    key = candidate.key
    if candidate.type == "PER" and key.startswith("ال") and len(candidate.words[0]) > 4:
        key = key[2:]
    text = candidate.span.text
    name = "ا" + text if candidate.words[0].startswith("ال") and text.startswith("ل") else text
    return Entity(stable_id(candidate.type, key), candidate.type, name)


def _is_head(full: Full, size: int) -> bool:
    if len(full.words) == size:
        return True
    if full.type == "PER":
        return full.words[-size - 1] not in _SMALL
    return triggers().get(full.words[0]) == "body" and len(full.words) == size + 1


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names are one person's; words are not swapped where both last ones are given names.

    >>> _agree(("سعد", "الدين", "العثماني"), ("العثماني", "سعد", "الدين"))
    True
    >>> _agree(("محمد", "بن", "سلمان"), ("محمد", "بن", "سليمان"))
    False
    """
    if len(one) == len(other):
        if sorted(one) == sorted(other):
            return not (name_parts().get(one[-1]) and name_parts().get(other[-1]))
        odd = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return len(odd) == 1 and is_slip(*odd[0])
    short, long = sorted((one, other), key=len)
    if short[0] != long[0] or (short[-1] != long[-1] and short != long[: len(short)]):
        return False
    rest = iter(long)
    return short[-1] not in _SMALL and all(word in rest for word in short)


def is_slip(one: str, other: str) -> bool:
    """Tell whether two words are one letter apart and one of them is nobody's name: a slip, not another name.

    >>> is_slip("ماركون", "ماكرون"), is_slip("سليمان", "سلمان")
    (True, False)
    """
    if one == other or min(len(one), len(other)) < _SLIP_LENGTH or abs(len(one) - len(other)) > 1:
        return False
    if min(_fame(one), _fame(other)) > 0 or max(_fame(one), _fame(other)) == 0:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _fame(word: str) -> int:
    return name_parts().get(word, 0) + words().get(word, UNKNOWN).uses // 40

"""Bring the names of one article together: a part of a name, swapped words, a slip of the pen."""

from collections.abc import Iterable
from dataclasses import replace

from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.full_names import Full, FullNames
from pipelines.core.entities.lexicon import name_parts, triggers
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_ids import name_id
from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.person_keys import person_key, unknown_key
from pipelines.core.entities.slips import is_slip
from pipelines.core.entities.spelling import sounds_alike
from pipelines.core.entities.tables import stable_id

_LINKED = frozenset(("PER", "ORG"))
_SMALL = frozenset(("بن", "ابو", "ال", "عبد", "ابن", "ام", "ابي", "ولد"))


class ArticleNames:
    """The full names of people and bodies in one article; the longest form of a name gives the others their entity."""

    def __init__(self, candidates: Iterable[tuple[Candidate, Entity | None]]) -> None:
        self._fulls = FullNames()
        self._alone: dict[str, Entity] = {}
        self._exact: dict[tuple[str, str], Entity] = {}
        longest_first = sorted(candidates, key=lambda pair: -len(pair[0].words))
        self._namesakes = _namesakes(candidate for candidate, entity in longest_first if entity is None)
        for candidate, entity in longest_first:
            kind, named = candidate.type, candidate.words
            if kind in _LINKED and len(named) > 1 and (kind, candidate.key) not in self._exact:
                same = entity or self._part(candidate) or self._same(candidate) or self._unknown(candidate)
                self._exact[kind, candidate.key] = same
                self._fulls.add(Full(kind, named, same))

    def resolve(self, candidate: Candidate, entity: Entity | None) -> Entity:
        """Return whom a name stands for: the article's full name, else the entity known, else one made for it."""
        if candidate.type not in _LINKED:
            return entity or self._unknown(candidate)
        exact = self._exact.get((candidate.type, candidate.key))
        if exact:
            return exact
        if entity is None or candidate.words[0].startswith("ال"):
            return self._part(candidate) or entity or self._slip(candidate) or self._unknown(candidate)
        return entity

    def _part(self, candidate: Candidate) -> Entity | None:
        """Find the only full name that ends in these words, or a person's that begins with them.

        What is left of a body's name must announce a body.
        """
        kind, given = candidate.type, candidate.words
        found = {full.entity for full in self._fulls.ending(kind, given) if _is_head(full, len(given))}
        if kind == "PER" and given[-1] not in _SMALL:
            found |= {full.entity for full in self._fulls.beginning(kind, given)}
        if kind == "ORG" and len(given) > 1:  # "وزارة الداخلية" of "وزارة الداخلية الألمانية"
            longer = self._fulls.beginning(kind, given)
            found |= {full.entity for full in longer if all(map(_is_kind, full.words[len(given) :]))}
        return found.pop() if len(found) == 1 else None

    def _same(self, candidate: Candidate) -> Entity | None:
        """Find another full name of the same person: words left out between, swapped, or one letter amiss."""
        if candidate.type != "PER":
            return None
        given = candidate.words
        found = {full.entity for full in self._fulls.like(given) if _agree(given, full.words)}
        return found.pop() if len(found) == 1 else None

    def _unknown(self, candidate: Candidate) -> Entity:
        """Make an entity for a name in no table, by all its words where the article has a namesake of it."""
        made = unknown(candidate)
        if len(candidate.words) == 1:  # one thing, whether it was taken for a person or a body
            return self._alone.setdefault(candidate.key, made) if candidate.type in _LINKED else made
        if made.entity_id not in self._namesakes or len(candidate.words) < 3:
            return made
        return replace(made, entity_id=stable_id("PER", person_key(" ".join(candidate.words))))

    def _slip(self, candidate: Candidate) -> Entity | None:
        if candidate.type != "PER" or len(candidate.words) > 1:
            return None
        family = candidate.words[0]
        found = {
            full.entity
            for full in self._fulls.like_family(family)
            if is_slip(family, full.words[-1]) or sounds_alike(family, full.words[-1])
        }
        return found.pop() if len(found) == 1 else None


def _namesakes(candidates: Iterable[Candidate]) -> frozenset[str]:
    """Collect the ids that people with other names between would share ("طارق علي الزروالي", "طارق حسين الزروالي")."""
    found: dict[str, set[str]] = {}
    for candidate in candidates:
        if candidate.type == "PER" and len(candidate.words) > 2:
            name = " ".join(candidate.words)
            found.setdefault(unknown_key(name), set()).add(person_key(name))
    return frozenset(stable_id("PER", key) for key, whole in found.items() if len(whole) > 1)


def unknown(candidate: Candidate) -> Entity:
    """Make an entity for a name in no table; its id is the same for all its spellings."""
    text = candidate.span.text
    name = "ا" + text if candidate.words[0].startswith("ال") and text.startswith("ل") else text
    return Entity(name_id(candidate.type, " ".join(candidate.words)), candidate.type, name)


def _is_head(full: Full, size: int) -> bool:
    if len(full.words) == size:
        return True
    if full.type == "PER":
        return full.words[-size - 1] not in _SMALL
    return triggers().get(full.words[0]) == "body" and len(full.words) == size + 1


def _is_kind(word: str) -> bool:
    """Tell whether a word says of what kind or nation a body is."""
    return word in nisbas() or (word.startswith("ال") and word.endswith(("ي", "يه")))


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names are one person's; the family name may stand at either end, a given name may not.

    >>> _agree(("سعد", "الدين", "العثماني"), ("العثماني", "سعد", "الدين"))
    True
    >>> _agree(("محمد", "بن", "سلمان"), ("محمد", "بن", "سليمان"))
    False
    """
    if person_key(" ".join(one)) == person_key(" ".join(other)):
        return True
    if len(one) == len(other):
        if other in (one[1:] + one[:1], one[-1:] + one[:-1]):
            return not (name_parts().get(one[-1]) and name_parts().get(other[-1]))
        odd = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return len(odd) == 1 and is_slip(*odd[0])
    short, long = sorted((one, other), key=len)
    if short[0] != long[0] or (short[-1] != long[-1] and short != long[: len(short)]):
        return False
    rest = iter(long)
    return short[-1] not in _SMALL and all(word in rest for word in short)

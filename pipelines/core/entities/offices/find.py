"""Find the offices that an article names ("وزير الخارجية التونسي"), and who each stands for.

An office is one actor in every article that names it; where the article says who holds it, it is that person.
"""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from pipelines.core.entities.mention import Entity, Mention, Office
from pipelines.core.entities.nations import countries
from pipelines.core.entities.offices.phrase import Phrase
from pipelines.core.entities.offices.sights import Sight, see_offices
from pipelines.core.entities.offices.words import held_role, lemmas
from pipelines.core.entities.tables import stable_id
from pipelines.core.text.document import Document
from pipelines.core.text.fold import fold_text

Key = tuple[str, str | None, Entity | None]


class _Found(NamedTuple):
    """An office whose role and country are known; `sure` where its holder is told beside the whole of it."""

    sight: Sight
    key: Key
    sure: bool = True


def find_offices(documents: Sequence[Document], mentions: Sequence[Mention], country: str | None) -> list[Office]:
    """Find the offices in an article's documents (title, body); `mentions` are found in them.

    `country` is the outlet's, for an office at home ("وزير الداخلية") where the article names places of no other.

    >>> from pipelines.core.entities.find import find_mentions
    >>> from pipelines.core.text.document import read_document
    >>> body = read_document("body", "قال وزير الخارجية التونسي خميس الجهيناوي ذلك. ثم سافر الوزير إلى روما.")
    >>> offices = find_offices([body], find_mentions([body], "TN"), "TN")
    >>> [(office.span.text, office.role, office.country) for office in offices]
    [('وزير الخارجية التونسي', 'وزير الخارجية', 'TN'), ('الوزير', 'وزير الخارجية', 'TN')]
    >>> {office.entity.name for office in offices}
    {'خميس الجهيناوي'}
    """
    sights = [_own_holder(sight) for document in documents for sight in see_offices(document, mentions)]
    if not sights:
        return []
    spoken = {mention.entity.country for mention in mentions if mention.entity.type == "LOC"} - {None}
    found = _resolve(sights, country if spoken <= {country} else None)
    holders = _holders(found)
    return [_office(one, holders.get(one.key)) for one in found]


def _own_holder(sight: Sight) -> Sight:
    """Leave out who is named behind somebody's spokesman: "المتحدث باسم رئيس الوزراء فلان" names the prime minister."""
    told = sight.phrase.role.partition(" باسم ")[2].split()
    return sight._replace(holder=None) if told and told[0].removeprefix("ال") in lemmas() else sight


def _resolve(sights: Sequence[Sight], home: str | None) -> list[_Found]:
    """Say of each office whose it is; one that leaves this open is the article's only one of the name, or dropped."""
    told: dict[str, set[str]] = {}
    for sight in sights:
        phrase = sight.phrase
        if phrase.country and not phrase.organisation and not phrase.bare:
            told.setdefault(phrase.role, set()).add(phrase.country)
    found, known = list[_Found](), _Known()
    for sight in sights:
        one = _refer(sight, known) if _is_reference(sight.phrase) else _place(sight, told, home)
        if one:
            found.append(one)
            known.add(one)
    return found


class _Known:
    """The offices found so far, by what a later mention may say of them: role or head, country, holder."""

    def __init__(self) -> None:
        self.last: Key | None = None
        self._keys: dict[tuple[str, str, str | None, Entity | None], set[Key]] = {}

    def add(self, one: _Found) -> None:
        self.last = one.key
        names = ("role", one.key[0]), ("head", one.sight.phrase.head.lemma)
        for (kind, name), country, holder in product(names, {None, one.key[1]}, {None, one.sight.holder}):
            self._keys.setdefault((kind, name, country, holder), set()).add(one.key)

    def only(self, phrase: Phrase, holder: Entity | None) -> Key | None:
        """Return the office meant, where it can be only one; `None` where it can be none or several."""
        whole = phrase.role != phrase.head.lemma
        kind, name = ("role", phrase.role) if whole else ("head", phrase.head.lemma)
        keys = self._keys.get((kind, name, phrase.country, holder), ())
        return next(iter(keys)) if len(keys) == 1 else None


def _is_reference(phrase: Phrase) -> bool:
    allowed = phrase.head.countries
    return phrase.bare and not (phrase.country and ("*" in allowed or phrase.country in allowed))


def _place(sight: Sight, told: dict[str, set[str]], home: str | None) -> _Found | None:
    phrase, holder = sight.phrase, sight.holder
    country, same = phrase.country, told.get(phrase.role, set())
    if country is None and phrase.organisation is None:
        if phrase.head.many:
            return None
        held = holder.country if holder else None
        country = held or (next(iter(same)) if len(same) == 1 else home if phrase.stately and not same else None)
        if country is None and holder is None:
            return None
    return _Found(sight, (held_role(phrase.role, country), country, phrase.organisation))


def _refer(sight: Sight, known: _Known) -> _Found | None:
    """Find the office that a mere "الرئيس", "الوزير التونسي" or "نظيره التونسي" speaks of."""
    phrase, holder = sight.phrase, sight.holder
    if not phrase.head.lemma:
        return _Found(sight, (known.last[0], phrase.country, None)) if known.last and phrase.country else None
    only = known.only(phrase, holder)
    if only is not None:
        return _Found(sight, only, sure=False)
    if holder is None or "title" in phrase.head.options:
        return None
    return _Found(sight, (phrase.role, phrase.country or holder.country, None), sure=False)


def _holders(found: Sequence[_Found]) -> dict[Key, Entity]:
    """Return the only holder that the article gives an office: told beside the whole of it, else beside its head.

    Who holds one office for sure is not taken for the holder of another ("الرئيس فلان" may be of anything).
    """
    sure: dict[Key, dict[str, Entity]] = {}
    likely: dict[Key, dict[str, Entity]] = {}
    for one in found:
        if one.sight.holder:
            table = sure if one.sure else likely
            table.setdefault(one.key, {})[one.sight.holder.entity_id] = one.sight.holder
    taken = {entity_id: key for key, persons in sure.items() for entity_id in persons}
    for key, persons in likely.items():
        free = {entity_id: entity for entity_id, entity in persons.items() if taken.get(entity_id, key) == key}
        if key not in sure and key[1] and free:
            sure[key] = free
    return {key: next(iter(persons.values())) for key, persons in sure.items() if len(persons) == 1}


def _office(one: _Found, holder: Entity | None) -> Office:
    role, country, organisation = one.key
    phrase = one.sight.phrase
    entity = one.sight.holder or holder or office_entity(role, country, organisation)
    return Office(one.sight.span, role, country, organisation or phrase.body, entity)


def office_entity(role: str, country: str | None, organisation: Entity | None) -> Entity:
    """Make the actor that an office is, whoever holds it.

    >>> office_entity("وزير الخارجية", "TN", None).name, office_entity("ملك", "JO", None).name
    ('وزير الخارجية (تونس)', 'ملك الأردن')
    """
    whose = organisation.entity_id if organisation else ""
    owner = organisation.name if organisation else countries()[country].name if country else ""
    name = f"{role} ({owner})" if owner and " " in role else f"{role} {owner}".strip()
    return Entity(stable_id("OFFICE", "|".join((fold_text(role), country or "", whose))), "PER", name, country=country)

"""Tell whether a known person may hold an office that is told beside his name, or is a namesake of who does."""

from collections.abc import Sequence
from functools import cache

from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_units import units
from pipelines.core.entities.name_words import everybodys, generation_of
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.alone import OfficeAlone
from pipelines.core.entities.offices.holders import offices_of
from pipelines.core.entities.offices.state import is_of_state
from pipelines.core.entities.offices.words import heads, nations
from pipelines.core.entities.tables import named, rows

_TABLE = "callings.tsv"
_CLUB = "نادي "
_FULL = 3
_ATTENDANTS = frozenset(("مستشار", "متحدث", "مبعوث", "ممثل", "سكرتير", "مساعد", "مدير"))
_OF_STATES = frozenset(("رئيس", "ملك", "أمير", "سلطان", "إمبراطور", "شيخ"))


def may_hold(person: Entity, told: Sequence[str], office: OfficeAlone | None) -> bool:
    """Tell whether the tables allow a known person what is told beside his name, in folded words.

    They do where they give him the office. Else it speaks against him that he is known for another calling and the
    office is one of a state, but for those of that calling; that the office is another country's; or that nothing is
    known of him but a name that many bear, and the office is of a state.

    >>> from pipelines.core.entities.offices.alone import read_alone
    >>> salah, minister, coach = named()["محمد صلاح"].entity, ["وزير", "الدفاع"], ["قايد", "منتخب", "مصر"]
    >>> may_hold(salah, minister, read_alone(minister)), may_hold(salah, coach, read_alone(coach))
    (False, True)
    """
    if office and (office.role, office.entity.country) in offices_of(person.entity_id):
        return True
    calling = _calling_of().get(person.entity_id)
    stately = is_of_state(told, office)
    if calling:
        return not stately or _is_of(calling, told, office)
    if office is None:
        return True
    if person.country is None and person.qid is None:
        return not stately or not _is_everybodys(fold_name(person.name).split())
    country = office.entity.country if office.organisation is None else None
    told_so = stately or any(word in nations() for word in told)  # not by a town: "قائد الحراك"
    return not told_so or country in (None, person.country) or person.country is None


def agrees(person: Entity, office: OfficeAlone) -> bool:
    """Tell whether the tables give a known person an office, or his country the office's."""
    country = office.entity.country
    given = (office.role, country) in offices_of(person.entity_id)
    return given or (country is not None and country == person.country and _calling_of().get(person.entity_id) is None)


def attends(told: Sequence[str], person: Entity) -> bool:
    """Tell whether folded words say that somebody attends on who holds another office, which a person is known to hold.

    >>> erdogan, bolton = (named()[name].entity for name in ("اردوغان", "جون بولتون"))
    >>> attends(["مستشار", "الرييس"], erdogan), attends(["مستشار", "الرييس"], bolton), attends(["الرييس"], erdogan)
    (True, False, False)
    """
    first = heads().get(told[0])
    if first is None or first.lemma not in _ATTENDANTS:
        return False
    return leads(person, told[1:])


def leads(person: Entity, told: Sequence[str]) -> bool:
    """Tell whether a person is known to hold or have held an office that one of some folded words begins."""
    return any(word in heads() and _leads(person, heads()[word].lemma) for word in told)


def _leads(person: Entity, lemma: str) -> bool:
    """Tell whether a person is known to hold or have held an office that begins so."""
    given = any(role.split(" ")[0] == lemma for role, _ in offices_of(person.entity_id))
    return given or (lemma in _OF_STATES and person.entity_id in _people("leader"))


@cache
def leaders_families() -> frozenset[str]:
    """Collect the last words, folded, of the names of those who have led a state."""
    return frozenset(name.split()[-1] for name in _names("leader"))


def _is_of(calling: str, told: Sequence[str], office: OfficeAlone | None) -> bool:
    """Tell whether an office is one of a calling: by its words, or of a club."""
    club = office is not None and office.organisation is not None and office.organisation.entity_id in _clubs()
    return club or not _words()[calling].isdisjoint(told)


def _is_everybodys(parts: Sequence[str]) -> bool:
    """Tell whether a name of two begins with a given name that tells nobody, and is no king's with his number."""
    return parts[0] in everybodys() and len(units(parts)) < _FULL and not generation_of([*parts[:1], *parts])


@cache
def _calling_of() -> dict[str, str]:
    """Load what the people are known for who hold no offices."""
    return {person: calling for calling in _words() for person in _people(calling)}


@cache
def _words() -> dict[str, frozenset[str]]:
    """Load the folded words that the offices of each calling are told by."""
    return {row["calling"]: frozenset(row["words"].split()) for row in rows(_TABLE) if row["words"] and row["people"]}


@cache
def _people(calling: str) -> frozenset[str]:
    return frozenset(named()[name].entity.entity_id for name in _names(calling))


def _names(calling: str) -> list[str]:
    """Return the folded names of who is known for a calling."""
    found = (row["people"].split("|") for row in rows(_TABLE) if row["calling"] == calling)
    return [fold_name(name) for names in found for name in names]


@cache
def _clubs() -> frozenset[str]:
    """Collect the ids of the clubs: what the tables know with نادي before it."""
    return frozenset(known.entity.entity_id for name, known in named().items() if name.startswith(_CLUB))

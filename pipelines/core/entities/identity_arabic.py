"""Say what a name in Arabic letters stands for."""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.core.entities.apposed import without_apposed
from pipelines.core.entities.courtesies import is_kin, without_courtesies, without_each, without_rank
from pipelines.core.entities.gazetteer import kind_of, names
from pipelines.core.entities.groups import group_id, names_a_group
from pipelines.core.entities.guess import guess_type
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_ids import name_id
from pipelines.core.entities.name_readings import as_written, readings, without_proclitics
from pipelines.core.entities.name_words import is_foreign, is_given
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.alone import OfficeAlone, read_alone
from pipelines.core.entities.offices.callings import agrees, attends, leads, may_hold
from pipelines.core.entities.offices.kin import kin_named
from pipelines.core.entities.offices.ministries import usual_ministry
from pipelines.core.entities.offices.otherwise import office_otherwise
from pipelines.core.entities.offices.words import heads
from pipelines.core.entities.places.everyday import is_rather_somebodys
from pipelines.core.entities.places.toponyms import marked_place
from pipelines.core.entities.slips import name_fame
from pipelines.core.entities.tables import named, places, stable_id
from pipelines.core.entities.variants import find_variant

_TYPES = ("PER", "ORG", "LOC")
SURE, OF_SEVERAL, GUESSED, _APPOSED, _ALIKE = 0.95, 0.7, 0.2, 0.85, 0.8


class Identity(NamedTuple):
    """An entity, how sure it is that the name means it, between 0 and 1, and the role where it is an office."""

    entity: Entity
    confidence: float
    role: str | None = None


def read_arabic(name: str, parts: Sequence[str], stuck: bool = True) -> Identity:
    """Return what the folded words of a name stand for; letters stick to the first (`stuck`) in Arabic text alone."""
    if marked := marked_place(name, parts):
        return Identity(marked, SURE)
    found = next(filter(None, map(known, readings(parts, stuck))), None)
    return found or _otherwise(name, without_proclitics(parts) if stuck else parts)


def known(parts: Sequence[str]) -> Identity | None:
    """Return what the tables know by these folded words, None where it is nothing."""
    key = "".join(parts)
    found = names().get(key)
    if not found:
        return None
    if len(parts) == 1 and set(found) == {"LOC"} and is_rather_somebodys(key, found["LOC"][0]):
        return None
    kind = kind_of(key)
    written = " ".join(parts)
    if kind == "PER" and "LOC" in found and written in places() and written not in named():
        kind = "LOC"  # "سوتشي" is not "سو تشي"
    country = any(kind_of(name) == "country" for name in (f"ال{key}", f"{key[:-1]}ا"))  # "يونان", "سلوفاكيه"
    if kind == "nisba" and not country:  # a Tunisian is not Tunisia
        nation = found["nisba"][0].entity
        return Identity(Entity(group_id(parts), "MISC", " ".join(parts), country=nation.country), SURE)
    bearers = found[kind if kind in found else "LOC"]
    several = len(bearers) > 1 or len(found) > 1
    return Identity(bearers[0].entity, OF_SEVERAL if several else SURE)


def _otherwise(name: str, parts: Sequence[str]) -> Identity:
    if is_kin(parts):  # "نجل الرئيس أردوغان"
        return _of_the_family(parts) or own_person(name, parts)
    offices = ((office, left) for left in without_each(parts) if (office := read_alone(left)))
    told = office_otherwise(parts) or next(offices, None)
    office, parts = told or (None, parts)  # "سمو أمير الكويت"
    if office and office.size == len(parts):
        return Identity(office.entity, SURE, office.role)
    person = _titled(parts[office.size :]) if office else without_rank(parts)
    before = parts[: len(parts) - len(person)]
    held = _holding(name, parts, before, office) if before else _held_before(name, parts)
    if held:
        return held
    if found := _group(name, parts) or _sounding(parts) or _said_otherwise(parts):
        return found
    apart = office and len(person) > 1 and guess_type(person) == "PER" and not _goes_on(person[0])
    return unknown(name, person if apart else parts)


def _of_the_family(parts: Sequence[str]) -> Identity | None:
    """Return the known person whose own name stands behind whose brother or son he is: "شقيق الرئيس ماهر الأسد"."""
    at = kin_named(parts)
    holder = _known_by(parts[at:]) if at else None
    return holder if holder and not leads(holder.entity, parts[1:at]) else None


def _holding(name: str, parts: Sequence[str], told: Sequence[str], office: OfficeAlone | None) -> Identity | None:
    """Return the known person behind an office or rank; a namesake, or somebody else, where the tables deny it him."""
    person = parts[len(told) :]
    holder = _known_by(person)
    if holder and attends(told, holder.entity):
        return own_person(name, parts)
    if holder is None:
        return _held_before(name, parts)
    return holder if may_hold(holder.entity, told, office) else unknown(name, person)


def _titled(parts: Sequence[str]) -> list[str]:
    """Leave out the courtesies before a name, but for one that the name is known with ("الملك سلمان")."""
    left = list(without_each(parts))
    kept = (one for one in left[:-1] if (found := known(one)) and found.entity.type == "PER")
    return next(kept, left[-1])


def _held_before(name: str, parts: Sequence[str]) -> Identity | None:
    """Return whom a name with an office behind it names."""
    at = _office_behind(parts)
    if not at:
        return None
    if parts[at].startswith("و") and heads()[parts[at]].skip:  # "دونالد ترامب والزعيم الكوري"
        return own_person(name, parts)
    holder = _known_by(parts[:at])
    fits = holder and may_hold(holder.entity, parts[at:], read_alone(parts[at:]))
    return holder if holder and fits else unknown(" ".join(name.split()[:at]), parts[:at])


def _group(name: str, parts: Sequence[str]) -> Identity | None:
    named = names_a_group(parts)
    return Identity(Entity(group_id(parts), "PER", " ".join(name.split())), _ALIKE) if named else None


def _said_otherwise(parts: Sequence[str]) -> Identity | None:
    """Return what is known by more or less than is said of it."""
    if daughter := _daughter(parts):
        return daughter
    if ministry := usual_ministry(parts):
        return read_arabic(ministry, fold_name(ministry).split())
    entity = without_apposed(parts)
    return Identity(entity, _APPOSED) if entity else None


def _daughter(parts: Sequence[str]) -> Identity | None:
    """Return the known woman whom a foreign name tells with whose daughter she is: "إيفانكا ابنة ترامب"."""
    hers = len(parts) > 2 and parts[1] == "بنت" and is_foreign([parts[0], *parts[2:]])
    return _known_by([parts[0], parts[-1]]) if hers else None


def _known_by(parts: Sequence[str]) -> Identity | None:
    """Return the known person of a name."""
    holder = known(parts) or _sounding(parts)
    return holder if holder and holder.entity.type == "PER" else None


def _office_behind(parts: Sequence[str]) -> int:
    """Return where an office begins behind who holds it ("إيمانويل ماكرون رئيس فرنسا"), 0 where none does."""
    ends = (at for at in range(1, len(parts) - 1) if parts[at] in heads())
    return next((at for at in ends if _is_held(parts[:at], parts[at:])), 0)


def _is_held(named: Sequence[str], behind: Sequence[str]) -> bool:
    """Tell whether words are an office as a whole, and those before them a person's name."""
    office = read_alone(behind)
    if office is None or office.size < len(behind):
        return False
    holder = known(named)
    if len(named) == 1:  # "ماكرون رئيس فرنسا"
        return holder is not None and holder.entity.type == "PER" and agrees(holder.entity, office)
    return bool(is_given(named[0]) or holder) and guess_type(named) == "PER"


def _goes_on(word: str) -> bool:
    """Tell a word that the office goes on with from a person's name: "رئيس الاتحاد المصري لكرة القدم"."""
    return word.startswith("ل") and not name_fame(word)


def _sounding(parts: Sequence[str]) -> Identity | None:
    name = " ".join(parts)
    found = next(filter(None, (find_variant(kind, name) for kind in _TYPES)), None)
    return Identity(found.known.entity, found.confidence) if found else None


def own_person(name: str, parts: Sequence[str]) -> Identity:
    """Return an entity of its own for somebody whom all the words of a name tell: "مستشار الرئيس أردوغان"."""
    return Identity(Entity(name_id("PER", " ".join(parts)), "PER", " ".join(name.split())), GUESSED)


def nameless(name: str) -> Identity | None:
    """Return an entity of its own for letters that are no one name, None for signs."""
    folded = fold_name(name)
    return Identity(Entity(stable_id("NAME", folded), "MISC", " ".join(name.split())), GUESSED) if folded else None


def unknown(name: str, parts: Sequence[str]) -> Identity:
    """Return an entity of its own for a name that no table has."""
    kind = guess_type(without_courtesies(parts))
    told = without_courtesies(parts) if kind == "PER" else parts
    return Identity(Entity(name_id(kind, " ".join(told)), kind, as_written(name, told)), GUESSED)

"""Say what a name alone stands for, without an article around it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.apposed import without_apposed
from pipelines.core.entities.courtesies import (
    honour_before,
    without_courtesies,
    without_each,
    without_latin_courtesies,
    without_rank,
)
from pipelines.core.entities.gazetteer import kind_of, names
from pipelines.core.entities.groups import group_id, names_a_group
from pipelines.core.entities.guess import guess_type
from pipelines.core.entities.known_by_ear import find_by_ear
from pipelines.core.entities.latin import in_arabic
from pipelines.core.entities.latin_features import hear_place
from pipelines.core.entities.latin_whole import arabic_whole, heard_words, latin_words
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_ids import name_id
from pipelines.core.entities.name_letters import plain_letters
from pipelines.core.entities.name_readings import (
    as_written,
    aside_of,
    called_otherwise,
    letters_before_hamza,
    readings,
    without_owner,
    without_proclitics,
    written_from,
)
from pipelines.core.entities.name_words import bare
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.alone import read_alone
from pipelines.core.entities.offices.ministries import usual_ministry
from pipelines.core.entities.offices.wordings import of_occupier
from pipelines.core.entities.places.toponyms import marked_place
from pipelines.core.entities.slips import name_fame
from pipelines.core.entities.tables import named, places
from pipelines.core.entities.variants import find_variant

_TYPES = ("PER", "ORG", "LOC")
SURE, _OF_SEVERAL, GUESSED, _APPOSED, _ALIKE, _BY_EAR = 0.95, 0.7, 0.2, 0.85, 0.8, 0.6
_LATIN = re.compile("[a-z\u00df-\u024f]", re.IGNORECASE)
_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3]")
_JOINED = re.compile(r" و (?=\w)")
_HARD_G = re.compile("[گڭڨݣڠ]")
_OF_ARABS = re.compile("[عحطصضظ]")
_FULL, _LONGEST = 3, 30  # in words: nobody knows a longer name
_CODED = re.compile(r"\d|^\W*[A-Z]{2,4}\W*$")
"""What the Arabic letters of a name would lose: "March 14 alliance", "SNP"."""


class Identity(NamedTuple):
    """An entity, how sure it is that the name means it, between 0 and 1, and the role where it is an office."""

    entity: Entity
    confidence: float
    role: str | None = None


@lru_cache(maxsize=NAMES)
def identify(name: str) -> Identity | None:
    """Return what a name stands for: what is known by it, else an entity of its own; None where nothing is named.

    >>> [identify(name).entity.qid for name in ("نتانياهو", "لحلف الناتو", "ڤلاديمير بوتن", "Manchester City")]
    ['Q43723', 'Q7184', 'Q7747', 'Q50602']
    >>> identify("غريغوري هندرسن").entity.entity_id == identify("Gregory Henderson").entity.entity_id
    True
    """
    name = plain_letters(name)
    name = name[letters_before_hamza(name) :]
    if letter := _HARD_G.search(name):
        return _with_hard_g(name, letter[0])
    if (at := aside_of(name)) and _ARABIC.search(name):
        return _with_aside(name[:at].rstrip(), name[at + 1 :].rstrip()[:-1])
    parts = _JOINED.sub(" و", fold_name(name)).split()
    parts = without_owner(parts[1:] if len(parts) > 1 and parts[0] == "في" else parts)
    if honour := honour_before(parts):
        return identify(written_from(name, parts, honour))
    if usual := called_otherwise(" ".join(parts)) or of_occupier(parts):  # "بطريرك الموارنة", "شرطة الاحتلال"
        return identify(usual)
    read = _unknown if len(parts) > _LONGEST else _read
    return read(name, parts) if parts else None


def _read(name: str, parts: list[str]) -> Identity | None:
    if _LATIN.search(name):
        return _in_both(name, parts)
    if marked := marked_place(name, parts):
        return Identity(marked, SURE)
    return next(filter(None, map(_known, readings(parts))), None) or _otherwise(name, without_proclitics(parts))


def _in_both(name: str, parts: Sequence[str]) -> Identity | None:
    """Read a name with Latin letters: by its Arabic ones where it has some ("أنجيلا ميركل Angela Merkel")."""
    arabic = [part for part in parts if not _LATIN.search(part)]
    if not _ARABIC.search(" ".join(arabic)):
        return _in_latin(name, parts)
    return _known(parts) or identify(" ".join(arabic))


def _with_hard_g(name: str, letter: str) -> Identity | None:
    """Read a letter that each country has for its g ("گوتيريش") as what leads to who is known, or to a known word."""
    spelt = [name.replace(letter, other) for other in ("كقغج" if _OF_ARABS.search(name) else "غقجك")]
    known = next((found for found in map(identify, spelt) if found and found.confidence > GUESSED), None)
    return known or identify(max(spelt, key=lambda one: sum(name_fame(bare(word)) for word in fold_name(one).split())))


def _with_aside(name: str, aside: str) -> Identity | None:
    """Read a name with another in brackets: "منظمة الأغذية والزراعة (الفاو)"."""
    told, other = identify(name), identify(aside)
    known = other and other.confidence > GUESSED and told and told.confidence <= GUESSED
    return other if known else told


def _known(parts: Sequence[str]) -> Identity | None:
    key = "".join(parts)
    found = names().get(key)
    if not found:
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
    return Identity(bearers[0].entity, _OF_SEVERAL if several else SURE)


def _otherwise(name: str, parts: Sequence[str]) -> Identity | None:
    told = next(((office, left) for left in without_each(parts) if (office := read_alone(left))), None)
    office, parts = told or (None, parts)  # "سمو أمير الكويت"
    if office and office.size == len(parts):
        return Identity(office.entity, SURE, office.role)
    person = parts[office.size :] if office else without_rank(parts)
    if len(person) < len(parts) and (holder := _known(person) or _sounding(person)) and holder.entity.type == "PER":
        return holder
    if names_a_group(parts):
        return Identity(Entity(group_id(parts), "PER", " ".join(name.split())), _ALIKE)
    found = _sounding(parts)
    if found is None and (ministry := usual_ministry(parts)):
        return identify(ministry)
    if found is None and (entity := without_apposed(parts)):
        return Identity(entity, _APPOSED)
    held = office and len(person) > 1 and guess_type(person) == "PER" and not _goes_on(person[0])
    return found or _unknown(name, person if held else parts)


def _goes_on(word: str) -> bool:
    """Tell a word that the office goes on with from a person's name: "رئيس الاتحاد المصري لكرة القدم"."""
    return word.startswith("ل") and not name_fame(word)


def _in_latin(name: str, parts: Sequence[str]) -> Identity:
    told = without_latin_courtesies(latin_words(name))
    title = arabic_whole(name)
    if title and (found := identify(title)):
        return found
    if found := _known(parts):
        return found
    written = in_arabic(" ".join(told))
    known = find_by_ear(written) or find_by_ear(in_arabic(" ".join(told).replace("v", "w")))
    if known:
        return Identity(known.known.entity, known.confidence)
    written = in_arabic(" ".join(without_latin_courtesies(heard_words(name))))
    place = hear_place(told) if len(told) < _FULL and not _CODED.search(name) else None
    found = Identity(place.entity, _BY_EAR) if place else identify(written)
    if found is None or found.confidence > GUESSED:
        return found or _unknown(name, parts)
    if _CODED.search(name):
        return _unknown(name, parts)
    kind = found.entity.type if len(told) == 1 else "PER"  # "COMESA"
    meant = " ".join(without_courtesies(written.split())) if kind == "PER" else written
    return found._replace(entity=Entity(name_id(kind, meant), kind, " ".join(name.split())))


def _sounding(parts: Sequence[str]) -> Identity | None:
    name = " ".join(parts)
    found = next(filter(None, (find_variant(kind, name) for kind in _TYPES)), None)
    return Identity(found.known.entity, found.confidence) if found else None


def _unknown(name: str, parts: Sequence[str]) -> Identity:
    kind = guess_type(without_courtesies(parts))
    told = without_courtesies(parts) if kind == "PER" else parts
    return Identity(Entity(name_id(kind, " ".join(told)), kind, as_written(name, told)), GUESSED)

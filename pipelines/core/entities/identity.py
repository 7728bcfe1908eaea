"""Say what a name alone stands for, without an article around it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.courtesies import honour_before, without_courtesies, without_latin_courtesies
from pipelines.core.entities.identity_arabic import GUESSED, OF_SEVERAL, SURE, Identity, known, read_arabic, unknown
from pipelines.core.entities.known_by_ear import find_by_ear
from pipelines.core.entities.latin import in_arabic
from pipelines.core.entities.latin_features import hear_place
from pipelines.core.entities.latin_heard import (
    given_first,
    has_arab_article,
    is_place_spelt,
    is_word_spelt,
    unlikeliness,
)
from pipelines.core.entities.latin_holders import named_with_office, owns_what_follows
from pipelines.core.entities.latin_whole import arabic_whole, heard_words, latin_words
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_ids import name_id
from pipelines.core.entities.name_letters import plain_letters
from pipelines.core.entities.name_readings import (
    aside_of,
    called_otherwise,
    letters_before_hamza,
    without_owner,
    written_from,
)
from pipelines.core.entities.name_words import bare
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.wordings import of_occupier
from pipelines.core.entities.slips import name_fame

_BY_EAR, _UNLIKELY, _SLIP = 0.6, 1.5, 0.6
_LATIN = re.compile("[a-z\u00df-\u024f]", re.IGNORECASE)
_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3]")
_JOINED = re.compile(r" و (?=\w)")
_HARD_G = re.compile("[گڭڨݣڠ]")
_OF_ARABS = re.compile("[عحطصضظ]")
_FULL, _LONGEST = 3, 30  # in words: nobody knows a longer name
_CODED = re.compile(r"\d|^\W*[A-Z]{2,4}\W*$")
"""What the Arabic letters of a name would lose: "March 14 alliance", "SNP"."""


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
    if (at := aside_of(name)) and (told := _with_aside(name[:at].rstrip(), name[at + 1 :].rstrip()[:-1])):
        return told
    parts = _JOINED.sub(" و", fold_name(name)).split()
    parts = without_owner(parts[1:] if len(parts) > 1 and parts[0] == "في" else parts)
    if honour := honour_before(parts):
        return identify(written_from(name, parts, honour))
    if usual := called_otherwise(" ".join(parts)) or of_occupier(parts):  # "بطريرك الموارنة", "شرطة الاحتلال"
        return identify(usual)
    if len(parts) > _LONGEST:
        return unknown(name, parts)
    read = _in_both if _LATIN.search(name) else read_arabic
    return read(name, parts) if parts else None


def _in_both(name: str, parts: Sequence[str]) -> Identity | None:
    """Read a name with Latin letters: by its Arabic ones where it has some ("أنجيلا ميركل Angela Merkel")."""
    arabic = [part for part in parts if not _LATIN.search(part)]
    if not _ARABIC.search(" ".join(arabic)):
        return _in_latin(name, parts)
    return known(parts) or identify(" ".join(arabic))


def _with_hard_g(name: str, letter: str) -> Identity | None:
    """Read a letter that each country has for its g ("گوتيريش") as what leads to who is known, or to a known word."""
    spelt = [name.replace(letter, other) for other in ("كقغج" if _OF_ARABS.search(name) else "غقجك")]
    known = next((found for found in map(identify, spelt) if found and found.confidence > GUESSED), None)
    return known or identify(max(spelt, key=lambda one: sum(name_fame(bare(word)) for word in fold_name(one).split())))


def _with_aside(name: str, aside: str) -> Identity | None:
    """Read a name with another in brackets: "منظمة الأغذية والزراعة (الفاو)"; a place there says where it is."""
    told, other = identify(name), identify(aside)
    if told is None or other is None or told.confidence > GUESSED or other.confidence == GUESSED:
        return told
    if other.entity.type == "LOC":
        return told if _ARABIC.search(name) else None  # "Barbara (Somaliland)"
    return other


def _in_latin(name: str, parts: Sequence[str]) -> Identity:
    told = without_latin_courtesies(latin_words(name))
    title = arabic_whole(name)
    if title and (found := identify(title)):
        return found
    if found := known(parts):
        return found
    if holder := _behind_office(name):
        return holder
    if turned := given_first(name):
        return _in_latin(turned, parts[::-1])
    return _by_ear(name, told) or _heard(name, told, parts)


def _by_ear(name: str, told: Sequence[str]) -> Identity | None:
    """Return the known person, or the place of the Arab world, that a name in Latin letters sounds like."""
    written = in_arabic(" ".join(told))
    person = find_by_ear(written, told) or find_by_ear(in_arabic(" ".join(told).replace("v", "w")), told)
    if person:
        return Identity(person.known.entity, person.confidence)
    place = hear_place(told) if len(told) < _FULL and not _CODED.search(name) else None
    heard = place is not None and is_place_spelt(told, place.entity.name, place, has_arab_article(name))
    return Identity(place.entity, _BY_EAR) if place and heard else None


def _heard(name: str, told: Sequence[str], parts: Sequence[str]) -> Identity:
    """Return what is known by a name in Latin letters as it is written in Arabic, else an entity by what is heard."""
    written = in_arabic(" ".join(without_latin_courtesies(heard_words(name))))
    if not written:
        return unknown(name, parts)
    found = read_arabic(written, written.split(), stuck=False)
    if found.confidence > GUESSED and not owns_what_follows(name) and _is_spelt(name, told, written, found):
        return found
    if _CODED.search(name):
        return unknown(name, parts)
    kind = unknown(written, written.split()).entity.type if len(told) == 1 else "PER"  # "COMESA"
    meant = " ".join(without_courtesies(written.split())) if kind == "PER" else written
    return Identity(Entity(name_id(kind, meant), kind, " ".join(name.split())), GUESSED)


def _is_spelt(name: str, told: Sequence[str], written: str, found: Identity) -> bool:
    """Tell whether a name in Latin letters spells what was found by what is heard: a word must do so exactly."""
    if len(told) > 1:
        slip = found.confidence <= _SLIP  # of Arabic letters, and these are heard
        return not slip if found.entity.type == "PER" else unlikeliness(told, written) <= _UNLIKELY
    exact = found.confidence in (SURE, OF_SEVERAL)
    return exact and is_word_spelt(told[0], written, found.entity.type, has_arab_article(name))


def _behind_office(name: str) -> Identity | None:
    """Return whom a name in Latin letters names with the office that he holds."""
    for person in named_with_office(name):
        holder = identify(person)
        if holder and holder.entity.type == "PER" and (" " in person or holder.confidence > GUESSED):
            return holder
    return None

"""Say what a name alone stands for, without an article around it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.courtesies import honour_before
from pipelines.core.entities.identity_arabic import GUESSED, SURE, Identity, known, nameless, read_arabic, unknown
from pipelines.core.entities.identity_latin import read_latin
from pipelines.core.entities.name_letters import has_several_tags, plain_letters
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
from pipelines.core.entities.places.apposed_country import place_within
from pipelines.core.entities.slips import name_fame

_LATIN = re.compile("[a-z\u00df-\u024f]", re.IGNORECASE)
_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3]")
_JOINED = re.compile(r" و (?=\w)")
_HARD_G = re.compile("[گڭڨݣڠ]")
_OF_ARABS = re.compile("[عحطصضظ]")
_LONGEST, _MOST_LETTERS = 30, 60
"""In words, and in letters of a word: nobody knows a longer name."""


@lru_cache(maxsize=NAMES)
def identify(name: str) -> Identity | None:
    """Return what a name stands for: what is known by it, else an entity of its own; None where nothing is named.

    >>> [identify(name).entity.qid for name in ("نتانياهو", "لحلف الناتو", "ڤلاديمير بوتن", "Manchester City")]
    ['Q43723', 'Q7184', 'Q7747', 'Q50602']
    >>> identify("غريغوري هندرسن").entity.entity_id == identify("Gregory Henderson").entity.entity_id
    True
    """
    plain = plain_letters(name)
    if has_several_tags(name) or any(len(word) > _MOST_LETTERS for word in plain.split()):
        return nameless(plain)
    plain = plain[letters_before_hamza(plain) :]
    if letter := _HARD_G.search(plain):
        return _with_hard_g(plain, letter[0])
    if place := place_within(plain):
        return Identity(place, SURE if place.qid or place.geonames_id else GUESSED)
    return _with_aside(plain) or _read(plain)


def _read(name: str) -> Identity | None:
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
        return read_latin(name, parts, identify)
    return known(parts) or identify(" ".join(arabic))


def _with_hard_g(name: str, letter: str) -> Identity | None:
    """Read a letter that each country has for its g ("گوتيريش") as what leads to who is known, or to a known word."""
    spelt = [name.replace(letter, other) for other in ("كقغج" if _OF_ARABS.search(name) else "غقجك")]
    known = next((found for found in map(identify, spelt) if found and found.confidence > GUESSED), None)
    return known or identify(max(spelt, key=lambda one: sum(name_fame(bare(word)) for word in fold_name(one).split())))


def _with_aside(name: str) -> Identity | None:
    """Read a name with another in brackets: "منظمة الأغذية والزراعة (الفاو)"; a place there says where it is."""
    at = aside_of(name)
    told, other = (identify(name[:at].rstrip()), identify(name[at + 1 :].rstrip()[:-1])) if at else (None, None)
    if told is None or other is None or told.confidence > GUESSED or other.confidence == GUESSED:
        return told
    if other.entity.type == "LOC":
        return told if _ARABIC.search(name[:at]) else None  # "Barbara (Somaliland)"
    return other

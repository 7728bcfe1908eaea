"""Say what a name in Latin letters stands for."""

import re
from collections.abc import Callable, Sequence

from pipelines.core.entities.courtesies import without_courtesies, without_latin_courtesies
from pipelines.core.entities.identity_arabic import GUESSED, OF_SEVERAL, SURE, Identity, known, read_arabic, unknown
from pipelines.core.entities.known_by_ear import find_by_ear
from pipelines.core.entities.latin import in_arabic
from pipelines.core.entities.latin_beside import is_body_of, owns_what_follows, rank_told, tells_of_others, told_by_kin
from pipelines.core.entities.latin_features import hear_place
from pipelines.core.entities.latin_heard import (
    given_first,
    has_arab_article,
    is_place_spelt,
    is_word_spelt,
    unlikeliness,
)
from pipelines.core.entities.latin_holders import honoured_office, named_with_office
from pipelines.core.entities.latin_whole import arabic_whole, heard_words, latin_words
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_ids import name_id
from pipelines.core.entities.name_words import latin_hers
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.alone import read_alone
from pipelines.core.entities.offices.callings import agrees, may_hold
from pipelines.core.entities.tables import stable_id

Identify = Callable[[str], Identity | None]
_BY_EAR, _UNLIKELY, _SLIP = 0.6, 1.5, 0.6
_FULL = 3
_CODED = re.compile(r"\d|^\W*[A-Z]{2,4}\W*$")
"""What the Arabic letters of a name would lose: "March 14 alliance", "SNP"."""


def read_latin(name: str, parts: Sequence[str], identify: Identify) -> Identity:
    """Return what a name in Latin letters stands for; `identify` reads what it leads to in Arabic, and parts of it."""
    if less := honoured_office(name):
        return read_latin(less, fold_name(less).split(), identify)
    if called := told_by_kin(name):  # "Melania Trump, wife of President Trump"
        several = len(latin_words(called)) > 1
        holder = identify(called) if several else None
        return holder if holder and holder.entity.type == "PER" else _own(called if several else name)
    found = _known(name, parts, identify) or _heard(name, parts)
    if found.entity.type != "PER" or found.role or _CODED.search(name):
        return found
    if is_body_of(name):  # "President Barack Obama Foundation"
        return Identity(Entity(name_id("ORG", _written(name)), "ORG", " ".join(name.split())), GUESSED)
    if tells_of_others(name):  # "Angela Merkel and Emmanuel Macron"
        return _own(name)
    return found if may_hold(found.entity, rank_told(name), None) else _own(name)


def _known(name: str, parts: Sequence[str], identify: Identify) -> Identity | None:
    title = arabic_whole(name)
    if title and (found := identify(title)):
        return found
    if found := known(parts):
        return found
    if holder := _beside_office(name, identify):
        return holder
    if turned := given_first(name):
        return read_latin(turned, parts[::-1], identify)
    return _by_ear(name, without_latin_courtesies(latin_words(name)))


def _by_ear(name: str, told: Sequence[str]) -> Identity | None:
    """Return the known person, or the place of the Arab world, that a name in Latin letters sounds like."""
    written = in_arabic(" ".join(told))
    person = find_by_ear(written, told) or find_by_ear(in_arabic(" ".join(told).replace("v", "w")), told)
    if person:
        return Identity(person.known.entity, person.confidence)
    place = hear_place(told) if len(told) < _FULL and not _CODED.search(name) else None
    heard = place is not None and is_place_spelt(told, place.entity.name, place, has_arab_article(name))
    return Identity(place.entity, _BY_EAR) if place and heard else None


def _heard(name: str, parts: Sequence[str]) -> Identity:
    """Return what is known by a name in Latin letters as it is written in Arabic, else an entity by what is heard."""
    told = without_latin_courtesies(latin_words(name))
    written = _written(name)
    if not written:
        return unknown(name, parts)
    found = read_arabic(written, written.split(), stuck=False)
    if found.confidence > GUESSED and not owns_what_follows(name) and _is_spelt(name, told, written, found):
        return found
    if _CODED.search(name):
        return unknown(name, parts)
    kind = unknown(written, written.split()).entity.type if len(told) == 1 else "PER"  # "COMESA"
    if kind == "PER":
        return _own(name)
    return Identity(Entity(name_id(kind, written), kind, " ".join(name.split())), GUESSED)


def _own(name: str) -> Identity:
    """Return somebody of his own by what is heard of a Latin name; Danielle is not Daniel, who is heard the same."""
    words = without_courtesies(_written(name).split()) or fold_name(name).split()
    hers = latin_hers().intersection(without_latin_courtesies(latin_words(name))[:1])
    heard = name_id("PER", " ".join(words))
    return Identity(Entity(stable_id("HERS", heard) if hers else heard, "PER", " ".join(name.split())), GUESSED)


def _written(name: str) -> str:
    """Write in Arabic what is heard of a name in Latin letters, but for what stands before it."""
    return in_arabic(" ".join(without_latin_courtesies(heard_words(name))))


def _is_spelt(name: str, told: Sequence[str], written: str, found: Identity) -> bool:
    """Tell whether a name in Latin letters spells what was found by what is heard: a word must do so exactly."""
    if len(told) > 1:
        slip = found.confidence <= _SLIP  # of Arabic letters, and these are heard
        return not slip if found.entity.type == "PER" else unlikeliness(told, written) <= _UNLIKELY
    exact = found.confidence in (SURE, OF_SEVERAL)
    return exact and is_word_spelt(told[0], written, found.entity.type, has_arab_article(name))


def _beside_office(name: str, identify: Identify) -> Identity | None:
    """Return whom a name in Latin letters names with the office that he holds."""
    for told in named_with_office(name):
        holder = identify(told.name)
        if not holder or holder.entity.type != "PER":
            continue
        office = read_alone(told.office) if told.office else None
        fits = told.behind or (office is not None and agrees(holder.entity, office))  # "Macron, president of France"
        if " " not in told.name and (holder.confidence == GUESSED or not fits):
            continue
        return holder if may_hold(holder.entity, told.office, office) else _own(told.name)
    return None

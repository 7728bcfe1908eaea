"""Find a place by its name and the country, or the state of one, that is told behind a comma: "Córdoba, Argentina"."""

import re
from collections.abc import Sequence
from itertools import chain

from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.latin import in_arabic, plain_latin
from pipelines.core.entities.latin_titles import arabic_title
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_ids import name_id
from pipelines.core.entities.names import name_key
from pipelines.core.entities.tables import Known, lie_near

_COMMA = re.compile("[,،]")
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_AROUND, _STATE = frozenset(("country", "admin1", "region")), 5.0
"""What a place may be said to lie in, and how many degrees off the middle of a region it still does."""


def place_within(name: str) -> Entity | None:
    """Return the place of a name that lies where the words behind its comma say, one of its own where none is known.

    None where no place is named so, or something else stands behind the comma.

    >>> [place_within(name).country for name in ("Córdoba, Spain", "Córdoba, Argentina", "عمان، الأردن")]
    ['ES', 'AR', 'JO']
    >>> place_within("Paris, Macron"), place_within("باريس")
    (None, None)
    """
    first, *others = (part.strip() for part in _COMMA.split(name))
    around = [[known for known in _bearers(other) if known.kind in _AROUND] for other in others]
    bearers = _bearers(first) if around and all(around) else ()
    if not bearers:
        return None
    lying = [known for known in bearers if known.kind != "country" and all(_lies(known, places) for places in around)]
    told = " ".join(_COMMA.sub(" ", name).split())
    return lying[0].entity if lying else Entity(name_id("LOC", told), "LOC", name)


def _lies(known: Known, around: Sequence[Known]) -> bool:
    """Tell whether a place is in one of some countries, their divisions or regions."""
    return any(known.entity.country == one.entity.country and _is_part(known, one) for one in around)


def _is_part(known: Known, whole: Known) -> bool:
    if whole.kind == "country":
        return True
    if whole.kind == "admin1":
        return known.entity.admin1 == whole.entity.admin1
    return lie_near(known.entity, whole.entity, _STATE, unknown=False)


def _bearers(name: str) -> Sequence[Known]:
    """Return the places of a name in either script, by each way that it is written in Arabic."""
    plain = plain_latin(name) if _LATIN.search(name) else ""
    spelt = (arabic_title(plain), in_arabic(plain)) if plain else (name,)
    found = (names().get(name_key(one), {}).get("LOC", ()) for one in spelt if one)
    return list(dict.fromkeys(chain.from_iterable(found)))

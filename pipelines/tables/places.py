"""Where a place lies and what kind of place it is, from the record or else from the gazetteer."""

from functools import cache, lru_cache

from pipelines.core.entities.tables import Known, places
from pipelines.core.text.fold import fold_text
from pipelines.tables.table import Fields, Row


@cache
def known_places() -> dict[str, Known]:
    """Return every place of the gazetteer by its entity_id."""
    table: dict[str, Known] = {}
    for bearers in places().values():
        for known in bearers:
            table.setdefault(known.entity.entity_id, known)
    return table


def located(entity: Fields | None) -> Row:
    """Return country, division, coordinates (degrees, WGS 84) and kind of the entity, None where nobody knows.

    >>> located({"entity_id": "Q1530", "country": "IQ"})["place_kind"]  # بغداد
    'capital'
    """
    known = known_places().get(entity["entity_id"]) if entity else None
    found = known.entity if known else None
    row = {name: entity.get(name) if entity else None for name in ("country", "admin1", "latitude", "longitude")}
    if found and (row["latitude"] is None or row["longitude"] is None):
        row |= {"latitude": found.latitude, "longitude": found.longitude}
    row["admin1"] = row["admin1"] or (found.admin1 if found else None)
    return row | {"country": row["country"] or (found and found.country), "place_kind": known.kind if known else None}


def sought(*named: Fields | None) -> str:
    """Return the ids and names of entities as one folded text in which `needle` finds whole words.

    >>> needle("الأمم المتحدة") in sought({"entity_id": "Q1065", "name": "الامم المتحده", "text": "الأمم المتّحدة"})
    True
    """
    words = [one.get(name) or "" for one in named if one for name in ("entity_id", "name", "text", "admin1")]
    return "".join(needle(word) for word in words)


@lru_cache(maxsize=65536)
def needle(words: str) -> str:
    """Return what stands in `sought` where an entity has that id, or those words in its name."""
    return f" {fold_text(words).strip().lower()} "

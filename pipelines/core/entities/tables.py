"""Load the tables of known places, people and organisations (`resources/entities/`)."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pipelines.core.entities.mention import Entity
from pipelines.core.entities.names import RESOURCES, fold_name, name_key
from pipelines.core.ids import digest

_RANKS = ("admin1", "city", "region", "metonym", "capital", "country")
_ENDINGS = ("", "ه", "ا", "ان", "ين", "ون", "ات", "تان", "تين")
_JOINED = frozenset(("عبد", "ابو", "ام", "سيف", "نصر"))


class Known(NamedTuple):
    """An entity, what it is (country, capital, city, admin1, region, metonym, PER or ORG), and its population."""

    entity: Entity
    kind: str
    population: int

    @property
    def rank(self) -> tuple[int, int]:
        """Order the bearers of one place name by prominence."""
        return _RANKS.index(self.kind), self.population


def rows(name: str) -> Iterator[dict[str, str]]:
    """Read a table, gzipped or not, as dictionaries."""
    raw = RESOURCES.joinpath(*name.split("/")).read_bytes()
    lines = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode().splitlines()
    columns = lines[0].split("\t")
    return (dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:])


def stable_id(kind: str, key: str) -> str:
    """Make the id of an entity that no register knows, from its type and key."""
    return "n" + digest(kind, key)


def _entity(row: dict[str, str], kind: str, name: str) -> Entity:
    qid, geonames, latitude = row["qid"], row.get("geonames"), row.get("lat")
    return Entity(
        entity_id=qid or (f"g{geonames}" if geonames else stable_id(kind, name_key(name) + row["country"])),
        type=kind,
        name=name,
        qid=qid or None,
        geonames_id=int(geonames) if geonames else None,
        country=row["country"] or None,
        admin1=row.get("admin1") or None,
        latitude=float(latitude) if latitude and row["lon"] else None,
        longitude=float(row["lon"]) if latitude and row["lon"] else None,
    )


def _sourced_places() -> Iterator[tuple[Known, list[str]]]:
    for table in ("odbl/countries.tsv", "places_geonames.tsv.gz", "odbl/places.tsv.gz"):
        for row in rows(table):
            entity = _entity(row, "LOC", row["name"])
            yield Known(entity, row["kind"], int(float(row["population"] or 0))), row["keys"].split("|")


def _own_places(countries: dict[str, Known], sourced: dict[str, list[Known]]) -> Iterator[tuple[Known, list[str]]]:
    """Give our own rows; one without an id stands for the sourced place of its name and country, where there is one."""
    for row in rows("places.tsv"):
        names = [fold_name(name) for name in row["names"].split("|")]
        known = Known(_entity(row, "LOC", row["names"].split("|")[0]), row["kind"], 1)
        if row["kind"] == "alias":
            known = countries[row["country"]]
        elif not row["qid"] and row["country"]:
            same = [
                bearer for name in names for bearer in sourced.get(name, ()) if bearer.entity.country == row["country"]
            ]
            known = same[0]._replace(kind=row["kind"]) if same else known
        yield known, names


def _prefer(own: Known, bearers: list[Known]) -> list[Known]:
    """Put our own row before the sourced rows, taking over the coordinates of the one it stands for."""
    same = [bearer for bearer in bearers if bearer.entity.qid and bearer.entity.qid == own.entity.qid]
    if same and own.kind != "country":
        known, entity = same[0], own.entity
        coordinates = (known.entity.latitude, known.entity.longitude)
        entity = replace(
            entity, geonames_id=known.entity.geonames_id, latitude=coordinates[0], longitude=coordinates[1]
        )
        own = Known(entity, own.kind, known.population)
    return [own, *(bearer for bearer in bearers if bearer not in same and bearer != own)]


@cache
def places() -> dict[str, list[Known]]:
    """Load every place by folded name with spaces, the most prominent bearer of a name first."""
    table: dict[str, list[Known]] = {}
    countries: dict[str, Known] = {}
    for known, names in _sourced_places():
        if known.kind == "country" and known.entity.country:
            countries[known.entity.country] = known
        for name in names:
            table.setdefault(name, []).append(known)
    for bearers in table.values():
        bearers.sort(key=lambda bearer: bearer.rank, reverse=True)
    for known, names in _own_places(countries, table):
        for name in names:
            table[name] = _prefer(known, table.get(name, []))
    return table


@cache
def named() -> dict[str, Known]:
    """Load people and organisations by folded name with spaces; the first table that has a name keeps it."""
    table: dict[str, Known] = {}
    for file, kind in (("people.tsv", "PER"), ("organisations.tsv", "ORG")):
        for row in rows(file):
            names = row["names"].split("|")
            known = Known(_entity(row, kind, names[0]), kind, 0)
            for name in names:
                table.setdefault(fold_name(name), known)
    return table


@cache
def countries() -> dict[str, Entity]:
    """Load the countries by their ISO 3166-1 alpha-2 code."""
    found = (bearer for bearers in places().values() for bearer in bearers if bearer.kind == "country")
    return {known.entity.country: known.entity for known in found if known.entity.country}


@cache
def nisbas() -> dict[str, Entity]:
    """Load the adjectives and nouns of nation, each with its country.

    >>> nisbas()["التونسيين"].name
    'تونس'
    """
    table = {row["form"]: countries()[row["country"]] for row in rows("odbl/nisba.tsv")}
    for row in rows("nisba_more.tsv"):
        table.update(dict.fromkeys(inflect(row["base"]), countries()[row["country"]]))
    return table


def inflect(base: str) -> set[str]:
    """Inflect a folded adjective of nation, of one word or two: feminine, dual, plurals, with and without the article.

    >>> {"اميركيه", "الاميركيين", "اميركيا"} <= inflect("اميركي"), "الكوريه الشماليه" in inflect("كوري شمالي")
    (True, True)
    """
    stems = base.split(" ")
    forms = {" ".join(stem + ending for stem in stems) for ending in _ENDINGS}
    return forms | {" ".join("ال" + word for word in form.split(" ")) for form in forms if not form.endswith("يا")}


@cache
def first_words() -> frozenset[str]:
    """Collect every word that a name of several words begins with, also where it is written as one with the next."""
    firsts: set[str] = set()
    for name in (*places(), *named(), *nisbas()):
        words = name.split(" ")
        if len(words) > 1:
            firsts.add(words[0])
            firsts.update((words[0] + words[1],) if words[0] in _JOINED else ())
    return frozenset(firsts)

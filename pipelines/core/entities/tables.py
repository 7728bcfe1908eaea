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
DEGREE, _BESIDE = 1.0, 0.05
BY_HAND = 1
"""The population of a place that is only in our own table: one that the press writes about."""
_CLUB = "نادي "


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
    for table in ("odbl/countries.tsv", "places_geonames.tsv.gz", "odbl/places.tsv.gz", "places_national.tsv"):
        for row in rows(table):
            people = int(float(row["population"] or 0))
            yield Known(_entity(row, "LOC", row["name"]), row["kind"], people), row["keys"].split("|")


def _is_same(one: Entity, other: Entity) -> bool:
    same = one.geonames_id == other.geonames_id is not None
    return same or one.entity_id == other.entity_id


def _own_places(countries: dict[str, Known], sourced: dict[str, list[Known]]) -> Iterator[tuple[Known, list[str]]]:
    """Give our own rows; each takes over what the sources know of the place with its id, or of its name and country."""
    by_qid = {known.entity.qid: known for bearers in sourced.values() for known in bearers if known.entity.qid}
    for row in rows("places.tsv"):
        names = [fold_name(name) for name in row["names"].split("|")]
        own = Known(_entity(row, "LOC", row["names"].split("|")[0]), row["kind"], BY_HAND)
        if row["kind"] == "alias":
            yield countries[row["country"]], names
        else:
            yield _complete(own, by_qid.get(row["qid"]) or _namesake(own, names, sourced)), names


def _namesake(own: Known, names: list[str], sourced: dict[str, list[Known]]) -> Known | None:
    """Find the sourced place of the same name and country; one with another Wikidata id or far off is another place."""
    country = own.entity.country
    spelt = [*names, *(f"{name[:-1]}{other}" for name in names for other in "اه" if name[-1] in "اه")]
    found = (known for name in spelt for known in sourced.get(name, ()) if country == known.entity.country)
    fitting = (known for known in found if country and not (own.entity.qid and known.entity.qid))
    return next((known for known in fitting if lie_near(own.entity, known.entity, DEGREE, unknown=True)), None)


def lie_near(one: Entity, other: Entity, degrees: float, *, unknown: bool) -> bool:
    """Tell whether two places lie within some degrees of each other; `unknown` says so where nobody knows."""
    pairs = (one.latitude, other.latitude), (one.longitude, other.longitude)
    return all(unknown if first is None or second is None else abs(first - second) < degrees for first, second in pairs)


def _complete(own: Known, sourced: Known | None) -> Known:
    """Take over what the source knows of the place that our own row stands for."""
    if sourced is None or not own.entity.qid:
        return sourced._replace(kind=own.kind) if sourced else own
    ours, theirs = own.entity, sourced.entity
    division = (ours.admin1 or theirs.admin1) if ours.country else None
    point = (theirs.latitude, theirs.longitude) if theirs.latitude is not None else (ours.latitude, ours.longitude)
    taken = replace(ours, geonames_id=ours.geonames_id or theirs.geonames_id, admin1=division)
    return Known(replace(taken, latitude=point[0], longitude=point[1]), own.kind, sourced.population)


def _same_town(found: Known, name: str, towns: dict[tuple[str, str | None], Known]) -> Known:
    """Return the town of two sources, or of two spellings of its folded name, that was found first."""
    if found.kind not in ("city", "capital"):
        return found
    entity, name = found.entity, name.replace(" ", "").removeprefix("ال").rstrip("اهي")
    keys = [("", entity.qid)] * bool(entity.qid) + [(name, entity.country)]
    known = next((towns[key] for key in keys if key in towns), found)
    if known.entity.qid != entity.qid and not lie_near(known.entity, entity, _BESIDE, unknown=False):
        known = found
    for key in keys:
        towns.setdefault(key, known)
    return known


@cache
def places() -> dict[str, list[Known]]:
    """Load every place by folded name with spaces, the most prominent bearer of a name first."""
    table: dict[str, list[Known]] = {}
    countries: dict[str, Known] = {}
    towns: dict[tuple[str, str | None], Known] = {}
    for found, names in sorted(_sourced_places(), key=lambda pair: not pair[0].entity.qid):
        known = _same_town(found, names[0], towns)
        if known.kind == "country" and known.entity.country:
            countries[known.entity.country] = known
        for name in names:
            bearers = table.setdefault(name, [])
            bearers += [known] if known not in bearers else []
    for bearers in table.values():
        bearers.sort(key=lambda bearer: bearer.rank, reverse=True)
    for known, names in _own_places(countries, table):
        for name in names:
            table[name] = [
                known,
                *(bearer for bearer in table.get(name, ()) if not _is_same(bearer.entity, known.entity)),
            ]
    return table


def _named_rows() -> Iterator[tuple[Known, list[str]]]:
    """Give the people and bodies, those with a register's id or written by hand first."""
    for file, kind in (("people.tsv", "PER"), ("organisations.tsv", "ORG")):
        for row in rows(file):
            names = row["names"].split("|")
            yield Known(_entity(row, kind, names[0]), kind, 0), names
    for file, kind in (("people_more.tsv.gz", "PER"), ("bodies.tsv.gz", "ORG")):
        for row in rows(file):
            names = row["names"].split("|")
            yield Known(Entity(stable_id(kind, f"={name_key(names[0])}"), kind, names[0]), kind, 0), names


@cache
def named() -> dict[str, Known]:
    """Load people and organisations by folded name with spaces; the first row that has a name keeps it."""
    table: dict[str, Known] = {}
    for known, names in _named_rows():
        for name in map(fold_name, names):
            club = table.get(name.removeprefix(_CLUB))
            table.setdefault(name, club if club and club.kind == known.kind == "ORG" else known)
    return table


@cache
def namesakes() -> dict[tuple[str, str], tuple[Known, ...]]:
    """Load the people or bodies of one name by type and key, where several countries have one, the best known first.

    >>> [known.entity.country for known in namesakes()["ORG", name_key("الأهلي")]][:2]
    ['EG', 'SA']
    """
    table: dict[tuple[str, str], list[Known]] = {}
    for known, names in _named_rows():
        for key in {name_key(name) for name in names if known.entity.country}:
            table.setdefault((known.kind, key), []).append(known)
    return {key: tuple(bearers) for key, bearers in table.items() if len(bearers) > 1}

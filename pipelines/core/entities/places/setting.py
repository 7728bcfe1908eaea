"""Take down where an article is: the countries and the points on the map that its names speak for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import cos, floor, hypot, log10, radians
from typing import NamedTuple

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.names import name_key
from pipelines.core.entities.tables import Known, places

NAME = 2
_OUTLET = 1
_DOMINANT = 1.0
_CELL, _DEGREE = 2.0, 111.2


class Point(NamedTuple):
    """A place that the article names and that is where its name says, in degrees."""

    key: str
    latitude: float
    longitude: float


class Setting(NamedTuple):
    """Where an article is: how much of it speaks for each country, and its places on the map, by cells of 2 degrees."""

    countries: Counter[str]
    cells: Mapping[tuple[int, int], Sequence[Point]]

    def within(self, latitude: float, longitude: float, distance: float) -> Iterator[Point]:
        """Yield the places less than `distance` kilometres from a point; only the cells around it are searched."""
        narrow = max(cos(radians(latitude)), 0.01)
        high, wide = distance / _DEGREE, distance / _DEGREE / narrow
        for row in range(floor((latitude - high) / _CELL), floor((latitude + high) / _CELL) + 1):
            for column in range(floor((longitude - wide) / _CELL), floor((longitude + wide) / _CELL) + 1):
                for point in self.cells.get((row, column), ()):
                    if hypot(latitude - point.latitude, (longitude - point.longitude) * narrow) * _DEGREE < distance:
                        yield point


def place_key(candidate: Candidate) -> str:
    """Return the key that the tables know a place by ("أبي ظبي" as "أبو ظبي")."""
    return name_key(" ".join(candidate.words))


def survey(candidates: Sequence[Candidate], country: str | None) -> Setting:
    """Take down what the unambiguous names of an article speak for; the outlet's `country` weighs half a name."""
    support: Counter[str] = Counter()
    cells: dict[tuple[int, int], list[Point]] = {}
    for key in dict.fromkeys(place_key(candidate) for candidate in candidates):
        home, point = spoken_for(key)
        if home:
            support[home] += NAME
        if point:
            cells.setdefault((floor(point.latitude / _CELL), floor(point.longitude / _CELL)), []).append(point)
    if country:
        support[country] += _OUTLET
    return Setting(support, cells)


@lru_cache(maxsize=NAMES)
def spoken_for(key: str) -> tuple[str | None, Point | None]:
    """Return the country that a name speaks for, and the point it lies at unless it is as wide as a country.

    >>> spoken_for("بيروت")[0], spoken_for("طرابلس")[0]
    ('LB', None)
    """
    bearers = names().get(key, {})
    located = bearers.get("LOC", ())
    spoken = {known.entity.country for kind in ("LOC", "nisba") for known in bearers.get(kind, ())}
    if len(spoken) > 1 and not is_dominant(located):
        return None, None
    top = (*located, *bearers.get("nisba", ()))[:1]
    if not top:
        return None, None
    entity = top[0].entity
    wide = top[0].kind in ("country", "nisba", "metonym") or entity.latitude is None or entity.longitude is None
    return entity.country, None if wide else Point(key, entity.latitude or 0.0, entity.longitude or 0.0)


def is_dominant(located: Sequence[Known]) -> bool:
    """Tell whether nobody would think of another country's place of this name without being told."""
    if not located:
        return False
    others = [known for known in located if known.entity.country != located[0].entity.country]
    return all(prominence(located[0]) > prominence(other) + _DOMINANT for other in others)


def prominence(known: Known) -> float:
    """Say how well known a place is, in tenfolds of population."""
    if known.kind == "country":
        return 6.4
    if known.kind == "admin1":
        return log10(max(known.population, 10_000)) - 1.5
    if known.kind in ("region", "metonym"):
        return log10(max(known.population, 300_000))
    if known.kind == "capital":
        return log10(max(known.population, 1_000_000)) + 0.2
    return log10(max(known.population, 1_000))


@cache
def league() -> frozenset[str]:
    """Collect the countries of the Arab League: those whose divisions are known."""
    known = (known for bearers in places().values() for known in bearers if known.kind == "admin1")
    return frozenset(one.entity.country for one in known if one.entity.country)

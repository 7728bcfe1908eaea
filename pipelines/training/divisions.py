"""Tell which ISO 3166-2 division of an Arab country a city lies in, from the codes that its source gives."""

import re
from collections.abc import Mapping, Sequence
from math import cos, hypot, radians

from pipelines.core.entities.names import name_key
from pipelines.core.entities.tables import rows

Row = Mapping[str, str]

_NOT_NAMES = re.compile(r"^(?:منطقة|محافظة|ولاية|المنطقة|إمارة|إقليم|مدينة) ")
_NOT_LATIN = re.compile(r"^(?:al|el|ash|as|ad|ar|at|an|az)[ -]|[^a-zÀ-ž]")
# In degrees: a namesake's centre, one that is its seat for sure, a centre that need not be the nearest, a centre out of
# the country, one place.
_CLOSE, _SEAT, _NEAR, _FAR, _SAME = 2.0, 0.5, 1.2, 5.0, 0.3
_TOO_COARSE, _NESTED = frozenset(("PS",)), frozenset(("MA",))


class Divisions:
    """The first-level divisions, and the code that each has in GeoNames.

    dr5hn's codes are ISO's, and wrong where another division's centre is far nearer. A code of GeoNames is that of the
    division whose seat (`seats.tsv`) or namesake has it; the most populous namesakes are matched first, and a code that
    matches none stays unknown. A town close to the centre of its namesake lies there, whatever its code.
    """

    def __init__(self, divisions: Sequence[Row], cities: Sequence[Row]) -> None:
        self._known = {division["iso3166_2"]: division for division in divisions}
        self._named: dict[tuple[str, str], Row] = {}
        for division in divisions:
            for name in _names(division["native_ar"], division["name_en"]):
                self._named.setdefault((division["country"], name), division)
        self._seats = {(row["division"][:2], row["seat"]): row["division"] for row in rows("seats.tsv")}
        self._codes = self._match(cities)

    def _match(self, cities: Sequence[Row]) -> dict[tuple[str, str], str]:
        codes: dict[tuple[str, str], str] = {}
        ours = [city for city in cities if city["source"] == "geonames" and city["country"] not in _TOO_COARSE]
        ours.sort(
            key=lambda city: ((city["country"], city["name_en"]) not in self._seats, -int(city["population"] or 0))
        )
        for city in ours:
            code = city["country"], city["admin1code"]
            division = self._seats.get((city["country"], city["name_en"])) or self._namesake(city)
            if division and code[1] not in ("", "00") and code not in codes and division not in codes.values():
                codes[code] = division
        return codes

    def _namesake(self, city: Row, within: float = _CLOSE) -> str | None:
        names = (city["name_ar"], *re.split(r"[|;]", city["aliases_ar"] or "")), city["name_en"]
        found = (self._named.get((city["country"], name)) for given in names[0] for name in _names(given, names[1]))
        return next((one["iso3166_2"] for one in found if one and _apart(city, one) < within), None)

    @property
    def codes(self) -> dict[str, str]:
        """Give the divisions' codes in GeoNames ("SY.01") by their ISO 3166-2 codes, as far as they are told."""
        return {division: ".".join(code) for code, division in self._codes.items()}

    def of(self, city: Row) -> str | None:
        """Return the division's ISO 3166-2 code, or None where it is not clear."""
        if city["source"] == "dr5hn":
            own = self._known.get(f"{city['country']}-{city['admin1code']}")
            nearest = min(self._known.values(), key=lambda division: _apart(city, division))
            return own["iso3166_2"] if own and (own is nearest or _apart(city, own) < _NEAR) else None
        by_code = self._codes.get((city["country"], city["admin1code"]))
        if by_code and city["country"] in _NESTED:
            return by_code
        return self._namesake(city, _SEAT) or by_code or self._namesake(city)


def _names(arabic: str, latin: str) -> set[str]:
    given = name_key(_NOT_NAMES.sub("", arabic)), _NOT_LATIN.sub("", latin.lower())
    return {name for name in given if name}


def _apart(city: Row, division: Row) -> float:
    """Return the degrees between a city and a division's centre."""
    latitude = float(city["lat"])
    east = (float(city["lon"]) - float(division["lon"])) * cos(radians(latitude))
    return hypot(latitude - float(division["lat"]), east)


def is_astray(division: Row, cities: Sequence[Row]) -> bool:
    """Tell whether a division's centre is far from every city of its country: the source is wrong."""
    return all(_apart(city, division) > _FAR for city in cities if city["country"] == division["country"])


def drop_shared_ids(cities: Sequence[Row]) -> list[dict[str, str]]:
    """Leave a Wikidata id that several places have to the one that Natural Earth gives it to, and to its namesakes.

    Where Natural Earth says nothing, places of different names all lose it, and of those far apart all but one.
    """
    bearers: dict[str, list[Row]] = {}
    for city in sorted(cities, key=lambda city: (city["qid_source"] != "naturalearth", -int(city["population"] or 0))):
        if city["qid"]:
            bearers.setdefault(city["qid"], []).append(city)
    return [{**city, "qid": city["qid"] if _owns(city, bearers.get(city["qid"], ())) else ""} for city in cities]


def _owns(city: Row, bearers: Sequence[Row]) -> bool:
    """Tell whether an id is a city's, given all that have it, the likeliest first."""
    close = [other for other in bearers if _apart(other, bearers[0]) <= _SAME]
    is_sure = bool(close) and close[0]["qid_source"] == "naturalearth"
    return city in close and (_alike(city, close[0]) if is_sure else all(_alike(city, other) for other in close))


def _alike(one: Row, other: Row) -> bool:
    """Tell whether two rows are called alike, in Arabic or in Latin letters: one's name begins with the other's."""
    return _begins(_bare(one["name_ar"]), _bare(other["name_ar"])) or _begins(_latin(one), _latin(other))


def _begins(one: str, other: str) -> bool:
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _bare(name: str) -> str:
    return name_key(_NOT_NAMES.sub("", name)).removeprefix("ال")


def _latin(city: Row) -> str:
    return _NOT_LATIN.sub("", city["name_en"].lower())

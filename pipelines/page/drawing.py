"""Numbers of the drawings that templates write as SVG: charts and the map. Lengths are in the drawing's own units."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any, NamedTuple

Row = dict[str, Any]
MARGIN = 0.12
OUTERMOST = 0.05
LEAST_DEGREES = 9.0
"""A map shows at least so many degrees, so that one town does not fill it."""


class Box(NamedTuple):
    """A rectangle of a drawing."""

    left: float
    top: float
    width: float
    height: float

    def __str__(self) -> str:
        return " ".join(f"{number:.2f}" for number in self)


class Spot(NamedTuple):
    """A circle on the map and what it stands for; its name is written around `name_at`, inside the map."""

    x: float
    y: float
    radius: float
    row: Row
    is_named: bool
    name_at: float


class Map(NamedTuple):
    """What part of the world is seen, and the circles on it; `unit` is a length that looks the same in every map."""

    box: Box
    spots: list[Spot]
    unit: float


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a point stands on the map: Miller's projection, degrees of longitude as the unit, north up.

    >>> [round(number, 2) for number in project(33.3, 44.4)]
    [44.4, -34.57]
    """
    bounded = math.radians(max(-85.0, min(85.0, latitude)))
    return longitude, -math.degrees(1.25 * math.log(math.tan(math.pi / 4 + 0.4 * bounded)))


def draw_map(places: Sequence[Row], names: int = 12, shape: float = 1.5) -> Map:
    """Return a map around places (latitude, longitude, n), `shape` times as wide as high; the first are named."""
    points = [(*project(one["latitude"], one["longitude"]), one) for one in places]
    box = _around([(x, y, one["n"]) for x, y, one in points], shape)
    unit = box.width / 100
    most = max((one["n"] for one in places), default=1)
    spots = [Spot(x, y, unit * (0.35 + 2.2 * math.sqrt(one["n"] / most)), one, False, x) for x, y, one in points]
    return Map(box, _name_spots(spots, box, unit, names), unit)


def _name_spots(spots: Sequence[Spot], box: Box, unit: float, most: int) -> list[Spot]:
    """Name the first spots whose names do not lie over another's."""
    taken: list[Box] = []
    told = []
    for spot in spots:
        width = unit * (1.3 * len(spot.row["name"]) + 1)
        at = min(max(spot.x, box.left + width / 2), box.left + box.width - width / 2)
        label = Box(at - width / 2, spot.y - spot.radius - 3.4 * unit, width, 3.4 * unit)
        is_seen = box.left <= spot.x <= box.left + box.width and box.top <= spot.y <= box.top + box.height
        is_named = is_seen and len(taken) < most and not any(_overlap(label, other) for other in taken)
        taken += [label] * is_named
        told.append(spot._replace(is_named=is_named, name_at=at))
    return told


def _overlap(one: Box, other: Box) -> bool:
    beside = one.left + one.width < other.left or other.left + other.width < one.left
    return not (beside or one.top + one.height < other.top or other.top + other.height < one.top)


def _around(points: Sequence[tuple[float, float, int]], shape: float) -> Box:
    """Return a box around points, but for the outermost twentieth of their weight on every side."""
    if not points:
        left, top = project(45, -20)
        return Box(left, top, 85, 85 / shape)
    (west, east), (north, south) = (_middle([(one[axis], one[2]) for one in points]) for axis in (0, 1))
    width = max((east - west) * (1 + 2 * MARGIN), LEAST_DEGREES)
    height = max((south - north) * (1 + 2 * MARGIN), LEAST_DEGREES / shape)
    width, height = max(width, height * shape), max(height, width / shape)
    return Box((west + east - width) / 2, (north + south - height) / 2, width, height)


def _middle(weighted: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """Return between which values all lie but a twentieth of the weight at either end.

    >>> _middle([(value, 10) for value in range(30)]), _middle([(1.0, 1), (9.0, 1)])
    ((1, 28), (1.0, 9.0))
    """
    ordered = sorted(weighted)
    cut = sum(weight for _, weight in ordered) * OUTERMOST
    sums = list(accumulate(weight for _, weight in ordered))
    first = next(value for (value, _), total in zip(ordered, sums, strict=True) if total > cut)
    last = next(value for (value, _), total in zip(ordered, sums, strict=True) if total >= sums[-1] - cut)
    return first, last


class Bar(NamedTuple):
    """A bar of a chart: where it stands and how high its two parts are, as shares of the chart."""

    at: float
    width: float
    lower: float
    upper: float
    label: str
    number: int


def bars(rows: Sequence[Row], lower: str, upper: str, label: str) -> list[Bar]:
    """Return a bar a row: `lower` and `upper` name the columns that stand on each other.

    >>> [bar[:4] for bar in bars([{"w": "a", "a": 1, "b": 1}, {"w": "b", "a": 4, "b": 0}], "a", "b", "w")]
    [(0.0, 0.5, 0.25, 0.25), (0.5, 0.5, 1.0, 0.0)]
    """
    most = max((row[lower] + row[upper] for row in rows), default=1) or 1
    width = 1 / max(len(rows), 1)
    return [
        Bar(at * width, width, row[lower] / most, row[upper] / most, str(row[label]), row[lower] + row[upper])
        for at, row in enumerate(rows)
    ]


def spark(moments: Sequence[tuple[datetime, bool]], begin: datetime, end: datetime, steps: int) -> list[float]:
    """Return how many moments fall into each of some equal steps, as shares of the most that do.

    >>> noon, one = datetime(2026, 3, 10, 12), datetime(2026, 3, 10, 13)
    >>> spark([(noon, False), (one, False), (one, True)], noon, one, 2)
    [0.5, 1.0]
    """
    length = max((end - begin).total_seconds(), 1.0)
    counted = [0] * steps
    for moment, _ in moments:
        at = int((moment - begin).total_seconds() / length * steps)
        counted[min(max(at, 0), steps - 1)] += 1
    most = max(counted) or 1
    return [number / most for number in counted]


class Lane(NamedTuple):
    """An outlet's line in a story: where on it (0 to 1) each article stands, and whether it is a copy."""

    outlet: str
    dots: list[tuple[float, bool, Mapping[str, Any]]]


def lanes(articles: Sequence[Row]) -> list[Lane]:
    """Return a line an outlet, the first to publish first; `articles` are in order of publication."""
    moments = [one["published_at"] for one in articles]
    begin, end = min(moments), max(moments)
    length = max((end - begin).total_seconds(), 60.0)
    found: dict[str, Lane] = {}
    for one in articles:
        lane = found.setdefault(one["source"], Lane(one["outlet"], []))
        lane.dots.append(((one["published_at"] - begin).total_seconds() / length, bool(one["copy_of"]), one))
    return list(found.values())

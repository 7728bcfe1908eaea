"""Draw the page's map out of Natural Earth's shapes, as npm's world-atlas has them: countries-50m.json.

`python -m pipelines.training.build_map countries-50m.json` writes pipelines/page/static/vendor/world.svg.
"""

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipelines.page.drawing import project

TARGET = Path(__file__).parent.parent / "page" / "static" / "vendor" / "world.svg"
GRID = 20
"""Points lie on twentieths of a degree: some five kilometres."""
HALF = 180 * GRID
LEFT_OUT = {"010"}
"""Antarctica, by its number in ISO 3166-1."""
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-180 -120 360 210"><g id="land" transform="scale({})">'

Point = tuple[int, int]


def draw(topology: Any) -> str:
    """Return an SVG with one path a country, in the projection of the page's map times GRID."""
    arcs = [list(_points(arc, topology["transform"])) for arc in topology["arcs"]]
    countries = [one for one in topology["objects"]["countries"]["geometries"] if one.get("id") not in LEFT_OUT]
    paths = (path for path in (_path(country, arcs) for country in countries) if path)
    return _HEAD.format(1 / GRID) + "".join(f'<path d="{path}"/>' for path in paths) + "</g></svg>\n"


def _points(arc: Any, transform: Any) -> Iterator[Point]:
    """Yield the points of an arc: TopoJSON writes them as differences of whole numbers."""
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        longitude, latitude = (
            value * scale + move
            for value, scale, move in zip((x, y), transform["scale"], transform["translate"], strict=True)
        )
        drawn = project(latitude, longitude)
        yield round(drawn[0] * GRID), round(drawn[1] * GRID)


def _path(country: Any, arcs: list[list[Point]]) -> str:
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    rings = (_ring(ring, arcs) for polygon in polygons for ring in polygon)
    return "".join(_written(ring) for ring in rings if len(ring) > 3)


def _ring(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return the points of a ring, each once in a row; a negative number is an arc read backwards."""
    points: list[Point] = []
    for one in ring:
        for point in arcs[one] if one >= 0 else reversed(arcs[~one]):
            if not points or points[-1] != point:
                points.append(point)
    return points


def _written(points: list[Point]) -> str:
    """Write a ring; one that crosses the edge of the map becomes a ring on either side of it."""
    edges = [at for at in range(1, len(points)) if abs(points[at][0] - points[at - 1][0]) > HALF]
    if edges:
        first = edges[0]
        points, moved = [*points[first:], *points[1:first]], [0, *(at - first for at in edges[1:]), len(points) - 1]
        return "".join(_closed(points[begin:end]) for begin, end in pairwise(moved) if end - begin > 2)
    return _closed(points)


def _closed(points: list[Point]) -> str:
    lines = " ".join(f"{to[0] - at[0]},{to[1] - at[1]}" for at, to in pairwise(points))
    return f"M{points[0][0]},{points[0][1]}l{lines}z"


if __name__ == "__main__":
    TARGET.write_text(draw(json.loads(Path(sys.argv[1]).read_text("utf-8"))), "utf-8")

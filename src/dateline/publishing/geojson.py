"""Incidents as GeoJSON (RFC 7946): WGS84, longitude first, no finer a shape than what is known of the place.

A town or less is a point. What is known no better than by its county, province, region or country is an area: an
ellipse of the radius within which the true place lies, since a point would be taken for one. A wave that is told of
in several places is all of these points. Rings run counterclockwise, and are cut at the antimeridian.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dateline.model.ground import Precision
from dateline.model.tables import to_rows
from dateline.publishing.laid import in_batches
from dateline.publishing.lines import dump

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.publishing.dataset import Dataset, Told

EXACT = frozenset({Precision.SITE, Precision.DISTRICT, Precision.CITY})
"""Precisions at which a point claims no more than is known."""

CORNERS = 32
"""Of an ellipse."""

KM_A_DEGREE = 111.32

Ring = list[list[float]]


def write_geojson(dataset: Dataset) -> Iterator[bytes]:
    """Yield the incidents with coordinates as a feature collection, one feature a line."""
    yield b'{"type":"FeatureCollection","features":[\n'
    between = ""
    for some in in_batches(filter(_is_located, dataset.told())):
        yield (between + ",\n".join([dump(_feature(told)) for told in some])).encode("utf-8")
        between = ",\n"
    yield b"\n]}\n"


def geometry_of(told: Told) -> dict[str, Any]:
    """Return the shape of an incident that has coordinates."""
    incident = told.incident
    assert incident.lat is not None
    assert incident.lon is not None
    points = sorted(_points(told))
    if incident.form == "wave" and len(points) > 1:
        return {"type": "MultiPoint", "coordinates": [list(point) for point in points]}
    if incident.precision in EXACT or not incident.radius_km:
        return {"type": "Point", "coordinates": [incident.lon, incident.lat]}
    return area(incident.lat, incident.lon, incident.radius_km)


def area(lat: float, lon: float, radius_km: float) -> dict[str, Any]:
    """Return an ellipse around a point, as wide as its parallel makes a circle, cut at the antimeridian.

    >>> area(0.0, 179.5, 111.32)["type"], area(0.0, 0.0, 111.32)["type"]
    ('MultiPolygon', 'Polygon')
    """
    high = radius_km / KM_A_DEGREE
    wide = min(high / max(math.cos(math.radians(lat)), 0.01), 180.0)
    turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    ring = [(lon + wide * math.cos(turn), max(-90.0, min(90.0, lat + high * math.sin(turn)))) for turn in turns]
    parts = [part for part in (_between(ring, west) for west in (-540.0, -180.0, 180.0)) if part]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": [parts[0]]}
    return {"type": "MultiPolygon", "coordinates": [[part] for part in parts]}


def _between(ring: list[tuple[float, float]], west: float) -> Ring:
    """Return the part of a convex ring that lies in the 360 degrees from a meridian, as longitudes from -180 to 180."""
    kept = _cut(_cut(ring, west, 1), west + 360, -1)
    turned = [[round(lon - west - 180, 4), round(lat, 4)] for lon, lat in kept]
    corners = [corner for place, corner in enumerate(turned) if corner != turned[place - 1]]
    return [*corners, corners[0]] if len(corners) > 2 else []


def _cut(ring: list[tuple[float, float]], meridian: float, side: int) -> list[tuple[float, float]]:
    """Return what of a convex ring lies east (1) or west (-1) of a meridian (Sutherland and Hodgman 1974)."""
    kept: list[tuple[float, float]] = []
    for (lon, lat), (to_lon, to_lat) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, inside_next = (lon - meridian) * side >= 0, (to_lon - meridian) * side >= 0
        if inside:
            kept.append((lon, lat))
        if inside != inside_next:
            kept.append((meridian, lat + (to_lat - lat) * (meridian - lon) / (to_lon - lon)))
    return kept


def _is_located(told: Told) -> bool:
    return told.incident.lat is not None and told.incident.lon is not None


def _points(told: Told) -> set[tuple[float, float]]:
    places = [mention.place for mention in told.mentions if mention.place and mention.place.precision in EXACT]
    return {(place.lon, place.lat) for place in places if place.lat is not None and place.lon is not None}


def _feature(told: Told) -> dict[str, Any]:
    (row,) = to_rows([told.incident])
    properties = {name: row[name] for name in row if name != "id"}
    return {"type": "Feature", "id": row["id"], "geometry": geometry_of(told), "properties": properties}

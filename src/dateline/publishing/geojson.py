"""Incidents as GeoJSON (RFC 7946): one point an incident that has coordinates, in WGS84, longitude first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.model.tables import to_rows
from dateline.publishing.lines import dump

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.model.incident import Incident


def write_geojson(incidents: Iterable[Incident]) -> bytes:
    """Return the incidents with coordinates as a feature collection, one feature a line."""
    rows = [row for row in to_rows(incidents) if row["lat"] is not None and row["lon"] is not None]
    features = ",\n".join(dump(_feature(row)) for row in rows)
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'.encode()


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in row.items() if name not in ("id", "lat", "lon")}
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": properties}

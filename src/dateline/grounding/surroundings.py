"""What a report speaks of, apart from the name in question: its countries and units, its publisher, its other places.

`Clues` are read off the words before anything is resolved. A `Belief` spreads each name over the places that it may
stand for, by their probability, and says how much of the report lies in a country, in a unit, in a square of a grid.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import log1p
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import tomli

from dateline.grounding.gazetteer import Entry, Kind
from dateline.grounding.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.grounding.gazetteer import Gazetteer
    from dateline.grounding.place_weights import Features

Key = TypeVar("Key", int, str)
Square = int
_ROW = 2_000
"""Squares are numbered row by row; no row of a grid has as many."""
_SQUARES = (("close by", 0.35), ("near", 1.2))
"""Degrees of two grids; a place counts for its own square and the eight around it."""
_NEAR = tuple((f"others {words}", f"some other {words}", f"many others {words}") for words, _ in _SQUARES)
_LEAST = 0.02
"""Probability below which a place is left out of a belief."""
_POINTS = (Kind.CITY, Kind.ADMIN2, Kind.SITE, Kind.DISTRICT)
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?")
_SHORT = 4
"""Letters that a name needs to be looked for in the name of a publisher."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What the words of a report tell of where it plays.

    Attributes:
        demonyms: mentions of each country (alpha-3) by an adjective or demonym.
        units: mentions of a first-level unit, by its id and the name used: in the name of a university, too.
        countries: mentions of a country, by alpha-3 and the name used.
        publisher: name or domain of who published the report; "" if unknown.
    """

    demonyms: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[tuple[int, str], int] = field(default_factory=dict)
    countries: Mapping[tuple[str, str], int] = field(default_factory=dict)
    publisher: str = ""


def countries_told(clues: Clues) -> frozenset[str]:
    """Return the countries (alpha-3) that a report speaks of, by name or by an adjective or demonym."""
    return frozenset({code for code, _ in clues.countries} | {code for code in clues.demonyms if code})


class Mass:
    """How much of a report's places lies in each country, in each unit, and in or next to each square."""

    __slots__ = ("countries", "settled", "squares", "total", "units")

    def __init__(self) -> None:
        self.countries: defaultdict[str | None, float] = defaultdict(float)
        self.units: defaultdict[int | None, float] = defaultdict(float)
        self.squares: defaultdict[Square, float] = defaultdict(float)
        self.total = self.settled = 0.0

    def add(self, entry: Entry, share: float) -> None:
        """Put a share of one name at a place."""
        self.total += share
        self.countries[entry.country] += share
        self.units[unit_of(entry)] += share
        if entry.kind in _POINTS:
            self.settled += share
            squares, around = self.squares, _squares_around(entry.lat, entry.lon)
            if not squares:
                squares.update(dict.fromkeys(around, share))
                return
            for square in around:
                squares[square] += share


_NOTHING = Mass()
_MOST = 12
"""Places of a name that a second look tries, the best known first."""


@dataclass(frozen=True, slots=True)
class Belief:
    """The mass of all names of a report, and of each name alone: a name is no evidence of where it itself lies."""

    every: Mass
    own: Mapping[str, Mass]


def believe(spread: Mapping[str, Iterable[tuple[Entry, float]]]) -> Belief:
    """Return the belief that follows from the probable places of each name."""
    every, own = Mass(), {name: Mass() for name in spread}
    for name, places in spread.items():
        for entry, share in places:
            if share >= _LEAST:
                own[name].add(entry, share)
                every.add(entry, share)
    return Belief(every, own)


def unit_of(entry: Entry) -> int | None:
    """Return the id of the first-level unit that an entry is or lies in."""
    return entry.id if entry.kind is Kind.ADMIN1 else entry.admin1_id


@lru_cache(maxsize=10_000)
def _squares_of(lat: float, lon: float) -> tuple[Square, ...]:
    """Return the square of each grid that a point lies in."""
    return tuple((grid * _ROW + int(lat // size)) * _ROW + int(lon // size) for grid, (_, size) in enumerate(_SQUARES))


class Around(NamedTuple):
    """How much of a report's other places lies in a place's country and unit, in its square of each grid or next to it.

    What the square of a place tells is known of points alone.
    """

    country: float
    unit: float
    close: float
    near: float


_NOWHERE = Around(0.0, 0.0, 0.0, 0.0)


def others_around(entry: Entry, every: Mass, own: Mass) -> Around:
    """Return how much of a report's places lies around an entry, the mass of its own name left aside."""
    code, unit_id = entry.country, unit_of(entry)
    country = every.countries.get(code, 0.0) - own.countries.get(code, 0.0) if code else 0.0
    unit = every.units.get(unit_id, 0.0) - own.units.get(unit_id, 0.0) if unit_id else 0.0
    if entry.kind not in _POINTS:
        return Around(country, unit, 0.0, 0.0)
    close, near = _squares_of(entry.lat, entry.lon)
    return Around(
        country,
        unit,
        every.squares.get(close, 0.0) - own.squares.get(close, 0.0),
        every.squares.get(near, 0.0) - own.squares.get(near, 0.0),
    )


def features_of_others(entry: Entry, name: str, belief: Belief) -> Features:
    """Return how much of the report's other places lies in the entry's country and unit and near it.

    What is zero tells nothing and is left out: most of it is, for most places.
    """
    every, own = belief.every, belief.own.get(name, _NOTHING)
    total = every.total - own.total
    if total <= _LEAST:
        return [("no other place", 1.0)]
    country, unit, *squares = others_around(entry, every, own)
    features: Features = []
    if country:
        features.append(("others in its country", country / total))
        features.append(("some other in its country", country if country < 1.0 else 1.0))
    if unit:
        features.append(("others in its unit", unit / total))
        features.append(("some other in its unit", unit if unit < 1.0 else 1.0))
        features.append(("many others in its unit", log1p(unit)))
    for mass, (share, some, many) in zip(squares, _NEAR, strict=True):
        if mass > 0.0:
            features.append((share, mass / max(every.settled - own.settled, _LEAST)))
            features += ((some, mass if mass < 1.0 else 1.0), (many, log1p(mass)))
    return features


def fits_of(entries: Sequence[Entry], name: str, belief: Belief) -> Features:
    """Return how well the place of a name that fits best fits the places of the report, the name's own left aside."""
    every, own = belief.every, belief.own.get(name, _NOTHING)
    total = every.total - own.total
    around = [others_around(entry, every, own) for entry in entries[:_MOST]] if total > _LEAST else [_NOWHERE]
    best = Around(*map(max, zip(*around, strict=True))) if entries else _NOWHERE
    return [
        ("fits: some other close by", max(0.0, min(1.0, best.close))),
        ("fits: many others near", log1p(max(0.0, best.near))),
        ("fits: some other in its unit", min(1.0, best.unit)),
        ("fits: others in its country", best.country / total if best.country else 0.0),
    ]


@lru_cache(maxsize=10_000)
def _squares_around(lat: float, lon: float) -> tuple[Square, ...]:
    """Return the squares of both grids whose places are near a point: its own and the eight around it."""
    return tuple(square + dy * _ROW + dx for square in _squares_of(lat, lon) for dy in (-1, 0, 1) for dx in (-1, 0, 1))


@dataclass(frozen=True, slots=True)
class Told:
    """Clues that do not use one name: mentions of each country and unit by other names, and of each people."""

    units: Mapping[int, int]
    countries: Mapping[str, int]
    demonyms: Mapping[str, int]
    every_unit: int
    every_people: int


def told_beside(name: str, clues: Clues) -> Told:
    """Return the clues apart from those of one name."""
    units = _without(name, clues.units)
    countries = _without(name, clues.countries)
    return Told(units, countries, clues.demonyms, sum(units.values()), sum(clues.demonyms.values()))


def _without(name: str, named: Mapping[tuple[Key, str], int]) -> dict[Key, int]:
    counts: dict[Key, int] = {}
    for (what, other), count in named.items():
        if other != name:
            counts[what] = counts.get(what, 0) + count
    return counts


def features_of_clues(entry: Entry, told: Told) -> Features:
    """Return how much the report speaks of the entry's country and unit, by adjectives and by other names."""
    unit = told.units.get(unit_of(entry) or 0, 0)
    people = told.demonyms.get(entry.country or "", 0)
    state = told.countries.get(entry.country or "", 0) + people
    features: Features = [("its country is named", 1.0)] if state else []
    if entry.code == "capital":
        features.append((f"a capital whose country is {'' if state else 'not '}named", 1.0))
    if people:
        features += (("demonyms of its country", people / told.every_people), ("its people are named", 1.0))
    if unit:
        features += (("its unit's share of names", unit / told.every_unit), ("its unit is named", 1.0))
        features.append(("its unit is named often", log1p(unit)))
    return features


def features_of_publisher(entry: Entry, name: str, publisher: str, home: Entry | None) -> Features:
    """Return what is known of the publisher: where it is at home, and whether the place is in its name.

    A sea or a region of several countries is not abroad: its publisher's home tells nothing of it.
    """
    features: Features = []
    if not publisher:
        return features
    if home is not None and entry.country is not None:
        near = entry.country == home.country
        features.append(("in its publisher's country" if near else "not in its publisher's country", 1.0))
        features.append(("capital of its publisher's country", float(near and entry.code == "capital")))
        if home.kind is Kind.ADMIN1:
            features.append(
                ("in its publisher's unit" if unit_of(entry) == home.id else "not in its publisher's unit", 1.0)
            )
    plain = fold(name).replace(" ", "")
    if len(plain) >= _SHORT and plain in _letters(publisher):
        features.append((f"in its publisher's name, {entry.kind}", 1.0))
        features.append(("in its publisher's name, fame", entry.fame**0.25))
    return features


def home_of(publisher: str, gazetteer: Gazetteer) -> Entry | None:
    """Return the first-level unit or country that a publisher serves, by its domain; None where nothing tells.

    The list is `data/publisher_homes.toml`; then the country's own domain tells: `.co.uk`.
    """
    if not publisher:
        return None
    domain = _DOMAIN.sub("", publisher.strip().lower()).partition("/")[0]
    homes = read_homes()
    parts = domain.split(".")
    known = (homes.get(".".join(parts[at:])) for at in range(len(parts)))
    code = next((code for code in known if code), None) if len(parts) > 1 else None
    return gazetteer.of_code(code) if code else None


@cache
def read_homes() -> Mapping[str, str]:
    """Return the home of each domain: an ISO 3166-2 code or an alpha-3 one. Countries' own domains are among them."""
    text = files("dateline.data").joinpath("publisher_homes.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomli.loads(text)
    listed = {
        domain: code for table in ("country", "unit") for code, all_ in tables[table].items() for domain in all_.split()
    }
    return tables["domain"] | listed


@lru_cache(maxsize=1000)
def _letters(publisher: str) -> str:
    return "".join(char for char in fold(publisher) if char.isalpha())

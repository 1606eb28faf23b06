"""What a list of incidents, its facets, map and time line are made from: narrow rows, counted in the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dateline.model.event import Status
from dateline.model.ground import Granularity, Precision
from dateline.model.incident import Range
from dateline.model.tables import from_rows
from dateline.model.wholes import forest_of
from dateline.storing import queries
from dateline.storing.filters import ALL, Filters

if TYPE_CHECKING:
    from dateline.storing.database import Database

MOST_SPOTS = 20_000
"""How many places a map gets, those of most incidents first."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One incident in a list. For the fields see `Incident`.

    Attributes:
        n: its place in the list of all incidents, counted from 0: a short name as long as the project is open.
        reports: how many tell of it.
        words: the words that name it in its first mention.
    """

    n: int
    id: str
    type: str
    form: str | None
    status: Status
    earliest: date | None
    latest: date | None
    granularity: Granularity
    place: str | None
    country: str | None
    admin1: str | None
    precision: Precision
    figures: tuple[Range, ...]
    reports: int
    independent: int
    single_source: bool
    contested: bool
    disputed: tuple[str, ...]
    publishers: tuple[str, ...]
    words: str | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a map with all incidents that have exactly this place, this precision and this radius.

    Attributes:
        wave: whether they are waves, whose radius is their extent.
        n: the number of the first of them.
    """

    lon: float
    lat: float
    radius_km: float | None
    precision: Precision
    place: str | None
    country: str | None
    wave: bool
    incidents: int
    contested: int
    n: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """What passes the filters as a whole: first and last day, how many have a day, how many no place, and all."""

    first: date | None
    last: date | None
    dated: int
    placeless: int
    total: int


@dataclass(frozen=True, slots=True)
class Spell:
    """Incidents whose interval begins in one unit of the calendar and ends in another, or in the same.

    Attributes:
        first, last: the first days of these units; None for an open end.
    """

    first: date | None
    last: date | None
    incidents: int
    contested: int


def find_facts(database: Database, filters: Filters = ALL, *, limit: int | None = None, offset: int = 0) -> list[Fact]:
    """Return the incidents that pass the filters as narrow rows, in the order of the list; one page of them."""
    return from_rows(Fact, database.facts(queries.FACTS, filters, limit=limit, offset=offset))


def facts_at(database: Database, number: int, filters: Filters = ALL, *, limit: int = 12) -> list[Fact]:
    """Return the incidents that pass and have the place, precision and radius of the one with this number."""
    return from_rows(Fact, database.facts(queries.FACTS_AT, filters, number=number, limit=limit))


def bounds(database: Database, filters: Filters = ALL) -> Bounds:
    """Return what passes the filters as a whole."""
    (row,) = database.tuples(queries.BOUNDS, filters)
    return Bounds(*row)


def facets(database: Database, filters: Filters = ALL, *, limit: int = 12) -> dict[str, list[tuple[str, int]]]:
    """Return for each filter the values that could be chosen next and their numbers, most frequent first.

    A filter in force does not narrow its own values, so that one can change from one to another.
    """
    chosen = [name for name in queries.FACETS if getattr(filters, name) is not None]
    free = [name for name in queries.FACETS if name not in chosen]
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in queries.FACETS}
    for names, others in [(free, filters), *(([name], replace(filters, **{name: None})) for name in chosen)]:
        for name, value, incidents in database.tuples(queries.facets(names), others, limit=limit) if names else ():
            found[name].append((value, incidents))
    return found


def values(database: Database, name: str, *, limit: int = 500) -> list[tuple[str, int]]:
    """Return the values of one filter over all incidents, with their numbers, most frequent first."""
    return [(value, count) for _, value, count in database.tuples(queries.facets([name]), ALL, limit=limit)]


def spots(database: Database, filters: Filters = ALL, *, limit: int = MOST_SPOTS) -> list[Spot]:
    """Return the places of the incidents that pass the filters, those of most incidents first."""
    return from_rows(Spot, database.facts(queries.SPOTS, filters, limit=limit))


def spells(database: Database, unit: str, filters: Filters = ALL) -> list[Spell]:
    """Return the incidents that pass by the calendar units (day, month, year) in which they begin and end."""
    return from_rows(Spell, database.facts(queries.SPANS, filters, unit=unit))


def wholes(database: Database) -> dict[str, str]:
    """Return the whole of each incident that is a part of another: one each, what people say first."""
    return forest_of(database.ask(queries.PARTS).fetchall())

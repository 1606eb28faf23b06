"""What a list of incidents, its facets, map and time line are made from: narrow rows, counted in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, cast

import numpy as np

from dateline.model.event import Status
from dateline.model.ground import Granularity, Precision
from dateline.model.incident import Range
from dateline.model.tables import from_rows
from dateline.model.wholes import forest_of
from dateline.storing import queries
from dateline.storing.columns import LISTS
from dateline.storing.filters import ALL, COLUMNS, REVIEWED, UNREVIEWED, Filters

if TYPE_CHECKING:
    from dateline.storing.columns import Mask
    from dateline.storing.database import Database

FACETS = (*COLUMNS, "single_source", "contested", *LISTS, "sources", "review")
"""The filters that have facets."""

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
    """What passes the filters as a whole.

    Attributes:
        first, last: the first and the last day.
        main: the days of nearly all (`Columns.main_span`); None if no day is known.
        early, late: how many lie before and after these.
        dated, placeless, total: how many have a day, have no place, and all.
    """

    first: date | None
    last: date | None
    main: tuple[date, date] | None
    early: int
    late: int
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
    return from_rows(Fact, database.facts(database.numbers(filters, limit, offset)))


def list_facts(
    database: Database, filters: Filters, span: tuple[date, date] | None, *, limit: int, offset: int = 0
) -> list[Fact]:
    """Return one page of the incidents that pass: those that touch the span or have no day, then those before, after.

    Without a span all come in the order of the list.
    """
    if span is None:
        return find_facts(database, filters, limit=limit, offset=offset)
    passing = database.passing(filters)
    early, late = database.columns().outside(passing, span)
    parts = (passing & ~early & ~late, early, late)
    return _told(database, np.concatenate([np.flatnonzero(it) for it in parts])[offset : offset + limit].tolist())


def _told(database: Database, numbers: list[int]) -> list[Fact]:
    """Return the incidents of numbers in the order of these."""
    found = {fact.n: fact for fact in from_rows(Fact, database.facts(numbers))}
    return [found[n] for n in numbers]


def facts_at(database: Database, number: int, filters: Filters = ALL, *, limit: int = 12) -> list[Fact]:
    """Return the incidents that pass and have the place, precision and radius of the one with this number."""
    columns = database.columns()
    if number >= columns.size or columns.spot[number] < 0:
        return []
    here = np.flatnonzero(database.passing(filters) & (columns.spot == columns.spot[number]))
    return _told(database, here[np.argsort(~columns.contested[here], kind="stable")][:limit].tolist())


def bounds(database: Database, filters: Filters = ALL) -> Bounds:
    """Return what passes the filters as a whole."""
    columns, passing = database.columns(), database.passing(filters)
    dated = passing & ~np.isnat(columns.begin)
    counts = (int(dated.sum()), int((passing & (columns.spot < 0)).sum()), int(passing.sum()))
    main = columns.main_span(passing)
    if main is None:
        return Bounds(None, None, None, 0, 0, *counts)
    early, late = (int(it.sum()) for it in columns.outside(passing, main))
    return Bounds(columns.begin[dated].min().item(), columns.end[dated].max().item(), main, early, late, *counts)


def facets(database: Database, filters: Filters = ALL, *, limit: int = 12) -> dict[str, list[tuple[str, int]]]:
    """Return for each filter the values that could be chosen next and their numbers, most frequent first.

    A filter in force does not narrow its own values, so that one can change from one to another.
    """
    passing = database.passing(filters)
    found = {}
    for name in FACETS:
        is_free = getattr(filters, name) is None
        others = passing if is_free else database.passing(replace(filters, **{name: None}))
        found[name] = _counts(database, name, others, limit)
    return found


def values(database: Database, name: str, *, limit: int = 500) -> list[tuple[str, int]]:
    """Return the values of one filter over all incidents, with their numbers, most frequent first."""
    return _counts(database, name, database.passing(ALL), limit)


def _counts(database: Database, name: str, passing: Mask, limit: int) -> list[tuple[str, int]]:
    if name != "review":
        return database.columns().words[name].counts(passing, limit)
    judged = int((passing & database.columns().among(database.judged())).sum())
    both = [(REVIEWED, judged), (UNREVIEWED, int(passing.sum()) - judged)]
    return sorted((it for it in both if it[1]), key=lambda it: (-it[1], it[0]))[:limit]


def spots(database: Database, filters: Filters = ALL, *, limit: int = MOST_SPOTS) -> list[Spot]:
    """Return the places of the incidents that pass the filters, those of most incidents first."""
    columns = database.columns()
    first, many, contested = columns.spots(database.passing(filters), limit)
    lon, lat, radius = columns.where[:, first].tolist()
    precision, place, country = (columns.words[name].told(first) for name in ("precision", "place", "country"))
    kinds = map(Precision, cast("list[str]", precision))
    radii = (None if isnan(it) else it for it in radius)
    about = (columns.wave[first].tolist(), many.tolist(), contested.tolist(), first.tolist())
    return [Spot(*row) for row in zip(lon, lat, radii, kinds, place, country, *about, strict=True)]


def spells(database: Database, unit: str, filters: Filters = ALL) -> list[Spell]:
    """Return the incidents that pass by the calendar units (day, month, year, decade) in which they begin and end."""
    return [Spell(*row) for row in database.columns().spells(database.passing(filters), unit)]


def wholes(database: Database) -> dict[str, str]:
    """Return the whole of each incident that is a part of another: one each, what people say first."""
    return forest_of(database.ask(queries.PARTS).fetchall())

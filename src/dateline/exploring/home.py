"""The first page: what is contested, then map, time line and table of the incidents that the address asks for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from dateline.drawing import wording
from dateline.drawing.timeline import Axis, make_axis, unit_for
from dateline.exploring.address import Address, parse_address
from dateline.exploring.rendering import PAGE_ROWS, NotHereError, Window, render
from dateline.model.codebook import plover
from dateline.storing import catalogue
from dateline.storing.filters import UNREVIEWED, Filters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dateline.storing.answers import Counts
    from dateline.storing.catalogue import Bounds, Fact, Spot
    from dateline.storing.database import Database

DAY = timedelta(1)

MOST_BARS = 40
"""Up to so many incidents, each has a bar of its own in the time line."""

SPOT_ROWS = 12
"""How many incidents of one place of the map are listed beside it."""

TABLE_SPOTS = 100
"""How many places the table beside the map has."""

TO_REVIEW = Filters(contested=True, review=UNREVIEWED)
"""What is counted as waiting for a person: contested, and nobody has looked at it."""

TITLES = {
    "type": "Type",
    "form": "Form",
    "status": "Status",
    "country": "Country",
    "admin1": "Province",
    "place": "Place",
    "precision": "Place known to",
    "actor": "Actor",
    "publisher": "Publisher",
    "sources": "Independent sources",
    "single_source": "Single source",
    "contested": "Contested",
    "disputed": "What is contested",
    "review": "Review",
    "since": "From",
    "until": "Until",
    "words": "Words",
}
"""What each filter is called, in the order in which they are offered."""

_PRECISION = {
    "site": "a site",
    "district": "a district",
    "city": "a city",
    "county": "a county",
    "province": "a province",
    "region": "a region",
    "country": "a country",
    "unknown": "not known",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a filter offers: in words, how many incidents have it, whether it is in force, where it leads."""

    words: str
    incidents: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter and the values that it offers."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Tails:
    """Incidents far before or after nearly all others.

    Attributes:
        first, last: the days of nearly all.
        early, late: how many lie before and after.
        before, after, whole: where these are listed and drawn, and where all are drawn.
    """

    first: date
    last: date
    early: int
    late: int
    before: str
    after: str
    whole: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One incident in the time line: where it begins, how wide it is, and whether its days are exact."""

    fact: Fact
    x: float
    width: float
    exact: bool


def home_page(database: Database, counts: Counts, query: Mapping[str, str], *, reviews: bool = True) -> str:
    """Return the page of what is contested, and of the incidents that the query asks for.

    Args:
        database: the project.
        counts: how much is current in it.
        query: filters and page.
        reviews: whether there is a review to lead to.

    Raises:
        UsageError: if the query holds something that is no filter.
    """
    address = parse_address(query)
    whole = catalogue.bounds(database, address.filters)
    window = Window(address.page, whole.total)
    tails = _tails(address, whole)
    span = whole.main if tails else None
    facts = catalogue.list_facts(database, address.filters, span, limit=PAGE_ROWS, offset=window.offset)
    axis = _axis(database, address.filters, span or (whole.first, whole.last))
    spots = catalogue.spots(database, address.filters, limit=TABLE_SPOTS + 1)
    return render(
        "home.html",
        address=address,
        window=window,
        facts=facts,
        counts=counts,
        to_review=database.count_incidents(TO_REVIEW),
        reviews=reviews,
        facets=[*_facets(database, address)],
        chips=[*_chips(address)],
        whole=whole,
        axis=axis,
        bars=_bars(database, address.filters, axis, whole, span),
        tails=tails,
        spots=spots[:TABLE_SPOTS],
        has_more_spots=len(spots) > TABLE_SPOTS,
        precision=_PRECISION,
        titles=TITLES,
    )


def map_json(database: Database, query: Mapping[str, str]) -> dict[str, object]:
    """Return what the map draws of the incidents that the query asks for: one row a place, as `Spot` without names.

    Raises:
        UsageError: if the query holds something that is no filter.
    """
    spots = catalogue.spots(database, parse_address(query).filters)
    return {"spots": [_spot(each) for each in spots]}


def _spot(spot: Spot) -> list[object]:
    radius = None if spot.radius_km is None else round(spot.radius_km, 1)
    where = [round(spot.lon, 4), round(spot.lat, 4), radius, spot.precision.value, spot.wave]
    return [*where, spot.incidents, spot.contested, spot.n, spot.place or ""]


def spot_page(database: Database, query: Mapping[str, str]) -> str:
    """Return the piece of a page that lists the incidents of one place of the map.

    Raises:
        NotHereError: if the query names no place of the map.
        UsageError: if the query holds something that is no filter.
    """
    named = dict(query)
    number = named.pop("n", "")
    address = parse_address(named)
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotHereError(f"n={number[:20]!r} given; expected the number of an incident on the map")
    found = catalogue.facts_at(database, int(number), address.filters, limit=SPOT_ROWS + 1)
    if not found:
        raise NotHereError(f"n={number} given; no incident that passes the filters has this number")
    return render("spot.html", facts=found[:SPOT_ROWS], more=len(found) > SPOT_ROWS, address=address)


def _tails(address: Address, whole: Bounds) -> Tails | None:
    """Return what lies so far from all else that it is listed last and not drawn, unless days are asked for."""
    asked = address.filters.since or address.filters.until
    if asked or whole.main is None or not (whole.early or whole.late):
        return None
    first, last = whole.main
    before = address.with_word("until", (first - DAY).isoformat()) if whole.early else ""
    after = address.with_word("since", (last + DAY).isoformat()) if whole.late else ""
    return Tails(first, last, whole.early, whole.late, before, after, address.with_word("since", str(whole.first)))


def _axis(database: Database, filters: Filters, span: tuple[date | None, date | None]) -> Axis | None:
    first, last = filters.since or span[0], filters.until or span[1]
    if first is None or last is None or first > last:
        return None
    spells = catalogue.spells(database, unit_for(first, last), filters)
    return make_axis(first, last, [(it.first, it.last, it.incidents, it.contested) for it in spells])


def _bars(
    database: Database, filters: Filters, axis: Axis | None, whole: Bounds, span: tuple[date, date] | None
) -> list[Bar]:
    drawn = whole.dated - (whole.early + whole.late if span else 0)
    if axis is None or not 0 < drawn <= MOST_BARS:
        return []
    limit = whole.total if whole.total < 1_000 else MOST_BARS
    facts = catalogue.list_facts(database, filters, span, limit=limit)
    dated = [fact for fact in facts if fact.earliest or fact.latest][:drawn]
    return [Bar(fact, *axis.extent(fact.earliest, fact.latest), fact.earliest == fact.latest) for fact in dated]


def _facets(database: Database, address: Address) -> Iterator[Facet]:
    found = catalogue.facets(database, address.filters)
    for name, title in TITLES.items():
        if name in found:
            choices = tuple(_choices(name, found[name], address))
            if len(choices) > 1 or any(choice.chosen for choice in choices):
                yield Facet(name, title, choices)


def _choices(name: str, values: list[tuple[str, int]], address: Address) -> Iterator[Choice]:
    """Yield the choices of a filter: of independent sources, how many incidents have at least so many."""
    if name == "sources":
        numbers = {int(value): count for value, count in values}
        least = [(str(least), sum(many for n, many in numbers.items() if n >= least)) for least in range(2, 6)]
        values = [(value, count) for value, count in least if count]
    for value, count in values:
        word = {"true": "yes", "false": "no"}.get(value, value) if name in {"single_source", "contested"} else value
        chosen = address.word(name) == word
        yield Choice(tell(name, word), count, chosen, address.with_word(name, None if chosen else word))


def _chips(address: Address) -> Iterator[tuple[str, str, str]]:
    """Yield title, value and the address without it for each filter in force."""
    for each in fields(Filters):
        word = address.word(each.name)
        if word is not None:
            yield TITLES[each.name], tell(each.name, word), address.with_word(each.name, None)


def tell(name: str, word: str) -> str:
    """Return the value of a filter in words."""
    if name in {"type", "form", "status", "review"}:
        return wording.code(word).capitalize()
    if name == "disputed":
        return wording.disputed((word,))
    if name == "country":
        return wording.country(word)
    if name == "actor":
        return _actor(word)
    return {"precision": _PRECISION.get(word, word), "sources": f"{word} or more"}.get(name, word)


def _actor(word: str) -> str:
    """Return an actor in words: "LAB IND" has the sector's meaning before the country's name."""
    sector, _, home = word.partition(" ")
    meaning = _sectors().get(sector)
    if meaning is None:
        return word
    return ", ".join(filter(None, (meaning.split(":")[0].split(",")[0], wording.country(home))))


@cache
def _sectors() -> dict[str, str]:
    return dict(plover().sectors)

"""Incidents in the shape of UCDP GED: its 49 columns. None of its data, and none of its judgement.

Source: UCDP Georeferenced Event Dataset, codebook of version 25.1. GED holds events in which an organised actor uses
armed force and somebody dies, so that what is not said to have killed has no row. Ids of conflicts, dyads and
countries are UCDP's own and stay empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateline.drawing import wording
from dateline.model.acled import STATE
from dateline.model.country import find_country
from dateline.model.ground import Precision, Role, VoiceKind
from dateline.model.policy import Estimate, estimate
from dateline.publishing.parties import Party, parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.model.incident import Incident
    from dateline.publishing.dataset import Dataset, Told
    from dateline.publishing.redact import Source

WHERE = {
    Precision.SITE: 1,
    Precision.CITY: 1,
    Precision.DISTRICT: 1,
    Precision.COUNTY: 3,
    Precision.PROVINCE: 4,
    Precision.REGION: 5,
    Precision.COUNTRY: 6,
}
"""GED's `where_prec` by our precision."""

REGIONS = {
    "Middle East": "Middle East",
    "Europe": "Europe",
    "Caucasus and Central Asia": "Asia",
    "South Asia": "Asia",
    "Southeast Asia": "Asia",
    "East Asia": "Asia",
    "Oceania": "Asia",
    "North America": "Americas",
    "Central America": "Americas",
    "South America": "Americas",
    "Caribbean": "Americas",
}
"""UCDP's regions by ACLED's; all others that begin with a point of the compass are Africa."""

_APART = {"ARM": "Europe", "AZE": "Europe", "GEO": "Europe", "EGY": "Middle East", "ATA": None}
ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})


@dataclass(frozen=True, slots=True)
class Ucdp:
    """An incident in which people are said to have been killed, in the shape of UCDP GED's rows.

    Attributes:
        id: a number made of the incident's id
        relid: id of the incident
        year: of the first day
        active_year, code_status: always empty: for UCDP to say
        type_of_violence: 1 state-based, 2 non-state, 3 one-sided; empty where the sides are not known
        conflict_dset_id, conflict_new_id, dyad_dset_id, dyad_new_id: always empty: UCDP's ids
        side_a_dset_id, side_a_new_id, side_b_dset_id, side_b_new_id: always empty: UCDP's ids
        conflict_name, dyad_name: the two sides, with a hyphen between
        side_a, side_b: a name, else what the side is; civilians are side b of one-sided violence
        number_of_sources: independent sources: copies, outlets of one owner and reports that rest on one voice are one
        source_article: publisher, day and headline of each report, in quotation marks, with ; between
        source_office: publisher of each report, in the same order
        source_date: day of publication of each report, in the same order
        source_headline: headline of each report, in the same order
        source_original: whom each report names for it, in the same order; empty where it speaks for itself
        where_prec: 1 exact, 3 second-order unit, 4 first-order unit, 5 region, 6 country
        where_coordinates: name of the place that the coordinates are of
        where_description: the place in words
        adm_1, adm_2: administrative units by name; adm_2 is empty, since incidents do not keep it
        latitude, longitude: WGS84 degrees, rounded to the precision
        geom_wkt: the point as well-known text
        priogrid_gid: number of the cell of half a degree (PRIO-GRID)
        country: its name
        country_id: always empty: UCDP's id
        region: UCDP's
        event_clarity: 1 one event, 2 told as a sum of several
        date_prec: 1 day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year
        date_start, date_end: first and last day that are possible
        deaths_a, deaths_b: always 0: whose dead they are is not told apart
        deaths_civilians: the best estimate, in one-sided violence; else 0
        deaths_unknown: the best estimate, else 0
        best: under the policy `ucdp`: the lowest of the numbers that independent sources name
        high, low: under that policy, the highest and the lowest; an open end is the number that it names
        gwnoa, gwnob: always empty: UCDP's ids
    """

    id: int
    relid: str
    year: int
    active_year: int | None
    code_status: str | None
    type_of_violence: int | None
    conflict_dset_id: int | None
    conflict_new_id: int | None
    conflict_name: str | None
    dyad_dset_id: int | None
    dyad_new_id: int | None
    dyad_name: str | None
    side_a_dset_id: int | None
    side_a_new_id: int | None
    side_a: str | None
    side_b_dset_id: int | None
    side_b_new_id: int | None
    side_b: str | None
    number_of_sources: int
    source_article: str
    source_office: str
    source_date: str
    source_headline: str
    source_original: str
    where_prec: int | None
    where_coordinates: str | None
    where_description: str
    adm_1: str | None
    adm_2: str | None
    latitude: float | None
    longitude: float | None
    geom_wkt: str | None
    priogrid_gid: int | None
    country: str | None
    country_id: int | None
    region: str | None
    event_clarity: int
    date_prec: int
    date_start: date
    date_end: date
    deaths_a: int
    deaths_b: int
    deaths_civilians: int
    deaths_unknown: int
    best: int
    high: int
    low: int
    gwnoa: int | None
    gwnob: int | None


def ucdp_rows(told: Iterable[Told], _dataset: Dataset) -> Iterator[Ucdp]:
    """Yield the rows of those incidents in which people are said to have been killed."""
    return (row for it in told if (row := ucdp_row(it)))


def ucdp_row(told: Told) -> Ucdp | None:
    """Return the row of an incident; None if nobody is said to have been killed, or its time is wider than a year."""
    incident = told.incident
    dead = deaths(told)
    if dead is None or not incident.status.happened or incident.earliest is None or incident.latest is None:
        return None
    days = (incident.latest - incident.earliest).days + 1
    if days > 366:
        return None
    columns = {
        "id": int(incident.id[:12], 16),
        "relid": incident.id,
        "year": incident.earliest.year,
        "number_of_sources": incident.independent,
        "event_clarity": 2 if incident.form == "wave" else 1,
        "date_prec": _date_prec(days),
        "date_start": incident.earliest,
        "date_end": incident.latest,
        **_sides(told, dead[1]),
        **_sources(told),
        **_where(incident),
        **dict(zip(("low", "best", "high"), dead, strict=True)),
    }
    return Ucdp(**{name: columns.get(name) for name in Ucdp.__dataclass_fields__})  # type: ignore[arg-type]


def deaths(told: Told) -> tuple[int, int, int] | None:
    """Return low, best and high of the dead under the policy `ucdp`; None if nobody is said to have been killed."""
    found = estimate("ucdp", told.killed) if told.killed else Estimate()
    if not found.high or found.low is None or found.best is None:
        return None
    return found.low, found.best, found.high


def _date_prec(days: int) -> int:
    """Return GED's `date_prec` of an interval of so many days."""
    return next(prec for prec, longest in ((1, 1), (2, 6), (3, 7), (4, 31), (5, 366)) if days <= longest)


def _sides(told: Told, best: int) -> dict[str, object]:
    """Return the sides, the type of violence that they make, and whose dead these are, as far as sides tell it."""
    actor = next(iter(parties(told, Role.ACTOR)), None)
    other = next(iter(parties(told, Role.RECIPIENT)), None)
    kind = _violence(actor, other)
    names = [party.name if party else None for party in (actor, other)]
    if kind == 3:
        names[1] = "Civilians"
    pair = " - ".join(name or "unknown" for name in names) if any(names) else None
    of_civilians = best if kind == 3 else 0
    return {
        "type_of_violence": kind,
        "conflict_name": pair,
        "dyad_name": pair,
        "side_a": names[0],
        "side_b": names[1],
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": of_civilians,
        "deaths_unknown": best - of_civilians,
    }


def _violence(actor: Party | None, other: Party | None) -> int | None:
    """Return 1 where one side is the state and the other is armed, 2 where neither is the state, 3 against others."""
    if actor is None or other is None or not {actor.sector, other.sector} & (STATE | ARMED):
        return None
    if other.sector not in STATE | ARMED:
        return 3
    if actor.sector not in STATE | ARMED or {actor.sector, other.sector} <= STATE:
        return None
    return 1 if {actor.sector, other.sector} & STATE else 2


def _sources(told: Told) -> dict[str, object]:
    """Return who reports it: office is the publisher, original is whom a report names for it."""
    reports = sorted(told.sources, key=lambda it: (it.published or date.max, it.publisher or "", it.id))
    articles = [f'"{it.publisher or ""},{_day(it)},{it.title or ""}"' for it in reports]
    return {
        "source_article": ";".join(map(_bare, articles)),
        "source_office": ";".join(_bare(it.publisher or "") for it in reports),
        "source_date": ";".join(map(_day, reports)),
        "source_headline": ";".join(_bare(it.title or "") for it in reports),
        "source_original": ";".join(_bare(_original(told, it)) for it in reports),
    }


def _original(told: Told, source: Source) -> str:
    """Return whom a report names for an incident: the innermost voices, but for its own."""
    voices = [it.attribution.speaker for it in told.mentions if it.report == source.id]
    return ", ".join(dict.fromkeys(wording.called(it) for it in voices if it.kind is not VoiceKind.REPORT))


def _bare(text: str) -> str:
    return " ".join(text.replace(";", ",").split())


def _day(source: Source) -> str:
    return source.published.isoformat() if source.published else ""


def _where(incident: Incident) -> dict[str, object]:
    home = find_country(incident.country)
    known = incident.lat is not None and incident.lon is not None
    return {
        "where_prec": WHERE.get(incident.precision),
        "where_coordinates": incident.place or (home.name if home else None),
        "where_description": wording.area(incident.place, incident.admin1, home.name if home else None),
        "adm_1": incident.admin1,
        "latitude": incident.lat,
        "longitude": incident.lon,
        "geom_wkt": f"POINT ({incident.lon} {incident.lat})" if known else None,
        "priogrid_gid": _cell(incident.lat, incident.lon) if known else None,
        "country": home.name if home else None,
        "region": _region(incident.country),
    }


def _region(code: str | None) -> str | None:
    home = find_country(code)
    if home is None or home.code in _APART:
        return _APART.get(code or "")
    return REGIONS.get(home.region, "Africa")


def _cell(lat: float | None, lon: float | None) -> int:
    """Return the PRIO-GRID cell of a point: 720 a row of half a degree, counted from the south-west, from 1.

    >>> _cell(-90, -180), _cell(51.34, 12.37), _cell(90, 180)
    (1, 203425, 259200)
    """
    row, column = min(int(((lat or 0.0) + 90) * 2), 359), min(int(((lon or 0.0) + 180) * 2), 719)
    return row * 720 + column + 1

"""Incidents in ACLED's shape: its 31 columns, its words and its rules. None of its data, and none of its judgement.

Source: ACLED, Codebook (2024-2025), and its FAQ on fatalities. What its rules do not code has no row: what nobody says
happened, what its types do not know, a place known no better than by its country, a time no better than by its month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.drawing import wording
from dateline.model.acled import civilians, demonstrators, inter_named, interaction, sub_event_of
from dateline.model.country import find_country
from dateline.model.ground import Precision, Role
from dateline.model.policy import estimate
from dateline.publishing.parties import Party, generic, groups_of, parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.model.acled import SubEvent
    from dateline.model.incident import Incident
    from dateline.model.publisher import Publisher
    from dateline.publishing.dataset import Dataset, Told

AT_CIVILIANS = frozenset({"Violence against civilians"})
AGAINST_SOMEBODY = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
"""Event types whose target is civilians; and those that have an armed actor, if one that nobody names."""

GEO = {
    Precision.SITE: 1,
    Precision.DISTRICT: 1,
    Precision.CITY: 1,
    Precision.COUNTY: 2,
    Precision.PROVINCE: 3,
    Precision.REGION: 3,
}
"""ACLED's `geo_precision` by ours; it codes nothing that is known no better than by its country."""


@dataclass(frozen=True, slots=True)
class Acled:
    """An incident in the shape of ACLED's rows, by its rules as far as they can be followed without its coders.

    Attributes:
        event_id_cnty: ISO 3166-1 alpha-3 code and the first digits of the incident's id
        event_date: the day; of a week or a month the middle, as ACLED does. One row an incident: not one a day
        year: of the day
        time_precision: 1 day, 2 week, 3 month
        disorder_type: ACLED's, by the sub-event type
        event_type: one of ACLED's 6
        sub_event_type: one of ACLED's 25
        actor1, actor2: a name, else ACLED's generic one; order tells nothing, but that civilians hit are actor2
        assoc_actor_1, assoc_actor_2: named bodies and groups on that side, with ; between
        inter1, inter2: what the actor is to ACLED, in words
        interaction: inter1 and inter2, the lower code first
        civilian_targeting: `Civilians targeted`, or empty
        iso: ISO 3166-1 numeric code of the country
        region: ACLED's
        country: its name
        admin1, admin2: administrative units by name; admin2 is empty, since incidents do not keep it
        admin3: always empty
        location: name of the place
        latitude, longitude: WGS84 degrees, rounded to the precision
        geo_precision: 1 town, 2 part of a region, 3 region
        source: publishers, with ; between, each once
        source_scale: National, International, or both, where the registry knows the publishers; else empty
        notes: the incident in one sentence made from its fields
        fatalities: by ACLED's rule: the lowest of what reports say; words by its numbers; 0 is none, or unknown
        tags: crowd size as the words have it, for demonstrations
        timestamp: always empty: nothing here is told by a clock
    """

    event_id_cnty: str
    event_date: date
    year: int
    time_precision: int
    disorder_type: str
    event_type: str
    sub_event_type: str
    actor1: str | None
    assoc_actor_1: str | None
    inter1: str | None
    actor2: str | None
    assoc_actor_2: str | None
    inter2: str | None
    interaction: str | None
    civilian_targeting: str | None
    iso: int | None
    region: str | None
    country: str | None
    admin1: str | None
    admin2: str | None
    admin3: str | None
    location: str | None
    latitude: float
    longitude: float
    geo_precision: int
    source: str | None
    source_scale: str | None
    notes: str
    fatalities: int
    tags: str | None
    timestamp: int | None


def acled_rows(told: Iterable[Told], dataset: Dataset) -> Iterator[Acled]:
    """Yield the rows of those incidents of a dataset that ACLED's rules code."""
    return (row for it in told if (row := acled_row(it, dataset)))


def acled_row(told: Told, dataset: Dataset) -> Acled | None:
    """Return the row of an incident; None if ACLED's rules do not code it."""
    incident = told.incident
    kind, when = sub_event_of(told.mentions, dataset.types), day_of(incident)
    if kind is None or when is None or incident.precision not in GEO or incident.lat is None or incident.lon is None:
        return None
    columns = {
        "event_id_cnty": f"{incident.country or 'XXX'}{incident.id[:12]}",
        "event_date": when[0],
        "year": when[0].year,
        "time_precision": when[1],
        "disorder_type": kind.disorder,
        "event_type": kind.event_type,
        "sub_event_type": kind.name,
        **_who(told, kind),
        **_where(incident),
        "source": _joined(_publishers(told)),
        "source_scale": "-".join(sorted(set(_scales(told, dataset)), reverse=True)) or None,
        "notes": f"{wording.kind(incident.type, incident.form)}. {wording.sentence(incident)}",
        "fatalities": (estimate("acled", told.killed).best if told.killed else None) or 0,
        "tags": _crowd(told) if demonstrators(kind) else None,
    }
    return Acled(**{name: columns.get(name) for name in Acled.__dataclass_fields__})  # type: ignore[arg-type]


def _who(told: Told, kind: SubEvent) -> dict[str, object]:
    first, second = _sides(told, kind)
    return {
        "actor1": first.name if first else None,
        "assoc_actor_1": _joined(groups_of(told, [Role.ACTOR]), first),
        "inter1": first.inter.name if first else None,
        "actor2": second.name if second else None,
        "assoc_actor_2": _joined(groups_of(told, [Role.RECIPIENT]), second),
        "inter2": second.inter.name if second else None,
        "interaction": interaction(first.inter if first else None, second.inter if second else None),
        "civilian_targeting": "Civilians targeted" if _hits_civilians(kind, second) else None,
    }


def _where(incident: Incident) -> dict[str, object]:
    home = find_country(incident.country)
    return {
        "iso": home.numeric if home else None,
        "region": home.region if home else None,
        "country": home.name if home else None,
        "admin1": incident.admin1,
        "location": incident.place,
        "latitude": incident.lat,
        "longitude": incident.lon,
        "geo_precision": GEO[incident.precision],
    }


def day_of(incident: Incident) -> tuple[date, int] | None:
    """Return ACLED's day and its precision; None if neither day, week nor month is known."""
    if incident.earliest is None or incident.latest is None:
        return None
    days = (incident.latest - incident.earliest).days
    if days > 31:
        return None
    middle = incident.earliest + timedelta(days=days // 2)
    return middle, 1 if days == 0 else 2 if days <= 7 else 3


def _sides(told: Told, kind: SubEvent) -> tuple[Party | None, Party | None]:
    """Return actor1 and actor2 of an event: who demonstrates and who meets them, or who does it and to whom."""
    actors, recipients = parties(told, Role.ACTOR), parties(told, Role.RECIPIENT)
    country = told.incident.country
    crowd = demonstrators(kind)
    if crowd is not None:
        others = [it for it in (*actors, *recipients) if it.inter.name == "State forces"]
        return Party(generic(crowd, country), crowd, "CVL"), others[0] if others else None
    first, second = next(iter(actors), None), next(iter(recipients), None)
    if first is None and kind.event_type in AGAINST_SOMEBODY:
        militia = inter_named("Political militia")
        first = Party(f"Unidentified Armed Group{generic(militia, country)[len(militia.generic) :]}", militia, "UAF")
    if kind.event_type in AT_CIVILIANS and (second is None or second.inter.name != "Civilians"):
        second = Party(generic(civilians(), country), civilians(), "CVL")
    return first, second


def _hits_civilians(kind: SubEvent, second: Party | None) -> bool:
    remote = kind.event_type == "Explosions/Remote violence" and second is not None
    return (
        kind.event_type in AT_CIVILIANS
        or kind.name == "Excessive force against protesters"
        or (remote and second is not None and second.inter.name == "Civilians")
    )


def _joined(names: list[str], party: Party | None = None) -> str | None:
    """Return names in one cell as ACLED joins them, but for the name that has a cell of its own."""
    return "; ".join(name for name in names if party is None or name != party.name) or None


def _publishers(told: Told) -> list[str]:
    return sorted({source.publisher for source in told.sources if source.publisher})


def _scales(told: Told, dataset: Dataset) -> Iterator[str]:
    for source in told.sources:
        scale = _scale(dataset.known.get(source.id), told.incident.country)
        yield from [scale] if scale else []


def _scale(publisher: Publisher | None, country: str | None) -> str | None:
    if publisher is None:
        return None
    if publisher.kind in {"agency", "igo"} and publisher.country != country:
        return "International"
    if publisher.country is None or country is None:
        return None
    return "National" if publisher.country == country else "International"


def _crowd(told: Told) -> str:
    """Return the crowd size in the words of the first mention that has one, as ACLED's tag."""
    sizes = [it.evidence.quote for mention in told.mentions for it in mention.figures if it.counts == "people"]
    return (
        f"crowd size={' '.join(sizes[0].split()).replace(';', ',')}" if sizes and sizes[0] else "crowd size=no report"
    )

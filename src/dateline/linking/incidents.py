"""From the mentions of a cluster to what happened: `Incident`, computed and recomputable."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING

from dateline.linking.figures import Claim, claims_of, hull
from dateline.linking.independence import Origins, independent_groups
from dateline.linking.places import FINENESS, Relation, distinct, is_inferred, radius_of, relate
from dateline.linking.profile import OPEN_END, OPEN_START, Days, days_of
from dateline.linking.spelling import fold
from dateline.model.event import Status
from dateline.model.ground import Basis, Granularity, Precision
from dateline.model.incident import Incident, Range
from dateline.model.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.model.event import Mention
    from dateline.model.ground import Place
    from dateline.model.incident import Group

ASSERTIVENESS = (
    Status.ASSERTED,
    Status.BACKGROUND,
    Status.DENIED,
    Status.PLANNED,
    Status.CALLED_FOR,
    Status.HYPOTHETICAL,
    Status.GENERIC,
)
"""What is said to have happened comes before what is said not to have, and that before what may."""


def incident_of(mentions: Iterable[Mention], origins: Origins) -> Incident:
    """Return the incident that these mentions tell of.

    Days, place and figures come from the mentions of the incident's status: the number in a plan is no count of what
    happened. Values that were inferred give way to values that the words state.
    """
    known = sorted(mentions, key=lambda mention: mention.id)
    status = min((mention.status for mention in known), key=ASSERTIVENESS.index)
    telling = [it for it in known if it.status.tells_of(status)]
    groups = independent_groups(known, origins)
    when, where, figures = period_of(telling), place_of(telling, groups), ranges_of(telling)
    reports = tuple(sorted({mention.report for mention in known}))
    disputed = _disputed(known, telling, figures)
    return Incident(
        id=digest(["incident", founder_of(known, origins).id]),
        type=_most(groups, {mention.id: mention.type for mention in known}, known),
        form=_most(groups, {mention.id: mention.form for mention in known if mention.form}, known) or None,
        status=status,
        mentions=tuple(mention.id for mention in known),
        reports=reports,
        publishers=_count_publishers(reports, origins.publishers),
        earliest=when.earliest,
        latest=when.latest,
        granularity=when.granularity,
        place=where.name if where else None,
        country=where.country if where else None,
        admin1=where.admin1 if where else None,
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        radius_km=where.radius_km if where else None,
        precision=where.precision if where else Precision.UNKNOWN,
        figures=figures,
        groups=groups,
        independent=len(groups),
        single_source=len(groups) == 1,
        contested=bool(disputed),
        disputed=disputed,
    )


def founder_of(mentions: Sequence[Mention], origins: Origins) -> Mention:
    """Return the mention that an incident is called after: the first of the report that was published first.

    Reports of unknown date come last. What is reported later does not change it.
    """

    def age(mention: Mention) -> tuple[int, str, int, str]:
        return (origins.days.get(mention.report, OPEN_END), mention.report, mention.trigger.start, mention.id)

    return min(mentions, key=age)


def ranges_of(mentions: Iterable[Mention]) -> tuple[Range, ...]:
    """Return, for each count, the lowest and highest claim, and whether two claims exclude each other."""
    claims: dict[str, list[Claim]] = {}
    for mention in mentions:
        for counts, claim in claims_of(mention.figures).items():
            claims.setdefault(counts, []).append(claim)
    return tuple(_range(counts, claims[counts]) for counts in sorted(claims))


def _range(counts: str, claims: Sequence[Claim]) -> Range:
    whole = hull(claims)
    contested = any(not a.meets(b) for index, a in enumerate(claims) for b in claims[index + 1 :])
    return Range(counts, whole.low, whole.high, contested)


def _most(groups: Iterable[Group], codes: Mapping[str, str], mentions: Sequence[Mention]) -> str:
    """Return the code that most independent sources give, the first by alphabet among equals; empty if none is given.

    `codes` are by mention; a source that gives several gives each.
    """
    home = {report: place for place, group in enumerate(groups) for report in group.reports}
    tally = Counter(code for _, code in {(home[it.report], codes[it.id]) for it in mentions if it.id in codes})
    return min(tally, key=lambda code: (-tally[code], code), default="")


def _count_publishers(reports: Iterable[str], publishers: Mapping[str, str | None]) -> int:
    """Count publishers; a report whose publisher is not known counts as one of its own."""
    return len({fold(publishers.get(report) or "") or (report,) for report in reports})


def _disputed(known: Sequence[Mention], telling: Sequence[Mention], figures: Iterable[Range]) -> tuple[str, ...]:
    """Return the names of what the mentions cannot all be right about."""
    statuses = {mention.status for mention in known}
    names = ["status"] if Status.DENIED in statuses and any(status.happened for status in statuses) else []
    days = _known_days(telling)
    names += ["when"] if days and max(it.first for it in days) > min(it.last for it in days) else []
    places = distinct(place for _, place in _placed(telling))
    names += ["where"] if any(_are_apart(a, b) for a, b in permutations(places, 2)) else []
    return (*names, *(figure.counts for figure in figures if figure.contested))


@dataclass(frozen=True, slots=True)
class Period:
    """The days of an incident: None for an end that is open or not known."""

    earliest: date | None = None
    latest: date | None = None
    granularity: Granularity = Granularity.UNKNOWN


def period_of(mentions: Iterable[Mention]) -> Period:
    """Return the days on which the mentions can agree, or all their days where they cannot."""
    days = _known_days(mentions)
    if not days:
        return Period()
    common = (max(it.first for it in days), min(it.last for it in days))
    first, last = common if common[0] <= common[1] else (min(it.first for it in days), max(it.last for it in days))
    return Period(_day(first), _day(last), _granularity(mentions, Days(first, last)))


def _known_days(mentions: Iterable[Mention]) -> list[Days]:
    """Return the days that the words state, or the inferred ones if none are stated."""
    whens = [(mention.when, days) for mention in mentions if (days := days_of(mention.when))]
    stated = [days for when, days in whens if when and when.basis is not Basis.INFERRED]
    return stated or [days for _when, days in whens]


def _day(ordinal: int) -> date | None:
    return None if ordinal in (OPEN_START, OPEN_END) else date.fromordinal(ordinal)


def _granularity(mentions: Iterable[Mention], days: Days) -> Granularity:
    """Return the finest unit in which some mention names exactly these days; an interval where none does."""
    named = {mention.when.granularity for mention in mentions if mention.when and days_of(mention.when) == days}
    return next((unit for unit in Granularity if unit in named), Granularity.INTERVAL)


def place_of(mentions: Sequence[Mention], groups: Iterable[Group]) -> Place | None:
    """Return the place that contradicts the fewest others, and the most precise of these; a source says each once."""
    home = {report: source for source, group in enumerate(groups) for report in group.reports}
    told = [(home[report], place) for report, place in _placed(mentions)]
    others = {(source, it.name, it.lat, it.lon, it.precision): it for source, it in told}.values()

    def rank(place: Place) -> tuple[int, int, float, str, int]:
        against = sum(_are_apart(place, other) for other in others)
        return (against, FINENESS[place.precision], radius_of(place), place.name or "", place.geonames or 0)

    return min(distinct(place for _, place in told), key=rank, default=None)


def _placed(mentions: Iterable[Mention]) -> list[tuple[str, Place]]:
    """Return reports and the places in them that the gazetteer knows: those that words state, or the inferred ones."""
    placed = [(it.report, it.place) for it in mentions if it.place and it.place.name]
    return [it for it in placed if not is_inferred(it[1])] or placed


def _are_apart(left: Place, right: Place) -> bool:
    proximity = relate(left, right)
    return proximity is not None and proximity.relation is Relation.APART

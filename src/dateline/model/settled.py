"""An incident settled under a policy: one set of values where its independent sources give several."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dateline.model.amounts import sources_of
from dateline.model.event import Status
from dateline.model.ground import Basis, Granularity, Precision
from dateline.model.imputation import COUNTS_OF_PEOPLE
from dateline.model.incident import Range
from dateline.model.policy import DEFAULT, Policy, estimate, policy_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.amounts import Sources
    from dateline.model.event import Mention
    from dateline.model.ground import Place, When
    from dateline.model.incident import Incident

_FINENESS = list(Precision)


def settle(incident: Incident, mentions: Iterable[Mention], policy: str = DEFAULT) -> Incident:
    """Return an incident with the figures, days, place and status that it has under a policy.

    What it rests on and what is contested stays as it is: a policy hides no disagreement. The incident is one as it
    was linked, not settled before; `mentions` are at least those of it, in any order.

    Raises:
        UsageError: if there is no policy of this name.
    """
    chosen, own = policy_of(policy), set(incident.mentions)
    known = [mention for mention in mentions if mention.id in own]
    group_of = {report: index for index, group in enumerate(incident.groups) for report in group.reports}
    said = votes((group_of[mention.report], mention.status) for mention in known)
    status = settled_status(chosen, incident.status, said)
    telling = [mention for mention in known if mention.status.tells_of(status)]
    sources = sources_of(incident.groups, telling, status)
    figures = incident.figures if status is incident.status else _ranges(incident, sources)
    return replace(
        incident,
        status=status,
        figures=tuple(_settled(figure, sources.get(figure.counts, ()), chosen) for figure in figures),
        **_days(telling, chosen),
        **_place(telling, chosen),
    )


def votes(said: Iterable[tuple[int, Status]]) -> tuple[int, int]:
    """Return how many independent sources assert that it happened, and how many deny it outright.

    `said` are the statuses of all mentions, each with the place of its independent source.
    """
    told: dict[int, set[Status]] = defaultdict(set)
    for group, status in said:
        told[group].add(status)
    asserted = sum(any(status.happened for status in it) for it in told.values())
    denied = sum(Status.DENIED in it and not any(status.happened for status in it) for it in told.values())
    return asserted, denied


def settled_status(policy: Policy, status: Status, votes: tuple[int, int]) -> Status:
    """Return the status under a policy: only what is said to have happened can be denied."""
    return Status.DENIED if status.happened and policy.is_denied(*votes) else status


def uses(policy: Policy, counts: str) -> bool:
    """Say whether a policy settles this count: no project's convention says anything of cities, days or money."""
    return policy.project is None or counts in COUNTS_OF_PEOPLE


def _settled(figure: Range, sources: Sources, policy: Policy) -> Range:
    if policy.name == DEFAULT or not sources or not uses(policy, figure.counts):
        return figure
    found = estimate(policy.name, sources)
    return replace(figure, low=found.low, best=found.best, high=found.high)


def _ranges(incident: Incident, sources: dict[str, Sources]) -> tuple[Range, ...]:
    """Return the ranges of the denials, where an incident was settled as denied."""
    contested = {figure.counts: figure.contested for figure in incident.figures}
    return tuple(
        Range(counts, it.low, it.high, contested.get(counts, False))
        for counts, told in sources.items()
        for it in [estimate(DEFAULT, told)]
    )


def _days(mentions: Iterable[Mention], policy: Policy) -> dict[str, Any]:
    """Return the days that a policy settles otherwise than by agreement; stated ones come before inferred ones."""
    whens = [mention.when for mention in mentions if mention.when and mention.when.basis is not Basis.UNKNOWN]
    known = [when for when in whens if when.basis is not Basis.INFERRED] or whens
    if policy.days == "agreed" or not known:
        return {}
    if policy.days == "exact":
        it = min(known, key=_width)
        return {"earliest": it.earliest, "latest": it.latest, "granularity": it.granularity}
    return _span(known)


def _width(when: When) -> tuple[bool, int, str, str]:
    closed = when.earliest is not None and when.latest is not None
    days = (when.latest - when.earliest).days if when.latest and when.earliest else 0
    return (not closed, days, str(when.earliest or when.latest), when.granularity.value)


def _span(whens: Sequence[When]) -> dict[str, Any]:
    """Return all days that some times tell, from the first to the last."""
    first, last = ([getattr(it, end) for it in whens] for end in ("earliest", "latest"))
    ends = (None if None in first else min(first), None if None in last else max(last))
    unit = min((it.granularity for it in whens if (it.earliest, it.latest) == ends), default=Granularity.INTERVAL)
    return {"earliest": ends[0], "latest": ends[1], "granularity": unit}


def _place(mentions: Iterable[Mention], policy: Policy) -> dict[str, Any]:
    """Return the place that a policy settles otherwise than by agreement: the most exact, stated before inferred."""
    places = [mention.place for mention in mentions if mention.place and mention.place.name]
    known = [place for place in places if place.basis is not Basis.INFERRED] or places
    if policy.place == "agreed" or not known:
        return {}
    it = min(known, key=_coarseness)
    names = ("country", "admin1", "lat", "lon", "radius_km", "precision")
    return {"place": it.name, **{name: getattr(it, name) for name in names}}


def _coarseness(place: Place) -> tuple[int, float, str, int]:
    radius = place.radius_km if place.radius_km is not None else float("inf")
    return (_FINENESS.index(place.precision), radius, place.name or "", place.geonames or 0)

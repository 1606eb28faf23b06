"""From mentions to what happened: `Link` and the computed `Incident`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.model.event import Status
from dateline.model.ground import Granularity, Precision


@dataclass(frozen=True, slots=True)
class Link:
    """The machine's word on whether two mentions are one incident.

    Attributes:
        left, right: mention ids, left < right.
        score: 0 (surely two) to 1 (surely one).
        why: one short clause a feature, in words a person can check.
    """

    left: str
    right: str
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """One kind of figure over all mentions of an incident.

    Attributes:
        low, high: the lowest and the highest claim or, in a settled incident, the ends under its policy.
        contested: some two mentions cannot both be right, whatever the policy.
        best: the one number under a policy (`model.settled`); None where nothing was chosen.
    """

    counts: str
    low: int | None
    high: int | None
    contested: bool
    best: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that count as one source of an incident, since they have one origin.

    Attributes:
        reports: ids, sorted.
        why: one clause a reason for which they are one; empty for a single report.
        share: of the incident's mentions, which share they give, 0 to 1.
    """

    reports: tuple[str, ...]
    why: tuple[str, ...] = ()
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, as computed from linked mentions. It can always be recomputed; nothing is stored only here.

    Attributes:
        id: hash of its founding mention's id: of the report published first, the first mention. It stays as long as no
            older report comes in and no part splits off; an id that was given goes on resolving (`storing.resolving`).
        mentions, reports: ids, sorted.
        status: the status of its most assertive mention.
        earliest, latest: the days on which its mentions can agree, or all their days where they cannot.
        publishers: how many publishers tell of it; reports with no known publisher count one each.
        groups: the independent sources: copies, outlets of one owner and those that rest on one voice are one.
        independent: how many groups there are.
        single_source: one group only, in however many reports.
        contested: some figure, day or status on which its mentions cannot all be right.
        disputed: the names of what is contested.
    """

    id: str
    type: str
    form: str | None
    status: Status
    mentions: tuple[str, ...]
    reports: tuple[str, ...]
    publishers: int
    earliest: date | None = None
    latest: date | None = None
    granularity: Granularity = Granularity.UNKNOWN
    place: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: Precision = Precision.UNKNOWN
    figures: tuple[Range, ...] = ()
    groups: tuple[Group, ...] = ()
    independent: int = 1
    single_source: bool = True
    contested: bool = False
    disputed: tuple[str, ...] = ()

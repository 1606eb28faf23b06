"""What a database answers with where no noun says it: `Counts`, `IncidentView`, `ReportView`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.errors import Issue
    from dateline.model.event import Mention
    from dateline.model.incident import Incident
    from dateline.model.text import Report


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is current in a project.

    Attributes:
        single_source: incidents with one independent source only.
        contested: incidents on which some figure, day or status is in dispute.
        undated, unsigned: reports of which the day of publication, the publisher is not known.
    """

    readings: int
    duplicates: int
    reports: int
    mentions: int
    links: int
    incidents: int
    single_source: int
    contested: int
    issues: int
    undated: int
    unsigned: int


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident with all that it rests on: mentions in the order of their reports, and those reports by id."""

    incident: Incident
    mentions: tuple[Mention, ...]
    reports: dict[str, Report]


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report with its mentions in the order of the text, and its issues."""

    report: Report
    mentions: tuple[Mention, ...]
    issues: tuple[Issue, ...]

"""The protocol that every coder keeps, and `verify`, which no answer passes without standing in its report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from dateline.errors import CodebookError, EvidenceError, Issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.codebook import Codebook
    from dateline.model.event import CoderId, Coding, Event
    from dateline.model.text import Report


class Coder(Protocol):
    """Reads reports and says which events they tell of. `dateline.testing` holds the promises as tests."""

    @property
    def id(self) -> CoderId:
        """Name, version and digest of all that the answers depend on."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages it speaks."""

    def code(self, reports: Sequence[Report], /) -> Sequence[Coding]:
        """Return exactly one coding a report, in the order given. Never raise for what a report says."""


def verify(report: Report, coding: Coding, codebook: Codebook) -> Coding:
    """Return the coding without the events that break a promise; each of those becomes an issue.

    A quote must stand in the report to the letter, the clause must hold the trigger, and type and form must be
    in the codebook. This is the only door from a coder to the rest, whichever coder it is.
    """
    kept: list[Event] = []
    issues: list[Issue] = []
    for event in coding.events:
        try:
            _check(report, event, codebook)
            kept.append(event)
        except (EvidenceError, CodebookError) as error:
            kind = "false-quote" if isinstance(error, EvidenceError) else "unknown-type"
            issues.append(Issue("coding", kind, str(error), report.source, report.id))
    if not issues:
        return coding
    return replace(coding, events=tuple(kept), issues=(*coding.issues, *issues))


def _check(report: Report, event: Event, codebook: Codebook) -> None:
    report.check(event.trigger)
    for argument in event.arguments:
        report.check(argument.evidence)
    if event.report != report.id:
        raise EvidenceError(f"event of report {event.report[:12]} given for report {report.id[:12]}")
    if not event.clause.contains(event.trigger.span) or event.clause.end > len(report.text):
        raise EvidenceError(f"clause {event.clause} does not hold the trigger {event.trigger.quote!r} inside the text")
    codebook.check(event.type, event.form)

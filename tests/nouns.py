"""Nouns for tests, made by hand: evidence by its words, a mention of a report, the incident that mentions make up."""

from __future__ import annotations

from dateline.model.event import Mention, Status
from dateline.model.incident import Group, Incident
from dateline.model.text import Evidence, Report, Span, digest


def cite(report: Report, words: str) -> Evidence:
    """Return the evidence of words, where they stand first in a report."""
    start = report.text.index(words)
    return report.cite(start, start + len(words))


def mention(report: Report, words: str, **about: object) -> Mention:
    """Return a mention whose trigger these words are: a march that is asserted, unless told otherwise."""
    trigger = cite(report, words)
    fields = {"type": "PROTEST", "form": "march", "status": Status.ASSERTED, "clause": Span(0, len(report.text))}
    return Mention(digest([report.id, words]), report.id, trigger=trigger, **(fields | about))  # type: ignore[arg-type]


def incident(*mentions: Mention, **about: object) -> Incident:
    """Return the incident of mentions, each report an independent source, unless told otherwise."""
    ids = tuple(sorted(each.id for each in mentions))
    reports = tuple(sorted({each.report for each in mentions}))
    fields = {
        "type": mentions[0].type,
        "form": mentions[0].form,
        "status": mentions[0].status,
        "publishers": len(reports),
        "groups": tuple(Group((report,), (), 1 / len(reports)) for report in reports),
        "independent": len(reports),
        "single_source": len(reports) == 1,
    }
    return Incident(digest(ids), mentions=ids, reports=reports, **(fields | about))  # type: ignore[arg-type]

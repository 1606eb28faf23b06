"""Pages: a question in, HTML out. All values come from the project's database, all words pass one escaping template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.exploring.address import parse_address
from dateline.exploring.marks import speakers_of
from dateline.exploring.openapi import openapi
from dateline.exploring.rendering import PAGE_ROWS, NotHereError, Window, render
from dateline.exploring.shown import show
from dateline.exploring.snippets import snippets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.model.copies import Copy
    from dateline.model.event import Mention
    from dateline.model.text import Evidence, Report
    from dateline.storing.database import Database


def report_page(database: Database, identity: str, query: Mapping[str, str]) -> str:
    """Return the page of one report: its text, with the words of every value marked, or of one mention's values.

    Raises:
        NotHereError: if the project has no such report, or the report no such mention.
        UsageError: if its text has no such part.
    """
    view = database.report(identity)
    if view is None:
        raise NotHereError(f"no report has the id {identity[:80]!r}; look for it in the list")
    only = query.get("mention")
    chosen = _chosen(view.mentions, only)
    part = query.get("part", "") if only or query.get("part") else "1"
    incidents = database.incidents_of(identity)
    return render(
        "report.html",
        report=view.report,
        mentions=view.mentions,
        issues=view.issues,
        sources=database.sources(identity),
        copies=_copies(database, view.report),
        only=chosen[0] if only else None,
        shown=show(view.report, chosen, speakers_of(view.mentions), part),
        incident_of={mention: incident.id for incident in incidents for mention in incident.mentions},
    )


@dataclass(frozen=True, slots=True)
class Shared:
    """What a report shares with another: the other, how much of each, and the longest passage."""

    other: Report
    words: int
    share: float
    share_other: float
    is_earlier: bool | None
    passage: Evidence


def _copies(database: Database, report: Report) -> list[Shared]:
    copies = database.copies_of(report.id)
    others = database.reports(_other(it, report) for it in copies)
    return [_shared(report, others[id], it) for it in copies if (id := _other(it, report)) in others]


def _other(copy: Copy, report: Report) -> str:
    return copy.right if copy.left == report.id else copy.left


def _shared(report: Report, other: Report, copy: Copy) -> Shared:
    """Return a copy as seen from one of its two reports."""
    is_left = copy.left == report.id
    longest = copy.longest
    ends = (longest.left_start, longest.left_end) if is_left else (longest.right_start, longest.right_end)
    shares = (copy.share_left, copy.share_right) if is_left else (copy.share_right, copy.share_left)
    is_earlier = None if copy.earlier is None else copy.earlier == report.id
    return Shared(other, copy.words, *shares, is_earlier, report.cite(*ends))


def issues_page(database: Database, query: Mapping[str, str]) -> str:
    """Return the page of what went wrong, input by input.

    Raises:
        UsageError: if the page number is none.
    """
    address = parse_address(query)
    window = Window(address.page, database.counts().issues)
    issues = database.issues(limit=PAGE_ROWS, offset=window.offset)
    kinds = database.issue_kinds()
    return render("issues.html", address=address, window=window, issues=issues, kinds=kinds)


def error_page(title: str, message: str) -> str:
    """Return the page that says what was asked for and cannot be had."""
    return render("error.html", title=title, message=message)


def _chosen(mentions: Sequence[Mention], only: str | None) -> Sequence[Mention]:
    if not only:
        return mentions
    chosen = [mention for mention in mentions if mention.id == only]
    if not chosen:
        raise NotHereError(f"mention {only[:80]!r} given; the report has {len(mentions)}, and none of this id")
    return chosen


def enter_page() -> str:
    """Return the page that asks for the token of this launch, which stands in the address after the #."""
    return render("enter.html")


def api_page() -> str:
    """Return the page that describes the interface for programs."""
    return render("api.html", api=openapi())


def texts_page(database: Database, query: Mapping[str, str]) -> str:
    """Return the page of reports whose texts hold the words, each with the passages around them.

    Raises:
        UsageError: if the query holds something that is no filter.
    """
    address = parse_address({name: word for name, word in query.items() if name != "in"})
    wanted = address.filters.words or ""
    offset = (address.page - 1) * PAGE_ROWS
    total, reports = database.search(wanted, limit=PAGE_ROWS, offset=offset)
    found = [(report, snippets(report.text, wanted)) for report in reports]
    return render("texts.html", address=address, window=Window(address.page, total), found=found, wanted=wanted)

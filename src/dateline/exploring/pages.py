"""Pages: a question in, HTML out. All values come from the project's database, all words pass one escaping template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.exploring.address import parse_address
from dateline.exploring.marks import marks_of, segments, sound, speakers_of
from dateline.exploring.rendering import PAGE_ROWS, NotHereError, Window, render
from dateline.exploring.snippets import snippets
from dateline.model.codebook import plover

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.model.codebook import Codebook
    from dateline.model.copies import Copy
    from dateline.model.event import Mention
    from dateline.model.ground import Figure
    from dateline.model.incident import Incident
    from dateline.model.text import Evidence, Report
    from dateline.storing.database import Database


def incident_page(database: Database, identity: str, codebooks: Sequence[Codebook] = ()) -> str:
    """Return the page of one incident: what its mentions say, side by side, and what its codebook means by its type.

    Raises:
        NotHereError: if the project has no such incident.
    """
    view = database.incident(identity)
    if view is None:
        raise NotHereError(
            f"no incident has the id {identity[:80]!r}; a later run may have computed it anew: look for it in the list"
        )
    mentions = sorted(view.mentions, key=lambda mention: _place_in_time(view.reports.get(mention.report)))
    return render(
        "incident.html",
        incident=view.incident,
        meaning=_meaning(codebooks, view.incident),
        mentions=mentions,
        reports=view.reports,
        sectors=dict(plover().sectors),  # grounding speaks of PLOVER's sectors, by whichever codebook events are coded
        figures_of=figures_of,
        counting=[mention for mention in mentions if mention.figures],
        passages=_passages(view.incident, view.reports, database.copies(view.incident.reports)),
        links=sorted(database.links(view.incident.mentions), key=lambda link: (-link.score, link.left, link.right)),
    )


def _passages(incident: Incident, reports: Mapping[str, Report], copies: Iterable[Copy]) -> dict[str, list[Evidence]]:
    """Return, for the first report of each group, the longest passage that each of its copies in the group shares."""
    found: dict[str, list[Evidence]] = {}
    home = {report: group.reports[0] for group in incident.groups for report in group.reports}
    for copy in copies:
        if home.get(copy.left) == home.get(copy.right) and copy.left in reports:
            words = reports[copy.left].cite(copy.longest.left_start, copy.longest.left_end)
            found.setdefault(home[copy.left], []).append(words)
    return found


def _meaning(codebooks: Sequence[Codebook], incident: Incident) -> str:
    """Return the definition of an incident's form, or else of its type, in the newest codebook that has it; else ""."""
    kinds = [kind for codebook in codebooks for kind in codebook.types if kind.code == incident.type]
    forms = [form.definition for kind in kinds if incident.form and (form := kind.form(incident.form))]
    return next(iter([*forms, *(kind.definition for kind in kinds)]), "")


def report_page(database: Database, identity: str, query: Mapping[str, str]) -> str:
    """Return the page of one report: its text, with the words of every value marked, or of one mention's values.

    Raises:
        NotHereError: if the project has no such report, or the report no such mention.
    """
    view = database.report(identity)
    if view is None:
        raise NotHereError(f"no report has the id {identity[:80]!r}; look for it in the list")
    chosen = _chosen(view.mentions, query.get("mention"))
    speakers = speakers_of(view.mentions)
    text = view.report.text
    marks, faults = sound(view.report, (mark for mention in chosen for mark in marks_of(mention, text, speakers)))
    incidents = database.incidents_of(identity)
    return render(
        "report.html",
        report=view.report,
        mentions=view.mentions,
        issues=view.issues,
        sources=database.sources(identity),
        copies=_copies(database, view.report),
        only=chosen[0] if query.get("mention") else None,
        segments=segments(text, marks),
        speakers=list(speakers.values()),
        faults=faults,
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


def figures_of(mention: Mention, counts: str) -> list[Figure]:
    """Return the figures of a mention that count this."""
    return [figure for figure in mention.figures if figure.counts == counts]


def _chosen(mentions: Sequence[Mention], only: str | None) -> Sequence[Mention]:
    if not only:
        return mentions
    chosen = [mention for mention in mentions if mention.id == only]
    if not chosen:
        raise NotHereError(f"mention {only[:80]!r} given; the report has {len(mentions)}, and none of this id")
    return chosen


def _place_in_time(report: Report | None) -> tuple[str, str]:
    """Return what puts reports in order: their day, those of no known day last, then their publisher."""
    if report is None:
        return ("9999", "")
    return (str(report.published.day or "9999"), report.publisher or "")


def enter_page() -> str:
    """Return the page that asks for the token of this launch, which stands in the address after the #."""
    return render("enter.html")


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

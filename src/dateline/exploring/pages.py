"""Pages: a question in, HTML out. All values come from the project's database, all words pass one escaping template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from dateline.drawing import wording
from dateline.errors import UsageError
from dateline.exploring.address import Address, parse_address
from dateline.exploring.marks import ROLES, marks_of, segments, sound, speakers_of
from dateline.model.codebook import plover
from dateline.model.ground import Role
from dateline.storing.catalogue import values
from dateline.storing.filters import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.model.codebook import Codebook
    from dateline.model.copies import Copy
    from dateline.model.event import Mention
    from dateline.model.ground import Figure
    from dateline.model.incident import Incident
    from dateline.model.text import Evidence, Report
    from dateline.storing.database import Database

PAGE_ROWS = 50

MOST_CHOICES = 500
"""How many values of a column are offered, the most frequent first; others can still be asked for in the address."""


class NotHereError(UsageError):
    """An address that names no page, incident, report or mention of this project."""


@dataclass(frozen=True, slots=True)
class Window:
    """One page of a longer list: rows `first` to `last` of `total`, counted from 1.

    Raises:
        NotHereError: if the list is too short to have this page.
    """

    page: int
    total: int

    def __post_init__(self) -> None:
        if self.page > self.pages:
            raise NotHereError(f"page {self.page} given; the list has {wording.plural(self.pages, 'page')}")

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * PAGE_ROWS

    @property
    def first(self) -> int:
        """Number of the first row shown; 0 in an empty list."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.offset + PAGE_ROWS, self.total)

    @property
    def pages(self) -> int:
        """How many pages the list has; an empty one has one."""
        return max(1, -(-self.total // PAGE_ROWS))


def home_page(database: Database, query: Mapping[str, str]) -> str:
    """Return the page of counters and of the incidents that the query asks for.

    Raises:
        UsageError: if the query holds something that is no filter.
    """
    address = parse_address(query)
    window = Window(address.page, database.count_incidents(address.filters))
    incidents = database.incidents(address.filters, limit=PAGE_ROWS, offset=window.offset)
    return _render(
        "home.html",
        address=address,
        window=window,
        incidents=incidents,
        triggers=_triggers(database, incidents),
        choices=_choices(database),
        counts=database.counts(),
    )


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
    return _render(
        "incident.html",
        incident=view.incident,
        meaning=_meaning(codebooks, view.incident),
        mentions=mentions,
        reports=view.reports,
        sectors=dict(plover().sectors),  # grounding speaks of PLOVER's sectors, by whichever codebook events are coded
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
    return _render(
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
    return _render("issues.html", address=address, window=window, issues=issues, kinds=kinds)


def error_page(title: str, message: str) -> str:
    """Return the page that says what was asked for and cannot be had."""
    return _render("error.html", title=title, message=message)


def figures_of(mention: Mention, counts: str) -> list[Figure]:
    """Return the figures of a mention that count this."""
    return [figure for figure in mention.figures if figure.counts == counts]


def _choices(database: Database) -> dict[str, list[str]]:
    """Return the values that each filter offers."""
    found = {name: [value for value, _ in values(database, name, limit=MOST_CHOICES)] for name in COLUMNS}
    publishers = {publisher for publisher in database.publishers().values() if publisher}
    return found | {"publisher": sorted(publishers)[:MOST_CHOICES]}


def _triggers(database: Database, incidents: Sequence[Incident]) -> dict[str, Evidence]:
    """Return for each incident the words that name it in its first mention, by incident id."""
    known = {mention.id: mention.trigger for mention in database.mentions(it.mentions[0] for it in incidents)}
    return {incident.id: known[incident.mentions[0]] for incident in incidents if incident.mentions[0] in known}


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


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dateline.exploring"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=wording, figures_of=figures_of, ROLES=ROLES, Role=Role, Address=Address)
    return environment


def _shown(value: object) -> object:
    """Return a value as it may be seen; what a macro has made already is left as it is."""
    return value if hasattr(value, "__html__") else wording.visible(value)


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)

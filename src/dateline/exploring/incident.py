"""The page of one incident: what its sources say of each field, settled under a policy that can be switched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.drawing import wording
from dateline.errors import UsageError
from dateline.exploring.marks import speakers_of
from dateline.exploring.rendering import NotHereError, render
from dateline.exploring.shown import show
from dateline.model.accounts import accounts_of, matrix
from dateline.model.codebook import plover
from dateline.model.judgement import Judgement
from dateline.model.policy import DEFAULT, POLICIES
from dateline.model.settled import settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.exploring.shown import Shown
    from dateline.model.accounts import Account
    from dateline.model.codebook import Codebook
    from dateline.model.copies import Copy
    from dateline.model.event import Mention
    from dateline.model.incident import Incident
    from dateline.model.relation import Relation
    from dateline.model.text import Evidence, Report
    from dateline.storing.answers import IncidentView
    from dateline.storing.archive import Archive
    from dateline.storing.database import Database

FIELD_NAMES = {
    "type": "what",
    "form": "form",
    "status": "claimed as",
    "when": "when",
    "where": "where",
    "actor": "who",
    "recipient": "to whom",
}
"""What the fields of accounts are called; counts are called by what is counted."""

_ALLOWED = {"policy", "report"}


@dataclass(frozen=True, slots=True)
class Said:
    """One value in a cell of the matrix: where it is told first, and how many more times."""

    account: Account
    more: int


@dataclass(frozen=True, slots=True)
class Related:
    """An incident that is a part, a whole, a consequence or a cause of another: which, what it is called, and why."""

    id: str
    kind: str
    words: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an incident: on which day, who did it, what, and why."""

    when: str
    who: str
    what: str
    why: str


def incident_page(
    database: Database, archive: Archive, codebooks: Sequence[Codebook], identity: str, query: Mapping[str, str]
) -> str:
    """Return the page of one incident.

    Raises:
        NotHereError: if the project has no such incident, or it no such report.
        UsageError: if there is no such policy.
    """
    view = find_incident(database, identity)
    if strange := sorted(set(query) - _ALLOWED):
        raise UsageError(f"{strange[0][:40]} given; expected policy or report")
    policy = query.get("policy") or DEFAULT
    mentions = in_order(view.mentions, view.reports)
    publishers = {report.id: report.publisher for report in view.reports.values()}
    return render(
        "incident.html",
        incident=view.incident,
        settled=settle(view.incident, view.mentions, policy),
        policy=policy,
        policies=POLICIES.values(),
        table=_told_once(matrix(accounts_of(view.incident, view.mentions, publishers))),
        fields=FIELD_NAMES,
        meaning=_meaning(codebooks, view.incident),
        mentions=mentions,
        reports=view.reports,
        shown=_text(view, query.get("report") or mentions[0].report),
        sectors=dict(plover().sectors),  # grounding speaks of PLOVER's sectors, by whichever codebook events are coded
        passages=_passages(view.incident, view.reports, database.copies(view.incident.reports)),
        links=sorted(database.links(view.incident.mentions), key=lambda link: (-link.score, link.left, link.right)),
        related=[*_related(database, identity)],
        history=[*_history(archive, view)],
    )


def moved_page(database: Database, identities: Sequence[str]) -> str:
    """Return the page that leads from the id of an earlier run to the incidents that it stands for now."""
    return render("moved.html", incidents=[find_incident(database, identity).incident for identity in identities])


def _told_once(table: Mapping[str, Mapping[int, Iterable[Account]]]) -> dict[str, dict[int, list[Said]]]:
    """Return a matrix whose cells tell each value once, with how often the source says so; what counts stands first."""
    return {field: {group: _once(accounts) for group, accounts in row.items()} for field, row in table.items()}


def _once(accounts: Iterable[Account]) -> list[Said]:
    found: dict[tuple[str, bool], list[Account]] = {}
    for account in accounts:
        found.setdefault((account.value, account.telling), []).append(account)
    return [Said(first, len(others)) for first, *others in sorted(found.values(), key=lambda it: not it[0].telling)]


def find_incident(database: Database, identity: str) -> IncidentView:
    """Return an incident with its mentions and reports.

    Raises:
        NotHereError: if the project has none of this id.
    """
    view = database.incident(identity)
    if view is None:
        raise NotHereError(
            f"no incident has the id {identity[:80]!r}; a later run may have computed it anew: look for it in the list"
        )
    return view


def _text(view: IncidentView, identity: str) -> Shown:
    """Return one report with the words of this incident's mentions marked.

    Raises:
        NotHereError: if the report tells nothing of the incident.
    """
    report = view.reports.get(identity)
    if report is None:
        raise NotHereError(
            f"report {identity[:80]!r} given; the incident rests on {len(view.reports)}, none of this id"
        )
    own = [mention for mention in view.mentions if mention.report == identity]
    return show(report, own, speakers_of(own))


def _related(database: Database, identity: str) -> Iterator[Related]:
    for relation in database.relations_of(identity):
        is_of = relation.incident == identity
        other = database.incident(relation.of if is_of else relation.incident)
        if other is not None:
            names = {"part_of": ("is a part of", "has as a part"), "follow_up": ("follows from", "is followed by")}
            kind = names.get(relation.kind.value, (relation.kind.value,) * 2)[0 if is_of else 1]
            it = other.incident
            words = f"{wording.kind(it.type, it.form)}, {wording.area(it.place, it.admin1, it.country)}, "
            yield Related(it.id, kind, words + wording.days(it.earliest, it.latest, it.granularity), relation)


def _history(archive: Archive, view: IncidentView) -> Iterator[Step]:
    """Yield what people said of the incident's mentions, then the run that computed it; the newest first."""
    own = set(view.incident.mentions)
    said = [word for word in archive.judgements().values() if isinstance(word, Judgement)]
    told = [word for word in said if own & {anchor.mention for anchor in (*word.left, *word.right)}]
    steps = [(word.when, word.who, wording.code(word.verdict.value), word.reason) for word in told]
    steps += [
        (it.when, it.who, " ".join(filter(None, (wording.code(it.act.value), wording.code(it.field)))), it.reason)
        for it in archive.decisions().values()
        if it.about.mention in own
    ]
    for when, who, what, why in sorted(steps, reverse=True):
        yield Step(f"{when:%Y-%m-%d %H:%M}", who, what, why)
    for manifest in reversed(archive.manifests[-1:]):
        yield Step(manifest.clock.started[:16].replace("T", " "), f"run {manifest.number}", "computed", manifest.run)


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


def in_order(mentions: Iterable[Mention], reports: Mapping[str, Report]) -> list[Mention]:
    """Return mentions by the day of their reports, those of no known day last."""
    return sorted(mentions, key=lambda mention: _place_in_time(reports.get(mention.report)))


def _place_in_time(report: Report | None) -> tuple[str, str]:
    """Return what puts reports in order: their day, those of no known day last, then their publisher."""
    if report is None:
        return ("9999", "")
    return (str(report.published.day or "9999"), report.publisher or "")

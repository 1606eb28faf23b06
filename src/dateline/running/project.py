"""What a Python user holds of a project: `Project`, its tables, totals and what its sources say."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from dateline.errors import UsageError
from dateline.linking.actors import resolve
from dateline.model.accounts import Account, accounts_of
from dateline.model.actor import ResolvedActor
from dateline.model.captures import Capture, captures_of, origin_of
from dateline.model.event import Mention
from dateline.model.incident import Incident
from dateline.model.policy import DEFAULT, POLICIES, policy_of
from dateline.model.publisher import Publisher, load_registry
from dateline.model.settled import settle
from dateline.model.tables import from_table, to_table
from dateline.model.totals import ADDED, WITHIN, totals_of, totals_table
from dateline.running.table import Table
from dateline.running.told import Told
from dateline.storing.archive import open_archive
from dateline.storing.catalogue import wholes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.figure import Figure

    from dateline.model.publisher import Registry
    from dateline.storing.database import Database


@dataclass(frozen=True, slots=True)
class Published:
    """Who published a report: the name as given, and the publisher of the registry, if it is known."""

    report: str
    given: str | None
    publisher: Publisher | None


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder. Each table is read when it is asked for; see `Table`."""

    folder: Path

    def incidents(self, policy: str | None = None) -> Table:
        """Return all incidents, as of the newest run.

        Args:
            policy: settles figures, days, place and status (`dateline.policies()`, `docs/policies.md`); by default all
                of the range that the sources tell.

        Raises:
            UsageError: if there is no policy of this name.
        """
        chosen = policy_of(policy or DEFAULT).name
        if chosen == DEFAULT:
            return self._table("incidents")
        with self._open() as database:
            return Table(to_table(Incident, (settle(*told, chosen) for told in _told(database))))

    def accounts(self) -> Table:
        """Return what each independent source of each incident says of each field, in which words, and who says so.

        One row a mention and field: see `model.accounts.Account`.
        """
        with self._open() as database:
            publishers = database.publishers()
            found = (account for told in _told(database) for account in accounts_of(*told, publishers))
            return Table(to_table(Account, found))

    def totals(self, policy: str | Sequence[str] = (), by: str | Sequence[str] = (), parts: str = WITHIN) -> Table:
        """Return how many people in all: killed, injured, arrested, who took part ..., each incident counted once.

        One row a policy, a count and a value of what is told apart: see `model.totals.Total`; `rule` is that for parts.

        Args:
            policy: name of a policy, or of some; all of them by default.
            by: what to tell apart: some of type, form, country, admin1, year, month.
            parts: `within`: of a wave, or a protest, and the incidents that are part of it, the larger number counts;
                `added`: the numbers of both are added.

        Raises:
            UsageError: if there is no such policy or rule, or incidents cannot be told apart so.
        """
        policies, keys = ([it] if isinstance(it, str) else list(it) for it in (policy, by))
        if parts not in (WITHIN, ADDED):
            raise UsageError(f"{parts!r} given for parts; expected {WITHIN} or {ADDED}")
        with self._open() as database:
            whole_of = wholes(database) if parts == WITHIN else {}
            return Table(totals_table(totals_of(database.cases(), policies, keys, whole_of), keys, parts))

    def captures(self, own: Path | str | None = None) -> Table:
        """Return which list of incidents holds which incident, for multiple-systems estimation (`docs/policies.md`).

        One row an independent source: incident, group, list. A list is a publisher, or the owner of several that the
        registry of the newest run, or that with a file of one's `own`, knows by name or address.
        """
        registry = self._registry(own)
        with self._open() as database:
            origins = {
                it.id: origin_of(registry.find(it.publisher, it.url), it.publisher, it.published.day)
                for it in database.all_reports()
            }
            return Table(to_table(Capture, captures_of(database.incidents(), origins)))

    def plot_times(self, unit: str = "month") -> Figure:
        """Return a plot of the incidents that happened, over time and by type; a bar is a month or a year.

        Raises:
            UsageError: if matplotlib is not installed.
        """
        from dateline.running.plotting import draw_times  # matplotlib is no part of what Dateline needs

        return draw_times(self.folder, unit)

    def plot_disputes(self, counts: str = "killed", most: int = 25) -> Figure:
        """Return a plot of the incidents whose sources are furthest apart on a number, with what each policy takes.

        Raises:
            UsageError: if matplotlib is not installed.
        """
        from dateline.running.plotting import draw_disputes  # matplotlib is no part of what Dateline needs

        return draw_disputes(self.folder, counts, most)

    def mentions(self) -> Table:
        """Return all mentions."""
        return self._table("mentions")

    def reports(self) -> Table:
        """Return all reports, with their texts."""
        return self._table("reports")

    def issues(self) -> Table:
        """Return all issues."""
        return self._table("issues")

    def copies(self) -> Table:
        """Return the pairs of reports that share passages, as of the newest run."""
        return self._table("copies")

    def relations(self) -> Table:
        """Return which incidents are parts or follow-ups of others, as of the newest run."""
        return self._table("relations")

    def links(self) -> Table:
        """Return the links between mentions, as of the newest run."""
        return self._table("links")

    def actors(self) -> Table:
        """Return the public actors of all reports, each once, with what makes its names one (`linking.actors`)."""
        return Table(to_table(ResolvedActor, resolve(from_table(Mention, self.mentions().arrow))))

    def publishers(self, own: Path | str | None = None) -> Table:
        """Return who published each report, as far as the registry of the newest run knows, or that with one's `own`.

        One row a report: its id, the publisher as given, and the fields of `model.publisher.Publisher`.
        """
        registry = self._registry(own)
        given = self.reports().arrow.select(["id", "publisher", "url"]).to_pylist()
        found = [Published(it["id"], it["publisher"], registry.find(it["publisher"], it["url"])) for it in given]
        return Table(to_table(Published, found))

    def told(self) -> Iterator[Told]:
        """Yield each report with its mentions, the incidents they belong to, and its issues."""
        with self._open() as database:
            home = {mention: incident for incident in database.incidents() for mention in incident.mentions}
            for view in database.views():
                found = {home[mention.id].id: home[mention.id] for mention in view.mentions if mention.id in home}
                yield Told(view.report, view.mentions, tuple(found.values()), view.issues)

    def _registry(self, own: Path | str | None) -> Registry:
        return load_registry(Path(own)) if own else open_archive(self.folder).registry()

    def _table(self, noun: str) -> Table:
        with self._open() as database:
            return Table(database.table(noun))

    @contextmanager
    def _open(self) -> Iterator[Database]:
        from dateline.storing.database import open_database  # DuckDB takes half a second to import

        with open_database(self.folder) as database:
            yield database


def _told(database: Database) -> Iterator[tuple[Incident, list[Mention]]]:
    """Yield each incident with its mentions, without those that people rejected since the newest run."""
    told = {mention.id: mention for mention in database.all_mentions()}
    for incident in database.incidents():
        yield incident, [told[mention] for mention in incident.mentions if mention in told]


def policies() -> Table:
    """Return the names of all policies, with what each does and whose it is."""
    rows = [{"policy": policy.name, "about": policy.about} for policy in POLICIES.values()]
    return Table(pa.Table.from_pylist(rows))


def open_project(folder: Path | str) -> Project:
    """Return a project, after a look whether it is one."""
    open_archive(Path(folder))
    return Project(Path(folder))

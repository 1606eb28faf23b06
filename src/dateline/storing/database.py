"""Questions to a project: DuckDB views over its Parquet files, and one named method a question.

The database lives in memory and holds no data; it can be opened as often as one likes, also while a run is writing,
and shows the project as its manifests stood at that moment. No extension is loaded and nothing is ever downloaded.
"""

from __future__ import annotations

import glob
from contextlib import closing, contextmanager
from functools import partial
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import duckdb
import numpy as np
import pyarrow as pa

from dateline.errors import Issue, UsageError
from dateline.model.copies import Copy
from dateline.model.event import Mention
from dateline.model.incident import Incident, Link
from dateline.model.relation import Relation
from dateline.model.tables import from_rows
from dateline.model.text import Report
from dateline.model.totals import cases_of
from dateline.storing import queries, words
from dateline.storing.answers import Counts, IncidentView, ReportView
from dateline.storing.archive import WORK, Files, open_archive
from dateline.storing.columns import columns_of
from dateline.storing.filters import ALL, Filters
from dateline.storing.ready import ORDERS, lay_ready, ready_path, statements
from dateline.storing.results import PARTS, SINCE
from dateline.storing.tables import lay_tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from dateline.model.totals import Case
    from dateline.storing.columns import Columns, Mask

BATCH_ROWS = 2_048

MOST_KEPT = 64
"""Of how many filters it is kept who passes, one byte an incident."""

_Rows = list[dict[str, Any]]

_SETTINGS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}

_SESSION = (
    "SET GLOBAL TimeZone = 'UTC'",
    "SET GLOBAL arrow_large_buffer_size = true",  # texts of a batch of reports can be more than 2 GB together
    "SET GLOBAL parquet_metadata_cache = true",  # what a manifest names never changes
)


class Database:
    """Read-only answers from a set of Parquet files. Get one from `open_database`."""

    def __init__(self, parts: Files, spill: Path, memory: str | None = None) -> None:
        """Lay the views over the files; queries larger than `memory` ("4GB") spill to the folder `spill`."""
        config = {**_SETTINGS, "temp_directory": str(spill)} | ({"memory_limit": memory} if memory else {})
        self._connection = duckdb.connect(":memory:", config=config)
        for setting in _SESSION:
            self._connection.execute(setting).fetchall()
        lay_tables(self._connection, parts)
        for statement in statements("views.sql"):
            self._connection.execute(statement).fetchall()
        nouns = ("reports", "mentions", "incidents", SINCE["incidents"])
        names = (str(path.name) for noun in nouns for path in parts.get(noun, ()))
        self._index_path = words.index_path(spill, (queries.PASSAGES, queries.TEXTS, *names))
        self.work, self.state = spill, sorted(f"{noun}/{it.name}" for noun, them in parts.items() for it in them)
        self._index: sqlite3.Connection | None = None
        self._has_facts = self._is_ready = False
        self._laid: dict[str, object] = {}
        self._columns: Columns | None = None
        self._judged: NDArray[np.int64] | None = None
        self._passing: dict[Filters, Mask] = {}
        self._making, self._laying = Lock(), Lock()

    def close(self) -> None:
        """Let go of memory and files."""
        if self._index is not None:
            self._index.close()
        self._connection.close()

    def table(self, noun: str) -> pa.Table:
        """Return all current rows of a noun, one of the keys of `PARTS`, in a fixed order.

        Columns are those of `PARTS`, but that Arrow takes all of them for nullable.
        """
        return cast("pa.Table", self._view(noun).to_arrow_table())

    def batches(self, noun: str) -> Iterator[_Rows]:
        """Yield the current rows of a noun as plain dictionaries, some thousand at a time, in a fixed order."""
        return stream(self._view(noun))

    def all_mentions(self) -> Iterator[Mention]:
        """Yield all current mentions, by report and place in the text."""
        for rows in self.batches("mentions"):
            yield from from_rows(Mention, rows)

    def told(self) -> Iterator[tuple[Report, tuple[Mention, ...]]]:
        """Yield all current reports with their current mentions, by id."""
        return joined(self.batches("reports"), self.batches("mentions"))

    def all_reports(self) -> Iterator[Report]:
        """Yield all current reports, by id."""
        for rows in self.batches("reports"):
            yield from from_rows(Report, rows)

    def copies(self, reports: Iterable[str]) -> list[Copy]:
        """Return the copies among these reports."""
        return from_rows(Copy, self._dicts(queries.COPIES, {"ids": list(reports)}))

    def copies_of(self, report: str) -> list[Copy]:
        """Return the copies that a report takes part in, those that share most words first."""
        return from_rows(Copy, self._dicts(queries.COPIES_OF_REPORT, {"id": report}))

    def every_report(self) -> Iterator[tuple[Report, tuple[Mention, ...]]]:
        """Yield all reports with all mentions of them, current or not, by id."""
        reports = stream(self._connection.cursor().sql(queries.EVERY_REPORT))
        return joined(reports, stream(self._connection.cursor().sql(queries.EVERY_MENTION)))

    def dangling(self) -> list[tuple[str, str]]:
        """Return what is named and is not there, after the noun that names it.

        Links and incidents name current mentions, relations name incidents, and mentions name reports.
        """
        return self._rows(queries.DANGLING)

    def counts(self) -> Counts:
        """Count what is current."""
        (row,) = self._rows(queries.COUNTS)
        return Counts(*row)

    def publishers(self) -> dict[str, str | None]:
        """Return the publisher of each current report, by report id."""
        return dict(self._rows(queries.PUBLISHERS))

    def count_incidents(self, filters: Filters = ALL) -> int:
        """Count the incidents that pass the filters."""
        return int(self.passing(filters).sum())

    def incidents(self, filters: Filters = ALL, *, limit: int | None = None, offset: int = 0) -> list[Incident]:
        """Return the incidents that pass the filters, earliest first, those of unknown time last; one page of them."""
        if filters == ALL:
            return from_rows(Incident, self._dicts(queries.ALL_INCIDENTS, {"limit": limit, "offset": offset}))
        return from_rows(Incident, self._dicts(queries.INCIDENTS, {"ns": self.numbers(filters, limit, offset)}))

    def facts(self, numbers: Iterable[int]) -> _Rows:
        """Return the incidents with these numbers as rows of facts, by number."""
        self.make_facts()
        return self._dicts(queries.FACTS, {"ns": list(numbers)})

    def columns(self) -> Columns:
        """Return what incidents are filtered by, read into memory at first need."""
        self.make_facts()
        with self._making:
            if self._columns is None:
                self._columns = columns_of(self._connection.cursor().sql(queries.COLUMNS).to_arrow_table())
            return self._columns

    def passing(self, filters: Filters) -> Mask:
        """Say of each incident, in the order of the list, whether it passes the filters."""
        known = self._passing
        found = known.get(filters)
        if found is None:
            worded = None if filters.words is None else words.find_incidents(self.index(), filters.words)
            found = self.columns().passing(filters, self.judged(), worded)
            if len(known) >= MOST_KEPT:
                known.clear()
            known[filters] = found
        return found

    def numbers(self, filters: Filters, limit: int | None = None, offset: int = 0) -> list[int]:
        """Return the numbers of the incidents that pass the filters; one page of them."""
        found = self.passing(filters).nonzero()[0]
        return cast("list[int]", found[offset : None if limit is None else offset + limit].tolist())

    def judged(self) -> NDArray[np.int64]:
        """Return the numbers of the incidents that a person has judged."""
        self.make_facts()
        with self._making:
            if self._judged is None:
                self._judged = np.array([n for (n,) in self._rows(queries.JUDGED)], np.int64)
            return self._judged

    def identity(self, number: int) -> str | None:
        """Return the id of the incident with a number among the facts; None if there is none."""
        self.make_facts()
        return next((id_ for (id_,) in self._rows(queries.NUMBERED, {"n": number})), None)

    def note_reviewed(self, mentions: Iterable[str]) -> None:
        """Take the incidents of these mentions for reviewed, beside those with a mention that the run left reviewed."""
        self.make_facts()
        with self._making:
            self._connection.cursor().execute("DELETE FROM judged")
            self._connection.cursor().execute(queries.REVIEWED, {"ids": list(mentions)})
            self._judged, self._passing = None, {}

    def make_facts(self) -> None:
        """Hold in memory what incidents are filtered by, once."""
        with self._making:
            if not self._has_facts:
                for statement in statements("facts.sql"):
                    self._connection.cursor().execute(statement).fetchall()
                self._has_facts = True

    def make_ready(self) -> None:
        """Answer from here on from the file in which the project is laid ready; call it before all questions."""
        with self._making:
            if not self._has_facts:
                lay_ready(self._connection, ready_path(self.work, self.state))
                self._connection.execute("SET threads = 1")  # what is asked from here on is a few rows, and they wait
                self._has_facts = self._is_ready = True

    def index(self) -> sqlite3.Connection:
        """Return the index for full-text search, made at first need."""
        self.make_facts()
        with self._making:
            if self._index is None:
                passages, texts = (partial(self._streamed, it) for it in (queries.PASSAGES, queries.TEXTS))
                self._index = words.open_index(self._index_path, passages, texts)
            return self._index

    def search(self, wanted: str, *, limit: int, offset: int = 0) -> tuple[int, list[Report]]:
        """Return how many reports hold the words in title or text, and one page of them, the best first."""
        total, ids = words.find_reports(self.index(), wanted, limit, offset)
        found = self.reports(ids)
        return total, [found[id_] for id_ in ids if id_ in found]

    def _streamed(self, query: str) -> Iterator[tuple[object, ...]]:
        with closing(self._connection.cursor().execute(query)) as answer:
            while rows := answer.fetchmany(BATCH_ROWS):
                yield from rows

    def cases(self, filters: Filters = ALL) -> Iterator[Case]:
        """Yield what totals need of the incidents that pass the filters, by id."""
        is_all = filters == ALL
        chosen, values = ("FROM incidents", {}) if is_all else (queries.CHOSEN, {"ns": self.numbers(filters)})
        stated = self._flat(queries.STATED.format(chosen), values)
        return cases_of(self._flat(queries.CASES.format(chosen), values), stated)

    def incidents_of(self, report: str) -> list[Incident]:
        """Return the incidents that a report tells of, earliest first."""
        return from_rows(Incident, self._dicts(queries.INCIDENTS_OF_REPORT, {"id": report}))

    def incident(self, identity: str) -> IncidentView | None:
        """Return an incident with its mentions and their reports; None if there is none of this id."""
        found = from_rows(Incident, self._dicts(queries.INCIDENT, {"id": identity}))
        if not found:
            return None
        return IncidentView(found[0], tuple(self.mentions(found[0].mentions)), self.reports(found[0].reports))

    def mentions(self, identities: Iterable[str]) -> list[Mention]:
        """Return the current mentions with these ids, by report and place in the text."""
        return from_rows(Mention, self._dicts(queries.MENTIONS, {"ids": list(identities)}))

    def coded(self, identities: Iterable[str]) -> list[Mention]:
        """Return the current mentions with these ids as the machine told them, whatever people decided."""
        return from_rows(Mention, self._dicts(queries.CODED, {"ids": list(identities)}))

    def coded_of(self, reports: Iterable[str]) -> list[Mention]:
        """Return the current mentions of these reports as the machine told them, whatever people decided."""
        return from_rows(Mention, self._dicts(queries.CODED_OF_REPORTS, {"ids": list(reports)}))

    def links(self, mentions: Iterable[str]) -> list[Link]:
        """Return the links between these mentions."""
        return from_rows(Link, self._dicts(queries.LINKS, {"ids": list(mentions)}))

    def relations_of(self, incident: str) -> list[Relation]:
        """Return the relations that an incident takes part in, on either side: parts first, the surest first."""
        return from_rows(Relation, self._dicts(queries.RELATIONS_OF, {"id": incident}))

    def reports(self, identities: Iterable[str]) -> dict[str, Report]:
        """Return the current reports with these ids, by id."""
        found = from_rows(Report, self._dicts(queries.REPORTS, {"ids": list(identities)}))
        return {report.id: report for report in found}

    def report(self, identity: str) -> ReportView | None:
        """Return a report with its mentions and issues; None if there is none of this id."""
        report = self.reports([identity]).get(identity)
        if report is None:
            return None
        by_id = {"id": identity}
        mentions = from_rows(Mention, self._dicts(queries.MENTIONS_OF_REPORT, by_id))
        issues = from_rows(Issue, self._dicts(queries.ISSUES_OF_REPORT, by_id))
        return ReportView(report, tuple(mentions), tuple(issues))

    def views(self) -> Iterator[ReportView]:
        """Yield all current reports with their mentions and issues, by id, reading each table once."""
        issues: dict[str | None, list[Issue]] = {}
        for issue in self.issues():
            issues.setdefault(issue.report, []).append(issue)
        for report, mentions in self.told():
            yield ReportView(report, mentions, tuple(issues.get(report.id, ())))

    def sources(self, report: str) -> list[str]:
        """Return the inputs that give this report, the one it was first read from first."""
        return [source for (source,) in self._rows(queries.SOURCES, {"id": report})]

    def issues(self, *, limit: int | None = None, offset: int = 0) -> list[Issue]:
        """Return current issues by source; one page of them."""
        return from_rows(Issue, self._dicts(queries.ISSUES, {"limit": limit, "offset": offset}))

    def issue_kinds(self) -> list[tuple[str, str, int]]:
        """Return stage, kind and number of current issues, most frequent first."""
        return self._rows(queries.ISSUE_KINDS)

    def ask(self, query: str, values: dict[str, Any] | None = None) -> duckdb.DuckDBPyRelation:
        """Return the answer to a question of one's own, on a connection of its own; values are bound by name."""
        return self._connection.cursor().sql(query, params=values)

    def among(self, query: str, values: dict[str, Any], numbers: NDArray[np.int64]) -> list[Any]:
        """Return the rows of a question to the incidents with these numbers, which it finds in a table `chosen`."""
        cursor = self._connection.cursor()
        cursor.register("chosen", pa.table({"n": pa.array(numbers)}))
        return cast("list[Any]", cursor.execute(query, values).fetchall())

    def lay_once(self, name: str, make: Callable[[], Path | pa.Table]) -> None:
        """Lay a further table, or one over a Parquet file, unless one of this name is laid."""
        with self._laying:
            if name not in self._laid:
                made, cursor = make(), self._connection.cursor()
                is_table = isinstance(made, pa.Table)
                (cursor.from_arrow(made) if is_table else cursor.read_parquet(glob.escape(str(made)))).create_view(name)
                self._laid[name] = made

    def _view(self, noun: str) -> duckdb.DuckDBPyRelation:
        if noun not in PARTS:
            raise UsageError(f"table {noun!r} given; expected one of {', '.join(PARTS)}")
        view = self._connection.cursor().view(noun)
        return view.order(ORDERS[noun]) if self._is_ready and noun in ORDERS else view

    def _flat(self, query: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        """Yield rows of bare values, some thousand at a time."""
        relation = self._connection.cursor().sql(query, params=values)
        for batch in relation.to_arrow_reader(BATCH_ROWS):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def _dicts(self, query: str, values: dict[str, Any]) -> _Rows:
        table = cast("pa.Table", self._connection.cursor().sql(query, params=values).to_arrow_table())
        return table.to_pylist()

    def _rows(self, query: str, values: dict[str, Any] | None = None) -> list[Any]:
        return cast("list[Any]", self._connection.cursor().execute(query, values).fetchall())


@contextmanager
def open_database(folder: Path) -> Iterator[Database]:
    """Open a project for questions.

    Raises:
        ArchiveError: if the folder is no project, or a manifest is damaged.
    """
    with over(open_archive(folder).files(), folder / WORK) as database:
        yield database


@contextmanager
def over(parts: Files, spill: Path, memory: str | None = None) -> Iterator[Database]:
    """Open a database over these files; questions that need more than `memory` work on disk, in the folder `spill`."""
    database = Database(parts, spill, memory)
    try:
        yield database
    finally:
        database.close()


def joined(reports: Iterator[_Rows], mentions: Iterator[_Rows]) -> Iterator[tuple[Report, tuple[Mention, ...]]]:
    """Join rows of reports, by id, with those of mentions, by report, holding the mentions of one report at a time."""
    found = (mention for rows in mentions for mention in from_rows(Mention, rows))
    groups = ((report, tuple(members)) for report, members in groupby(found, lambda it: it.report))
    ahead = next(groups, None)
    for report in (report for rows in reports for report in from_rows(Report, rows)):
        while ahead and ahead[0] < report.id:
            ahead = next(groups, None)
        yield report, ahead[1] if ahead and ahead[0] == report.id else ()


def stream(relation: duckdb.DuckDBPyRelation) -> Iterator[_Rows]:
    """Yield the rows of an answer, some thousand at a time."""
    for batch in relation.to_arrow_reader(BATCH_ROWS):
        yield batch.to_pylist()

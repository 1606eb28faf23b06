"""The current mentions of a project as linking asks for them: with their reports, or by id."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from dateline.model.event import Mention
from dateline.model.tables import from_batch, from_rows
from dateline.model.text import Report
from dateline.storing.database import BATCH_ROWS, stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.storing.database import Database

_REPORTS = "SELECT * FROM all_reports WHERE id IN (SELECT unnest($ids)) ORDER BY id"
_RUN = "SELECT min(run) AS run FROM current_codings WHERE report IN (SELECT unnest($ids))"
_MENTIONS = """
SELECT * FROM mentions_unsorted WHERE run >= $run AND report IN (SELECT unnest($ids)) ORDER BY report, trigger.start, id
"""
_ALL_REPORTS, _ALL_MENTIONS = "SELECT * FROM reports ORDER BY id", "SELECT * FROM mentions ORDER BY report"
_SOME = "SELECT * FROM mentions_unsorted WHERE id IN (SELECT unnest($ids))"
_EVERY = "SELECT * FROM mentions_unsorted"

_MANY = 100_000
"""Mentions that are taken at once."""

_Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """The current mentions of a project.

    Attributes:
        database: the project.
        is_held: to be asked for all at once, some 1 kB each, at first need: a question decodes all that there are,
            whatever it asks for.
    """

    database: Database
    is_held: bool = False

    def by(self, reports: Sequence[str] | None) -> Iterator[tuple[Report, _Rows]]:
        """Yield these reports, all where none are named, with the rows of their current mentions, by id."""
        asked = None if reports is None else {"ids": reports}
        texts = _ALL_REPORTS if reports is None else _REPORTS
        told = stream(self.database.ask(_ALL_MENTIONS)) if reports is None else self.rows_of(reports)
        groups = groupby((row for some in told for row in some), itemgetter("report"))
        ahead = next(groups, None)
        for report in (it for some in stream(self.database.ask(texts, asked)) for it in from_rows(Report, some)):
            while ahead and ahead[0] < report.id:
                ahead = next(groups, None)
            yield report, list(ahead[1]) if ahead and ahead[0] == report.id else []

    def rows_of(self, reports: Sequence[str]) -> Iterator[_Rows]:
        """Yield rows of the current mentions of these reports, by report and place in the text."""
        if self.is_held:
            return (batch.to_pylist() for batch in _in_order(self._held("report", reports)).to_batches(BATCH_ROWS))
        # What was told before any of them is passed over.
        ((run,),) = self.database.ask(_RUN, {"ids": reports}).fetchall()
        return stream(self.database.ask(_MENTIONS, {"ids": reports, "run": run or 0}))

    def of(self, reports: Sequence[str]) -> list[Mention]:
        """Return the current mentions of these reports."""
        return from_rows(Mention, [row for rows in self.rows_of(reports) for row in rows])

    def some(self, mentions: Sequence[str]) -> Iterator[Mention]:
        """Yield the current mentions with these ids."""
        if self.is_held:
            batches = iter(self._held("id", mentions).to_batches())
        else:
            batches = self.database.ask(_SOME, {"ids": mentions}).to_arrow_reader(_MANY)
        for batch in batches:
            yield from from_batch(Mention, batch)

    def _held(self, column: str, names: Sequence[str]) -> pa.Table:
        """Return the rows of all mentions that have one of these names in a column."""
        return self._every.filter(pc.is_in(self._every[column], pa.array(names, pa.string())))

    @cached_property
    def _every(self) -> pa.Table:
        """All of them."""
        return cast("pa.Table", self.database.ask(_EVERY).to_arrow_table())


def _in_order(mentions: pa.Table) -> pa.Table:
    """Return mentions by report and place in the text."""
    places = pc.struct_field(mentions["trigger"], "start")
    columns: list[Any] = [mentions["report"], places, mentions["id"]]
    keys: Any = pa.Table.from_arrays(columns, names=["report", "place", "id"])
    return mentions.take(pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names]))

"""What review asks of a project: which mentions are the most pressing, how many, and the incident of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from dateline.model.incident import Incident
from dateline.model.tables import from_rows
from dateline.storing.database import stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from dateline.storing.columns import Mask
    from dateline.storing.database import Database
    from dateline.storing.filters import Filters

_ORDERED = """
SELECT n, mention FROM doubts ORDER BY round(
  1 - confidence + $contested * CAST(contested AS INTEGER) + $single_source * CAST(single_source AS INTEGER)
  + $placeless * CAST(placeless AS INTEGER) + $timeless * CAST(timeless AS INTEGER) + $guess * guesses, 4
) * round(1 + log2(1 + coalesce(list_max(list_transform(
  list_filter(sizes, lambda s: list_contains($counts, s.counts)), lambda s: s.size)), 0)), 4) DESC, mention
"""
_HOMES = "SELECT mention, contested, single_source FROM doubts WHERE mention IN (SELECT unnest($ids))"
_INCIDENT = "SELECT * FROM incidents WHERE id IN (SELECT id FROM facts JOIN doubts USING (n) WHERE mention = $id)"


@dataclass(frozen=True, slots=True)
class Home:
    """The incident of a mention, as far as review is ordered by it."""

    contested: bool
    single_source: bool


@dataclass(frozen=True, slots=True)
class Pressing:
    """All mentions of incidents, the most pressing first.

    Attributes:
        incident: the number of the incident of each.
        mention: their ids.
    """

    incident: NDArray[np.int32]
    mention: pa.Array[Any]

    def open(self, passing: Mask, done: Collection[str]) -> Mask:
        """Say of each mention whether its incident passes and it is not done."""
        wanted: Mask = passing[self.incident]
        if done:
            wanted = wanted & ~pc.is_in(self.mention, pa.array(sorted(done))).to_numpy(zero_copy_only=False)
        return wanted

    def page(self, database: Database, filters: Filters, done: Collection[str], first: int, most: int) -> list[str]:
        """Return some mentions that are not done, of the incidents that pass."""
        chosen = self.open(database.passing(filters), done).nonzero()[0][first : first + most]
        return cast("list[str]", self.mention.take(chosen).to_pylist())

    def count(self, database: Database, filters: Filters, done: Collection[str] = ()) -> int:
        """Count the mentions that are not done, of the incidents that pass."""
        return int(self.open(database.passing(filters), done).sum())


def pressing(database: Database, weights: Mapping[str, float], counts: Collection[str]) -> Pressing:
    """Return the mentions of a project by what they weigh, equals by id.

    Args:
        database: the project.
        weights: what is added to doubt for contested, single_source, placeless, timeless and each guess.
        counts: what those figures count that weigh.
    """
    database.make_facts()
    table: pa.Table = database.ask(_ORDERED, {**weights, "counts": sorted(counts)}).to_arrow_table()
    return Pressing(table["n"].to_numpy(), table["mention"].combine_chunks())


def homes(database: Database, mentions: Iterable[str]) -> dict[str, Home]:
    """Return the incidents of mentions that are in one, by mention."""
    database.make_facts()
    found = (row for rows in stream(database.ask(_HOMES, {"ids": list(mentions)})) for row in rows)
    return {row["mention"]: Home(row["contested"], row["single_source"]) for row in found}


def incident_of(database: Database, mention: str) -> Incident | None:
    """Return the incident of a mention; None if it is in none."""
    database.make_facts()
    rows = [row for rows in stream(database.ask(_INCIDENT, {"id": mention})) for row in rows]
    return next(iter(from_rows(Incident, rows)), None)

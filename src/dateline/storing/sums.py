"""Totals of whatever passes the filters, from what each incident adds under each policy, worked out once.

That is derived: `work/sums-<key>.parquet`, made at first need for the files that it was made from and the rules that
made it, and sealed (`derived.py`). It may be deleted at any time. Where nothing can be written it is held in memory.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dateline.model.policy import POLICIES, policy_of
from dateline.model.totals import ADDS_ALL, numbers_of, total_of
from dateline.model.wholes import Sum, add_up, sum_up
from dateline.storing.catalogue import wholes
from dateline.storing.derived import derive
from dateline.storing.filters import ALL, Filters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dateline.model.policy import Policy
    from dateline.model.totals import Case, Total
    from dateline.storing.database import Database

_NUMBER = pa.decimal128(38)  # reports added up may pass 64 bits

_TYPES: dict[str, pa.DataType] = {"policy": pa.string(), "n": pa.int32(), "counts": pa.string()}
_TYPES |= dict.fromkeys(("low", "best", "high"), _NUMBER) | dict.fromkeys(("open_low", "open_high"), pa.bool_())

_COLUMNS = pa.schema(_TYPES)
"""A row a policy, incident and count; the row of an incident that happened by the policy counts nothing: ''."""

_HAPPENED = Sum(1)

_PART = 10_000
"""Incidents of which the rows are made and written together."""

_ALONE = """
SELECT counts, count(*), 0, sum(low), CASE WHEN count(best) = count(*) THEN sum(best) END, sum(high),
       count_if(open_low), count_if(open_high)
FROM sums JOIN chosen USING (n) WHERE policy = $policy AND (counts = '' OR n NOT IN (
  SELECT n FROM facts WHERE id IN (SELECT unnest(CAST($related AS VARCHAR[])))
)) GROUP BY counts
"""
_RELATED = """
SELECT counts, id, low, best, high, open_low, open_high FROM sums JOIN chosen USING (n) JOIN facts USING (n)
WHERE policy = $policy AND counts <> '' AND id IN (SELECT unnest(CAST($related AS VARCHAR[])))
"""


def totals(database: Database, policy: str, filters: Filters = ALL) -> tuple[Total, ...]:
    """Return what `model.totals.totals_of` makes of the incidents that pass, under one policy.

    Raises:
        UsageError: if there is no such policy.
    """
    name = policy_of(policy).name
    make_sums(database)
    whole_of = {} if name == ADDS_ALL else wholes(database)
    values = {"policy": name, "related": sorted(whole_of.keys() | set(whole_of.values()))}
    chosen = np.flatnonzero(database.passing(filters))
    alone = {counts: Sum(*map(_plain, it)) for counts, *it in database.among(_ALONE, values, chosen)}
    related: dict[str, dict[str, Sum]] = defaultdict(dict)
    if whole_of:
        for counts, id_, *it in database.among(_RELATED, values, chosen):
            related[counts][id_] = Sum(1, 0, *map(_plain, it))
    incidents = alone.pop("", Sum()).told
    return tuple(
        total_of(name, (), counts, incidents, add_up((alone.get(counts, Sum()), sum_up(related[counts], whole_of))))
        for counts in sorted(alone.keys() | related.keys())
    )


def _plain(value: Any) -> Any:
    return None if value is None else int(value)


def make_sums(database: Database) -> None:
    """Work out what each incident adds, unless that is done."""
    database.make_facts()
    database.lay_once("sums", lambda: _made(database))


def _made(database: Database) -> Path | pa.Table:
    path = database.work / f"sums-{sha256(repr((_made_by(), database.state)).encode()).hexdigest()[:16]}.parquet"
    try:
        derive(path, lambda temporary: _write(database, temporary))
    except OSError:
        return pa.concat_tables([_COLUMNS.empty_table(), *_parts(database)])
    return path


def _write(database: Database, path: Path) -> None:
    with pq.ParquetWriter(path, _COLUMNS) as writer:
        for part in _parts(database):
            writer.write_table(part)


def _parts(database: Database) -> Iterator[pa.Table]:
    """Yield the rows of some incidents under one policy at a time, so that a policy is read by itself."""
    number_of = dict(database.ask("SELECT id, n FROM facts").fetchall())
    cases = database.cases()
    while part := list(islice(cases, _PART)):
        for policy in POLICIES.values():
            rows = [row for case in part for row in _rows(number_of[case.incident], case, policy)]
            columns = zip(*rows, strict=True) if rows else [()] * len(_COLUMNS)
            arrays = [pa.array(it, field.type) for it, field in zip(columns, _COLUMNS, strict=True)]
            yield pa.Table.from_arrays(arrays, schema=_COLUMNS)


def _rows(number: int, case: Case, policy: Policy) -> Iterator[tuple[Any, ...]]:
    numbers: Mapping[str, Sum] | None = numbers_of(case, policy)
    if numbers is not None:
        for counts, it in {"": _HAPPENED, **numbers}.items():
            yield policy.name, number, counts, it.low, it.best, it.high, bool(it.open_low), bool(it.open_high)


@cache
def _made_by() -> str:
    """Return a hash of the rules by which sums are made: the nouns' code, and what words stand for."""
    code = sorted((it for it in files("dateline.model").iterdir() if it.name.endswith(".py")), key=lambda it: it.name)
    words = files("dateline.data") / "figures.toml"
    return sha256(b"\0".join(it.read_bytes() for it in (*code, words))).hexdigest()

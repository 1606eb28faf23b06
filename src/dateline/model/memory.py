"""What linking remembers from one run to the next, so that a run works out only what is new: `Memory`, Arrow tables.

All of it can be worked out again from reports and mentions. A row's number in `traits` and in `imprints` is its place:
later runs add rows behind, so a place stands for the same mention or report as long as the linker is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa


def _table(**columns: pa.DataType) -> pa.Schema:
    """Return the schema of these columns; no value may be missing."""
    return pa.schema([pa.field(name, kind, nullable=False) for name, kind in columns.items()])


def _many(kind: pa.DataType) -> pa.DataType:
    return pa.list_(pa.field("item", kind, nullable=False))


TRAITS = _table(
    mention=pa.string(),
    version=pa.string(),
    report=pa.string(),
    is_real=pa.bool_(),
    is_exact=pa.bool_(),
    place=pa.int64(),
    land=pa.int64(),
    day=pa.int32(),
    first=pa.int32(),
    last=pa.int32(),
    where=pa.string(),
    form=pa.int64(),
    keys=_many(pa.int64()),
    slot=pa.int64(),
    event=pa.int64(),
    near=_many(pa.string()),
    sides=_many(pa.int64()),
    ties=_many(pa.int64()),
)
"""One row a mention: what finding its pairs needs.

`version`: changes with what is known of the mention. `is_real`: told as something that took place, or will. `is_exact`:
it has a day, or a few. `place`, `form`: hashes by which a block is sorted; 0 for none. `land`: hash of its country; 0
for none. `day`: its first, or that on which it was told; 0 if unknown. `first`, `last`: the days that its words tell; 0
if unknown or inferred. `where`: the place that its words tell, in JSON (`linking.places.written`); empty if unknown or
inferred. `keys`: hashes of its blocks, odd where a block is loose. `slot`: hash of type, day and city, 0 where one is
not known. `event`: hash of what tells it apart in there, 0 for nothing. `near`: names around it. `sides`: hashes of the
words before and after it. `ties`: hashes of what it may share with its whole or its parts, see `linking.ties`.
"""

IMPRINTS = _table(
    report=pa.string(),
    publisher=pa.string(),
    day=pa.int32(),
    prints=_many(pa.uint64()),
    names=_many(pa.string()),
)
"""One row a report: what finding its copies needs, and the names in it.

`publisher`: empty if unknown. `day`: ordinal of the day of publication; 0 if unknown. `prints`: fingerprints.
"""

COMPARED = _table(left=pa.int32(), right=pa.int32(), bits=pa.int32(), is_near=pa.bool_(), is_linked=pa.bool_())
"""One row a pair of mentions that was compared, sorted: their places, what the comparison gave, whether they share a
block (others are in one component), and whether the pair is told as a link."""

COMPARED_SINCE = COMPARED.append(pa.field("is_gone", pa.bool_(), nullable=False))
"""What has changed in `COMPARED` since a run wrote it whole, run after run: the last row of a pair holds.

`is_gone`: the pair need not be known any more.
"""

CLUSTERED = _table(crowd=pa.int32(), whole=pa.int32(), component=pa.int32(), cluster=pa.int32())
"""One row a mention, in the order of `TRAITS`: its crowd; and the first place of all that it hangs together with, of
its component and of its cluster, -1 if it was in none."""

LEADS = _table(
    scheme=pa.int8(),
    part=pa.int32(),
    whole=pa.int32(),
    bits=pa.float64(),
    rival=pa.string(),
    why=_many(pa.string()),
)
"""One row a pair of mentions that may be part and whole, or consequence and cause, sorted: `linking.relations`.

`scheme`: see `linking.ties`. `part`, `whole`: places. `rival`, `why`: empty where the bits are not above 0.
"""

MATCHED = _table(left=pa.int32(), right=pa.int32())
"""One row a pair of reports that were compared word by word, sorted: their places."""


LEAST_WHOLE = 2_000
"""Rows of a table to which changes are added; a smaller one is written anew by every run."""


def is_added(whole: int, changes: int) -> bool:
    """Say whether a run adds its changes to a table, given the rows of that and of all changes since it was written.

    Otherwise the run writes the whole table, so that there are never more than half as many changes to read.
    """
    return whole >= LEAST_WHOLE and 2 * changes <= whole


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What an earlier run left. `Memory()` remembers nothing."""

    traits: pa.Table = field(default_factory=TRAITS.empty_table)
    imprints: pa.Table = field(default_factory=IMPRINTS.empty_table)
    compared: pa.Table = field(default_factory=COMPARED.empty_table)
    compared_since: pa.Table = field(default_factory=COMPARED_SINCE.empty_table)
    clustered: pa.Table = field(default_factory=CLUSTERED.empty_table)
    matched: pa.Table = field(default_factory=MATCHED.empty_table)
    leads: pa.Table = field(default_factory=LEADS.empty_table)

"""Sorted rows of the last run and new ones, made one stream that is sorted too: what has not changed is only copied."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Key = tuple[Any, ...]


LEAST_STRETCH = 8
"""Rows that a stretch has on average at least, for it to be cheaper to pass over it than to copy it."""


def merged(old: Iterable[pa.Table], new: Iterable[pa.Table], by: Sequence[str]) -> Iterator[pa.Table]:
    """Yield the rows of two streams in the order of these columns, which is that of either; no row is in both."""
    one, other = _Stream(old, by), _Stream(new, by)
    while one.table is not None and other.table is not None:
        last = min(_key(one.table, by, -1), _key(other.table, by, -1))
        yield _woven([*one.take(last), *other.take(last)], by)
    yield from one.rest()
    yield from other.rest()


def without(table: pa.Table, column: str, lost: Sequence[str], and_column: str, lost_too: Sequence[str]) -> pa.Table:
    """Return a table without the rows in which two columns hold these two words, pair by pair."""
    maybe = pc.indices_nonzero(pc.is_in(table[column], pa.array(lost, pa.string())))
    rows = table.select([column, and_column]).take(maybe).to_pylist()
    pairs = set(zip(lost, lost_too, strict=True))
    kept = np.ones(len(table), np.bool_)
    kept[maybe.to_numpy()] = [tuple(row.values()) not in pairs for row in rows]
    return table if kept.all() else table.filter(kept)


def _key(table: pa.Table, by: Sequence[str], row: int) -> Key:
    return tuple(table[name][row].as_py() for name in by)


def _woven(tables: Sequence[pa.Table], by: Sequence[str]) -> pa.Table:
    return tables[0] if len(tables) == 1 else ordered(pa.concat_tables(tables), by)


def ordered(table: pa.Table, by: Sequence[str]) -> pa.Table:
    """Return rows in the order of these columns. Where long stretches are in order already they are not copied."""
    keys: Any = table.select(by)
    order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in by]).to_numpy().astype(np.int64)
    starts = np.flatnonzero(np.diff(order, prepend=-2) != 1)
    if len(starts) * LEAST_STRETCH > len(order):
        return table.take(order)
    stretches = zip(order[starts].tolist(), np.diff(starts, append=len(order)).tolist(), strict=True)
    return pa.concat_tables([table.slice(0, 0), *(table.slice(first, size) for first, size in stretches)])


class _Stream:
    """Sorted tables, one after the other: `table` is what is left of the present one, None after the last."""

    def __init__(self, tables: Iterable[pa.Table], by: Sequence[str]) -> None:
        self._tables = (it for it in tables if len(it))
        self._by = by
        self.table = next(self._tables, None)

    def take(self, last: Key) -> Iterator[pa.Table]:
        """Yield the rows of the present table up to a key, if there are any, and go on behind them."""
        if self.table is None:
            return
        table = self.table
        end = bisect_right(range(len(table)), last, key=lambda row: _key(table, self._by, row))
        self.table = table.slice(end) if end < len(table) else next(self._tables, None)
        if end:
            yield table.slice(0, end)

    def rest(self) -> Iterator[pa.Table]:
        """Yield what is left."""
        if self.table is not None:
            yield self.table
            yield from self._tables

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
    if len(tables) == 1:
        return tables[0]
    return pa.concat_tables(tables).sort_by([(name, "ascending") for name in by])


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

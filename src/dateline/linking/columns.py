"""Mentions and pairs as whole columns of numbers: types, and a pair of places as one number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Numbers = NDArray[np.int64]
Narrow = NDArray[np.int32]
Marks = NDArray[np.bool_]

_LOW = np.int64(0xFFFF_FFFF)

_ROWS_AT_ONCE = 100_000


def joined(left: Numbers, right: Numbers) -> Numbers:
    """Return pairs of places as one number each, the lower place first."""
    pairs = np.minimum(left, right)
    pairs <<= 32
    pairs |= np.maximum(left, right)
    return pairs


def distinct(values: Numbers) -> Numbers:
    """Return each value once, sorted. `np.unique` hashes them, which takes fifty times as long for millions."""
    return union([values])


def union(parts: Sequence[Numbers]) -> Numbers:
    """Return each value of some columns once, sorted."""
    ordered = np.concatenate(parts)
    ordered.sort()
    is_first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def tallied(*columns: Numbers) -> tuple[list[Numbers], Numbers]:
    """Return each row of some columns once, sorted, and how often it is there. `np.unique` takes longer by far."""
    order = np.lexsort(columns[::-1])
    rows = [column[order] for column in columns]
    is_first = np.ones(len(order), np.bool_)
    is_first[1:] = np.any([row[1:] != row[:-1] for row in rows], axis=0)
    return [row[is_first] for row in rows], np.diff(np.flatnonzero(is_first), append=len(order))


def are_among(values: Numbers, known: Numbers) -> Marks:
    """Say of each value whether it is among the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(values), np.bool_)
    return cast("Marks", known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values)


def is_any_of(values: Any, known: Any) -> Marks:
    """Say of each value whether it is one of these few, in any order."""
    return cast("Marks", pc.is_in(pa.array(values), pa.array(known)).to_numpy(zero_copy_only=False))


def split(pairs: Numbers) -> tuple[Numbers, Numbers]:
    """Return the lower and the higher place of each pair."""
    return pairs >> 32, pairs & _LOW


def any_of(marks: Marks, pairs: Numbers) -> Marks:
    """Say of each pair whether one of its places is marked."""
    found = np.empty(len(pairs), np.bool_)
    for some in stretches(len(pairs)):
        left, right = split(pairs[some])
        found[some] = marks[left] | marks[right]
    return found


def are_one(groups: Numbers, pairs: Numbers) -> Marks:
    """Say of each pair whether both are in one group, given that of each place, negative for none."""
    found, narrow = np.empty(len(pairs), np.bool_), groups.astype(np.int32)
    for some in stretches(len(pairs)):
        left, right = split(pairs[some])
        home = narrow[left]
        found[some] = (home >= 0) & (home == narrow[right])
    return found


def stretches(count: int) -> Iterator[slice]:
    """Yield slices of so many rows: memory that is asked for anew costs more than what is done in it."""
    yield from (slice(start, start + _ROWS_AT_ONCE) for start in range(0, count, _ROWS_AT_ONCE))


def numbers(table: pa.Table, name: str) -> Numbers:
    """Return a column of whole numbers."""
    return table[name].to_numpy().astype(np.int64)


def table_of(schema: pa.Schema, *columns: Numbers | Narrow | Marks) -> pa.Table:
    """Return columns of whole numbers as a table."""
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def lists(table: pa.Table, name: str) -> tuple[Any, Numbers]:
    """Return the values of a column of lists end to end, and where each list begins; the end of the last comes last."""
    column = cast("pa.ListArray[Any]", table[name].combine_chunks())
    return column.values.to_numpy(), column.offsets.to_numpy().astype(np.int64)


def marked(places: Numbers, count: int) -> Marks:
    """Return for each of `count` places whether it is one of these."""
    marks = np.zeros(count, np.bool_)
    marks[places] = True
    return marks


def gathered(values: Any, starts: Numbers, order: Numbers) -> tuple[Any, Numbers]:
    """Return the values of some lists end to end, in this order, and of each value the place of its list."""
    sizes = np.diff(starts)[order]
    inside = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return values[np.repeat(starts[:-1][order], sizes) + inside], np.repeat(order, sizes)


def postings(table: pa.Table, name: str, chosen: Marks, known: Numbers | None = None) -> tuple[Any, Numbers]:
    """Return the values of the lists of the chosen rows, row after row, and of each its row.

    Only known values, if any are given.
    """
    values, starts = lists(table, name)
    if known is None:
        return gathered(values, starts, np.flatnonzero(chosen))
    at = np.flatnonzero(is_any_of(values, known))
    owners = np.searchsorted(starts, at, side="right") - 1
    return values[at[chosen[owners]]], owners[chosen[owners]]


def ranks(traits: pa.Table, rows: Numbers, by: Sequence[str]) -> Numbers:
    """Return for each row its rank among some, sorted by columns of numbers, the last first, and then by mention id."""
    columns = [numbers(traits, name)[rows] for name in by]
    found = np.zeros(len(traits), np.int64)
    found[rows[np.lexsort([short(traits["mention"].take(rows)), *columns])]] = np.arange(len(rows))
    return found


def common(table: pa.Table, name: str, pairs: Numbers) -> Numbers:
    """Return each value once, sorted, that is in the lists of both rows of some pair."""
    values, starts = lists(table, name)
    sides = split(pairs)
    number = [np.repeat(np.arange(len(pairs)), np.diff(starts)[side]) for side in sides]
    found = [gathered(values, starts, side)[0] for side in sides]
    codes = pa.array(np.concatenate(found)).dictionary_encode()
    of_pair = np.concatenate(number) << 32 | codes.indices.to_numpy()
    one, other = of_pair[: len(number[0])], of_pair[len(number[0]) :]
    other.sort()
    shared = one[are_among(one, other)] & _LOW
    return distinct(codes.dictionary.to_numpy()[shared])


def short(ids: pa.ChunkedArray[Any] | pa.Array[Any]) -> Any:
    """Return the beginnings of ids, by which they are sorted: 16 digits tell billions apart."""
    return np.array(ids.to_pylist(), "S16")

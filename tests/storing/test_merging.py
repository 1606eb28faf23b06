"""Two sorted streams come out as one, in whatever pieces they come in."""

from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.storing.merging import merged, without

LETTERS = st.sampled_from("abcd")
PAIRS = st.sets(st.tuples(LETTERS, LETTERS), max_size=16)
CUTS = st.lists(st.integers(0, 16), max_size=4)


def table(rows: list[tuple[str, str]]) -> pa.Table:
    return pa.table({"left": [a for a, _ in rows], "right": [b for _, b in rows]}).cast(
        pa.schema([("left", pa.string()), ("right", pa.string())])
    )


def cut(rows: list[tuple[str, str]], cuts: list[int]) -> list[pa.Table]:
    ends = [0, *sorted(cuts), len(rows)]
    return [table(rows[start:end]) for start, end in pairwise(ends)]


def told(tables: list[pa.Table]) -> list[tuple[str, str]]:
    return [(row["left"], row["right"]) for some in tables for row in some.to_pylist()]


@settings(deadline=None)
@given(rows=PAIRS, new=PAIRS, cuts=st.tuples(CUTS, CUTS))
def test_both_streams_come_out_in_order(
    rows: set[tuple[str, str]], new: set[tuple[str, str]], cuts: tuple[list[int], list[int]]
) -> None:
    old = sorted(rows - new)
    found = list(merged(cut(old, cuts[0]), cut(sorted(new), cuts[1]), ("left", "right")))
    assert told(found) == sorted(rows | new)


@settings(deadline=None)
@given(rows=PAIRS, lost=PAIRS)
def test_only_whole_pairs_are_left_out(rows: set[tuple[str, str]], lost: set[tuple[str, str]]) -> None:
    lefts, rights = [a for a, _ in sorted(lost)], [b for _, b in sorted(lost)]
    kept = without(table(sorted(rows)), "left", lefts, "right", rights)
    assert told([kept]) == sorted(rows - lost)

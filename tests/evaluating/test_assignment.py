from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluating.assignment import assign


def brute_force(weights: list[list[int]]) -> int:
    """The greatest total weight, by trying every assignment."""
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights, strict=True)]
    choices = permutations(range(len(weights[0])), len(weights))
    return max(sum(row[column] for row, column in zip(weights, choice, strict=True)) for choice in choices)


@st.composite
def matrices(draw: st.DrawFn) -> list[list[int]]:
    width = draw(st.integers(1, 5))
    row = st.lists(st.integers(0, 9), min_size=width, max_size=width)
    return draw(st.lists(row, min_size=1, max_size=5))


@given(matrices())
def test_no_assignment_weighs_more(weights: list[list[int]]) -> None:
    pairs = assign(weights)
    assert sum(weights[row][column] for row, column in pairs) == brute_force(weights)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


@pytest.mark.parametrize("weights", [[], [[]], [[0.0, 0.0]]])
def test_nothing_to_gain_assigns_nothing(weights: list[list[float]]) -> None:
    assert assign(weights) == []


def test_more_rows_than_columns_leave_the_lightest_row_out() -> None:
    assert assign([[1.0], [5.0], [2.0]]) == [(1, 0)]

"""The best one-to-one assignment of rows to columns, exactly: the Hungarian method with potentials, O(n^2 m)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_INFINITY = float("inf")


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return (row, column) pairs of the one-to-one assignment with the greatest total weight, by row.

    Weights are >= 0; pairs of weight 0 are left out, for they change nothing.

    >>> assign([[3.0, 2.0], [3.0, 0.0]])
    [(0, 1), (1, 0)]
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = assign([list(column) for column in zip(*weights, strict=True)])
        return sorted((row, column) for column, row in turned)
    owners = _solve([[-weight for weight in row] for row in weights])
    pairs = sorted((row - 1, column - 1) for column, row in enumerate(owners) if row and column)
    return [(row, column) for row, column in pairs if weights[row][column] > 0]


def _solve(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return for each column (from 1) the row (from 1) that owns it, 0 for none; at least as many columns as rows."""
    width = len(costs[0]) + 1
    rows, columns = [0.0] * (len(costs) + 1), [0.0] * width
    owners = [0] * width
    for row in range(1, len(costs) + 1):
        owners[0] = row
        _augment(costs, rows, columns, owners)
    return owners


def _augment(costs: Sequence[Sequence[float]], rows: list[float], columns: list[float], owners: list[int]) -> None:
    """Find the cheapest path from the row in `owners[0]` to a free column, and shift owners along it."""
    width = len(columns)
    slack, came_from, used = [_INFINITY] * width, [0] * width, [False] * width
    column = 0
    while owners[column]:
        used[column] = True
        row, step, following = owners[column], _INFINITY, 0
        for other in range(1, width):
            if used[other]:
                continue
            reduced = costs[row - 1][other - 1] - rows[row] - columns[other]
            if reduced < slack[other]:
                slack[other], came_from[other] = reduced, column
            if slack[other] < step:
                step, following = slack[other], other
        for other in range(width):
            if used[other]:
                rows[owners[other]] += step
                columns[other] -= step
            else:
                slack[other] -= step
        column = following
    while column:
        owners[column] = owners[came_from[column]]
        column = came_from[column]

"""Average linkage with pairs that may not join."""

from __future__ import annotations

import pytest

from dateline.linking.cluster import MOST_MEMBERS, Pair, Rules, cluster, groups_of

A, B, C, D = "abcd"


def run(bits: dict[Pair, int], never: set[Pair], rules: Rules) -> list[str]:
    """Cluster a to d; a pair that is not given has -300, one in `never` cannot be one."""
    positive = {pair: value for pair, value in bits.items() if value > 0 and pair not in never}

    def measure(left: str, right: str) -> int | None:
        return None if (left, right) in never else bits.get((left, right), -300)

    return ["".join(members) for members in cluster("dcba", positive, measure, rules)]


@pytest.mark.parametrize(
    ("bits", "never", "rules", "expected"),
    [
        ({}, set(), Rules(), ["a", "b", "c", "d"]),
        ({(A, B): 100}, set(), Rules(), ["ab", "c", "d"]),
        ({(A, B): 100, (C, D): 1}, set(), Rules(), ["ab", "cd"]),
        ({(A, B): 500, (B, C): 400}, set(), Rules(), ["abc", "d"]),
        ({(A, B): 500, (B, C): 200}, set(), Rules(), ["ab", "c", "d"]),
        ({(A, B): 500, (B, C): 400}, {(A, C)}, Rules(), ["ab", "c", "d"]),
        ({(A, B): 400, (B, C): 500}, {(A, C)}, Rules(), ["a", "bc", "d"]),
        ({(A, B): 500}, set(), Rules(apart=frozenset({(A, B)})), ["a", "b", "c", "d"]),
        ({}, {(A, B)}, Rules(together=frozenset({(A, B)})), ["ab", "c", "d"]),
        ({(B, C): 500}, {(A, C)}, Rules(together=frozenset({(A, B)})), ["ab", "c", "d"]),
        ({(A, B): 500, (A, C): 500, (A, D): 500, (B, C): 1, (B, D): 1, (C, D): 1}, set(), Rules(), ["abcd"]),
    ],
)
def test_clusters(bits: dict[Pair, int], never: set[Pair], rules: Rules, expected: list[str]) -> None:
    assert run(bits, never, rules) == expected


def test_a_component_too_large_is_cut_at_a_higher_threshold() -> None:
    """Two tight groups joined by one weak pair: only pairs inside the groups are measured."""
    size = MOST_MEMBERS // 2 + 1
    left, right = [f"a{index:04}" for index in range(size)], [f"b{index:04}" for index in range(size)]
    chain = {(group[index], group[index + 1]): 900 for group in (left, right) for index in range(size - 1)}
    asked: set[Pair] = set()

    def measure(one: str, other: str) -> int:
        asked.add((one, other))
        return 900 if one[0] == other[0] else -900

    found = cluster([*left, *right], {**chain, (left[0], right[0]): 50}, measure)
    assert found == [tuple(left), tuple(right)]
    assert all(one[0] == other[0] for one, other in asked)


def test_groups() -> None:
    assert groups_of("dcba", [("a", "c"), ("c", "d")]) == [("a", "c", "d"), ("b",)]

"""Average linkage with pairs that may not join."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.linking import cluster
from dateline.linking.cluster import APART, Pair, agglomerate, groups_of
from dateline.linking.columns import joined
from dateline.linking.components import MOST_MEMBERS, components, groups, signatures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.linking.columns import Numbers

A, B, C, D = "abcd"
ASK = settings(max_examples=300, deadline=None)


def run(bits: dict[Pair, int], never: set[Pair], together: Sequence[Pair]) -> list[str]:
    """Cluster a to d; a pair that is not given has -300, one in `never` cannot be one."""
    square = np.full((4, 4), -300)
    for (left, right), value in bits.items():
        square["abcd".index(left), "abcd".index(right)] = square["abcd".index(right), "abcd".index(left)] = value
    for left, right in never:
        square["abcd".index(left), "abcd".index(right)] = square["abcd".index(right), "abcd".index(left)] = APART
    groups = [["abcd".index(it) for it in group] for group in groups_of("abcd", together)]
    return ["".join("abcd"[it] for it in members) for members in agglomerate(square, groups)]


@pytest.mark.parametrize(
    ("bits", "never", "together", "expected"),
    [
        ({}, set(), [], ["a", "b", "c", "d"]),
        ({(A, B): 100}, set(), [], ["ab", "c", "d"]),
        ({(A, B): 100, (C, D): 1}, set(), [], ["ab", "cd"]),
        ({(A, B): 500, (B, C): 400}, set(), [], ["abc", "d"]),
        ({(A, B): 500, (B, C): 200}, set(), [], ["ab", "c", "d"]),
        ({(A, B): 500, (B, C): 400}, {(A, C)}, [], ["ab", "c", "d"]),
        ({(A, B): 400, (B, C): 500}, {(A, C)}, [], ["a", "bc", "d"]),
        ({(A, B): 500}, {(A, B)}, [], ["a", "b", "c", "d"]),
        ({}, {(A, B)}, [(A, B)], ["ab", "c", "d"]),
        ({(B, C): 500}, {(A, C)}, [(A, B)], ["ab", "c", "d"]),
        ({(B, C): 500, (A, C): -300}, set(), [(A, B)], ["abc", "d"]),
        ({(B, C): 500, (A, C): -500}, set(), [(A, B)], ["ab", "c", "d"]),
        ({(A, B): 500, (A, C): 500, (A, D): 500, (B, C): 1, (B, D): 1, (C, D): 1}, set(), [], ["abcd"]),
    ],
)
def test_clusters(bits: dict[Pair, int], never: set[Pair], together: list[Pair], expected: list[str]) -> None:
    assert run(bits, never, together) == expected


@pytest.mark.parametrize("wide", [1, cluster.WIDE])
@ASK
@given(data=st.data())
def test_clusters_come_to_what_all_means_looked_at_each_time_come_to(wide: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 9))
    bits = np.zeros((size, size), np.int64)
    for left, right in combinations(range(size), 2):
        bits[left, right] = bits[right, left] = data.draw(st.sampled_from([APART, -300, -100, 0, 100, 200, 200, 300]))
    joins = data.draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=2))
    together = groups_of(range(size), joins)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "WIDE", wide)
        assert agglomerate(bits, together) == plainly(bits, together)


def plainly(bits: NDArray[np.int64], together: Sequence[Sequence[int]]) -> list[list[int]]:
    """Cluster with a look at the mean of every two clusters at each step."""
    clusters = [list(it) for it in together]
    while True:
        means = [
            (np.mean([bits[it, other] for it in one for other in two]), -a, -b)
            for (a, one), (b, two) in combinations(enumerate(clusters), 2)
            if one and two and all(bits[it, other] > APART for it in one for other in two)
        ]
        mean, a, b = max(means, default=(0, 0, 0))
        if mean <= 0:
            return sorted(sorted(it) for it in clusters if it)
        clusters[-a], clusters[-b] = clusters[-a] + clusters[-b], []


def test_a_component_too_large_is_cut_at_a_higher_threshold() -> None:
    """Two tight groups joined by one weak pair come apart; two that a person joined do not."""
    size = MOST_MEMBERS // 2 + 1
    chain = np.array([start + index for start in (0, size) for index in range(size - 1)])
    pairs = np.append(joined(chain, chain + 1), joined(np.array([0]), np.array([size])))
    bits = np.append(np.full(len(chain), 900), 50)
    nobody = np.empty(0, np.int64)
    halves = [list(range(size)), list(range(size, 2 * size))]
    assert parts(2 * size, pairs, bits, nobody) == halves
    assert parts(2 * size, pairs, bits, joined(np.array([1]), np.array([size]))) == [[*halves[0], *halves[1]]]


def test_a_component_is_not_cut_while_it_is_small() -> None:
    assert parts(4, joined(np.array([0, 1]), np.array([1, 3])), np.array([1, 900]), np.empty(0, np.int64)) == [
        [0, 1, 3],
        [2],
    ]


def parts(count: int, pairs: Numbers, bits: Numbers, together: Numbers) -> list[list[int]]:
    _, labels = components(count, pairs, bits, together)
    return [it.tolist() for it in groups(labels, np.arange(count))]


def test_a_signature_tells_what_a_group_is_made_of() -> None:
    labels, values = np.array([0, 0, 2, 2, -1]), np.array([1, 1, 1, 1, 1])
    first = signatures(labels, values)
    assert first[0] == first[1] != first[2]
    assert first[4] == 0
    assert signatures(labels, np.array([1, 2, 1, 1, 1]))[0] != first[0]
    assert signatures(np.array([0, 0, 2, 3, -1]), values)[0] == first[0]


def test_groups() -> None:
    assert groups_of("dcba", [("a", "c"), ("c", "d")]) == [("a", "c", "d"), ("b",)]

"""Heads of words are one tree, and the likeliest where they are one already."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coding.arcs import heads_of


def _is_tree(heads: list[int]) -> bool:
    """Say whether there is one root, to which a way leads from each word."""
    ends: list[int] = []
    for place in range(len(heads)):
        for _ in heads:
            place = heads[place]
        ends.append(place)
    return len(set(ends)) == 1 and heads[ends[0]] == ends[0]


@given(st.integers(1, 12), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_any_arcs_make_one_tree_a_sentence(words: int, sentences: int, seed: int) -> None:
    arcs = np.random.default_rng(seed).normal(0, 4, (sentences, words, words)).astype(np.float32)
    alone = [heads_of(one[None].copy())[0] for one in arcs]
    assert heads_of(arcs.copy()) == alone
    assert all(map(_is_tree, alone))


@pytest.mark.parametrize("wanted", [[0], [1, 1], [1, 1, 1, 2], [2, 0, 2, 2], [1, 3, 1, 3, 3]])
def test_a_likely_tree_is_kept(wanted: list[int]) -> None:
    arcs = np.zeros((1, len(wanted), len(wanted)), np.float32)
    arcs[0, range(len(wanted)), wanted] = 5
    assert heads_of(arcs) == [wanted]


def test_a_circle_is_opened_where_least_is_lost() -> None:
    arcs = np.zeros((1, 3, 3), np.float32)
    arcs[0, 0, 0] = 9  # the root
    arcs[0, 1] = 2, 0, 3  # 1 hangs from 2, or a little less likely from 0
    arcs[0, 2] = 0, 6, 0  # 2 hangs from 1
    assert heads_of(arcs) == [[0, 0, 1]]


def test_of_two_roots_the_likelier_is_taken() -> None:
    arcs = np.full((1, 3, 3), -3, np.float32)
    arcs[0, 0] = 4, 3, 0
    arcs[0, 1] = -3, 6, -3
    arcs[0, 2, 1] = 5
    assert heads_of(arcs) == [[1, 1, 1]]

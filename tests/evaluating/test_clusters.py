from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluating import clusters
from dateline.evaluating.metrics import total


def parse(text: str) -> list[frozenset[str]]:
    """`AB C` is the clusters {A, B} and {C}."""
    return [frozenset(word) for word in text.split()]


# The example of Luo 2005 (figure 1) and of Bagga and Baldwin 1998: truth 12345 67 89ABC.
TRUTH = "12345 67 89ABC"

CASES = [
    # gold, found, MUC P and R, B3 P and R, CEAFe P and R
    (TRUTH, "12345 6789ABC", (9 / 10, 9 / 9), (16 / 21, 1.0), ((1 + 10 / 12) / 2, (1 + 10 / 12) / 3)),
    (TRUTH, "1234589ABC 67", (9 / 10, 9 / 9), (7 / 12, 1.0), ((2 * 5 / 15 + 1) / 2, (2 * 5 / 15 + 1) / 3)),
    ("AB C", "A B C", (0.0, 0.0), (1.0, 2 / 3), ((2 / 3 + 1) / 3, (2 / 3 + 1) / 2)),
    ("ABC D", "AB CD", (1 / 2, 1 / 2), (3 / 4, (4 / 3 + 1 / 3 + 1) / 4), ((4 / 5 + 2 / 3) / 2, (4 / 5 + 2 / 3) / 2)),
]


@pytest.mark.parametrize(("gold", "found", "muc", "b3", "ceafe"), CASES)
def test_scores_are_as_by_hand(
    gold: str, found: str, muc: tuple[float, float], b3: tuple[float, float], ceafe: tuple[float, float]
) -> None:
    tally = clusters.sum_conll(parse(gold), parse(found))
    for metric, (precision, recall) in {"muc": muc, "b3": b3, "ceafe": ceafe}.items():
        for side, value in (("precision", precision), ("recall", recall)):
            part, whole = tally[metric, f"{side} part"], tally[metric, f"{side} whole"]
            assert (part / whole if whole else 0.0) == pytest.approx(value), (metric, side)


def test_pairs_are_counted() -> None:
    tally = clusters.sum_pairs(parse("ABC D"), parse("AB CD"))
    assert tally == {("pair", "tp"): 1, ("pair", "fp"): 1, ("pair", "fn"): 2}


def test_group_names_no_mention_twice() -> None:
    assert clusters.group({"a": "y", "b": "x", "c": "y"}) == [frozenset("b"), frozenset("ac")]


@given(st.lists(st.integers(0, 3), min_size=2, max_size=8), st.data())
def test_perfect_clusters_score_one_and_others_at_most_one(names: list[int], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.integers(0, 3), min_size=len(names), max_size=len(names)))
    gold, found = (clusters.group({str(i): str(name) for i, name in enumerate(side)}) for side in (names, others))
    perfect = clusters.sum_conll(gold, gold)
    assert clusters.cluster_f1(perfect, "b3") == pytest.approx(1)
    assert clusters.cluster_f1(perfect, "ceafe") == pytest.approx(1)
    assert 0 <= clusters.conll_f1(clusters.sum_conll(gold, found)) <= 1 + 1e-9


@pytest.mark.parametrize(("gold", "found"), [case[:2] for case in CASES])
def test_shares_of_the_gold_clusters_add_up_to_the_whole(gold: str, found: str) -> None:
    whole = clusters.sum_pairs(parse(gold), parse(found)).add(clusters.sum_b3(parse(gold), parse(found)))
    shares = clusters.share_by_cluster(parse(gold), parse(found))
    assert len(shares) == len(parse(gold))
    assert total(shares) == pytest.approx(whole)


def test_a_wrong_pair_is_shared_by_both_clusters() -> None:
    first, second = clusters.share_by_cluster(parse("ABC D"), parse("AB CD"))
    assert [first["pair", what] for what in ("tp", "fp", "fn")] == [1, 0.5, 2]
    assert [second["pair", what] for what in ("tp", "fp", "fn")] == [0, 0.5, 0]


def test_topics_that_share_no_cluster_add_up() -> None:
    apart = clusters.sum_conll(parse("AB C"), parse("A BC")).add(clusters.sum_conll(parse("DE"), parse("D E")))
    together = clusters.sum_conll(parse("AB C DE"), parse("A BC D E"))
    assert apart == pytest.approx(together)

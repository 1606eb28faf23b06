from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluating import metrics
from dateline.evaluating.metrics import Tally, judge
from dateline.model.text import Span

# Three units: gold A, found A; gold A, found B; gold B, found B and C. So A: 1 tp, 1 fn; B: 1 tp, 1 fp; C: 1 fp.
TALLIES = [judge("A", "A"), judge("A", "B"), judge("B", "BC")]


@pytest.mark.parametrize(
    ("score", "value"),
    [
        (metrics.micro_f1, 2 * 2 / (2 * 2 + 2 + 1)),
        (metrics.macro_f1, (2 / 3 + 2 / 3 + 0) / 3),
        (metrics.weighted_f1, (2 * 2 / 3 + 1 * 2 / 3) / 3),
    ],
)
def test_label_scores_are_as_by_hand(score: Callable[[Tally], float], value: float) -> None:
    assert score(metrics.total(TALLIES)) == pytest.approx(value)


def test_scores_of_chosen_labels_leave_the_others_out() -> None:
    tally = metrics.total(TALLIES)
    assert metrics.macro_f1(tally, ["A", "B"]) == pytest.approx(2 / 3)
    assert metrics.macro_f1(tally, ["A", "D"]) == pytest.approx(1 / 3)


def test_nothing_found_scores_zero_and_does_not_divide_by_it() -> None:
    tally = judge("A", "")
    assert metrics.precision(tally, "A") == metrics.recall(tally, "A") == metrics.label_f1(tally, "A") == 0
    assert metrics.micro_f1(Tally()) == metrics.macro_f1(Tally()) == metrics.weighted_f1(Tally()) == 0


@pytest.mark.parametrize(
    ("gold", "found", "pairs"),
    [
        ([(0, 5)], [(4, 9)], [(0, 0)]),
        ([(0, 5)], [(5, 9)], []),
        ([(0, 5), (6, 9)], [(0, 9)], [(0, 0)]),
        ([(6, 9), (0, 5)], [(7, 8), (1, 2)], [(1, 1), (0, 0)]),
        ([(0, 2), (8, 9)], [(0, 1), (1, 2), (8, 12)], [(0, 0), (1, 2)]),
    ],
)
def test_overlapping_spans_are_paired_once(
    gold: list[tuple[int, int]], found: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> None:
    assert metrics.match_overlapping([Span(*it) for it in gold], [Span(*it) for it in found]) == pairs


def test_interval_holds_the_value_and_is_the_same_every_time() -> None:
    tallies = [judge("A", "A" if place % 4 else "B") for place in range(100)]

    def measure(tally: Tally) -> dict[str, float]:
        return {"f1": metrics.label_f1(tally, "A")}

    low, high = metrics.interval(tallies, measure)["f1"]
    assert low < measure(metrics.total(tallies))["f1"] < high
    assert high - low < 0.2
    assert metrics.interval(tallies, measure) == metrics.interval(tallies, measure)


def test_few_units_have_no_interval() -> None:
    assert metrics.interval(TALLIES, lambda tally: {"f1": metrics.micro_f1(tally)}) == {}


@pytest.mark.parametrize(
    ("confidences", "right", "bins", "error"),
    [
        ([], [], 10, 0.0),
        ([0.5, 0.5, 0.5, 0.5], [True, False, True, False], 10, 0.0),
        ([1.0, 1.0], [False, False], 10, 1.0),
        ([0.8, 0.8, 0.8, 0.8], [True, True, True, False], 10, 0.05),
        # Two bins of two: .2 and .4 with none right (off by .3), .6 and .8 with all right (off by .3).
        ([0.8, 0.2, 0.6, 0.4], [True, False, True, False], 2, 0.3),
        # Together they would cancel out: one bin alone sees .5 and half of them right.
        ([0.8, 0.2, 0.6, 0.4], [True, False, True, False], 1, 0.0),
    ],
)
def test_calibration_error_is_as_by_hand(confidences: list[float], right: list[bool], bins: int, error: float) -> None:
    assert metrics.calibration_error(confidences, right, bins) == pytest.approx(error)


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.7, 0.9]), st.booleans()), min_size=1), st.randoms())
def test_calibration_error_does_not_hang_on_the_order(answers: list[tuple[float, bool]], dice: random.Random) -> None:
    error = metrics.calibration_error(*map(list, zip(*answers, strict=True)))  # type: ignore[arg-type]
    dice.shuffle(answers)
    assert metrics.calibration_error(*map(list, zip(*answers, strict=True))) == pytest.approx(error)  # type: ignore[arg-type]
    assert 0 <= error <= 1


def test_calibration_needs_an_answer_for_each_confidence() -> None:
    with pytest.raises(ValueError, match="shorter"):
        metrics.calibration_error([0.1, 0.2], [True])


@given(st.sets(st.sampled_from("ABCDE")), st.sets(st.sampled_from("ABCDE")))
def test_a_perfect_answer_scores_one_and_swapping_sides_keeps_micro_f1(gold: set[str], found: set[str]) -> None:
    assert metrics.micro_f1(judge(gold, found)) == metrics.micro_f1(judge(found, gold))
    assert not gold or metrics.micro_f1(judge(gold, gold)) == metrics.macro_f1(judge(gold, gold)) == 1

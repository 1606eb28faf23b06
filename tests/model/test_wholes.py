"""Sums over incidents some of which are parts of others: nobody twice, whoever tells more is believed on how many."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model.amounts import Amount
from dateline.model.event import Status
from dateline.model.policy import Estimate
from dateline.model.totals import BY, Case, Total, totals_of, totals_table
from dateline.model.wholes import Sum, forest_of, sum_up

FORESTS = {
    "a part and a whole": ([("a", "w")], {"a": "w"}),
    "the surer of two wholes": ([("a", "w"), ("a", "v")], {"a": "w"}),
    "a part of a part": ([("a", "b"), ("b", "w")], {"a": "b", "b": "w"}),
    "no part of itself": ([("a", "a")], {}),
    "no circle": ([("a", "b"), ("b", "c"), ("c", "a")], {"a": "b", "b": "c"}),
}


@pytest.mark.parametrize(("pairs", "expected"), FORESTS.values(), ids=FORESTS)
def test_every_part_has_one_whole(pairs: list[tuple[str, str]], expected: dict[str, str]) -> None:
    assert forest_of(pairs) == expected


def number(low: int, high: int | None = None, *, is_open: bool = False) -> Sum:
    closed = Estimate(low, None, low if high is None else high)
    return Sum.of(Estimate(low, low if high is None else None, None if is_open else closed.high), closed)


TREE = {"town": "wave", "village": "wave", "arrests": "town"}
SUMS: dict[str, tuple[dict[str, Sum], tuple[int, int, int, int | None, int]]] = {  # told, parts, low, best, high
    "a whole that tells more": ({"wave": number(90), "town": number(20), "village": number(30)}, (3, 2, 90, 90, 90)),
    "parts that come to more": ({"wave": number(40), "town": number(20), "village": number(30)}, (3, 2, 50, 50, 50)),
    "a whole without a number": ({"town": number(20), "village": number(30)}, (2, 0, 50, 50, 50)),
    "a part of a part alone": ({"wave": number(7), "arrests": number(3)}, (2, 1, 7, 7, 7)),
    "parts of parts": ({"wave": number(10), "town": number(4), "arrests": number(9)}, (3, 2, 10, 10, 10)),
    "either end by itself": ({"wave": number(5, 100), "town": number(8, 9)}, (2, 1, 8, None, 100)),
    "others beside them": ({"wave": number(9), "town": number(3), "else": number(2)}, (3, 1, 11, 11, 11)),
    "nothing": ({}, (0, 0, 0, 0, 0)),
}


@pytest.mark.parametrize(("sums", "expected"), SUMS.values(), ids=SUMS)
def test_the_larger_of_whole_and_parts_counts(sums: dict[str, Sum], expected: tuple[int | None, ...]) -> None:
    found = sum_up(sums, TREE)
    assert (found.told, found.parts, found.low, found.best, found.high) == expected


def test_an_end_is_open_if_that_which_counts_leaves_it_open() -> None:
    assert sum_up({"wave": number(90, is_open=True), "town": number(20)}, TREE).open_high == 1
    assert sum_up({"wave": number(90), "town": number(20, is_open=True)}, TREE).open_high == 0


NAMES = "abcdef"
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=12)
TOLD = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 50).map(number))


@settings(deadline=None)
@given(PAIRS, TOLD)
def test_a_sum_lies_between_the_largest_and_all_of_them(pairs: list[tuple[str, str]], told: dict[str, Sum]) -> None:
    found = sum_up(told, forest_of(pairs))
    numbers = [it.low for it in told.values()]
    assert max(numbers, default=0) <= found.low <= sum(numbers)
    assert found.told == len(told)
    assert sum_up(told, {}).low == sum(numbers)


def case(incident: str, killed: int, **about: Any) -> Case:
    sources = {"killed": (((Amount(killed, killed, killed),),),)}
    return Case(incident, Status.ASSERTED, dict.fromkeys(BY) | about, (1, 0), sources)


def test_totals_hold_parts_within_wholes_of_the_same_key() -> None:
    cases = [case("wave", 30, type="PROTEST"), case("town", 4, type="PROTEST"), case("shots", 9, type="ASSAULT")]
    whole_of = {"town": "wave", "shots": "wave"}
    (found,) = totals_of(cases, ["lowest"], whole_of=whole_of)
    assert found == Total("lowest", (), "killed", 3, 3, 30, 30, 30, parts=2)
    assert [it.low for it in totals_of(cases, ["lowest"])] == [43]
    assert [it.low for it in totals_of(cases, ["every_report"], whole_of=whole_of)] == [43]
    apart = totals_of(cases, ["lowest"], ["type"], whole_of)
    assert [(it.key, it.low, it.parts) for it in apart] == [(("ASSAULT",), 9, 0), (("PROTEST",), 30, 1)]
    both = totals_table(totals_of(cases, ["lowest", "every_report"], whole_of=whole_of), rule="within")
    assert both["rule"].to_pylist() == ["within", "added"]

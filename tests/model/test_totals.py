"""Totals: each incident once, under every policy, whatever the order; unknown is not zero."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.model.amounts import Amount, Sources
from dateline.model.event import Status
from dateline.model.policy import POLICIES
from dateline.model.totals import BY, Case, Total, totals_of, totals_table

THREE, FIVE, MANY = Amount(3, 3, 3), Amount(5, 5, 5), Amount(20, 20, 20, open_high=True)


def case(number: int, sources: dict[str, Sources], **about: Any) -> Case:
    values = dict.fromkeys(BY) | {"type": about.get("type"), "year": about.get("year")}
    votes = about.get("votes", (1, 0))
    return Case(f"i{number}", about.get("status", Status.ASSERTED), values, votes, sources)


CASES = [
    case(1, {"killed": (((THREE,), (THREE,)), ((FIVE,),))}, type="ASSAULT", year="1989"),
    case(2, {"killed": (((MANY,),),)}, type="ASSAULT", year="1990"),
    case(3, {}, type="ASSAULT", year="1990"),
    case(4, {"killed": (((FIVE,),),)}, type="COERCE", votes=(2, 1)),
    case(5, {"killed": (((FIVE,),),)}, type="COERCE", status=Status.PLANNED),
]


def only(totals: tuple[Total, ...], policy: str) -> Total:
    (found,) = (it for it in totals if it.policy == policy)
    return found


def test_what_happened_counts_once_and_what_is_not_known_is_told_apart() -> None:
    totals = totals_of(CASES)
    assert only(totals, "range") == Total("range", (), "killed", 4, 3, 28, None, 30, 0, 1)
    assert only(totals, "lowest") == Total("lowest", (), "killed", 3, 2, 23, 23, 23)  # one source denies the fourth
    assert only(totals, "median") == Total("median", (), "killed", 4, 3, 29, 29, 29)
    assert only(totals, "every_report") == Total("every_report", (), "killed", 4, 3, 36, 36, 36)


def test_totals_by_type_and_year() -> None:
    totals = totals_of(CASES, ["highest"], ["type", "year"])
    assert [(it.key, it.incidents, it.told, it.high) for it in totals] == [
        (("ASSAULT", "1989"), 1, 1, 5),
        (("ASSAULT", "1990"), 2, 1, 20),
        (("COERCE", None), 1, 1, 5),
    ]
    table = totals_table(totals, ["type", "year"])
    assert table.column_names[:5] == ["policy", "rule", "type", "year", "counts"]
    assert table["high"].to_pylist() == [5, 20, 5]


def test_wrong_names_are_refused() -> None:
    with pytest.raises(UsageError, match="'mean' given; expected one of range"):
        totals_of(CASES, ["mean"])
    with pytest.raises(UsageError, match="'actor' given to tell totals apart by; expected some of type, form"):
        totals_of(CASES, by=["actor"])


AMOUNT = st.lists(st.integers(0, 500), min_size=3, max_size=3).map(sorted).map(lambda it: Amount(it[0], it[1], it[2]))
SAID = st.lists(AMOUNT, min_size=1, max_size=2).map(tuple)
SOURCES = st.lists(st.lists(SAID, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple)
SOME_CASES = st.lists(
    st.builds(
        lambda sources, kind, votes: ({"killed": sources}, {"type": kind, "votes": votes}),
        SOURCES,
        st.sampled_from(["ASSAULT", "COERCE"]),
        st.tuples(st.integers(0, 2), st.integers(0, 2)),
    ),
    min_size=1,
    max_size=5,
).map(lambda told: [case(number, sources, **about) for number, (sources, about) in enumerate(told)])


@given(SOME_CASES, st.randoms(use_true_random=False))
def test_the_order_of_incidents_changes_no_total(cases: list[Case], random: Any) -> None:
    expected = totals_of(cases, by=["type"])
    random.shuffle(cases)
    assert totals_of(cases, by=["type"]) == expected


@given(SOME_CASES)
def test_totals_keep_the_order_of_policies_and_add_up_over_types(cases: list[Case]) -> None:
    found = {it.policy: it for it in totals_of(cases)}
    low, middle, high = (found[it].best if it in found else 0 for it in ("lowest", "median", "highest"))
    assert (low or 0) <= (middle or 0) <= (high or 0)
    apart = totals_of(cases, by=["type"])
    for policy in POLICIES:
        parts = [it for it in apart if it.policy == policy]
        if parts:
            assert sum(it.high for it in parts) == found[policy].high
            assert sum(it.incidents for it in parts) <= found[policy].incidents

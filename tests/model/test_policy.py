"""Policies on amounts: what each makes of a case, and what holds for all of them whatever the sources say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.grounding.figures import find_figures
from dateline.model.amounts import Amount, Sources, amount_of, together
from dateline.model.policy import POLICIES, Estimate, estimate


def amount(words: str) -> Amount:
    """Return the amount of words such as "at least 30 people were killed"."""
    (figure,) = find_figures(words)
    found = amount_of(figure)
    assert found is not None
    return found


AMOUNTS = {
    "30 people were killed": Amount(30, 30, 30, acled=30, ccc=30),
    "At least 30 people were killed": Amount(30, 30, 30, open_high=True, acled=30, ccc=30),
    "More than 30 people were killed": Amount(31, 31, 31, open_high=True, acled=30, ccc=30),
    "Up to 30 people were killed": Amount(30, 30, 30, open_low=True, ccc=30),
    "About 30 people were killed": Amount(27, 30, 33, acled=30, ccc=30),
    "Between 20 and 30 people were killed": Amount(20, 25, 30, acled=20, ccc=25),
    "Dozens of people were killed": Amount(24, 24, 99, acled=12),
    "Hundreds of people marched": Amount(200, 200, 999, acled=100, ccc=200),
}


@pytest.mark.parametrize(("words", "expected"), AMOUNTS.items(), ids=AMOUNTS)
def test_words_as_an_amount(words: str, expected: Amount) -> None:
    assert amount(words) == expected


TWELVE, DOZENS, FORTY = (
    amount(f"{words} people were killed") for words in ("Twelve", "Dozens of", "Between 40 and 60")
)
WIRE_COPIED_TWICE: Sources = (((TWELVE,), (TWELVE,), (TWELVE,)), ((DOZENS,),), ((FORTY,),))

SETTLED = {
    "range": Estimate(12, None, 99),
    "lowest": Estimate(12, 12, 12),
    "median": Estimate(24, 24, 60),
    "highest": Estimate(99, 99, 99),
    "most_precise": Estimate(12, 12, 12),
    "acled": Estimate(12, 12, 12),
    "ucdp": Estimate(12, 12, 99),
    "ccc": Estimate(12, 31, 50),
    "every_report": Estimate(12 * 3 + 24 + 40, 12 * 3 + 24 + 50, 12 * 3 + 99 + 60),
}


@pytest.mark.parametrize("policy", POLICIES)
def test_one_toll_from_a_wire_copied_twice_and_two_others(policy: str) -> None:
    assert estimate(policy, WIRE_COPIED_TWICE) == SETTLED[policy]


def test_where_a_project_states_no_number_there_is_none() -> None:
    scores = (((amount("Scores of people were killed"),),),)
    assert estimate("acled", scores) == estimate("ccc", scores) == Estimate(None, None, None)


def test_an_unknown_policy_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="'mean' given; expected one of range, lowest"):
        estimate("mean", (((TWELVE,),),))


def test_every_policy_says_what_it_does_and_whose_it_is() -> None:
    assert [name for name, policy in POLICIES.items() if "Source: " not in policy.about] == []


def amounts() -> st.SearchStrategy[Amount]:
    ends = st.lists(st.integers(0, 10**6), min_size=3, max_size=3).map(sorted)
    value = st.none() | st.integers(0, 10**6)
    return st.builds(lambda it, *rest: Amount(*it, *rest), ends, st.booleans(), st.booleans(), value, value)


def tuples(of: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, min_size=1, max_size=most).map(tuple)


SOURCES = tuples(tuples(tuples(amounts(), 3), 4), 5)


@given(SOURCES, st.sampled_from(sorted(POLICIES)))
def test_low_is_at_most_best_and_best_at_most_high(sources: Sources, policy: str) -> None:
    found = estimate(policy, sources)
    known = [it for it in (found.low, found.best, found.high) if it is not None]
    assert known == sorted(known)


@given(SOURCES)
def test_the_median_lies_between_lowest_and_highest(sources: Sources) -> None:
    values = [estimate(policy, sources).best or 0 for policy in ("lowest", "ucdp", "median", "highest")]
    assert values == sorted(values)


@given(SOURCES, st.sampled_from(sorted(POLICIES)), st.randoms(use_true_random=False))
def test_the_order_of_sources_and_reports_changes_nothing(sources: Sources, policy: str, random: object) -> None:
    shuffled = [list(it) for it in sources]
    for it in (shuffled, *shuffled):
        random.shuffle(it)  # type: ignore[attr-defined]
    assert estimate(policy, tuple(map(tuple, shuffled))) == estimate(policy, sources)


@given(SOURCES, st.integers(0, 4), st.integers(1, 5))
def test_copies_change_nothing_but_the_count_of_every_report(sources: Sources, which: int, cut: int) -> None:
    place = which % len(sources)
    copy = sources[place][0][:cut]  # whole or in part
    copied = tuple((*it, copy) if index == place else it for index, it in enumerate(sources))
    same = [policy for policy in POLICIES if estimate(policy, copied) == estimate(policy, sources)]
    counted_again = any(it.high > 0 for it in copy)
    assert same == [policy for policy in POLICIES if policy != "every_report" or not counted_again]


@given(st.lists(amounts(), min_size=1, max_size=6))
def test_what_reports_say_together_holds_what_each_says(told: list[Amount]) -> None:
    whole = together(told)
    assert whole.low <= min(it.best for it in told)
    assert whole.high >= max(it.best for it in told)
    assert whole.low <= whole.best <= whole.high

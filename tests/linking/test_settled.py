"""Accounts of one incident, and the incident settled under each policy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.linking.incidents import incident_of
from dateline.linking.independence import Origins
from dateline.model.accounts import accounts_of, matrix
from dateline.model.event import Mention, Status
from dateline.model.ground import Granularity
from dateline.model.incident import Incident
from dateline.model.policy import POLICIES
from dateline.model.settled import settle

Make = Callable[..., Mention]

SPREAD: list[dict[str, Any]] = [
    {"report": "r1", "day": "1989-10-09", "place": "Leipzig", "figures": {"killed": (12, 12)}},
    {"report": "r2", "day": "1989-10-01", "last": "1989-10-12", "place": "Saxony", "figures": {"killed": (20, 30)}},
    {
        "report": "r3",
        "day": "1989-10-09",
        "last": "1989-10-10",
        "place": "Leipzig",
        "figures": {"killed": (40, None), "cities": (2, 3)},
    },
]
"""Three independent reports; the first is copied by a fourth of the same publisher."""

ORIGINS = Origins({"r1": "Morning", "r2": "Evening", "r3": None, "r4": "Morning"})


def told(mention: Make, *accounts: dict[str, Any]) -> tuple[Incident, list[Mention]]:
    mentions = [mention(**{"report": f"r{index}", **about}) for index, about in enumerate(accounts, start=1)]
    return incident_of(mentions, ORIGINS), mentions


def test_an_account_has_the_value_the_words_and_who_says_so(mention: Make) -> None:
    incident, mentions = told(mention, *SPREAD, SPREAD[0] | {"report": "r4"})
    cells = matrix(accounts_of(incident, mentions, ORIGINS.publishers))
    assert list(cells) == ["type", "status", "when", "where", "cities", "killed"]
    morning, *_ = cells["killed"][1]
    assert (morning.value, morning.low, morning.high, morning.quote) == ("12", 12, 12, "many")
    assert (morning.publisher, morning.says, morning.voice) == ("Morning", "report", "report")
    assert [it.report for it in cells["killed"][1]] == ["r1", "r4"]  # a copy is in the cell of its source
    assert {group: [it.value for it in told] for group, told in cells["killed"].items()} == {
        1: ["12", "12"],
        2: ["20-30"],
        3: ["40-"],
    }


SETTLED: dict[str, tuple[Any, ...]] = {
    "range": (12, None, None, date(1989, 10, 9), date(1989, 10, 9), "Leipzig"),
    "lowest": (12, 12, 12, date(1989, 10, 9), date(1989, 10, 9), "Leipzig"),
    "ucdp": (12, 12, 40, date(1989, 10, 1), date(1989, 10, 12), "Leipzig"),
    "most_precise": (12, 12, 12, date(1989, 10, 9), date(1989, 10, 9), "Leipzig"),
    "highest": (40, 40, 40, date(1989, 10, 9), date(1989, 10, 9), "Leipzig"),
}


@pytest.mark.parametrize("policy", SETTLED)
def test_a_policy_settles_figures_and_days(mention: Make, policy: str) -> None:
    incident, mentions = told(mention, *SPREAD)
    found = settle(incident, mentions, policy)
    (killed,) = (it for it in found.figures if it.counts == "killed")
    low, best, high, *rest = SETTLED[policy]
    assert (killed.low, killed.best, killed.high) == (low, best, high)
    assert killed.contested
    if policy != "range":
        assert [found.earliest, found.latest, found.place] == rest


def test_the_policy_of_a_project_says_nothing_of_cities(mention: Make) -> None:
    incident, mentions = told(mention, *SPREAD)
    for policy in ("acled", "ccc", "ucdp"):
        cities, _ = settle(incident, mentions, policy).figures
        assert (cities.counts, cities.low, cities.best, cities.high) == ("cities", 2, None, 3)


def test_the_range_is_the_incident_as_it_was_linked(mention: Make) -> None:
    incident, mentions = told(mention, *SPREAD)
    assert settle(incident, mentions, "range") == settle(incident, mentions) == incident


DENIED = {"status": Status.DENIED}


@pytest.mark.parametrize(
    ("accounts", "denied_under"),
    [
        ([{}, {}], []),
        ([{}, {}, DENIED], ["lowest"]),
        ([{}, DENIED, DENIED | {"at": 5}], ["lowest", "median"]),
        ([DENIED], list(POLICIES)),
    ],
    ids=["nobody denies it", "one of three denies it", "two of three deny it", "all deny it"],
)
def test_what_sources_deny(mention: Make, accounts: list[dict[str, Any]], denied_under: list[str]) -> None:
    incident, mentions = told(mention, *accounts)
    found = {policy: settle(incident, mentions, policy).status for policy in POLICIES}
    assert [policy for policy, status in found.items() if status is Status.DENIED] == denied_under


def test_a_report_that_has_both_sides_denies_nothing_outright(mention: Make) -> None:
    incident, mentions = told(mention, {}, {"report": "r1", "at": 9, **DENIED})
    assert settle(incident, mentions, "lowest").status is Status.ASSERTED
    assert "status" in incident.disputed


ACCOUNT = st.fixed_dictionaries(
    {
        "report": st.sampled_from(["r1", "r2", "r3", "r4"]),
        "day": st.sampled_from([None, "1989-10-09", "1989-10-10"]),
        "place": st.sampled_from([None, "Leipzig", "Saxony"]),
        "status": st.sampled_from([Status.ASSERTED, Status.BACKGROUND, Status.DENIED, Status.PLANNED]),
        "figures": st.dictionaries(
            st.sampled_from(["killed", "people"]),
            st.tuples(st.none() | st.integers(0, 50), st.none() | st.integers(50, 99)),
        ),
    }
)


@given(st.lists(ACCOUNT, min_size=1, max_size=6), st.sampled_from(sorted(POLICIES)), st.randoms(use_true_random=False))
def test_order_changes_no_settled_incident(mention: Make, accounts: list[Any], policy: str, random: Any) -> None:
    incident, mentions = told(mention, *[{"at": 100 * index} | about for index, about in enumerate(accounts)])
    expected = settle(incident, mentions, policy)
    random.shuffle(mentions)
    assert settle(incident, mentions, policy) == expected
    assert (expected.contested, expected.single_source) == (incident.contested, incident.single_source)
    if policy == "range":
        assert expected == incident
    known = accounts_of(incident, mentions, ORIGINS.publishers)
    assert {it.field for it in known if it.telling} >= {it.counts for it in incident.figures}


@given(st.lists(ACCOUNT, min_size=1, max_size=5), st.integers(0, 4), st.integers(1, 3))
def test_copies_change_nothing_that_any_policy_settles(
    mention: Make, accounts: list[Any], which: int, times: int
) -> None:
    told_once = [{"at": 100 * index, "form": "march"} | about for index, about in enumerate(accounts)]
    chosen = told_once[which % len(accounts)]
    publisher = ORIGINS.publishers[chosen["report"]] or "Unknown"
    copies = [chosen | {"report": f"copy{number}"} for number in range(times)]
    origins = Origins({**ORIGINS.publishers, chosen["report"]: publisher, **{it["report"]: publisher for it in copies}})
    single, copied = ([mention(**about) for about in some] for some in (told_once, [*told_once, *copies]))
    before, after = incident_of(single, origins), incident_of(copied, origins)
    for policy in POLICIES:
        one, other = settle(before, single, policy), settle(after, copied, policy)
        assert VALUES(one) == VALUES(other)
        if policy != "every_report":
            assert one.figures == other.figures


VALUES = attrgetter(
    "type", "form", "status", "earliest", "latest", "granularity", "place", "precision", "independent", "disputed"
)


def test_the_unit_of_the_days_is_that_of_their_words(mention: Make) -> None:
    incident, mentions = told(mention, {"day": "1989-10-09"}, {"day": "1989-10-12"})
    assert settle(incident, mentions, "ucdp").granularity is Granularity.INTERVAL
    assert settle(incident, mentions, "most_precise").granularity is Granularity.DAY

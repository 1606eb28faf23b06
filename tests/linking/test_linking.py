"""The face of linking: what becomes one incident, what stays two, and what people overrule."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.linking import Linked, Origins, link
from dateline.model.event import Mention, Status
from dateline.model.ground import Basis, Granularity, When
from dateline.model.judgement import Judgement, Verdict, judge
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Make = Callable[..., Mention]
    Case = tuple[dict[str, Any], dict[str, Any]]

MONDAY = {"day": "1989-10-09", "place": "Leipzig", "form": "march"}
ARREST = {"type": "COERCE", "form": "arrest", "actors": ["police"], "trigger": "arrested"}
PAST_YEAR = When(Evidence(0, 18, "Over the past year"), granularity=Granularity.YEAR, basis=Basis.UNKNOWN)
LAST_YEAR = When(Evidence(500, 516, "in the past year"), granularity=Granularity.YEAR, basis=Basis.UNKNOWN)


def is_one(*mentions: Mention) -> bool:
    return len(link(mentions, Origins()).incidents) == 1


ONE_INCIDENT: dict[str, Case] = {
    "two reports, one day and city": ({**MONDAY}, {**MONDAY, "report": "r2", "trigger": "demonstrated"}),
    "figures disagree": (
        {**MONDAY, "figures": {"people": (70_000, 70_000)}},
        {**MONDAY, "report": "r2", "figures": {"people": (20_000, 20_000)}},
    ),
    "a march and a riot of one evening": ({**MONDAY}, {**MONDAY, "report": "r2", "form": "riot"}),
    "a day apart, same actor": (
        {**MONDAY, "actors": ["New Forum/OPP"]},
        {**MONDAY, "report": "r2", "day": "1989-10-10", "actors": ["New Forum/OPP"]},
    ),
    "a month contains the day": (
        {**MONDAY, "actors": ["New Forum/OPP"], "figures": {"people": (70_000, 70_000)}},
        {
            **MONDAY,
            "report": "r2",
            "day": "1989-10-01",
            "last": "1989-10-31",
            "actors": ["New Forum/OPP"],
            "figures": {"people": (70_000, 70_000)},
        },
    ),
    "a wave of one land and month, counted otherwise": (
        {
            "form": "wave",
            "day": "1989-10-01",
            "last": "1989-10-31",
            "place": "East Germany",
            "figures": {"cities": (120, 120)},
        },
        {
            "form": "wave",
            "day": "1989-10-01",
            "last": "1989-10-31",
            "place": "East Germany",
            "report": "r2",
            "figures": {"cities": (70, 70)},
            "status": Status.BACKGROUND,
        },
    ),
    "a wave that one report calls riots": (
        {
            "form": "wave",
            "day": "1989-10-01",
            "last": "1989-10-31",
            "place": "East Germany",
            "trigger": "unrest",
            "actors": ["New Forum/OPP"],
            "figures": {"cities": (40, 40)},
        },
        {
            "form": "riot",
            "day": "1989-10-01",
            "last": "1989-10-31",
            "place": "East Germany",
            "trigger": "the unrest",
            "report": "r2",
            "actors": ["New Forum/OPP"],
            "figures": {"cities": (30, 30)},
        },
    ),
    "told as news and recalled as history": (
        {**MONDAY},
        {**MONDAY, "report": "r2", "status": Status.BACKGROUND, "form": "demonstration"},
    ),
    "denied elsewhere": (
        {**ARREST, "day": "1989-10-08", "place": "Dresden"},
        {**ARREST, "day": "1989-10-08", "place": "Dresden", "report": "r2", "status": Status.DENIED},
    ),
    "planned for the day it took place": (
        {**MONDAY},
        {**MONDAY, "report": "r2", "status": Status.PLANNED, "trigger": "march"},
    ),
    "told twice in one report, in other words": (
        {
            "type": "ACCUSE",
            "trigger": "blamed",
            "day": "1989-10-09",
            "actors": ["Krenz/GOV"],
            "recipients": ["SED/PTY"],
        },
        {
            "type": "ACCUSE",
            "trigger": "pointed to",
            "at": 400,
            "day": "1989-10-09",
            "actors": ["Krenz/GOV"],
            "recipients": ["SED/PTY"],
        },
    ),
    "named again with no day": (
        {"form": "wave", "trigger": "uprising", "day": "1989-10-01", "last": "1989-10-31", "place": "East Germany"},
        {"form": "wave", "trigger": "the uprising", "place": "East Germany", "at": 300},
    ),
    "told twice, time in words that cannot be resolved": (
        {"type": "MOBILIZE", "trigger": "expanded", "time": PAST_YEAR, "actors": ["New Forum/OPP"]},
        {"type": "MOBILIZE", "trigger": "expansion", "at": 500, "time": LAST_YEAR, "actors": ["New Forum/OPP"]},
    ),
}

TWO_INCIDENTS: dict[str, Case] = {
    "a sum of many acts and one act": (
        {"trigger": "protest", "place": "Leipzig", "form": "demonstration", "figures": {"acts": (2000, 9999)}},
        {"trigger": "protests", "place": "Leipzig", "form": "demonstration", "at": 300},
    ),
    "other type": ({**MONDAY}, {**MONDAY, **ARREST, "report": "r2"}),
    "other day": ({**MONDAY}, {**MONDAY, "report": "r2", "day": "1989-10-16"}),
    "other city": ({**MONDAY}, {**MONDAY, "report": "r2", "place": "Dresden"}),
    "other country": ({**MONDAY, "place": "East Germany"}, {**MONDAY, "report": "r2", "place": None}),
    "two sentences of one court": (
        {"type": "COERCE", "form": "death_sentence", "trigger": "sentenced", "day": "1989-05-20", "end": 60},
        {"type": "COERCE", "form": "prison_sentence", "trigger": "gave", "at": 65, "day": "1989-05-20"},
    ),
    "two figures in one sentence": (
        {**ARREST, "day": "1989-10-08", "figures": {"arrested": (30, 30)}, "end": 40},
        {**ARREST, "day": "1989-10-08", "figures": {"arrested": (4, 4)}, "at": 45},
    ),
    "two days in one report": ({**MONDAY}, {**MONDAY, "at": 300, "day": "1989-10-10"}),
    "a wave and its part": (
        {"form": "wave", "day": "1989-10-09", "place": "East Germany", "figures": {"cities": (30, 30)}},
        {**MONDAY, "report": "r2"},
    ),
    "nothing in common but the type": (
        {"trigger": "marched", "form": "march"},
        {"trigger": "marched", "form": "march", "report": "r2"},
    ),
    "a plan with no day": ({**MONDAY}, {**MONDAY, "report": "r2", "status": Status.PLANNED, "day": None}),
    "waves of one month by other people": (
        {"form": "wave", "day": "1989-10-01", "last": "1989-10-31", "place": "East Germany", "actors": ["students"]},
        {
            "form": "wave",
            "day": "1989-10-01",
            "last": "1989-10-31",
            "place": "East Germany",
            "actors": ["army"],
            "report": "r2",
        },
    ),
    "a wave and riots in one place that nobody names": (
        {"form": "wave", "day": "1989-10-01", "last": "1989-10-31", "place": "East Germany"},
        {"form": "riot", "day": "1989-10-01", "last": "1989-10-31", "place": "East Germany", "report": "r2"},
    ),
    "strikes and riots of one month, both in many cities": (
        {
            "form": "strike",
            "day": "1989-10-01",
            "last": "1989-10-31",
            "place": "East Germany",
            "figures": {"cities": (40, 40)},
        },
        {
            "form": "riot",
            "day": "1989-10-01",
            "last": "1989-10-31",
            "place": "East Germany",
            "report": "r2",
            "figures": {"cities": (30, 30)},
        },
    ),
    "waves of two months": (
        {"form": "wave", "day": "1989-09-01", "last": "1989-09-30", "place": "East Germany"},
        {"form": "wave", "day": "1989-11-01", "last": "1989-11-30", "place": "East Germany", "report": "r2"},
    ),
    "waves of two provinces": (
        {"form": "wave", "day": "1989-10-01", "last": "1989-10-31", "place": "Saxony"},
        {"form": "wave", "day": "1989-10-01", "last": "1989-10-31", "place": "Berlin", "report": "r2"},
    ),
    "one country and month": (
        {"day": "1989-10-01", "last": "1989-10-31", "place": "East Germany"},
        {"day": "1989-10-01", "last": "1989-10-31", "place": "East Germany", "report": "r2"},
    ),
    "no word, time or actor in common, one report": ({"trigger": "chanted"}, {"trigger": "strike", "at": 300}),
    "no day in one of them, and events repeat": (
        {**MONDAY, "actors": ["students"]},
        {**MONDAY, "day": None, "actors": ["students"], "report": "r2"},
    ),
}


@pytest.mark.parametrize("case", ONE_INCIDENT.values(), ids=ONE_INCIDENT)
def test_is_one_incident(mention: Make, case: Case) -> None:
    assert is_one(mention(**case[0]), mention(**case[1]))


@pytest.mark.parametrize("case", TWO_INCIDENTS.values(), ids=TWO_INCIDENTS)
def test_is_two_incidents(mention: Make, case: Case) -> None:
    assert len(link([mention(**case[0]), mention(**case[1])], Origins()).incidents) == 2


@pytest.mark.parametrize("status", [Status.HYPOTHETICAL, Status.GENERIC])
def test_what_did_not_take_place_is_no_incident(mention: Make, status: Status) -> None:
    linked = link([mention(**MONDAY), mention(**MONDAY, at=200, status=status)], Origins())
    assert [len(incident.mentions) for incident in linked.incidents] == [1]
    assert linked.links == ()


def test_a_link_says_why(mention: Make) -> None:
    (found,) = link([mention(**MONDAY), mention(**MONDAY, report="r2")], Origins()).links
    assert found.left < found.right
    assert found.score > 0.5
    assert {"both march", "same day", "Leipzig and Leipzig: same city"} <= set(found.why)


def test_a_chain_does_not_merge_what_conflicts(mention: Make) -> None:
    """The middle account says "on the 9th or 10th or 11th"; the outer two name days that exclude each other."""
    first = mention(**MONDAY, report="a")
    middle = mention(**{**MONDAY, "last": "1989-10-11"}, report="b")
    last = mention(**{**MONDAY, "day": "1989-10-11"}, report="c")
    assert is_one(first, middle)
    assert is_one(middle, last)
    homes = [set(incident.mentions) for incident in link([first, middle, last], Origins()).incidents]
    assert len(homes) == 2
    assert not any({first.id, last.id} <= home for home in homes)


def said(left: Mention, right: Mention, verdict: Verdict, hour: int = 0, who: str = "ana") -> Judgement:
    return judge([left], [right], verdict, who, datetime(2024, 1, 1, hour, tzinfo=UTC), "read both")


def partition(linked: Linked) -> set[tuple[str, ...]]:
    return {incident.mentions for incident in linked.incidents}


def test_a_person_splits_and_joins(mention: Make) -> None:
    a, b = mention(**MONDAY), mention(**MONDAY, report="r2")
    far = mention(**{**MONDAY, "day": "1989-11-06"}, report="r3")
    assert len(link([a, b], Origins(), [said(a, b, Verdict.DIFFERENT)]).incidents) == 2
    assert len(link([a, far], Origins(), [said(far, a, Verdict.SAME)]).incidents) == 1
    assert len(link([a, far], Origins(), [said(a, far, Verdict.UNSURE)]).incidents) == 2


def test_the_latest_judgement_on_a_pair_counts(mention: Make) -> None:
    a, b = mention(**MONDAY), mention(**MONDAY, report="r2")
    words = [said(a, b, Verdict.DIFFERENT, 1), said(b, a, Verdict.UNSURE, 2)]
    assert partition(link([a, b], Origins(), words)) == partition(link([a, b], Origins()))
    assert partition(link([a, b], Origins(), words[::-1])) == partition(link([a, b], Origins()))


def test_judgements_that_contradict_each_other(mention: Make) -> None:
    """Joins of a to b and b to c with a and c kept apart: the later join holds."""
    a, b, c = (mention(**MONDAY, report=name) for name in "abc")
    words = [said(a, b, Verdict.SAME, 1), said(b, c, Verdict.SAME, 2), said(a, c, Verdict.DIFFERENT, 0)]
    assert partition(link([a, b, c], Origins(), words)) == {(a.id,), tuple(sorted((b.id, c.id)))}


def test_a_judgement_on_a_mention_that_is_gone_is_returned(mention: Make) -> None:
    a, b = mention(**MONDAY), mention(**MONDAY, report="r2")
    judgement = said(a, b, Verdict.SAME)
    assert link([a], Origins(), [judgement]).unused == (judgement,)
    assert link([a, b], Origins(), [judgement]).unused == ()


def test_nothing_in_nothing_out() -> None:
    assert link([], Origins()) == Linked((), ())


# --- properties ------------------------------------------------------------------------------------------------------

DAYS = [None, "1989-10-02", "1989-10-08", "1989-10-09", "1989-10-10"]
PLACES = [None, "Leipzig", "Dresden", "Saxony", "East Germany"]
FORMS = [None, "march", "riot", "strike", "wave"]

drawn = st.fixed_dictionaries(
    {
        "report": st.sampled_from(["r1", "r2", "r3", "r4"]),
        "at": st.integers(0, 400),
        "day": st.sampled_from(DAYS),
        "place": st.sampled_from(PLACES),
        "form": st.sampled_from(FORMS),
        "status": st.sampled_from(list(Status)),
        "actors": st.lists(st.sampled_from(["police", "students", "New Forum/OPP"]), max_size=2),
        "figures": st.dictionaries(st.just("people"), st.tuples(st.integers(1, 50), st.integers(50, 90)), max_size=1),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(drawn, max_size=12))
def test_order_changes_nothing(mention: Make, data: st.DataObject, about: list[dict[str, Any]]) -> None:
    mentions = list({it.id: it for it in (mention(**fields) for fields in about)}.values())
    assert link(data.draw(st.permutations(mentions)), Origins()) == link(mentions, Origins())


@settings(max_examples=60, deadline=None)
@given(st.lists(drawn, max_size=12))
def test_every_real_mention_is_in_one_incident(mention: Make, about: list[dict[str, Any]]) -> None:
    mentions = list({it.id: it for it in (mention(**fields) for fields in about)}.values())
    members = [it for incident in link(mentions, Origins()).incidents for it in incident.mentions]
    unreal = (Status.HYPOTHETICAL, Status.GENERIC)
    assert sorted(members) == sorted(it.id for it in mentions if it.status not in unreal)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(drawn, min_size=2, max_size=10, unique_by=lambda it: (it["report"], it["at"], it["form"])))
def test_judgements_hold(mention: Make, data: st.DataObject, about: list[dict[str, Any]]) -> None:
    """Pairs kept apart are apart; pairs joined are together unless that contradicts a pair kept apart."""
    real: Sequence[Mention] = [mention(**{**fields, "status": Status.ASSERTED}) for fields in about]
    pairs = list(itertools.combinations(real, 2))
    apart = data.draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True))
    linked = link(real, Origins(), [said(a, b, Verdict.DIFFERENT) for a, b in apart])
    home = {it: incident.id for incident in linked.incidents for it in incident.mentions}
    assert all(home[a.id] != home[b.id] for a, b in apart)
    joined = link(real, Origins(), [said(a, b, Verdict.SAME) for a, b in apart])
    home = {it: incident.id for incident in joined.incidents for it in incident.mentions}
    assert all(home[a.id] == home[b.id] for a, b in apart)

"""Features of a pair: each says its value in words, the same whichever side is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dateline.linking import gists_of, link
from dateline.linking.compare import FEATURES, compare
from dateline.linking.independence import Origins
from dateline.linking.profile import profiles_of
from dateline.model.event import Mention, Status
from dateline.model.ground import Basis
from dateline.model.text import Evidence, make_report

Make = Callable[..., Mention]
BASE: dict[str, Any] = {"day": "1989-10-09", "place": "Leipzig", "form": "march", "trigger": "marched"}
NAMED = {"actors": ["New Forum/OPP"]}

STRONGER: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "same form before kin": (BASE, BASE, {**BASE, "form": "rally"}),
    "kin before other form": (BASE, {**BASE, "form": "rally"}, {**BASE, "form": "strike"}),
    "same day before a month": (BASE, BASE, {**BASE, "day": "1989-10-01", "last": "1989-10-31"}),
    "a month before no day": (BASE, {**BASE, "day": "1989-10-01", "last": "1989-10-31"}, {**BASE, "day": None}),
    "same day before the next": (BASE, BASE, {**BASE, "day": "1989-10-10"}),
    "same city before its province": (BASE, BASE, {**BASE, "place": "Saxony"}),
    "a province before the country": (BASE, {**BASE, "place": "Saxony"}, {**BASE, "place": "East Germany"}),
    "the country before no place": (BASE, {**BASE, "place": "East Germany"}, {**BASE, "place": None}),
    "stated before inferred": (BASE, BASE, {**BASE, "basis": Basis.INFERRED}),
    "same name before same sector": ({**BASE, **NAMED}, {**BASE, **NAMED}, {**BASE, "actors": ["Democracy Now/OPP"]}),
    "same sector before other": (
        {**BASE, "actors": ["police"]},
        {**BASE, "actors": ["police"]},
        {**BASE, "actors": ["army"]},
    ),
    "same large figure before none": (
        {**BASE, "figures": {"people": (70_000, 70_000)}},
        {**BASE, "figures": {"people": (70_000, 70_000)}},
        BASE,
    ),
    "near figures before far ones": (
        {**BASE, "figures": {"killed": (4, 4)}},
        {**BASE, "figures": {"killed": (5, 5)}},
        {**BASE, "figures": {"killed": (90, 90)}},
    ),
    "same word before another": (BASE, BASE, {**BASE, "trigger": "streamed"}),
    "asserted twice before denied": (BASE, BASE, {**BASE, "status": Status.DENIED}),
}


@pytest.mark.parametrize("case", STRONGER.values(), ids=STRONGER)
def test_order_of_strength(mention: Make, case: tuple[dict[str, Any], ...]) -> None:
    one, nearer, farther = (mention(**about, report=f"r{index}") for index, about in enumerate(case))
    (a, b), (c, d) = (profiles_of([one, other]) for other in (nearer, farther))
    assert compare(a, b).bits > compare(c, d).bits


@pytest.mark.parametrize("case", STRONGER.values(), ids=STRONGER)
def test_sides_do_not_matter(mention: Make, case: tuple[dict[str, Any], ...]) -> None:
    for about in case[1:]:
        left, right = profiles_of([mention(**case[0], report="r0"), mention(**about, report="r1")])
        assert compare(left, right).bits == compare(right, left).bits
        assert bool(compare(left, right).conflict) == bool(compare(right, left).conflict)


def test_every_feature_gives_a_value_within_bounds_and_a_reason(mention: Make) -> None:
    everyone = profiles_of(
        mention(**about, report=f"r{number}", at=index)
        for number, case in enumerate(STRONGER.values())
        for index, about in enumerate(case)
    )
    findings = [
        found
        for a in everyone
        for b in everyone
        for feature in FEATURES
        if a is not b and (found := feature.func(a, b))
    ]
    assert all(-1 <= found.value <= 1 and found.why for found in findings)


def test_one_report_that_lists_many_events_lowers_the_odds(mention: Make) -> None:
    listed = [
        mention(**BASE, report="list", at=40 * index, figures={"people": (index, index)}) for index in range(1, 9)
    ]
    other = mention(**BASE, report="r2")
    alone = {it.mention.id: it for it in profiles_of([listed[0], other])}
    among = {it.mention.id: it for it in profiles_of([*listed, other])}
    pair = (listed[0].id, other.id)
    assert compare(among[pair[0]], among[pair[1]]).bits < compare(alone[pair[0]], alone[pair[1]]).bits
    assert any("8 such events" in why for why in compare(among[pair[0]], among[pair[1]]).why)


def test_a_day_that_was_inferred_does_not_rule_out(mention: Make) -> None:
    later = {**BASE, "day": "1989-10-16", "report": "r1"}
    left, right = profiles_of([mention(**BASE, report="r0"), mention(**later)])
    one, other = profiles_of([mention(**BASE, report="r0"), mention(**later, day_basis=Basis.INFERRED)])
    assert compare(left, right).conflict == "7 days apart"
    assert not compare(one, other).conflict


STRIKES = "Nurses at three wards laid down work and went on strike over nights without pay, as others had in spring."


def told_in(mention: Make, text: str, publisher: str) -> tuple[Mention, Any]:
    """Return a strike that a report tells of without day or place, and what stands around it."""
    report, at = make_report(text, publisher=publisher), text.lower().index("strike")
    found = replace(mention(type="PROTEST", form="strike", report=report.id), trigger=Evidence(at, at + 6, "strike"))
    return found, gists_of(report, [found])[found.id]


@pytest.mark.parametrize(
    ("copy", "is_one"),
    [
        (f"From our desk. {STRIKES} Readers may write to us.", True),
        (f"Our editors add nothing.\n\n{STRIKES.upper()}", True),
        ("Cleaners followed and went on strike over nights without pay, as others had in spring.", True),
        ("Nurses at three wards laid down work and went on strike. Doctors did not.", True),
        ("Nurses went on strike over nights without pay in May.", False),
        ("Nurses at two wards went on strike over nights with little pay.", False),
    ],
)
def test_the_same_words_around_an_event_tell_it_once(mention: Make, copy: str, is_one: bool) -> None:
    told = [told_in(mention, STRIKES, "Ward Letter"), told_in(mention, copy, "Valley Post")]
    gists = {it.id: gist for it, gist in told}
    left, right = profiles_of([it for it, _ in told], gists)
    outcome = compare(left, right)
    assert ("the same 10 words around it" in outcome.why) is is_one
    assert (len(link([it for it, _ in told], Origins(), gists=gists).incidents) == 1) is is_one


def test_the_same_words_of_another_day_are_another_event(mention: Make) -> None:
    (one, _), (other, _) = (told_in(mention, STRIKES, name) for name in ("Ward Letter", "Valley Post"))
    days = [mention(**BASE, report="r").when, mention(**{**BASE, "day": "1989-12-01"}, report="r").when]
    left, right = profiles_of([replace(one, when=days[0]), replace(other, when=days[1])])
    assert compare(left, right).conflict == "53 days apart"

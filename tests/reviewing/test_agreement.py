"""Agreement: a published example, the edges where alpha says nothing, and what counts as a unit of each field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.model.test_decision import VALUES, cited, decision, mention

from dateline.model.decision import Act, Decision, Field, Kind
from dateline.model.event import Mention
from dateline.model.ground import Figure, When
from dateline.model.judgement import anchor_of
from dateline.reviewing.agreement import agreement, alpha_of, disagreements, units_of

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", example C: twelve units, four observers.
_ROWS = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}
PUBLISHED = [{who: row[unit] for who, row in _ROWS.items() if row[unit] is not None} for unit in range(12)]


@pytest.mark.parametrize(("distance", "alpha"), [("nominal", 0.743), ("interval", 0.849), ("ratio", 0.797)])
def test_alpha_is_that_of_the_published_example(distance: str, alpha: float) -> None:
    assert alpha_of(PUBLISHED, distance) == pytest.approx(alpha, abs=0.0006)


def sample(size: int = 12) -> list[Mention]:
    return [replace(mention(), id=f"{number:064x}") for number in range(size)]


def on(it: Mention, who: str, act: Act = Act.ACCEPT, **about: object) -> Decision:
    return replace(decision(act, who=who, **about), about=anchor_of(it))


def by_field(mentions: list[Mention], decisions: list[Decision]) -> dict[str, object]:
    return {it.field: it for it in agreement(mentions, decisions, resamples=50)}


def test_where_all_say_one_thing_alpha_is_not_claimed() -> None:
    mentions = sample()
    decisions = [on(it, who) for it in mentions for who in ("amber", "birch")]
    for found in agreement(mentions, decisions, resamples=50):
        assert found.alpha is None, found.field
        assert found.same == found.units
    assert by_field(mentions, decisions)["event"].units == 12  # type: ignore[attr-defined]


def test_whether_it_is_an_event_is_compared_apart_from_what_it_is() -> None:
    mentions = sample()
    decisions = [on(it, "amber") for it in mentions]
    decisions += [on(it, "birch", Act.REJECT if number < 6 else Act.ACCEPT) for number, it in enumerate(mentions)]
    found = {it.field: it for it in agreement(mentions, decisions, resamples=200)}
    assert (found["event"].units, found["event"].same, found["type"].units) == (12, 6, 6)
    assert found["event"].alpha is not None
    assert found["event"].alpha < 0
    assert found["event"].low is not None
    assert found["event"].high is not None
    assert found["event"].low <= found["event"].alpha <= found["event"].high


def test_one_who_is_unsure_has_no_value() -> None:
    (one,) = sample(1)
    units = units_of([one], [on(one, "amber", Act.UNSURE), on(one, "birch")])
    assert {who for unit in units.values() for values in unit.values() for who in values} == {"birch"}


def test_days_are_compared_by_distance_and_numbers_by_ratio() -> None:
    (one,) = sample(1)
    when = When(cited("12 May"), date(2024, 5, 11), date(2024, 5, 12))
    figures = (Figure(cited("nine"), "people", 12, 20), Figure(cited("two"), "arrested", None, 2))
    corrected = [
        on(one, "birch", Act.CORRECT, field=Field.WHEN, value=when),
        on(one, "birch", Act.CORRECT, field=Field.FIGURES, value=figures),
    ]
    units = units_of([one], [on(one, "amber"), *corrected])
    assert units["first day"][one.id] == {"amber": date(2024, 5, 12).toordinal(), "birch": when.earliest.toordinal()}  # type: ignore[union-attr]
    assert units["figures"] == {
        f"{one.id} people": {"amber": 9, "birch": 12},
        f"{one.id} arrested": {"birch": 2},
    }


def test_disagreements_name_their_fields() -> None:
    first, second, third = sample(3)
    kind = {"field": Field.TYPE, "value": VALUES[Field.TYPE]}
    other = {"field": Field.TYPE, "value": Kind("COERCE", "arrest", cited("Police"))}
    decisions = [
        on(first, "amber"),
        on(first, "birch", Act.CORRECT, **kind),
        on(second, "amber", Act.CORRECT, **other),
        on(second, "birch", Act.CORRECT, **kind),
        on(third, "amber"),
        on(third, "birch", Act.REJECT),
    ]
    found = {it.mention: it.fields for it in disagreements([first, second, third], decisions)}
    assert found == {first.id: ("type",), third.id: ("event",)}


def test_the_interval_is_the_same_each_time() -> None:
    mentions = sample()
    decisions = [on(it, "amber") for it in mentions]
    decisions += [on(it, "birch", Act.REJECT if number < 3 else Act.ACCEPT) for number, it in enumerate(mentions)]
    assert agreement(mentions, decisions, 50) == agreement(reversed(mentions), list(reversed(decisions)), 50)

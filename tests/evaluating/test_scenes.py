"""The adapter of own_scenes: which places and times are right, and what is counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dateline.evaluating import metrics
from dateline.evaluating.gold import scenes
from dateline.model.ground import Basis, Place, When
from dateline.model.text import Evidence

from .test_gold import FakeStages, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Coding, Mention
    from dateline.model.text import Report

WORDS = Evidence(0, 1, "A")
TEXT = "A march in Strelsau on Monday; shots in Zenda."


def when(edtf: str | None, first: date | None, last: date | None, basis: Basis = Basis.RESOLVED) -> When:
    return When(WORDS, first, last, edtf=edtf, basis=basis)


MONDAY = when("1911-06-05", date(1911, 6, 5), date(1911, 6, 5))


@dataclass
class GroundedStages(FakeStages):
    """Fake stages that give a place and a time to every event."""

    where: Place | None = None
    day: When | None = None

    def ground(self, report: Report, coding: Coding) -> Sequence[Mention]:
        return [replace(it, place=self.where, when=self.day) for it in super().ground(report, coding)]


@pytest.mark.parametrize(
    ("place", "names", "right"),
    [
        (Place(WORDS, "Zürich"), ["Bern", "Zurich"], True),
        (Place(WORDS, "Bern"), ["Zurich"], False),
        (Place(WORDS, "Bern"), ["none"], False),
        (Place(WORDS), ["Bern", "none"], True),
        (None, ["none"], True),
        (None, ["Bern"], False),
    ],
)
def test_a_place_is_right_by_one_of_its_names(place: Place | None, names: list[str], right: bool) -> None:
    assert scenes.is_right_place(place, names) is right


@pytest.mark.parametrize(
    ("found", "times", "right"),
    [
        (MONDAY, ["1911-06-05"], True),
        (MONDAY, ["1911-06"], False),
        (MONDAY, ["none"], False),
        (when("1911-06", date(1911, 6, 1), date(1911, 6, 30)), ["none", "1911-06"], True),
        (when("1912-02", date(1912, 2, 1), date(1912, 2, 29)), ["1912-02"], True),
        (when("1911", date(1911, 1, 1), date(1911, 12, 31)), ["1911-06-05"], False),
        (when("[1911-05-29,1911-06-05]", date(1911, 5, 29), date(1911, 6, 5)), ["1911-06-05"], True),
        (when("1911-05-29/1911-06-05", date(1911, 5, 29), date(1911, 6, 5)), ["1911-05-29/1911-06-05"], True),
        (when(None, None, None, Basis.UNKNOWN), ["none"], True),
        (None, ["1911-06-05"], False),
    ],
)
def test_a_time_is_right_by_its_days(found: When | None, times: list[str], right: bool) -> None:
    assert scenes.is_right_time(found, times) is right


def test_events_that_are_found_are_judged_and_what_claims_certainty_is_counted_apart() -> None:
    marked = [
        {"span": [2, 7], "places": ["Strelsau"], "times": ["1911-06-05"]},
        {"span": [31, 36], "places": ["Zenda"], "times": ["none"]},
        {"span": [8, 10], "places": ["Zenda"], "times": ["none"]},
    ]
    record = {"id": "r", "published": "1911-06-07", "text": TEXT, "events": marked}
    told = {TEXT: [Told("PROTEST", "march", "march"), Told("ASSAULT", "shooting", "shots")]}
    stages = GroundedStages(told=told, where=Place(WORDS, "Strelsau"), day=replace(MONDAY, basis=Basis.INFERRED))
    (outcome,) = scenes.judge_reports([record], stages)
    assert scenes.measure(metrics.total([outcome.tally])) == pytest.approx(
        {
            "both_right": 1 / 2,
            "place_right": 1 / 2,
            "time_right": 1 / 2,
            "event_found": 2 / 3,
            "place_wrong": 1 / 2,
            "time_wrong": 1 / 2,
            "certain_wrong": 1 / 2,
        }
    )
    assert outcome.gold == ("31: Zenda, none",)

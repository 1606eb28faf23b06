"""The gold figures: those of our own sentences with whose they are, and the dead and injured of MUC-4's templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import pytest

from dateline.evaluating import metrics
from dateline.evaluating.gold.figures import OWN_FIGURES
from dateline.evaluating.gold.muc_numbers import count_numbers, gold_numbers, measure_numbers
from dateline.evaluating.stages import Stages
from dateline.grounding.figures import find_figures
from dateline.model.event import Coding, Mention, make_mention
from dateline.model.ground import Figure, Scope
from dateline.model.parse import Sentence
from dateline.model.text import Evidence, Report

AHEAD = "Nine people had come. "
TEXT = "Police arrested 30 men and killed two; a third of them were hurt."


@dataclass(frozen=True)
class FigureStages:
    """Finds the figures that stand in a text, and gives each event those that its table names by their words."""

    owned: dict[str, Sequence[str]]

    def find_figures(self, text: str) -> Sequence[Figure]:
        return find_figures(text)

    def parse(self, text: str) -> tuple[Sentence, ...]:
        return ()

    def ground(self, report: Report, coding: Coding) -> Sequence[Mention]:
        figures = {it.evidence.quote: it for it in find_figures(report.text)}
        told = [[figures[words] for words in self.owned.get(event.trigger.quote, ())] for event in coding.events]
        return [make_mention(it, figures=tuple(own)) for it, own in zip(coding.events, told, strict=True)]


def place(words: str) -> list[int]:
    start = (AHEAD + TEXT).index(words)
    return [start, start + len(words)]


def event(number: int, trigger: str) -> dict[str, Any]:
    told = {"type": "COERCE", "form": None, "status": "asserted"}
    return {**told, "number": number, "triggers": [place(trigger)]}


RECORD = {
    "id": "a",
    "text": AHEAD + TEXT,
    "start": len(AHEAD),
    "end": len(AHEAD + TEXT),
    "events": [event(1, "arrested"), event(2, "killed")],
    "figure": [[[1], *place("30")], [[2], *place("two")]],
    "actor": [[[], *place("Police")]],
    "recipient": [],
    "time": [],
}


@pytest.mark.parametrize(
    ("owned", "owner_f1"),
    [
        ({"arrested": ["30 men"], "killed": ["two"]}, 1.0),
        ({"arrested": ["two"], "killed": ["30 men"]}, 0.0),
        ({"arrested": ["30 men", "two"]}, 2 / 4),
        ({"arrested": ["30 men"], "killed": ["two", "Nine people"]}, 1.0),  # outside the sentence: not judged
    ],
)
def test_figures_and_whose_they_are(owned: dict[str, Sequence[str]], owner_f1: float) -> None:
    (outcome,) = OWN_FIGURES.judge([RECORD], cast("Stages", FigureStages(owned)))
    scores = OWN_FIGURES.measure(metrics.total([outcome.tally]))
    assert scores["owner_f1"] == pytest.approx(owner_f1)
    assert scores["span_precision"] == pytest.approx(2 / 3)  # "a third" is not marked
    assert scores["span_recall"] == 1


def target(number: str, effect: str, words: str) -> dict[str, Any]:
    return {
        "hum_tgt_number": [{"value": number, "of": [words]}],
        "hum_tgt_effect": [{"value": effect, "of": [words]}],
    }


def document(*slots: dict[str, Any]) -> dict[str, Any]:
    return {"templates": [{"slots": it} for it in slots]}


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        (target("6", "DEATH", "MONKS"), {("killed", 6, 6)}),
        (target("~100", "INJURY", "MEN"), {("injured", 100, 100)}),
        (target("1", "DEATH", "MONK"), set()),
        (target("PLURAL", "DEATH", "MONKS"), set()),
        (target("6", "NO INJURY", "MONKS"), set()),
    ],
)
def test_gold_numbers(slots: dict[str, Any], expected: set[tuple[str, int, int]]) -> None:
    assert gold_numbers(document(slots)) == expected


def figure(counts: str, low: int | None, high: int | None, **more: Any) -> Figure:
    return Figure(Evidence(0, 1, "x"), counts, low, high, named=low if low == high else None, **more)


@pytest.mark.parametrize(
    ("figures", "in_role", "found", "precision"),
    [
        ([figure("killed", 6, 6)], 1, 1, 1),
        ([figure("people", 6, 6)], 0, 1, 0),
        ([figure("injured", 6, 6)], 0, 1, 0),
        ([figure("killed", 5, 7)], 1, 1, 1),
        ([figure("killed", 7, 7)], 0, 0, 0),
        ([figure("killed", 6, 6, scope=Scope.FORMER)], 0, 0, 0),
        ([figure("killed", 6, 6), figure("killed", 40, 40)], 1, 1, 1 / 2),
        ([figure("cities", 6, 6)], 0, 0, 0),
    ],
)
def test_numbers_of_the_dead(figures: list[Figure], in_role: float, found: float, precision: float) -> None:
    scores = measure_numbers(count_numbers(document(target("6", "DEATH", "MONKS")), figures))
    assert (scores["numbers_in_role"], scores["numbers_found"]) == (in_role, found)
    assert scores["numbers_precision"] == pytest.approx(precision)


def test_the_sum_of_a_template_is_as_good_as_its_parts() -> None:
    both = {
        key: [*target("6", "DEATH", "MONKS")[key], *target("2", "DEATH", "COOKS")[key]] for key in target("", "", "")
    }
    scores = measure_numbers(count_numbers(document(both), [figure("killed", 8, 8)]))
    assert scores == {"numbers_in_role": 1, "numbers_found": 1, "numbers_precision": 1}


def test_figures_of_documents_without_gold_numbers_are_not_held_against_them() -> None:
    assert count_numbers(document(), [figure("killed", 8, 8)])["figure", "all"] == 0


def test_two_groups_that_go_by_one_word_are_told_apart_by_their_order() -> None:
    dead, wounded = target("2", "DEATH", "PEOPLE"), target("12", "INJURY", "PEOPLE")
    assert gold_numbers(document({key: [*dead[key], *wounded[key]] for key in dead})) == {
        ("killed", 2, 2),
        ("injured", 12, 12),
    }

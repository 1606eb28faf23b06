"""The gold set of our own sentences: pairing, statuses, what is wrongly asserted, and the file it is made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest

from dateline.evaluating import metrics
from dateline.evaluating.gold.status import OWN_STATUS, pair
from dateline.evaluating.goldset import Outcome, Record
from dateline.evaluating.stages import Stages
from dateline.model.event import Coding, Event, Status
from dateline.model.text import Report, Span, make_report

ROOT = Path(__file__).parents[2]
AHEAD = "Dockers walked out on Monday. "
TEXT = "The dockers marched in Rostock, denied a strike and will meet the mayor; police beat two."

Found = tuple[str, str, Status, float]


def event(report: Report, kind: str, words: str, status: Status = Status.ASSERTED, confidence: float = 1.0) -> Event:
    start = report.text.index(words)
    trigger = report.cite(start, start + len(words))
    return Event(report.id, kind, None, status, trigger, Span(0, len(report.text)), confidence=confidence)


class TableCoder:
    """Finds the events that it is told, in every report."""

    def __init__(self, *found: Found) -> None:
        self.found = found

    def code(self, reports: Sequence[Report]) -> Sequence[Coding]:
        return [Coding(report.id, tuple(event(report, *it) for it in self.found)) for report in reports]


def gold(*events: tuple[str, str, str]) -> Record:
    """Return TEXT after AHEAD, with events of type, status and trigger words; ` ... ` stands between parts."""
    text = AHEAD + TEXT
    told = [
        {"type": kind, "form": None, "status": status, "triggers": [place(text, part) for part in words.split(" ... ")]}
        for kind, status, words in events
    ]
    return {"id": "a", "text": text, "start": len(AHEAD), "end": len(text), "events": told}


def place(text: str, words: str) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def judge(record: Record, *found: Found) -> tuple[Outcome, dict[str, float]]:
    (outcome,) = OWN_STATUS.judge([record], cast("Stages", TableCoder(*found)))
    return outcome, OWN_STATUS.measure(metrics.total([outcome.tally]))


MARCH = ("PROTEST", "asserted", "marched")
STRIKE = ("PROTEST", "denied", "strike")
MEETING = ("CONSULT", "planned", "will ... meet")
BEATING = ("ASSAULT", "asserted", "beat")


@pytest.mark.parametrize(
    ("wanted", "found", "exact", "loose"),
    [
        ([MARCH], [("PROTEST", "marched in")], [(0, 0)], [(0, 0)]),
        ([MARCH], [("PROTEST", "strike")], [], [(0, 0)]),
        ([MARCH], [("ASSAULT", "marched")], [], []),
        ([MARCH, STRIKE], [("PROTEST", "strike"), ("PROTEST", "marched")], [(0, 1), (1, 0)], [(0, 1), (1, 0)]),
        ([MARCH], [("PROTEST", "marched"), ("PROTEST", "marched in")], [(0, 0)], [(0, 0)]),
        ([MARCH, STRIKE], [("PROTEST", "marched in Rostock, denied a str")], [(0, 0)], [(0, 0)]),
        ([MEETING], [("CONSULT", "meet the mayor")], [(0, 0)], [(0, 0)]),
        ([MEETING], [("CONSULT", "mayor")], [], [(0, 0)]),
    ],
)
def test_events_are_paired_by_type_and_words_then_by_type_alone(
    wanted: Sequence[tuple[str, str, str]],
    found: Sequence[tuple[str, str]],
    exact: list[tuple[int, int]],
    loose: list[tuple[int, int]],
) -> None:
    report = make_report(AHEAD + TEXT)
    assert pair(gold(*wanted)["events"], [event(report, *it) for it in found]) == (exact, loose)


def test_events_outside_the_sentence_are_not_judged() -> None:
    outcome, scores = judge(gold(MARCH), ("PROTEST", "walked out", Status.ASSERTED, 1.0))
    assert outcome.found == ()
    assert (scores["event_precision"], scores["event_recall"]) == (0, 0)


def test_a_status_is_right_only_on_an_event_that_is_found() -> None:
    outcome, scores = judge(
        gold(MARCH, STRIKE, MEETING, BEATING),
        ("PROTEST", "marched", Status.ASSERTED, 1.0),
        ("PROTEST", "strike", Status.ASSERTED, 1.0),
        ("CONSULT", "meet", Status.PLANNED, 1.0),
        ("REJECT", "denied", Status.DENIED, 1.0),
    )
    assert outcome.gold == ("PROTEST:asserted", "PROTEST:denied", "CONSULT:planned", "ASSAULT:asserted")
    assert outcome.found == ("PROTEST:asserted", "PROTEST:asserted", "CONSULT:planned", "REJECT:denied")
    assert scores["event_f1"] == pytest.approx(2 * 3 / 8)
    assert scores["type_f1"] == pytest.approx(2 * 2 / 6)
    assert scores["status_accuracy"] == pytest.approx(2 / 3)
    assert scores["asserted_f1"] == pytest.approx(2 * 1 / (2 * 1 + 1 + 1))
    assert scores["denied_f1"] == 0
    assert scores["planned_f1"] == 1
    assert scores["not_asserted_macro_f1"] == pytest.approx(1 / 6)


def test_what_is_recalled_happened_and_a_false_alarm_counts_for_all_asserted_alone() -> None:
    _, scores = judge(
        gold(("PROTEST", "background", "marched"), STRIKE),
        ("PROTEST", "marched", Status.ASSERTED, 1.0),
        ("PROTEST", "strike", Status.ASSERTED, 1.0),
        ("ASSAULT", "beat", Status.ASSERTED, 1.0),
    )
    assert scores["wrongly_asserted"] == pytest.approx(1 / 2)
    assert scores["wrongly_asserted_of_all"] == pytest.approx(1 / 3)
    assert scores["background_f1"] == 0


def test_confidence_is_held_against_the_type_alone() -> None:
    _, scores = judge(
        gold(MARCH),
        ("PROTEST", "strike", Status.ASSERTED, 0.75),
        ("ASSAULT", "beat", Status.ASSERTED, 0.25),
    )
    assert scores["loose_f1"] == pytest.approx(2 / 3)
    assert scores["ece"] == pytest.approx(0.25)


def test_a_sentence_without_events_and_without_finds_counts_nothing() -> None:
    _, scores = judge(gold())
    assert set(scores.values()) == {0}


SENTENCES = """@ agency, Kenya | Talks in Nairobi
< Both sides had come late.
{a|Officers} {t1|led} {r|him} {t1|away} and {t2|searched} {p|the house}.
1 COERCE.arrest asserted
2 COERCE.raid asserted

@ local, |
The visitors stormed the goal.
0 sport
"""


@pytest.fixture
def make_judged(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT))
    return import_module("training.make_judged")


def test_annotated_sentences_become_reports_with_events_at_their_words(tmp_path: Path, make_judged: Any) -> None:
    (tmp_path / "a.txt").write_text(SENTENCES, "utf-8")
    first, second = map(json.loads, make_judged.gold_lines([tmp_path / "a.txt"]).splitlines())
    assert (
        first["text"] == "Talks in Nairobi\n\nBoth sides had come late. Officers led him away and searched the house."
    )
    assert first["text"][first["start"] : first["end"]].startswith("Officers led")
    words = [[first["text"][start:end] for start, end in it["triggers"]] for it in first["events"]]
    assert words == [["led", "away"], ["searched"]]
    assert [(it["type"], it["form"], it["status"]) for it in first["events"]][1] == ("COERCE", "raid", "asserted")
    assert (second["text"], second["start"], second["events"]) == ("The visitors stormed the goal.", 0, [])
    assert second["trap"] == "sport"


def test_the_gold_files_are_what_the_sentences_say(make_judged: Any) -> None:
    paths = sorted(make_judged.FOLDER.glob("*.txt"))
    assert paths
    for gold, lines in ((make_judged.GOLD, make_judged.gold_lines), (make_judged.FIGURES, make_judged.figure_lines)):
        assert gold.read_text("utf-8") == lines(paths), "run `python -m training.make_judged`"

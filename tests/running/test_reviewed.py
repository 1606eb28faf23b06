"""A run takes in what people decided, and gives back the same dataset, to the byte, once they take it back."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.running.project import content, start

from dateline.model.decision import Act, Decision, Field, Value
from dateline.model.event import Mention
from dateline.model.ground import Basis, Figure
from dateline.model.judgement import anchor_of
from dateline.model.text import Report
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
DATASET = ("links", "incidents", "copies", "reviewed")


@pytest.fixture
def project(tmp_path: Path, reports: Path) -> Path:
    start(tmp_path / "project", reports)
    return tmp_path / "project"


def first_mention(project: Path) -> tuple[Report, Mention]:
    with open_database(project) as database:
        return next((report, mentions[0]) for report, mentions in database.told() if mentions)


def decide(project: Path, act: Act, minute: int = 0, **about: object) -> str:
    report, mention = first_mention(project)
    when = NOON + timedelta(minutes=minute)
    return open_archive(project).decide(Decision(anchor_of(mention), act, "amber", when, **about), report)  # type: ignore[arg-type]


def computed(project: Path) -> dict[str, bytes]:
    """Return the tables that the newest run computed, as bytes."""
    files = open_archive(project).files()
    return {noun: path.read_bytes() for noun in DATASET for path in files[noun]}


def figures(report: Report) -> Value:
    start = report.text.index("workers")
    return (Figure(report.cite(start, start + 7), "people", 5000, 5000, basis=Basis.PERSON),)


def test_a_rejected_mention_leaves_its_incident_and_comes_back_with_the_decision_withdrawn(
    project: Path, reports: Path
) -> None:
    before, (report, mention) = computed(project), first_mention(project)
    made = decide(project, Act.REJECT)
    start(project, reports)
    with open_database(project) as database:
        assert mention.id not in {it for incident in database.incidents() for it in incident.mentions}
        assert database.mentions([mention.id]) == []
    assert computed(project) != before
    undo = Decision(anchor_of(mention), Act.WITHDRAW, "amber", NOON + timedelta(hours=1), withdraws=made)
    open_archive(project).decide(undo, report)
    start(project, reports)
    assert computed(project) == before


def test_a_corrected_figure_counts_in_the_incident(project: Path, reports: Path) -> None:
    report, mention = first_mention(project)
    decide(project, Act.CORRECT, field=Field.FIGURES, value=figures(report))
    start(project, reports)
    with open_database(project) as database:
        (incident,) = [it for it in database.incidents() if mention.id in it.mentions]
        (told,) = database.mentions([mention.id])
    assert [(it.low, it.high) for it in told.figures] == [(5000, 5000)]
    assert 5000 in {it.low for it in incident.figures} | {it.high for it in incident.figures}


def test_what_earlier_runs_remember_makes_no_difference(project: Path, reports: Path, tmp_path: Path) -> None:
    report, _ = first_mention(project)
    decide(project, Act.CORRECT, field=Field.FIGURES, value=figures(report))
    start(project, reports)
    fresh = tmp_path / "fresh"
    shutil.copytree(project / "decisions", fresh / "decisions")
    shutil.copy(project / "project.json", fresh / "project.json")
    start(fresh, reports)
    assert computed(fresh) == computed(project)


def test_nothing_new_was_decided_and_nothing_is_written(project: Path, reports: Path) -> None:
    decide(project, Act.ACCEPT)
    start(project, reports)
    before = content(project)
    assert start(project, reports).run is None
    assert content(project) == before


def test_decisions_on_mentions_that_are_not_there_are_counted_and_kept(project: Path, reports: Path) -> None:
    report, mention = first_mention(project)
    about = anchor_of(mention)
    gone = Decision(
        about.__class__("f" * 64, about.report, "ASSAULT", about.start, about.end, about.quote),
        Act.ACCEPT,
        "amber",
        NOON,
    )
    open_archive(project).decide(gone, report)
    assert start(project, reports).unused == 1
    assert list(open_archive(project).decisions().values()) == [gone]

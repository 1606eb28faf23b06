"""A team of two on the command line: a sample, agreement, a merge, and lessons, as `docs/review.md` tells it."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.exploring.sample import leipzig
from training.annotations import read_examples

from dateline.cli import cli
from dateline.errors import UsageError
from dateline.model.decision import Act, Decision
from dateline.model.judgement import anchor_of
from dateline.storing.archive import open_archive

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return leipzig().write(tmp_path / "project")


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(it) for it in words], catch_exceptions=False, standalone_mode=False)


def code(project: Path, who: str, act: Act, sample: str, size: int = 4) -> None:
    told = leipzig()
    reports = {it.id: it for it in told.reports}
    for number, mention in enumerate(told.mentions[:size]):
        done = act if number == 0 else Act.ACCEPT
        reason = "no event" if done is Act.REJECT else ""
        decision = Decision(anchor_of(mention), done, who, NOON, reason, sample=sample)
        open_archive(project).decide(decision, reports[mention.report])


def test_two_people_code_blind_merge_and_learn_how_far_they_agree(project: Path, tmp_path: Path) -> None:
    assert "4 of 4 mentions" in call("sample", project, "--coders", "amber,birch", "--size", "4").output
    (name,) = open_archive(project).samples()
    other = tmp_path / "other"
    shutil.copytree(project, other)
    code(project, "amber", Act.ACCEPT, name)
    code(other, "birch", Act.REJECT, name)
    with pytest.raises(UsageError, match="birch has 4 of 4 left"):
        call("agreement", project)
    merged = call("merge", project, other, "--json")
    assert merged.return_value == 2
    assert json.loads(merged.output)["decisions"] == 4
    assert json.loads(merged.output)["disputed"] == [leipzig().mentions[0].id]
    told = json.loads(call("agreement", project, "--json").output)
    event = next(it for it in told["fields"] if it["field"] == "event")
    assert (event["units"], event["same"], event["alpha"]) == (4, 3, 0.0)
    assert [it["fields"] for it in told["disagreements"]] == [["event"]]
    lines = call("agreement", project).output
    assert "4 of 4 mentions (seed 1), coded by amber, birch" in lines
    assert "1 mentions to settle" in lines


def test_a_sample_honours_a_query(project: Path) -> None:
    assert (
        "1 of 1 mentions"
        in call("sample", project, "--coders", "amber,birch", "--size", "1", "--query", "type=COERCE").output
    )
    with pytest.raises(UsageError, match="expected 1 to 1"):
        call("sample", project, "--coders", "amber,birch", "--size", "2", "--query", "type=COERCE")


def test_corrections_are_sentences_that_training_reads(project: Path, tmp_path: Path) -> None:
    code(project, "amber", Act.REJECT, "", size=2)
    out = tmp_path / "reviewed.txt"
    assert "2 sentences written" in call("corrections", project, out).output
    examples = read_examples([out])
    assert [len(it.events) for it in examples].count(0) == 1
    assert {it.type for example in examples for it in example.events} == {"PROTEST"}
    assert "amber" not in out.read_text("utf-8")

"""Runs with the real stages, but for a coder and a grounding that need no model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.running.project import content, start
from tests.running.words import WordStage

from dateline.config import Config
from dateline.errors import UsageError
from dateline.model.judgement import Verdict, Withdrawal, judge
from dateline.reading.inputs import find_inputs
from dateline.running.engine import Engine, Inline
from dateline.running.local import Local
from dateline.running.run import Progress, Run, run
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database
from dateline.storing.verify import verify
from dateline.storing.writer import Provenance, writing


def test_every_input_ends_up_somewhere(tmp_path: Path, reports: Path) -> None:
    summary = start(tmp_path / "p", reports)

    assert summary.inputs == summary.total.readings == 67
    assert summary.skipped == 0
    assert (summary.added["read"], summary.added["duplicate"]) == (63, 1)
    assert summary.added["unreadable"] == 3
    assert summary.total.mentions == 60
    with open_database(tmp_path / "p") as database:
        kinds = {(stage, kind) for stage, kind, _ in database.issue_kinds()}
    assert {("reading", "empty"), ("coding", "unknown-language"), ("coding", "false-quote"),
            ("grounding", "false-quote")} <= kinds  # fmt: skip
    assert verify(tmp_path / "p") == []


def test_engines_and_numbers_of_workers_give_the_same_project(tmp_path: Path, reports: Path) -> None:
    engines: dict[str, Callable[[Path], Engine]] = {
        "inline": lambda _: Inline(),
        "one": lambda folder: Local(folder, 1),
        "two": lambda folder: Local(folder, 2),
    }
    for name, make in engines.items():
        start(tmp_path / name, reports, engine=make(tmp_path / name / "work"))

    assert content(tmp_path / "inline") == content(tmp_path / "one") == content(tmp_path / "two")


def test_same_inputs_again_add_nothing(tmp_path: Path, reports: Path) -> None:
    first = start(tmp_path / "p", reports)
    before = content(tmp_path / "p")

    again = start(tmp_path / "p", reports)

    assert (again.run, again.skipped, again.added) == (None, 67, {})
    assert again.total == first.total
    assert content(tmp_path / "p") == before


def test_more_inputs_add_only_what_is_new(tmp_path: Path, reports: Path) -> None:
    start(tmp_path / "p", reports)
    (reports / "zz.txt").write_text("On Friday the teachers of the town marched as well, and nobody was arrested.")

    more = start(tmp_path / "p", reports)

    assert (more.skipped, more.added["readings"], more.added["reports"]) == (67, 1, 1)
    assert more.total.mentions == 61
    assert verify(tmp_path / "p") == []


def test_input_named_twice_is_read_once(tmp_path: Path, reports: Path) -> None:
    summary = start(tmp_path / "p", reports, reports / "001.txt", reports)

    assert (summary.inputs, summary.skipped) == (135, 68)
    assert summary.total.readings == 67


def test_poison_is_set_aside_and_the_run_goes_on(tmp_path: Path, reports: Path) -> None:
    (reports / "030-poison.txt").write_text("On Monday 911 workers marched through the town with the others.")

    summary = start(tmp_path / "p", reports, engine=Local(tmp_path / "p" / "work", 2))

    assert (summary.added["quarantined"], summary.added["reports"]) == (1, 63)
    with open_database(tmp_path / "p") as database:
        (issue,) = [it for it in database.issues() if it.stage == "running"]
    assert (issue.kind, Path(issue.source).name) == ("killed-worker", "030-poison.txt")
    assert verify(tmp_path / "p") == []


def test_work_folder_is_empty_after_a_run(tmp_path: Path, reports: Path) -> None:
    start(tmp_path / "p", reports, engine=Local(tmp_path / "p" / "work", 1))

    assert list((tmp_path / "p" / "work").iterdir()) == []


def test_judgement_makes_the_next_run_recompute_incidents(tmp_path: Path, reports: Path) -> None:
    first = start(tmp_path / "p", reports / "001.txt", reports / "002.txt")
    with open_database(tmp_path / "p") as database:
        left, right = database.all_mentions()
    joined = first.total.incidents == 1
    verdict = Verdict.DIFFERENT if joined else Verdict.SAME
    open_archive(tmp_path / "p").judge(judge([left], [right], verdict, "ana", datetime(2026, 1, 1, tzinfo=UTC)))

    second = start(tmp_path / "p", reports / "001.txt", reports / "002.txt")

    assert second.run is not None
    assert second.total.incidents == (2 if joined else 1)
    assert verify(tmp_path / "p") == []


def newest(project: Path) -> dict[str, bytes]:
    """Return what the newest run says of links and incidents, to the byte."""
    parts = open_archive(project).files()
    return {noun: path.read_bytes() for noun in ("links", "incidents") for path in parts[noun]}


def test_a_judgement_and_its_withdrawal_give_back_the_same_dataset_to_the_byte(tmp_path: Path, reports: Path) -> None:
    paths = [reports / "001.txt", reports / "002.txt", reports / "003.txt"]
    start(tmp_path / "p", *paths)
    before, archive = newest(tmp_path / "p"), open_archive(tmp_path / "p")
    with open_database(tmp_path / "p") as database:
        told = list(database.all_mentions())
        homes = {mention: incident.id for incident in database.incidents() for mention in incident.mentions}
    verdict = Verdict.DIFFERENT if homes[told[0].id] == homes[told[1].id] else Verdict.SAME
    judged = archive.judge(judge(told[:1], told[1:2], verdict, "ana", datetime(2026, 1, 1, tzinfo=UTC)))

    start(tmp_path / "p", *paths)
    between = newest(tmp_path / "p")
    archive.judge(Withdrawal(judged, "ana", datetime(2026, 1, 2, tzinfo=UTC), "a slip"))
    start(tmp_path / "p", *paths)

    assert between != before
    assert newest(tmp_path / "p") == before
    assert len(open_archive(tmp_path / "p").manifests) == 3
    assert verify(tmp_path / "p") == []


def test_progress_reaches_all_inputs(tmp_path: Path, reports: Path) -> None:
    heard: list[Progress] = []
    stage = WordStage()
    with writing(tmp_path / "p", stage.digest) as writer:
        Run(writer, stage, Inline(), heard.append).carry_out(
            find_inputs([str(reports)]), Provenance(stage.digest, "linker", ())
        )

    assert [it.done for it in heard] == sorted(it.done for it in heard)
    assert heard[-1].done == 67


@pytest.mark.parametrize("inside", [".", "p", "deep/er/p"])
def test_project_inside_of_what_is_read_is_refused(tmp_path: Path, inside: str) -> None:
    config = Config(cache=tmp_path / "cache")

    with pytest.raises(UsageError, match="lies inside"):
        run([str(tmp_path)], tmp_path / inside, config)

    assert not (tmp_path / "p").exists()


def test_missing_path_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.txt"):
        run([str(tmp_path / "nowhere.txt")], tmp_path / "p", Config(cache=tmp_path / "cache"))

    assert not (tmp_path / "p").exists()

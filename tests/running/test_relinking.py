"""A run that reads nothing comes to what a whole run would: after a judgement, and after it is taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.running.project import start

from dateline.errors import UsageError
from dateline.model.judgement import Verdict, Withdrawal, judge
from dateline.running import versions
from dateline.running.relinking import link_again
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database
from dateline.storing.verify import verify

NOON = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = ("On Monday 40 workers marched through the town.", "On Friday 90 nurses marched through the town.")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


def linked(project: Path) -> dict[str, bytes]:
    parts = open_archive(project).files()
    return {noun: path.read_bytes() for noun in ("links", "incidents", "relations", "copies") for path in parts[noun]}


def join(project: Path) -> str:
    with open_database(project) as database:
        left, right = database.all_mentions()
    return open_archive(project).judge(judge([left], [right], Verdict.SAME, "ana", NOON))


def test_it_comes_to_what_a_whole_run_would(tmp_path: Path, reports: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for project in (one, other):
        start(project, reports)
    before = linked(one)
    judged, again = join(one), join(other)
    assert judged == again
    start(one, reports)
    done = link_again(other)
    assert (done.run is not None, done.total.incidents, done.added["reports"]) == (True, 1, 0)
    assert linked(other) == linked(one) != before
    assert open_archive(other).manifests[-1].versions == open_archive(other).manifests[0].versions
    for project in (one, other):
        open_archive(project).judge(Withdrawal(judged, "ana", NOON))
    assert link_again(other).total.incidents == 2
    assert linked(other) == before
    assert verify(other) == []


def test_it_does_nothing_if_nobody_said_anything_new(tmp_path: Path, reports: Path) -> None:
    start(tmp_path / "p", reports)
    first = link_again(tmp_path / "p")  # the linker of the test's run was another one
    assert first.run is not None
    assert open_archive(tmp_path / "p").manifests[-1].linker == versions.linker_digest()
    assert link_again(tmp_path / "p").run is None
    assert start(tmp_path / "p", reports).total == first.total


def test_there_must_be_something_to_link(tmp_path: Path) -> None:
    start(tmp_path / "p", tmp_path)
    (tmp_path / "p" / "runs").rename(tmp_path / "gone")
    with pytest.raises(UsageError, match="has no run yet"):
        link_again(tmp_path / "p")

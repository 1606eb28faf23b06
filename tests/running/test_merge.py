"""Two projects made one: in either direction the same dataset, a second time nothing new, disagreements listed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.running.project import content, start
from tests.running.words import WordStage

from dateline.errors import UsageError
from dateline.model.decision import Act, Decision
from dateline.model.event import Mention
from dateline.model.judgement import Verdict, anchor_of, judge
from dateline.model.text import Report
from dateline.running.merge import merge
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database
from dateline.storing.verify import verify

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def projects(tmp_path: Path, reports: Path) -> tuple[Path, Path]:
    """Two projects that share some reports; each person has decided something."""
    halves = []
    for name, chosen in (("amber", range(40)), ("birch", range(20, 60))):
        folder = tmp_path / f"{name}-reports"
        folder.mkdir()
        for number in chosen:
            (folder / f"{number:03}.txt").write_bytes((reports / f"{number:03}.txt").read_bytes())
        (folder / "empty.txt").write_text("  \n")
        start(tmp_path / name, folder)
        halves.append(tmp_path / name)
    return halves[0], halves[1]


def told(project: Path) -> list[tuple[Report, Mention]]:
    with open_database(project) as database:
        return [(report, mentions[0]) for report, mentions in database.told() if mentions]


def shared(projects: tuple[Path, Path]) -> list[tuple[Report, Mention]]:
    other = {mention.id for _, mention in told(projects[1])}
    return [it for it in told(projects[0]) if it[1].id in other]


def decide(project: Path, it: tuple[Report, Mention], act: Act, who: str) -> None:
    open_archive(project).decide(Decision(anchor_of(it[1]), act, who, NOON), it[0])


def dataset(project: Path) -> dict[str, object]:
    """Return what a project says, whichever run said it first."""
    archive = open_archive(project)
    with open_database(project) as database:
        tables = {noun: database.table(noun).to_pylist() for noun in ("links", "incidents", "copies", "reviewed")}
        found = {"mentions": list(database.all_mentions()), "reports": sorted(it.id for it in database.all_reports())}
    return {**tables, **found, "decisions": archive.decisions(), "judgements": archive.judgements()}


def test_each_into_the_other_gives_the_same_dataset(projects: tuple[Path, Path], tmp_path: Path) -> None:
    amber, birch = projects
    first, second, third = shared(projects)[:3]
    decide(amber, first, Act.REJECT, "amber")
    decide(birch, second, Act.REJECT, "birch")
    decide(amber, third, Act.ACCEPT, "amber")
    decide(birch, third, Act.REJECT, "birch")
    open_archive(birch).judge(judge([first[1]], [third[1]], Verdict.DIFFERENT, "birch", NOON + timedelta(hours=1)))
    one, other = merge(amber, birch), merge(birch, amber)
    assert dataset(amber) == dataset(birch)
    assert len(told(amber)) == 58
    assert (one.decisions, one.judgements, one.disputed) == (2, 1, (third[1].id,))
    assert other.disputed == one.disputed
    assert verify(amber) == verify(birch) == []


def test_a_second_time_nothing_is_written(projects: tuple[Path, Path]) -> None:
    amber, birch = projects
    merge(amber, birch)
    before = content(amber)
    again = merge(amber, birch)
    assert (again.summary.run, again.decisions) == (None, 0)
    assert content(amber) == before


def test_the_other_is_only_read(projects: tuple[Path, Path]) -> None:
    before = content(projects[1])
    merge(*projects)
    assert content(projects[1]) == before


def test_projects_that_were_coded_otherwise_are_refused(projects: tuple[Path, Path], tmp_path: Path) -> None:
    start(tmp_path / "cedar", tmp_path / "birch-reports", stage=WordStage("other"))
    with pytest.raises(UsageError, match="different coders or versions"):
        merge(projects[0], tmp_path / "cedar")
    with pytest.raises(UsageError, match="given twice"):
        merge(projects[0], projects[0])


def test_issues_come_along(projects: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "birch-reports" / "binary.txt").write_bytes(bytes(range(256)) * 40)
    start(projects[1], tmp_path / "birch-reports")
    merge(*projects)
    with open_database(projects[0]) as database:
        assert any("binary.txt" in (it.source or "") for it in database.issues())

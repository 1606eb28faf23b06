"""`dateline judgements`: two researchers judge, disagree, merge and settle, and the next run does as they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.running.project import start

from dateline.cli import cli
from dateline.errors import UsageError
from dateline.storing.database import open_database

TEXTS = (
    "On Monday 40 workers marched through the town and the police arrested some of them.",
    "On Friday 90 nurses marched through the town and the police looked on.",
)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def projects(tmp_path: Path, reports: Path) -> tuple[Path, Path]:
    for name in ("ana", "ben"):
        start(tmp_path / name, reports)
    return tmp_path / "ana", tmp_path / "ben"


def say(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(cli, ["judgements", *map(str, words)], standalone_mode=False)
    if result.exception:
        raise result.exception
    assert (result.return_value or 0) == code
    return result.output.strip()


def link(project: Path) -> str:
    return CliRunner().invoke(cli, ["link", str(project)], standalone_mode=False, catch_exceptions=False).output.strip()


def incidents(project: Path) -> list[str]:
    with open_database(project) as database:
        return [it.id for it in database.incidents()]


def states(project: Path, code: int = 0) -> Any:
    return sorted(json.loads(say("list", project, "--json", code=code))["states"].values())


def test_two_researchers(projects: tuple[Path, Path], reports: Path, tmp_path: Path) -> None:
    ana, ben = projects
    left, right = incidents(ana)
    assert say("list", ana) == "Nobody has judged anything."
    same = say("add", ana, "same", left[:12], right[:12], "--who", "Ana", "--reason", "one march")
    say("add", ben, "different", right, left, "--who", "Ben")
    say("export", ben, tmp_path / "ben.jsonl")

    assert say("merge", ana, tmp_path / "ben.jsonl").startswith("1 words added, 0")
    assert say("merge", ana, tmp_path / "ben.jsonl").startswith("0 words added, 1")
    assert states(ana, code=2) == ["open", "open"]
    shown = say("list", ana, code=2)
    assert "Ana says same" in shown
    assert "Ben says different" in shown
    start(ana, reports)
    assert len(incidents(ana)) == 2

    say("add", ana, "same", left, right, "--who", "Eva", "--settles")
    assert states(ana) == ["counts", "replaced", "replaced"]
    assert link(ana).startswith("1 incident, ")
    assert link(ana).endswith("nothing new was said")
    assert len(incidents(ana)) == 1
    say("withdraw", ana, same[:10], "--who", "Ana")
    assert states(ana) == ["counts", "replaced", "withdrawn"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("add", "same", "zzz", "yyy"), "0 incidents"),
        (("add", "same", "", "yyy"), "expected one"),
        (("withdraw", "zzz"), "0 of 0 judgements"),
    ],
)
def test_an_id_that_is_none_is_refused(projects: tuple[Path, Path], words: tuple[str, ...], message: str) -> None:
    command, *rest = words
    with pytest.raises(UsageError, match=message):
        say(command, projects[0], *rest, "--who", "Ana")


def test_nobody_withdraws_for_another(projects: tuple[Path, Path]) -> None:
    left, right = incidents(projects[0])
    word = say("add", projects[0], "part-of", left, right, "--who", "Ana")
    with pytest.raises(UsageError, match="settles"):
        say("withdraw", projects[0], word, "--who", "Ben")

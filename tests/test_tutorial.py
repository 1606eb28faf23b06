"""What the tutorial tells people to type is typed, in an empty folder, and says what the tutorial says it does.

A block ```console holds commands after `$` and, below each, lines that must be among those it prints, in their
order; `…` in a line stands for anything. A block ```python is run in the same folder. Other blocks are not run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.md"
LONGEST = 90
"""Seconds that all of it may take on a machine that does nothing else."""

_BLOCK = re.compile(r"^```(console|python)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WITH_ISSUES = "exits with 2"


class Step(NamedTuple):
    """What is typed, what must be printed, and the exit code."""

    typed: str
    shown: list[str]
    code: int = 0
    language: str = "console"


def steps(text: str) -> list[Step]:
    """Return the steps of a tutorial, in order."""
    found = []
    for language, about, body in _BLOCK.findall(text):
        if language == "python":
            found.append(Step(body, [], language="python"))
            continue
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            typed, *shown = part.rstrip("\n").split("\n")
            found.append(Step(typed, [it for it in shown if it.strip()], 2 if _WITH_ISSUES in about else 0))
    return found


def missing(shown: list[str], printed: str) -> list[str]:
    """Return the lines that are not printed, or not behind the ones before them."""
    lines = iter(" ".join(line.split()) for line in printed.splitlines())
    patterns = [re.compile(".*".join(map(re.escape, " ".join(it.split()).split("…")))) for it in shown]
    return [it for it, pattern in zip(shown, patterns, strict=True) if not any(map(pattern.fullmatch, lines))]


def environment() -> dict[str, str]:
    """Return the environment of a shell in which `dateline` and `python` are those under test."""
    beside = str(Path(sys.executable).parent)
    return os.environ | {"PATH": f"{beside}:{os.environ['PATH']}", "COLUMNS": "100", "MPLBACKEND": "agg"}


def explore(step: Step, folder: Path) -> str:
    """Start the explorer, ask its first page for an answer, stop it, and return what it printed."""
    command = f"exec {step.typed} --port 0"
    with subprocess.Popen(
        command, shell=True, cwd=folder, env=environment(), stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            address, _, key = line.split()[1].partition("#")
            asked = urllib.request.Request(f"{address}api/v1/incidents", headers={"Authorization": f"Bearer {key}"})
            with urllib.request.urlopen(asked, timeout=30) as answer:
                assert answer.status == 200
        finally:
            process.terminate()
    return line


def run(step: Step, folder: Path) -> tuple[int, str]:
    """Run a step and return its exit code and all that it printed."""
    if step.typed.startswith("dateline explore"):
        return 0, explore(step, folder)
    command = [sys.executable, "-c", step.typed] if step.language == "python" else ["bash", "-c", step.typed]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    began, faults = time.monotonic(), []
    for step in steps(TUTORIAL.read_text("utf-8")):
        code, printed = run(step, tmp_path)
        lacking = missing(step.shown, printed)
        if code != step.code or lacking:
            faults.append(f"$ {step.typed}\nexits with {code}, not {step.code}; lacks {lacking}; prints\n{printed}")
    assert not faults, "\n\n".join(faults)
    idle = os.getloadavg()[0] < (os.cpu_count() or 1)
    assert not idle or time.monotonic() - began < LONGEST


def test_the_tutorial_goes_the_whole_way() -> None:
    typed = "\n".join(it.typed for it in steps(TUTORIAL.read_text("utf-8")))
    for command in ("run", "explore", "totals", "plot", "judgements add", "publish", "verify", "merge"):
        assert f"dateline {command} " in typed, command
    assert "incidents(policy=" in typed


@pytest.mark.parametrize(
    ("shown", "printed", "lacking"),
    [
        (["30 reports (…"], "30   reports (30 inputs)\n", []),
        (["one", "two"], "one\nbetween\ntwo\n", []),
        (["two", "one"], "one\ntwo\n", ["one"]),
        (["reports"], "30 reports\n", ["reports"]),
        (["a.c"], "abc\n", ["a.c"]),
    ],
)
def test_lines_are_looked_for_whole_and_in_order(shown: list[str], printed: str, lacking: list[str]) -> None:
    assert missing(shown, printed) == lacking


def test_a_block_is_read_command_by_command() -> None:
    text = "```console exits with 2\n$ one --x\nsays\n$ two\n```\n```sh\n$ never\n```\n```python\nprint(1)\n```\n"
    assert steps(text) == [
        Step("one --x", ["says"], 2),
        Step("two", [], 2),
        Step("print(1)\n", [], 0, "python"),
    ]

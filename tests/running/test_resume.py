"""A run that is killed, at whatever moment, and made again ends as if it had not been killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.running.project import content, start

from dateline.running.local import Local
from dateline.storing.verify import verify

ROOT = Path(__file__).parents[2]


def launch(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.running.project", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"})


@pytest.mark.parametrize("left", [0, 1, 2, 7, 40, -1])
def test_crash_before_a_file_is_named(tmp_path: Path, reports: Path, left: int) -> None:
    """A run names each file of the project once, the manifest last; it crashes with so many files left to name."""
    start(tmp_path / "unbroken", reports)
    unbroken = content(tmp_path / "unbroken")

    assert launch(reports, tmp_path / "p", len(unbroken) - left).wait() == (0 if left < 0 else 9)
    assert (content(tmp_path / "p") == unbroken) is (left < 0)
    start(tmp_path / "p", reports)

    assert content(tmp_path / "p") == unbroken
    assert verify(tmp_path / "p") == []


def test_killed_again_and_again_at_random(tmp_path: Path, reports: Path) -> None:
    dice = random.Random(1989)
    for number in range(33):
        (reports / f"more-{number:02}.txt").write_text(f"On Tuesday {number + 90} nurses marched through the town.")
    for _ in range(6):
        process = launch(reports, tmp_path / "p")
        time.sleep(dice.uniform(1.0, 4.0))
        process.send_signal(signal.SIGKILL)
        process.wait()

    start(tmp_path / "p", reports, engine=Local(tmp_path / "p" / "work", 2))

    start(tmp_path / "unbroken", reports, engine=Local(tmp_path / "unbroken" / "work", 2))
    assert content(tmp_path / "p") == content(tmp_path / "unbroken")
    assert verify(tmp_path / "p") == []
    assert list((tmp_path / "p" / "work").iterdir()) == []

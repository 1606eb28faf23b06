"""Runs of the test stage over a folder, in this process or, as a program, in one that can be killed.

    python -m tests.running.project REPORTS PROJECT [CRASH]

With CRASH, the process dies without a word just before it gives a file its final name for the CRASH-th time.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tests.running.words import WORDS, WordStage

from dateline.reading.inputs import find_inputs
from dateline.running.engine import Engine, Inline
from dateline.running.local import Local
from dateline.running.run import Run, Summary
from dateline.storing.writer import Provenance, writing

QUICK = WordStage()

SLOW = WordStage(pause=0.2)
"""Does the same and takes its time, so that there is time to kill it."""


def start(folder: Path, *paths: Path, engine: Engine | None = None, stage: WordStage = QUICK) -> Summary:
    """Run the test stage over paths into a project."""
    provenance = Provenance(stage.digest, "linker", (("coder", str(WORDS)),))
    with writing(folder, stage.digest) as writer:
        return Run(writer, stage, engine or Inline()).carry_out(find_inputs([str(it) for it in paths]), provenance)


def content(project: Path) -> dict[str, object]:
    """Return all that a project holds, but for clocks."""
    paths = {path.relative_to(project).as_posix(): path for path in project.rglob("*") if path.is_file()}
    kept = {name: path.read_bytes() for name, path in paths.items() if not name.startswith((".", "work/"))}
    return {name: _timeless(data) if name.startswith("runs/") else data for name, data in kept.items()}


def _timeless(manifest: bytes) -> object:
    return {key: value for key, value in json.loads(manifest).items() if key not in ("clock", "sha256")}


def _crash_at(number: int) -> None:
    left = [number]
    replace = Path.replace

    def count(path: Path, target: Path) -> Path:
        left[0] -= 1
        if not left[0]:
            os._exit(9)
        return replace(path, target)

    Path.replace = count  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    home = Path(sys.argv[2])
    if len(sys.argv) > 3:
        _crash_at(int(sys.argv[3]))
        start(home, Path(sys.argv[1]))
    else:
        start(home, Path(sys.argv[1]), engine=Local(home / "work", 2), stage=SLOW)

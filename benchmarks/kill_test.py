"""Kill runs at random moments, take them up again, and compare with a run that was not killed.

    python benchmarks/kill_test.py [--kills 50] [--reports 500] [--workers 2] [--seed 1989]

Runs the real stages over documents of the gold data (DATELINE_BENCH). Most kills fall within the first eighth of the
time that an unbroken run takes, counted from each new start, so that one project is killed many times on its way; every
sixth falls into the end of a run, when files get their names. Every fourth kill is preceded by that of a worker, which
the run must survive by itself. Prints one line a kill, and at the end whether all projects are the same as the unbroken
one. The code must not change meanwhile: other code makes another project.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from dateline.config import load_config
from dateline.storing.verify import verify

PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from dateline.config import load_config
from dateline.running.run import run
if __name__ == "__main__":
    run([sys.argv[1]], Path(sys.argv[2]), replace(load_config(), workers=int(sys.argv[3])))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("kills", 50), ("reports", 500), ("workers", 2), ("seed", 1989)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), options.workers, random.Random(options.seed))
        write_reports(trial.reports, options.reports)
        return trial.carry_out(options.kills)


def write_reports(folder: Path, wanted: int) -> int:
    """Write documents of the gold data to a folder, one file each, taking from each set in turn; return how many."""
    bench = load_config().bench
    if bench is None:
        raise SystemExit("no gold data: set DATELINE_BENCH to its folder")
    sets = [path.read_text("utf-8").splitlines() for path in sorted(bench.glob("docs_*/*.jsonl"))]
    folder.mkdir()
    written = 0
    for row in range(max(map(len, sets))):
        for number, lines in enumerate(sets):
            if row < len(lines) and written < wanted:
                (folder / f"{number}-{row:05}.txt").write_text(json.loads(lines[row])["text"], encoding="utf-8")
                written += 1
    return written


class Trial:
    """A folder of reports, an unbroken run over it, and runs that are killed."""

    def __init__(self, home: Path, workers: int, dice: random.Random) -> None:
        self.reports = home / "reports"
        self._home = home
        self._workers = workers
        self._dice = dice
        self._program = home / "program.py"
        self._program.write_text(PROGRAM)
        self._seconds = 0.0
        self._attempts = 0

    def carry_out(self, kills: int) -> int:
        unbroken = self._home / "unbroken"
        began = time.monotonic()
        self._start(unbroken).wait()
        self._seconds = time.monotonic() - began
        expected = content(unbroken)
        print(f"unbroken run: {self._seconds:.1f} s, {len(expected)} files, {len(verify(unbroken))} faults", flush=True)
        done, projects, same, orphans = 0, 0, 0, 0
        while done < kills:
            project = self._home / f"project-{projects}"
            added, left = self._kill_until_finished(project, kills - done)
            done, orphans, projects = done + added, orphans + left, projects + 1
            is_same = content(project) == expected and verify(project) == []
            same += is_same
            print(
                f"project {projects}: killed {added} times, then {'the same' if is_same else 'DIFFERENT'}", flush=True
            )
        print(f"{done} kills, {same} of {projects} projects the same to the byte, {orphans} orphans")
        return 0 if same == projects and not orphans else 1

    def _kill_until_finished(self, project: Path, kills: int) -> tuple[int, int]:
        """Start a run and kill it, over and over until one ends by itself; return kills and orphans."""
        done = orphans = 0
        while done < kills:
            process = self._start(project)
            killed, left = self._kill(process, project)
            done, orphans = done + killed, orphans + left
            if not killed:
                return done, orphans
        assert self._start(project).wait() == 0
        return done, orphans

    def _kill(self, process: subprocess.Popen[bytes], project: Path) -> tuple[int, int]:
        self._attempts += 1
        is_late = self._attempts % 6 == 0
        self._sleep(process, project, is_late=is_late)
        family = _family(process.pid)
        if self._attempts % 4 == 0:
            with suppress(IndexError, psutil.NoSuchProcess):
                self._dice.choice(family).kill()
            self._sleep(process, project, is_late=False)
            family = _family(process.pid)
        if process.poll() is not None:
            assert process.returncode == 0, process.returncode
            return 0, 0
        process.send_signal(signal.SIGKILL)
        process.wait()
        _gone, alive = psutil.wait_procs(family, timeout=5)
        print(f"  killed {'late' if is_late else 'somewhere'}, {len(family)} processes below", flush=True)
        return 1, len(alive)

    def _sleep(self, process: subprocess.Popen[bytes], project: Path, *, is_late: bool) -> None:
        """Wait for a random moment of the run, or for one in the little time in which it gives files their names."""
        if not is_late:
            time.sleep(self._dice.uniform(0, self._seconds / 8))
            return
        while process.poll() is None and not (project / "incidents" / ".writing.parquet.tmp").exists():
            time.sleep(0.001)
        time.sleep(self._dice.uniform(0, 0.1))

    def _start(self, project: Path) -> subprocess.Popen[bytes]:
        arguments = [str(self._program), str(self.reports), str(project), str(self._workers)]
        return subprocess.Popen([sys.executable, *arguments])


def content(project: Path) -> dict[str, object]:
    """Return all that a project holds, but for clocks."""
    paths = {path.relative_to(project).as_posix(): path for path in project.rglob("*") if path.is_file()}
    kept = {name: path.read_bytes() for name, path in paths.items() if not name.startswith((".", "work/"))}
    return {name: _timeless(data) if name.startswith("runs/") else data for name, data in kept.items()}


def _timeless(manifest: bytes) -> object:
    return {key: value for key, value in json.loads(manifest).items() if key not in ("clock", "sha256")}


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []


if __name__ == "__main__":
    sys.exit(main())

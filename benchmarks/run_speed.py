"""Speed and memory of whole runs over documents of the gold data, on one worker and on more.

    python benchmarks/run_speed.py [--reports 2000] [--workers 1 2]

Prints, for each number of workers: documents a second of wall-clock time and of each core's CPU time (all processes of
the run together), and the most memory that all of them held at once (PSS where the system tells it, else RSS, read four
times a second). Says whether the projects are the same. Nothing is asserted: the numbers are a report.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.kill_test import PROGRAM, content, write_reports


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: seconds of wall-clock and CPU time, and the most bytes at once."""

    wall: float
    cpu: float
    memory: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        written = write_reports(home / "reports", options.reports)
        (home / "program.py").write_text(PROGRAM)
        words = sum(len(path.read_text("utf-8").split()) for path in (home / "reports").iterdir())
        print(f"{written} documents, {words / written:.0f} words each")
        for workers in options.workers:
            cost = _measure(home, workers)
            print(
                f"{workers} workers: {written / cost.wall:.1f} docs/s, {written / cost.cpu:.1f} docs/s per core, "
                f"{cost.wall:.0f} s, peak {cost.memory / 2**20:.0f} MB",
                flush=True,
            )
        projects = [content(home / f"project-{workers}") for workers in options.workers]
        print(f"projects are the same: {all(project == projects[0] for project in projects)}")


def _measure(home: Path, workers: int) -> Cost:
    """Run in a process of its own and watch it and its workers."""
    began, cpu, memory = time.monotonic(), dict[int, float](), 0
    arguments = [str(home / name) for name in ("program.py", "reports", f"project-{workers}")]
    process = subprocess.Popen([sys.executable, *arguments, str(workers)])
    while process.poll() is None:
        memory = max(memory, _look(process.pid, cpu))
        time.sleep(0.25)
    assert process.returncode == 0
    return Cost(time.monotonic() - began, sum(cpu.values()), memory)


def _look(pid: int, cpu: dict[int, float]) -> int:
    """Note the CPU time of each process of the family, and return the memory that they hold together."""
    total = 0
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                times = process.cpu_times()
                cpu[process.pid] = times.user + times.system
                about = process.memory_full_info()
                total += getattr(about, "pss", 0) or about.rss
    return total


if __name__ == "__main__":
    main()

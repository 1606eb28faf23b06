"""What the engine of one machine adds: it survives its workers, and takes up what is done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.running.stages import Tripling, Unopenable, numbers

from dateline.errors import DatelineError
from dateline.running.local import HOPELESS, Local

ROOT = Path(__file__).parents[2]


def outcome(engine: Local, stage: Tripling, *batches: list[int]) -> list[tuple[int, str]]:
    results = engine.map(stage, numbers(*batches))
    return [(row["n"], row["why"]) for batch in results for row in batch.to_pylist()]


@pytest.mark.parametrize("workers", [1, 2])
def test_bad_rows_are_found_and_given_up_and_no_others(tmp_path: Path, workers: int) -> None:
    stage = Tripling(kills=frozenset({3}), hangs=frozenset({6}), raises=frozenset({9}))

    found = outcome(Local(tmp_path, workers, budget=1.0), stage, [0, 1, 2], [3, 4], [5, 6], [7, 8, 9], [10, 11])

    reasons = {3: "killed-worker", 6: "timed-out", 9: "raised"}
    assert found == [(-1, reasons[n]) if n in reasons else (3 * n, "") for n in range(12)]


def test_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    stage = Tripling(kills_once=frozenset({0, 2, 5}), scratch=tmp_path)

    assert outcome(Local(tmp_path / "work", 2), stage, [0, 1], [2], [3, 4, 5]) == [(3 * n, "") for n in range(6)]


def test_row_that_fails_alone_is_tried_again(tmp_path: Path) -> None:
    stage = Tripling(kills_once=frozenset({7}), scratch=tmp_path)

    assert outcome(Local(tmp_path / "work"), stage, [7]) == [(21, "")]


def test_finished_results_are_taken_up_without_work(tmp_path: Path) -> None:
    first = outcome(Local(tmp_path, 2), Tripling(), [1, 2], [3])

    again = outcome(Local(tmp_path, 2), Tripling(raises=frozenset({1, 2, 3})), [1, 2], [3])

    assert again == first == [(3, ""), (6, ""), (9, "")]


def test_results_of_another_stage_are_not_taken_up(tmp_path: Path) -> None:
    outcome(Local(tmp_path), Tripling(), [1])

    assert outcome(Local(tmp_path), Tripling(raises=frozenset({1}), digest="other"), [1], [2]) == [
        (-1, "raised"),
        (6, ""),
    ]


def test_damaged_result_is_made_again(tmp_path: Path) -> None:
    first = outcome(Local(tmp_path), Tripling(), [1, 2])
    (shard,) = tmp_path.glob("*.arrow")
    shard.write_bytes(shard.read_bytes()[:-40])

    assert outcome(Local(tmp_path), Tripling(), [1, 2]) == first


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    outcome(Local(tmp_path, 2, budget=0.5), Tripling(kills=frozenset({2}), hangs=frozenset({4})), [1, 2], [3, 4])

    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".arrow"] == []


@pytest.mark.parametrize("good", [0, HOPELESS - 1])
def test_stage_that_fails_on_most_rows_is_at_fault_itself(tmp_path: Path, good: int) -> None:
    most = frozenset(range(good, 100))

    with pytest.raises(DatelineError, match=f"{HOPELESS} of {HOPELESS + good} reports.*ZeroDivisionError in stages.py"):
        outcome(Local(tmp_path), Tripling(raises=most), list(range(good)), list(range(good, 20)))


def test_many_bad_rows_among_more_good_ones_are_given_up(tmp_path: Path) -> None:
    bad = frozenset(range(HOPELESS))

    found = outcome(Local(tmp_path, 2), Tripling(raises=bad), list(range(20, 50)), list(range(HOPELESS)))

    assert [why for _, why in found] == [""] * 30 + ["raised"] * HOPELESS


def test_worker_that_dies_while_loading_is_not_started_for_ever(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"ended while loading \(exit code 3\)"):
        list(Local(tmp_path).map(Unopenable(dies=True), numbers([1])))


def test_workers_end_with_the_generator(tmp_path: Path) -> None:
    results = Local(tmp_path, 2).map(Tripling(), numbers([1], [2], [3]))
    next(results)
    assert _workers(os.getpid())

    results.close()

    assert not _workers(os.getpid())


ORPHAN = """
from pathlib import Path
from dateline.running.local import Local
from tests.running.stages import Reporting, numbers
if __name__ == "__main__":
    list(Local(Path({folder!r}) / "work", 2).map(Reporting(Path({folder!r})), numbers([1], [2], [3])))
"""


def test_no_worker_outlives_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(ORPHAN.format(folder=str(tmp_path)))
    parent = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(ROOT)})
    _until(lambda: len(list(tmp_path.glob("worker-*"))) == 2)
    family = psutil.Process(parent.pid).children(recursive=True)
    assert len(family) >= 2

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    _until(lambda: not any(_is_alive(process) for process in family))


def _workers(pid: int) -> list[psutil.Process]:
    children = psutil.Process(pid).children(recursive=True)
    return [child for child in children if _is_alive(child) and "spawn_main" in " ".join(child.cmdline())]


def _is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def _until(condition: object, seconds: float = 60.0) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)

"""Worker processes, each on its own pipe, that may die at any moment without harm to the others or to the results.

The standard process pool is not used: when one of its workers dies, all tasks fail and nobody knows whose fault it
was; and it cannot end one worker that hangs. Here a death or a time-out names its task.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from dateline.config import one_thread_each
from dateline.errors import DatelineError
from dateline.running.worker import Failure, serve

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess
    from types import TracebackType

    import pyarrow as pa

    from dateline.running.engine import Stage
    from dateline.running.shards import Shards

START_SECONDS = 300.0
"""Wall-clock time for a worker to load its models."""

STILLBORN = 3
"""After so many workers in a row that died while loading, there is no use in starting another."""


@dataclass(frozen=True, slots=True)
class Task:
    """A batch to work on; its result goes to the shard with this key."""

    key: str
    batch: pa.RecordBatch
    seconds: float


@dataclass(slots=True)
class _Worker:
    """A process, our end of its pipe, and what it is doing. A worker with no task that is not ready is loading."""

    process: SpawnProcess
    channel: Connection
    deadline: float
    is_ready: bool = False
    task: Task | None = None

    def end(self) -> int | None:
        """Kill the process and return its exit code."""
        self.process.kill()
        self.process.join()
        self.channel.close()
        return self.process.exitcode


class Pool:
    """Up to `size` workers with a stage open. Workers start when there is work and are killed when the pool closes."""

    def __init__(self, stage: Stage, shards: Shards, size: int) -> None:
        self._stage = stage
        self._shards = shards
        self._size = size
        self._workers: list[_Worker] = []
        self._backlog: deque[Task] = deque()
        self._stillborn = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def submit(self, task: Task) -> None:
        """Queue a task."""
        self._backlog.append(task)
        self._feed()

    def wait(self) -> list[tuple[Task, Failure | None]]:
        """Wait until tasks have ended, and return them: each with its failure, or None where its result is stored.

        Raises:
            DatelineError: if the stage cannot be opened in a worker.
        """
        ended: list[tuple[Task, Failure | None]] = []
        while not ended and self._workers:
            soonest = min(worker.deadline for worker in self._workers if worker.task or not worker.is_ready)
            ready = set(wait([worker.channel for worker in self._workers], max(0.0, soonest - time.monotonic())))
            for worker in list(self._workers):
                if worker.channel in ready:
                    ended += self._listen(worker)
                elif (worker.task or not worker.is_ready) and time.monotonic() >= worker.deadline:
                    ended += self._bury(worker, Failure("timed-out", f"took more than {_allowed(worker):g} seconds"))
            self._feed()
        return ended

    def _feed(self) -> None:
        """Give tasks to workers that are free, and start workers while tasks are waiting."""
        for worker in self._workers:
            if self._backlog and worker.is_ready and worker.task is None:
                worker.task = self._backlog.popleft()
                worker.deadline = time.monotonic() + worker.task.seconds
                with suppress(OSError):  # it died just now: the next wait hears of it
                    worker.channel.send((worker.task.key, worker.task.batch))
        loading = sum(not worker.is_ready for worker in self._workers)
        while len(self._workers) < self._size and loading < len(self._backlog):
            self._workers.append(self._start())
            loading += 1

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(self._stage, self._shards, theirs), daemon=True)
        with one_thread_each():
            process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic() + START_SECONDS)

    def _listen(self, worker: _Worker) -> list[tuple[Task, Failure | None]]:
        """Take in what a worker says: it is ready, its task is done, the task failed, the stage cannot be opened."""
        try:
            message = worker.channel.recv()
        except (EOFError, OSError):
            return self._bury(worker, None)
        if isinstance(message, DatelineError):
            raise message
        if isinstance(message, Failure):
            return self._bury(worker, message)
        task, worker.task = worker.task, None
        worker.is_ready, self._stillborn = True, 0
        return [(task, None)] if task else []

    def _bury(self, worker: _Worker, failure: Failure | None) -> list[tuple[Task, Failure | None]]:
        """End a worker that is dead or too slow, and return its task with the reason."""
        code = worker.end()
        self._workers.remove(worker)
        if worker.task is not None:
            return [(worker.task, failure or Failure("killed-worker", f"ended its worker process ({_cause(code)})"))]
        if not worker.is_ready:
            self._stillborn += 1
        if self._stillborn >= STILLBORN:
            raise DatelineError(
                f"{STILLBORN} worker processes in a row ended while loading ({_cause(code)}); see their output above. "
                "Is there memory for this many workers? A script must start a run under `if __name__ == '__main__':`"
            )
        return []


def _allowed(worker: _Worker) -> float:
    return worker.task.seconds if worker.task else START_SECONDS


def _cause(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

"""The engine of one machine: worker processes over shards that survive them.

A batch whose worker dies, hangs or raises is worked on again row by row, each row in a task of its own. A row that
fails alone is tried once more, since the fault may have been the machine's, and then given up: the stage turns it into
an issue. So one bad report costs seconds and never the run, and which one it was is known.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from dateline.errors import DatelineError
from dateline.running.pool import Pool, Task
from dateline.running.shards import Shards

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from dateline.running.engine import Stage
    from dateline.running.worker import Failure

AHEAD = 4
"""How many batches a worker are taken in before the oldest result is handed out."""

TRIES = 2
"""How often a row that fails alone is tried."""

HOPELESS = 8
"""If so many rows fail, and they are more than those that do not, it is not the rows."""


@dataclass(frozen=True, slots=True)
class Local:
    """Maps a stage with processes of this machine.

    Attributes:
        folder: where finished results lie until they are dropped; a later map over the same batches takes them up.
        workers: how many processes.
        budget: seconds of wall-clock time for a row; a batch of several has twice as long before it is split.
    """

    folder: Path
    workers: int = 1
    budget: float = 60.0

    def map(self, stage: Stage, batches: Iterable[pa.RecordBatch], /) -> Generator[pa.RecordBatch, None, None]:
        """Yield the result of each batch, in order. Closing the generator ends the workers.

        Raises:
            DatelineError: if the stage cannot be opened in a worker, or fails on most rows.
        """
        shards = Shards(self.folder, stage.digest)
        with Pool(stage, shards, self.workers) as pool:
            course = _Course(stage, shards, pool, self.budget)
            begun: deque[str] = deque()
            for batch in batches:
                begun.append(course.begin(batch))
                if len(begun) >= AHEAD * self.workers:
                    yield course.finish(begun.popleft())
            while begun:
                yield course.finish(begun.popleft())


class _Course:
    """One map on its way: which batches are being worked on, as a whole or row by row."""

    def __init__(self, stage: Stage, shards: Shards, pool: Pool, budget: float) -> None:
        self._stage = stage
        self._shards = shards
        self._pool = pool
        self._budget = budget
        self._open: set[str] = set()
        self._rows: dict[str, list[str]] = {}
        self._tries: dict[str, int] = {}
        self._done = 0
        self._given_up = 0

    def begin(self, batch: pa.RecordBatch) -> str:
        """Have a batch worked on, unless its result is there, and return its key."""
        key = self._shards.key(batch)
        if key not in self._open and self._shards.load(key) is None:
            self._open.add(key)
            seconds = self._budget * (1 if batch.num_rows == 1 else 2)
            self._pool.submit(Task(key, batch, seconds))
        return key

    def finish(self, key: str) -> pa.RecordBatch:
        """Wait for the result of a batch."""
        while not self._is_finished(key):
            for task, failure in self._pool.wait():
                self._settle(task, failure)
        return self._load(key)

    def _is_finished(self, key: str) -> bool:
        rows = self._rows.get(key)
        if rows is not None and not self._open.intersection(rows):
            self._join(key, self._rows.pop(key))
        return key not in self._open

    def _settle(self, task: Task, failure: Failure | None) -> None:
        if failure is None:
            self._done += task.batch.num_rows
            self._open.discard(task.key)
        elif task.batch.num_rows > 1:
            self._rows[task.key] = [self.begin(task.batch.slice(row, 1)) for row in range(task.batch.num_rows)]
        else:
            self._retry(task, failure)

    def _retry(self, task: Task, failure: Failure) -> None:
        self._tries[task.key] = self._tries.get(task.key, 0) + 1
        if self._tries[task.key] < TRIES and failure.kind != "raised":
            self._pool.submit(task)
            return
        self._given_up += 1
        if self._given_up >= HOPELESS and self._given_up > self._done:
            raise DatelineError(
                f"{self._given_up} of {self._given_up + self._done} reports failed, the last because it "
                f"{failure.message}: the fault lies with the coder or the machine; try `dateline code` on one of them"
            )
        self._shards.save(task.key, self._stage.give_up(task.batch, failure.kind, failure.message))
        self._open.discard(task.key)

    def _join(self, key: str, rows: list[str]) -> None:
        """Store the results of rows as the result of their batch."""
        whole = pa.Table.from_batches([self._load(row) for row in rows]).combine_chunks()
        self._shards.save(key, whole.to_batches()[0])
        self._open.discard(key)

    def _load(self, key: str) -> pa.RecordBatch:
        result = self._shards.load(key)
        if result is None:
            raise DatelineError(f"{self._shards.path(key)} vanished or broke while it was needed; run again")
        return result

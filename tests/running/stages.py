"""Stages for tests. They are imported by worker processes, so they stand in a module of their own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from dateline.errors import MissingDataError


@dataclass(frozen=True)
class Tripling:
    """Triples numbers. What it does with a number in `hostile` is told by the name of the field."""

    kills: frozenset[int] = frozenset()
    kills_once: frozenset[int] = frozenset()
    hangs: frozenset[int] = frozenset()
    raises: frozenset[int] = frozenset()
    scratch: Path = Path()
    digest: str = "tripling"

    def open(self) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
        return self._triple

    def give_up(self, row: pa.RecordBatch, kind: str, message: str) -> pa.RecordBatch:
        assert message
        return pa.RecordBatch.from_pydict({"n": [-1], "why": [kind]}, schema=ANSWER)

    def _triple(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        numbers = [number or 0 for number in batch.column("n").to_pylist()]
        for number in numbers:
            self._suffer(number)
        return pa.RecordBatch.from_pydict({"n": [3 * n for n in numbers], "why": [""] * len(numbers)}, schema=ANSWER)

    def _suffer(self, number: int) -> None:
        if number in self.kills or (number in self.kills_once and self._is_first(number)):
            os.kill(os.getpid(), signal.SIGKILL)
        if number in self.hangs:
            time.sleep(600)
        if number in self.raises:
            raise ZeroDivisionError("by the report")

    def _is_first(self, number: int) -> bool:
        mark = self.scratch / f"met-{number}"
        if mark.exists():
            return False
        mark.touch()
        return True


ANSWER = pa.RecordBatch.from_pylist([{"n": 0, "why": ""}]).schema


@dataclass(frozen=True)
class Reporting:
    """Answers with the id of the process that works, and notes it in a file."""

    scratch: Path
    digest: str = "reporting"

    def open(self) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
        return self._work

    def give_up(self, row: pa.RecordBatch, kind: str, message: str) -> pa.RecordBatch:
        return row

    def _work(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        (self.scratch / f"worker-{os.getpid()}").touch()
        time.sleep(600)
        return batch


@dataclass(frozen=True)
class Unopenable:
    """Cannot be opened: says so, or dies."""

    dies: bool = False
    digest: str = "unopenable"

    def open(self) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
        if self.dies:
            os._exit(3)
        raise MissingDataError("the model is not installed")

    def give_up(self, row: pa.RecordBatch, kind: str, message: str) -> pa.RecordBatch:
        return row


def numbers(*batches: Sequence[int]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield pa.RecordBatch.from_pydict({"n": list(batch)}, schema=pa.schema([pa.field("n", pa.int64())]))

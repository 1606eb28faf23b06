"""The engine seam: how a stage is mapped over batches. A stage knows no engine, an engine knows no stage.

Every engine keeps the same promises, and one suite of tests runs over all of them: one result a batch, in the order of
the batches, taking batches only a few ahead of the results it hands out; results depend on the batch alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable


class Stage(Protocol):
    """What is done to each batch. It can be pickled, and opened in another process or on another machine."""

    @property
    def digest(self) -> str:
        """Hash of all that the results depend on, apart from the batch."""

    def open(self) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
        """Load models and data, and return the work: a pure function that gives one row for each row it is given."""

    def give_up(self, row: pa.RecordBatch, kind: str, message: str) -> pa.RecordBatch:
        """Return the result of a batch of one row on which the work cannot be done: the row's issue, as data.

        Args:
            row: the batch of one row.
            kind: `killed-worker`, `timed-out` or `raised`.
            message: what happened, for a person.
        """


class Engine(Protocol):
    """Maps a stage over batches."""

    def map(self, stage: Stage, batches: Iterable[pa.RecordBatch], /) -> Generator[pa.RecordBatch, None, None]:
        """Yield the result of each batch, in order. Closing the generator ends the work."""


class Inline:
    """The engine that does the work itself: the double for tests, and good for a single report.

    Its results pass through Arrow's wire format as those of other engines do. It cannot survive a report that kills
    or stalls it, and lets an exception of the stage fly.
    """

    def map(self, stage: Stage, batches: Iterable[pa.RecordBatch], /) -> Generator[pa.RecordBatch, None, None]:
        """Yield the result of each batch, in order."""
        work = None
        for batch in batches:
            work = work or stage.open()
            yield unpack(pack(work(batch)))


def pack(batch: pa.RecordBatch) -> bytes:
    """Return a batch in Arrow's stream format: the same bytes for the same content."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_batch(batch)
    return sink.getvalue().to_pybytes()


def unpack(data: bytes) -> pa.RecordBatch:
    """Return the batch that `pack` was given.

    Raises:
        pyarrow.ArrowInvalid: if these bytes are not a whole batch.
    """
    with pa.ipc.open_stream(data) as reader:
        return reader.read_next_batch()

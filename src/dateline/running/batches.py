"""Inputs to Arrow batches of bounded size."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pyarrow as pa

from dateline.model.tables import schema, to_rows
from dateline.model.text import digest
from dateline.reading.inputs import Input
from dateline.storing.blobs import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BATCH_INPUTS = 32

BATCH_BYTES = 8 * 2**20


def input_id(input: Input) -> str:
    """Return the fingerprint of an input: of its name, its bytes and all that is known about them."""
    return digest(asdict(input) | {"raw": fingerprint(input.raw)})


def cut(inputs: Iterable[Input]) -> Iterator[pa.RecordBatch]:
    """Cut inputs into batches of at most 32 inputs and, but for a single large one, 8 MB.

    Where the cuts fall depends on the inputs alone, so that a run that is made again meets the same batches.
    """
    waiting: list[Input] = []
    size = 0
    for input in inputs:
        if waiting and (len(waiting) >= BATCH_INPUTS or size + len(input.raw) > BATCH_BYTES):
            yield _batch(waiting)
            waiting, size = [], 0
        waiting.append(input)
        size += len(input.raw)
    if waiting:
        yield _batch(waiting)


def _batch(inputs: list[Input]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(to_rows(inputs), schema=schema(Input))

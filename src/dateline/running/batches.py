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

FIRST_INPUTS, BATCH_INPUTS = 24, 96
"""Inputs of the first batch, and of the largest: a small archive is shared among workers, and in a large one a small
network meets sentences of one length by the dozen."""

BATCH_BYTES = 8 * 2**20


def input_id(input: Input) -> str:
    """Return the fingerprint of an input: of its name, its bytes and all that is known about them."""
    return digest(asdict(input) | {"raw": fingerprint(input.raw)})


def cut(inputs: Iterable[Input]) -> Iterator[pa.RecordBatch]:
    """Cut inputs into batches of 24, 48 and then 96 inputs, but, save for a single large one, of at most 8 MB.

    Where the cuts fall depends on the inputs alone, so that a run that is made again meets the same batches.
    """
    waiting: list[Input] = []
    size, most = 0, FIRST_INPUTS
    for input in inputs:
        if waiting and (len(waiting) >= most or size + len(input.raw) > BATCH_BYTES):
            yield _batch(waiting)
            waiting, size, most = [], 0, min(2 * most, BATCH_INPUTS)
        waiting.append(input)
        size += len(input.raw)
    if waiting:
        yield _batch(waiting)


def _batch(inputs: list[Input]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(to_rows(inputs), schema=schema(Input))

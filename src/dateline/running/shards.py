"""Finished results on disk, one file each, so that a killed run goes on where it was."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from dateline.running.engine import pack, unpack
from dateline.storing.atomic import write_whole

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shards:
    """Results of one stage in a folder, each under a key made from its batch and the stage.

    A key stands for content alone, so a result can be used by any later run that meets the same batch, and a result
    that two workers write at once is the same file twice.
    """

    folder: Path
    stage: str

    def key(self, batch: pa.RecordBatch) -> str:
        """Return the key of a batch: 64 hex digits."""
        return hashlib.sha256(self.stage.encode() + b"\0" + batch.serialize().to_pybytes()).hexdigest()

    def path(self, key: str) -> Path:
        """Return where the result with this key lies, once it does."""
        return self.folder / f"{key}.arrow"

    def save(self, key: str, result: pa.RecordBatch) -> None:
        """Store a result: under a temporary name, on disk, then under its own."""
        write_whole(self.path(key), pack(result))

    def load(self, key: str) -> pa.RecordBatch | None:
        """Return a result, or None if there is none. A damaged file counts as none: its batch is worked on again."""
        with suppress(FileNotFoundError, pa.ArrowInvalid, OSError):
            return unpack(self.path(key).read_bytes())
        return None

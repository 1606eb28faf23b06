"""One Parquet file, written row group by row group in bounded memory."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.storing.atomic import SUFFIX
from dateline.storing.manifest import Part
from dateline.storing.results import CHANGES, MEMORY, PARTS, SINCE

if TYPE_CHECKING:
    from pathlib import Path

GROUP_ROWS = 20_000
GROUP_BYTES = 32 * 2**20

_REPEATING = ("where", "version", "publisher", "rival")
"""Columns of memory that say the same in many rows: such a dictionary is read twice as fast."""


class PartWriter:
    """Writes the rows of one noun to a file under a temporary name, which it makes with the first row.

    Of changes it makes a file even if there are none: that says that the table of the run before holds on.
    """

    def __init__(self, folder: Path, noun: str) -> None:
        self.noun = noun
        self._schema = (PARTS | CHANGES | MEMORY)[noun]
        self.path = folder / noun / f".writing.parquet{SUFFIX}"
        self.rows = 0
        self.is_begun = False
        self._file: Any = None
        self._waiting: list[pa.Table] = []
        self._waiting_rows = 0
        self._waiting_bytes = 0

    def add(self, table: pa.Table) -> None:
        """Add rows; they are written once there are enough for a row group."""
        if not table.num_rows and self.noun not in SINCE.values():
            return
        self.is_begun = True
        self._waiting.append(table.cast(self._schema))
        self.rows += table.num_rows
        self._waiting_rows += table.num_rows
        self._waiting_bytes += table.nbytes
        if self._waiting_rows >= GROUP_ROWS or self._waiting_bytes >= GROUP_BYTES:
            self._flush()

    def close(self) -> None:
        """Write what is waiting and finish the file."""
        if self._waiting:
            self._flush()
        if self._file is not None:
            self._file.close()
            self._file = None

    def part(self) -> Part | None:
        """Return what a manifest says of the closed file; None if nothing was added."""
        if not self.is_begun:
            return None
        return Part(self.noun, hash_file(self.path), self.rows, self.path.stat().st_size)

    def discard(self) -> None:
        """Close and remove the file, if it still has its temporary name."""
        if self._file is not None:
            self._file.close()
        self.path.unlink(missing_ok=True)

    def _flush(self) -> None:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = open_part(self.path, self.noun)
        self._file.write_table(pa.concat_tables(self._waiting).combine_chunks(), row_group_size=GROUP_ROWS)
        self._waiting, self._waiting_rows, self._waiting_bytes = [], 0, 0


def open_part(path: Path, noun: str) -> pq.ParquetWriter:
    """Return a writer of rows of a noun. Memory is numbers that hardly repeat, read again by the next run alone."""
    if noun in MEMORY:
        columns = MEMORY[noun]
        repeat: Any = [name for name in _REPEATING if name in columns.names]
        return pq.ParquetWriter(path, columns, compression="lz4", use_dictionary=repeat, write_statistics=False)
    return pq.ParquetWriter(path, (PARTS | CHANGES)[noun], compression="zstd")


def hash_file(path: Path) -> str:
    """Return the sha256 of a file's content, as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Rows of mentions that were read, laid aside on disk and taken up again by number, with no question to the project."""

from __future__ import annotations

import pickle
from array import array
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from dateline.model.event import Mention
from dateline.model.tables import from_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Aside:
    """A file of rows, in the order in which they were laid aside. It is gone with the object, if not before."""

    def __init__(self, folder: Path, first: int) -> None:
        """Keep the file in this folder; the first row that is laid aside has this number."""
        folder.mkdir(parents=True, exist_ok=True)
        self.first = first
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 (closed in `close`)
        self._starts = array("q", [0])

    def __len__(self) -> int:
        """Return the number after the last."""
        return self.first + len(self._starts) - 1

    def put(self, rows: Iterable[dict[str, Any]]) -> None:
        """Lay rows of mentions aside."""
        for row in rows:
            size = self._file.write(pickle.dumps(row, 5))
            self._starts.append(self._starts[-1] + size)

    def take(self, numbers: Iterable[int]) -> Iterator[Mention]:
        """Yield the mentions of these numbers; nothing is laid aside meanwhile."""
        for number in numbers:
            start, end = self._starts[number - self.first], self._starts[number - self.first + 1]
            self._file.seek(start)
            yield from from_rows(Mention, [pickle.loads(self._file.read(end - start))])  # noqa: S301 (our own)

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

"""A table that says of files what they do not say themselves: who published each, when, where."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.reading.content import LIMITS, About, Limits, Unreadable
from dateline.reading.fields import FIELDS, FILE, read_row
from dateline.reading.records import SPLITTERS, Record, split_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SHOWN = 5
_SPLITTERS = SPLITTERS | {".csv": split_csv}


@dataclass(frozen=True, slots=True)
class Listing:
    """What a table says of files.

    Attributes:
        path: where the table lies; it is no report.
        rows: what each row says, by the parts of the path that it names.
        alone: rows that name none of the files that are read.
        unlisted: files that are read and that no row names.
    """

    path: Path
    rows: Mapping[tuple[str, ...], About]
    alone: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()

    def of(self, name: str) -> About | None:
        """Return what the table says of a file; None if it does not name it."""
        row = _row_of(name, self.rows)
        return None if row is None else self.rows[row]


def read_listing(path: Path, names: Iterable[str], limits: Limits = LIMITS) -> Listing:
    """Read a table of files (CSV, JSON lines or Parquet) that goes with the files of these names.

    A row names its file by the end of its path: `strike.txt` or `clippings/strike.txt`. Columns: `file`, and those of
    `fields.read_record`, but for the text.

    Raises:
        UsageError: for a table that cannot be read or has no such columns, rows that name one file twice, a row that
            more than one file fits; all such faults at once.
    """
    rows, faults = _rows(path, limits)
    named: dict[tuple[str, ...], list[str]] = {}
    unlisted = []
    for name in names:
        row = _row_of(name, rows)
        if row is not None:
            named.setdefault(row, []).append(name)
        elif Path(name).resolve() != path.resolve():
            unlisted.append(name)
    for row, files in named.items():
        if len(files) > 1:
            faults.append(f"{'/'.join(row)!r} fits {', '.join(files[:_SHOWN])}: write its folder, too")
    if faults:
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise UsageError(f"the table {path} cannot be used: {'; '.join(faults[:_SHOWN])}{more}")
    alone = tuple("/".join(row) for row in rows if row not in named)
    return Listing(path.resolve(), rows, alone, tuple(unlisted))


def _rows(path: Path, limits: Limits) -> tuple[dict[tuple[str, ...], About], list[str]]:
    """Return the rows of a table by the files that they name, and what is wrong with others."""
    rows: dict[tuple[str, ...], About] = {}
    faults = []
    for record in _records(path, limits):
        try:
            file, about = _read(record)
        except Unreadable as unreadable:
            faults.append(f"row {record.number}: {unreadable.issue.message}")
            continue
        if _parts(file) in rows:
            faults.append(f"row {record.number}: {file!r} stands in the table twice")
        rows[_parts(file)] = about
    if not faults and all(about == About() for about in rows.values()):
        columns = ", ".join(name for ours, names in FIELDS.items() if ours not in ("text", "html") for name in names)
        faults.append(f"it says nothing of any file; expected columns of these: {columns}")
    return rows, faults


def _records(path: Path, limits: Limits) -> Iterator[Record]:
    if not path.is_file():
        raise UsageError(f"no such table: {str(path)!r}; give a file with a row for each file that is read")
    split = _SPLITTERS.get(path.suffix.lower())
    if split is None:
        raise UsageError(f"a table {str(path)!r} given; expected one of {' '.join(_SPLITTERS)}")
    with path.open("rb") as file:
        yield from split(file, limits)


def _read(record: Record) -> tuple[str, About]:
    if record.fault:
        raise Unreadable(record.fault.kind, record.fault.message)
    file, about = read_row(record.raw)
    if not file:
        raise Unreadable("no-file", f"no file named; expected it in a column {', '.join(FILE)}")
    return file, about


def _row_of(name: str, rows: Mapping[tuple[str, ...], About]) -> tuple[str, ...] | None:
    """Return the row that names a file: the one with the most parts of its path."""
    parts = _parts(name)
    return next((parts[at:] for at in range(len(parts)) if parts[at:] in rows), None)


def _parts(name: str) -> tuple[str, ...]:
    """Return the parts of a path as any system writes it, with accents in one spelling."""
    return PurePosixPath(unicodedata.normalize("NFC", name.strip()).replace("\\", "/")).parts

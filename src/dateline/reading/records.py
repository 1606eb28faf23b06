"""Record files split into records: JSON Lines, CSV and Parquet, streamed, in memory bounded by the longest record."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.reading.content import Limits, Unreadable, megabytes, trouble
from dateline.reading.decoding import marked
from dateline.reading.fields import FIELDS
from dateline.reading.streams import chunks, inflate, lines, recode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dateline.errors import Issue

_ROWS = 16  # a batch of Parquet rows; each may hold a whole page
_DELIMITERS = ",;\t|"
_TEXTS = (*FIELDS["text"], *FIELDS["html"])


class Record(NamedTuple):
    """One record of a file: its number (line or row, from 1), its bytes, and what keeps it from being read.

    Number 0 stands for the file.
    """

    number: int
    raw: bytes
    fault: Issue | None = None


def split_json_lines(file: BinaryIO, limits: Limits) -> Iterator[Record]:
    """Yield the lines of a JSON Lines file, verbatim; blank lines are passed over."""
    return _guard(_json_lines(chunks(file), limits))


def split_packed_json_lines(file: BinaryIO, limits: Limits) -> Iterator[Record]:
    """Yield the lines of a JSON Lines file under gzip."""
    return _guard(_json_lines(inflate(chunks(file), limits), limits))


def split_csv(file: BinaryIO, limits: Limits) -> Iterator[Record]:
    """Yield the rows of a CSV file with a header, each as canonical JSON; number is the line where the row begins.

    The delimiter is whichever of comma, semicolon, tab and bar the header holds most.
    """
    return _guard(_csv_rows(file, limits))


def split_csv_of_reports(file: BinaryIO, limits: Limits) -> Iterator[Record]:
    """Yield the rows of a CSV file as `split_csv` does; none, but one fault, if it has no column for a text."""
    return _guard(_csv_rows(file, limits, _check_texts))


def split_parquet(file: BinaryIO, limits: Limits) -> Iterator[Record]:
    """Yield the rows of a Parquet file, each as canonical JSON."""
    return _guard(_parquet_rows(file, limits))


SPLITTERS: dict[str, Callable[[BinaryIO, Limits], Iterator[Record]]] = {
    ".jsonl": split_json_lines,
    ".ndjson": split_json_lines,
    ".jsonl.gz": split_packed_json_lines,
    ".csv": split_csv_of_reports,
    ".parquet": split_parquet,
}


def _guard(records: Iterator[Record]) -> Iterator[Record]:
    """Yield records; where the file itself turns out to be unreadable, end with a record that says so."""
    number = 0
    try:
        for record in records:
            number = record.number
            yield record
    except Unreadable as unreadable:
        issue = unreadable.issue
        message = f"{issue.message} (nothing after record {number} was read)"
        yield Record(0, b"", trouble(issue.kind, message))


def _json_lines(stream: Iterator[bytes], limits: Limits) -> Iterator[Record]:
    for number, line in enumerate(lines(_in_utf8(stream), limits.raw_bytes), start=1):
        if line is None:
            yield Record(number, b"", _too_large(limits))
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield Record(number, line.rstrip(b"\r\n"))


def _in_utf8(stream: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a stream that opens with a byte-order mark of UTF-16 or UTF-32 as UTF-8; any other as it is."""
    first = next(stream, b"")
    _, encoding = marked(first)
    whole = chain([first], stream)
    return recode(whole, encoding) if encoding and encoding != "utf-8" else whole


def _csv_rows(
    file: BinaryIO, limits: Limits, check: Callable[[Sequence[str]], None] = lambda columns: None
) -> Iterator[Record]:
    with _fields_up_to(limits.raw_bytes):
        yield from _limited_rows(file, limits, check)


@contextmanager
def _fields_up_to(characters: int) -> Iterator[None]:
    """Let the CSV module read fields of this length; its limit holds for the process, so it is put back."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _limited_rows(file: BinaryIO, limits: Limits, check: Callable[[Sequence[str]], None]) -> Iterator[Record]:
    texts = _csv_lines(file, limits)
    header = next(texts, "").removeprefix("\ufeff")
    delimiter = max(_DELIMITERS, key=header.count)
    rows = csv.reader(chain([header], texts), delimiter=delimiter)
    columns = _next_row(rows)
    if isinstance(columns, str):
        raise Unreadable("malformed-record", f"a CSV header that cannot be read given ({columns})")
    check(columns or ())
    number = rows.line_num + 1
    while (cells := _next_row(rows)) is not None:
        if cells:
            yield _csv_record(number, columns or [], cells, limits)
        number = rows.line_num + 1


def _check_texts(columns: Sequence[str]) -> None:
    """Raise `Unreadable` if a table has no column for a text."""
    if columns and not {column.strip().lower() for column in columns}.intersection(_TEXTS):
        message = f"a table with the columns {', '.join(columns)[:300]} given; expected one of {', '.join(_TEXTS)}"
        hint = "if it tells of files that lie beside it, give it with --about"
        raise Unreadable("missing-text", f"{message}; {hint}")


def _csv_lines(file: BinaryIO, limits: Limits) -> Iterator[str]:
    """Yield lines as text; bytes that are not UTF-8 pass through as surrogates, for `read` to decode by record."""
    for line in lines(_in_utf8(chunks(file)), limits.raw_bytes):
        if line is None:
            raise Unreadable("too-large", _too_large(limits).message)
        yield line.decode("utf-8", "surrogateescape")


def _next_row(rows: Iterator[list[str]]) -> list[str] | str | None:
    """Return the next row, or what is wrong with it, or None at the end."""
    try:
        return next(rows, None)
    except csv.Error as error:
        return str(error)


def _csv_record(number: int, columns: Sequence[str], cells: list[str] | str, limits: Limits) -> Record:
    if isinstance(cells, str):
        return Record(
            number, b"", trouble("malformed-record", f"a CSV row that cannot be read given ({cells}): check its quotes")
        )
    if len(cells) != len(columns):
        message = f"a row of {len(cells)} cells under a header of {len(columns)} given: check its quotes and delimiters"
        return Record(number, b"", trouble("malformed-record", message))
    return _row(number, dict(zip(columns, cells, strict=True)), limits)


def _parquet_rows(file: BinaryIO, limits: Limits) -> Iterator[Record]:
    number = 0
    try:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=_ROWS):
            for at in range(batch.num_rows):
                number += 1
                yield _parquet_record(number, batch.slice(at, 1), limits)
    except (pa.ArrowException, OSError) as error:
        raise Unreadable(
            "damaged", f"no Parquet file, or a damaged one ({str(error)[:120]}): write it again"
        ) from error


def _parquet_record(number: int, row: pa.RecordBatch, limits: Limits) -> Record:
    try:
        return _row(number, row.to_pylist()[0], limits)
    except UnicodeDecodeError:
        return Record(number, b"", trouble("undecodable", "a string column that is not UTF-8 given: write it as UTF-8"))


def _row(number: int, fields: dict[str, Any], limits: Limits) -> Record:
    """Return a row as canonical JSON: keys sorted, no spaces, UTF-8 but for bytes that were not so before."""
    line = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    raw = line.encode("utf-8", "surrogateescape")
    return Record(number, raw) if len(raw) <= limits.raw_bytes else Record(number, b"", _too_large(limits))


def _plain(value: object) -> str:
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)


def _too_large(limits: Limits) -> Issue:
    return trouble("too-large", f"a record of over {megabytes(limits.raw_bytes)} given; passed over: split it")

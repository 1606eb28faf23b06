"""CSV that a spreadsheet cannot run as formulas, and that reads back as it was.

A cell that starts with one of `= + - @ | tab CR LF`, or the full-width forms of the first four, can be run as a formula
by a spreadsheet, also after spaces and invisible marks. Such a text gets an apostrophe in front; numbers, days and
truth values are never texts and stay as they are. `read_csv` takes the apostrophe away again. Source: OWASP, "CSV
injection"; Symfony CVE-2021-41270 (the tab).
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DANGEROUS = frozenset("=+-@|\t\r\n＝＋－＠")
"""First characters that a spreadsheet may take for the start of a formula or of the next cell."""

INVISIBLE = (
    " \u00a0\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Spaces, zero-width characters and direction marks: skipped when the first character is looked for."""

GUARD = "'"

_DANGER = re.compile(f"{GUARD}*[{re.escape(INVISIBLE)}]*[{re.escape(''.join(sorted(DANGEROUS)))}]")


def escape(text: str) -> str:
    """Return a text that no spreadsheet runs.

    >>> escape("=1+1"), escape("-17"), escape("arrested")
    ("'=1+1", "'-17", 'arrested')
    """
    return GUARD + text if is_dangerous(text) else text


def unescape(text: str) -> str:
    """Return the text that was escaped. Inverse of `escape`."""
    return text[1:] if text.startswith(GUARD) and is_dangerous(text[1:]) else text


def is_dangerous(text: str) -> bool:
    """Say whether a text is dangerous in a cell, or would be taken for an escaped one."""
    return _DANGER.match(text) is not None


def write_csv(table: pa.Table) -> bytes:
    """Return a table of plain columns as CSV: UTF-8, a header, CRLF, empty cells for what is not known (RFC 4180)."""
    return b"".join((_lines([table.column_names]), write_rows(table)))


def write_rows(table: pa.Table) -> bytes:
    """Return the rows of a table of plain columns as those of a CSV file, without a header."""
    return _lines(zip(*map(_cells, table.itercolumns()), strict=True))


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def read_csv(content: bytes, schema: pa.Schema) -> pa.Table:
    """Return the table that was written. Inverse of `write_csv`; an empty cell of a nullable column is null."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return pa.Table.from_pylist([_values(row, schema) for row in rows], schema=schema)


def _cells(column: pa.ChunkedArray[Any]) -> list[str]:
    """Return a column as cells; what is not known is empty."""
    return ["" if it is None else cell for it, cell in zip(*_told(column), strict=True)]


def _told(column: pa.ChunkedArray[Any]) -> tuple[list[Any], Iterable[str]]:
    """Return the values of a column, and each as a cell."""
    values, kind = column.to_pylist(), column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return values, (escape(it) if it else "" for it in values)
    if pa.types.is_boolean(kind):
        return values, ("true" if it else "false" for it in values)
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return values, ("" if it is None else it.isoformat() for it in values)
    return values, map(repr, values)


def _values(row: Mapping[str, str], schema: Iterable[pa.Field[Any]]) -> dict[str, Any]:
    return {field.name: _value(row[field.name], field) for field in schema}


def _value(cell: str, field: pa.Field[Any]) -> Any:
    if cell == "" and field.nullable:
        return None
    if pa.types.is_string(field.type):
        return unescape(cell)
    if pa.types.is_boolean(field.type):
        return cell == "true"
    if pa.types.is_date(field.type):
        return date.fromisoformat(cell)
    if pa.types.is_timestamp(field.type):
        return datetime.fromisoformat(cell)
    return float(cell) if pa.types.is_floating(field.type) else int(cell)

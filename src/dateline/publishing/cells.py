"""CSV that a spreadsheet cannot run as formulas, and that reads back as it was.

A cell that starts with one of `= + - @ | tab CR LF`, or the full-width forms of the first four, can be run as a formula
by a spreadsheet, also after spaces and invisible marks. Such a text gets an apostrophe in front; numbers, days and
truth values are never texts and stay as they are. `read_csv` takes the apostrophe away again. Source: OWASP, "CSV
injection"; Symfony CVE-2021-41270 (the tab).
"""

from __future__ import annotations

import csv
import io
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
    bare = text.lstrip(GUARD).lstrip(INVISIBLE)
    return bare[:1] in DANGEROUS if bare else False


def write_csv(table: pa.Table) -> bytes:
    """Return a table of plain columns as CSV: UTF-8, a header, CRLF, empty cells for what is not known (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue().encode("utf-8")


def read_csv(content: bytes, schema: pa.Schema) -> pa.Table:
    """Return the table that was written. Inverse of `write_csv`; an empty cell of a nullable column is null."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return pa.Table.from_pylist([_values(row, schema) for row in rows], schema=schema)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return escape(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return repr(value)


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

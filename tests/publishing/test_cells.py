"""CSV cells: what is guarded, what is not, and that all of it reads back."""

from __future__ import annotations

import csv
import io
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.publishing.cells import escape, read_csv, unescape, write_csv

GUARDED = [
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+49 341",
    "-17",
    "@SUM(A1)",
    "|calc",
    "\tx",
    "\rx",
    "\nx",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\u202e=1",
    "\ufeff=1",
    "\u2066\u200d  @x",
    "'=1+1",
    "''-1",
]
PLAIN = ["", "arrested", "'tis", "'", "1=1", "a-b", "#hash", "%", "70,000", "“= quoted”", "   ", "‐17", "\u200b"]


@pytest.mark.parametrize("text", GUARDED)
def test_what_a_spreadsheet_may_run_is_guarded(text: str) -> None:
    assert escape(text) == "'" + text
    assert unescape(escape(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_what_it_does_not_run_is_left(text: str) -> None:
    assert escape(text) == text
    assert unescape(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@|\t\n\r \u200b\ufeff＝ab1")))
def test_escape_has_an_inverse(text: str) -> None:
    assert unescape(escape(text)) == text


def test_numbers_stay_numbers() -> None:
    table = pa.table(
        {"lon": [-17.83], "low": pa.array([-3]), "day": [date(1989, 10, 9)], "sure": [True], "words": ["-3"]}
    )
    rows = list(csv.reader(io.StringIO(write_csv(table).decode("utf-8"), newline="")))
    assert rows == [["lon", "low", "day", "sure", "words"], ["-17.83", "-3", "1989-10-09", "true", "'-3"]]


KINDS: dict[str, pa.DataType] = {
    "text": pa.string(),
    "maybe": pa.string(),
    "number": pa.int64(),
    "degrees": pa.float64(),
    "day": pa.date32(),
    "sure": pa.bool_(),
}
SCHEMA = pa.schema([pa.field(name, kind, nullable=name != "text") for name, kind in KINDS.items()])
rows = st.fixed_dictionaries(
    {
        "text": st.text(st.characters(codec="utf-8")),
        "maybe": st.none() | st.text(st.characters(codec="utf-8"), min_size=1),
        "number": st.none() | st.integers(-(2**63), 2**63 - 1),
        "degrees": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "day": st.none() | st.dates(),
        "sure": st.none() | st.booleans(),
    }
)


@given(st.lists(rows, max_size=5))
def test_csv_round_trip(content: list[dict[str, object]]) -> None:
    table = pa.Table.from_pylist(content, schema=SCHEMA)
    assert read_csv(write_csv(table), SCHEMA).equals(table)

"""The table of time phrases (`time_phrases.csv`): what each means, written down before the grammar read it.

Columns: a text; the phrase in it (empty: no time); the day of publication (empty: unknown); EDTF, first and last day,
granularity and basis of its time; and where it matters the TIMEX3 type and value of an expression in the text.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from dateline.grounding.times import find_times
from dateline.grounding.timex import find_timexes

Row = dict[str, str]


def rows() -> list[Row]:
    with (Path(__file__).parent / "time_phrases.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def published(row: Row) -> date | None:
    return date.fromisoformat(row["published"]) if row["published"] else None


def test_the_table_is_long_enough_and_has_no_row_twice() -> None:
    keys = [(row["text"], row["phrase"], row["published"]) for row in rows()]
    assert len(keys) == len(set(keys)) >= 200


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['text']}-{row['published']}")
def test_a_phrase_means_what_the_table_says(row: Row) -> None:
    times = find_times(row["text"], published=published(row))
    if not row["phrase"]:
        assert times == []
        return
    (when,) = [when for when in times if when.evidence.quote == row["phrase"]]
    known = [when.edtf or "", str(when.earliest or ""), str(when.latest or ""), when.granularity, when.basis]
    assert known == [row[name] for name in ("edtf", "earliest", "latest", "granularity", "basis")]


@pytest.mark.parametrize("row", [row for row in rows() if row["timex"]], ids=lambda row: row["text"])
def test_lengths_and_rates_are_time_expressions(row: Row) -> None:
    found = find_timexes(row["text"], published=published(row))
    assert row["timex"] in [f"{timex.type} {timex.value}" for timex in found]

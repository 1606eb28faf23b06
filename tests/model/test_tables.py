"""Nouns to Arrow and back: nothing is lost, whatever the values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import Issue
from dateline.model.event import Mention
from dateline.model.incident import Incident, Link
from dateline.model.judgement import Judgement
from dateline.model.tables import from_batch, from_table, schema, to_table
from dateline.model.text import Report, Span

NOUNS = [Report, Mention, Incident, Link, Judgement, Issue]

st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(
    Span, st.tuples(st.integers(0, 10**6), st.integers(1, 99)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
)


def _nouns(noun: type) -> st.SearchStrategy[Any]:
    return st.lists(st.from_type(noun), max_size=2)


@pytest.mark.parametrize("noun", NOUNS)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_what_goes_into_a_table_comes_out(noun: type, data: st.DataObject) -> None:
    nouns = data.draw(_nouns(noun))
    table = to_table(noun, nouns)
    assert table.schema == schema(noun)
    assert from_table(noun, table) == nouns
    assert [from_batch(noun, batch) for batch in table.to_batches(len(nouns) or 1)] == ([nouns] if nouns else [])


@pytest.mark.parametrize("noun", NOUNS)
def test_an_empty_table_has_the_schema_of_its_noun(noun: type) -> None:
    assert to_table(noun, []).schema == schema(noun)


def test_a_field_is_nullable_only_where_the_noun_says_so() -> None:
    assert not schema(Report).field("text").nullable
    assert schema(Report).field("title").nullable

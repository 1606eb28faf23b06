"""Spans, evidence and reports: what can be quoted, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import EvidenceError
from dateline.model.ground import Figure
from dateline.model.text import Evidence, Published, PublishedBasis, Span, evidence_in, make_report


@given(st.text(min_size=1), st.data())
def test_what_a_report_cites_stands_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    report = make_report(text)
    evidence = report.cite(start, end)
    assert evidence.quote == text[start:end]
    report.check(evidence)


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(0, 6, "police"),  # other case
        Evidence(1, 7, "Police"),  # one off
        Evidence(0, 0, ""),  # nothing quoted
        Evidence(0, 7, "Police"),  # longer than the quote
        Evidence(-3, 3, "Pol"),  # before the text
        Evidence(90, 96, "Police"),  # behind the text
    ],
)
def test_a_quote_that_does_not_stand_there_is_refused(evidence: Evidence) -> None:
    with pytest.raises(EvidenceError, match="verbatim"):
        make_report("Police dispersed the crowd.").check(evidence)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_an_empty_or_reversed_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(EvidenceError, match="expected 0 <= start < end"):
        Span(start, end)


def test_offsets_count_code_points_not_bytes_or_utf16_units() -> None:
    report = make_report("🕊️ سلام march")
    assert report.cite(3, 7).quote == "سلام"


def test_the_id_tells_publishers_and_days_apart_but_not_sources() -> None:
    plain = make_report("Nine were held.", source="a.txt")
    assert plain.id == make_report("Nine were held.", source="b.txt").id
    assert plain.id != make_report("Nine were held.", publisher="Wire").id
    assert plain.id != make_report("Nine were held.", published=Published(date(1989, 10, 9), PublishedBasis.GIVEN)).id


def test_every_evidence_inside_a_noun_is_found() -> None:
    figure = Figure(Evidence(0, 4, "Nine"), "arrested", 9, 9, support=(Evidence(10, 14, "held"),))
    assert [evidence.quote for evidence in evidence_in((figure,))] == ["Nine", "held"]

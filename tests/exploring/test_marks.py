"""Marks: whatever the spans, the segments are the text, and each mark covers its quote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.exploring.marks import ROLES, Mark, segments, sound
from dateline.model.text import Evidence, make_report

TEXTS = st.text(alphabet="ab \n🕊é\u0301م", min_size=1, max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    marks = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marks.append(Mark(Evidence(start, end, text[start:end]), draw(st.sampled_from(ROLES)), f"m{number}", "value"))
    return text, marks


@given(marked())
def test_segments_are_the_text_and_marks_cover_their_quotes(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    cut = segments(text, marks)
    assert "".join(segment.text for segment in cut) == text
    assert all(segment.text for segment in cut)
    for mark in marks:
        assert "".join(segment.text for segment in cut if mark in segment.marks) == mark.evidence.quote


@given(marked())
def test_every_trigger_is_an_anchor_once(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    anchors = sorted(anchor for segment in segments(text, marks) for anchor in segment.anchors)
    assert anchors == sorted(mark.mention for mark in marks if mark.role == "trigger")


def test_a_quote_that_does_not_stand_there_is_a_fault_and_no_mark() -> None:
    report = make_report("Police arrested nine people.")
    good = Mark(Evidence(7, 15, "arrested"), "trigger", "m", "")
    moved = Mark(Evidence(8, 16, "arrested"), "trigger", "m", "")
    beyond = Mark(Evidence(90, 98, "arrested"), "trigger", "m", "")
    marks, faults = sound(report, [good, moved, beyond])
    assert marks == [good]
    assert len(faults) == 2

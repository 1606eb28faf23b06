"""Marks: whatever the spans, the segments are the text, and each mark covers its quote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.exploring.marks import ROLES, Mark, marks_of, segments, sound, speakers_of
from dateline.model.event import Event, Mention, Status, make_mention
from dateline.model.ground import Attribution, Basis, Voice, VoiceKind
from dateline.model.text import Evidence, Span, make_report

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


def spoken(text: str, words: str, said: str, **about: object) -> Voice:
    start, content = text.index(words), text.index(said)
    evidence = Evidence(start, start + len(words), words)
    return Voice(VoiceKind.UNNAMED, evidence=evidence, content=Span(content, content + len(said)), **about)  # type: ignore[arg-type]


def test_what_a_voice_says_bears_its_number_and_shade() -> None:
    text = "Guards fired, witnesses said. Nobody was hurt, a medic said."
    witnesses, medic = spoken(text, "witnesses", "Guards fired"), spoken(text, "a medic", "Nobody was hurt")
    mentions = [mention_of(text, "fired", witnesses), mention_of(text, "hurt", medic)]
    speakers = speakers_of(mentions)
    assert [(one.number, one.words) for one in speakers.values()] == [(1, "witnesses"), (2, "a medic")]
    cut = segments(text, [mark for mention in mentions for mark in marks_of(mention, text, speakers)])
    assert [(segment.opens, segment.shade) for segment in cut if segment.opens] == [(1, 1), (2, 2)]
    assert "".join(segment.text for segment in cut if segment.shade == 1) == "Guards fired"


def test_an_uncertain_voice_says_so() -> None:
    text = "Guards fired, witnesses said. They hit two men."
    voice = spoken(text, "witnesses", "They hit two men", basis=Basis.INFERRED)
    (speaker,) = speakers_of([mention_of(text, "hit", voice)]).values()
    assert "uncertain" in speaker.basis


def mention_of(text: str, words: str, voice: Voice) -> Mention:
    start = text.index(words)
    trigger = Evidence(start, start + len(words), words)
    event = Event("r", "ASSAULT", None, Status.ASSERTED, trigger, trigger.span)
    return make_mention(event, attribution=Attribution((Voice(VoiceKind.REPORT), voice)))

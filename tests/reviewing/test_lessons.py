"""Lessons: what training reads again is what people left, and only of sentences that were reviewed whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.model.test_decision import REPORT, VALUES, cited, mention
from training.annotations import Example, read_examples

from dateline.model.decision import Field
from dateline.model.event import Mention, Review, Status
from dateline.model.text import Span, make_report
from dateline.reviewing.lessons import lessons

SENTENCES = [Span(0, 40), Span(41, len(REPORT.text))]
MARCH = replace(mention(), review=Review.ACCEPTED)
ARREST = replace(
    mention(),
    id="b" * 64,
    type="COERCE",
    form="arrest",
    trigger=cited("arrested"),
    actors=VALUES[Field.ACTORS],  # type: ignore[arg-type]
    figures=VALUES[Field.FIGURES],  # type: ignore[arg-type]
    when=None,
    review=Review.CORRECTED,
)


def read_again(folder: Path, *mentions: Mention, reasons: dict[str, str] | None = None) -> list[Example]:
    path = folder / "reviewed.txt"
    path.write_text("\n".join(lessons(REPORT, SENTENCES, mentions, reasons or {})), "utf-8")
    return read_examples([path])


def test_training_reads_what_people_left(tmp_path: Path) -> None:
    first, second = read_again(tmp_path, MARCH, ARREST)
    assert first.text == "On 12 May nine people marched in Kassel."
    assert [(it.type, it.form, it.status) for it in first.events] == [("PROTEST", "march", "asserted")]
    assert {(it.role, first.text[it.start : it.end]) for it in first.marks} == {
        ("trigger", "marched"),
        ("time", "12 May"),
        ("figure", "nine"),
    }
    assert (second.before, second.text) == (first.text, "Police arrested two.")
    assert {(it.role, second.text[it.start : it.end]) for it in second.marks} == {
        ("trigger", "arrested"),
        ("actor", "Police"),
        ("figure", "two"),
    }


def test_a_sentence_of_which_something_waits_teaches_nothing(tmp_path: Path) -> None:
    for state in (Review.NEW, Review.UNSURE, Review.DISPUTED):
        assert len(read_again(tmp_path, MARCH, replace(ARREST, review=state))) == 1


def test_what_was_rejected_is_a_trap_with_its_reason(tmp_path: Path) -> None:
    rejected = replace(MARCH, review=Review.REJECTED)
    (only,) = read_again(tmp_path, rejected, reasons={MARCH.id: "a name"})
    assert (only.events, only.marks, only.trap) == ((), (), "a name")


def test_two_events_of_one_sentence_keep_their_numbers(tmp_path: Path) -> None:
    other = replace(MARCH, id="c" * 64, trigger=cited("in Kassel"), status=Status.PLANNED)
    (only,) = read_again(tmp_path, other, MARCH)
    assert [(it.number, it.status) for it in only.events] == [(1, "asserted"), (2, "planned")]
    assert {it.events for it in only.marks if it.role == "time"} == {(1, 2)}


def test_lines_are_joined_and_braces_left_out() -> None:
    broken = make_report("Nine people\nmarched {again}. They\n marched.")
    trigger = broken.cite(len(broken.text) - 8, len(broken.text) - 1)
    spans = [Span(0, 28), Span(29, len(broken.text))]
    bare = replace(MARCH, report=broken.id, figures=(), when=None)
    told = [replace(bare, trigger=trigger), replace(bare, id="d" * 64, trigger=broken.cite(12, 19))]
    (only,) = lessons(broken, spans, told, {})
    assert "They {t1|marched}." in only.splitlines()

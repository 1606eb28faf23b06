"""Gold sets scored by what a coder says of whole sentences, and by the codebooks' own rules of coding."""

import pytest

from dateline.evaluating.gold.acled import classify
from dateline.evaluating.gold.glocon import is_relevant
from dateline.evaluating.gold.muc import labelled_templates
from dateline.evaluating.gold.plover import as_told
from dateline.model.event import Coding, Event, Label, Mark, Status, make_mention
from dateline.model.ground import Actor, Basis, Role
from dateline.model.parse import Sentence
from dateline.model.text import Report, make_report

TEXT = "A bomb hit the town hall. Gunmen killed Ana Ruiz."
REPORT = make_report(TEXT, language="en")
SENTENCES = (Sentence(0, 0, 25), Sentence(1, 26, len(TEXT)))


def _label(sentence: int, name: str, score: float) -> Label:
    return Label(REPORT.id, sentence, name, score)


def _mark(sentence: int, role: str, words: str, score: float = 0.9) -> Mark:
    start = TEXT.index(words)
    return Mark(sentence, role, REPORT.cite(start, start + len(words)), score)


def test_one_template_a_kind_with_the_words_of_its_sentences() -> None:
    labels = (
        _label(0, "attack.bombing", 0.8),
        _label(0, "attack.attack", 0.3),
        _label(1, "attack.attack", 0.7),
        _label(1, "police.KILL", 0.9),
    )
    marks = (
        _mark(0, "instrument_id", "bomb"),
        _mark(0, "phys_tgt", "the town hall"),
        _mark(1, "perp_individual", "Gunmen"),
        _mark(1, "hum_tgt_name", "Ana Ruiz", 0.55),
    )
    attack, bombing = labelled_templates(Coding(REPORT.id, (), (), SENTENCES, labels, marks))
    assert (attack.kind, bombing.kind) == ("attack", "bombing")
    assert attack.fills["PerpInd"] == [frozenset({"gunmen"})]
    assert attack.fills["Victim"] == []
    assert bombing.fills["Weapon"] == [frozenset({"bomb"})]
    assert bombing.fills["Target"] == [frozenset({"town hall"})]


def test_no_template_where_no_sentence_is_likely_enough() -> None:
    coding = Coding(REPORT.id, (), (), SENTENCES, (_label(0, "attack.bombing", 0.25),))
    assert list(labelled_templates(coding)) == []


def test_a_document_needs_a_surer_sentence_than_a_sentence_does() -> None:
    coding = Coding(REPORT.id, (), (), SENTENCES, (_label(0, "protest", 0.6),))
    assert is_relevant(coding)
    assert not is_relevant(coding, 0.85)
    assert not is_relevant(Coding(REPORT.id, (), (), SENTENCES, ()))


def _event(report: Report, kind: str, form: str, status: Status) -> Event:
    trigger = report.cite(2, 6)
    return Event(report.id, kind, form, status, trigger, trigger.span)


@pytest.mark.parametrize(
    ("kind", "form", "status", "expected"),
    [
        ("COOPERATE", "trade", Status.PLANNED, "AGREE"),
        ("COERCE", "arrest", Status.PLANNED, "THREATEN"),
        ("RETREAT", "release", Status.CALLED_FOR, "REQUEST"),
        ("PROTEST", "march", Status.HYPOTHETICAL, "PROTEST"),
    ],
)
def test_what_did_not_happen_is_coded_as_the_words_about_it(
    kind: str, form: str, status: Status, expected: str
) -> None:
    assert as_told(_event(REPORT, kind, form, status)) == expected


@pytest.mark.parametrize(
    ("sector", "expected"),
    [("MIL", "GOV_REGAINS_TERIT"), ("REB", "NON_STATE_ACTOR_OVERTAKES_TER"), (None, "GOV_REGAINS_TERIT")],
)
def test_whose_the_ground_is_is_told_by_who_takes_it(sector: str | None, expected: str) -> None:
    actor = Actor(Role.ACTOR, REPORT.cite(0, 6), sector=sector, basis=Basis.STATED)
    event = _event(REPORT, "ASSAULT", "capture_state", Status.ASSERTED)
    assert classify([make_mention(event, actors=(actor,))]) == expected

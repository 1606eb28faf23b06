"""What belongs to an event where there is no parse: told by place."""

import pytest

from dateline.coding.nearby import clauses_of, goes_on, phrase_at, refers_back
from dateline.model.text import Evidence, Report, Span, make_report


def _cite(report: Report, words: str) -> Evidence:
    start = report.text.index(words)
    return report.cite(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "given", "whole", "wanted"),
    [
        ("Later the police of Kano fired.", "the police of", False, "the police"),
        ("Later the police of Kano fired.", "police of", True, "the police"),
        ("They said, “the army” did it.", "“the army”", True, "the army"),
        ("The Farmers' Front (FF) struck.", "Farmers' Front (FF", False, "Farmers' Front (FF)"),
        ("It cost $40 million to build.", "$40 million", False, "$40 million"),
        ("It was of the.", "of the", False, "of the"),
    ],
)
def test_a_phrase_loses_what_neither_begins_nor_ends_one(text: str, given: str, whole: bool, wanted: str) -> None:
    report = make_report(text)
    words = _cite(report, given)
    assert phrase_at(report, words.start, words.end, whole=whole).quote == wanted


def test_a_clause_ends_at_the_last_joint_before_the_next_event() -> None:
    report = make_report("Police fired on the crowd in Kano, killing two, and later arrested nine.")
    triggers = [_cite(report, words) for words in ("fired", "killing", "arrested")]
    clauses = clauses_of(report, Span(0, len(report.text)), triggers)
    quotes = [report.cite(it.start, it.end).quote for it in clauses]
    assert quotes == ["Police fired on the crowd in Kano", ", killing two, ", "and later arrested nine."]
    assert all(clause.contains(trigger.span) for clause, trigger in zip(clauses, triggers, strict=True))


def test_triggers_side_by_side_have_clauses_that_hold_them() -> None:
    report = make_report("A police raid arrest followed.")
    triggers = [_cite(report, "raid"), _cite(report, "arrest")]
    clauses = clauses_of(report, Span(0, len(report.text)), triggers)
    assert all(clause.contains(trigger.span) for clause, trigger in zip(clauses, triggers, strict=True))


@pytest.mark.parametrize(
    ("told", "word", "wanted"),
    [
        ("Her group helped in these protests.", "protests", True),
        ("Nine died since the Kano clashes.", "clashes", True),
        ("He fled on the eve of their talks, and returned.", "talks", True),
        ("Her group helped in the Kaduna protests.", "protests", False),
        ("Nine died in the 2021 clashes.", "clashes", False),
        ("He spoke of the arrest of a baker.", "arrest", False),
        ("The protests went on.", "protests", False),
        ("Nine died in protests.", "protests", False),
        ("She stood by the man arrested.", "arrested", False),
        ("They toured the riot-hit town.", "riot", False),
    ],
)
def test_a_word_refers_back_where_it_brings_nothing_new(told: str, word: str, wanted: bool) -> None:
    report = make_report("Crowds marched in Kano. " + told)
    assert refers_back(report, _cite(report, word)) is wanted


@pytest.mark.parametrize(
    ("between", "wanted"),
    [
        ("", True),
        (" the ", True),
        (" the town on Monday ", True),
        (" and ", False),
        (" him, ", False),
        (" a b c d e ", False),
    ],
)
def test_few_words_and_no_joint_go_on_with_an_event(between: str, wanted: bool) -> None:
    assert goes_on(between) is wanted

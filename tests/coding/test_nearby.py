"""What belongs to an event where there is no parse: told by place."""

import pytest

from dateline.coding.nearby import clauses_of, goes_on, parties_of, phrase_at, refers_back
from dateline.model.ground import Role
from dateline.model.text import Evidence, Report, Span, make_report


def _cite(report: Report, words: str) -> Evidence:
    start = report.text.index(words)
    return report.cite(start, start + len(words))


def _piece(report: Report, role: str, words: str) -> tuple[str, int, int, float]:
    found = _cite(report, words)
    return role, found.start, found.end, 0.9


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


def _parties(text: str, triggers: list[str], roles: dict[str, str], sides: dict[str, str]) -> list[list[str]]:
    report = make_report(text)
    events = [_cite(report, words) for words in triggers]
    clauses = clauses_of(report, Span(0, len(text)), events)
    marked = [_piece(report, role, words) for words, role in roles.items()]
    last = [_piece(report, role, words) for words, role in sides.items()]
    found = parties_of(report, events, clauses, marked, last)
    return [[f"{it.role.value} {it.evidence.quote}" for it in arguments] for arguments in found]


def test_parties_are_those_of_the_clause() -> None:
    text = "Rebels shelled the market while soldiers freed the miners."
    roles = {"Rebels": "actor", "the market": "recipient", "soldiers": "actor", "the miners": "recipient"}
    first, second = _parties(text, ["shelled", "freed"], roles, {})
    assert first == ["actor Rebels", "recipient the market"]
    assert second == ["actor soldiers", "recipient the miners"]


def test_an_actor_told_once_acts_in_what_follows_but_not_in_the_passive() -> None:
    text = "Soldiers burned the depot and seized the bridge, and two clerks were killed."
    roles = {"Soldiers": "actor", "the depot": "recipient", "the bridge": "recipient", "two clerks": "recipient"}
    burned, seized, killed = _parties(text, ["burned", "seized", "killed"], roles, {})
    assert burned == ["actor Soldiers", "recipient the depot"]
    assert seized == ["actor Soldiers", "recipient the bridge"]
    assert killed == ["recipient two clerks"]


def test_sides_count_only_where_nothing_is_marked_and_one_event_is_told() -> None:
    sides = {"Kenya": "source", "Uganda": "target"}
    assert _parties("Kenya accused Uganda.", ["accused"], {}, sides) == [["actor Kenya", "recipient Uganda"]]
    assert _parties("Kenya accused Uganda and struck.", ["accused", "struck"], {}, sides) == [[], []]


@pytest.mark.parametrize(
    ("text", "trigger", "mark", "role", "wanted"),
    [
        ("The arrest of two poets shocked Oslo.", "arrest", "poets", "actor", "recipient poets"),
        ("The poet's arrest shocked Oslo.", "arrest", "The poet's", "actor", "recipient The poet"),
        ("The envoy met with the rebels.", "met", "the rebels", "actor", "recipient the rebels"),
        ("They were beaten by the guards.", "beaten", "the guards", "recipient", "actor the guards"),
        ("The bishop's visit pleased Oslo.", "visit", "The bishop's", "actor", "actor The bishop"),
    ],
)
def test_some_places_say_more_than_the_mark(text: str, trigger: str, mark: str, role: str, wanted: str) -> None:
    assert _parties(text, [trigger], {mark: role}, {}) == [[wanted]]


def test_weapons_and_other_marks_are_no_parties() -> None:
    assert _parties("Bombs hit.", ["hit"], {"Bombs": "figure"}, {}) == [[]]
    assert Role.ACTOR.value == "actor"


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


def test_who_has_hands_in_it_is_an_actor() -> None:
    text = "Inmates suffered beatings at the hands of wardens."
    assert _parties(text, ["beatings"], {"wardens": "recipient"}, {}) == [["actor wardens"]]

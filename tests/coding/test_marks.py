"""Sides come out as whole phrases, one target and those named in one breath with it; fills are cut at their edges."""

from dateline.coding.decoding import Judgement, Marked
from dateline.coding.judged import Judged
from dateline.coding.marks import marks_of
from dateline.coding.tree import Tree
from dateline.model.parse import Token
from dateline.model.text import make_report

TEXT = "The Foreign Office ( FO) urged the two camps , Oslo and Bern to free Ada in Rome ."
POS = "DET PROPN PROPN PUNCT PROPN PUNCT VERB DET NUM NOUN PUNCT PROPN CCONJ PROPN PART VERB PROPN ADP PROPN PUNCT"
DEPS = {1: ("compound", 2), 8: ("nummod", 9), 11: ("appos", 9)}
"""Of some words, what hangs them from which."""
REPORT = make_report(TEXT, language="en")


def _tokens() -> tuple[Token, ...]:
    words = TEXT.replace("FO)", "FO )").split()
    tokens: list[Token] = []
    at = 0
    for index, (word, pos) in enumerate(zip(words, POS.split(), strict=True)):
        start = TEXT.index(word, at)
        at = start + len(word)
        dep, head = DEPS.get(index, ("dep", index))
        tokens.append(Token(index, start, at, word, word.lower(), pos, "", dep, head))
    return tuple(tokens)


def _marked(role: str, words: str, score: float = 0.9) -> Marked:
    start = TEXT.index(words)
    return Marked(role, start, start + len(words), score)


def _found(head: str, *marked: Marked, attack: bool = False) -> list[tuple[str, str]]:
    judgement = Judgement({}, (), {"sides": (), "fills": ()} | {head: marked})
    known = Judged(REPORT, Tree(0, 0, len(TEXT), _tokens()), judgement, lambda start, end: (start, end))
    return [(mark.role, mark.evidence.quote) for mark in marks_of(known, tells_of_attack=attack)]


def test_a_bracket_opened_in_a_phrase_is_closed_and_its_article_kept() -> None:
    assert _found("sides", _marked("source", "Foreign Office ( FO")) == [("source", "The Foreign Office ( FO)")]


def test_pieces_of_one_phrase_are_joined() -> None:
    pieces = (_marked("target", "the"), _marked("target", "camps"))
    assert _found("sides", *pieces) == [("target", "the two camps")]


def test_pieces_with_a_comma_or_and_between_stay_apart() -> None:
    pieces = (_marked("target", "Oslo"), _marked("target", "Bern"))
    assert _found("sides", *pieces) == [("target", "Oslo"), ("target", "Bern")]


def test_a_second_target_counts_only_in_one_breath_with_the_first() -> None:
    pieces = (_marked("target", "Oslo"), _marked("target", "Bern"), _marked("target", "Rome"))
    assert _found("sides", *pieces) == [("target", "Oslo"), ("target", "Bern")]


def test_a_second_source_counts_only_in_one_breath_with_the_first() -> None:
    pieces = (_marked("source", "Oslo"), _marked("source", "Bern"), _marked("source", "Rome"))
    assert _found("sides", *pieces) == [("source", "Oslo"), ("source", "Bern")]


def test_those_who_act_together_may_be_several() -> None:
    pieces = (_marked("reciprocal", "Foreign Office"), _marked("reciprocal", "Rome"))
    assert [words for _, words in _found("sides", *pieces)] == ["The Foreign Office", "Rome"]


def test_a_side_begins_with_what_modifies_its_noun() -> None:
    assert _found("sides", _marked("source", "Office")) == [("source", "The Foreign Office")]
    assert _found("sides", _marked("target", "camps")) == [("target", "the two camps")]


def test_touching_pieces_of_unlike_roles_are_one_in_the_role_of_the_longer() -> None:
    pieces = (_marked("source", "two"), _marked("target", "camps"))
    assert _found("sides", *pieces) == [("target", "the two camps")]


def test_a_source_goes_on_with_its_apposition() -> None:
    pieces = (_marked("source", "camps"), _marked("source", "Oslo"))
    assert _found("sides", *pieces) == [("source", "the two camps , Oslo")]


def test_an_article_alone_and_an_unsure_side_are_no_sides() -> None:
    assert _found("sides", _marked("target", "the")) == []
    assert _found("sides", _marked("target", "Oslo", 0.4)) == []


def test_roles_of_an_attack_only_where_one_is_told_and_without_what_stands_around_them() -> None:
    fill = _marked("hum_tgt_name", "Ada in")
    assert _found("fills", fill) == []
    assert _found("fills", fill, attack=True) == [("hum_tgt_name", "Ada")]

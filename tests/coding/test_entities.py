"""Names found step by step for many sentences at once are those that spaCy finds for each."""

from typing import Any

import pytest
import spacy

from dateline.coding.entities import find_names, moves_of
from dateline.coding.language import MODEL

SENTENCES = [
    "Police in Kisumu arrested nine students of Maseno University on Monday, 4 March 2019.",
    "The Zimbabwe Congress of Trade Unions said 1,200 people marched from Mbare to Harare's Africa Unity Square.",
    "Angela Merkel met Emmanuel Macron in Berlin.",
    "It rained.",
    "London",
    "",
    " ",
    "New  York\n City police  and the U.N. Security   Council",
    "\tGeneral Abdel Fattah al-Burhan flew to Port Sudan",
    "A third of the 40 hostages, the Red Cross said late on Tuesday, were French or Swiss.",
    "INTERIOR MINISTER JOHN DOE SAID FIVE PERCENT OF THE $3 MILLION WAS PAID TO THE LORD'S RESISTANCE ARMY",
    "From Lagos to Kano , from Kano to Maiduguri , from Maiduguri to Bama",
]


@pytest.fixture(scope="module")
def model() -> Any:
    return spacy.load(MODEL)


def _ours(model: Any, sentences: list[str], batch: int = 32) -> list[list[tuple[int, int, str]]]:
    return find_names(model.get_pipe("ner"), [model.make_doc(it) for it in sentences], batch)


def test_names_are_those_that_spacy_finds(model: Any) -> None:
    theirs = [[(it.start, it.end, it.label_) for it in doc.ents] for doc in model.pipe(SENTENCES)]
    assert sum(map(len, theirs)) > 20
    assert _ours(model, SENTENCES) == theirs


def test_names_do_not_depend_on_company(model: Any) -> None:
    together = _ours(model, SENTENCES)
    assert [_ours(model, [it])[0] for it in SENTENCES] == together
    assert _ours(model, SENTENCES[::-1], batch=2) == together[::-1]


def test_no_sentences_have_no_names(model: Any) -> None:
    assert _ours(model, []) == []


def test_what_may_follow() -> None:
    moves = moves_of(["B-ORG", "I-ORG", "L-ORG", "U-ORG", "U-", "O", "B-GPE"])
    assert moves.kinds == ("GPE", "ORG")
    assert (moves.inside[0] == 0).tolist() == [True, False, False, True, False, True, True]
    assert (moves.inside[2] == 0).tolist() == [False, True, True, False, False, False, False]
    assert (moves.last[2] == 0).tolist() == [False, False, True, False, False, False, False]
    assert (moves.last[0] == 0).tolist() == [False, False, False, True, False, True, False]

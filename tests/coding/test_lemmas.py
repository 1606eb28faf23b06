"""Parts of speech and lemmas that we look up must be those that spaCy's own pipeline makes."""

from __future__ import annotations

import pytest
import spacy
from spacy.strings import StringStore

from dateline.coding.language import MODEL
from dateline.coding.lemmas import _NUMBERS, open_tables, pos_after

TEXTS = (
    "There were clashes, and the police didn't stop them: 12 men were badly hurt.",
    'The U.S. envoy told reporters on Dec. 3 (a Monday) that talks "have begun" in St. Petersburg.',
    "Don't say that the army's been sent; that is what they'd have us believe.",
    "Workers who went on strike want higher wages than the firm's best-paid managers get.",
    "The rebels' leader was seen leaving; nobody knew whether he had fled to the north-east.",
    "It cost 3.5m euros, i.e. more than $2,000 a head (http://example.org/budget?year=2024).",
    "''We are the ones they fear'', said one of the better known speakers ... in Port-au-Prince.",
    "WOMEN MARCHED ON THE MINISTRY, 200 OF THEM; NO ONE WAS ARRESTED.",
    "",
)


@pytest.fixture(scope="module")
def pipeline() -> spacy.Language:
    return spacy.load(MODEL)


@pytest.mark.parametrize("text", TEXTS)
def test_parts_of_speech_and_lemmas_are_those_of_spacy(pipeline: spacy.Language, text: str) -> None:
    before = ""
    for token in pipeline(text):
        pos, lemma = open_tables().look_up(token.text, token.tag_, token.dep_)
        assert (token.text, pos_after(pos, token.text, before), lemma) == (token.text, token.pos_, token.lemma_.lower())
        before = token.dep_


def test_the_tables_are_found_under_spacys_numbers() -> None:
    assert {pos: StringStore([pos])[pos] for pos in _NUMBERS} == _NUMBERS

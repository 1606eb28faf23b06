"""The network: what it answers must not depend on its company, and its words must be words of the passage."""

import sys

import numpy as np
import pytest

from dateline.coding.decoding import words_of
from dateline.coding.encoder import Encoder, Passage, open_encoder

ARREST = Passage("Police in Kisumu arrested nine students on Monday.")
MATCH = Passage("The home side scored twice in the second half.")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


def test_it_names_the_event_and_its_parties(encoder: Encoder) -> None:
    (judgement,) = encoder.judge([ARREST])
    (named,) = judgement.named
    assert (ARREST.text[named.start : named.end], named.type, named.form, named.status) == (
        "arrested",
        "COERCE",
        "arrest",
        "asserted",
    )
    parties = {mark.role: ARREST.text[mark.start : mark.end] for mark in judgement.marked["roles"]}
    assert parties["actor"].startswith("Police")
    assert "students" in parties["recipient"]
    assert judgement.score("types", "COERCE") > 0.9


def test_it_finds_nothing_in_a_match_report(encoder: Encoder) -> None:
    (judgement,) = encoder.judge([MATCH])
    assert judgement.named == ()
    assert max(judgement.labels["types"].values()) < 0.5


def test_a_judgement_does_not_depend_on_its_company(encoder: Encoder) -> None:
    company = [MATCH, ARREST, Passage("They were freed.", "Nine students were arrested."), Passage("")]
    alone = [encoder.judge([passage])[0] for passage in company]
    assert encoder.judge(company) == alone
    assert encoder.judge(company[::-1]) == alone[::-1]


def test_what_stands_before_counts_but_is_not_marked(encoder: Encoder) -> None:
    passage = Passage("They were freed on Friday.", "Nine students were arrested.")
    (judgement,) = encoder.judge([passage])
    spans = [(it.start, it.end) for it in judgement.named] + [(it.start, it.end) for it in judgement.marked["roles"]]
    assert all(0 <= start < end <= len(passage.text) for start, end in spans)


@pytest.mark.parametrize("text", ["", " ", "...", "\u200b", "a" * 5000, "word " * 900, "مردم در خیابان"])
def test_no_text_is_too_odd(encoder: Encoder, text: str) -> None:
    (judgement,) = encoder.judge([Passage(text)])
    assert all(0 <= span.start < span.end <= len(text) for span in judgement.named)


def test_an_embedding_is_a_unit_vector_near_for_one_sense(encoder: Encoder) -> None:
    first, second, other = encoder.embed(
        ["Dockers walked off the job.", "Port workers went on strike.", "The central bank cut rates."]
    )
    assert np.allclose(np.linalg.norm([first, second, other], axis=1), 1, atol=1e-4)
    assert first @ second > first @ other
    assert encoder.embed([]).shape == (0, 384)


def test_pieces_that_touch_make_words() -> None:
    text = "ex-soldier's"
    pieces = [(0, 2), (2, 3), (3, 7), (7, 10), (10, 11), (11, 12)]
    assert [text[word.start : word.end] for word in words_of(text, pieces)] == ["ex", "-", "soldier", "'", "s"]


def test_no_model_hub_is_opened(encoder: Encoder) -> None:
    encoder.judge([ARREST])
    assert "huggingface_hub" not in sys.modules
    assert "torch" not in sys.modules

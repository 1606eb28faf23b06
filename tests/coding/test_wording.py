"""What is claimed of an event, read a second time: by the words around it."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.coding.encoder import Passage, open_encoder
from dateline.coding.pupil import open_pupil
from dateline.coding.wording import CODERS, features_of, forms_of, wording, words_of


def score(sentence: str, word: str, status: str) -> float:
    start = sentence.index(word)
    found = wording().scores("swift", sentence, start, start + len(word))
    return float(found[wording().statuses.index(status)] - found[wording().statuses.index("asserted")])


def test_statuses_stand_in_the_order_of_the_networks() -> None:
    assert list(wording().statuses) == list(open_pupil().card.status) == list(open_encoder().card.status)


def test_the_large_network_is_corrected_too() -> None:
    """What is added to its logits may turn its answer, or be nothing."""
    passage = Passage("Nurses marched through the town on Friday.")
    statuses = wording().statuses
    for status in ("asserted", "denied"):
        added = np.where(np.array(statuses) == status, 20, 0).astype(np.float32)
        (told,) = open_encoder().judge([passage], lambda *_, added=added: added)[0].named
        assert told.status == status
    nothing = np.zeros(len(statuses), np.float32)
    assert open_encoder().judge([passage], lambda *_: nothing) == open_encoder().judge([passage])


@pytest.mark.parametrize(
    ("told", "plain", "word", "status"),
    [
        ("There was no strike at the dam.", "There was a strike at the dam.", "strike", "denied"),
        ("Police did not arrest him.", "Police did arrest him.", "arrest", "denied"),
        ("Nurses will march on Friday.", "Nurses did march on Friday.", "march", "planned"),
        ("Welders plan to strike at noon.", "Welders began to strike at noon.", "strike", "planned"),
        ("If they march, he goes.", "Since they march, he goes.", "march", "hypothetical"),
        ("Deputies urged him to resign.", "Deputies saw him resign.", "resign", "called_for"),
        ("Guards often beat inmates.", "Guards then beat inmates.", "beat", "generic"),
        ("It marks the anniversary of the raid.", "It tells the story of the raid.", "raid", "background"),
    ],
)
def test_words_that_claim_something_else_count_for_it(told: str, plain: str, word: str, status: str) -> None:
    assert score(told, word, status) > score(plain, word, status)


def test_where_a_word_stands_counts() -> None:
    """Behind a comma or a stop it is of another clause."""
    near = features_of("He will march", 8, 13)
    far = features_of("He will, march", 9, 14)
    assert near - far
    assert features_of("No march", 3, 8) != features_of("March, no", 0, 5)


def test_case_numbers_and_kinds_of_apostrophe_do_not_count() -> None:
    assert features_of("They won’t march on 5 May", 11, 16) == features_of("they won't march on 17 may", 11, 16)
    assert words_of("…") == []
    assert features_of("march", 0, 5)


@pytest.mark.parametrize("coder", CODERS)
def test_no_words_around_leave_the_shift_alone(coder: str) -> None:
    assert np.allclose(wording().scores(coder, "", 0, 0), wording().shifts[coder])


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("plan", "planned"),
        ("deny", "denies"),
        ("urge", "urging"),
        ("press", "presses"),
        ("seek", "sought"),
        ("delay", "delayed"),
    ],
)
def test_verbs_are_known_in_all_their_forms(lemma: str, form: str) -> None:
    assert form in forms_of(lemma)

"""The second reading of what police did: by words, beside the network."""

from __future__ import annotations

import pytest

from dateline.coding.conduct import HEAD, conduct_words, features_of, logit
from dateline.coding.decoding import Judgement

NEUTRAL = Judgement({HEAD: {"KILL": 0.2, "FAIL": 0.1, "ANY_ACTION": 0.4}}, (), {})


def chance(sentence: str, label: str) -> float:
    return conduct_words().reread(sentence, NEUTRAL).score(HEAD, label)


def test_features_are_words_and_pairs_once_whatever_their_case() -> None:
    assert features_of("Police fired; police FIRED.") == features_of("police fired police fired")
    assert len(features_of("police fired police fired")) == 4
    assert features_of("12 dead") == features_of("300 dead")
    assert features_of("…") == ()


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        (
            "Officers stood by as mute spectators while the mob looted the shops.",
            "Shops sold sweets on the festival day.",
        ),
        ("Residents spoke of total inaction on the part of the police.", "Residents spoke of total joy at the fair."),
    ],
)
def test_words_of_failing_raise_it_beside_the_same_network(told: str, plain: str) -> None:
    assert chance(told, "FAIL") > 3 * chance(plain, "FAIL")


def test_words_of_acting_raise_it() -> None:
    assert chance("Police fired tear gas at the crowd.", "ANY_ACTION") > chance("It rained at noon.", "ANY_ACTION")


def test_other_labels_stay_as_the_network_gave_them() -> None:
    assert chance("Police shot four people dead.", "KILL") == 0.2
    assert NEUTRAL.score(HEAD, "FAIL") == 0.1, "a judgement is never changed in place"


def test_the_network_counts_too() -> None:
    sure = Judgement({HEAD: {"FAIL": 0.9, "ANY_ACTION": 0.4}}, (), {})
    sentence = "The police did not come."
    assert conduct_words().reread(sentence, sure).score(HEAD, "FAIL") > chance(sentence, "FAIL")


def test_certainty_has_a_logarithm() -> None:
    assert logit(1.0) == pytest.approx(-logit(0.0))
    assert (
        conduct_words().reread("", Judgement({HEAD: {"FAIL": 0.0, "ANY_ACTION": 1.0}}, (), {})).score(HEAD, "FAIL")
        < 0.05
    )

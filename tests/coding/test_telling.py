"""Is it an event at all? What the network names, read a second time."""

from __future__ import annotations

import json

import pytest

from dateline.coding.decoding import Named
from dateline.coding.endings import Line
from dateline.coding.telling import Telling, chance_of, features_of, numbers_of, unpack
from dateline.model.text import Span


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _named(confidence: float) -> Named:
    return Named(0, 1, "ASSAULT", confidence, "beating", 0.6, "asserted", 0.7)


def _chance(text: str, words: str, confidence: float = 0.5) -> float:
    return chance_of(Line.of(text), _span(text, words), _named(confidence), 0.6, 1)


def test_a_bare_adjective_is_doubted_more_than_a_verb() -> None:
    assert _chance("Two men, brutal and bold, came.", "brutal") < _chance("Police beat two men, and left.", "beat")


def test_who_is_surer_is_surer() -> None:
    text = "Police beat two men."
    low, high = _chance(text, "beat", 0.2), _chance(text, "beat", 0.9)
    assert 0 < low < high < 1


def test_only_endings_and_small_words_are_seen() -> None:
    text = "Zorlik guards thrashed brelts in Vundia."
    seen = features_of(Line.of(text), _span(text, "thrashed"), "ASSAULT")
    assert "ASSAULT -ed" in seen
    assert not [it for it in seen for word in ("zorlik", "guards", "thrashed", "brelts") if word in it.lower()]


@pytest.mark.parametrize(("chance", "odds"), [(0.0, -6.9068), (0.5, 0.0), (1.0, 6.9068)])
def test_chances_of_nought_and_one_have_an_end(chance: float, odds: float) -> None:
    assert numbers_of(_named(chance), chance, 1)[:2] == pytest.approx((odds, odds), abs=1e-3)


def test_weights_add_up() -> None:
    weights = unpack(json.dumps({"bias": 1, "numbers": [2, 0], "weights": {"a": -3}}).encode())
    assert weights == Telling(1, (2, 0), {"a": -3})
    assert weights.chance(["a", "b"], (1, 9)) == 0.5

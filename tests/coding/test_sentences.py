"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coding.sentences import MAX_SENTENCE, find_sentences


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Police came. They left.", ["Police came.", "They left."]),
        ("A headline\n\nThe text begins.", ["A headline", "The text begins."]),
        ("HomeWorld\nA headline\nMr. Braun spoke.", ["HomeWorld", "A headline", "Mr. Braun spoke."]),
        ("Lt. Col. Weiss spoke.", ["Lt. Col. Weiss spoke."]),
        ("It rained on No. 5 pit. It closed.", ["It rained on No. 5 pit.", "It closed."]),
        ("LEIPZIG, Oct. 10 - Some 900 people met.", ["LEIPZIG, Oct. 10 -", "Some 900 people met."]),
        ("SAN LUIS, 4 FEB 90 (WIRE) -- THE ARMY CAME.", ["SAN LUIS, 4 FEB 90 (WIRE) --", "THE ARMY CAME."]),
        ("PARIS (Wire) — Two men left.", ["PARIS (Wire) —", "Two men left."]),
        ("by Lina Torvald Two men left.", ["by Lina Torvald", "Two men left."]),
        ("By Lina B. Torvald The men left.", ["By Lina B. Torvald", "The men left."]),
        ("By Monday the men had left.", ["By Monday the men had left."]),
        ("A headline\n\nBy Kara Police Square two men left.", ["A headline", "By Kara Police Square two men left."]),
        ("Police - some on horses - came.", ["Police - some on horses - came."]),
        ("NATO troops - some 900 - came.", ["NATO troops - some 900 - came."]),
        ("• Two were held.\n- A third fled.", ["Two were held.", "A third fled."]),
        ("The crowd went on\nto the square.", ["The crowd went on\nto the square."]),
    ],
)
def test_boundaries(text: str, sentences: list[str]) -> None:
    assert _split(text) == sentences


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    lines = [
        "Some two hundred people gathered at the church door",
        "and sang until Police came and asked them to move",
        "on.",
    ]
    assert len(_split("\n".join(lines))) == 1


def test_an_endless_sentence_is_cut_at_spaces() -> None:
    pieces = _split("word " * 2000)
    assert max(map(len, pieces)) <= MAX_SENTENCE
    assert " ".join(pieces).split() == ["word"] * 2000


@given(st.text(max_size=200))
def test_sentences_are_in_order_inside_and_lose_no_word(text: str) -> None:
    spans = find_sentences(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    covered = {offset for start, end in spans for offset in range(start, end)}
    assert all(offset in covered for offset, char in enumerate(text) if char.isalnum())

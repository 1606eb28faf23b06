"""Words in a row that tell of one event are one."""

import pytest

from dateline.coding.decoding import Named
from dateline.coding.joining import goes_on, told_once


def _named(text: str, words: str, type: str, confidence: float, form: str, form_score: float) -> Named:
    start = text.index(words)
    return Named(start, start + len(words), type, confidence, form, form_score, "asserted", 0.9)


def test_words_that_go_on_are_joined_and_the_surest_says_what_it_is() -> None:
    text = "They did not torch the hall and beat the guard."
    words = [
        _named(text, "did", "ASSAULT", 0.4, "beating", 0.5),
        _named(text, "torch", "ASSAULT", 0.9, "arson", 0.8),
        _named(text, "beat", "ASSAULT", 0.9, "beating", 0.8),
    ]
    (first, second) = told_once(text, words)
    assert (text[first.start : first.end], first.form, first.confidence) == ("did not torch", "arson", 0.9)
    assert second == words[2]


def test_words_of_another_type_are_not_joined() -> None:
    text = "They agreed to strike."
    words = [_named(text, "agreed", "AGREE", 0.9, "", 0.8), _named(text, "strike", "PROTEST", 0.9, "strike", 0.8)]
    assert told_once(text, words) == words


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

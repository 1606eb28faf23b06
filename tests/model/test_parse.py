"""A sentence finds its words by their characters."""

from __future__ import annotations

import pytest

from dateline.model.parse import Sentence, Token

WORDS = "Police freed nine men".split()


def _sentence() -> Sentence:
    starts = [0, 7, 13, 18]
    tokens = [
        Token(place, start, start + len(word), word, word, "", "", "", 1)
        for place, (start, word) in enumerate(zip(starts, WORDS, strict=True))
    ]
    return Sentence(0, 0, 21, tuple(tokens))


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (0, 21, "Police freed nine men"),
        (7, 12, "freed"),
        (8, 9, "freed"),
        (5, 8, "Police freed"),
        (6, 7, ""),
        (12, 18, "nine"),
        (9, 9, "freed"),
        (21, 30, ""),
    ],
)
def test_words_that_share_a_character_with_a_stretch(start: int, end: int, found: str) -> None:
    assert " ".join(token.text for token in _sentence().within(start, end)) == found


def test_an_unparsed_sentence_has_no_words() -> None:
    assert Sentence(0, 0, 21).within(0, 21) == []


def test_a_word_without_children_is_a_whole_branch() -> None:
    sentence = _sentence()
    assert sentence.subtree(sentence.tokens[3]) == [sentence.tokens[3]]
    assert sentence.subtree(sentence.tokens[1]) == list(sentence.tokens)
    assert sentence.subtree(sentence.tokens[1], frozenset({2})) == [sentence.tokens[it] for it in (0, 1, 3)]

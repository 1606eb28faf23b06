"""The quick patterns find what the whole one finds, and no word is lost where different words are looked at once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.publishing.words import _WORDS, _pattern, tokens_in, words_in

TEXTS = st.text(st.sampled_from("aZé ß\u0301\u00ad\u200c\n\t-\u2010_1.|;&مЖ中 "), max_size=24)


@settings(deadline=None)
@given(TEXTS)
def test_the_quick_patterns_find_the_same_words(text: str) -> None:
    assert [it.span() for it in _pattern(text).finditer(text)] == [it.span() for it in _WORDS.finditer(text)]


@settings(deadline=None)
@given(TEXTS)
def test_no_word_is_lost_among_the_different_ones(text: str) -> None:
    assert {word.text for word in words_in(text)} <= tokens_in(text)


def test_words_that_entities_spaces_or_line_ends_hide_are_found() -> None:
    text = "M&uuml;ller, L e n a and Web-\nerling"
    assert {"M&uuml;ller", "L e n a", "Web-\nerling"} <= tokens_in(text)

"""Words are cut as the language model's own tokenizer cuts them."""

import pytest

from dateline.coding.parser import parse
from dateline.coding.tokenizing import open_tokenizer

TEXTS = [
    "They didn't shell U.S.-held (old) Kano, did they?",
    "He can't've paid $40m (or so) for it: ‘never’, he said...",
    "Dr. O'Neil-Smith's anti-government rally drew 20,000–30,000 at 5p.m. in St. Louis, Mo.",
    "See https://example.org/a?b=c, or write to desk@example.org!",
    "“We’ll go,” they said; ''nobody'' left. So it was, in Va. and Fla.",
    "It rose by 3.5% to 10km/h -- and/or more -- on 1/2/2021 (see p.5).",
    "Gunmen\tfired  twice :-) and left...well, not all.",
    "The F-16s flew at 9:30am; the M23's men, the ex-FARC, non-EU and pro-ISIS ones didnt.",
    "a.m. A.M. e.g. i.e. vs. No.5 #7 *bold* _it_ <b> x=1 {y} [z] ~ ^ &amp; C++ 'tis 'em y'all",
]


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_the_language_models(text: str) -> None:
    words = [text[start:end] for start, end in open_tokenizer().spans(text)]
    assert words == [token.text for sentence in parse(text) for token in sentence.tokens]


def test_nothing_but_space_is_lost() -> None:
    for text in TEXTS:
        spans = open_tokenizer().spans(text)
        assert "".join(text[start:end] for start, end in spans) == "".join(text.split())
        assert all(start < end for start, end in spans)


def test_of_nothing_there_are_no_words() -> None:
    assert open_tokenizer().spans("") == open_tokenizer().spans(" \n ") == []

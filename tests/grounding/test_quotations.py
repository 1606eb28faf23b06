from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.grounding.quotations import find_quotations, is_speech

CASES = [
    ("She said, “We stayed.” Then she left.", ["“We stayed.”"]),
    ('He said: "Nobody fired." It was dark.', ['"Nobody fired."']),
    ("''It was a peaceful march,'' the mayor said.", ["''It was a peaceful march,''"]),
    ("« Nous resterons », dit-il.", ["« Nous resterons »"]),
    ("„Wir sind das Volk“, riefen sie.", ["„Wir sind das Volk“"]),
    ("The guard’s dog and the workers' hall were there.", []),
    ("‘They took my son,’ she said; the son’s cap lay there.", ["‘They took my son,’"]),
    ("“He shouted ‘stop’ at us,” she said.", ["“He shouted ‘stop’ at us,”"]),
    ("“First part.\n\n“Second part.\n\n“Third part,” he said.", ["“First part.\n\n“Second part.\n\n“Third part,”"]),
    ("“Never closed, he said.\n\nThe square was empty.", ["“Never closed, he said."]),
    ('A 6" pipe was found.', []),
    ("“We stayed,� she said, and left.", ["“We stayed,�"]),
    ("�We stayed,� she said, and left.", ["�We stayed,�"]),
    ("the women''s hall and the clerks'' hall were there.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quotations_are_found(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_quotations(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("its “Freedom Brigades,” were seen", False),
        ("the so-called “people’s court” met", False),
        ("“No!” she said", True),
        ("“We shall come back tomorrow,” she said", True),
    ],
)
def test_a_few_quoted_words_are_no_speech(text: str, expected: bool) -> None:
    assert is_speech(text, find_quotations(text)[0]) is expected


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„", max_size=300))
def test_quotations_stand_in_the_text_in_order(text: str) -> None:
    parts = [part for one in find_quotations(text) for part in one.parts]
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    assert all(left.end <= right.start for left, right in pairwise(parts))


def test_many_quotations_are_read_in_one_pass() -> None:
    assert len(find_quotations('"a" ' * 60_000)) == 60_000

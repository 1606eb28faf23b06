"""Cleaning and its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coding import cleaning
from dateline.coding.cleaning import clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("in- forming the public", "informing the public"),
        ("in-\nforming", "informing"),
        ("in-\r\n   forming", "informing"),
        ("pre- and post-war", "pre- and post-war"),  # a suspended hyphen
        ("anti-regime", "anti-regime"),
        ("the\u00a0MEK", "the MEK"),
        ("pro\u00adtest", "protest"),
        ("\u202eright\u202c", "right"),
        ("â€œWe marchâ€\u009d", "“We march”"),
        ("cafÃ©", "café"),
        ("naïve Ângela", "naïve Ângela"),  # no mojibake
    ],
)
def test_what_is_mended(text: str, cleaned: str) -> None:
    assert clean(text).text == cleaned


@given(st.text(alphabet="ab- \n\u00a0\u00adâ€œÃ©.", max_size=60))
def test_every_cleaned_stretch_leads_back_into_the_original(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.starts) == len(cleaned.ends) == len(cleaned.text)
    for start in range(len(cleaned.text)):
        first, last = cleaned.back(start, start + 1)
        assert 0 <= first < last <= len(text)
    assert list(cleaned.starts) == sorted(cleaned.starts)


@given(st.text(alphabet="ab- \n\t\u00a0\u00ad\u2003\u2028\u205f\u2066\u3000\ufeffâ€œÃ©Â.", max_size=60))
def test_all_that_is_broken_begins_with_what_is_looked_for(text: str) -> None:
    wanted = [found.span() for found in cleaning._BROKEN.finditer(text)]
    assert [found.span() for found in cleaning._broken(text)] == wanted

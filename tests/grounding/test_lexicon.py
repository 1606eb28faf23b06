from __future__ import annotations

import pytest

from dateline.grounding.lexicon import load_lexicon
from dateline.model.codebook import plover

NAMES = [
    ("the MEK’s role", [("MEK", "People's Mojahedin Organization of Iran")]),
    ("Communist Party of India (Maoist) men", [("Communist Party of India (Maoist)",) * 2]),
    ("the U.N. said", [("U.N.", "United Nations")]),
    ("who said it was", []),
    ("Iran’s Revolutionary Guards", [("Iran’s Revolutionary Guards", "Islamic Revolutionary Guard Corps")]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_are_found_as_written(text: str, expected: list[tuple[str, str]]) -> None:
    found = load_lexicon().names.find(text)
    assert [(text[span.start : span.end], known.name) for span, known in found] == expected


COUNTRIES = [
    ("a Turkish court", ["TUR"]),
    ("they told us", []),
    ("the US and the U.S.", ["USA", "USA"]),
    ("North Korea's army", ["PRK"]),
    ("Iranians and Iraqis", ["IRN", "IRQ"]),
]


@pytest.mark.parametrize(("text", "expected"), COUNTRIES)
def test_countries_and_their_people_are_found(text: str, expected: list[str]) -> None:
    assert [code for _, code in load_lexicon().countries.find(text)] == expected


def test_every_sector_is_one_of_the_codebook() -> None:
    lexicon = load_lexicon()
    used = set(lexicon.sectors.values()) | {known.sector for known in lexicon.names.entries.values() if known.sector}
    assert used <= {code for code, _ in plover().sectors}


def test_role_words_are_lower_case() -> None:
    assert [word for word in load_lexicon().sectors if word != word.lower()] == []

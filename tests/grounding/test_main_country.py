"""What the country of a report is: its places have a say beside the countries, bodies and figures that it names."""

import pytest

from dateline.coding.parser import parse
from dateline.grounding.cast import read_cast
from dateline.grounding.gazetteer import Gazetteer
from dateline.grounding.places import find_places


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (
            "Police in Durban fired stun grenades. A crowd from Durban and Umlazi robbed Pakistani traders.",
            "ZAF",
            "Durban",
        ),
        ("Police in Tamale detained two clerks. Crowds in Kumasi marched.", "GHA", "Tamale"),
        ("Pakistani police detained two clerks in Durban.", "PAK", "Pakistani"),
        ("Kenya's police met those of Uganda in Durban.", None, None),
    ],
)
def test_places_count_beside_names_of_countries(
    text: str, code: str | None, words: str | None, gazetteer: Gazetteer
) -> None:
    sentences = parse(text)
    country = read_cast(text, sentences, find_places(text, sentences, gazetteer)).country
    assert (country and country[0], country and country[1].quote) == (code, words)

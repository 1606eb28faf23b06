"""Names of places in text of one case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dateline.coding.parser import parse
from dateline.grounding.places import find_places
from dateline.grounding.times import find_times

if TYPE_CHECKING:
    from dateline.grounding.gazetteer import Gazetteer

PLACES = [
    # (text, the names of its places)
    ("the police fired on crowds in godhra and vadodara, and the riots went on.", ["Godhra", "Vadodara"]),
    ("enugu: the nurses said that they would march to the governor's office.", ["Enugu"]),
    ("TROOPS FIRED ON CROWDS IN USULUTAN, AND MORE MARCHED IN SAN MIGUEL.", ["Usulután", "San Miguel"]),
    ("THE NEW JERSEY STRIKE GOES ON FOR A WEEK", ["New Jersey"]),
    ("the nurses were reading in bed, and mobile phones were taken from them.", []),
    ("The nurse reached reading in the evening; he wrote to kano of it.", []),
    ("Police fired on a crowd in godhra. Nobody in the town of godhra saw who gave the order to them on that wet day.",
     ["Godhra", "Godhra"]),
    ("Police fired on a crowd in godhra. Nobody in the town saw who gave the order to them on that day, said Mr Singh.",
     []),
    ("the rebels seized the town of tonacatepeque, and fired on the men of tonacatepeque.", ["Tonacatepeque"] * 2),
    ("the rebels seized a house, and fired on the residents of tonacatepeque for a day.", []),
    ("the rebels were bombed in northern morazan department by the air force of the country.", ["Morazán"]),
    ("a man of kano, who was in kano on friday, met the bishop of kano there.", ["Kano"] * 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), PLACES)
@pytest.mark.parametrize("is_parsed", [True, False])
def test_places_of_one_case(text: str, names: list[str], is_parsed: bool, gazetteer: Gazetteer) -> None:
    sentences = parse(text, None if is_parsed else lambda _: False)
    found = find_places(text, sentences, gazetteer)
    assert [place.name for place in found] == names
    assert all(text[place.evidence.start : place.evidence.end] == place.evidence.quote for place in found)


TIMES = [
    ("on friday the court sat", ["2002-03-01"]),
    ("he was taken on february 19 last", ["2002-02-19"]),
    ("they met on 15 march and on march 16", ["2002-03-15", "2002-03-16"]),
    ("they may march in august company", []),
    ("the ban was ordered two days back", ["2002-03-04"]),
    ("the two men went back to the sun", []),
]


@pytest.mark.parametrize(("text", "days"), TIMES)
def test_times_in_lower_case(text: str, days: list[str]) -> None:
    assert [when.edtf for when in find_times(text, published=date(2002, 3, 6))] == days

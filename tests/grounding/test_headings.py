"""Headings of bulletins: the place or day of a line of its own holds for what is told below it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.grounding.test_scenes import code

from dateline.grounding.headings import places_below, times_below
from dateline.grounding.places import find_places, places_of
from dateline.grounding.times import find_times, times_of
from dateline.model.ground import Basis

if TYPE_CHECKING:
    from dateline.grounding.gazetteer import Gazetteer

SITUATION = """WEEKLY REPORT OF THE WATCH
Period: 1 to 7 March 2021
Towns: Kaduna, Kano

KADUNA
Two traders were shot at the cattle market. Their stalls were burned.

KANO
Nine students were held after a vigil. Nobody was hurt.

REMARKS
Journalists were beaten as well.
"""
CHRONICLE = """The strike of the dockers, day by day, as our members wrote it down in the yard and sent it to us

4 June 2018
Pickets were beaten at the gate.

5 June 2018:
Two men were held. One of them had been beaten before.

6 June 2018
Dockers marched to the mole. A striker will be heard on Friday.
"""


def wheres(text: str, gazetteer: Gazetteer, *triggers: str) -> list[tuple[str | None, str] | None]:
    coding = code(text, *triggers)
    places = find_places(text, coding.sentences, gazetteer)
    near = places_of(coding, places, lambda place: gazetteer.is_capital(place.geonames))
    return [(it.name, it.basis.value) if it else None for it in places_below(coding, places, near, text)]


def whens(text: str, *triggers: str) -> list[str | None]:
    coding = code(text, *triggers)
    times = find_times(text, published=date(2021, 3, 9))
    found = times_below(coding, times, times_of(coding, times), text)
    assert all(it is None or it.basis is Basis.INFERRED for it in found)
    assert all(it is None or text[it.evidence.start : it.evidence.end] == it.evidence.quote for it in found)
    return [it.edtf if it else None for it in found]


def test_what_stands_below_a_place_took_place_there(gazetteer: Gazetteer) -> None:
    found = wheres(SITUATION, gazetteer, "shot", "burned", "held", "vigil")
    assert found == [("Kaduna", "inferred"), ("Kaduna", "inferred"), ("Kano", "inferred"), ("Kano", "inferred")]


def test_another_heading_ends_a_place(gazetteer: Gazetteer) -> None:
    (place,) = wheres(SITUATION, gazetteer, "beaten")
    assert place is None or place[0] != "Kano"


def test_a_period_holds_for_all_that_happened() -> None:
    assert whens(SITUATION, "shot", "held", "beaten") == ["2021-03-01/2021-03-07"] * 3


def test_what_stands_below_a_day_was_then() -> None:
    found = whens(CHRONICLE, "beaten", "held", "beaten", "marched")
    assert found == ["2018-06-04", "2018-06-05", None, "2018-06-06"]


ALONE = [
    "Kaduna is loud at night. The rains came late this year.\nOnly then\nKano\nwas reached. Two men were shot.",
    "The weather in Kaduna.\n\nKano: the city of cloth. Two men were shot.",
    "Two men were shot.\n\nKANO",
]


@pytest.mark.parametrize("text", ALONE)
def test_no_heading(text: str, gazetteer: Gazetteer) -> None:
    coding = code(text, "shot")
    places = find_places(text, coding.sentences, gazetteer)
    assert places_below(coding, places, [None], text) == [None]


def test_an_events_own_place_comes_first(gazetteer: Gazetteer) -> None:
    text = SITUATION.replace("Nobody was hurt", "Fans were stoned in Enugu")
    assert wheres(text, gazetteer, "held", "stoned")[1] == ("Enugu", "stated")


def test_two_days_of_a_label_are_a_period() -> None:
    text = "Reporting period: 9 October 1989, 06:00 hours, to 10 October 1989, 06:00 hours\n\nA tram was stoned."
    assert whens(text, "stoned") == ["1989-10-09/1989-10-10"]

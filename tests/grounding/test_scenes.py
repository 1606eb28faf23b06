"""Where an event took place if its own words do not tell: "this capital", the report as a whole, never an embassy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.coding.parser import parse
from dateline.grounding.gazetteer import Gazetteer
from dateline.grounding.places import find_places, places_of
from dateline.model.event import Coding, Event, Status
from dateline.model.ground import Basis, Place, Precision
from dateline.model.text import Evidence

CITY, PROVINCE, COUNTRY = Precision.CITY, Precision.PROVINCE, Precision.COUNTRY


def code(text: str, *triggers: str, kind: str = "ASSAULT", form: str | None = None, status: str = "asserted") -> Coding:
    """Mark words of a text as the triggers of events, each with its whole sentence as clause."""
    sentences, events, at = parse(text), [], 0
    for trigger in triggers:
        at = text.index(trigger, at)
        (own,) = (one for one in sentences if one.start <= at < one.end)
        span = Evidence(own.start, own.end, text[own.start : own.end]).span
        events.append(Event("", kind, form, Status(status), Evidence(at, at + len(trigger), trigger), span))
    return Coding("", tuple(events), (), sentences)


def places_in(text: str, coding: Coding, gazetteer: Gazetteer) -> list[Place | None]:
    places = find_places(text, coding.sentences, gazetteer)
    return places_of(coding, places, lambda place: gazetteer.is_capital(place.geonames))


def told(place: Place | None) -> tuple[str | None, Precision, Basis] | None:
    return (place.name, place.precision, place.basis) if place else None


MEANT = [
    # (text, trigger, name): words that are no name mean a place
    ("TUNIS, 4 May (Wire) - Nothing moved. Two men were shot in a street of this capital.", "shot", "Tunis"),
    ("MAPUTO (Wire) - Fares rose. Gunmen robbed a van on a wide avenue.", "robbed", "Maputo"),
    ("Rain fell in Gdansk. It was cold. It was late. Nine workers were beaten in the city.", "beaten", "Gdańsk"),
    ("Peru is large. Lima is loud. Ten men died in this country.", "died", "Peru"),
]


@pytest.mark.parametrize(("text", "trigger", "name"), MEANT)
def test_words_without_a_name_mean_a_place(text: str, trigger: str, name: str, gazetteer: Gazetteer) -> None:
    (place,) = places_in(text, code(text, trigger), gazetteer)
    assert place is not None
    assert (place.name, place.basis) == (name, Basis.INFERRED)


ONLY = [
    # (text, trigger, status, name): news happened in the only town that the report names, what is recalled need not
    (
        "Zambian miners are angry. The council of Kitwe raised fees. It was late. Stones were thrown.",
        "thrown",
        "asserted",
        "Kitwe",
    ),
    (
        "Zambian miners are angry. The council of Kitwe raised fees. It was late. Men were shot.",
        "shot",
        "background",
        "Zambia",
    ),
    (
        "Zambian miners are angry. The councils of Kitwe and Ndola met. It was late. Stones were thrown.",
        "thrown",
        "asserted",
        "Zambia",
    ),
    (
        "Zambian miners are angry. The council of Kitwe raised fees. It was late. Nobody was shot.",
        "shot",
        "denied",
        "Zambia",
    ),
    ("Cars burned in the heart of Lusaka. A guard was shot.", "burned", "asserted", "Lusaka"),
]


@pytest.mark.parametrize(("text", "trigger", "status", "name"), ONLY)
def test_the_only_town(text: str, trigger: str, status: str, name: str, gazetteer: Gazetteer) -> None:
    (place,) = places_in(text, code(text, trigger, status=status), gazetteer)
    assert place is not None
    assert place.name == name


OWNERS = [
    # (text, trigger, name, basis): whose an embassy is, is not where it is
    ("A bomb went off outside the U.S. embassy in Yemen.", "bomb", "Yemen", Basis.STATED),
    ("Mobs burned embassies of Denmark in Syria.", "burned", "Syria", Basis.STATED),
    ("Gunmen killed citizens of France near Niamey.", "killed", "Niamey", Basis.STATED),
]


@pytest.mark.parametrize(("text", "trigger", "name", "basis"), OWNERS)
def test_a_country_that_owns_is_no_place(
    text: str, trigger: str, name: str, basis: Basis, gazetteer: Gazetteer
) -> None:
    (place,) = places_in(text, code(text, trigger), gazetteer)
    assert place is not None
    assert (place.name, place.basis) == (name, basis)


ELSEWHERE = [
    # (text, trigger): the only place named is not where it was
    ("The raid aims at the capture of Mosul.", "raid"),
    ("A judge removed Smith, then the envoy for Bavaria.", "removed"),
    ("Smith, 23, of Toledo, was beaten.", "beaten"),
    ("Men were shot 40 km north of Bamako.", "shot"),
]


@pytest.mark.parametrize(("text", "trigger"), ELSEWHERE)
def test_what_is_aimed_at_or_reckoned_from_is_not_stated(text: str, trigger: str, gazetteer: Gazetteer) -> None:
    (place,) = places_in(text, code(text, trigger), gazetteer)
    assert place is None or place.basis is not Basis.STATED


GOES_ON = [
    # (text, triggers, the name of the place of each): a deed goes on where the one told before it was
    ("Dockers blocked a gate in Brest and burned tyres.", ("blocked", "burned"), ("Brest", "Brest")),
    ("Men shot a priest in Jos on Monday. Two were arrested. A third was beaten.", ("shot", "arrested", "beaten"),
     ("Jos", "Jos", "Jos")),
    ("Men shot a priest in Jos. Elsewhere in Nigeria two were arrested.", ("shot", "arrested"), ("Jos", "Nigeria")),
    ("Men shot a priest in Jos. In another raid a bus was burned in Yola.", ("shot", "burned"), ("Jos", "Yola")),
    ("A court in Turin jailed a man for an attack in Bari. He had beaten a guard.",
     ("jailed", "attack", "beaten"), ("Turin", "Bari", "Bari")),
    ("A court in Turin jailed a man for an attack in Bari. He was beaten in court.", ("jailed", "beaten"),
     ("Turin", "Turin")),
    ("Gdansk: Dockers marched. Two were beaten.\nLodz: Weavers marched.", ("marched", "beaten", "marched"),
     ("Gdańsk", "Gdańsk", "Łódź")),
    ("In the Chadian capital, N'Djamena, pupils burned tyres.", ("burned",), ("N'Djamena",)),
    ("Men shot two farmers in a hamlet 20 km north of Jos.", ("shot",), ("Jos",)),
    ("A dhow sailed in the Arabian Sea. It was hot. It rained. It was late. Sailors were beaten.", ("beaten",),
     ("Arabian Sea",)),
    ("TURIN (Wire) - A man was arrested in connection with blasts in Bari.", ("arrested",), ("Turin",)),
    ("Crowds met in Durban. South Africa is large. It rained. Bakers kept up their national strike.", ("strike",),
     ("South Africa",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triggers", "names"), GOES_ON)
def test_a_deed_is_where_the_tale_stands(
    text: str, triggers: tuple[str, ...], names: tuple[str, ...], gazetteer: Gazetteer
) -> None:
    found = places_in(text, code(text, *triggers), gazetteer)
    assert tuple(place.name if place else None for place in found) == names


def test_a_distance_gives_the_surroundings(gazetteer: Gazetteer) -> None:
    text = "Men shot two farmers in a hamlet 20 km north of Jos."
    (place,) = places_in(text, code(text, "shot"), gazetteer)
    assert place is not None
    assert (place.precision, place.basis, place.geonames) == (Precision.REGION, Basis.INFERRED, None)
    assert place.radius_km is not None
    assert place.radius_km >= 20


def test_a_chain_of_deeds_ends_far_from_its_words(gazetteer: Gazetteer) -> None:
    text = "Men shot a priest in Jos. Nigeria is large. " + "A man was beaten. " * 9
    *_, last = places_in(text, code(text, "shot", *["beaten"] * 9), gazetteer)
    assert told(last) is not None
    assert last is not None
    assert last.basis is Basis.INFERRED


SPOKEN = [
    ("The minister, speaking in Bern, rejected the plan. Geneva is loud.", "rejected", "Bern"),
    ("The envoy, who was in Oslo for talks, rejected the plan. Bergen is wet.", "rejected", "Oslo"),
]


@pytest.mark.parametrize(("text", "trigger", "name"), SPOKEN)
def test_what_is_said_is_where_the_speaker_is(text: str, trigger: str, name: str, gazetteer: Gazetteer) -> None:
    (place,) = places_in(text, code(text, trigger, kind="REJECT"), gazetteer)
    assert place is not None
    assert (place.name, place.basis) == (name, Basis.INFERRED)


def test_a_sentence_that_was_not_parsed_tells_where_the_tale_stands(gazetteer: Gazetteer) -> None:
    text = "Snow fell in Narvik. Two men were beaten."
    coding = code(text, "beaten")
    bare = replace(coding, sentences=(replace(coding.sentences[0], tokens=()), coding.sentences[1]))
    places = find_places(text, bare.sentences, gazetteer)
    (place,) = places_of(bare, places, lambda _: False, text)
    assert told(place) == ("Narvik", CITY, Basis.INFERRED)


def test_events_that_agree_place_the_others(gazetteer: Gazetteer) -> None:
    text = (
        "Youths burned cars in Nantes on Friday. Then it rained. The shops were shut. In Nantes two men were shot. "
        "Nobody came. Nobody slept. A third man was stabbed."
    )
    *_, last = places_in(text, code(text, "burned", "shot", "stabbed"), gazetteer)
    assert told(last) == ("Nantes", CITY, Basis.INFERRED)


def test_events_that_disagree_place_no_other(gazetteer: Gazetteer) -> None:
    text = (
        "Youths burned cars in Nantes on Friday. Then it rained. The shops were shut. In Lyon two men were shot. "
        "Nobody in France came. Nobody slept. Nobody spoke. A third man was stabbed."
    )
    *_, last = places_in(text, code(text, "burned", "shot", "stabbed"), gazetteer)
    assert told(last) == ("France", COUNTRY, Basis.INFERRED)


NOT_SO = [
    # (status, name): what did not happen did not happen where the rest did; what is imagined is nowhere
    (Status.DENIED, "Nantes"),
    (Status.HYPOTHETICAL, "France"),
]


@pytest.mark.parametrize(("status", "name"), NOT_SO)
def test_what_is_denied_is_in_the_town_of_the_others(status: Status, name: str, gazetteer: Gazetteer) -> None:
    text = (
        "Youths burned cars in Nantes on Friday. France is large. In Nantes two men were shot. Nobody came. It rained. "
        "Nobody was stabbed."
    )
    coding = code(text, "burned", "shot", "stabbed")
    last = replace(coding.events[-1], status=status)
    *_, place = places_in(text, replace(coding, events=(*coding.events[:-1], last)), gazetteer)
    assert place is not None
    assert place.name == name


def test_a_report_of_one_province_plays_there(gazetteer: Gazetteer) -> None:
    text = "Pupils in Bavaria stayed at home. Trains stood in Munich. It rained. It snowed. Drivers were beaten."
    (place,) = places_in(text, code(text, "beaten"), gazetteer)
    assert place is not None
    assert place.admin1 == "Bavaria"


def test_a_dateline_is_no_place_of_what_is_planned(gazetteer: Gazetteer) -> None:
    text = "GENEVA (Wire) - It is late. Two states are to sign a treaty next year."
    (planned,) = places_in(text, code(text, "sign", kind="AGREE", status="planned"), gazetteer)
    assert planned is None or planned.precision is COUNTRY or planned.name == "Geneva"
    text = "GENEVA (Wire) - It is late. Guards are to beat a man next year."
    (planned,) = places_in(text, code(text, "beat", status="planned"), gazetteer)
    assert planned is None or planned.precision is COUNTRY


def test_a_charge_is_brought_where_the_court_sits(gazetteer: Gazetteer) -> None:
    text = "A bank brought a suit in a Delaware court over the loan."
    (place,) = places_in(text, code(text, "suit", kind="ACCUSE", form="charge"), gazetteer)
    assert place is not None
    assert place.name == "Delaware"


def test_a_tale_does_not_stand_where_the_old_crime_was(gazetteer: Gazetteer) -> None:
    text = "CAPE TOWN (Wire) - Police hold a man over the blasts in Kenya. He was arrested at dawn."
    (place,) = places_in(text, code(text, "arrested", kind="COERCE"), gazetteer)
    assert place is not None
    assert place.name == "Cape Town"


def test_what_happened_in_the_cities_of_the_country_is_of_the_country(gazetteer: Gazetteer) -> None:
    text = "Crowds filled Cairo. Egypt is large. Nine were beaten in the main cities of the country."
    (place,) = places_in(text, code(text, "beaten"), gazetteer)
    assert told(place) == ("Egypt", COUNTRY, Basis.INFERRED)


def test_a_word_in_capitals_is_no_state(gazetteer: Gazetteer) -> None:
    text = "Guards said that they were OK. Then two men were beaten."
    coding = code(text, "beaten")
    assert places_in(text, replace(coding, sentences=coding.sentences), gazetteer) == [None]

"""Where an event took place: datelines run into, counties, buildings, offices, places told a sentence later."""

from __future__ import annotations

from functools import partial

import pytest

from dateline.coding.parser import parse
from dateline.grounding.gazetteer import Gazetteer
from dateline.grounding.places import find_places, places_of
from dateline.model.event import Coding, Event, Status
from dateline.model.ground import Basis, Precision
from dateline.model.parse import Sentence
from dateline.model.text import Evidence, Span

STATED, INFERRED = Basis.STATED, Basis.INFERRED
CITY, COUNTY, PROVINCE, COUNTRY = Precision.CITY, Precision.COUNTY, Precision.PROVINCE, Precision.COUNTRY


def told(
    text: str,
    trigger: str,
    gazetteer: Gazetteer,
    kind: str = "ASSAULT",
    status: str = "asserted",
    *,
    whole: bool = True,
) -> tuple[str | None, Precision, Basis] | None:
    """Return the place of the event of a trigger; the other sentences are parsed only if `whole`."""
    at = text.index(trigger)
    (own,) = (one for one in parse(text) if one.start <= at < one.end)
    sentences = parse(text, None if whole else lambda words: words == text[own.start : own.end])
    trigger_at = Evidence(at, at + len(trigger), trigger)
    event = Event("", kind, None, Status(status), trigger_at, Span(own.start, own.end))
    coding = Coding("", (event,), (), sentences)
    places = find_places(text, sentences, gazetteer)
    (place,) = places_of(coding, places, lambda it: gazetteer.is_capital(it.geonames), text)
    return (place.name, place.precision, place.basis) if place else None


CASES = [
    # (text, trigger, place): a headline or a byline runs into the dateline
    ("Miners go back to work by Ann Roe KITWE, May 4 (NNW) -- Men of Ndola and Luanshya were glad. Nine were shot.",
     "shot", ("Kitwe", CITY, INFERRED)),
    ("Miners go back to work after a vote in KITWE -- Zambian unions were glad. Nine were shot in Ndola.",
     "shot", ("Ndola", CITY, STATED)),
    # the county or province that a report names and hardly leaves
    ("Cumbria is wet. The councils of Kendal and Penrith met. It was late. Two men were killed.",
     "killed", ("Cumbria", COUNTY, INFERRED)),
    ("Cumbria is wet. The councils of Leeds and Bristol met. It was late. Two men were killed.",
     "killed", ("United Kingdom", COUNTRY, INFERRED)),
    ("Gujarat is dry. The councils of Surat, Vadodara and Jaipur met. It was late. Two men were killed.",
     "killed", ("Gujarāt", PROVINCE, INFERRED)),
    # a town in a country, both named: the finer, also where only the country has a word of place
    ("Envoys will head to Algiers in Algeria.", "head", ("Algiers", CITY, INFERRED)),
    ("Men were shot in Kano, in northern Nigeria.", "shot", ("Kano", CITY, STATED)),
    # something happens in a building of a town
    ("Zambia is dry. The Ndola council met. Rings were taken in a small Kitwe shop. The men burned a van.",
     "burned", ("Kitwe", CITY, INFERRED)),
    ("Zambia is dry. The Ndola council met. Talk was of the Kitwe accord. The men burned a van.",
     "burned", ("Zambia", COUNTRY, INFERRED)),
    # whose governor somebody is tells nothing of where
    ("The president granted Kano finance chief Musa Bello a pardon.", "granted", ("Kano", CITY, INFERRED)),
    ("The rebels attacked the Kano barracks.", "attacked", ("Kano", Precision.SITE, STATED)),
    # what an event followed or answered was elsewhere
    ("Kano is a Nigerian town. The shooting was in response to the killing of a clerk in Jos.",
     "shooting", ("Nigeria", COUNTRY, INFERRED)),
    ("Ndola is old. Zambia halted all its mines in the wake of the Kitwe disaster in 2011.",
     "halted", ("Zambia", COUNTRY, INFERRED)),
    # a court's district is no quarter of a town
    ("He is to be arraigned in New Bedford District Court on Monday.", "arraigned", ("New Bedford", CITY, STATED)),
    ("He was beaten in the New Bedford district on Monday.", "beaten", ("New Bedford", Precision.DISTRICT, STATED)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "place"), CASES)
def test_the_place_of_an_event(
    text: str, trigger: str, place: tuple[str, Precision, Basis] | None, gazetteer: Gazetteer
) -> None:
    assert told(text, trigger, gazetteer) == place


LATER = [
    # (text, trigger, kind, place): the event is told first, and then where it was
    ("Two banks signed a memorandum. It is long. The signing ceremony was held in the port city of Busan.",
     "signed", "AGREE", "Busan"),
    ("Gunmen killed two men. The attack took place in Jos.", "killed", "ASSAULT", "Jos"),
    ("The councils of Enugu and Aba met. Gunmen killed a man. The signing was held in Jos.",
     "killed", "ASSAULT", "Nigeria"),
    ("The councils of Enugu and Aba met. Gunmen killed two men. The attacker was born in Jos.",
     "killed", "ASSAULT", "Nigeria"),
]  # fmt: skip


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(("text", "trigger", "kind", "name"), LATER)
def test_the_place_is_told_a_sentence_later(
    text: str, trigger: str, kind: str, name: str, whole: bool, gazetteer: Gazetteer
) -> None:
    found = told(text, trigger, gazetteer, kind, whole=whole)
    assert found is not None
    assert (found[0], found[2]) == (name, INFERRED)


DENIED = "Crowds threw stones in Kitwe. Shops were shut in Kitwe. {}"


@pytest.mark.parametrize(
    ("last", "trigger", "status", "name"),
    [
        ("No one was arrested.", "arrested", "denied", "Kitwe"),
        ("The ministry denied that nurses were arrested.", "arrested", "denied", "Zambia"),
        ("If one is arrested, unions will march.", "arrested", "hypothetical", "Zambia"),
    ],
)
def test_what_did_not_happen_did_not_happen_there(
    last: str, trigger: str, status: str, name: str, gazetteer: Gazetteer
) -> None:
    found = told(DENIED.format(last), trigger, gazetteer, "COERCE", status)
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize(
    "opening",
    ["surat: the mayor of surat spoke.", "Surat, India (NNW) -- The mayor spoke.", "SURAT - The mayor spoke."],
)
def test_a_dateline_is_known_where_its_sentence_was_not_parsed(opening: str, gazetteer: Gazetteer) -> None:
    tell = partial(told, f"{opening} Pune and Agra sent nurses. Nine men were shot.", "shot", gazetteer)
    assert tell(whole=False) == tell(whole=True) == ("Surat", CITY, INFERRED)


NAMES = [
    # (text, its places): what a firm or a paper is called after, and a court's district, where nothing was parsed
    ("The Kitwe Herald came out late.", []),
    ("A man robbed the West Coast Bank on Friday.", []),
    ("The camp in High-Level Park was shut.", []),
    ("He was beaten in a Kitwe district.", [("Kitwe district", Precision.DISTRICT)]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_of_bodies_where_nothing_was_parsed(
    text: str, names: list[tuple[str, Precision]], gazetteer: Gazetteer
) -> None:
    places = find_places(text, [Sentence(0, 0, len(text))], gazetteer)
    assert [(place.evidence.quote, place.precision) for place in places] == names


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("before", "name"),
    [("Rings were taken in an old central Kitwe shop.", "Kitwe"), ("A shop of the old Kitwe kind was shut.", "Zambia")],
)
def test_a_town_whose_building_something_is_in(before: str, name: str, whole: bool, gazetteer: Gazetteer) -> None:
    text = f"Zambia is dry. The councils of Ndola and Luanshya met. {before} Then they burned a van."
    found = told(text, "burned", gazetteer, whole=whole)
    assert found is not None
    assert found[0] == name

"""What a report, its publisher and its other places tell of a name; how sure an answer is."""

from __future__ import annotations

import pytest

from dateline.coding.parser import parse
from dateline.grounding.gazetteer import Gazetteer, Kind
from dateline.grounding.lending import LENT_KM
from dateline.grounding.places import explain_places, find_places, resolve_spans
from dateline.grounding.surroundings import features_of_publisher, home_of, read_homes
from dateline.model.ground import Basis, Precision
from dateline.model.text import Span


@pytest.mark.parametrize(
    ("publisher", "home"),
    [
        ("dispatch.com", "Ohio"),
        ("https://www.dispatch.com/local", "Ohio"),
        ("sport.dispatch.com", "Ohio"),
        ("example.co.uk", "United Kingdom"),
        ("example.ng", "Nigeria"),
        ("example.com", None),
        ("Town bulletin", None),
        ("", None),
    ],
)
def test_a_publisher_s_home_is_told_by_its_domain(publisher: str, home: str | None, gazetteer: Gazetteer) -> None:
    found = home_of(publisher, gazetteer)
    assert (found and found.name) == home


def test_every_home_is_a_place(gazetteer: Gazetteer) -> None:
    codes = set(read_homes().values())
    known = {code for code in codes if gazetteer.of_code(code)}
    assert sorted(codes - known) == sorted(code for code in codes - known if len(code) == 3)
    assert len(known) > 200


# (text, publisher, words, name, country, admin1)
TOLD = [
    ("Shops in Lancaster were looted.", "lancastereaglegazette.com", "Lancaster", "USA", "Ohio"),
    ("Shops in Lancaster were looted.", "example.co.uk", "Lancaster", "GBR", "England"),
    ("Riots in Homs in western Syria went on.", None, "Homs", "SYR", None),
    ("Riots in San Jose in the Philippines went on.", None, "San Jose", "PHL", None),
    ("The Lebanese city of Tripoli was quiet.", None, "Tripoli", "LBN", None),
    ("Police in Dayton, Akron and Toledo searched homes. A man from Lima was held.", None, "Lima", "USA", "Ohio"),
    ("Police in Cusco and Arequipa searched homes. A man from Lima was held.", None, "Lima", "PER", None),
    ("Crowds gathered in سنندج on Monday.", None, "سنندج", "IRN", "Kurdistan"),
    ("Crowds gathered in Харків on Monday.", None, "Харків", "UKR", None),
]


def test_a_publisher_s_home_tells_nothing_of_a_sea(gazetteer: Gazetteer) -> None:
    home = gazetteer.of_code("US-FL")
    ocean, county = (
        next(entry for entry in gazetteer.lookup("Atlantic") if entry.kind is kind)
        for kind in (Kind.REGION, Kind.ADMIN2)
    )
    assert features_of_publisher(ocean, "Atlantic", "wsvn.com", home) == []
    assert ("not in its publisher's unit", 1.0) in features_of_publisher(county, "Atlantic", "wsvn.com", home)


@pytest.mark.parametrize(("text", "publisher", "words", "country", "admin1"), TOLD)
def test_the_surroundings_tell_which_place_is_meant(
    text: str, publisher: str | None, words: str, country: str, admin1: str | None, gazetteer: Gazetteer
) -> None:
    found = {place.evidence.quote: place for place in find_places(text, parse(text), gazetteer, publisher)}
    assert words in found, found
    assert found[words].country == country
    assert admin1 is None or found[words].admin1 == admin1


def test_a_name_that_nobody_knows_lies_near_the_report_s_town(gazetteer: Gazetteer) -> None:
    text = "Fires burned in Leipzig. Crowds in Kleinmuehlau, a suburb, fled. Grimma was quiet."
    found = {place.evidence.quote: place for place in find_places(text, parse(text), gazetteer)}
    place = found["Kleinmuehlau"]
    assert (place.basis, place.precision, place.radius_km) == (Basis.INFERRED, Precision.REGION, LENT_KM)
    assert [evidence.quote for evidence in place.support] == ["Leipzig"]
    assert place.geonames is None


def test_it_does_not_where_the_report_plays_all_over_the_world(gazetteer: Gazetteer) -> None:
    text = "Fires burned in Leipzig. Crowds in Kleinmuehlau, a suburb, fled. Lagos, Cairo and Lima were quiet."
    found = [place for place in find_places(text, parse(text), gazetteer) if place.evidence.quote == "Kleinmuehlau"]
    assert found
    assert all(place.name is None and place.basis is Basis.UNKNOWN for place in found)


def test_certainty_is_less_where_more_places_fit(gazetteer: Gazetteer) -> None:
    sure, unsure = "Workers in Kisumu, Kenya, walked out.", "Workers in Springfield walked out."
    (kisumu, *_), (springfield, *_) = (explain_places(text, parse(text), gazetteer) for text in (sure, unsure))
    assert kisumu.certainty > 0.85
    assert springfield.certainty < 0.5
    assert springfield.place.name is None
    assert kisumu.why


def test_spans_of_others_are_resolved_demonyms_included(gazetteer: Gazetteer) -> None:
    text = "Kenyan police searched homes in Kisumu and Zzyzxopolis."
    spans = [Span(0, 6), Span(text.index("Kisumu"), text.index("Kisumu") + 6)]
    places = resolve_spans(text, parse(text), spans, gazetteer)
    assert [(place and place.name, place and place.country) for place in places] == [
        ("Kenya", "KEN"),
        ("Kisumu", "KEN"),
    ]

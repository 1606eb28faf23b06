"""Which words name places, which places they are, and which of them an event took place in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.coding.parser import parse
from dateline.grounding.gazetteer import Gazetteer
from dateline.grounding.geonames import distance_km
from dateline.grounding.places import find_places, places_of, resolve_spans
from dateline.model.event import Argument, Coding, Event, Status
from dateline.model.ground import Basis, Place, Precision, Role
from dateline.model.parse import Sentence
from dateline.model.text import Evidence, Span, evidence_in

CITY, PROVINCE, COUNTRY = Precision.CITY, Precision.PROVINCE, Precision.COUNTRY
SITE, DISTRICT, REGION, COUNTY = Precision.SITE, Precision.DISTRICT, Precision.REGION, Precision.COUNTY


@cache
def _parse(text: str) -> tuple[Sentence, ...]:
    return parse(text)


def _places(text: str, gazetteer: Gazetteer) -> list[Place]:
    return find_places(text, _parse(text), gazetteer)


# (text, words, name, country, admin1, precision)
NAMED = [
    ("Clashes broke out in Sanandaj, Kurdistan province.", "Sanandaj", "Sanandaj", "IRN", "Kurdistan", CITY),
    ("Police broke up a vigil in the Philippines.", "Philippines", "Philippines", "PHL", None, COUNTRY),
    ("Envoys of the People's Republic of China left.", "People's Republic of China", "China", "CHN", None, COUNTRY),
    ("Troops left Côte d'Ivoire on Monday.", "Côte d'Ivoire", "Ivory Coast", "CIV", None, COUNTRY),
    ("Troops left for Guinea-Bissau on Monday.", "Guinea-Bissau", "Guinea-Bissau", "GNB", None, COUNTRY),
    (
        "Ten people died in the Indian state of Jammu and Kashmir.",
        "Jammu and Kashmir",
        "Jammu and Kashmir",
        "IND",
        "Jammu and Kashmir",
        PROVINCE,
    ),
    ("Clashes broke out in Sanandaj, Kurdistan province.", "Kurdistan", "Kurdistan", "IRN", "Kurdistan", PROVINCE),
    ("Workers in Paris, Texas, went on strike.", "Paris", "Paris", "USA", "Texas", CITY),
    ("Workers in Paris went on strike against the French government.", "Paris", "Paris", "FRA", None, CITY),
    ("She flew to Springfield, Illinois.", "Springfield", "Springfield", "USA", "Illinois", CITY),
    ("He was arrested in Springfield, Mass., on Sunday.", "Springfield", "Springfield", "USA", "Massachusetts", CITY),
    ("A rally was held in Birmingham, Alabama.", "Birmingham", "Birmingham", "USA", "Alabama", CITY),
    ("A rally was held in Birmingham, England.", "Birmingham", "Birmingham", "GBR", "England", CITY),
    ("Police in Tripoli, Lebanon, fired tear gas.", "Tripoli", "Tripoli", "LBN", None, CITY),
    ("Libyan militias clashed in Tripoli.", "Tripoli", "Tripoli", "LBY", None, CITY),
    ("Kenyan police fired on protesters in Kisumu.", "Kisumu", "Kisumu", "KEN", None, CITY),
    ("Thousands marched in Leipzig and Karl-Marx-Stadt.", "Karl-Marx-Stadt", "Chemnitz", "DEU", "Saxony", CITY),
    ("Police in the Somali region of Ethiopia shot two men.", "Somali", "Somali", "ETH", "Somali", PROVINCE),
    ("In the Chadian capital, N'Djamena, pupils threw stones.", "N'Djamena", "N'Djamena", "TCD", None, CITY),
    ("Farmers from Yakima, Wash., blocked roads across Washington.", "Washington", "Washington", "USA", "Washington",
     PROVINCE),
    ("Farmers from Yakima, Washington, blocked roads.", "Washington", "Washington", "USA", "Washington", PROVINCE),
    ("Talks in Yakima, Washington and Boise failed.", "Boise", "Boise", "USA", "Idaho", CITY),
    ("The Bremen was tied up in Bremen on Friday.", "Bremen", "Bremen", "DEU", "Bremen", CITY),
    ("Thousands fled the GDR in September.", "GDR", "East Germany", "DDR", None, COUNTRY),
    ("The Soviet Union lost a war in Afghanistan.", "Afghanistan", "Afghanistan", "AFG", None, COUNTRY),
    ("Soldiers opened fire in Rangoon, Burma.", "Burma", "Myanmar", "MMR", None, COUNTRY),
    ("Troops mutinied in Zaire.", "Zaire", "Democratic Republic of the Congo", "COD", None, COUNTRY),
    ("A crowd gathered in St. Petersburg, Russia.", "St. Petersburg", "Saint Petersburg", "RUS", None, CITY),
    ("Fighting went on in Darfur for a third day.", "Darfur", "Darfur", "SDN", None, REGION),
    ("Farmers blocked roads in Saxony.", "Saxony", "Saxony", "DEU", "Saxony", PROVINCE),
    ("Settlers attacked a village in the West Bank.", "West Bank", "West Bank", "PSE", "West Bank", PROVINCE),
    ("Nurses walked out in Ivory Coast.", "Ivory Coast", "Ivory Coast", "CIV", None, COUNTRY),
    ("Riots spread across the UK after the verdict.", "UK", "United Kingdom", "GBR", None, COUNTRY),
    ("Rallies were banned throughout the United States.", "United States", "United States", "USA", None, COUNTRY),
    ("The Washington Post reported protests in Marivan, Iran.", "Marivan", "Marīvān", "IRN", "Kurdistan", CITY),
    ("Gunmen attacked a convoy near Zahedan.", "Zahedan", "Zahedan", "IRN", "Sistan and Baluchestan", CITY),
    ("A bomb went off outside Kandahar, Afghanistan.", "Kandahar", "Kandahār", "AFG", None, CITY),
    ("Strikers closed shops in Saqqez and Mahabad.", "Mahabad", "Mahābād", "IRN", "West Azerbaijan", CITY),
    ("A protest camp was cleared in Atlanta, Georgia.", "Atlanta", "Atlanta", "USA", "Georgia", CITY),
    ("Opposition supporters marched in Tbilisi, Georgia.", "Georgia", "Georgia", "GEO", None, COUNTRY),
    ("Evin prison in Tehran was attacked.", "Evin prison in Tehran", "Tehran", "IRN", "Tehran", SITE),
    ("They hung banners in a busy district of Tehran.", "busy district of Tehran", "Tehran", "IRN", "Tehran", DISTRICT),
    ("Hundreds gathered at Tehran's Azadi Square.", "Tehran's Azadi Square", "Tehran", "IRN", "Tehran", SITE),
    ("A student at the University of Isfahan was held.", "University of Isfahan", "Isfahan", "IRN", "Isfahan", SITE),
    ("Protesters filled Tahrir Square.", "Tahrir Square", "Cairo", "EGY", None, SITE),
    ("Inmates began a hunger strike in Ghezel Hesar Prison.", "Ghezel Hesar Prison", "Karaj", "IRN", "Alborz", SITE),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name", "country", "admin1", "precision"), NAMED)
def test_places_are_found_and_resolved(
    text: str, words: str, name: str, country: str, admin1: str | None, precision: Precision, gazetteer: Gazetteer
) -> None:
    found = {place.evidence.quote: place for place in _places(text, gazetteer)}
    assert words in found, found
    place = found[words]
    assert (place.name, place.country, place.precision) == (name, country, precision)
    assert admin1 is None or place.admin1 == admin1


NO_PLACES = [
    ("Men in Somali waters seized a yacht.", "Somali"),
    ("The frigate Bremen stopped a dhow. Then Bremen sailed home.", "Bremen"),
    ("INS Kochi stopped a dhow. Kochi then sailed home.", "Kochi"),
    ("This story is from March 9, 2002. Nine people were arrested on 4 May.", "March"),
    ("This story is from March 9, 2002. Nine people were arrested on 4 May.", "May"),
    ("Nurses fear the West Nile virus; a West Nile case was found.", "West Nile"),
    ("Kenyan police dispersed the crowd.", "Kenya"),
    ("Paris Hilton cancelled her visit.", "Paris"),
    ("Michael Jordan said he would stay. Jordan smiled.", "Jordan"),
    ("The Washington Post reported the arrests.", "Washington"),
    ("Tehran rejected the report.", "Tehran"),
    ("Iran was accused of torture by human rights groups.", "Iran"),
    ("Washington condemned the arrests.", "Washington"),
    ("They told us that they would come.", "us"),
    ("Kurdish parties called a general strike.", "Kurd"),
    ("Europeans were outraged.", "Europe"),
    ("The Financial Times and The New York Times wrote about it.", "New York"),
    ("Moscow said it would not negotiate.", "Moscow"),
    ("In March, many people will march on Sunday.", "March"),
    ("Mr. London and Ms. Florence were released.", "London"),
]


@pytest.mark.parametrize(("text", "words"), NO_PLACES)
def test_what_names_no_place_is_left_alone(text: str, words: str, gazetteer: Gazetteer) -> None:
    assert [p.evidence.quote for p in _places(text, gazetteer) if words in p.evidence.quote] == []


# a report resolves its names together
CONTEXT = [
    ("Iranian agents raided homes in Khash. Two men were taken to Iranshahr.", "Khash", "IRN"),
    ("The governor of Ohio spoke. In Athens, students occupied a hall near Columbus, Ohio.", "Athens", "USA"),
    ("Greek unions called a strike. In Athens, marchers reached parliament.", "Athens", "GRC"),
    ("Spanish miners walked out. Thousands gathered in Valencia and Madrid.", "Valencia", "ESP"),
    ("Venezuelan soldiers fired rubber bullets. One student died in Valencia.", "Valencia", "VEN"),
    ("In Ontario, Canada, police made arrests. The protest moved to London.", "London", "CAN"),
    ("Georgian riot police used water cannon. Protests went on in Georgia.", "Georgia", "GEO"),
    ("Atlanta and Savannah saw protests. The governor of Georgia sent troops.", "Georgia", "USA"),
    ("Syrian forces shelled Hama. Residents fled to Idlib and Homs.", "Homs", "SYR"),
    ("Nigerian troops entered Port Harcourt. A curfew was imposed in Kano.", "Kano", "NGA"),
]


@pytest.mark.parametrize(("text", "words", "country"), CONTEXT)
def test_the_report_decides_between_namesakes(text: str, words: str, country: str, gazetteer: Gazetteer) -> None:
    found = {place.evidence.quote: place.country for place in _places(text, gazetteer)}
    assert found.get(words) == country


INITIALS = [
    # (text, publisher, initials, country): a country that the report speaks of or is published in
    ("Unions in Papua New Guinea struck. Ports across PNG were closed.", None, "PNG", "PNG"),
    ("South Africans marched in Durban. All of SA stood still.", None, "SA", "ZAF"),
    ("Marchers filled the square. All of T&T stood still.", "example.tt", "T&T", "TTO"),
    # a state's abbreviation stays, where the report tells of its country or of two that share the letters
    ("Australian nurses struck. South Africans did not. In SA, doctors joined.", None, "SA", "AUS"),
    ("South Africans and Saudi Arabians met in Adelaide, Australia. In SA, doctors joined.", None, "SA", "AUS"),
    # letters that no country of the report has mean none
    ("South Africans marched in Durban. All of NZ stood still.", None, "NZ", None),
]


@pytest.mark.parametrize(("text", "publisher", "words", "country"), INITIALS)
def test_initials_are_those_of_a_country_of_the_report(
    text: str, publisher: str | None, words: str, country: str | None, gazetteer: Gazetteer
) -> None:
    start = text.index(words)
    (place,) = resolve_spans(text, parse(text), [Span(start, start + len(words))], gazetteer, publisher)
    assert (place and place.country) == country


CALLED = [
    # (text, the words of an unknown name, the place that it is near): what a report calls a settlement is one
    ("Police fired on crowds in the township of Zirrul. Durban is calm, and in Zirrul it rained.", "Zirrul", "Durban"),
    ("Nurses in the Peruvian village of Qorrimayu near Cusco blocked a bridge.", "Qorrimayu", "Cusco"),
    (
        "Durban, Pretoria and Soweto are calm. In Delft it rained. Men in the suburb of Zirrul marched.",
        "Zirrul",
        "Soweto",
    ),
]


@pytest.mark.parametrize(("text", "words", "name"), CALLED)
def test_what_is_called_a_settlement_is_near_a_place_of_the_report(
    text: str, words: str, name: str, gazetteer: Gazetteer
) -> None:
    found = [place for place in _places(text, gazetteer) if place.evidence.quote.endswith(words)]
    assert found
    assert {(place.name, place.basis, place.precision) for place in found} == {(name, Basis.INFERRED, Precision.REGION)}


def test_a_word_behind_a_kind_is_not_always_a_name(gazetteer: Gazetteer) -> None:
    assert _places("The people of the village in March and in the village of Sunday schools sang.", gazetteer) == []


def test_a_name_of_many_places_stays_unknown(gazetteer: Gazetteer) -> None:
    (place,) = _places("He was arrested in Springfield.", gazetteer)
    assert (place.name, place.basis, place.precision, place.lat) == (None, Basis.UNKNOWN, Precision.UNKNOWN, None)


def test_a_body_tells_its_place_only_by_inference(gazetteer: Gazetteer) -> None:
    (place,) = _places("Leipzig police arrested twenty people.", gazetteer)
    assert (place.name, place.basis) == ("Leipzig", Basis.INFERRED)


def test_stated_units_are_support(gazetteer: Gazetteer) -> None:
    place = _places("Police fired in Sanandaj, Kurdistan province.", gazetteer)[0]
    assert [evidence.quote for evidence in place.support] == ["Kurdistan"]


def test_lists_are_no_paths(gazetteer: Gazetteer) -> None:
    places = _places("Shots were heard in Zahedan, Khash and Iranshahr.", gazetteer)
    assert [place.support for place in places] == [(), (), ()]


BARE = [
    ("In Sanandaj, shops stayed closed.", "Sanandaj"),
    ("Marches in Kisumu and Nairobi, Kenya, went on.", "Nairobi"),
]


@pytest.mark.parametrize(("text", "words"), BARE)
def test_unparsed_sentences_are_searched_too(text: str, words: str, gazetteer: Gazetteer) -> None:
    places = find_places(text, [Sentence(0, 0, len(text))], gazetteer)
    assert words in [place.evidence.quote for place in places]


NAMES = st.sampled_from(
    "Tehran Evin prison in of , . Paris Texas the Springfield Illinois ( ) – St. U.S. تهران Iran- ian \n "
    "District 's police University Ḩamāh İstanbul 🙂 A. B. \u200c ß".split(" ")
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=1, max_size=25).map(" ".join), st.booleans())
def test_all_evidence_stands_in_the_text(gazetteer: Gazetteer, text: str, is_parsed: bool) -> None:
    sentences = parse(text) if is_parsed else (Sentence(0, 0, len(text)),)
    for place in find_places(text, sentences, gazetteer):
        for evidence in evidence_in(place):
            assert text[evidence.start : evidence.end] == evidence.quote
        assert (place.name is None) == (place.basis is Basis.UNKNOWN)
        assert (place.lat is None) == (place.name is None)


def _code(text: str, trigger: str, clause: str | None = None, **arguments: str) -> tuple[Event, Coding]:
    """Make an event of a report by hand: its trigger, clause and arguments given as words."""

    def cite(words: str) -> Evidence:
        at = text.index(words)
        return Evidence(at, at + len(words), words)

    sentences = _parse(text)
    at = cite(trigger)
    within = next(s for s in sentences if s.start <= at.start < s.end)
    span = cite(clause).span if clause else Span(within.start, within.end)
    roles = tuple(Argument(Role(role), cite(words)) for role, words in arguments.items())
    event = Event("r", "PROTEST", None, Status.ASSERTED, at, span, roles)
    return event, Coding("r", (event,), (), sentences)


def _scene(gazetteer: Gazetteer, text: str, trigger: str, clause: str | None = None, **arguments: str) -> Place | None:
    _, coding = _code(text, trigger, clause, **arguments)
    return next(
        iter(
            places_of(
                coding,
                find_places(text, coding.sentences, gazetteer),
                lambda place: gazetteer.is_capital(place.geonames),
            )
        )
    )


SCENES = [
    # (text, trigger, clause, name, precision, basis)
    ("Workers marched in Ahvaz on Monday.", "marched", None, "Ahvaz", CITY, Basis.STATED),
    ("Iran's government denied that protests erupted in Izeh.", "protests", None, "Īz̄eh", CITY, Basis.STATED),
    ("Police in Leipzig, East Germany, arrested nine.", "arrested", "arrested nine", "Leipzig", CITY, Basis.STATED),
    ("Strikes hit Tabriz, while marches were held in Rasht.", "marches", None, "Rasht", CITY, Basis.STATED),
    ("A rally was held in Sanandaj. Nine people were arrested. Iran is large. Iran is old.", "arrested", None,
     "Sanandaj", CITY, Basis.INFERRED),
    ("TEHRAN (Agency) - Nine were arrested. Iran is large. A rally was held in Shiraz, then one in Yazd.", "arrested",
     None, "Iran", COUNTRY, Basis.INFERRED),
    ("new delhi: the government denied it. Nine were arrested. nobody in india knew.", "denied", None,
     "India", COUNTRY, Basis.INFERRED),
    ("Nurses of the interior ministry of Nigeria met. Crowds gathered in Adamawa State.", "gathered", None,
     "Adamawa", Precision.PROVINCE, Basis.STATED),
    ("The ministry of Syria said no. Crowds gathered in Hilla, Iraq said.", "gathered", None,
     "Al Hillah", CITY, Basis.STATED),
    ("surat: there was rioting in godhra and at vadodara. most of the riots ended, it was said.", "riots", None,
     "Surat", CITY, Basis.INFERRED),
    ("Crowds filled streets across Iran. The protests went on in 40 cities.", "protests", None,
     "Iran", COUNTRY, Basis.INFERRED),
    ("A choir sang in Shiraz. The uprising that swept 15 cities was theirs.", "uprising", None,
     "Iran", COUNTRY, Basis.INFERRED),
    ("Six were beaten, witnesses in Shiraz said.", "beaten", "Six were beaten", "Shiraz", CITY, Basis.INFERRED),
    ("surat: the police arrested nine people, a clerk said.", "arrested", None, "Surat", CITY, Basis.INFERRED),
    ("Shops in Rasht shut. Rain fell in Rasht. A man from Yazd rang. Nine were arrested.", "arrested", None,
     "Rasht", CITY, Basis.INFERRED),
    ("A court in Enugu sat. A man from Jos, a trader, was beaten. In Enugu it rained.", "beaten", None,
     "Enugu", CITY, Basis.INFERRED),
    ("LEIPZIG, East Germany (Agency) - Nine people were arrested on Monday.", "arrested", None,
     "Leipzig", CITY, Basis.INFERRED),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "clause", "name", "precision", "basis"), SCENES)
def test_an_event_takes_its_place(
    text: str, trigger: str, clause: str | None, name: str, precision: Precision, basis: Basis, gazetteer: Gazetteer
) -> None:
    place = _scene(gazetteer, text, trigger, clause)
    assert place is not None
    assert (place.name, place.precision, place.basis) == (name, precision, basis)
    assert basis is Basis.STATED or place.support


def test_a_noun_takes_the_place_of_its_other_telling(gazetteer: Gazetteer) -> None:
    text = "Gunmen made an attack in Jos. Roads were shut. Rain fell. A man in Enugu saw it. The attack ended."
    first, coding = _code(text, "attack")
    again = replace(first, trigger=Evidence(text.rindex("attack"), text.rindex("attack") + 6, "attack"))
    sentence = coding.sentences[-1]
    again = replace(again, clause=Span(sentence.start, sentence.end))
    coding = replace(coding, events=(first, again))
    places = find_places(text, coding.sentences, gazetteer)
    stated, inferred = places_of(coding, places, lambda place: gazetteer.is_capital(place.geonames))
    assert stated is not None
    assert inferred is not None
    assert (stated.name, stated.basis, inferred.name, inferred.basis) == ("Jos", Basis.STATED, "Jos", Basis.INFERRED)


SAYINGS = [
    # (text, trigger, name): what is said is said at the place of the saying, not at those it is about
    ("At a rally in Hope, Arkansas, the senator accused Russia of bombing towns in Syria.", "accused", "Hope"),
    ("The senator accused the army of a massacre in Aleppo.", "accused", None),
    ("WASHINGTON (Agency) - The senator blamed France for the war in Mali.", "blamed", "Washington"),
]


@pytest.mark.parametrize(("text", "trigger", "name"), SAYINGS)
def test_what_is_said_is_said_elsewhere(text: str, trigger: str, name: str | None, gazetteer: Gazetteer) -> None:
    event, coding = _code(text, trigger)
    coding = replace(coding, events=(replace(event, type="ACCUSE"),))
    places = find_places(text, coding.sentences, gazetteer)
    (place,) = places_of(coding, places, lambda place: gazetteer.is_capital(place.geonames))
    assert (place.name if place else None) == name or (place is not None and place.precision is COUNTRY)


def test_the_court_sits_where_it_sentences(gazetteer: Gazetteer) -> None:
    text = "On Sunday a revolutionary court in Tehran sentenced to death a young activist."
    clause = "sentenced to death a young activist"
    place = _scene(gazetteer, text, "sentenced", clause, actor="a revolutionary court in Tehran")
    assert place is not None
    assert (place.name, place.basis) == ("Tehran", Basis.STATED)


def test_the_coders_own_words_win(gazetteer: Gazetteer) -> None:
    text = "Protesters in Basra and Najaf clashed with police."
    place = _scene(gazetteer, text, "clashed", place="Najaf")
    assert place is not None
    assert place.name == "Najaf"


def test_nothing_told_is_nothing_known(gazetteer: Gazetteer) -> None:
    assert _scene(gazetteer, "Nine people were arrested on Monday.", "arrested") is None


def test_the_focus_is_never_the_capital(gazetteer: Gazetteer) -> None:
    text = "Paris was calm. Lyon was quiet, said residents of Marseille. Nine people were arrested."
    place = _scene(gazetteer, text, "arrested")
    assert place is not None
    assert (place.name, place.precision, place.basis) == ("France", COUNTRY, Basis.INFERRED)


def test_distances_are_in_km() -> None:
    assert distance_km(35.69, 51.42, 35.69, 51.42) == 0
    assert 5570 < distance_km(51.5, -0.13, 40.71, -74.01) < 5580

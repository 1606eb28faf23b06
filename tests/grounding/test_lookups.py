"""What a name that somebody marked as a place stands for, also where no place is called exactly so."""

from __future__ import annotations

import pytest

from dateline.coding.parser import parse
from dateline.grounding.gazetteer import Entry, Gazetteer
from dateline.grounding.lending import LENT_KM, Located, features_of_own, find_lenders, own_of
from dateline.grounding.places import resolve_spans
from dateline.grounding.ranking import Answer
from dateline.grounding.toponyms import Toponym
from dateline.model.ground import Basis, Place, Precision
from dateline.model.text import Span


def _resolve(text: str, words: str, gazetteer: Gazetteer, publisher: str | None = None) -> Place | None:
    """Resolve the marked words, with every other name of the text that is written in capitals inside [brackets]."""
    marked, plain = [], text.replace("[", "").replace("]", "")
    at = 0
    for part in text.split("[")[1:]:
        name = part.split("]")[0]
        at = plain.index(name, at)
        marked.append(Span(at, at + len(name)))
        at += len(name)
    places = resolve_spans(plain, parse(plain), marked, gazetteer, publisher)
    return next(place for span, place in zip(marked, places, strict=True) if plain[span.start : span.end] == words)


# (text, marked words, name, country): a people, a body, a region
NAMED_AFTER = [
    ("[Canadian] nurses walked out.", "Canadian", "Canada", "CAN"),
    ("[Spanish] miners walked out.", "Spanish", "Spain", "ESP"),
    ("[European] unions called a strike.", "European", "Europe", None),
    ("[Welsh] farmers blocked a road.", "Welsh", "Wales", "GBR"),
    ("The [Bank of Ghana] was closed.", "Bank of Ghana", "Ghana", "GHA"),
    ("The [Nairobi High Court] freed nine.", "Nairobi High Court", "Nairobi", "KEN"),
    ("The [Chilean Senate] met.", "Chilean Senate", "Chile", "CHL"),
    ("The [Ghana Chambers of Commerce] met.", "Ghana Chambers of Commerce", "Ghana", "GHA"),
    ("The [British Embassy Nairobi] was closed.", "British Embassy Nairobi", "Nairobi", "KEN"),
    ("She left [Quarrendon College Nairobi].", "Quarrendon College Nairobi", "Nairobi", "KEN"),
    ("Students of the [University of California], Berkeley, sat down.", "University of California", "Berkeley", "USA"),
    ("Ships left the [Atlantic] on Monday.", "Atlantic", "Atlantic Ocean", None),
    ("Envoys toured the [Middle East].", "Middle East", "Middle East", None),
    ("[WASHINGTON] (Agency) - Nine were held.", "WASHINGTON", "Washington", "USA"),
    ("[New York] lawmakers met.", "New York", "New York", "USA"),
]


@pytest.mark.parametrize(("text", "words", "name", "country"), NAMED_AFTER)
def test_a_name_stands_for_what_it_is_named_after(
    text: str, words: str, name: str, country: str | None, gazetteer: Gazetteer
) -> None:
    place = _resolve(text, words, gazetteer)
    assert place is not None
    assert (place.name, place.country) == (name, country)


@pytest.mark.parametrize("words", ["Washington Street", "British Embassy", "Arab", "French Quarter"])
def test_some_names_tell_nothing_of_where_they_are(words: str, gazetteer: Gazetteer) -> None:
    assert _resolve(f"[{words}] was empty.", words, gazetteer) is None


@pytest.mark.parametrize(
    ("publisher", "unit"), [("example.com.au", "Western Australia"), ("dispatch.com", "Washington")]
)
def test_letters_stand_for_the_unit_of_the_publisher_s_country(publisher: str, unit: str, gazetteer: Gazetteer) -> None:
    place = _resolve("Police in [WA] searched homes.", "WA", gazetteer, publisher)
    assert place is not None
    assert place.name == unit


# (text, marked words, name that lends, precision): what the gazetteer lacks lies near what is said around it
LENT = [
    ("Students left [Quarrendon Hall] in [Houston].", "Quarrendon Hall", "Houston", Precision.REGION),
    ("Nurses of [Houston]'s [Quarrendon Clinic] left. [France] was calm.", "Quarrendon Clinic", "Houston",
     Precision.REGION),
    ("[Camp Quarrendon], [Ohio], was closed.", "Camp Quarrendon", "Ohio", Precision.PROVINCE),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name", "precision"), LENT)
def test_what_is_stated_around_a_name_lends_it_a_place(
    text: str, words: str, name: str, precision: Precision, gazetteer: Gazetteer
) -> None:
    place = _resolve(text, words, gazetteer)
    assert place is not None
    assert (place.name, place.precision, place.basis) == (name, precision, Basis.INFERRED)
    assert [evidence.quote for evidence in place.support] == [name]
    assert (place.radius_km or 0) >= 100


def test_all_mentions_of_a_name_are_lent_one_place(gazetteer: Gazetteer) -> None:
    text = "Crowds left Quarrendon Hall in Houston. France, Peru and Kenya sent help. Quarrendon Hall reopened."
    names = ("Houston", "France", "Peru", "Kenya")
    halls = [12, text.rindex("Quarrendon")]
    spans = [Span(at, at + 15) for at in halls] + [Span(text.index(n), text.index(n) + len(n)) for n in names]
    first, again, *_ = resolve_spans(text, parse(text), spans, gazetteer, None)
    assert first is not None
    assert again is not None
    assert (again.name, again.radius_km, again.support) == ("Houston", LENT_KM, first.support)


def test_a_name_is_weighed_against_its_own_likeliest_place(gazetteer: Gazetteer) -> None:
    paris, lyon = (gazetteer.lookup(name)[0] for name in ("Paris", "Lyon"))
    sydney = next(entry for entry in gazetteer.lookup("Sydney") if entry.country == "AUS")

    def located(name: str, start: int, entry: Entry, certainty: float) -> Located:
        toponym = Toponym(start, start + len(name), name, "", 0, 0, 1, 1.0, entries=(entry,))
        return Located(toponym, Answer(entry if certainty >= 0.5 else None, certainty, [(entry, 1.0)]))

    doubtful = located("Sydney Hall", 40, sydney, 0.4)
    lenders = find_lenders(doubtful.toponym, [located("Paris", 0, paris, 0.9), located("Lyon", 20, lyon, 0.9)])
    assert [one.entry for one in lenders] == [paris, lyon]
    assert own_of(doubtful) == sydney
    told = dict(features_of_own("Paris, then Lyon, then the Sydney Hall", doubtful, sydney, lenders))
    assert (told["own, apart"], told["own, abroad"], told["own, part of the name"]) == (1.0, 1.0, 1.0)
    assert told["own, others within 1500 km"] == told["own, spelled alike"] == 0.0
    near = dict(features_of_own("", doubtful, lyon, lenders))
    assert (near["own, apart"], near["own, spelled alike"]) == (0.0, 0.0)
    assert (near["own, others within 50 km"], near["own, others within 500 km"]) == (0.5, 1.0)
    assert find_lenders(doubtful.toponym, [doubtful, located("Sydney Hall", 90, paris, 0.9)]) == []


def test_a_place_stated_behind_a_name_tells_for_its_own_place_or_against_it(gazetteer: Gazetteer) -> None:
    texas = next(entry for entry in gazetteer.lookup("Texas") if entry.country == "USA")
    for name, told in (("Houston", (1.0, 0.0)), ("Lyon", (0.0, 1.0))):
        own = gazetteer.lookup(name)[0]
        text = f"Men of {name}, Texas, sang."
        doubtful, stated = (
            Located(Toponym(text.index(one), text.index(one) + len(one), one, "", 0, 0, 1, 1.0), Answer(entry, 0.8))
            for one, entry in ((name, None), ("Texas", texas))
        )
        features = dict(features_of_own(text, doubtful, own, find_lenders(doubtful.toponym, [stated])))
        assert (features["own, stated with it"], features["own, another stated after it"]) == told


MARKED = [
    # (text, the marked words, the countries they may be put in): however unsure that is, and never as stated
    ("He was arrested in [Springfield].", "Springfield", {"USA"}),
    ("Crowds met at [Quarrendon Hall]. [Lagos], [Cairo] and [Lima] sang.", "Quarrendon Hall", {"NGA", "EGY", "PER"}),
]


@pytest.mark.parametrize(("text", "words", "countries"), MARKED)
def test_what_somebody_marked_is_put_where_it_is_likeliest_to_be(
    text: str, words: str, countries: set[str], gazetteer: Gazetteer
) -> None:
    place = _resolve(text, words, gazetteer)
    assert place is not None
    assert place.country in countries
    assert place.basis is Basis.INFERRED


def test_a_name_of_several_places_is_put_near_the_report_s_town(gazetteer: Gazetteer) -> None:
    text = "A man of the [South Side] was held in [Chicago]. [Chicago] police said that [Chicago] was calm."
    place = _resolve(text, "South Side", gazetteer)
    assert place is not None
    assert (place.name, place.basis) == ("Chicago", Basis.INFERRED)

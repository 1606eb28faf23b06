"""Where: the places that a report names, resolved, and which of them each event took place in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.grounding.gazetteer import Entry, Gazetteer, Kind, lies_in
from dateline.grounding.lending import LENT_KM, SURE, Located, lend
from dateline.grounding.ranking import Answer, Ranked, Sense, belief_of, rank_alone, resolve, spreads_of
from dateline.grounding.scenes import places_of
from dateline.grounding.sites import Part, Phrase, play, widen
from dateline.grounding.surroundings import Belief, Clues, countries_told, home_of
from dateline.grounding.toponyms import (
    Searched,
    Toponym,
    choose_toponyms,
    look,
    look_again,
    mark_toponym,
    names_called,
    search,
)
from dateline.grounding.vessels import find_vessels, is_vessel
from dateline.grounding.words import load_words
from dateline.model.ground import Basis, Place, Precision
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from dateline.grounding.words import Written
    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Span

__all__ = [
    "FoundPlace",
    "Located",
    "explain_places",
    "find_clues",
    "find_places",
    "locate",
    "name_places",
    "places_of",
    "resolve_spans",
]

_WIDE = (Precision.PROVINCE, Precision.REGION, Precision.COUNTRY)
_INITIALS = re.compile(r"[A-Z](?:[.&]?[A-Z]){1,3}\.?$")
_LETTER = re.compile(r"[^A-Z]")
_ENOUGH = 3
"""Names that a report must have for a doubtful one to be held against the others."""
_PRECISION = {
    Kind.COUNTRY: Precision.COUNTRY,
    Kind.ADMIN1: Precision.PROVINCE,
    Kind.ADMIN2: Precision.COUNTY,
    Kind.CITY: Precision.CITY,
    Kind.REGION: Precision.REGION,
    Kind.DISTRICT: Precision.DISTRICT,
    Kind.SITE: Precision.SITE,
}


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that a text names.

    Attributes:
        place: where, with the words that say so.
        certainty: how sure it is that the place is the right one of that name, 0 to 1, calibrated on news.
        why: the features that decided, with their weights.
    """

    place: Place
    certainty: float
    why: str


def find_places(
    text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, publisher: str | None = None
) -> list[Place]:
    """Return the places that a report names, in the order of the text.

    No places are: demonyms ("Kenyan police"), persons and organisations named after places ("Paris Hilton",
    "Washington Post"), governments named by country or capital ("Tehran rejected the report").

    - `stated`: the words place something. A site or district is resolved to its city, its words kept whole ("Evin
      prison in Tehran", precision site); `support` holds a larger unit stated after the name ("Illinois").
    - `inferred`: the words name a body that sits in the place ("Leipzig police"); or a place that the gazetteer lacks,
      in a report that plays around one town: then that town, with `LENT_KM` as radius and its words as support.
    - `unknown`: the words name a place that the gazetteer does not know or that could be several; `name` is None.

    Args:
        text: the report's text; all evidence stands in it.
        sentences: of the whole text; those without tokens are searched by their capitals alone.
        gazetteer: see `gazetteer.open_gazetteer`.
        publisher: domain of the publisher, if known: its home is looked at first.
    """
    return [place for place, _ in _placed(text, sentences, gazetteer, publisher)]


def explain_places(
    text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, publisher: str | None = None
) -> list[FoundPlace]:
    """Return the places of `find_places`, each with how sure it is and why."""
    placed = _placed(text, sentences, gazetteer, publisher)
    return [FoundPlace(place, round(answer.certainty, 3), answer.why) for place, answer in placed]


def _placed(
    text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, publisher: str | None
) -> list[tuple[Place, Answer]]:
    """Return the places of a report that place something, with the answers that they rest on."""
    searched = search(text, sentences, gazetteer)
    within = {one.sentence.index: one.written for one in searched}
    vessels = find_vessels(searched)
    found: list[tuple[Place, Answer]] = []
    for one in _search_twice(text, searched, find_clues(searched, gazetteer, publisher), gazetteer):
        inside, _, entities = within[one.toponym.sentence]
        is_ship = is_vessel(one.toponym, vessels, inside)
        part = Part.NAME if is_ship else play(one.toponym, one.answer.entry, inside, entities)
        if part in (Part.PLACE, Part.SEAT):
            phrase = widen(one.toponym, inside) if part is Part.PLACE else None
            found.append((_place(text, one, inside, phrase, gazetteer), one.answer))
    return _without_parts(found)


def name_places(
    text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, publisher: str | None = None
) -> list[Place]:
    """Return every name of a place in a text, resolved, its words alone, whatever it does in its sentence.

    Governments ("Turkey said") and parts of other names ("University of Alabama") are kept: this is what corpora of
    toponyms call a toponym. Where events are to be placed, use `find_places`.
    """
    searched = search(text, sentences, gazetteer)
    words = {one.sentence.index: one.written.words for one in searched}
    located = _search_twice(text, searched, find_clues(searched, gazetteer, publisher), gazetteer)
    return [_spelled(text, one, words, gazetteer) for one in located]


def resolve_spans(
    text: str, sentences: Sequence[Sentence], spans: Sequence[Span], gazetteer: Gazetteer, publisher: str | None = None
) -> list[Place | None]:
    """Return the place of each stretch of a text that somebody else took for a place.

    Each is put where it is likeliest to be, `inferred` where that is not sure; None where neither the gazetteer nor the
    report has a place for it. Adjectives and demonyms are resolved to their country here.
    """
    searched = search(text, sentences, gazetteer)
    words = {one.sentence.index: one.written.words for one in searched}
    marked = [mark_toponym(text, sentences, span, gazetteer) for span in spans]
    clues = find_clues(searched, gazetteer, publisher)
    toponyms = spell_out([toponym for toponym in marked if toponym], clues, gazetteer)
    home, called = home_of(clues.publisher, gazetteer), names_called(searched)
    located = iter(lend(text, locate(toponyms, clues, gazetteer), home, called, is_marked=True))
    answers = [next(located) if toponym else None for toponym in marked]
    return [_guessed(text, one, words, gazetteer) if one and one.answer.entry else None for one in answers]


def _guessed(text: str, one: Located, words: Mapping[int, Sequence[Token]], gazetteer: Gazetteer) -> Place:
    """Return the place of a toponym, as inferred where it is not sure."""
    place = _spelled(text, one, words, gazetteer)
    return place if one.answer.certainty >= SURE else replace(place, basis=Basis.INFERRED)


def _spelled(text: str, one: Located, words: Mapping[int, Sequence[Token]], gazetteer: Gazetteer) -> Place:
    """Return the place of a toponym, its own words as evidence."""
    toponym = one.toponym
    return _place(text, one, words[toponym.sentence], Phrase(toponym.first, toponym.last), gazetteer)


def _search_twice(text: str, searched: Sequence[Searched], clues: Clues, gazetteer: Gazetteer) -> list[Located]:
    """Find the names of a report; look again at the doubtful ones, in the light of the rest; resolve them."""
    looks, told, home = look(searched), countries_told(clues), home_of(clues.publisher, gazetteer)
    found, ranked = spell_out(choose_toponyms(looks, told), clues, gazetteer), None
    if len({toponym.name for toponym in found}) >= _ENOUGH:
        ranked = rank_alone(_candidates(found), clues, gazetteer)
        again = look_again(looks, belief_of(spreads_of(ranked)), home)
        found = spell_out(choose_toponyms(again, told), clues, gazetteer)
    return lend(text, locate(found, clues, gazetteer, ranked), home, names_called(searched))


def first_belief(toponyms: Sequence[Toponym], clues: Clues, gazetteer: Gazetteer) -> Belief:
    """Return where the names of a report lie, as the first ranking believes."""
    return belief_of(spreads_of(rank_alone(_candidates(toponyms), clues, gazetteer)))


def locate(
    toponyms: Sequence[Toponym], clues: Clues, gazetteer: Gazetteer, ranked: Mapping[Sense, Ranked] | None = None
) -> list[Located]:
    """Resolve toponyms of one report, all together: see `toponyms.find_toponyms`; `ranked` is of `rank_alone`."""
    answers = resolve(_candidates(toponyms), clues, gazetteer, ranked)
    return [Located(toponym, answers[sense]) for toponym, sense in zip(toponyms, sense_of(toponyms), strict=True)]


def spell_out(toponyms: Sequence[Toponym], clues: Clues, gazetteer: Gazetteer) -> list[Toponym]:
    """Return toponyms with what the report abbreviates spelled out.

    A bare "Washington" is the state where the report abbreviates the state ("Olympia, Wash."); on its own such a name
    is that of the town. "PNG" is Papua New Guinea where the report speaks of that country or is published there.
    """
    short = {(id, name) for id, name in clues.units if name.endswith(".")}
    units = {unit.name.lower(): unit for id, name in short for unit in gazetteer.abbreviation(name) if unit.id == id}
    forced = {name: unit for name, unit in units.items() if name in load_words("around")["town"]}
    home = home_of(clues.publisher, gazetteer)
    told = countries_told(clues) | ({home.country} if home and home.country else set())
    initials = _by_initials(told, gazetteer) if any(_INITIALS.match(one.name) for one in toponyms) else {}
    spelled = [_spelled_out(one, forced, told, initials) for one in toponyms]
    return [*spelled[:1], *(_as_path(one, before, gazetteer) for before, one in pairwise(spelled))]


def _as_path(one: Toponym, before: Toponym, gazetteer: Gazetteer) -> Toponym:
    """Return a name that could be of a town and a state as that of the state, where it says in which a town lies."""
    is_path = before.path == one.name and before.end < one.start <= before.end + len(", ")
    if not is_path or one.unit or one.name.lower() not in load_words("around")["town"]:
        return one
    units = (unit for unit in gazetteer.lookup(one.name) if unit.kind is Kind.ADMIN1)
    holding = tuple(unit for unit in units if any(lies_in(entry, unit) for entry in before.entries))
    return replace(one, entries=holding, unit="state") if holding else one


def _spelled_out(one: Toponym, units: Mapping[str, Entry], told: Set[str], initials: Mapping[str, Entry]) -> Toponym:
    if one.path:
        return one
    if unit := units.get(one.name.lower()):
        return replace(one, entries=(unit,), unit=one.unit or "state")
    if _INITIALS.match(one.name) and not any(entry.country in told for entry in one.entries):
        country = initials.get(_LETTER.sub("", one.name))
        return replace(one, entries=(country,)) if country else one
    return one


def _by_initials(told: Set[str], gazetteer: Gazetteer) -> dict[str, Entry]:
    """Return the countries that a report speaks of by the capitals of their names, where two do not share them."""
    known = [country for code in sorted(told) if (country := gazetteer.of_code(code))]
    letters = [_LETTER.sub("", country.name) for country in known]
    return {short: it for short, it in zip(letters, known, strict=True) if len(short) > 1 and letters.count(short) == 1}


def _candidates(toponyms: Sequence[Toponym]) -> dict[Sense, tuple[Entry, ...]]:
    return dict(zip(sense_of(toponyms), (toponym.entries for toponym in toponyms), strict=True))


def sense_of(toponyms: Sequence[Toponym]) -> list[Sense]:
    """Return the sense of each toponym of a report: a path stated once holds for the bare name elsewhere."""
    paths = {toponym.name: toponym.path for toponym in toponyms if toponym.path}
    return [Sense(t.name, t.path or ("" if t.unit else paths.get(t.name, "")), t.unit) for t in toponyms]


def find_clues(searched: Sequence[Searched], gazetteer: Gazetteer, publisher: str | None = None) -> Clues:
    """Read off a report's words which countries and units it speaks of: by adjectives, by names, in names of bodies."""
    demonyms = Counter([code for one in searched for code in _demonyms_in(one.written, gazetteer)])
    units: Counter[tuple[int, str]] = Counter()
    countries: Counter[tuple[str, str]] = Counter()
    for one in searched:
        for stretch in one.stretches:
            for entry in stretch.entries[:3]:
                if entry.is_main and entry.kind is Kind.ADMIN1:
                    units[entry.id, stretch.name] += 1
                elif entry.is_main and entry.kind is Kind.COUNTRY and entry.country:
                    countries[entry.country, stretch.name] += 1
    return Clues(demonyms, units, countries, publisher or "")


def _demonyms_in(written: Written, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the country (alpha-3) of each adjective and demonym: "Kenyan", "South Koreans"."""
    behind = -1
    for at in written.capitals:
        text = written.words[at].text
        pair = gazetteer.demonym(f"{written.words[at - 1].text} {text}") if at == behind else None
        if country := pair or gazetteer.demonym(text):
            yield country
        behind = at + 1


def _place(text: str, located: Located, words: Sequence[Token], phrase: Phrase | None, gazetteer: Gazetteer) -> Place:
    toponym, entry = located.toponym, located.answer.entry
    is_widened = phrase is not None and phrase.precision is not None and _is_settlement(entry)
    start, end = toponym.start, toponym.end
    if phrase and is_widened:
        start, end = words[phrase.first].start, words[phrase.last - 1].end
    evidence, support = Evidence(start, end, text[start:end]), _stated_path(text, toponym)
    if entry is None:
        return Place(evidence, basis=Basis.UNKNOWN, support=support)
    precision = phrase.precision if phrase and is_widened and not located.lender else None
    basis = Basis.STATED if phrase else Basis.INFERRED
    place = _filled(entry, precision or _PRECISION[entry.kind], gazetteer, evidence, basis, support)
    return _near(place, text, located.lender) if located.lender else place


def _near(place: Place, text: str, lender: Toponym) -> Place:
    """Return a place as known only to lie near a town of the report, or in a wider place that it names."""
    words = Evidence(lender.start, lender.end, text[lender.start : lender.end])
    place = replace(place, basis=Basis.INFERRED, radius_km=max(LENT_KM, place.radius_km or 0.0), support=(words,))
    return place if place.precision in _WIDE else replace(place, precision=Precision.REGION, geonames=None)


def _is_settlement(entry: Entry | None) -> bool:
    return entry is not None and entry.kind in (Kind.CITY, Kind.SITE, Kind.DISTRICT)


def _stated_path(text: str, toponym: Toponym) -> tuple[Evidence, ...]:
    at = text.find(toponym.path, toponym.end, toponym.end + 60) if toponym.path else -1
    return (Evidence(at, at + len(toponym.path), toponym.path),) if at >= 0 else ()


def _filled(
    entry: Entry,
    precision: Precision,
    gazetteer: Gazetteer,
    evidence: Evidence,
    basis: Basis,
    support: tuple[Evidence, ...],
) -> Place:
    """Return what the gazetteer knows of a place; a site of ours takes name and id of its city and keeps its point."""
    named = _city_of(entry, gazetteer) or entry
    return Place(
        evidence=evidence,
        name=named.name,
        geonames=named.id if named.id > 0 else None,
        country=entry.country,
        admin1=named.name if named.kind is Kind.ADMIN1 else named.admin1,
        admin2=named.name if named.kind is Kind.ADMIN2 else named.admin2,
        lat=entry.lat,
        lon=entry.lon,
        radius_km=entry.radius_km,
        precision=precision,
        basis=basis,
        support=support,
    )


def _city_of(entry: Entry, gazetteer: Gazetteer) -> Entry | None:
    if entry.kind not in (Kind.SITE, Kind.DISTRICT) or not entry.code:
        return None
    namesakes = (other for other in gazetteer.lookup(entry.code) if other.kind is Kind.CITY)
    return next((other for other in namesakes if other.country == entry.country), None)


def _without_parts(places: Sequence[tuple[Place, Answer]]) -> list[tuple[Place, Answer]]:
    """Drop a place whose words lie inside the longer phrase of another ("Evin" in "Evin prison in Tehran")."""
    spans = [(place.evidence.start, place.evidence.end) for place, _ in places]
    return [
        found
        for found, (start, end) in zip(places, spans, strict=True)
        if all(start < first or last < end or (first, last) == (start, end) for first, last in spans)
    ]

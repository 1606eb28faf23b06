"""Where: the places that a report names, resolved, and which of them each event took place in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.grounding.gazetteer import Entry, Gazetteer, Kind
from dateline.grounding.ranking import Answer, Sense, resolve
from dateline.grounding.scenes import place_of
from dateline.grounding.sites import Part, Phrase, play, widen
from dateline.grounding.toponyms import Toponym, find_toponyms
from dateline.grounding.words import is_name_like, words_of
from dateline.model.ground import Basis, Place, Precision
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.parse import Sentence, Token

__all__ = ["Located", "count_demonyms", "find_places", "locate", "name_places", "place_of"]

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
class Located:
    """A toponym with the answer that all mentions of its sense share."""

    toponym: Toponym
    answer: Answer


def find_places(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Place]:
    """Return the places that a report names, in the order of the text.

    No places are: demonyms ("Kenyan police"), persons and organisations named after places ("Paris Hilton",
    "Washington Post"), governments named by country or capital ("Tehran rejected the report").

    - `stated`: the words place something. A site or district is resolved to its city, its words kept whole ("Evin
      prison in Tehran", precision site); `support` holds a larger unit stated after the name ("Illinois").
    - `inferred`: the words name a body that sits in the place ("Leipzig police").
    - `unknown`: the words name a place that the gazetteer does not know or that could be several; `name` is None.

    Args:
        text: the report's text; all evidence stands in it.
        sentences: of the whole text; those without tokens are searched by their capitals alone.
        gazetteer: see `gazetteer.open_gazetteer`.
    """
    words = {sentence.index: words_of(text, sentence) for sentence in sentences}
    located = locate(text, sentences, find_toponyms(text, sentences, gazetteer), gazetteer)
    places: list[Place] = []
    for one in located:
        part = play(one.toponym, one.answer.entry, words[one.toponym.sentence])
        if part in (Part.PLACE, Part.SEAT):
            phrase = widen(one.toponym, words[one.toponym.sentence]) if part is Part.PLACE else None
            places.append(_place(text, one, words[one.toponym.sentence], phrase, gazetteer))
    return _without_parts(places)


def name_places(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Place]:
    """Return every name of a place in a text, resolved, its words alone, whatever it does in its sentence.

    Governments ("Turkey said") and parts of other names ("University of Alabama") are kept: this is what corpora of
    toponyms call a toponym. Where events are to be placed, use `find_places`.
    """
    words = {sentence.index: words_of(text, sentence) for sentence in sentences}
    located = locate(text, sentences, find_toponyms(text, sentences, gazetteer), gazetteer)
    bare = [(one, Phrase(one.toponym.first, one.toponym.last)) for one in located]
    return [_place(text, one, words[one.toponym.sentence], phrase, gazetteer) for one, phrase in bare]


def locate(
    text: str, sentences: Sequence[Sentence], toponyms: Sequence[Toponym], gazetteer: Gazetteer
) -> list[Located]:
    """Resolve toponyms of one report, all together: see `toponyms.find_toponyms`."""
    senses = sense_of(toponyms)
    candidates = dict(zip(senses, (toponym.entries for toponym in toponyms), strict=True))
    answers = resolve(candidates, Counter(senses), count_demonyms(text, sentences, gazetteer), gazetteer)
    return [Located(toponym, answers[sense]) for toponym, sense in zip(toponyms, senses, strict=True)]


def sense_of(toponyms: Sequence[Toponym]) -> list[Sense]:
    """Return the sense of each toponym of a report: a path stated once holds for the bare name elsewhere."""
    paths = {toponym.name: toponym.path for toponym in toponyms if toponym.path}
    return [Sense(t.name, t.path or paths.get(t.name, ""), t.unit) for t in toponyms]


def count_demonyms(text: str, sentences: Iterable[Sentence], gazetteer: Gazetteer) -> Counter[str]:
    """Count the adjectives and demonyms of each country (alpha-3) in a report: "Kenyan", "South Koreans"."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        words = words_of(text, sentence)
        for index, word in enumerate(words):
            if is_name_like(word):
                pair = f"{words[index - 1].text} {word.text}" if index else ""
                country = gazetteer.demonym(pair) or gazetteer.demonym(word.text)
                counts.update([country] if country else [])
    return counts


def _place(text: str, located: Located, words: Sequence[Token], phrase: Phrase | None, gazetteer: Gazetteer) -> Place:
    toponym, entry = located.toponym, located.answer.entry
    is_widened = phrase is not None and phrase.precision is not None and _is_settlement(entry)
    start, end = toponym.start, toponym.end
    if phrase and is_widened:
        start, end = words[phrase.first].start, words[phrase.last - 1].end
    place = Place(
        evidence=Evidence(start, end, text[start:end]),
        basis=Basis.STATED if phrase else Basis.INFERRED,
        support=_stated_path(text, toponym),
    )
    if entry is None:
        return replace(place, basis=Basis.UNKNOWN)
    place = _filled(place, entry, gazetteer)
    return replace(place, precision=phrase.precision) if phrase and phrase.precision and is_widened else place


def _is_settlement(entry: Entry | None) -> bool:
    return entry is not None and entry.kind in (Kind.CITY, Kind.SITE, Kind.DISTRICT)


def _stated_path(text: str, toponym: Toponym) -> tuple[Evidence, ...]:
    at = text.find(toponym.path, toponym.end, toponym.end + 60) if toponym.path else -1
    return (Evidence(at, at + len(toponym.path), toponym.path),) if at >= 0 else ()


def _filled(place: Place, entry: Entry, gazetteer: Gazetteer) -> Place:
    """Fill in what the gazetteer knows; a site of ours takes name and id of its city and keeps its point."""
    named = _city_of(entry, gazetteer) or entry
    return replace(
        place,
        name=named.name,
        geonames=named.id if named.id > 0 else None,
        country=entry.country,
        admin1=named.name if named.kind is Kind.ADMIN1 else named.admin1,
        admin2=named.name if named.kind is Kind.ADMIN2 else named.admin2,
        lat=entry.lat,
        lon=entry.lon,
        radius_km=entry.radius_km,
        precision=_PRECISION[entry.kind],
    )


def _city_of(entry: Entry, gazetteer: Gazetteer) -> Entry | None:
    if entry.kind not in (Kind.SITE, Kind.DISTRICT) or not entry.code:
        return None
    namesakes = (other for other in gazetteer.lookup(entry.code) if other.kind is Kind.CITY)
    return next((other for other in namesakes if other.country == entry.country), None)


def _without_parts(places: Sequence[Place]) -> list[Place]:
    """Drop a place whose words lie inside the longer phrase of another ("Evin" in "Evin prison in Tehran")."""
    spans = [place.evidence.span for place in places]
    kept = []
    for place in places:
        span = place.evidence.span
        if not any(other != span and other.contains(span) for other in spans):
            kept.append(place)
    return kept

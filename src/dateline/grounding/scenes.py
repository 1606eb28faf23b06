"""Which of a report's places an event took place in, and how that is known.

In this order: the coder's own words for the place; a place that hangs on the event's words (`ties`), or where its actor
sits; of deeds, a place of the clause that something is said to be in or at; what another telling of the event says;
the place that something in the sentence is said to be in or at; where the tale stands, by the sentences before; the
dateline, if it is no capital (from there whole countries are reported of); the town that most of the report plays in;
the country that most of the report's places lie in. What happened "nationwide" or "in 40 cities", or swept 40 cities,
happened in that country, not in the town that stands nearest. What is said has the place of saying it alone: the
dateline, capital or not.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.grounding.geonames import read_countries
from dateline.grounding.retold import retellings
from dateline.grounding.ties import Stand, holds_actor, is_placed, opens_line
from dateline.model.ground import Basis, Place, Precision, Role
from dateline.model.parse import sentence_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.parse import Sentence

_FINE = (
    Precision.SITE, Precision.DISTRICT, Precision.CITY, Precision.COUNTY, Precision.PROVINCE, Precision.REGION,
    Precision.COUNTRY, Precision.UNKNOWN,
)  # fmt: skip
_ADJACENT = 6
"""Characters between the names of a place and of what holds it: ", ", " in ", " (" ."""
_WIDE = re.compile(
    r"\bnation ?-? ?wide\b|\bcountry ?-? ?wide\b|\b(?:across|around|throughout|all over) the (?:country|nation)\b|"
    r"\b(?:in|across|to|through|over|swept|sweep|sweeping|reached|touched|engulfed|gripped|shook|rocked|hit) "
    r"(?:[\w-]+ ){1,3}"
    r"(?:cities|towns|provinces|states|governorates|districts|regions)\b(?! of\b)"
)
_TOWN = _FINE.index(Precision.CITY)
_OFTEN = 2
"""Times that a report must name a town to play in it."""
_FOCUS = 0.5
"""Least share of a report's places that the country of its focus must hold."""
_BACK = 2
"""Sentences: how far back the place may be named that a tale still stands at."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """A report and its places, each with the sentence that names it."""

    coding: Coding
    places: Sequence[Place]
    sentences: Sequence[Sentence | None]
    is_capital: Callable[[Place], bool]

    def named_in(self, sentence: Sentence | None) -> list[Place]:
        """Return the known places of a sentence that are no dateline."""
        return [
            place
            for place, own in zip(self.places, self.sentences, strict=True)
            if sentence is not None and own is sentence and place.name and not opens_line(place, own)
        ]


def places_of(coding: Coding, places: Sequence[Place], is_capital: Callable[[Place], bool]) -> list[Place | None]:
    """Return where each event of a report took place, None where nothing tells; in the order of its events.

    - `stated`: the coder's words for the place, or a place tied to the trigger by grammar: "protests in Sanandaj",
      "a court in Tehran sentenced" (where the court sits is where it sentenced).
    - `inferred`: a place merely near (same clause, same sentence), of another telling of the event, of the sentences
      before, the dateline, or the focus of the report, which gives a country and never its capital. `support` holds the
      words of the place it was inferred from.
    - `unknown`: the event's own words for its place could not be resolved.

    Args:
        coding: the events and sentences of one report.
        places: the places that it names, in the order of the text (`places.find_places`).
        is_capital: says whether a place is the capital of a country.
    """
    sentences = [sentence_at(coding.sentences, place.evidence.start) for place in places]
    scene = _Scene(coding, places, sentences, is_capital)
    stands = [Stand.of(event, coding) for event in coding.events]
    told = [_stated(stand, scene) for stand in stands]
    again = _retold(coding, told)
    return [
        known or _inferred_of(stand, scene, again.get(n))
        for n, (stand, known) in enumerate(zip(stands, told, strict=True))
    ]


def _stated(stand: Stand, scene: _Scene) -> Place | None:
    event, places = stand.event, scene.places
    actor = (place for place in places if holds_actor(event, scene.coding, place))
    return _of_arguments(event, places) or _of_grammar(stand, scene) or next(actor, None)


def _inferred_of(stand: Stand, scene: _Scene, again: Place | None) -> Place | None:
    event = stand.event
    if _is_wide(event, scene.coding):
        return _of_focus(scene.places)
    if stand.is_saying:
        return again or _of_dateline(scene, even_capital=True) or _of_focus(scene.places)
    here = sentence_at(scene.coding.sentences, event.trigger.start)
    placed = [place for place in scene.named_in(here) if is_placed(place, here) and not stand.is_about(place)]
    return (
        _nearest(event, [place for place in placed if event.clause.contains(place.evidence.span)])
        or again
        or _nearest(event, placed)
        or (_of_tale(here, scene) if event.status.happened else None)
        or _of_dateline(scene, even_capital=False)
        or _of_town(scene)
        or _of_focus(scene.places)
    )


def _retold(coding: Coding, told: Sequence[Place | None]) -> dict[int, Place]:
    """Return the place of each event that other tellings state, if they all state the same."""
    found = {}
    for number, others in retellings(coding.events, coding):
        known = [place for other in others if (place := told[other]) and place.name and place.basis is Basis.STATED]
        if known and len({(place.name, place.admin1, place.country) for place in known}) == 1:
            best = _finest(known) or known[0]
            found[number] = _inferred(best, best)
    return found


def _is_wide(event: Event, coding: Coding) -> bool:
    """Say whether an event's clause has it happen in many places at once: "nationwide", "in 40 cities"."""
    sentence = sentence_at(coding.sentences, event.trigger.start)
    words = sentence.within(event.clause.start, event.clause.end) if sentence else []
    return _WIDE.search(" ".join(word.text.lower() for word in words)) is not None


def _of_arguments(event: Event, places: Sequence[Place]) -> Place | None:
    spans = [evidence.span for evidence in event.of(Role.PLACE)]
    return _finest(place for place in places if any(span.overlaps(place.evidence.span) for span in spans))


def _finest(places: Iterable[Place]) -> Place | None:
    """Return the place of the smallest unit, the first of equals."""
    return min(places, key=lambda place: (_FINE.index(place.precision), place.evidence.start), default=None)


def _of_grammar(stand: Stand, scene: _Scene) -> Place | None:
    """Return the place nearest to the trigger by grammar, in its clause first; of "Leipzig, Saxony" the finer."""
    ours = [place for place, own in zip(scene.places, scene.sentences, strict=True) if own is stand.sentence]
    tied = [(far, place) for place in ours if (far := stand.steps(place)) is not None]
    inside = [(far, place) for far, place in tied if stand.event.clause.contains(place.evidence.span)]
    rivals = inside or tied
    if not rivals:
        return None
    nearest = min(rivals, key=lambda pair: (pair[0], pair[1].evidence.start))
    return _finest(place for far, place in rivals if place is nearest[1] or _is_nested(place, nearest[1]))


def _is_nested(inner: Place, outer: Place) -> bool:
    """Say whether one place may lie in the other: named right beside it, the same country, a finer unit."""
    is_near = (
        abs(inner.evidence.start - outer.evidence.end) <= _ADJACENT
        or abs(outer.evidence.start - inner.evidence.end) <= _ADJACENT
    )
    return is_near and inner.country == outer.country and _FINE.index(inner.precision) < _FINE.index(outer.precision)


def _nearest(event: Event, places: Sequence[Place]) -> Place | None:
    """Return the place nearest to the trigger, as inferred from its words."""
    at = event.trigger.start
    best = min(places, key=lambda place: (abs(place.evidence.start - at), place.evidence.start), default=None)
    best = best and (_finest(place for place in places if place is best or _is_nested(place, best)))
    return _inferred(best, best) if best else None


def _inferred(place: Place, source: Place) -> Place:
    """Return a place as inferred, with the words it was inferred from as support; an unresolved one stays unknown."""
    basis = Basis.UNKNOWN if place.name is None else Basis.INFERRED
    return replace(place, basis=basis, support=(source.evidence, *(e for e in place.support if e != source.evidence)))


def _of_tale(here: Sentence | None, scene: _Scene) -> Place | None:
    """Return the one place that the nearest of the sentences before says something to be in or at."""
    if here is None:
        return None
    number = scene.coding.sentences.index(here)
    for before in reversed(scene.coding.sentences[max(0, number - _BACK) : number]):
        placed = [place for place in scene.named_in(before) if is_placed(place, before)]
        if placed:
            best = _finest(placed)
            alone = best and all(place.name == best.name or _is_nested(best, place) for place in placed)
            return _inferred(best, best) if best and alone else None
    return None


def _of_town(scene: _Scene) -> Place | None:
    """Return the town that most of a report's towns are, named twice at least; an inference, and never a guess."""
    towns = [
        place
        for place, sentence in zip(scene.places, scene.sentences, strict=True)
        if place.name and _FINE.index(place.precision) <= _TOWN and not (sentence and opens_line(place, sentence))
    ]
    counts = Counter((place.name, place.admin1) for place in towns)
    if not counts:
        return None
    name, most = max(counts.items(), key=lambda item: (item[1], item[0][0] or "", item[0][1] or ""))
    if most < _OFTEN or most <= _FOCUS * len(towns):
        return None
    first, *others = [place for place in towns if (place.name, place.admin1) == name]
    return replace(first, basis=Basis.INFERRED, support=tuple(place.evidence for place in (first, *others)[:3]))


def _of_dateline(scene: _Scene, *, even_capital: bool) -> Place | None:
    """Return the place that opens a sentence of the report before a dash or in capitals: "LEIPZIG (AP) -"."""
    for place, sentence in zip(scene.places, scene.sentences, strict=True):
        if sentence and place.name and opens_line(place, sentence):
            return _inferred(place, place) if even_capital or not scene.is_capital(place) else None
    return None


def _of_focus(places: Sequence[Place]) -> Place | None:
    """Return the country that most of the report's places lie in, with country precision; its capital never."""
    known = [place for place in places if place.name and place.country]
    counts = Counter(place.country for place in known)
    if not counts:
        return None
    country, most = max(counts.items(), key=lambda item: (item[1], -_first(known, item[0])))
    if most <= _FOCUS * len(known):
        return None
    inside = [place for place in known if place.country == country]
    named = next((place for place in inside if place.precision is Precision.COUNTRY), None)
    support = tuple(place.evidence for place in inside[:3])
    return replace(named or _country(inside[0]), basis=Basis.INFERRED, support=support)


def _first(places: Sequence[Place], country: str | None) -> int:
    return next(place.evidence.start for place in places if place.country == country)


def _country(place: Place) -> Place:
    """Return the country of a place, for a report that never names it."""
    known = read_countries().get(place.country or "")
    if known is None:
        return Place(place.evidence, country=place.country, precision=Precision.COUNTRY)
    lat, lon = known["at"]
    return Place(
        place.evidence, known["names"][0], country=place.country, lat=lat, lon=lon, precision=Precision.COUNTRY
    )

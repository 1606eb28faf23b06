"""Which of a report's places an event took place in, and how that is known.

In this order: the coder's own words for the place; a place in the event's clause that hangs on its trigger; another
place of the clause, of the sentence that something is said to be in or at; the report's dateline; the town that most
of the report plays in; any other place of the clause or sentence; the country that most of the report's places lie in.
What happened "nationwide" or "in 40 cities" happened in that country, not in the town that stands nearest.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.grounding.geonames import read_countries
from dateline.model.ground import Basis, Place, Precision, Role
from dateline.model.parse import head_of, sentence_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.parse import Sentence, Token

_FINE = (
    Precision.SITE, Precision.DISTRICT, Precision.CITY, Precision.COUNTY, Precision.PROVINCE, Precision.REGION,
    Precision.COUNTRY, Precision.UNKNOWN,
)  # fmt: skip
_FAR = 99
_DATELINE_WORDS = 12
_PREPOSITIONS = frozenset("in at near outside across around throughout inside".split())
_ADJACENT = 6
"""Characters between the names of a place and of what holds it: ", ", " in ", " (" ."""
_WIDE = re.compile(
    r"\bnation ?-? ?wide\b|\bcountry ?-? ?wide\b|\b(?:across|around|throughout|all over) the (?:country|nation)\b|"
    r"\b(?:in|across|to|through) (?:[\w-]+ ){1,3}"
    r"(?:cities|towns|provinces|states|governorates|districts|regions)\b(?! of\b)"
)
_TOWN = _FINE.index(Precision.CITY)
_OFTEN = 2
"""Times that a report must name a town to play in it."""
_FOCUS = 0.5
"""Least share of a report's places that the country of its focus must hold."""


def place_of(event: Event, coding: Coding, places: Sequence[Place]) -> Place | None:
    """Return where an event took place, or None where nothing tells.

    - `stated`: the coder's words for the place, or a place tied to the trigger by grammar: "protests in Sanandaj",
      "a court in Tehran sentenced" (where the court sits is where it sentenced).
    - `inferred`: a place merely near (same clause, same sentence), the dateline, or the focus of the report, which
      gives a country and never its capital. `support` holds the words of the place it was inferred from.
    - `unknown`: the event's own words for its place could not be resolved.
    """
    stated = _of_arguments(event, places) or _of_grammar(event, coding, places) or _of_actor(event, coding, places)
    if stated:
        return stated
    if _is_wide(event, coding):
        return _of_focus(places)
    clause = [place for place in places if event.clause.contains(place.evidence.span)]
    sentence = _of_sentence(event, coding, places)
    return (
        _nearest(event, [place for place in clause if _is_placed(place, coding)])
        or _nearest(event, [place for place in sentence if _is_placed(place, coding)])
        or _of_dateline(coding, places)
        or _of_town(places)
        or _nearest(event, clause)
        or _nearest(event, sentence)
        or _of_focus(places)
    )


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


def _of_grammar(event: Event, coding: Coding, places: Sequence[Place]) -> Place | None:
    """Return the place nearest to the trigger by grammar, in its clause first; of "Leipzig, Saxony" the finer."""
    tied = [(_steps(event, coding, place), place) for place in places]
    tied = [(far, place) for far, place in tied if far < _FAR]
    inside = [(far, place) for far, place in tied if event.clause.contains(place.evidence.span)]
    rivals = inside or tied
    if not rivals:
        return None
    nearest = min(rivals, key=lambda pair: (pair[0], pair[1].evidence.start))
    return _finest(place for far, place in rivals if place is nearest[1] or _is_nested(place, nearest[1]))


def _of_actor(event: Event, coding: Coding, places: Sequence[Place]) -> Place | None:
    """Return the place where the actor is said to sit: "a court in Tehran sentenced"."""
    for evidence in event.of(Role.ACTOR):
        sentence = sentence_at(coding.sentences, evidence.start)
        own = {word.index for word in sentence.within(evidence.start, evidence.end)} if sentence else set()
        for place in places:
            words = sentence.within(place.evidence.start, place.evidence.end) if sentence else []
            if sentence and words and place.basis is Basis.STATED and _sits(head_of(words), own, sentence):
                return place
    return None


def _sits(place: Token, actor: set[int], sentence: Sentence) -> bool:
    """Say whether a place hangs by "in" or "at" on one of the actor's words."""
    preposition = sentence.head(place)
    return preposition.lemma in ("in", "at") and sentence.head(preposition).index in actor


def _is_nested(inner: Place, outer: Place) -> bool:
    """Say whether one place may lie in the other: named right beside it, the same country, a finer unit."""
    is_near = (
        abs(inner.evidence.start - outer.evidence.end) <= _ADJACENT
        or abs(outer.evidence.start - inner.evidence.end) <= _ADJACENT
    )
    return is_near and inner.country == outer.country and _FINE.index(inner.precision) < _FINE.index(outer.precision)


def _steps(event: Event, coding: Coding, place: Place) -> int:
    """Return how many heads lie between a place and the trigger; `_FAR` if the place does not hang on it."""
    sentence = sentence_at(coding.sentences, event.trigger.start)
    if sentence is None or not sentence.tokens or place.basis is Basis.INFERRED:
        return _FAR
    trigger = sentence.at(event.trigger.start)
    words = sentence.within(place.evidence.start, place.evidence.end)
    if trigger is None or not words:
        return _FAR
    top = head_of(words)
    if _is_bare_subject(top) or _opens_as_dateline(place, sentence):
        return _FAR
    own = _event_words(event, sentence)
    if _is_origin(top, own, sentence):
        return _FAR
    return next((n for n, up in enumerate(sentence.ancestors(top), start=1) if up.index in own), _FAR)


def _event_words(event: Event, sentence: Sentence) -> set[int]:
    """Return the words that a place may hang on: the trigger, and the verb that it is subject or object of.

    "Marches were held in Rasht": the place hangs on "held".
    """
    words = sentence.within(event.trigger.start, event.trigger.end)
    verbs = {word.head for word in words if word.pos == "NOUN" and word.dep in ("nsubj", "nsubjpass", "dobj")}
    return {word.index for word in words} | verbs


def _is_bare_subject(word: Token) -> bool:
    """Say whether a place acts or is acted on rather than holds the event."""
    return word.dep in ("nsubj", "poss")


def _is_origin(place: Token, own: set[int], sentence: Sentence) -> bool:
    """Say whether a place tells where somebody is from ("a man from Jos was beaten"), not where something happened."""
    preposition = sentence.head(place)
    return preposition.lemma == "from" and preposition.head not in own


def _nearest(event: Event, places: Sequence[Place]) -> Place | None:
    """Return the place nearest to the trigger, as inferred from its words."""
    at = event.trigger.start
    best = min(places, key=lambda place: (abs(place.evidence.start - at), place.evidence.start), default=None)
    return _inferred(best, best) if best else None


def _is_placed(place: Place, coding: Coding) -> bool:
    """Say whether a preposition of place stands right before the place, an article between them or not."""
    sentence = sentence_at(coding.sentences, place.evidence.start)
    before = [word for word in sentence.tokens if word.end <= place.evidence.start][-2:] if sentence else []
    return any(word.lemma in _PREPOSITIONS for word in before if word.text.lower() not in ("the", "a", "an"))


def _inferred(place: Place, source: Place) -> Place:
    """Return a place as inferred, with the words it was inferred from as support; an unresolved one stays unknown."""
    basis = Basis.UNKNOWN if place.name is None else Basis.INFERRED
    return replace(place, basis=basis, support=(source.evidence, *(e for e in place.support if e != source.evidence)))


def _of_sentence(event: Event, coding: Coding, places: Sequence[Place]) -> list[Place]:
    """Return the known places of the event's sentence."""
    sentence = sentence_at(coding.sentences, event.trigger.start)
    if sentence is None:
        return []
    return [place for place in places if sentence.start <= place.evidence.start < sentence.end and place.name]


def _of_town(places: Sequence[Place]) -> Place | None:
    """Return the town that most of a report's towns are, named twice at least; an inference, and never a guess."""
    towns = [place for place in places if place.name and _FINE.index(place.precision) <= _TOWN]
    counts = Counter((place.name, place.admin1) for place in towns)
    if not counts:
        return None
    name, most = max(counts.items(), key=lambda item: (item[1], item[0][0] or "", item[0][1] or ""))
    if most < _OFTEN or most <= _FOCUS * len(towns):
        return None
    first, *others = [place for place in towns if (place.name, place.admin1) == name]
    return replace(first, basis=Basis.INFERRED, support=tuple(place.evidence for place in (first, *others)[:3]))


def _of_dateline(coding: Coding, places: Sequence[Place]) -> Place | None:
    """Return the place that opens a sentence of the report before a dash or in capitals: "LEIPZIG (AP) -"."""
    for place in places:
        sentence = sentence_at(coding.sentences, place.evidence.start)
        if sentence and place.name and _opens_as_dateline(place, sentence):
            return _inferred(place, place)
    return None


def _opens_as_dateline(place: Place, sentence: Sentence) -> bool:
    return place.evidence.start == sentence.start and _is_dateline(place, sentence)


def _is_dateline(place: Place, sentence: Sentence) -> bool:
    opening = [word for word in sentence.tokens[:_DATELINE_WORDS] if word.start >= place.evidence.end]
    if opening and opening[0].text == ":":
        return True
    for word in opening:
        if word.text in ("-", "–", "—", "--"):
            return word.index > 0
        if word.pos in ("VERB", "AUX"):
            return False
    return not sentence.tokens and place.evidence.quote.isupper()


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

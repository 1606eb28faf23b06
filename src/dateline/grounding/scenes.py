"""Which of a report's places an event took place in, and how that is known.

In this order: the coder's own words for the place; a place that hangs on the event's words (`ties`), or where its
actor sits; of deeds, a place of the clause that something is said to be in or at; what another telling of the event
says; the place that something in the sentence is said to be in or at; what "this capital" or "the city" means
(`here`); where the tale stands, by the sentences before; the dateline, if it is no capital (from there whole
countries are reported of); the town of the report's other events, or that most of it plays in, or the only one that
it names; its province, then the country that most of its places lie in (`focus`). What happened "nationwide" or "in
40 cities", or swept 40 cities, happened in that country, not in the town that stands nearest. What is said has the
place of saying it alone: the dateline, capital or not. A later sentence may say where an event took place, too
(`told_later`): that goes before the tale. What is planned, feared or demanded has neither the tale's
place nor the dateline, unless the report plays there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.grounding.focus import SETTLED, Scene, finest, holds, inferred, is_nested
from dateline.grounding.here import meant
from dateline.grounding.retold import retellings
from dateline.grounding.telling import Told, last_told, turns_away
from dateline.grounding.ties import Stand, holds_actor, km_away
from dateline.grounding.told_later import told_later
from dateline.model.event import Status
from dateline.model.ground import Basis, Place, Precision, Role
from dateline.model.parse import place_behind, sentence_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.parse import Sentence

_WIDE = re.compile(
    r"\bnational (?:strike|stoppage|stay-?away|shutdown|walk-?out)s?\b|"
    r"\bnation ?-? ?wide\b|\bcountry ?-? ?wide\b|\b(?:across|around|throughout|all over) the (?:country|nation)\b|"
    r"\b(?:in|across|to|through|over|swept|sweep|sweeping|reached|touched|engulfed|gripped|shook|rocked|hit) "
    r"(?:[\w-]+ ){1,3}"
    r"(?:cities|towns|provinces|states|governorates|districts|regions|departments)\b"
    r"(?! of\b(?! (?:the|this|our) (?:country|nation)\b))"
)
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ying)|denials?|reject\w*|refut\w*|disput\w*|dismissed)\b", re.IGNORECASE)
_NOWHERE = (Status.HYPOTHETICAL, Status.GENERIC)
_SEVERAL = 2
"""Events with a place of their own that must agree before the others of a report are put there."""
_SURROUNDINGS_KM = 100.0
"""How far off a town something may be to be in its surroundings."""
_BACK = 2
"""Sentences: how far back the place may be named that a tale still stands at."""


_REACH = 3
"""Sentences: how far back the words for a place may stand from which events go on, one from the other."""


def places_of(
    coding: Coding, places: Sequence[Place], is_capital: Callable[[Place], bool], text: str = ""
) -> list[Place | None]:
    """Return where each event of a report took place, None where nothing tells; in the order of its events.

    - `stated`: the coder's words for the place, or a place tied to the trigger by grammar: "protests in Sanandaj",
      "a court in Tehran sentenced" (where the court sits is where it sentenced).
    - `inferred`: a place merely near (same clause, same sentence), of another telling of the event, of the sentences
      before, the dateline, or the focus of the report, which gives a town only where the report plays in one, and a
      country never by its capital. `support` holds the words of the place it was inferred from.
    - `unknown`: the event's own words for its place could not be resolved.

    Args:
        coding: the events and sentences of one report.
        places: the places that it names, in the order of the text (`places.find_places`).
        is_capital: says whether a place is the capital of a country.
        text: of the report, for sentences that the coder did not parse.
    """
    sentences = [sentence_at(coding.sentences, place.evidence.start) for place in places]
    scene = Scene(coding, places, sentences, is_capital, text)
    stands = [Stand.of(event, coding, text) for event in coding.events]
    near = _told_on(stands, [_stated(stand, scene) for stand in stands], scene)
    common = _common(near, scene)
    return [place or _inferred_of(stand, scene, common) for stand, place in zip(stands, near, strict=True)]


def _stated(stand: Stand, scene: Scene) -> Place | None:
    event, places = stand.event, scene.places
    actor = (place for place in places if holds_actor(event, scene.coding, place))
    return _of_arguments(event, places) or _of_grammar(stand, scene) or next(actor, None)


def _told_on(stands: Sequence[Stand], stated: Sequence[Place | None], scene: Scene) -> list[Place | None]:
    """Return the places of all events, those first that stand first: one may go on from what was told before it."""
    again = _retold(scene.coding, stated)
    tales = [Told.of(stand.event, scene.coding) for stand in stands]
    known = list(stated)
    order = sorted(range(len(stands)), key=lambda number: stands[number].event.trigger.start)
    for at, number in enumerate(order):
        before = [(tales[other], place) for other in order[:at] if (place := known[other]) and tales[other].is_deed]
        if known[number] is None:
            known[number] = _near(stands[number], scene, again.get(number), _Tale(tales[number], before))
    return known


@dataclass(frozen=True, slots=True)
class _Tale:
    """An event as it is told, and the deeds told before it with their places."""

    mine: Told
    before: Sequence[tuple[Told, Place]]

    def last_in(self, sentence: Sentence) -> Place | None:
        """Return the place of the event of a sentence that this one goes on from."""
        others = [(it, place) for it, place in self.before if it.sentence is sentence and place.name]
        last = last_told(self.mine, [it for it, _ in others])
        return next((inferred(place, place) for it, place in others if it is last), None)


def _near(stand: Stand, scene: Scene, again: Place | None, tale: _Tale) -> Place | None:
    """Return the place that the words around an event infer for it."""
    here = sentence_at(scene.coding.sentences, stand.event.trigger.start)
    if _is_wide(stand.event, scene.coding):
        return scene.country
    if stand.is_saying:
        spoken = (inferred(place, place) for place in scene.named_in(here) if stand.speaks_at(place))
        return again or next(spoken, None) or told_later(tale.mine, scene)
    near = _of_sentence(stand, here, scene, again) or meant(stand.event.clause, here, scene) or _off(stand, here, scene)
    near = near or told_later(tale.mine, scene)
    return near or (_of_tale(stand, here, scene, tale) if _is_told_of(stand.event, here, scene) else None)


def _off(stand: Stand, here: Sentence | None, scene: Scene) -> Place | None:
    """Return the surroundings of a town from which the distance to the event is told: "40 km north of Jos"."""
    for place in scene.named_in(here):
        far = km_away(place, here) if here and stand.event.clause.contains(place.evidence.span) else None
        if far is not None and far <= _SURROUNDINGS_KM:
            off = inferred(place, place)
            return replace(off, precision=Precision.REGION, geonames=None, radius_km=far + (place.radius_km or 0.0))
    return None


def _inferred_of(stand: Stand, scene: Scene, common: Place | None) -> Place | None:
    """Return the place that the report as a whole infers for an event without one."""
    here = sentence_at(scene.coding.sentences, stand.event.trigger.start)
    if stand.is_saying:
        return scene.dateline_at(here) or scene.country
    is_told = _is_told_of(stand.event, here, scene)
    dateline = _of_dateline(here, scene) if is_told or scene.plays_at_dateline else None
    is_news = stand.event.status not in (*_NOWHERE, Status.BACKGROUND, Status.DENIED)
    is_nowhere = stand.event.status in _NOWHERE or (stand.event.status is Status.DENIED and not is_told)
    town = None if is_nowhere else common or (scene.only_town if is_news else None)
    return dateline or town or scene.unit or scene.country or scene.sea


def _common(places: Sequence[Place | None], scene: Scene) -> Place | None:
    """Return the one town where all events of a report took place whose own words tell of a place.

    One event is not enough, unless most of the report's towns are its town; without any, that town stands for all, and
    where they disagree, one that the report hardly ever leaves.
    """
    known = [place for place in places if place and place.name]
    best = finest(known)
    if best is None:
        return scene.town
    if best.precision not in SETTLED or not all(holds(place, best) for place in known):
        return scene.main_town
    agree = sum(place.name == best.name for place in known)
    is_alone = agree < _SEVERAL and (scene.town is None or scene.town.name != best.name)
    is_abroad = scene.country is not None and scene.country.country != best.country
    return None if is_alone or is_abroad else inferred(best, best)


def _of_sentence(stand: Stand, here: Sentence | None, scene: Scene, again: Place | None) -> Place | None:
    event = stand.event
    placed = [place for place in scene.placed_in(here) if not stand.is_about(place)]
    inside = [place for place in placed if event.clause.contains(place.evidence.span)]
    named = scene.named_in(here)
    return _nearest(event, inside, named) or again or _nearest(event, placed, named)


def _of_dateline(here: Sentence | None, scene: Scene) -> Place | None:
    dateline = scene.dateline_at(here)
    return None if dateline and scene.is_capital(dateline) and not scene.is_bulletin else dateline


def _retold(coding: Coding, told: Sequence[Place | None]) -> dict[int, Place]:
    """Return the place of each event that other tellings state, if they all state the same."""
    found = {}
    for number, others in retellings(coding.events, coding):
        known = [place for other in others if (place := told[other]) and place.name and place.basis is Basis.STATED]
        if known and len({(place.name, place.admin1, place.country) for place in known}) == 1:
            best = finest(known) or known[0]
            found[number] = inferred(best, best)
    return found


def _is_told_of(event: Event, here: Sentence | None, scene: Scene) -> bool:
    """Say whether an event has a place in the tale: what the report itself says did not happen, did not happen there.

    What somebody denies is as little of the tale as what is imagined.
    """
    if event.status is not Status.DENIED:
        return event.status.happened
    return here is not None and _DENIAL.search(scene.text[here.start : here.end]) is None


def _is_wide(event: Event, coding: Coding) -> bool:
    """Say whether an event's clause has it happen in many places at once: "nationwide", "in 40 cities"."""
    sentence = sentence_at(coding.sentences, event.trigger.start)
    words = sentence.within(event.clause.start, event.clause.end) if sentence else []
    return _WIDE.search(" ".join(word.text.lower() for word in words)) is not None


def _of_arguments(event: Event, places: Sequence[Place]) -> Place | None:
    spans = [evidence.span for evidence in event.of(Role.PLACE)]
    return finest(place for place in places if any(span.overlaps(place.evidence.span) for span in spans))


def _of_grammar(stand: Stand, scene: Scene) -> Place | None:
    """Return the place nearest to the trigger by grammar, in its clause first; of "Leipzig, Saxony" the finer."""
    ours = [place for place, own in zip(scene.places, scene.sentences, strict=True) if own is stand.sentence]
    tied = [(far, place) for place in ours if (far := stand.steps(place)) is not None]
    inside = [(far, place) for far, place in tied if stand.event.clause.contains(place.evidence.span)]
    rivals = inside or tied
    if not rivals:
        return None
    nearest = min(rivals, key=lambda pair: (pair[0], pair[1].evidence.start))
    return finest(place for far, place in rivals if place is nearest[1] or is_nested(place, nearest[1]))


def _nearest(event: Event, places: Sequence[Place], named: Sequence[Place]) -> Place | None:
    """Return the place nearest to the trigger, as inferred from its words; of "Leipzig in Saxony" the finer."""
    at = event.trigger.start
    best = min(places, key=lambda place: (abs(place.evidence.start - at), place.evidence.start), default=None)
    best = best and (finest(place for place in named if place is best or is_nested(place, best)))
    return inferred(best, best) if best else None


def _of_tale(stand: Stand, here: Sentence | None, scene: Scene, tale: _Tale) -> Place | None:
    """Return the place of the deed told last, or the one that the nearest of the sentences before plays in.

    What turns to another place, or names one, goes on from nothing; what is recalled goes on from its own sentence.
    """
    if here is None or turns_away(here) or tale.mine.is_ahead:
        return None
    last = tale.last_in(here)
    if last or tale.mine.is_subject or stand.event.status is Status.BACKGROUND or scene.opens_item(here):
        return last
    number = scene.coding.sentences.index(here)
    for before in reversed(scene.coding.sentences[max(0, number - _BACK) : number]):
        found = _told_in(before, here, scene, tale)
        if found or scene.opens_item(before):
            return found if found and not _is_left(found, here, scene) else None
    return None


def _is_fresh(place: Place, here: Sentence, scene: Scene) -> bool:
    """Say whether the words for a place stand so few sentences before that a tale may still be there."""
    return place_behind(scene.coding.sentences, place.evidence.start) >= here.index - _REACH


def _told_in(sentence: Sentence, here: Sentence, scene: Scene, tale: _Tale) -> Place | None:
    """Return the place of the deed that a sentence told last, or the one place that it plays in."""
    last, placed = tale.last_in(sentence), scene.told_in(sentence)
    last = last if last and _is_fresh(last, here, scene) else None
    best = finest(placed)
    if last or best is None:
        return last
    alone = all(place.name == best.name or is_nested(best, place) for place in placed)
    return inferred(best, best) if alone else None


def _is_left(place: Place, here: Sentence, scene: Scene) -> bool:
    """Say whether a sentence names a town that is not the one that the tale stood at before it."""
    return any(it.precision in SETTLED and it.name != place.name for it in scene.named_in(here))

"""Which figures of a report belong to an event."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from dateline.grounding.figures_words import SINGULAR_PEOPLE
from dateline.model.codebook import plover
from dateline.model.ground import Basis, Figure, Role, Scope
from dateline.model.parse import head_of, place_at, sentence_at
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.parse import Sentence
    from dateline.model.text import Span

_SENTENCES = frozenset({"death_sentence", "prison_sentence", "sentence", "conviction"})
_SPELLS = ("hours", "days", "weeks", "months", "years")
_THINGS = frozenset({"buildings", "vehicles", "weapons", "units", "families", "animals", "organisations"})
_EXTENT = frozenset({"people", "cities", "provinces", "places", "countries", "acts", "percent", *_SPELLS}) | _THINGS
_TERMS = frozenset({"term_days", "term_months", "term_years"})
_HARM = frozenset({"killed", "injured", "casualties", "missing"})
# What the words can count of an event: by its form first, else by its type. Anything else has its extent only.
_BY_FORM = dict.fromkeys(_SENTENCES, _EXTENT | _TERMS | {"sentenced", "lashes"})
_BY_FORM |= {
    "arrest": _EXTENT | _TERMS | {"arrested"},
    "disappearance": _EXTENT | {"missing"},
    "dispersal": _EXTENT | {"arrested", "injured"},
    "raid": _EXTENT | {"arrested"},
    "deportation": _EXTENT | {"displaced"},
    "eviction": _EXTENT | {"displaced"},
    "release": _EXTENT | {"released"},
    "pardon": _EXTENT | {"released"},
    "abduction": _EXTENT | _HARM | {"abducted", "released"},
    "seize": _EXTENT | {"money"},
    "economic": _EXTENT | {"money"},
    "humanitarian": _EXTENT | {"money"},
}
_BY_TYPE = {"ASSAULT": _EXTENT | _HARM | {"displaced"}}
_PERSONAL = _HARM | {"arrested", "sentenced", "released", "abducted", "displaced"}
_BEFELL = {
    "killing": "killed",
    "execution": "killed",
    "assassination": "killed",
    "massacre": "killed",
    "arrest": "arrested",
    "abduction": "abducted",
    "disappearance": "missing",
    "release": "released",
    "eviction": "displaced",
    "deportation": "displaced",
} | dict.fromkeys(_SENTENCES, "sentenced")
_BEFORE_SPELLS = frozenset(
    {"in", "within", "after", "since", "than", "every", "past", "last", "next", "until", "before"}
)
_AFTER_SPELLS = frozenset({"ago", "later", "earlier", "old", "before", "after"})
_ATTACKS = frozenset(
    "attack blast explosion bombing shooting raid clash clashes fighting assault ambush strike airstrike violence "
    "shelling massacre battle unrest crackdown incident".split()
)
_OPENING = 16
"""How far behind the start of a phrase or a sentence, in characters, a figure may begin that is still its head."""

_ONE = re.compile(r"(?:an?|one)\s+(?=\w)", re.IGNORECASE)
_SECOND = re.compile(r"(?:,|\band)\s+(?:an?|one|the|\d+|[a-z]+s)\s", re.IGNORECASE)


def figures_of(event: Event, coding: Coding, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures that belong to an event, in the order of the text.

    A figure belongs to one event only: the one whose verb tells it; else, of the events that it can count, the one of
    whose party it stands in the words, or with the shortest clause around it. What befell people (`30 injured`) may
    stand elsewhere in the event's sentence, or open the sentence after it, where no event of its own tells it: such a
    figure is inferred. People in the words for the recipient are counted as what befell them. Where the words count
    nobody and the one recipient is `a` person, that is a figure of one.
    """
    own = [_befallen(event, figure) for figure in figures if _owner(figure, coding) == event]
    own += [_inferred(event, figure) for figure in figures if _told_after(figure, coding) == event]
    taken = {figure.evidence for figure in own}
    named = [figure for figure in figures if _is_named(event, figure) and figure.evidence not in taken]
    found = sorted((*own, *named), key=lambda figure: (figure.evidence.start, figure.counts))
    found = [replace(it, scope=Scope.WHOLE) if _is_all(event, it, found, coding, figures) else it for it in found]
    one = _single(event, coding, found)
    return (*found, one) if one is not None else tuple(found)


def _befallen(event: Event, figure: Figure) -> Figure:
    """Return a figure of people as a count of what the event did to them, if they are its recipient."""
    counts = _BEFELL.get(event.form or "")
    if figure.counts != "people" or figure.support or counts is None:
        return figure
    return replace(figure, counts=counts, support=(event.trigger,)) if _heads(event, figure) else figure


def _is_all(event: Event, figure: Figure, found: Sequence[Figure], coding: Coding, figures: Sequence[Figure]) -> bool:
    """Say whether what comes on top of a number is all of this event, since that number is of another one.

    "Sentenced one to death and gave two others five years": two got five years, not two more.
    """
    if figure.scope is not Scope.EXTRA or any(it.counts == figure.counts and _is_before(it, figure) for it in found):
        return False
    place = place_at(coding.sentences, figure.evidence.start) or 0
    near = coding.sentences[max(0, place - 1)].start
    others = [_owner(it, coding) for it in figures if near <= it.evidence.start and _is_before(it, figure)]
    return any(it and it.form != event.form and _BEFELL.get(it.form or "") == figure.counts for it in others)


def _is_before(one: Figure, other: Figure) -> bool:
    return one.evidence.start < other.evidence.start


def _inferred(event: Event, figure: Figure) -> Figure:
    return replace(figure, basis=Basis.INFERRED, support=(*figure.support, event.trigger))


def _told_after(figure: Figure, coding: Coding) -> Event | None:
    """Return the event of the sentence before, where a sentence that tells of no event opens with whom it befell."""
    place = place_at(coding.sentences, figure.evidence.start)
    if figure.counts not in _PERSONAL or not place or _owner(figure, coding) is not None:
        return None
    sentence, before = coding.sentences[place], coding.sentences[place - 1]
    if _is_told(sentence, coding) or not _opens(sentence, figure):
        return None
    able = [event for event in coding.events if _is_in(before, event) and _can_befall(event, figure)]
    return able[0] if len(able) == 1 else None


def _is_in(sentence: Sentence, event: Event) -> bool:
    return sentence.start <= event.trigger.start < sentence.end


def _is_told(sentence: Sentence, coding: Coding) -> bool:
    return any(_is_in(sentence, event) for event in coding.events)


def _opens(sentence: Sentence, figure: Figure) -> bool:
    """Say whether a figure is the subject at the head of a sentence, or the outcome of `the attack`, `the clashes`."""
    if figure.evidence.start - sentence.start <= _OPENING:
        return True
    first = [token.lemma for token in sentence.tokens[:2]]
    return len(first) > 1 and first[0] in {"the", "this", "that"} and first[1] in _ATTACKS


def _can_befall(event: Event, figure: Figure) -> bool:
    return _can_count(event, figure) and (
        event.type == "ASSAULT" or not _is_known(event.type) or _BEFELL.get(event.form or "") == figure.counts
    )


def _is_named(event: Event, figure: Figure) -> bool:
    return any(argument.span.overlaps(figure.evidence.span) for argument in event.of(Role.FIGURE))


def _can_count(event: Event, figure: Figure) -> bool:
    if not _is_known(event.type):  # of a type of somebody's own codebook anything may be counted
        return True
    kinds = _BY_FORM.get(event.form or "") or _BY_TYPE.get(event.type, _EXTENT)
    return figure.counts in kinds


def _is_whom(event: Event, figure: Figure) -> bool:
    """Say whether a figure not of what befell people heads the words for the recipient: `gave back 40 houses`."""
    return figure.counts not in _PERSONAL and _heads(event, figure)


def _heads(event: Event, figure: Figure) -> bool:
    return any(it.start <= figure.evidence.start < it.start + _OPENING for it in event.of(Role.RECIPIENT))


@cache
def _is_known(kind: str) -> bool:
    return any(known.code == kind for known in plover().types)


def _owner(figure: Figure, coding: Coding) -> Event | None:
    """Return the event that a figure belongs to, if any."""
    span = figure.evidence.span
    if figure.counts in _SPELLS and _tells_when(figure, coding):
        return None
    able = [event for event in coding.events if _can_count(event, figure) or _is_whom(event, figure)]
    for verb in figure.support:
        telling = next((event for event in able if event.trigger.span.overlaps(verb.span)), None)
        if telling is not None:
            return telling
    around = [event for event in able if _holds(event, span) or _is_made_of(figure, event, coding)]
    if not around and figure.counts in _PERSONAL:
        around = _beside(figure, able, coding)
    return min(around, key=lambda event: _distance(event, span), default=None)


def _tells_when(figure: Figure, coding: Coding) -> bool:
    """Say whether a spell of time is no extent: "the largest march in 36 years", "two days ago"."""
    sentence = sentence_at(coding.sentences, figure.evidence.start)
    if sentence is None or not sentence.tokens:
        return False
    before = [token.lemma for token in sentence.tokens if token.end <= figure.evidence.start][-1:]
    after = [token.lemma for token in sentence.tokens if token.start >= figure.evidence.end][:1]
    return not _BEFORE_SPELLS.isdisjoint(before) or not _AFTER_SPELLS.isdisjoint(after)


def _holds(event: Event, span: Span) -> bool:
    """Say whether a figure stands in the clause of an event, or in the words for its actor or recipient."""
    return event.clause.contains(span) or span.overlaps(event.trigger.span) or _is_of_a_party(event, span)


def _is_of_a_party(event: Event, span: Span) -> bool:
    return any(party.span.overlaps(span) for party in (*event.of(Role.ACTOR), *event.of(Role.RECIPIENT)))


def _is_made_of(figure: Figure, event: Event, coding: Coding) -> bool:
    """Say whether the words count acts of the event: `thousands of acts of protest`."""
    sentence = sentence_at(coding.sentences, figure.evidence.start)
    if figure.counts != "acts" or sentence is None or event.trigger.start <= figure.evidence.end:
        return False
    between = sentence.within(figure.evidence.end, event.trigger.start)
    return 0 < len(between) <= 3 and between[0].lemma == "of"


def _distance(event: Event, span: Span) -> tuple[bool, int, int, int]:
    """Rank an event for a figure: in the words for a party first, then by the size of the clause, then by nearness."""
    inside = event.clause.contains(span)
    gap = min(abs(event.trigger.start - span.end), abs(span.start - event.trigger.end))
    size = event.clause.end - event.clause.start if inside else 10**6
    return (not _is_of_a_party(event, span), size, gap, event.trigger.start)


def _beside(figure: Figure, events: Sequence[Event], coding: Coding) -> list[Event]:
    """Return the events of the figure's sentence that say what befell people, by their own form or by violence."""
    sentence = sentence_at(coding.sentences, figure.evidence.start)
    if sentence is None:
        return []
    return [event for event in events if _is_in(sentence, event) and _can_befall(event, figure)]


def _single(event: Event, coding: Coding, found: Sequence[Figure]) -> Figure | None:
    """Return a figure of one for `sentenced a 34-year-old activist`, where the words count no other people."""
    counts = _BEFELL.get(event.form or "")
    recipients = event.of(Role.RECIPIENT)
    if counts is None or len(recipients) != 1 or any(figure.counts in {counts, "people"} for figure in found):
        return None
    words = recipients[0]
    opening = _ONE.match(words.quote)
    if opening is None or _SECOND.search(words.quote, opening.end()) or not _is_person(words, coding):
        return None
    return Figure(words, counts, 1, 1)


def _is_person(words: Evidence, coding: Coding) -> bool:
    """Say whether the head of these words is one person; without a parse, whether a word for a person is among them."""
    sentence = sentence_at(coding.sentences, words.start)
    tokens = sentence.within(words.start, words.end) if sentence else []
    if not tokens:
        return any(word in SINGULAR_PEOPLE for word in re.findall(r"[a-z]+", words.quote.lower()))
    head = head_of(tokens)
    return head.lemma in SINGULAR_PEOPLE and head.tag in {"NN", "NNP"}

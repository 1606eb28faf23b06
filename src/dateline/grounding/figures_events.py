"""Which figures of a report belong to an event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.grounding.figures_words import SINGULAR_PEOPLE
from dateline.model.codebook import plover
from dateline.model.ground import Figure, Role
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.parse import Sentence
    from dateline.model.text import Span

_SENTENCES = frozenset({"death_sentence", "prison_sentence", "sentence", "conviction"})
_SPELLS = ("hours", "days", "weeks", "months", "years")
_EXTENT = frozenset({"people", "cities", "provinces", "places", "countries", "acts", "percent", *_SPELLS})
_TERMS = frozenset({"term_days", "term_months", "term_years"})
_HARM = frozenset({"killed", "injured", "missing"})
# What the words can count of an event: by its form first, else by its type. Anything else has its extent only.
_BY_FORM = dict.fromkeys(_SENTENCES, _EXTENT | _TERMS | {"sentenced"})
_BY_FORM |= {
    "arrest": _EXTENT | _TERMS | {"arrested"},
    "disappearance": _EXTENT | {"missing"},
    "dispersal": _EXTENT | {"arrested", "injured"},
    "raid": _EXTENT | {"arrested"},
    "deportation": _EXTENT | {"displaced"},
    "eviction": _EXTENT | {"displaced"},
    "seize": _EXTENT | {"money"},
    "economic": _EXTENT | {"money"},
    "humanitarian": _EXTENT | {"money"},
}
_BY_TYPE = {"ASSAULT": _EXTENT | _HARM | {"displaced"}}
_PERSONAL = frozenset({"killed", "injured", "arrested", "sentenced", "missing", "displaced"})
_BEFELL = {"killing": "killed", "execution": "killed", "assassination": "killed", "arrest": "arrested"} | dict.fromkeys(
    _SENTENCES, "sentenced"
)
_BEFORE_SPELLS = frozenset(
    {"in", "within", "after", "since", "than", "every", "past", "last", "next", "until", "before"}
)
_AFTER_SPELLS = frozenset({"ago", "later", "earlier", "old", "before", "after"})
_ONE = re.compile(r"(?:an?|one)\s+(?=\w)", re.IGNORECASE)
_SECOND = re.compile(r"(?:,|\band)\s+(?:an?|one|the|\d+|[a-z]+s)\s", re.IGNORECASE)


def figures_of(event: Event, coding: Coding, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures that belong to an event, in the order of the text.

    A figure belongs to one event only: the one whose verb tells it; else, of the events that it can count, the one
    with the shortest clause around it. What befell people (`30 injured`) may stand elsewhere in the event's sentence.
    Where the words count nobody and the one recipient is `a` person, that is a figure of one.
    """
    own = [figure for figure in figures if _owner(figure, coding) == event]
    named = [figure for figure in figures if _is_named(event, figure) and figure not in own]
    found = sorted({*own, *named}, key=lambda figure: (figure.evidence.start, figure.counts))
    one = _single(event, coding, found)
    return (*found, one) if one is not None else tuple(found)


def _is_named(event: Event, figure: Figure) -> bool:
    return any(argument.span.overlaps(figure.evidence.span) for argument in event.of(Role.FIGURE))


def _can_count(event: Event, figure: Figure) -> bool:
    if not _is_known(event.type):  # of a type of somebody's own codebook anything may be counted
        return True
    kinds = _BY_FORM.get(event.form or "") or _BY_TYPE.get(event.type, _EXTENT)
    return figure.counts in kinds


def _is_known(kind: str) -> bool:
    return any(known.code == kind for known in plover().types)


def _owner(figure: Figure, coding: Coding) -> Event | None:
    """Return the event that a figure belongs to, if any."""
    span = figure.evidence.span
    if figure.counts in _SPELLS and _tells_when(figure, coding):
        return None
    able = [event for event in coding.events if _can_count(event, figure)]
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
    sentence = _sentence_at(figure.evidence.start, coding)
    if sentence is None or not sentence.tokens:
        return False
    before = [token.lemma for token in sentence.tokens if token.end <= figure.evidence.start][-1:]
    after = [token.lemma for token in sentence.tokens if token.start >= figure.evidence.end][:1]
    return not _BEFORE_SPELLS.isdisjoint(before) or not _AFTER_SPELLS.isdisjoint(after)


def _holds(event: Event, span: Span) -> bool:
    """Say whether a figure stands in the clause of an event, or in the words for its actor or recipient."""
    arguments = (*event.of(Role.ACTOR), *event.of(Role.RECIPIENT))
    return (
        event.clause.contains(span)
        or span.overlaps(event.trigger.span)
        or any(argument.span.overlaps(span) for argument in arguments)
    )


def _is_made_of(figure: Figure, event: Event, coding: Coding) -> bool:
    """Say whether the words count acts of the event: `thousands of acts of protest`."""
    sentence = _sentence_at(figure.evidence.start, coding)
    if figure.counts != "acts" or sentence is None or event.trigger.start <= figure.evidence.end:
        return False
    between = sentence.within(figure.evidence.end, event.trigger.start)
    return 0 < len(between) <= 3 and between[0].lemma == "of"


def _distance(event: Event, span: Span) -> tuple[int, int, int]:
    """Rank an event for a figure: the shorter its clause, the nearer its trigger."""
    inside = event.clause.contains(span)
    gap = min(abs(event.trigger.start - span.end), abs(span.start - event.trigger.end))
    return (event.clause.end - event.clause.start if inside else 10**6, gap, event.trigger.start)


def _beside(figure: Figure, events: Sequence[Event], coding: Coding) -> list[Event]:
    """Return the events of the figure's sentence that say what befell people, by their own form or by violence."""
    sentence = _sentence_at(figure.evidence.start, coding)
    if sentence is None:
        return []
    return [
        event
        for event in events
        if sentence.start <= event.trigger.start < sentence.end
        and (event.type == "ASSAULT" or not _is_known(event.type) or _BEFELL.get(event.form or "") == figure.counts)
    ]


def _sentence_at(offset: int, coding: Coding) -> Sentence | None:
    return next((sentence for sentence in coding.sentences if sentence.start <= offset < sentence.end), None)


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
    sentence = _sentence_at(words.start, coding)
    tokens = sentence.within(words.start, words.end) if sentence else []
    if not tokens:
        return any(word in SINGULAR_PEOPLE for word in re.findall(r"[a-z]+", words.quote.lower()))
    inside = {token.index for token in tokens}
    head = next((token for token in tokens if token.head not in inside or token.head == token.index), tokens[-1])
    return head.lemma in SINGULAR_PEOPLE and head.tag in {"NN", "NNP"}

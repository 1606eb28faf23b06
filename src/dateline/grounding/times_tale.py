"""The day at which a tale stands, for events that are told without a day of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.grounding.telling import AHEAD, PERFECT, Told
from dateline.grounding.ties import is_saying
from dateline.grounding.trees import Tree
from dateline.model.event import Status
from dateline.model.ground import Basis, Granularity
from dateline.model.parse import sentence_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.ground import When
    from dateline.model.parse import Sentence, Token

# Verbs whose time is the time of speaking, not of what is spoken of.
SAYING = frozenset(
    "say tell announce report state add declare claim note explain write comment warn insist confirm admit speak "
    "acknowledge tweet describe argue accuse blame deny call urge estimate quote cite condemn praise welcome criticise "
    "criticize commemorate recall remember mourn discuss investigate publish document demand hear".split()
)
VERBAL = frozenset({"VERB", "AUX"})
_AHEAD = AHEAD | {PERFECT}
"""Helpers of what did not happen on the day of the tale: it is of another, or nobody says that it was."""
_SIMPLE_PAST, _MAIN = "VBD", frozenset({"ROOT", "conj"})
_DASHES = frozenset({"-", "--", "–", "—", "_"})
_DATELINE = 90  # characters from the start of the sentence


def day_of_tale(event: Event, sentence: Sentence, coding: Coding, times: Sequence[When]) -> When | None:
    """Infer the day of an event that happened, told in a sentence that names no time, from the tale before it.

    A deed told as news is of the one day that the report has named so far, if it has named no other and somebody did
    more on it than speak; else of the day of the nearest sentence before that names any time, if it names one alone and
    its main verb, in the simple past, took place then. What is done in words is of the day of the nearest saying.
    """
    words = sentence.within(event.trigger.start, event.trigger.end)
    before = [when for when in times if when.evidence.start < sentence.start and not _heads(when, coding)]
    if not words or not event.status.happened or not before:
        return None
    if is_saying(event):
        return _nearest_day(before, coding, even_said=True)
    if event.status is Status.BACKGROUND or is_ahead(event, sentence) or Told(event, sentence).is_another:
        return None
    return _only_day(before, coding) or _nearest_day(before, coding, even_said=False)


def inferred(when: When) -> When:
    """Return a time as that of an event whose own words do not name it; words that tell no day stay unknown."""
    basis = Basis.UNKNOWN if when.edtf is None else Basis.INFERRED
    return replace(when, basis=basis, support=(when.evidence, *when.support))


def inside_of(times: Sequence[When], sentence: Sentence) -> list[When]:
    """Return the times that a sentence names."""
    return [when for when in times if sentence.start <= when.evidence.start < sentence.end]


def _heads(when: When, coding: Coding) -> bool:
    sentence = sentence_at(coding.sentences, when.evidence.start)
    return sentence is not None and is_dateline(when, sentence)


def is_ahead(event: Event, sentence: Sentence) -> bool:
    """Say whether an event, or the verb above an event noun, is told as of another day: "may march", "had marched"."""
    tale = Told(event, sentence)
    return tale.is_ahead or tale.is_earlier


def _has_helper(tree: Tree, verb: Token) -> bool:
    return any(helper.text.lower() in _AHEAD for helper in tree.children(verb, "aux"))


def _only_day(before: Sequence[When], coding: Coding) -> When | None:
    """Return the day that a report has named so far, if it is one alone and not only that of somebody's words."""
    days = [when for when in before if is_day(when)]
    if len({when.edtf or when.evidence.quote.lower() for when in days}) != 1:
        return None
    told = [when for when in days if _is_of_deed(when, coding)]
    return inferred(told[-1]) if told and not _has_moved(told[-1], days[-1], before) else None


def _has_moved(day: When, last: When, before: Sequence[When]) -> bool:
    """Say whether a tale has gone on to another time since it named a day last: to a month or a year without it."""
    later = [when for when in before if when.evidence.start > last.evidence.start]
    return any(not _may_hold(when, day) for when in later)


def _may_hold(when: When, day: When) -> bool:
    if day.earliest is None or (when.earliest is None and when.latest is None):
        return when.granularity is Granularity.UNKNOWN
    is_late = when.earliest is not None and when.earliest > day.earliest
    return not is_late and (when.latest is None or when.latest >= day.earliest)


def is_day(when: When) -> bool:
    """Say whether a time is one day, known or not."""
    if when.earliest is None:
        return when.granularity is Granularity.DAY
    return when.earliest == when.latest


def _is_of_deed(when: When, coding: Coding) -> bool:
    """Say whether a time may be that of a deed: it hangs on no verb of saying, and on none of what is to come."""
    if when.anchor is not None and when.earliest is not None and when.earliest > when.anchor:
        return False
    sentence = sentence_at(coding.sentences, when.evidence.start)
    if sentence is None or not sentence.tokens:
        return True
    tree = Tree.of(sentence)
    chain = chain_of(tree, sentence, when)
    return not chain or (chain[-1].lemma not in SAYING and not _has_helper(tree, chain[-1]))


def _nearest_day(before: Sequence[When], coding: Coding, *, even_said: bool) -> When | None:
    """Return the day of the nearest sentence before that names any time, if it names one and was then."""
    last = max(before, key=lambda when: when.evidence.start)
    sentence = sentence_at(coding.sentences, last.evidence.start)
    if sentence is None:
        return None
    return inferred(last) if len(inside_of(before, sentence)) == 1 and _is_told_day(last, sentence, even_said) else None


def _is_told_day(when: When, sentence: Sentence, even_said: bool) -> bool:
    """Say whether a time is the day on which the main verb of its sentence took place; of bare words, of a deed any."""
    if not is_day(when):
        return False
    if not sentence.tokens:
        return not even_said
    tree = Tree.of(sentence)
    chain = chain_of(tree, sentence, when)
    verb = chain[0] if len(chain) == 1 else None
    if verb is None or not is_simple_past(tree, verb) or verb.dep not in _MAIN:
        return False
    return (verb.lemma in SAYING) is even_said


def is_simple_past(tree: Tree, verb: Token) -> bool:
    """Say whether a verb is told in the simple past, active or passive: not `had gone`, `may go`, `has been`."""
    helpers = tree.children(verb, "aux", "auxpass")
    if not helpers:
        return verb.tag == _SIMPLE_PAST
    return all(helper.tag == _SIMPLE_PAST and helper.lemma in {"be", "do"} for helper in helpers)


def chain_of(tree: Tree, sentence: Sentence, when: When) -> list[Token]:
    """Return the words that a time hangs on, up to the first verb."""
    words = sentence.within(when.evidence.start, when.evidence.end)
    inside = {word.index for word in words}
    token = next((word for word in words if word.head not in inside), None)
    chain: list[Token] = []
    for above in above_of(tree, token) if token else ():
        if above.pos != "ADP":
            chain.append(above)
        if above.pos in VERBAL:
            break
    return chain


def above_of(tree: Tree, token: Token) -> Iterator[Token]:
    """Yield the head of a word, its head and so on; nothing twice."""
    seen = {token.index}
    while token.head not in seen:
        token = tree.head(token)
        seen.add(token.index)
        yield token


def is_dateline(when: When, sentence: Sentence) -> bool:
    """Say whether a time stands in the dateline of a sentence: `LEIPZIG, Oct. 9 (Wire) --`."""
    head = next(iter(sentence.tokens), None)
    if head is None or when.evidence.end - sentence.start > _DATELINE or not head.text.isupper() or len(head.text) < 3:
        return False
    tail = [token for token in sentence.tokens if token.start >= when.evidence.end][:8]
    return any(token.text in _DASHES for token in tail)

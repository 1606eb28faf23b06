"""What an event takes from the sentences before: references back, and agents that stand there.

- A bare definite noun ("the protests", "these acts") that brings nothing new refers to an event told before: it is no
  second one. A new figure, place, time, party or accuser makes it one.
- In a long report that tells of nothing surely, a weak event is taken for an error.
- Inside one quotation, who did it may stand a sentence earlier ("persecution by the guards. They endured torture").
  Such an agent is inferred: its words lie outside the event's own sentence, and the grounding says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.nominal import find_carrier, find_charged, is_suffered
from dateline.coding.slots import is_passive
from dateline.coding.tree import Tree
from dateline.model.ground import Role
from dateline.model.parse import place_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.event import Event
    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Report

LONG = 8
"""Sentences from which on a report is long."""
WEAK, SURE = 0.5, 0.65
"""Confidence under which an event is weak; from which on it makes its report one that tells of events."""
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
_OWNING = frozenset({"its", "his", "her", "their", "our"})
_VERBAL = frozenset({"VERB", "AUX"})
_HARMS = frozenset({"ASSAULT", "COERCE"})
_STOP = re.compile(r"[.!?]\)?\s")
_ANAPHORS = words("roles", "anaphors")
_NEW = frozenset({"DATE", "TIME", "CARDINAL", "GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", "ORDINAL"})


def in_context(report: Report, events: Sequence[Event], sentences: Sequence[Sentence]) -> list[Event]:
    """Return the events of a report without those that only refer to an earlier one, with agents carried over."""
    kept: list[Event] = []
    for event in events:
        found = _place(event, sentences)
        if found is None:
            kept.append(event)
            continue
        tree, trigger = found
        is_told = event.status.happened and any(_is_before(event, other) for other in kept)
        if not (is_told and _refers(report, tree, trigger)):
            kept.append(_with_agent(report.text, event, tree, trigger, kept))
    return kept


def without_lone(events: Sequence[Event], sentences: Sequence[Sentence]) -> list[Event]:
    """Return the events of a report; of a long one in which nothing is told surely, without those that are weak.

    Each sentence is a chance to err: among many, a weak event that stands alone is more likely an error than news.
    """
    least = least_of([event.confidence for event in events], len(sentences))
    return [event for event in events if event.confidence >= least]


def least_of(confidences: Sequence[float], sentences: int) -> float:
    """Return how sure an event of a report must be, by how sure all of them are and how many sentences it has."""
    return 0 if sentences < LONG or any(it >= SURE for it in confidences) else WEAK


def _place(event: Event, sentences: Sequence[Sentence]) -> tuple[Tree, Token] | None:
    """Return the sentence of an event and the head of its trigger."""
    trigger = event.trigger
    for sentence in sentences[place_behind(sentences, trigger.start) :]:
        inside = sentence.within(trigger.start, trigger.end)
        if inside:
            places = {token.index for token in inside}
            return Tree.of(sentence), next((it for it in inside if it.head not in places), inside[0])
    return None


def _is_before(event: Event, other: Event) -> bool:
    """Say whether another event is what a later one may refer to: of its type, told before, and it happened."""
    return other.type == event.type and other.trigger.end <= event.trigger.start and other.status.happened


def _refers(report: Report, tree: Tree, noun: Token) -> bool:
    """Say whether a noun only points back."""
    if noun.pos != "NOUN" or noun.dep == "conj" or find_carrier(tree, noun) or find_charged(tree, noun):
        return False
    determiners = [it for it in tree.children(noun, "det", "poss") if it.text.lower() in _POINTING | _OWNING]
    if not determiners:
        return False
    own = tree.subtree(noun)
    brings = [it for it in own if it.entity in _NEW]
    verbal = any(it.pos in _VERBAL for it in own if it is not noun)
    return not verbal and not any(_is_news(report, it) for it in brings) and _is_aside(tree, noun)


def _is_news(report: Report, token: Token) -> bool:
    """Say whether a name or a number stands here for the first time in the report."""
    return token.pos not in {"ADP", "DET"} and token.text not in report.text[: token.start]


def _is_aside(tree: Tree, noun: Token) -> bool:
    """Say whether a noun stands beside what is told: not what the main verb says something new of."""
    head = tree.head(noun)
    return noun.dep == "pobj" or (noun.dep in {"dobj", "compound", "poss"} and head.pos in _VERBAL | {"NOUN"})


def _with_agent(text: str, event: Event, tree: Tree, trigger: Token, before: Iterable[Event]) -> Event:
    """Return an event with the agents of the harm told just before in the same quotation, if it has none."""
    if event.type not in _HARMS or event.of(Role.ACTOR) or not _is_suffered(tree, trigger, event):
        return event
    harms = [it for it in before if it.type in _HARMS and _follows(text, it.trigger.end, event.trigger.start)]
    agents = [it for it in harms[-1].arguments if it.role is Role.ACTOR] if harms else []
    if not agents:
        return event
    why = f"{event.why}; agent inferred from {agents[0].evidence.quote!r} in the sentence before"
    return replace(event, arguments=(*agents, *event.arguments), why=why)


def _follows(text: str, start: int, end: int) -> bool:
    """Say whether what stands at `end` is told in the next sentence after `start`, inside one quotation."""
    between = text[start:end]
    is_open = text.rfind("“", 0, start) > text.rfind("”", 0, start) or text.count('"', 0, start) % 2 == 1
    return is_open and len(_STOP.findall(between)) == 1 and not any(mark in between for mark in '“”"\n')


def _is_suffered(tree: Tree, trigger: Token, event: Event) -> bool:
    """Say whether a harm is told by who suffers it, known from before: "they endured torture", "he was beaten"."""
    passive = trigger.pos in _VERBAL and is_passive(tree, trigger)
    sufferers = [evidence.quote.lower() for evidence in event.of(Role.RECIPIENT)]
    return (passive or is_suffered(tree, trigger)) and bool(sufferers) and all(it in _ANAPHORS for it in sufferers)

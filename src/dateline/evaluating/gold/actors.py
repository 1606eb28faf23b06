"""actors_cameo_st: who did it to whom (exact spans), and which of CAMEO's five classes of act.

A sentence is annotated for one event. A coder that marks the sides of a sentence's main event is scored by them; of
another coder's events the one of which most is known (who, to whom) counts, and of these the foremost. The class is
that of the CAMEO roots which the codebook names for the event's type: 01 and 02 are statements, 03 to 05 verbal
cooperation, 06 to 08 material cooperation, 09 to 13 verbal conflict, 14 to 20 material conflict. What is planned or
called for has the class of the words about it (`plover.as_told`). Where nothing is coded, it is `make_a_statement`.
The role `reciprocal` (both sides) is found where an event has two actors or more and no recipient.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from dateline.coding import foremost
from dateline.evaluating.gold.plover import as_told
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import (
    Tally,
    count_pairs,
    judge,
    label_f1,
    macro_f1,
    match_overlapping,
    micro_f1,
    ratio,
)
from dateline.evaluating.stages import Stages, code_texts
from dateline.model.codebook import plover
from dateline.model.ground import Role
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.event import Coding, Event

CLASSES = ("make_a_statement", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_LAST = (3, 6, 9, 14)
"""Roots from which the second class, the third ... begins."""

ROLES = ("source", "target", "reciprocal")
Found = tuple[str, int, int]


def judge_sentences(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the spans and the class of a sentence's main event with the annotation."""
    coded = code_texts(stages, (record["text"] for record in records))
    return [_outcome(record, coding) for record, (_, coding) in zip(records, coded, strict=True)]


def main_event(coding: Coding) -> Event | None:
    """Return the event whose sides are named, of several the foremost; None where nothing is coded."""
    most = max((len(_sides(event)) for event in coding.events), default=0)
    return foremost.main_event([event for event in coding.events if len(_sides(event)) == most], coding.sentences)


def class_of(event: Event) -> str:
    """Return CAMEO's class of an event: that of the first root of its type, once what is not done is taken as words."""
    roots = plover().type(as_told(event)).cameo
    place = bisect_right(_LAST, int(roots[0])) if roots else 0
    return CLASSES[min(place, len(CLASSES) - 1)]


def _sides(event: Event) -> set[Role]:
    return {argument.role for argument in event.arguments if argument.role in (Role.ACTOR, Role.RECIPIENT)}


def _spans(event: Event | None) -> set[Found]:
    if event is None:
        return set()
    actors, recipients = event.of(Role.ACTOR), event.of(Role.RECIPIENT)
    source = "reciprocal" if len(actors) > 1 and not recipients else "source"
    named = [(source, words) for words in actors] + [("target", words) for words in recipients]
    return {(role, words.start, words.end) for role, words in named}


def _marked(coding: Coding) -> set[Found]:
    return {(it.role, it.evidence.start, it.evidence.end) for it in coding.marks if it.role in ROLES}


def _outcome(record: Record, coding: Coding) -> Outcome:
    event = main_event(coding)
    kind = class_of(event) if event else CLASSES[0]
    tally = judge(record["labels"], [kind]) if record["labels"] else Tally()
    if record["spans"] is not None:
        gold = {(span["role"], span["start"], span["end"]) for span in record["spans"]}
        tally.add(_compare(gold, _spans(event) if coding.labels is None else _marked(coding)))
    return Outcome(record["id"], tally, tuple(record["labels"]), (kind,))


def _compare(gold: set[Found], found: set[Found]) -> Tally:
    tally = Tally()
    for role in ROLES:
        wanted, given = _of(role, gold), _of(role, found)
        tally.add(count_pairs(f"exact {role}", len(set(wanted) & set(given)), len(wanted), len(given)))
        tally.add(count_pairs(f"overlap {role}", len(match_overlapping(wanted, given)), len(wanted), len(given)))
    for role, other in (("source", "target"), ("target", "source")):
        tally["direction", "right"] += len(match_overlapping(_of(role, gold), _of(role, found)))
        tally["direction", "swapped"] += len(match_overlapping(_of(role, gold), _of(other, found)))
    return tally


def _of(role: str, spans: Iterable[Found]) -> list[Span]:
    return sorted(Span(start, end) for name, start, end in spans if name == role)


def measure(tally: Tally) -> dict[str, float]:
    """Return span F1 (exact, as seqeval counts; overlapping), F1 of sources and targets, and macro F1 of classes.

    `direction_right` is the share of sides found, source or target, that are not given as the other.
    """
    return {
        "span_f1": micro_f1(tally, [f"exact {role}" for role in ROLES]),
        "span_overlap_f1": micro_f1(tally, [f"overlap {role}" for role in ROLES]),
        "source_f1": label_f1(tally, "exact source"),
        "target_f1": label_f1(tally, "exact target"),
        "direction_right": ratio(
            tally["direction", "right"], tally["direction", "right"] + tally["direction", "swapped"]
        ),
        "class_macro_f1": macro_f1(tally, CLASSES),
        "class_accuracy": ratio(
            sum(tally[it, "tp"] for it in CLASSES), sum(tally[it, what] for it in CLASSES for what in ("tp", "fn"))
        ),
    }


ACTORS = GoldSet("actors_cameo_st", judge_sentences, measure)

"""class_plover_gsr: which of the 16 PLOVER types does a sentence tell of? Zero-shot: nothing is tuned on it.

A sentence that stands in the file more than once, with other labels, is one unit with all of its labels. What happened
counts: where something is demanded, threatened or promised, PLOVER codes the demand, the threat or the promise. Where
nothing is said to have happened, every event that is not denied counts, as its codebook has it: an act called for is a
request, cooperation in the future tense an agreement, conflict in the future tense a threat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, judge, macro_f1, micro_f1, ratio
from dateline.evaluating.stages import Stages, code_texts
from dateline.model.codebook import plover
from dateline.model.event import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Coding, Event


def judge_sentences(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the types of a sentence's events with its labels."""
    labels: dict[str, set[str]] = {}
    for record in records:
        labels.setdefault(record["text"], set()).update(record["labels"])
    names = {record["text"]: record["id"] for record in reversed(records)}
    codings = [coding for _, coding in code_texts(stages, labels)]
    return [_outcome(names[text], labels[text], coding) for text, coding in zip(labels, codings, strict=True)]


def _outcome(name: str, gold: set[str], coding: Coding) -> Outcome:
    happened = {event.type for event in coding.events if event.status.happened}
    found = happened or {as_told(event) for event in coding.events if event.status is not Status.DENIED}
    tally = judge(gold, found)
    tally["sentences", "all"] = 1
    tally["sentences", "coded"] = bool(found)
    return Outcome(name, tally, tuple(sorted(gold)), tuple(sorted(found)))


def as_told(event: Event) -> str:
    """Return the PLOVER type of an act that is not said to have happened: that of the words about it."""
    if event.status is Status.CALLED_FOR:
        return "REQUEST"
    if event.status is Status.PLANNED:
        return "AGREE" if (plover().type(event.type).quad or "").endswith("cooperation") else "THREATEN"
    return event.type


def measure(tally: Tally) -> dict[str, float]:
    """Return micro and macro F1 over the types, and the share of sentences in which anything was found."""
    coded = ratio(tally["sentences", "coded"], tally["sentences", "all"])
    return {"micro_f1": micro_f1(tally), "macro_f1": macro_f1(tally), "coded": coded}


PLOVER = GoldSet("class_plover_gsr", judge_sentences, measure)

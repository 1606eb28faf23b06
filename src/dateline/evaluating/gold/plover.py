"""class_plover_gsr: which of the 16 PLOVER types does a sentence tell of? Zero-shot: nothing is tuned on it.

A sentence that stands in the file more than once, with other labels, is one unit with all of its labels. Each line of
the file holds one event, the main one of its sentence, and so the main event of those found counts
(`coding.foremost`); `all_micro_f1` is the score if every event found counts.

What happened goes first: where something is demanded, threatened or promised, PLOVER codes the demand, the threat or
the promise. Where nothing is said to have happened, what is not denied counts, as the codebook has it: an act called
for is a request, cooperation in the future tense an agreement, conflict in the future tense a threat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.foremost import main_event
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, f1, judge, macro_f1, micro_f1, ratio
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
    happened = [event for event in coding.events if event.status.happened]
    told = happened or [event for event in coding.events if event.status is not Status.DENIED]
    main = main_event(told, coding.sentences)
    found = {as_told(main)} if main else set()
    every = {as_told(event) for event in told}
    tally = judge(gold, found)
    tally["every", "hits"], tally["every", "false"], tally["every", "missed"] = map(
        len, (gold & every, every - gold, gold - every)
    )
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
    """Return micro and macro F1 over the types, micro F1 if every event counts, and the share of sentences coded."""
    coded = ratio(tally["sentences", "coded"], tally["sentences", "all"])
    every = f1(tally["every", "hits"], tally["every", "false"], tally["every", "missed"])
    return {"micro_f1": micro_f1(tally), "macro_f1": macro_f1(tally), "all_micro_f1": every, "coded": coded}


PLOVER = GoldSet("class_plover_gsr", judge_sentences, measure)

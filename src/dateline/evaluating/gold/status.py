"""own_status: is every event found, and is what the words claim of it told apart? Sentences of our own, held apart.

A record is a report of a few lines of which one sentence is annotated with all its events: type, form, status and
trigger words (`benchmarks/gold/README.md`). What is found outside that sentence is not judged.

A found event is a gold event's own if it has its type and its trigger overlaps, one to one, the greatest overlap first.
`loose` pairs what is left by type alone. A status is right only on an event that is found: an event that is missed, or
found as another type, counts against its status on both sides.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import (
    Tally,
    calibration_error,
    count_pairs,
    judge,
    label_f1,
    macro_f1,
    precision,
    ratio,
    recall,
)
from dateline.evaluating.stages import Stages, code_texts
from dateline.model.event import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.event import Event

Pair = tuple[int, int]
NOT_ASSERTED = tuple(status.value for status in Status if status is not Status.ASSERTED)


def judge_sentences(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the events that are found in each annotated sentence with its own."""
    coded = code_texts(stages, (record["text"] for record in records))
    return [_outcome(record, coding.events) for record, (_, coding) in zip(records, coded, strict=True)]


def _outcome(record: Record, events: Iterable[Event]) -> Outcome:
    gold: list[Record] = record["events"]
    found = [event for event in events if record["start"] <= event.trigger.start < record["end"]]
    exact, loose = pair(gold, found)
    tally = count_pairs("event", len(exact), len(gold), len(found))
    tally.add(count_pairs("loose", len(loose), len(gold), len(found)))
    tally.add(judge({it["type"] for it in gold}, {event.type for event in found}, "type"))
    tally.add(_count_statuses(gold, found, exact))
    for place, event in enumerate(found):
        right = any(place == matched for _, matched in loose)
        tally["right" if right else "wrong", f"{event.confidence:.4f}"] += 1
    wanted = tuple(f"{it['type']}:{it['status']}" for it in gold)
    return Outcome(record["id"], tally, wanted, tuple(f"{event.type}:{event.status}" for event in found))


def pair(gold: Sequence[Record], found: Sequence[Event]) -> tuple[list[Pair], list[Pair]]:
    """Pair gold with found events: by type and overlapping trigger; and those pairs with more by type alone."""
    same = [
        (_overlap(ours, theirs), row, column)
        for row, ours in enumerate(gold)
        for column, theirs in enumerate(found)
        if ours["type"] == theirs.type
    ]
    ranked = sorted(same, key=lambda it: (-it[0], it[1], it[2]))
    loose = _greedy((row, column) for _, row, column in ranked)
    exact = _greedy((row, column) for overlap, row, column in ranked if overlap)
    return exact, loose


def _greedy(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs whose members no pair before them has taken."""
    kept: dict[int, int] = {}
    for row, column in pairs:
        if row not in kept and column not in kept.values():
            kept[row] = column
    return sorted(kept.items())


def _overlap(gold: Record, event: Event) -> int:
    """Return how many characters of an event's trigger are words of the gold trigger, which may stand apart."""
    start, end = event.trigger.start, event.trigger.end
    return sum(max(0, min(end, last) - max(start, first)) for first, last in gold["triggers"])


def _count_statuses(gold: Sequence[Record], found: Sequence[Event], pairs: Iterable[Pair]) -> Tally:
    """Count hits, false and missed events by status, and what the events found as asserted are in truth."""
    told = [(gold[row]["status"], found[column].status.value) for row, column in pairs]
    agreed = Counter(status for status, theirs in told if status == theirs)
    wanted, given = Counter(it["status"] for it in gold), Counter(event.status.value for event in found)
    tally = Tally()
    for status in wanted | given:
        tally.add(count_pairs(status, agreed[status], wanted[status], given[status]))
    asserted = [status for status, theirs in told if theirs == Status.ASSERTED]
    tally["asserted", "all"] = given[Status.ASSERTED]
    tally["asserted", "paired"] = len(asserted)
    tally["asserted", "wrong"] = sum(not Status(status).happened for status in asserted)
    tally["status", "all"], tally["status", "right"] = len(told), agreed.total()
    return tally


def measure(tally: Tally) -> dict[str, float]:
    """Return the scores, of which `wrongly_asserted`, `wrongly_asserted_of_all` and `ece` are better if less.

    - `event_f1` (precision, recall): type and overlapping trigger; `loose_f1`: type alone, as often as it is there;
      `type_f1`: the set of types of a sentence; `status_accuracy`: of the events paired;
    - `not_asserted_macro_f1`: the mean of the F1 of all statuses but `asserted`; then each status's own F1;
    - `wrongly_asserted`: of the events found as asserted that are a gold event's own, how many did not happen by their
      own words (neither asserted nor background); `wrongly_asserted_of_all`: the same of all found as asserted;
    - `ece`: how far an event's confidence is from the share that is right by type alone (`calibration_error`).
    """
    finding = {
        "event_f1": label_f1(tally, "event"),
        "event_precision": precision(tally, "event"),
        "event_recall": recall(tally, "event"),
        "loose_f1": label_f1(tally, "loose"),
        "type_f1": label_f1(tally, "type"),
        "status_accuracy": ratio(tally["status", "right"], tally["status", "all"]),
        "not_asserted_macro_f1": macro_f1(tally, NOT_ASSERTED),
    }
    return {
        **finding,
        **{f"{status.value}_f1": label_f1(tally, status.value) for status in Status},
        "wrongly_asserted": ratio(tally["asserted", "wrong"], tally["asserted", "paired"]),
        "wrongly_asserted_of_all": ratio(tally["asserted", "wrong"], tally["asserted", "all"]),
        "ece": _calibration(tally),
    }


def _calibration(tally: Tally) -> float:
    answers = [
        (float(confidence), label == "right")
        for (label, confidence), count in tally.items()
        if label in ("right", "wrong")
        for _ in range(int(count))
    ]
    return calibration_error([confidence for confidence, _ in answers], [right for _, right in answers])


OWN_STATUS = GoldSet("own_status", judge_sentences, measure)

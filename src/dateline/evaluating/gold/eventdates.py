"""event_time_esc: on which day, in which month or year an event took place, given the words of the event.

Gold is the time that contains an event (TLINK CONTAINS or SIMULTANEOUS from a time with a value): the finest of them,
one of the text before the date line of the page. The words of the gold events (ACTION_OCCURRENCE) are given to
grounding as the triggers of events, each with the clause below it; a date is right if its unit and its value are.
Only some sentences of a text are annotated, so what is found elsewhere counts neither way: `date_precision` is over
events that the annotation dates and so do we, `value_recall` over the dates that it names, to the day (its hours are
in UTC).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from dateline.evaluating.gold.timex import published_of
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, label_f1, match_overlapping, ratio
from dateline.model.event import Coding, Event, Status
from dateline.model.ground import Basis
from dateline.model.text import Published, PublishedBasis, Span, make_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.ground import When
    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Report

_VALUE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_HOLDS = frozenset({"CONTAINS", "SIMULTANEOUS"})
_KIND = "ACTION_OCCURRENCE"


def judge_articles(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the dates given to the events of each article, and those read in its text, with the annotation."""
    return [_outcome(record, stages) for record in records]


def _outcome(record: Record, stages: Stages) -> Outcome:
    gold = _gold_dates(record)
    found = _found_dates(record, stages)
    tally = _compare_values(record, stages)
    for event, wanted in gold.items():
        tally.add(_judge(wanted, found.get(event)))
    wrong = sorted(event for event in gold if gold[event] != date_value(found.get(event)))
    starts = {event: record["events"][event]["spans"][0][0] for event in wrong}
    missed = tuple(f"{starts[event]}:{gold[event]}" for event in wrong)
    return Outcome(record["id"], tally, missed, tuple(f"{starts[it]}:{date_value(found.get(it))}" for it in wrong))


def _judge(wanted: str, when: When | None) -> Tally:
    given = date_value(when)
    right = given == wanted
    label = "inferred" if when and when.basis is Basis.INFERRED else "told"
    tally = Tally({("date", "tp"): int(right), ("date", "fp"): int(bool(given) and not right)})
    tally["date", "fn"] += not right
    tally[label, "tp"] += right
    tally[label, "fp"] += bool(given) and not right
    return tally


def _gold_dates(record: Record) -> dict[int, str]:
    """Return the date of each event that is judged: of the times that hold it, the finest of the text."""
    holding: dict[int, list[tuple[bool, int, str]]] = defaultdict(list)
    for link in record["tlinks"]:
        (source, at), (target, event) = link["source"], link["target"]
        if (source, target) != ("t", "e") or link["rel"] not in _HOLDS or not _is_judged(record, event):
            continue
        time = record["times"][at]
        value = _VALUE.match(time["value"] or "")
        if value:
            holding[event].append((not time["dct"], len(value[0]), value[0]))
    return {event: max(times)[2] for event, times in holding.items()}


def _is_judged(record: Record, event: int) -> bool:
    return bool(record["events"][event]["type"] == _KIND)


def _found_dates(record: Record, stages: Stages) -> dict[int, When]:
    """Return the time that grounding gives to each event of the kind that is judged."""
    day = published_of(record)
    published = Published(day, PublishedBasis.GIVEN) if day else Published()
    report = make_report(record["text"], published=published, language="en")
    sentences = stages.parse(record["text"])
    events = {place: _event(report, record, place, sentences) for place in _judged(record)}
    coding = Coding(report.id, tuple(events.values()), sentences=sentences)
    places = {(event.trigger.start, event.trigger.end): place for place, event in events.items()}
    mentions = stages.ground(report, coding)
    return {places[it.trigger.start, it.trigger.end]: it.when for it in mentions if it.when is not None}


def _judged(record: Record) -> list[int]:
    return [place for place in range(len(record["events"])) if _is_judged(record, place)]


def _event(report: Report, record: Record, place: int, sentences: Sequence[Sentence]) -> Event:
    start, end = record["events"][place]["spans"][0]
    clause = Span(start, end)
    sentence = next((one for one in sentences if one.start <= start < one.end), None)
    if sentence is not None:
        words = sentence.within(start, end)
        if words:
            kept = sentence.subtree(words[0], _others(record, place, sentence, words[0]))
            clause = Span(min(start, kept[0].start), max(end, kept[-1].end))
    return Event(report.id, "", None, Status.ASSERTED, report.cite(start, end), clause)


def _others(record: Record, place: int, sentence: Sentence, top: Token) -> frozenset[int]:
    """Return the words of a sentence that other events of the annotation hang on."""
    starts = {it["spans"][0][0] for other, it in enumerate(record["events"]) if other != place}
    return frozenset(token.index for token in sentence.tokens if token.start in starts and token.index != top.index)


def date_value(when: When | None) -> str:
    """Return a time as a day, a month or a year, where it is just that; "" for anything else."""
    if when is None or when.edtf is None:
        return ""
    return when.edtf if re.fullmatch(_VALUE, when.edtf) else ""


def _compare_values(record: Record, stages: Stages) -> Tally:
    """Count TIMEX3 values, to the day, of the dates that stand in the text; the date of the page itself is left out."""
    wanted = [it for it in record["times"] if it["spans"] and not it["dct"] and _VALUE.match(it["value"] or "")]
    rest = [Span(*span) for it in record["times"] if it not in wanted for span in it["spans"]]
    found = [
        it
        for it in stages.find_timexes(record["text"], published_of(record))
        if _VALUE.match(it.value) and not any(span.overlaps(it.evidence.span) for span in rest)
    ]
    pairs = match_overlapping([Span(*it["spans"][0]) for it in wanted], [it.evidence.span for it in found])
    right = sum(wanted[ours]["value"][:10] == found[theirs].value[:10] for ours, theirs in pairs)
    return Tally({("value", "tp"): right, ("value", "fn"): len(wanted) - right, ("paired", "tp"): len(pairs)})


def measure(tally: Tally) -> dict[str, float]:
    """Return F1, precision and recall of events' dates, told or inferred apart; how many dates are read right."""
    hits, false, missed = (tally["date", what] for what in ("tp", "fp", "fn"))
    return {
        "date_f1": label_f1(tally, "date"),
        "date_precision": ratio(hits, hits + false),
        "date_recall": ratio(hits, hits + missed),
        "told_precision": ratio(tally["told", "tp"], tally["told", "tp"] + tally["told", "fp"]),
        "inferred_precision": ratio(tally["inferred", "tp"], tally["inferred", "tp"] + tally["inferred", "fp"]),
        "value_recall": ratio(tally["value", "tp"], tally["value", "tp"] + tally["value", "fn"]),
        "value_accuracy": ratio(tally["value", "tp"], tally["paired", "tp"]),
    }


EVENT_DATES = GoldSet("event_time_esc", judge_articles, measure)

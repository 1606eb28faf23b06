"""own_figures: is every figure of an event found, and does each belong to its own event? Sentences of our own.

They are held apart: nothing is learnt from them.

The same sentences as `own_status`, with the words that say how many (`benchmarks/gold/README.md`). Two questions:

- `span_f1`: figures of the sentence, paired one to one where they overlap the marked words. The marks are of the
  events' figures alone, so that a number that counts something else is found in vain; spells of time are no figures
  there.
- `owner_f1`: given the gold events with their parties, pairs of event and figure. Who is `a` person is marked as none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, count_pairs, label_f1, match_overlapping, precision, recall
from dateline.model.event import Argument, Coding, Event, Status
from dateline.model.ground import Role
from dateline.model.text import Span, make_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.ground import Figure
    from dateline.model.text import Report

SPELLS = frozenset({"hours", "days", "weeks", "months", "years"})
_ROLES = {"actor": Role.ACTOR, "recipient": Role.RECIPIENT}


def judge_sentences(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the figures of each annotated sentence, and whose they are, with the annotation."""
    return [_outcome(record, stages) for record in records]


def _outcome(record: Record, stages: Stages) -> Outcome:
    report = make_report(record["text"], language="en")
    gold = [Span(start, end) for _, start, end in record["figure"]]
    found = list(_inside(record, stages.find_figures(report.text)))
    tally = count_pairs("span", len(match_overlapping(gold, found)), len(gold), len(found))
    events = [_event(record, it, report) for it in record["events"]]
    told = (
        stages.ground(report, Coding(report.id, tuple(events), sentences=stages.parse(report.text))) if events else []
    )
    for it, mention in zip(record["events"], told, strict=True):
        tally.add(_owned(record, it["number"], mention.figures))
    words = [record["text"][span.start : span.end] for span in found]
    return Outcome(record["id"], tally, tuple(record["text"][it.start : it.end] for it in gold), tuple(words))


def _owned(record: Record, number: int, figures: Iterable[Figure]) -> Tally:
    """Count the figures that are an event's own; a mark without a number holds for all events."""
    gold = [Span(start, end) for events, start, end in record["figure"] if not events or number in events]
    found = list(_inside(record, (it for it in figures if not _is_a_person(it))))
    return count_pairs("owner", len(match_overlapping(gold, found)), len(gold), len(found))


def _inside(record: Record, figures: Iterable[Figure]) -> Iterable[Span]:
    spans = (it.evidence.span for it in figures if it.counts not in SPELLS)
    return (span for span in spans if record["start"] <= span.start < record["end"])


def _is_a_person(figure: Figure) -> bool:
    return figure.low == figure.high == 1 and figure.evidence.quote.split()[0].lower() in {"a", "an"}


def _event(record: Record, event: Record, report: Report) -> Event:
    """Return a gold event; its clause is the sentence, since the annotation has none."""
    (start, end), *_ = event["triggers"]
    parties = tuple(
        Argument(role, report.cite(start, end))
        for name, role in _ROLES.items()
        for events, start, end in record[name]
        if not events or event["number"] in events
    )
    clause = Span(record["start"], record["end"])
    trigger = report.cite(start, end)
    return Event(report.id, event["type"], event["form"], Status(event["status"]), trigger, clause, parties)


def measure(tally: Tally) -> dict[str, float]:
    """Return F1, precision and recall of the figures, and F1 of whose they are."""
    return {
        "owner_f1": label_f1(tally, "owner"),
        "span_f1": label_f1(tally, "span"),
        "span_precision": precision(tally, "span"),
        "span_recall": recall(tally, "span"),
    }


OWN_FIGURES = GoldSet("own_figures", judge_sentences, measure)

"""timex_tbaq: which words name times, and which times those are, as in TempEval-3.

Spans are paired one to one where they overlap (relaxed) or are equal (strict); `value_f1` counts relaxed pairs whose
TIMEX3 value is right too. Dateline grounds events in time and has no nouns for durations and sets ("for two weeks",
"every day"): `dates_value_f1` leaves those of the gold data out of account.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, count_pairs, label_f1, match_overlapping, ratio
from dateline.grounding.timex import timex_value
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.ground import When

POINTS = frozenset({"DATE", "TIME"})


def judge_articles(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the times found in each article, given its date, with the annotation."""
    return [_outcome(record, stages.find_times(record["text"], _published(record))) for record in records]


def _published(record: Record) -> date | None:
    return date.fromisoformat(record["published"][:10]) if record["published"] else None


def _outcome(record: Record, found: Sequence[When]) -> Outcome:
    tally = _compare("all", record["times"], found)
    rest = [Span(it["start"], it["end"]) for it in record["times"] if it["type"] not in POINTS]
    points = [it for it in record["times"] if it["type"] in POINTS]
    others = [when for when in found if not any(span.overlaps(when.evidence.span) for span in rest)]
    tally.add(_compare("dates", points, others))
    gold = [f"{it['start']}:{it['value']}" for it in record["times"]]
    given = [f"{when.evidence.start}:{timex_value(when)}" for when in found]
    missed, extra = (tuple(it for it in ours if it not in theirs) for ours, theirs in ((gold, given), (given, gold)))
    return Outcome(record["id"], tally, missed, extra)


def _compare(label: str, gold: Sequence[Record], found: Sequence[When]) -> Tally:
    wanted, given = [Span(it["start"], it["end"]) for it in gold], [when.evidence.span for when in found]
    pairs = match_overlapping(wanted, given)
    right = sum(gold[ours]["value"] == timex_value(found[theirs]) for ours, theirs in pairs)
    tally = count_pairs(f"{label} relaxed", len(pairs), len(wanted), len(given))
    tally.add(count_pairs(f"{label} strict", len(set(wanted) & set(given)), len(wanted), len(given)))
    return tally.add(count_pairs(f"{label} value", right, len(wanted), len(given)))


def measure(tally: Tally) -> dict[str, float]:
    """Return value F1 (the headline), relaxed and strict span F1, the accuracy of values; and value F1 of dates."""
    return {
        "value_f1": label_f1(tally, "all value"),
        "relaxed_f1": label_f1(tally, "all relaxed"),
        "strict_f1": label_f1(tally, "all strict"),
        "value_accuracy": ratio(tally["all value", "tp"], tally["all relaxed", "tp"]),
        "dates_value_f1": label_f1(tally, "dates value"),
    }


TIMEX = GoldSet("timex_tbaq", judge_articles, measure)

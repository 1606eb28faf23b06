"""timex_tbaq: which words name times, and which times those are, as in TempEval-3.

Spans are paired one to one where they overlap (relaxed) or are equal (strict); `value_f1`, which TempEval-3 ranks by,
counts relaxed pairs whose TIMEX3 value is right too, over all four types of the annotation. `dates_value_f1` is the
same over what dates events, DATE and TIME, durations and sets left out on both sides.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, count_pairs, label_f1, match_overlapping, ratio
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages
    from dateline.grounding.timex import Timex

POINTS = frozenset({"DATE", "TIME"})


def judge_articles(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the expressions found in each article, given its date, with the annotation."""
    return [_outcome(record, stages.find_timexes(record["text"], published_of(record))) for record in records]


def published_of(record: Record) -> date | None:
    """Return the day of publication that a record gives, if any."""
    return date.fromisoformat(record["published"][:10]) if record["published"] else None


def _outcome(record: Record, found: Sequence[Timex]) -> Outcome:
    tally = _compare("all", record["times"], found)
    points = [it for it in record["times"] if it["type"] in POINTS]
    rest = [Span(it["start"], it["end"]) for it in record["times"] if it["type"] not in POINTS]
    others = [it for it in found if it.type in POINTS and not any(span.overlaps(it.evidence.span) for span in rest)]
    tally.add(_compare("dates", points, others))
    gold = [f"{it['start']}:{it['value']}" for it in record["times"]]
    given = [f"{it.evidence.start}:{it.value}" for it in found]
    missed, extra = (tuple(it for it in ours if it not in theirs) for ours, theirs in ((gold, given), (given, gold)))
    return Outcome(record["id"], tally, missed, extra)


def _compare(label: str, gold: Sequence[Record], found: Sequence[Timex]) -> Tally:
    wanted, given = [Span(it["start"], it["end"]) for it in gold], [it.evidence.span for it in found]
    pairs = match_overlapping(wanted, given)
    right = sum(gold[ours]["value"] == found[theirs].value for ours, theirs in pairs)
    typed = sum(gold[ours]["type"] == found[theirs].type for ours, theirs in pairs)
    tally = count_pairs(f"{label} relaxed", len(pairs), len(wanted), len(given))
    tally.add(count_pairs(f"{label} strict", len(set(wanted) & set(given)), len(wanted), len(given)))
    tally.add(count_pairs(f"{label} type", typed, len(wanted), len(given)))
    return tally.add(count_pairs(f"{label} value", right, len(wanted), len(given)))


def measure(tally: Tally) -> dict[str, float]:
    """Return value F1 (the headline), F1 of spans and types, the accuracy of values; value F1 of dates alone."""
    return {
        "value_f1": label_f1(tally, "all value"),
        "relaxed_f1": label_f1(tally, "all relaxed"),
        "strict_f1": label_f1(tally, "all strict"),
        "type_f1": label_f1(tally, "all type"),
        "value_accuracy": ratio(tally["all value", "tp"], tally["all relaxed", "tp"]),
        "dates_value_f1": label_f1(tally, "dates value"),
    }


TIMEX = GoldSet("timex_tbaq", judge_articles, measure)

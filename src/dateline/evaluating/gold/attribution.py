"""attribution_polnear: who says what. Source, cue and content spans of every attribution of an article.

Found and gold attributions are paired one to one, by the greatest total overlap of their contents; a pair counts from
an IoU of 0.5 on (characters). Beside it, over the characters of all contents, sources and cues of an article: F1.
The corpus flattens nested attributions, so each voice of a chain counts as one attribution of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluating.assignment import assign
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, count_pairs, label_f1, precision, recall

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.evaluating.stages import Claimed, Stages

PARTS = ("content", "source", "cue")
LEAST_OVERLAP = 0.5
Characters = frozenset[int]


def judge_articles(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the claims found in each article with its attributions."""
    return [_outcome(record, stages.find_claims(record["text"])) for record in records]


def _outcome(record: Record, claims: Sequence[Claimed]) -> Outcome:
    gold = [{part: _cover(attribution[part]) for part in PARTS} for attribution in record["attributions"]]
    found = [{part: _cover(getattr(claim, part)) for part in PARTS} for claim in claims]
    tally = match_contents([it["content"] for it in gold], [it["content"] for it in found])
    for part in PARTS:
        wanted, given = (frozenset().union(*(it[part] for it in side)) for side in (gold, found))
        tally.add(count_pairs(part, len(wanted & given), len(wanted), len(given)))
    return Outcome(record["id"], tally, (f"{len(gold)} attributions",), (f"{len(found)} attributions",))


def match_contents(gold: Sequence[Characters], found: Sequence[Characters]) -> Tally:
    """Count the attributions whose contents overlap enough, one to one."""
    overlaps = [[_iou(ours, theirs) for theirs in found] for ours in gold]
    good = [[value if value >= LEAST_OVERLAP else 0.0 for value in row] for row in overlaps]
    return count_pairs("attribution", len(assign(good)), len(gold), len(found))


def _iou(ours: Characters, theirs: Characters) -> float:
    shared = len(ours & theirs)
    return shared / (len(ours) + len(theirs) - shared) if shared else 0.0


def _cover(spans: Iterable[tuple[int, int]]) -> Characters:
    return frozenset(place for start, end in spans for place in range(start, end))


def measure(tally: Tally) -> dict[str, float]:
    """Return attribution F1, precision and recall at content IoU >= 0.5, and F1 over characters of each part."""
    whole = {
        "attribution_f1": label_f1(tally, "attribution"),
        "attribution_precision": precision(tally, "attribution"),
        "attribution_recall": recall(tally, "attribution"),
    }
    return {**whole, **{f"{part}_chars_f1": label_f1(tally, part) for part in PARTS}}


ATTRIBUTION = GoldSet("attribution_polnear", judge_articles, measure)

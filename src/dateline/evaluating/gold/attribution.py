"""attribution_polnear: who says what. Source, cue and content spans of every attribution of an article.

Found and gold attributions are paired one to one, by the greatest total overlap of their contents; a pair counts from
an IoU of 0.5 on (characters). Beside it: sources and cues of the pairs that overlap as much, as spans; over the
characters of all contents, sources and cues of an article, F1; and attributions by manner, told from the quotation
marks in their contents on both sides: direct (within marks from end to end), mixed (a part), indirect (none).
The corpus flattens nested attributions, so each voice of a chain counts as one attribution of its own.

`agreement.jsonl` beside the split holds documents that five or six people annotated. Each pair of them is scored by the
same measures, one for gold and the other for found: what people reach among themselves (`people_...`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.evaluating.assignment import assign
from dateline.evaluating.goldset import GoldSet, Outcome, Record, load
from dateline.evaluating.metrics import Tally, count_pairs, label_f1, precision, ratio, recall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.evaluating.stages import Claimed, Stages

PARTS = ("content", "source", "cue")
MANNERS = ("direct", "mixed", "indirect")
LEAST_OVERLAP = 0.5
Characters = frozenset[int]
_MARK = re.compile("[\"“”„«»‘’]|''|``")


Attribution = Mapping[str, Sequence[Sequence[int]]]


def judge_articles(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the claims found in each article with its attributions; and people with people, where there are any."""
    return [*(_outcome(it, stages.find_claims(it["text"])) for it in records), *_people(records)]


def _outcome(record: Record, claims: Sequence[Claimed]) -> Outcome:
    gold: Sequence[Attribution] = record["attributions"]
    found = [{part: getattr(claim, part) for part in PARTS} for claim in claims]
    tally = compare(record["text"], gold, found)
    return Outcome(record["id"], tally, (f"{len(gold)} attributions",), (f"{len(found)} attributions",))


def _people(records: Sequence[Record]) -> list[Outcome]:
    """Return an outcome for each document that several people annotated: all pairs of them together."""
    path = next((Path(record["folder"]) / "agreement.jsonl" for record in records if "folder" in record), None)
    if path is None or not path.is_file():
        return []
    return [_pairs(record) for record in load(path)]


def _pairs(record: Record) -> Outcome:
    versions = [record["by_annotator"][name] for name in sorted(record["by_annotator"])]
    tally = Tally()
    for gold, found in combinations(versions, 2):
        agreed = compare(record["text"], gold, found)
        tally.add(Tally({(f"people {label}", what): count for (label, what), count in agreed.items()}))
    return Outcome(f"people:{record['id']}", tally)


def compare(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> Tally:
    """Count what two annotations of a text share: attributions, spans, manners, and the characters of each part."""
    covers = [[{part: _cover(it[part]) for part in PARTS} for it in side] for side in (gold, found)]
    pairs = _paired([it["content"] for it in covers[0]], [it["content"] for it in covers[1]])
    tally = count_pairs("attribution", len(pairs), len(gold), len(found))
    for part in ("source", "cue"):
        counts = [sum(1 for it in side if it[part]) for side in covers]
        agreed = sum(_iou(covers[0][i][part], covers[1][j][part]) >= LEAST_OVERLAP for i, j in pairs)
        tally.add(count_pairs(f"{part} span", agreed, *counts))
    for part in PARTS:
        wanted, given = (frozenset().union(*(it[part] for it in side)) for side in covers)
        tally.add(count_pairs(part, len(wanted & given), len(wanted), len(given)))
    tally.add(_by_manner([[_manner(text, it["content"]) for it in side] for side in (gold, found)], pairs))
    return tally


def _by_manner(manners: Sequence[Sequence[str]], pairs: Sequence[tuple[int, int]]) -> Tally:
    """Count by manner: what was found of the gold ones of a manner, and what is right of those found of it."""
    tally = Tally()
    for manner in MANNERS:
        for side, kind in ((0, "gold"), (1, "found")):
            tally[f"{manner} {kind}", "all"] = manners[side].count(manner)
            tally[f"{manner} {kind}", "paired"] = sum(manners[side][pair[side]] == manner for pair in pairs)
    return tally


def _manner(text: str, content: Sequence[Sequence[int]]) -> str:
    """Return direct, mixed or indirect, by the quotation marks in a content and right around it."""
    start, end = min(span[0] for span in content), max(span[1] for span in content)
    words = text[max(0, start - 1) : end + 1].strip(" ,.;:\n")
    if not _MARK.search(words):
        return "indirect"
    return "direct" if _MARK.match(words[:2]) and _MARK.search(words[-2:]) else "mixed"


def _paired(gold: Sequence[Characters], found: Sequence[Characters]) -> list[tuple[int, int]]:
    """Pair contents that overlap enough, one to one."""
    overlaps = [[_iou(ours, theirs) for theirs in found] for ours in gold]
    return assign([[value if value >= LEAST_OVERLAP else 0.0 for value in row] for row in overlaps])


def match_contents(gold: Sequence[Characters], found: Sequence[Characters]) -> Tally:
    """Count the attributions whose contents overlap enough, one to one."""
    return count_pairs("attribution", len(_paired(gold, found)), len(gold), len(found))


def _iou(ours: Characters, theirs: Characters) -> float:
    shared = len(ours & theirs)
    return shared / (len(ours) + len(theirs) - shared) if shared else 0.0


def _cover(spans: Iterable[Sequence[int]]) -> Characters:
    return frozenset(place for start, end in spans for place in range(start, end))


def measure(tally: Tally) -> dict[str, float]:
    """Return F1, precision and recall of attributions; of spans and characters of each part; by manner; of people."""
    scores = _scores(tally)
    people = {
        "people_attribution_f1": label_f1(tally, "people attribution"),
        **{f"people_{part}_span_f1": label_f1(tally, f"people {part} span") for part in ("source", "cue")},
        **{f"people_{part}_chars_f1": label_f1(tally, f"people {part}") for part in PARTS},
    }
    return {**scores, **{name: score for name, score in people.items() if tally["people attribution", "tp"]}}


def _scores(tally: Tally) -> dict[str, float]:
    whole = {
        "attribution_f1": label_f1(tally, "attribution"),
        "attribution_precision": precision(tally, "attribution"),
        "attribution_recall": recall(tally, "attribution"),
    }
    spans = {
        f"{part}_span_{name}": score(tally, f"{part} span")
        for part in ("source", "cue")
        for name, score in (("f1", label_f1), ("precision", precision), ("recall", recall))
    }
    manners = {
        f"{manner}_{name}": ratio(tally[f"{manner} {side}", "paired"], tally[f"{manner} {side}", "all"])
        for manner in MANNERS
        for name, side in (("precision", "found"), ("recall", "gold"))
    }
    return {**whole, **{f"{part}_chars_f1": label_f1(tally, part) for part in PARTS}, **spans, **manners}


ATTRIBUTION = GoldSet("attribution_polnear", judge_articles, measure)

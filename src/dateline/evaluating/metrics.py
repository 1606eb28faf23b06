"""Counts that add up, and the scores made of them.

Every score here is a function of a `Tally`: counts over gold units (sentences, documents, topics) that can be summed.
So a unit is judged once, and intervals come from summing resampled units (`interval`).
"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from dateline.model.text import Span

RESAMPLES = 500
FEWEST = 8


class Tally(dict[tuple[str, str], float]):
    """Sums by (label, what): what is `tp`, `fp` or `fn`, or the name of a sum that a metric needs. Absent is 0."""

    def __missing__(self, key: tuple[str, str]) -> float:
        return 0.0

    def add(self, other: Tally, times: int = 1) -> Tally:
        """Add the other's sums, so many times, and return this tally."""
        for key, count in other.items():
            self[key] += times * count
        return self


def f1(hits: float, false: float, missed: float) -> float:
    """Return F1 of true positives, false positives and false negatives; 0 where nothing was to be found or found."""
    total = 2 * hits + false + missed
    return 2 * hits / total if total else 0.0


def ratio(part: float, whole: float) -> float:
    """Return part / whole, and 0 of nothing."""
    return part / whole if whole else 0.0


def harmonic(precision: float, recall: float) -> float:
    """Return the harmonic mean of two ratios."""
    return ratio(2 * precision * recall, precision + recall)


def judge(gold: Iterable[object], found: Iterable[object], label: str = "") -> Tally:
    """Count hits, false and missed items of two sets; by item where `label` is empty, else under that one label."""
    wanted, given = set(gold), set(found)
    parts = {"tp": wanted & given, "fp": given - wanted, "fn": wanted - given}
    return Tally(Counter((label or str(item), what) for what, items in parts.items() for item in items))


def label_f1(tally: Tally, label: str) -> float:
    """Return the F1 of one label."""
    return f1(tally[label, "tp"], tally[label, "fp"], tally[label, "fn"])


def precision(tally: Tally, label: str) -> float:
    """Return the share of what was found that is right."""
    return ratio(tally[label, "tp"], tally[label, "tp"] + tally[label, "fp"])


def recall(tally: Tally, label: str) -> float:
    """Return the share of what there was to find that was found."""
    return ratio(tally[label, "tp"], tally[label, "tp"] + tally[label, "fn"])


def labels_of(tally: Tally) -> list[str]:
    """Return the labels that are in the gold data or were predicted, sorted."""
    return sorted({label for (label, what), count in tally.items() if count and what in ("tp", "fp", "fn")})


def micro_f1(tally: Tally, labels: Collection[str] | None = None) -> float:
    """Return F1 over all decisions on these labels (default: all) taken together."""
    chosen = labels_of(tally) if labels is None else labels
    hits, false, missed = (sum(tally[label, what] for label in chosen) for what in ("tp", "fp", "fn"))
    return f1(hits, false, missed)


def macro_f1(tally: Tally, labels: Collection[str] | None = None) -> float:
    """Return the plain mean of the labels' F1 (default: labels in the gold data or predicted)."""
    chosen = labels_of(tally) if labels is None else labels
    return ratio(sum(label_f1(tally, label) for label in chosen), len(chosen))


def weighted_f1(tally: Tally) -> float:
    """Return the mean of the labels' F1, each weighted by how often the gold data has it."""
    support = {label: tally[label, "tp"] + tally[label, "fn"] for label in labels_of(tally)}
    return ratio(sum(count * label_f1(tally, label) for label, count in support.items()), sum(support.values()))


def match_overlapping(gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Pair gold spans with found spans that overlap them, one to one, in the order of the text."""
    order = sorted(range(len(found)), key=lambda place: found[place])
    pairs, free = [], 0
    for wanted in sorted(range(len(gold)), key=lambda place: gold[place]):
        while free < len(order) and found[order[free]].end <= gold[wanted].start:
            free += 1
        if free < len(order) and gold[wanted].overlaps(found[order[free]]):
            pairs.append((wanted, order[free]))
            free += 1
    return pairs


def count_pairs(label: str, pairs: int, gold: int, found: int) -> Tally:
    """Return the tally of so many matched pairs out of so many gold and found items."""
    return Tally({(label, "tp"): pairs, (label, "fp"): found - pairs, (label, "fn"): gold - pairs})


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return how far confidences are from the share that is right: 0 (they say how often), at most 1; 0 of nothing.

    Expected calibration error over bins of equal mass: the mean over all answers of the distance between their bin's
    mean confidence and its share of right answers. Answers of one confidence stay in one bin, so their order is of no
    account, and a coder with few confidences has fewer bins (Naeini et al. 2015; equal mass: Nixon et al. 2019).

    Raises:
        ValueError: if there are not as many of one as of the other.
    """
    steps: dict[float, list[bool]] = {}
    for confidence, is_right in zip(confidences, right, strict=True):
        steps.setdefault(confidence, []).append(is_right)
    gaps: Counter[int] = Counter()
    before = 0
    for confidence, answers in sorted(steps.items()):
        place = int(bins * (before + len(answers) / 2) / len(confidences))
        gaps[place] += sum(confidence - answer for answer in answers)  # type: ignore[assignment]
        before += len(answers)
    return ratio(sum(map(abs, gaps.values())), len(confidences))


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    summed = Tally()
    for tally in tallies:
        summed.add(tally)
    return summed


def interval(tallies: Sequence[Tally], measure: Callable[[Tally], dict[str, float]]) -> dict[str, tuple[float, float]]:
    """Return each metric's 95 % percentile bootstrap interval, units resampled with replacement; seed fixed.

    Empty for fewer than `FEWEST` units, where the interval would say nothing.
    """
    if len(tallies) < FEWEST:
        return {}
    dice = random.Random(0)  # noqa: S311 - resampling with a fixed seed, not cryptography
    runs = [measure(_resample(tallies, dice)) for _ in range(RESAMPLES)]
    return {name: _middle(sorted(run[name] for run in runs)) for name in runs[0]}


def _resample(tallies: Sequence[Tally], dice: random.Random) -> Tally:
    summed = Tally()
    for place, times in Counter(dice.choices(range(len(tallies)), k=len(tallies))).items():
        summed.add(tallies[place], times)
    return summed


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Return the 2.5th and the 97.5th percentile of sorted values."""
    cut = round(0.025 * len(values))
    return values[cut], values[-1 - cut]

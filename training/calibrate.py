"""Make the network's scores probabilities: Platt scaling of each head, on the sentences held back from training.

`python -m training.calibrate --bench FOLDER --encoder FOLDER` writes `calibration` into the folder's `labels.json`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray  # noqa: TC002 (training only)

from dateline.coding.decoding import Judgement, Named
from dateline.coding.encoder import CARD, Encoder, Passage
from training.corpora import is_held, load_all
from training.samples import LABELS, Sample, Trigger

Card = dict[str, Any]
Judge = Callable[[Card, Sequence[Sample]], Sequence[Judgement]]
"""A network that judges samples by a card."""
STEPS = 100
RIDGE = 1e-3
HOME = {"conduct": "police", "attacks": "muc"}
"""The corpora whose base rate counts: others know these labels in part."""
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)


def platt(logits: Sequence[float], holds: Sequence[bool]) -> tuple[float, float]:
    """Return slope and offset of the logistic curve that fits best (Platt 1999), by Newton's method."""
    rows = np.stack([np.array(logits), np.ones(len(logits))], axis=1)
    wanted = np.array(holds, float)
    weights = np.array([1.0, 0.0])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - wanted) + RIDGE * weights
        step = np.linalg.solve(rows.T @ (rows * (chance * (1 - chance))[:, None]) + RIDGE * np.eye(2), slope)
        while _loss(rows, wanted, weights - step) > _loss(rows, wanted, weights) and np.abs(step).max() > 1e-9:
            step = step / 2
        weights = weights - step
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def _loss(rows: NDArray[np.float64], wanted: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    scores = rows @ weights
    return float((np.logaddexp(0, scores) - wanted * scores).sum() + RIDGE / 2 * weights @ weights)


def best_threshold_of(chances: Sequence[float]) -> float:
    """Return the probability from which a label is best given: the one at which expected F1 is highest.

    Which sentences hold the label is not looked at, only how likely each is to: rare labels have too few (Lipton 2014).
    """
    ranked = np.sort(np.array(chances))[::-1]
    expected = 2 * np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
    return round(float(ranked[int(expected.argmax())]), 4)


def calibrate(samples: Sequence[Sample], judgements: Sequence[Judgement]) -> dict[str, tuple[float, float]]:
    """Return slope and offset of each head of whole sentences."""
    found = {}
    for head in LABELS:
        pairs = [
            (_logit(judgement.score(head, label)), holds)
            for sample, judgement in zip(samples, judgements, strict=True)
            if sample.source == HOME.get(head, sample.source)
            for label, holds in sample.known.get(head, {}).items()
        ]
        found[head] = platt([logit for logit, _ in pairs], [holds for _, holds in pairs])
    return found


def label_thresholds(samples: Sequence[Sample], judgements: Sequence[Judgement]) -> dict[str, float]:
    """Return the threshold of each label that is given to whole sentences, on the corpus that teaches it."""
    found = {}
    for head, source in (("conduct", "police"), ("protest", "glocon"), ("attacks", "muc")):
        known = [it for sample, it in zip(samples, judgements, strict=True) if sample.source == source]
        for label in LABELS[head]:
            found[label] = best_threshold_of([it.score(head, label) for it in known])
    return found


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def pair(sample: Sample, judgement: Judgement) -> list[tuple[float, bool]]:
    """Return, for each event that the network names, its confidence and whether a trigger of that type stands there."""
    return [
        (named.confidence, any(_meet(named, trigger) for trigger in sample.triggers or ())) for named in judgement.named
    ]


def _meet(named: Named, trigger: Trigger) -> bool:
    return named.type == trigger.type and named.start < trigger.end and trigger.start < named.end


def event_f1(samples: Sequence[Sample], judgements: Sequence[Judgement]) -> float:
    """Return F1 of events found, by type and overlapping words."""
    found = [right for sample, it in zip(samples, judgements, strict=True) for _, right in pair(sample, it)]
    gold = sum(len(sample.triggers or ()) for sample in samples)
    return 2 * sum(found) / max(1, len(found) + gold)


def best_threshold(card: Card, samples: Sequence[Sample], judge: Judge) -> float:
    """Return how likely words must be to name an event: the value at which F1 of events is best."""
    scores = {}
    for threshold in THRESHOLDS:
        scores[threshold] = event_f1(samples, judge(card | {"threshold": threshold}, samples))
    print({threshold: round(score, 3) for threshold, score in scores.items()})
    return max(scores, key=lambda threshold: (scores[threshold], -abs(threshold - 0.5)))


def fit_card(card: Card, held: Sequence[Sample], judge: Judge) -> Card:
    """Return a card with calibration and thresholds, fitted on samples that the network did not learn from."""
    card = card | {"threshold": 0.5, "calibration": {}, "thresholds": {}}
    card["calibration"] = calibrate(held, judge(card, held))
    card["thresholds"] = label_thresholds(held, judge(card, held))
    marked = [sample for sample in held if sample.triggers is not None]
    card["threshold"] = best_threshold(card, marked, judge)
    pairs = [it for sample, found in zip(marked, judge(card, marked), strict=True) for it in pair(sample, found)]
    card["calibration"]["event"] = platt([_logit(score) for score, _ in pairs], [right for _, right in pairs])
    print(card["calibration"], card["threshold"], card["thresholds"])
    return card


def write_card(path: Path, card: Card) -> None:
    """Write a card."""
    path.write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    given = parser.parse_args()
    path: Path = given.encoder / CARD

    def judge(card: Card, samples: Sequence[Sample]) -> list[Judgement]:
        write_card(path, card)
        return Encoder(given.encoder).judge([Passage(sample.text, sample.before) for sample in samples])

    held = [sample for sample in load_all(given.bench) if is_held(sample)]
    write_card(path, fit_card(json.loads(path.read_text("utf-8")), held, judge))


if __name__ == "__main__":
    main()

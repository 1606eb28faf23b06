"""Make the network's scores probabilities: Platt scaling of each head, on the sentences held back from training.

`python -m training.calibrate --bench FOLDER --encoder FOLDER` writes `calibration` into the folder's `labels.json`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dateline.coding.decoding import Judgement, Named
from dateline.coding.encoder import Encoder, Passage
from training.corpora import is_held, load_all
from training.samples import LABELS, Sample, Trigger

STEPS = 100
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)


def platt(logits: Sequence[float], holds: Sequence[bool]) -> tuple[float, float]:
    """Return slope and offset of the logistic curve that fits best (Platt 1999), by Newton's method."""
    rows = np.stack([np.array(logits), np.ones(len(logits))], axis=1)
    wanted = np.array(holds, float)
    weights = np.array([1.0, 0.0])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - wanted) + 1e-3 * weights
        curve = rows.T @ (rows * (chance * (1 - chance))[:, None]) + 1e-3 * np.eye(2)
        weights = weights - np.linalg.solve(curve, slope)
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def calibrate(samples: Sequence[Sample], judgements: Sequence[Judgement]) -> dict[str, tuple[float, float]]:
    """Return slope and offset of each head of whole sentences."""
    found = {}
    for head in LABELS:
        pairs = [
            (_logit(judgement.score(head, label)), holds)
            for sample, judgement in zip(samples, judgements, strict=True)
            for label, holds in sample.known.get(head, {}).items()
        ]
        found[head] = platt([logit for logit, _ in pairs], [holds for _, holds in pairs])
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


def best_threshold(folder: Path, card: dict[str, Any], samples: Sequence[Sample]) -> float:
    """Return how likely words must be to name an event: the value at which F1 of events is best."""
    scores = {}
    for threshold in THRESHOLDS:
        judgements = _judge(folder, card | {"threshold": threshold}, samples)
        scores[threshold] = event_f1(samples, judgements)
    print({threshold: round(score, 3) for threshold, score in scores.items()})
    return max(scores, key=lambda threshold: (scores[threshold], -abs(threshold - 0.5)))


def _judge(folder: Path, card: dict[str, Any], samples: Sequence[Sample]) -> list[Judgement]:
    """Write the card, then judge with the network that reads it."""
    (folder / "labels.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    return Encoder(folder).judge([Passage(sample.text, sample.before) for sample in samples])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    given = parser.parse_args()
    folder: Path = given.encoder
    card = json.loads((folder / "labels.json").read_text("utf-8")) | {"threshold": 0.5, "calibration": {}}
    held = [sample for sample in load_all(given.bench) if is_held(sample)]
    card["calibration"] = calibrate(held, _judge(folder, card, held))
    marked = [sample for sample in held if sample.triggers is not None]
    card["threshold"] = best_threshold(folder, card, marked)
    pairs = [
        it for sample, found in zip(marked, _judge(folder, card, marked), strict=True) for it in pair(sample, found)
    ]
    card["calibration"]["event"] = platt([_logit(score) for score, _ in pairs], [right for _, right in pairs])
    _judge(folder, card, [])
    print(card["calibration"], card["threshold"])


if __name__ == "__main__":
    main()

"""Make the network's scores probabilities: Platt scaling of each head, on the sentences held back from training.

`python -m training.calibrate --bench FOLDER --encoder FOLDER` writes `calibration` into the folder's `labels.json`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from dateline.coding.encoder import Encoder, Judgement, Passage
from training.corpora import is_held, load_all
from training.samples import LABELS, Sample

STEPS = 100


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    given = parser.parse_args()
    path = given.encoder / "labels.json"
    card = json.loads(path.read_text("utf-8")) | {"calibration": {}}
    path.write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    held = [sample for sample in load_all(given.bench) if is_held(sample)]
    judgements = Encoder(given.encoder).judge([Passage(sample.text, sample.before) for sample in held])
    card["calibration"] = calibrate(held, judgements)
    path.write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    print(card["calibration"])


if __name__ == "__main__":
    main()

"""Learn the weights of the second reading of what police did, by words and pairs of words.

`python -m training.fit_conduct --bench FOLDER --encoder FOLDER [--out FILE]`, after the network; half a minute.

Logistic regression on IndiaPoliceEvents train. Its scores are scaled by their spread on documents that it did not see
(five folds), and added to the logit of the network with equal weight; slope and offset of the sum are fitted on the
documents held back from the network, the threshold is where F1 is expected to be highest there.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray  # noqa: TC002 (training only)
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.coding.conduct import HEAD, features_of, logit
from dateline.coding.encoder import Encoder, Passage
from training.arrays import write
from training.calibrate import best_threshold_of, platt
from training.corpora import is_held, load_police
from training.samples import Sample

LABELS = ("FAIL", "ANY_ACTION")
SEEN = 5
"""Sentences in which a word or pair must stand to have a weight."""
STRENGTH = 0.03
"""Inverse of the ridge penalty."""
FOLDS = 5
OUT = Path(__file__).parents[1] / "src" / "dateline" / "data" / "conduct.npz"

Matrix = Any
"""A sparse matrix of sentences x features."""


def vocabulary(found: Sequence[Sequence[int]]) -> dict[int, float]:
    """Return the features that are seen often enough, with the logarithm of how rare they are, by their hash."""
    counts = Counter(key for keys in found for key in keys)
    return {key: math.log(len(found) / count) + 1 for key, count in sorted(counts.items()) if count >= SEEN}


def matrix_of(found: Sequence[Sequence[int]], rarity: Mapping[int, float]) -> Matrix:
    """Return sentences x features: the rarity of each, by the root of how many features the sentence has."""
    place = {key: column for column, key in enumerate(rarity)}
    cells = [
        (row, place[key], 2 * rarity[key] / math.sqrt(max(1, len(keys))))
        for row, keys in enumerate(found)
        for key in keys
        if key in place
    ]
    rows, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, columns)), (len(found), len(rarity)))


def fit(matrix: Matrix, holds: NDArray[np.bool_]) -> LogisticRegression:
    """Return the regression on these sentences; those with the label count as much as those without."""
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300, solver="liblinear", random_state=0)
    return model.fit(matrix, holds)


def unseen(matrix: Matrix, holds: NDArray[np.bool_], groups: Sequence[str]) -> NDArray[np.float64]:
    """Return the score of every sentence by a regression that saw other documents."""
    fold = np.array([crc32(group.encode()) % FOLDS for group in groups])
    scores = np.zeros(len(holds))
    for each in range(FOLDS):
        model = fit(matrix[fold != each], holds[fold != each])
        scores[fold == each] = model.decision_function(matrix[fold == each])
    return scores


def fit_label(
    label: str, samples: Sequence[Sample], matrix: Matrix, chances: Sequence[float]
) -> tuple[LogisticRegression, float, tuple[float, float], float]:
    """Return a label's regression and the spread of its scores, slope and offset of both together, and the threshold.

    Args:
        label: what police did.
        samples: sentences of IndiaPoliceEvents train, all of them.
        matrix: their features.
        chances: probability of the label by a network, of each sample that is held back.
    """
    holds = np.array([sample.known[HEAD][label] for sample in samples])
    held = [place for place, sample in enumerate(samples) if is_held(sample)]
    other = unseen(matrix, holds, [sample.group for sample in samples])
    spread = float(other.std())
    both = [logit(chance) + other[place] / spread for place, chance in zip(held, chances, strict=True)]
    slope, offset = platt(both, holds[held].tolist())
    model = fit(matrix, holds)
    threshold = best_threshold_of([1 / (1 + math.exp(-(slope * it + offset))) for it in both])
    return model, spread, (slope, offset + slope * float(model.intercept_[0]) / spread), threshold


def learn(samples: Sequence[Sample], encoder: Encoder) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the weights file.

    `labels` · `keys` hash of each feature · `weights`, `steps` its weights, 8 bit, and their unit · `curves` slope and
    offset, `thresholds`, each a label.
    """
    found = [features_of(sample.text) for sample in samples]
    rarity = vocabulary(found)
    matrix = matrix_of(found, rarity)
    held = [place for place, sample in enumerate(samples) if is_held(sample)]
    network = encoder.judge([Passage(samples[place].text) for place in held])
    weights, curves, thresholds = [], [], []
    for label in LABELS:
        chances = [it.score(HEAD, label) for it in network]
        model, spread, curve, threshold = fit_label(label, samples, matrix, chances)
        curves.append(curve)
        thresholds.append(threshold)
        weights.append(model.coef_[0] * np.array([*rarity.values()]) * 2 / spread)
        print(f"{label}: {len(rarity)} features, slope and offset {curve}, threshold {threshold}")
    table = np.array(weights).T
    steps = np.abs(table).max(0) / 127
    return {
        "labels": np.array(LABELS),
        "keys": np.array([*rarity], np.uint32),
        "weights": np.rint(table / steps).astype(np.int8),
        "steps": steps,
        "curves": np.array(curves),
        "thresholds": np.array(thresholds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    write(given.out, learn(list(load_police(given.bench)), Encoder(given.encoder)))


if __name__ == "__main__":
    main()

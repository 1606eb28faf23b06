"""Learn which of the events that the small network of `swift` names are none, and how sure each is.

`python -m training.fit_telling --bench FOLDER [--encoder FOLDER] [--out FILE]`, after `export_pupil`; half a minute.

First a logistic regression over what can be seen of an event (`coding.telling`), on the sentences that the network has
learnt from; then one over its score and the network's numbers, on those that it has not: documents held back, and the
sentences aimed at misses. An event is right if words of that type are annotated there.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.coding.endings import Line
from dateline.coding.joining import told_once
from dateline.coding.pupil import Pupil
from dateline.coding.skimming import Skimmed, skim
from dateline.coding.telling import FILE, LEAST, features_of, numbers_of
from dateline.model.text import Span
from training.corpora import is_held, load_labels, load_own
from training.samples import TYPES, Sample

SEEN = 20
"""Events of which something must be seen to have a weight."""
STRENGTH = 0.1
"""Inverse of the ridge penalty."""
PART = 512
OUT = Path(__file__).parents[1] / "src" / "dateline" / "data" / FILE

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """An event that the network names: what is seen of it, what the network says, is it one, and is it learnt from?"""

    features: tuple[str, ...]
    numbers: tuple[float, ...]
    right: bool
    fresh: bool


def cases(pupil: Pupil, samples: Sequence[Sample]) -> Iterator[Case]:
    """Yield the events that the network names in samples."""
    for start in range(0, len(samples), PART):
        part = samples[start : start + PART]
        for sample, skimmed in zip(part, skim(pupil.card, pupil.read([it.text for it in part])), strict=True):
            yield from _cases(sample, skimmed, skimmed.chances[pupil.card.places["types"]].tolist())


def _cases(sample: Sample, skimmed: Skimmed, chances: Sequence[float]) -> Iterator[Case]:
    line, told = Line.of(sample.text), told_once(sample.text, skimmed.named)
    free = list(sample.triggers or ())
    for it in told:
        met = next((one for one in free if one.type == it.type and one.start < it.end and it.start < one.end), None)
        if met:
            free.remove(met)
        numbers = numbers_of(it, chances[TYPES.index(it.type)], len(told))
        fresh = sample.source == "aimed" or is_held(sample)
        yield Case(tuple(features_of(line, Span(it.start, it.end), it.type)), numbers, met is not None, fresh)


def fit(given: Sequence[Case]) -> dict[str, Any]:
    """Return the weights file."""
    learnt, fresh = [it for it in given if not it.fresh], [it for it in given if it.fresh]
    counts = Counter(name for it in learnt for name in set(it.features))
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    seen = LogisticRegression(C=STRENGTH, max_iter=300)
    seen.fit(matrix_of(learnt, names), [it.right for it in learnt])
    both = LogisticRegression(max_iter=300)
    both.fit(joint(fresh, matrix_of(fresh, names) @ seen.coef_[0]), [it.right for it in fresh])
    *numbers, share = both.coef_[0].tolist()
    weights = {name: round(share * it, 3) for name, it in zip(names, seen.coef_[0].tolist(), strict=True)}
    chances = both.predict_proba(joint(fresh, matrix_of(fresh, names) @ seen.coef_[0]))[:, 1]
    dropped = [it.right for it, chance in zip(fresh, chances, strict=True) if chance < LEAST]
    print(f"{len(learnt)} and {len(fresh)} events; of the latter {len(dropped)} dropped, {sum(dropped)} of them right")
    bias = round(float(both.intercept_[0]), 4)
    return {"bias": bias, "numbers": [round(it, 4) for it in numbers], "weights": weights}


def matrix_of(given: Sequence[Case], names: Sequence[str]) -> Any:
    """Return events x features, a sparse matrix of ones."""
    columns = {name: column for column, name in enumerate(names)}
    cells = [(row, columns[name]) for row, it in enumerate(given) for name in set(it.features) if name in columns]
    rows, places = zip(*cells, strict=True)
    return csr_matrix((np.ones(len(cells)), (rows, places)), (len(given), len(names)))


def joint(given: Sequence[Case], scores: Numbers) -> Numbers:
    """Return events x what the network says of them and how they look."""
    return np.column_stack([np.array([it.numbers for it in given]), scores])


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, default=Path(str(files("dateline.data") / "encoder")))
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    samples = [it for it in (*load_own(), *load_labels(given.bench)) if it.triggers is not None]
    weights = fit(list(cases(Pupil(given.encoder), samples)))
    given.out.write_text(json.dumps(weights, indent=0, ensure_ascii=False) + "\n", "utf-8")
    print(f"{given.out}: {len(weights['weights'])} features, {given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()

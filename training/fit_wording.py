"""Learn the weights by which words around an event correct the status that the small network of `swift` gives it.

`python -m training.fit_wording --bench FOLDER --encoder FOLDER [--out FILE]`, after `export_pupil`; half a minute.

Logistic regression over the events that we annotated, but for those of documents held back. There its score, times
`SHARE`, is added to the logits of the network, which has not seen them either, and each status is shifted so that as
many events are taken for it as have it: the network and the words both lean to what is most frequent.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.coding.pupil import Pupil
from dateline.coding.wording import features_of
from training.arrays import write
from training.corpora import is_held, load_labels, load_own
from training.samples import STATUSES, Sample, Trigger

SEEN = 4
"""Events around which something must stand to have a weight."""
STRENGTH = 0.1
"""Inverse of the ridge penalty."""
SHARE = 0.75
"""How much the words count beside the network: of 0.25 to 1 the best on halves of what is held back, with shifts fitted
on the other half (twenty draws)."""
ROUNDS = 60
"""How often the shift of each status is set anew."""
LEAST = 0.02
"""Weights that are smaller for every status, before they are multiplied by `SHARE`, are left out."""
PART = 512
OUT = Path(__file__).parents[1] / "src" / "dateline" / "data" / "wording.npz"

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """An annotated event: what stands around it, its status, what the network says of that, and is it held back?"""

    features: frozenset[int]
    status: int
    logits: Numbers
    held: bool


def told(pupil: Pupil, samples: Sequence[Sample]) -> Iterator[Told]:
    """Yield the events of samples."""
    place = pupil.card.token_places["status"]
    for start in range(0, len(samples), PART):
        part = samples[start : start + PART]
        answers = pupil.read([it.text for it in part])
        for number, sample in enumerate(part):
            rows = answers.token[answers.of == number, place]
            for trigger in sample.triggers or ():
                inside = _inside(answers.lines[number].bounds()[: len(rows)], trigger)
                if inside:
                    features = features_of(sample.text, trigger.start, trigger.end)
                    yield Told(features, STATUSES.index(trigger.status), rows[inside].mean(0), is_held(sample))


def _inside(bounds: Sequence[tuple[int, int]], trigger: Trigger) -> list[int]:
    return [word for word, (start, end) in enumerate(bounds) if start < trigger.end and trigger.start < end]


def fit(events: Sequence[Told]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the weights file.

    `statuses` · `keys` hash of what stands around an event · `weights`, `step` its weights, 8 bit, and their unit
    · `shift` what is added to each status.
    """
    learnt = [it for it in events if not it.held]
    held = [it for it in events if it.held]
    counts = Counter(key for it in learnt for key in it.features)
    keys = sorted(key for key, count in counts.items() if count >= SEEN)
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(matrix_of(learnt, keys), [it.status for it in learnt])
    kept = np.abs(model.coef_).max(0) >= LEAST
    weights = SHARE * model.coef_.T[kept]
    step = float(np.abs(weights).max() / 127)
    keys = [key for key, is_kept in zip(keys, kept, strict=True) if is_kept]
    rounded = np.rint(weights / step).astype(np.int8)
    shift = SHARE * model.intercept_
    scores = logits_of(held) + matrix_of(held, keys) @ (rounded * step)
    shift = balance(scores, [it.status for it in held])
    print(f"{len(learnt)} events, {len(keys)} features; of {len(held)} held back:")
    print(f"the network alone {report(logits_of(held), held)}; with words {report(scores + shift, held)}")
    print(f"shift {shift.round(2)}")
    return {
        "statuses": np.array(STATUSES),
        "keys": np.array(keys, np.uint32),
        "weights": rounded,
        "step": np.array(step),
        "shift": shift,
    }


def matrix_of(events: Sequence[Told], keys: Sequence[int]) -> Any:
    """Return events x features, a sparse matrix of ones."""
    columns = {key: column for column, key in enumerate(keys)}
    cells = [(row, columns[key]) for row, it in enumerate(events) for key in it.features if key in columns]
    rows, places = zip(*cells, strict=True)
    return csr_matrix((np.ones(len(cells)), (rows, places)), (len(events), len(keys)))


def logits_of(events: Sequence[Told]) -> Numbers:
    """Return what the network says of events, as logarithms of shares."""
    logits = np.array([it.logits for it in events], float)
    shares: Numbers = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return shares


def balance(scores: Numbers, gold: Sequence[int]) -> Numbers:
    """Return what must be added to each status, so that as many events are taken for it as have it."""
    wanted = np.bincount(gold, minlength=scores.shape[1])
    shift = np.zeros(scores.shape[1])
    for _ in range(ROUNDS):
        for status, count in enumerate(wanted):
            lag = np.sort(np.delete(scores + shift, status, 1).max(1) - scores[:, status] - shift[status])
            shift[status] += (lag[count - 1] + lag[count]) / 2
    return shift - shift.mean()


def report(scores: Numbers, events: Sequence[Told]) -> str:
    """Return how many are right, and how many of those not asserted are taken for asserted."""
    given, gold = scores.argmax(1), np.array([it.status for it in events])
    wrongly = float((given[gold != 0] == 0).mean())
    return f"{float((given == gold).mean()):.3f} right, {wrongly:.3f} wrongly asserted"


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    samples = [it for it in (*load_own(), *load_labels(given.bench)) if it.triggers]
    write(given.out, fit(list(told(Pupil(given.encoder), samples))))


if __name__ == "__main__":
    main()

"""Learn the weights by which words around an event correct the status that a network gives it.

`python -m training.fit_wording --bench FOLDER --encoder FOLDER [--out FILE]`, after `export_pupil`; a minute.

Logistic regression over the events that we annotated, but for those of documents held back. There its score, times
`SHARE`, is added to the logits of each network, which has not seen them either, and each status is shifted so that as
many events are taken for it as have it: the networks and the words all lean to what is most frequent.
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

from dateline.coding.decoding import words_of
from dateline.coding.encoder import Encoder, Passage
from dateline.coding.pupil import Pupil
from dateline.coding.wording import CODERS, features_of
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
    """An annotated event: the sentence that tells it, what stands around it, and its status."""

    sample: Sample
    trigger: Trigger
    features: frozenset[int]
    status: int


Read = tuple[Sequence[tuple[int, int]], NDArray[np.float32]]
"""Of a sentence, where its words stand, and what a network says of the status of each."""


def told(samples: Sequence[Sample]) -> list[Told]:
    """Return the events of samples."""
    return [
        Told(it, trigger, features_of(it.text, trigger.start, trigger.end), STATUSES.index(trigger.status))
        for it in samples
        for trigger in it.triggers or ()
    ]


def read_by_pupil(folder: Path, texts: Sequence[str]) -> Iterator[Read]:
    """Yield what the network of `swift` says of each sentence."""
    pupil = Pupil(folder)
    for start in range(0, len(texts), PART):
        answers = pupil.read(texts[start : start + PART])
        for number, line in enumerate(answers.lines):
            rows = answers.token[answers.of == number, pupil.card.token_places["status"]]
            yield line.bounds()[: len(rows)], rows


def read_by_encoder(folder: Path, texts: Sequence[str]) -> Iterator[Read]:
    """Yield what the network of `cascade` says of each sentence."""
    encoder = Encoder(folder)
    for text, (pieces, _, token) in zip(texts, encoder.logits([Passage(it) for it in texts]), strict=True):
        words = words_of(text, pieces.offsets)
        rows = token[[it.first for it in words], encoder.card.token_places["status"]]
        yield [(it.start, it.end) for it in words], rows


READERS = {"swift": read_by_pupil, "cascade": read_by_encoder}


def fit(events: Sequence[Told], folder: Path) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the weights file.

    `statuses` · `keys` hash of what stands around an event · `weights`, `step` its weights, 8 bit, and their unit
    · `shift_swift`, `shift_cascade` what is added to each status.
    """
    learnt = [it for it in events if not is_held(it.sample)]
    held = [it for it in events if is_held(it.sample)]
    counts = Counter(key for it in learnt for key in it.features)
    keys = sorted(key for key, count in counts.items() if count >= SEEN)
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(matrix_of(learnt, keys), [it.status for it in learnt])
    kept = np.abs(model.coef_).max(0) >= LEAST
    weights = SHARE * model.coef_.T[kept]
    step = float(np.abs(weights).max() / 127)
    keys = [key for key, is_kept in zip(keys, kept, strict=True) if is_kept]
    rounded = np.rint(weights / step).astype(np.int8)
    print(f"{len(learnt)} events, {len(keys)} features")
    shifts = {f"shift_{coder}": shift_of(coder, held, keys, rounded * step, folder) for coder in CODERS}
    found = {"statuses": np.array(STATUSES), "keys": np.array(keys, np.uint32), "weights": rounded}
    return {**found, "step": np.array(step), **shifts}


def shift_of(coder: str, held: Sequence[Told], keys: Sequence[int], weights: Numbers, folder: Path) -> Numbers:
    """Return what is added to each status that the network of a coder gives, by events of documents held back."""
    read = READERS[coder](folder, [it.sample.text for it in held])
    heard = [_logits(it.trigger, *said) for it, said in zip(held, read, strict=True)]
    known = [number for number, logits in enumerate(heard) if logits is not None]
    some, logits = [held[number] for number in known], np.array([heard[number] for number in known], float)
    alone = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    scores = alone + matrix_of(some, keys) @ weights
    shift = balance(scores, [it.status for it in some])
    print(f"{coder}, of {len(some)} held back: the network alone {report(alone, some)};", end=" ")
    print(f"with words {report(scores + shift, some)}; shift {shift.round(2)}")
    return shift


def _logits(
    trigger: Trigger, bounds: Sequence[tuple[int, int]], rows: NDArray[np.float32]
) -> NDArray[np.float32] | None:
    """Return the mean over the words of an event; None if the network read none of them."""
    inside = [word for word, (start, end) in enumerate(bounds) if start < trigger.end and trigger.start < end]
    return rows[inside].mean(0) if inside else None


def matrix_of(events: Sequence[Told], keys: Sequence[int]) -> Any:
    """Return events x features, a sparse matrix of ones."""
    columns = {key: column for column, key in enumerate(keys)}
    cells = [(row, columns[key]) for row, it in enumerate(events) for key in it.features if key in columns]
    rows, places = zip(*cells, strict=True)
    return csr_matrix((np.ones(len(cells)), (rows, places)), (len(events), len(keys)))


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
    write(given.out, fit(told(samples), given.encoder))


if __name__ == "__main__":
    main()

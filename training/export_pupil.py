"""The pupil as what ships: `swift.onnx` and `swift.json`, beside the network that taught it.

`python -m training.export_pupil --bench FOLDER --weights FILE --encoder FOLDER`; three minutes. What goes into the
products of matrices is rounded by ranges measured here; calibration and thresholds are fitted on documents held back.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch

from dateline.coding.conduct import HEAD, conduct_words, features_of
from dateline.coding.decoding import Judgement
from dateline.coding.pupil import CARD, WEIGHTS, Pupil
from dateline.coding.skimming import Skimmed, skim
from training.batches import batches, encode, load_tokenizer
from training.calibrate import Judge, fit_card, write_card
from training.corpora import is_held, load_all, load_police
from training.fit_conduct import fit_label, matrix_of, vocabulary
from training.network import SPANS, TOKEN_HEADS, Network
from training.pupil import pupil_of
from training.pupil_graph import Ranges, build
from training.samples import LABELS, STATUSES, Sample

SEED = 20260404
MEASURED, BATCH = 1500, 16
"""Sentences on which the ranges of the values between the layers are measured."""
OUTSIDE = 1e-5
"""Share of the values on each side that are cut off: a few stray ones would cost all others their resolution."""


def sites_of(layers: int) -> dict[str, str]:
    """Return the modules whose input is rounded, by their name in the graph -> in the network."""
    found = {"token": "token.trigger", "sentence": "sentence.types"}
    for place in range(layers):
        layer = f"encoder.encoder.layer.{place}"
        parts = ("attention.self.query", "attention.output.dense", "intermediate.dense", "output.dense")
        found |= {f"{layer}.{part}": f"{layer}.{part}" for part in parts}
    return found


def measure(network: Network, samples: list[Sample]) -> Ranges:
    """Return the range of what goes into each module, over sentences that the network learnt from."""
    rng = random.Random(SEED)
    chosen = [Sample(it.source, it.group, it.text) for it in rng.sample(samples, MEASURED)]
    seen: dict[str, torch.Tensor] = {}
    values: dict[str, list[torch.Tensor]] = {}
    for name, module in sites_of(len(network.encoder.encoder.layer)).items():
        network.get_submodule(module).register_forward_pre_hook(_watch(values.setdefault(name, []), seen))
    with torch.inference_mode():
        for batch in batches(encode(chosen, load_tokenizer()), BATCH, rng):
            seen["mask"] = batch["inputs"]["mask"] > 0
            network(**batch["inputs"])
    return {name: range_of(torch.cat(some)) for name, some in values.items()}


def _watch(values: list[torch.Tensor], seen: Mapping[str, torch.Tensor]) -> Callable[..., None]:
    """Return a hook that keeps what goes in; padding does not count."""

    def keep(_: Any, inputs: tuple[torch.Tensor, ...]) -> None:
        given = inputs[0]
        values.append((given[seen["mask"]] if given.dim() > 2 else given).flatten().half())

    return keep


def range_of(values: torch.Tensor) -> tuple[float, float]:
    """Return the least and the greatest of values, but for a few stray ones on each side."""
    ordered = np.sort(values.numpy())
    cut = int(len(ordered) * OUTSIDE)
    return float(ordered[cut]), float(ordered[-1 - cut])


def export(network: Network, samples: list[Sample], folder: Path) -> None:
    """Write the graph into the folder of the teacher."""
    ranges = measure(network.eval(), samples)
    weights = {name: values.numpy() for name, values in network.state_dict().items()}
    layers, heads = len(network.encoder.encoder.layer), network.encoder.config.num_attention_heads
    model = build(weights, ranges, layers, heads, folder / "encoder.onnx")
    (folder / WEIGHTS).write_bytes(model.SerializeToString())


def judge_with(folder: Path, card: dict[str, Any], samples: Sequence[Sample]) -> list[Judgement]:
    """Return what the exported pupil says of samples, by a card."""
    write_card(folder / CARD, card)
    pupil = Pupil(folder)
    found = (it for some in _parts(samples) for it in skim(pupil.card, pupil.read([sample.text for sample in some])))
    return [_judgement(pupil, it) for it in found]


def _parts(samples: Sequence[Sample]) -> Iterator[Sequence[Sample]]:
    yield from (samples[start : start + 512] for start in range(0, len(samples), 512))


def _judgement(pupil: Pupil, it: Skimmed) -> Judgement:
    chances = {head: it.chances[place].tolist() for head, place in pupil.card.places.items()}
    labels = {head: dict(zip(pupil.card.sentence[head], some, strict=True)) for head, some in chances.items()}
    return Judgement(labels, tuple(it.named), {head: tuple(marks) for head, marks in it.marked.items()})


def add_words(card: dict[str, Any], police: Sequence[Sample], judge: Judge) -> None:
    """Fit how what the words say of police conduct is added to what the pupil says; see `fit_conduct`."""
    found = [features_of(sample.text) for sample in police]
    matrix = matrix_of(found, vocabulary(found))
    judged = judge(card, [sample for sample in police if is_held(sample)])
    for label in conduct_words().labels:
        *_, curve, threshold = fit_label(label, police, matrix, [it.score(HEAD, label) for it in judged])
        card["calibration"][label], card["thresholds"][label] = curve, threshold


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the teacher, into which is written")
    given = parser.parse_args()
    torch.set_num_threads(1)
    network = pupil_of(Network())
    network.load_state_dict(torch.load(given.weights, weights_only=True))
    samples = load_all(given.bench)
    export(network, [it for it in samples if not is_held(it)], given.encoder)
    card = {"sentence": LABELS, "token": dict(TOKEN_HEADS), "spans": SPANS, "status": STATUSES}
    judge = partial(judge_with, given.encoder)
    card = fit_card(card, [it for it in samples if is_held(it)], judge)
    add_words(card, list(load_police(given.bench)), judge)
    write_card(given.encoder / CARD, card)


if __name__ == "__main__":
    main()

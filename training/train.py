"""`make train`: learn the weights of the coder `encoder` from the permitted corpora and our own sentences. Seeded.

`python -m training.train --bench FOLDER --out FOLDER [--epochs N] [--without SOURCE,...]`
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from training.batches import Encoded, batches, encode, load_tokenizer
from training.corpora import by_source, load_all
from training.network import Network, freeze, loss_of, rates
from training.samples import Sample

SEED = 20260401
BATCH = 32
FROZEN = 2
"""Layers that are not trained."""
HELD = 8
"""Per cent of the groups of each corpus that are held back: thresholds and calibration are fitted on them."""
QUOTA = {"police": 2500, "muc": 1000, "ngec": 800}
"""Samples without a firm label an epoch; other corpora are taken whole."""


def is_held(sample: Sample) -> bool:
    """Say whether a sample is held back, by the hash of its group: the same in every run."""
    return int(hashlib.sha256(f"{sample.source}:{sample.group}".encode()).hexdigest(), 16) % 100 < HELD


def is_empty(sample: Sample) -> bool:
    """Say whether nothing is marked and no label holds, or only weakly."""
    return sample.weight < 1 or not (
        sample.triggers or sample.roles or sample.fills or any(any(v.values()) for v in sample.known.values())
    )


def epoch_of(encoded: Sequence[Encoded], rng: random.Random) -> list[Encoded]:
    """Return the samples of an epoch: all that hold something, and a quota of the others."""
    chosen = [it for it in encoded if it.sample.source not in QUOTA or not is_empty(it.sample)]
    for source, quota in QUOTA.items():
        empty = [it for it in encoded if it.sample.source == source and is_empty(it.sample)]
        chosen += rng.sample(empty, min(quota, len(empty)))
    return chosen


def train(samples: Sequence[Sample], epochs: int, out: Path, seed: int = SEED) -> None:
    """Learn from the samples; after every epoch the weights are written to `weights.pt` in the folder."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    encoded = encode(samples, load_tokenizer())
    model = Network().train()
    freeze(model, FROZEN)
    steps = epochs * (len(epoch_of(encoded, random.Random(seed))) // BATCH + 1)
    optimiser = torch.optim.AdamW(rates(model, 1.5e-4, 1e-3), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    began = time.monotonic()
    for epoch in range(epochs):
        losses = []
        for batch in batches(epoch_of(encoded, rng), BATCH, rng):
            loss = loss_of(model(**batch["inputs"]), batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            losses.append(loss.item())
        mean = sum(losses) / len(losses)
        print(f"epoch {epoch + 1}: loss {mean:.3f}, {len(losses)} steps, {time.monotonic() - began:.0f} s", flush=True)
        torch.save(model.state_dict(), out / "weights.pt")


def _rate(step: int, steps: int) -> float:
    warm = max(1, steps // 20)
    return step / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the gold sets")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--without", default="", help="sources left out, for ablation")
    given = parser.parse_args()
    left_out = set(given.without.split(","))
    samples = [sample for sample in load_all(given.bench) if sample.source not in left_out]
    for source, some in sorted(by_source(samples).items()):
        print(f"{source}: {len(some)} samples, {sum(map(is_held, some))} held back", flush=True)
    given.out.mkdir(parents=True, exist_ok=True)
    train([sample for sample in samples if not is_held(sample)], given.epochs, given.out)


if __name__ == "__main__":
    main()

"""`make train`: learn the weights of the coder `encoder` from the permitted corpora and our own sentences. Seeded.

`python -m training.train --bench FOLDER --out FOLDER [--epochs N] [--without SOURCE,...]`
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from training.batches import Encoded, batches, encode, load_tokenizer
from training.corpora import by_source, is_held, load_all
from training.network import Network, freeze, loss_of, rates
from training.samples import Sample

SEED = 20260401
BATCH = 12
FROZEN = 2
"""Layers that are not trained."""
EMPTY = {"police": 1200, "muc": 600}
"""Samples without anything marked an epoch; of other corpora all are taken."""
SHARES = {"own": 2.0, "muc": 0.5}
"""How often the others are taken an epoch; 1 for a corpus that is not named."""


def is_empty(sample: Sample) -> bool:
    """Say whether nothing is marked and no label holds."""
    return not (sample.triggers or sample.roles or sample.fills or any(any(v.values()) for v in sample.known.values()))


def epoch_of(encoded: Sequence[Encoded], rng: random.Random) -> list[Encoded]:
    """Return the samples of an epoch: a quota of those that hold nothing, and of each corpus its share of the rest."""
    by_corpus: dict[tuple[str, bool], list[Encoded]] = {}
    for it in encoded:
        is_quota = it.sample.source in EMPTY and is_empty(it.sample)
        by_corpus.setdefault((it.sample.source, is_quota), []).append(it)
    chosen: list[Encoded] = []
    for (source, is_quota), some in by_corpus.items():
        wanted = EMPTY[source] if is_quota else round(len(some) * SHARES.get(source, 1.0))
        chosen += some * (wanted // len(some)) + rng.sample(some, wanted % len(some))
    return chosen


def train(samples: Sequence[Sample], epochs: int, out: Path, seed: int = SEED) -> None:
    """Learn from the samples; after every epoch the weights are written to `weights.pt`."""
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

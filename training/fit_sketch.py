"""Teach the quick parse of `swift` to parse as the language model does, and write it as it ships. Seeded.

`python -m training.fit_sketch --bench FOLDER --encoder FOLDER [--steps N]`, after `export_pupil`; an hour on one core.

It learns from the sentences that the pupil learnt from, whatever they tell: `sketch.onnx`, `sketch.npz` and
`sketch.json` are written beside the pupil. How often it says what the language model says is printed, of sentences that
it has not learnt from.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from dateline.coding.pupil import Pupil
from dateline.coding.sketch import LABELLER, LOOKS, NAMES, WEIGHTS, Names
from training.distil import sentences_of
from training.export_pupil import range_of
from training.sketch import Sketch
from training.sketch_graph import build
from training.sketch_lessons import WATCHED, Lesson, batches, collate, lessons, names_of, parsed

SEED = 20261130
STEPS, WARM, RATE = 12_000, 300, 2e-3
WEIGHTS_OF = {"tags": 0.5, "kinds": 0.7}
"""How much tags and kinds of names count; heads and dependencies count 1."""
MEASURED = 40
"""Batches on which the ranges of the values between the layers are measured."""


def loss_of(net: Sketch, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Return the loss of a batch: of heads, of dependencies given the right head, of tags and of names."""
    said = net(batch["words"], batch["looks"], batch["mask"])
    said["heads"], said["deps"] = said["arcs"], net.labels(said, batch["heads"])
    wanted = dict(batch, deps=torch.where(batch["heads"] >= 0, batch["deps"], -100))
    total = torch.zeros(())
    for name in ("heads", "deps", "tags", "kinds"):
        lost = functional.cross_entropy(said[name].flatten(0, 1), wanted[name].flatten(), ignore_index=-100)
        total = total + WEIGHTS_OF.get(name, 1.0) * lost
    return total


def teach(net: Sketch, learnt: Sequence[Lesson], steps: int) -> None:
    """Teach the network; the rate rises, then falls to nothing."""
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=0.01)
    rng, began, mean = random.Random(SEED), time.process_time(), 0.0
    for step, group in zip(range(steps), _endless(learnt, rng), strict=False):
        for it in optimiser.param_groups:
            it["lr"] = RATE * min(1.0, (step + 1) / WARM) * (1 - step / steps)
        loss = loss_of(net, collate(group))
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        mean = 0.98 * mean + 0.02 * loss.item() if step else loss.item()
        if step % 500 == 499:
            print(f"step {step + 1}: loss {mean:.3f}, {time.process_time() - began:.0f} s", flush=True)


def _endless(learnt: Sequence[Lesson], rng: random.Random) -> Iterator[list[Lesson]]:
    while True:
        yield from batches(learnt, rng)


def judged(net: Sketch, watched: Sequence[Lesson]) -> dict[str, float]:
    """Return the share of words whose head, head and dependency, and tag are as the language model says."""
    tally: Counter[str] = Counter()
    for group in batches(watched, random.Random(SEED)):
        batch = collate(group)
        with torch.inference_mode():
            said = net(batch["words"], batch["looks"], batch["mask"])
            heads = said["arcs"].argmax(-1)
            deps = net.labels(said, heads).argmax(-1)
        known = batch["heads"] >= 0
        right = known & (heads == batch["heads"])
        tally["words"] += int(known.sum())
        tally["heads"] += int(right.sum())
        tally["deps"] += int((right & (deps == batch["deps"])).sum())
        tally["tags"] += int((known & (said["tags"].argmax(-1) == batch["tags"])).sum())
    return {name: round(tally[name] / tally["words"], 4) for name in ("heads", "deps", "tags")}


def measure(net: Sketch, learnt: Sequence[Lesson]) -> dict[str, tuple[float, float]]:
    """Return the range of what goes into each product."""
    seen: dict[str, list[torch.Tensor]] = {}
    mask: dict[str, torch.Tensor] = {}
    for name, module in net.named_modules():
        if isinstance(module, nn.Linear) and name != "label":
            site = "told" if name.startswith("told.") else name
            if site != "told" or name == "told.root":
                module.register_forward_pre_hook(_watch(seen.setdefault(site, []), mask))
    with torch.inference_mode():
        for group in batches(learnt, random.Random(SEED))[:MEASURED]:
            batch = collate(group)
            mask["mask"] = batch["mask"]
            net(batch["words"], batch["looks"], batch["mask"])
    return {name: range_of(torch.cat(values)) for name, values in seen.items()}


def _watch(values: list[torch.Tensor], mask: Mapping[str, torch.Tensor]) -> Callable[..., None]:
    def keep(_: Any, inputs: tuple[torch.Tensor, ...]) -> None:
        values.append(inputs[0][mask["mask"]].flatten())

    return keep


def export(net: Sketch, learnt: Sequence[Lesson], names: Names, folder: Path) -> None:
    """Write the network, what makes labels of its numbers, and the names of what it tells."""
    weights = {name: values.numpy() for name, values in net.eval().state_dict().items()}
    (folder / WEIGHTS).write_bytes(build(weights, measure(net, learnt)).SerializeToString())
    labeller = {"weight": weights["label.weight"].T, "bias": weights["label.bias"]}
    np.savez(folder / LABELLER, allow_pickle=False, **labeller)
    (folder / NAMES).write_text(json.dumps(asdict(names)) + "\n", "utf-8")


def main() -> None:
    """Teach and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the gold sets")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the pupil, into which is written")
    parser.add_argument("--steps", type=int, default=STEPS)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.backends.cuda.enable_flash_sdp(False)
    sentences = [text for _, text in sentences_of(given.bench)]
    parses = parsed(sentences)
    names = names_of(parses)
    made = list(lessons(Pupil(given.encoder), sentences, parses, names))
    watched, learnt = made[::WATCHED], [it for place, it in enumerate(made) if place % WATCHED]
    print(f"{len(made)} sentences, {sum(len(it.told) for it in made)} words", flush=True)
    net = Sketch(2 * LOOKS, len(names.deps), len(names.tags), len(names.kinds))
    teach(net, learnt, given.steps)
    print(f"as the language model says, of {len(watched)} sentences not learnt from: {judged(net, watched)}")
    export(net, learnt, names, given.encoder)


if __name__ == "__main__":
    main()

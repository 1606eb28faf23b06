"""Teach the small network of `swift` to answer as the network of `cascade` does. Seeded.

`python -m training.distil --bench FOLDER --teacher FOLDER --out FOLDER [--steps N]`

The pupil begins with layers and heads of its teacher's (`training.pupil`) and learns what the teacher says of each
sentence and of each word, of all the sentences that the teacher learnt from and of others of the same kind. No gold
label is looked at, so that sentences need none. What the teacher says is asked once and kept in `told.npz`: seven
minutes; the rest takes twenty on one core with AMX.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ftfy
import numpy as np
import torch
from numpy.typing import NDArray  # noqa: TC002 (training only)
from torch import nn
from torch.nn import functional

from dateline.coding.encoder import Encoder, Passage
from dateline.coding.parser import split
from training.corpora import is_held, load_all
from training.network import SPANS, TOKEN_HEADS, Network
from training.pupil import pupil_of
from training.samples import LABELS
from training.takeover import take_over

SEED = 20260403
STEPS, BATCH = 7000, 32
RATES = (5e-4, 1e-3)
"""Highest learning rate of the layers, and of the heads."""
WARM = 200
"""Steps in which the rate rises."""
MORE = {
    "attribution_polnear": 20_000,
    "linking_ecbplus": 7_000,
    "docs_glocon_sample": 5_000,
    "class_ngec_synthetic": 9_000,
    "causal_cnc": 3_069,
    "entities_re3d": 2_000,
}
"""Sentences taken of whole documents of training splits, whatever they tell: at most so many."""
SHARES = {"own": 2.0, "labels": 2.0, "cameo": 3.0, "muc": 0.6, "more_attribution": 0.6, "more_linking": 0.8}
"""How often sentences are taken an epoch, by the first words of their source; 1 for one that is not named."""
WEIGHTS = {
    "types": 3.0, "forms": 2.0, "conduct": 6.0, "protest": 4.0, "attacks": 4.0,
    "trigger": 1.0, "form": 0.5, "status": 1.0, "roles": 0.5, "sides": 0.5, "fills": 0.5,
}  # fmt: skip
"""How much what is said of each question counts."""
WATCHED = 200
"""One sentence in so many is not learnt from: on those the loss is told."""


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences as word pieces, with what the teacher says of them; those of all sentences one after another.

    Attributes:
        source: where each sentence is from.
        lengths: how many pieces each has, with the marks of start and end.
        ids: the pieces.
        sentence: sentences x logits.
        token: pieces but for the marks x logits.
    """

    source: NDArray[np.str_]
    lengths: NDArray[np.int64]
    ids: NDArray[np.uint16]
    sentence: NDArray[np.float16]
    token: NDArray[np.float16]


def sentences_of(bench: Path) -> list[tuple[str, str]]:
    """Return source and text of the sentences of permitted corpora, each once; none that is held back from learning."""
    samples = load_all(bench)
    held = {it.text for it in samples if is_held(it)}
    found = [(it.source, it.text) for it in samples if it.text not in held]
    rng = random.Random(SEED)
    for name, wanted in MORE.items():
        lines = (bench / name / "train.jsonl").read_text("utf-8").splitlines()
        texts = [ftfy.fix_encoding(json.loads(line)["text"]) for line in lines]
        others = [it for text in texts for it in split(text).sentences if it not in held]
        found += [(f"more_{name}", it) for it in rng.sample(others, min(wanted, len(others)))]
    first: dict[str, str] = {}
    for source, text in found:
        first.setdefault(text, source)
    return [(source, text) for text, source in first.items()]


def ask(teacher: Encoder, sentences: Sequence[tuple[str, str]]) -> Told:
    """Return what the teacher says of sentences, each read alone, as at run time."""
    said = [
        (np.array(pieces.ids, np.uint16), sentence.astype(np.float16), token.astype(np.float16))
        for pieces, sentence, token in teacher.logits([Passage(text) for _, text in sentences])
    ]
    ids, sentence, token = zip(*said, strict=True)
    lengths = np.array([len(it) for it in ids])
    sources = np.array([source for source, _ in sentences])
    return Told(sources, lengths, np.concatenate(ids), np.array(sentence), np.concatenate(token))


class Lessons:
    """What is learnt from: batches of sentences of about one length, in random order."""

    def __init__(self, told: Told, rng: random.Random) -> None:
        self._told, self._rng = told, rng
        self._starts = np.concatenate([[0], np.cumsum(told.lengths)])
        self._words = np.concatenate([[0], np.cumsum(told.lengths - 2)])
        self._shares = [_share(it) for it in told.source]
        self.watched = [place for place in range(len(told.lengths)) if place % WATCHED == 0]

    def epochs(self) -> Iterator[list[int]]:
        """Yield batches, as places of sentences, epoch after epoch without end."""
        while True:
            yield from self._epoch()

    def _epoch(self) -> list[list[int]]:
        rng, chosen = self._rng, []
        for place, share in enumerate(self._shares):
            if place % WATCHED:
                chosen += [place] * (int(share) + (rng.random() < share % 1))
        chosen.sort(key=lambda place: self._told.lengths[place] + rng.random() * 6)
        groups = [chosen[start : start + BATCH] for start in range(0, len(chosen), BATCH)]
        rng.shuffle(groups)
        return groups

    def collate(self, group: Sequence[int]) -> dict[str, torch.Tensor]:
        """Return a batch: ids, mask, which pieces are words of the sentence, and what the teacher says."""
        told, width = self._told, max(self._told.lengths[place] for place in group)
        ids, mask = torch.zeros(2, len(group), width, dtype=torch.long)
        token = torch.zeros(len(group), width, told.token.shape[1])
        for row, place in enumerate(group):
            length = told.lengths[place]
            ids[row, :length] = torch.from_numpy(told.ids[slice(*self._starts[place : place + 2])].astype(np.int64))
            mask[row, :length] = 1
            token[row, 1 : length - 1] = torch.from_numpy(
                told.token[slice(*self._words[place : place + 2])].astype(np.float32)
            )
        places = torch.arange(width)
        own = ((places > 0) & (places < mask.sum(1, keepdim=True) - 1)).float()
        sentence = torch.from_numpy(told.sentence[list(group)].astype(np.float32))
        return {"ids": ids, "mask": mask, "own": own, "sentence": sentence, "token": token}


def _share(source: str) -> float:
    words = source.split("_")
    named = (SHARES[it] for it in ("_".join(words[:2]), words[0]) if it in SHARES)
    return next(named, 1.0)


def loss_between(said: dict[str, torch.Tensor], batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return how far the pupil's answers are from the teacher's: the divergence of each question, weighed."""
    total, own = torch.zeros(()), batch["own"]
    wanted = dict(zip(LABELS, batch["sentence"].split([*map(len, LABELS.values())], -1), strict=True))
    for name, logits in wanted.items():
        shares = logits.sigmoid()
        least = torch.special.xlogy(shares, shares) + torch.special.xlogy(1 - shares, 1 - shares)
        each = functional.binary_cross_entropy_with_logits(said[name].float(), shares, reduction="none") + least
        total = total + WEIGHTS[name] * each.sum() / len(own)
    words = dict(zip(TOKEN_HEADS, batch["token"].split([*TOKEN_HEADS.values()], -1), strict=True))
    naming = 1 - words["trigger"].softmax(-1)[..., 0]
    for name, logits in words.items():
        shares = logits.log_softmax(-1)
        each = (shares.exp() * (shares - said[name].float().log_softmax(-1))).sum(-1)
        weight = own if name == "trigger" or name in SPANS else own * naming
        total = total + WEIGHTS[name] * (each * weight).sum() / len(own)
    return total


class Run:
    """A pupil that learns, with its optimiser."""

    def __init__(self, pupil: Network, steps: int) -> None:
        self.pupil, self._steps = pupil.train(), steps
        for module in pupil.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
            if hasattr(module, "dropout_prob"):
                module.dropout_prob = 0.0
        body = [it for it in pupil.encoder.parameters() if it.requires_grad]
        heads = [*pupil.sentence.parameters(), *pupil.token.parameters()]
        self._optimiser = torch.optim.AdamW([{"params": body}, {"params": heads}], weight_decay=0.01)

    def learn(self, step: int, batch: dict[str, torch.Tensor]) -> float:
        """Learn from a batch; the products of matrices in 16 bits (bfloat16), the weights and the loss in 32."""
        share = (1 - step / self._steps) * min(1.0, (step + 1) / WARM)
        for group, rate in zip(self._optimiser.param_groups, RATES, strict=True):
            group["lr"] = rate * share
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said = self._said(batch)
        loss = loss_between(said, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.pupil.parameters(), 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        return loss.item()

    def watch(self, batch: dict[str, torch.Tensor]) -> float:
        """Return the loss of a batch that is not learnt from."""
        with torch.inference_mode():
            return loss_between(self._said(batch), batch).item()

    def _said(self, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        said: dict[str, torch.Tensor] = self.pupil(batch["ids"], batch["mask"], torch.zeros_like(batch["ids"]))
        return said


def distil(told: Told, teacher: Path, out: Path, steps: int) -> None:
    """Teach; every thousand steps, and at the end, `weights.pt` is written."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.backends.cuda.enable_flash_sdp(False)  # on the processor too: plain products are half as quick again
    first = Network()
    take_over(first, teacher / "encoder.onnx")
    run, lessons = Run(pupil_of(first), steps), Lessons(told, random.Random(SEED))
    began, mean = time.process_time(), 0.0
    for step, group in zip(range(steps), lessons.epochs(), strict=False):
        loss = run.learn(step, lessons.collate(group))
        mean = 0.98 * mean + 0.02 * loss if step else loss
        if step % 100 == 99:
            print(f"step {step + 1}: loss {mean:.3f}, {time.process_time() - began:.0f} s", flush=True)
        if step % 1000 == 999 or step == steps - 1:
            torch.save(run.pupil.state_dict(), out / "weights.pt")
            parts = [lessons.watched[start : start + BATCH] for start in range(0, len(lessons.watched), BATCH)]
            watched = sum(run.watch(lessons.collate(part)) * len(part) for part in parts) / len(lessons.watched)
            print(f"loss of sentences not learnt from: {watched:.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the gold sets")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of the network of cascade")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--steps", type=int, default=STEPS)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    path: Path = given.out / "told.npz"
    if not path.exists():
        told = ask(Encoder(given.teacher), sentences_of(given.bench))
        arrays: dict[str, Any] = {name: getattr(told, name) for name in Told.__slots__}
        np.savez(path, allow_pickle=False, **arrays)
    with np.load(path) as stored:
        told = Told(**{name: stored[name] for name in Told.__slots__})
    distil(told, given.teacher, given.out, given.steps)


if __name__ == "__main__":
    main()

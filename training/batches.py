"""Samples into padded batches of token ids and targets."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer

from training.network import IGNORED, SPANS, TOKEN_HEADS, base_folder
from training.samples import FORMS, LABELS, STATUSES, TYPES, Sample

MAX_OWN = 128
MAX_BEFORE = 36


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sample as token ids, with the characters of its own tokens (the first is the start mark)."""

    sample: Sample
    ids: tuple[int, ...]
    own: int
    offsets: tuple[tuple[int, int], ...]


def load_tokenizer() -> Tokenizer:
    """Return the tokenizer of the pretrained network, without padding and cutting."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(samples: Sequence[Sample], tokenizer: Tokenizer) -> list[Encoded]:
    """Return samples as token ids: the sentence, then the end of what stands before it."""
    own = tokenizer.encode_batch([sample.text for sample in samples], add_special_tokens=False)
    before = tokenizer.encode_batch([sample.before for sample in samples], add_special_tokens=False)
    start, end = (tokenizer.encode(mark, add_special_tokens=False).ids[0] for mark in ("[CLS]", "[SEP]"))
    return [
        Encoded(
            sample,
            (start, *words.ids[:MAX_OWN], end, *context.ids[-MAX_BEFORE:], *([end] if context.ids else [])),
            min(len(words.ids), MAX_OWN) + 2,
            tuple(words.offsets[:MAX_OWN]),
        )
        for sample, words, context in zip(samples, own, before, strict=True)
    ]


def batches(encoded: Sequence[Encoded], size: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield batches of samples of about one length, in random order."""
    keyed = sorted(encoded, key=lambda it: len(it.ids) + rng.random() * 8)
    groups = [keyed[index : index + size] for index in range(0, len(keyed), size)]
    rng.shuffle(groups)
    yield from map(collate, groups)


def collate(group: Sequence[Encoded]) -> dict[str, Any]:
    """Return the padded ids, mask and segments of a group, and its targets."""
    width = max(len(it.ids) for it in group)
    ids = torch.zeros(len(group), width, dtype=torch.long)
    mask, segments = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, it in enumerate(group):
        ids[row, : len(it.ids)] = torch.tensor(it.ids)
        mask[row, : len(it.ids)] = 1
        segments[row, it.own : len(it.ids)] = 1
    inputs = {"ids": ids, "mask": mask, "segments": segments}
    return {"inputs": inputs} | _sentence_targets(group) | _token_targets(group, width)


def _sentence_targets(group: Sequence[Encoded]) -> dict[str, Any]:
    targets = {}
    for name, labels in LABELS.items():
        rows = [it.sample.known.get(name, {}) for it in group]
        if any(rows):
            wanted = torch.tensor([[float(row.get(label, False)) for label in labels] for row in rows])
            known = torch.tensor([[float(label in row) for label in labels] for row in rows])
            targets[name] = (wanted, known)
    return targets


def _token_targets(group: Sequence[Encoded], width: int) -> dict[str, torch.Tensor]:
    targets = {name: torch.full((len(group), width), IGNORED) for name in TOKEN_HEADS}
    for row, it in enumerate(group):
        if it.sample.triggers is not None:
            _mark_triggers(it, {name: targets[name][row] for name in ("trigger", "form", "status")})
        for name, labels in SPANS.items():
            spans = getattr(it.sample, name)
            if spans is not None:
                _mark_spans(it, spans, labels, targets[name][row])
    return {name: target for name, target in targets.items() if bool((target != IGNORED).any())}


def _mark_triggers(it: Encoded, targets: dict[str, torch.Tensor]) -> None:
    targets["trigger"][1 : it.own - 1] = 0
    for trigger in it.sample.triggers or ():
        for index in _tokens(it, trigger.start, trigger.end):
            targets["trigger"][index] = 1 + TYPES.index(trigger.type)
            targets["status"][index] = STATUSES.index(trigger.status)
            if trigger.form is not None:
                targets["form"][index] = FORMS.index(f"{trigger.type}.{trigger.form}")


def _mark_spans(
    it: Encoded, spans: Sequence[tuple[str, int, int]], labels: Sequence[str], target: torch.Tensor
) -> None:
    target[1 : it.own - 1] = 0
    for label, start, end in spans:
        for number, index in enumerate(_tokens(it, start, end)):
            target[index] = 1 + 2 * labels.index(label) + bool(number)


def _tokens(it: Encoded, start: int, end: int) -> list[int]:
    return [index + 1 for index, (a, b) in enumerate(it.offsets) if a < end and b > start]

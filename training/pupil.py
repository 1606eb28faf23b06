"""The network of the coder `swift`: two layers of its teacher's, with half of their inner units."""

from __future__ import annotations

import torch
from torch import nn

from training.network import Network

LAYERS = (0, 5)
"""Which of the teacher's layers the pupil begins with."""
INNER = 768
"""Inner units of each layer, of the teacher's 1,536."""


def pupil_of(teacher: Network) -> Network:
    """Return a network of fewer layers that begins with the teacher's word vectors, heads and chosen layers."""
    pupil = Network()
    pupil.load_state_dict(teacher.state_dict())
    pupil.encoder.encoder.layer = nn.ModuleList(_narrowed(pupil.encoder.encoder.layer[place]) for place in LAYERS)
    pupil.encoder.embeddings.word_embeddings.requires_grad_(False)
    return pupil


def _narrowed(layer: nn.Module) -> nn.Module:
    """Return a layer with those of its inner units alone whose weights, in and out, are greatest."""
    into, out = layer.intermediate.dense, layer.output.dense
    with torch.no_grad():
        kept = (into.weight.norm(dim=1) * out.weight.norm(dim=0)).topk(INNER).indices.sort().values
        into.weight, into.bias = nn.Parameter(into.weight[kept]), nn.Parameter(into.bias[kept])
        out.weight = nn.Parameter(out.weight[:, kept])
    into.out_features = out.in_features = INNER
    return layer

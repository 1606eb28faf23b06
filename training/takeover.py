"""Take over the weights of an exported network, to learn on from them: what was rounded to 8 bits is multiplied out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from training.network import Network

_HEADS = ("sentence", "token")


def take_over(model: Network, exported: Path) -> None:
    """Give a network the layers and heads of an export of the same make; its word vectors stay the pretrained ones.

    Raises:
        KeyError: if the export has a weight that the network has not.
    """
    graph = onnx.load(exported).graph
    stored = {it.name: torch.from_numpy(numpy_helper.to_array(it).copy()) for it in graph.initializer}
    state = model.state_dict()
    for name, values in _plain(stored):
        state[name] = values
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            whole = node.input[1].removesuffix("_quantized")
            values = stored[node.input[1]].float() * stored[f"{whole}_scale"]
            state[_name(node.name, state)] = values.T.contiguous()
    model.load_state_dict(state)


def _plain(stored: dict[str, torch.Tensor]) -> Iterator[tuple[str, torch.Tensor]]:
    """Yield what is stored as it is: offsets and norms."""
    for name, values in stored.items():
        if name.startswith("network.") and name.endswith((".bias", "LayerNorm.weight")):
            yield name.removeprefix("network."), values


def _name(node: str, known: dict[str, torch.Tensor]) -> str:
    """Return the name of the weight that a product of the graph multiplies by."""
    path = ".".join(part for part in node.split("/")[1:-1])
    names = [f"{path}.weight", *(f"{kind}.{path}.weight" for kind in _HEADS)]
    return next(name for name in names if name in known)

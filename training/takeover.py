"""Take over the weights of an exported network, to learn on from them: what was rounded to 8 bits is multiplied out."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from training.network import Network


def take_over(model: Network, exported: Path) -> None:
    """Give a network the layers and heads of an export of the same make; its word vectors stay the pretrained ones.

    Raises:
        KeyError: if the export has a weight that the network has not.
    """
    stored = {
        it.name: torch.from_numpy(numpy_helper.to_array(it).copy()) for it in onnx.load(exported).graph.initializer
    }
    state = model.state_dict()
    for name in state.keys() & stored.keys():
        module = name.removesuffix(".weight")
        is_rounded = stored[name].dtype == torch.int8
        state[name] = (stored[name].float() * stored[f"{module}.scale"]).T.contiguous() if is_rounded else stored[name]
    model.load_state_dict(state)

"""The learnt weights as what ships: one int8 ONNX file, the tokenizer, and a card of labels and calibration.

`python -m training.export --weights FILE --out FOLDER`
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from training.network import SPANS, TOKEN_HEADS, Network, base_folder
from training.samples import LABELS, STATUSES

OPSET = 17


class Joined(nn.Module):
    """The network with its heads laid side by side: three outputs, whatever the number of heads."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, segments: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the sentence's logits, the tokens' logits, and the sentence's mean state as a unit vector."""
        logits, mean = self.network.read(ids, mask, segments)
        sentence = torch.cat([logits[name] for name in LABELS], dim=-1)
        token = torch.cat([logits[name] for name in TOKEN_HEADS], dim=-1)
        return sentence, token, nn.functional.normalize(mean, dim=-1)


def export(weights: Path, out: Path) -> None:
    """Write `encoder.onnx`, `tokenizer.json` and `labels.json` into a folder.

    Weights are quantised per channel with 7 bits: with 8, processors without VNNI overflow and answer otherwise.
    """
    network = Network()
    network.load_state_dict(torch.load(weights, weights_only=True))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _write(Joined(network.eval()), full)
        quantize_dynamic(full, out / "encoder.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    shutil.copyfile(base_folder() / "tokenizer.json", out / "tokenizer.json")
    labels: dict[str, object] = {"sentence": LABELS, "token": dict(TOKEN_HEADS), "spans": SPANS, "status": STATUSES}
    labels |= {"threshold": 0.5, "calibration": {}, "thresholds": {}}
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", "utf-8")


def _write(model: nn.Module, path: Path) -> None:
    ids = torch.ones(2, 9, dtype=torch.long)
    names = ["ids", "mask", "segments"]
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids), torch.zeros_like(ids)),
        path,
        dynamo=False,
        opset_version=OPSET,
        input_names=names,
        output_names=["sentence", "token", "mean"],
        dynamic_axes={
            **{name: {0: "batch", 1: "length"} for name in names},
            "sentence": {0: "batch"},
            "token": {0: "batch", 1: "length"},
            "mean": {0: "batch"},
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    export(given.weights, given.out)


if __name__ == "__main__":
    main()

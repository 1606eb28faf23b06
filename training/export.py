"""The learnt weights as what ships: one int8 ONNX file, the tokenizer, and a card of labels and calibration.

`python -m training.export --weights FILE --out FOLDER`
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import onnx
import torch

from training.graph import build
from training.network import SPANS, TOKEN_HEADS, Network, base_folder
from training.samples import LABELS, STATUSES


def export(weights: Path, out: Path) -> None:
    """Write `encoder.onnx`, `tokenizer.json` and `labels.json` into a folder."""
    network = Network()
    network.load_state_dict(torch.load(weights, weights_only=True))
    out.mkdir(parents=True, exist_ok=True)
    values = {name: it.numpy() for name, it in network.state_dict().items()}
    config = network.encoder.config
    onnx.save(build(values, config.num_hidden_layers, config.num_attention_heads), out / "encoder.onnx")
    shutil.copyfile(base_folder() / "tokenizer.json", out / "tokenizer.json")
    labels: dict[str, object] = {"sentence": LABELS, "token": dict(TOKEN_HEADS), "spans": SPANS, "status": STATUSES}
    labels |= {"threshold": 0.5, "calibration": {}, "thresholds": {}}
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    export(given.weights, given.out)


if __name__ == "__main__":
    main()

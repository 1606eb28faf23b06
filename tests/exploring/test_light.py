"""Looking at data needs no model: the explorer starts without the language model and the network."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("spacy", "onnxruntime", "tokenizers", "trafilatura")


def test_the_explorer_imports_no_model() -> None:
    asked = f"import sys, dateline.exploring.app; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

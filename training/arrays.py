"""Weights as one file of named arrays."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np


def to_bytes(arrays: Mapping[str, Any]) -> bytes:
    """Return a weights file."""
    stream = BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def write(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write a weights file, and tell its size."""
    data = to_bytes(arrays)
    path.write_bytes(data)
    print(f"{path}: {len(data)} bytes")

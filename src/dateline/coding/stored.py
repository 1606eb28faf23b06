"""Weights that ship with the package, as files of named arrays or of JSON."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@cache
def stored(name: str) -> bytes:
    """Return the file of this name."""
    return files("dateline").joinpath("data", name).read_bytes()


def digest_of(name: str) -> str:
    """Return the SHA-256 of the file of this name."""
    return sha256(stored(name)).hexdigest()


def arrays_of(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file of them, by name."""
    with np.load(BytesIO(data)) as arrays:
        return {name: arrays[name] for name in arrays.files}

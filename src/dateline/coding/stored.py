"""Weights that ship with the package, as files of named arrays."""

from __future__ import annotations

from functools import cache
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


def arrays_of(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays of such a file by name."""
    with np.load(BytesIO(data)) as arrays:
        return {name: arrays[name] for name in arrays.files}

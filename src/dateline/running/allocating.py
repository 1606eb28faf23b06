"""Where Arrow takes the memory of its columns from."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def from_the_system() -> Iterator[None]:
    """Let Arrow ask the system's own allocator for memory meanwhile.

    Its usual one takes more at a time than it needs, and memory that was not used lately is dear: to read what a run
    over a million mentions left took 8 seconds of the system's time so, and takes 3.
    """
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(usual)

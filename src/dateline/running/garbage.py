"""Python's search for garbage that counting references does not free, kept away from what has none.

Reports, mentions and incidents are frozen and never point back to who holds them, so counting frees them all. A search
looks at every object there is, again and again while many are made: a sixth of linking's time.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unsearched() -> Iterator[None]:
    """Search for no garbage meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """Take all that there is now, models above all, as here to stay: no later search looks at it."""
    gc.freeze()

"""Coders by name: entry points of the group `dateline.coders`, built-in and plugged-in alike."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, cast

from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.coding.coder import Coder

GROUP = "dateline.coders"


def coder_names() -> list[str]:
    """Return the names of all installed coders, sorted."""
    return sorted(entry.name for entry in entry_points(group=GROUP))


def open_coder(name: str) -> Coder:
    """Return the coder with this name.

    Raises:
        UsageError: if no installed package offers it.
    """
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        raise UsageError(f"coder {name!r} given; installed coders: {', '.join(coder_names())}")
    return cast("Coder", found.load()())

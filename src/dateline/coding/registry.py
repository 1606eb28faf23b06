"""Coders by name: entry points of the group `dateline.coders`, built-in and plugged-in alike."""

from __future__ import annotations

from importlib.metadata import entry_points
from inspect import signature
from typing import TYPE_CHECKING, cast

from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.coding.coder import Coder
    from dateline.model.codebook import Codebook

GROUP = "dateline.coders"
DEFAULT, DEFAULT_OWN = "swift", "cascade"
"""The coder that is taken where none is named: by the codebook that ships, and by one of one's own."""


def coder_names() -> list[str]:
    """Return the names of all installed coders, sorted."""
    return sorted(entry.name for entry in entry_points(group=GROUP))


def open_coder(name: str | None = None, codebook: Codebook | None = None) -> Coder:
    """Return the coder with this name, or the default one, reading by a codebook of one's own, if one is given.

    Raises:
        UsageError: if no installed package offers it, or it reads by no codebook but its own.
        CodebookError: if the coder cannot learn from the codebook.
    """
    name = name or (DEFAULT if codebook is None else DEFAULT_OWN)
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        raise UsageError(f"coder {name!r} given; installed coders: {', '.join(coder_names())}")
    make = found.load()
    if codebook is None:
        return cast("Coder", make())
    if "codebook" not in signature(make).parameters:
        raise UsageError(
            f"coder {name!r} given with codebook {codebook.name!r}; it reads by its own alone: "
            "name another, such as rules"
        )
    return cast("Coder", make(codebook=codebook))

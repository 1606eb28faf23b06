"""Closed word classes of English, as data: `grammar.toml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import tomli


def words(section: str, name: str) -> frozenset[str]:
    """Return the word class of this name."""
    return frozenset(_grammar()[section][name].split())


@cache
def _grammar() -> dict[str, dict[str, str]]:
    return tomli.loads((files("dateline.data") / "grammar.toml").read_text("utf-8"))

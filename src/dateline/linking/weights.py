"""The learned weights between reports: `Weights`, from `data/link_weights.toml`, made by `benchmarks/fit_links.py`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import tomli

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits for one incident, between two reports.

    Attributes:
        prior: of two mentions that share a block, before anything is compared.
        bits: of each feature of `compare.FEATURES`, where it is found in full.
    """

    prior: float
    bits: Mapping[str, float]


@cache
def shipped_weights() -> Weights:
    """Return the weights in use."""
    return _weights(_stored()["all"])


@cache
def folds() -> tuple[tuple[int, int, Weights], ...]:
    """Return weights learned without the events of some years: the first and the last of them, and the weights.

    They judge the linking of `linking_maverick`, whose other events the shipped weights have seen.
    """
    return tuple((it["first"], it["last"], _weights(it)) for it in _stored()["fold"])


def _weights(stored: Mapping[str, Any]) -> Weights:
    return Weights(stored["prior"], stored["bits"])


@cache
def _stored() -> dict[str, Any]:
    return tomli.loads((files("dateline.data") / "link_weights.toml").read_text("utf-8"))

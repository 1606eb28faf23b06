"""Log-linear scoring with features a person can read: a score is a sum of named weights, and says which."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING

import tomli

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Features = list[tuple[str, float]]


def load_weights(table: str) -> Mapping[str, float]:
    """Return one table of `data/place_weights.toml`: feature -> weight. Fitted by `benchmarks/fit_places.py`."""
    return load_tables()[table]


@cache
def load_tables() -> Mapping[str, Mapping[str, float]]:
    """Return all tables of `data/place_weights.toml`."""
    text = files("dateline.data").joinpath("place_weights.toml").read_text(encoding="utf-8")
    return tomli.loads(text)


def score(features: Iterable[tuple[str, float]], weights: Mapping[str, float], total: float = 0.0) -> float:
    """Return a total and the sum of weight x value over the features; a feature without a weight counts nothing."""
    for name, value in features:  # a loop: this runs for every feature of every candidate
        if name in weights:
            total += weights[name] * value
    return total


def explain(features: Iterable[tuple[str, float]], weights: Mapping[str, float], most: int = 4) -> str:
    """Return the features that moved a score most, in words: `path stated +3.1, population +1.2`."""
    parts = [(name, weights.get(name, 0.0) * value) for name, value in features]
    parts.sort(key=lambda part: (-abs(part[1]), part[0]))
    return ", ".join(f"{name} {value:+.1f}" for name, value in parts[:most] if value)


def logistic(value: float) -> float:
    """Return 1 / (1 + e^-value).

    >>> logistic(0.0)
    0.5
    """
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))

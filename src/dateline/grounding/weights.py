"""Judge candidates: a sum of weights over what is known about each, estimated once on annotated news."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.grounding.frames import FIXED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.grounding.frames import Saying


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: log-odds a feature adds, and the least sum that makes a candidate a claim."""

    weights: Mapping[str, float]
    threshold: float

    def score(self, saying: Saying) -> float:
        """Return the log-odds that a reader would call the candidate somebody's claim."""
        return sum(self.weights.get(feature, 0.0) for feature in saying.features)

    def accepts(self, saying: Saying) -> bool:
        """Say whether the candidate is a claim."""
        return FIXED in saying.features or self.score(saying) >= self.threshold


@cache
def load_weights() -> Weights:
    """Return the weights that ship with Dateline."""
    data = json.loads(files("dateline.data").joinpath("claims.json").read_text(encoding="utf-8"))
    return Weights(data["weights"], data["threshold"])

"""How the figures of two mentions stand to each other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model.amounts import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.model.ground import Figure

DOUBLINGS = 5.0
"""A number of 2**5 or more that two reports share, or a ratio of as much between theirs, says all that a figure can."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one mention claims of one count: inclusive ends, None where open."""

    low: int | None
    high: int | None

    def __str__(self) -> str:
        if self.low == self.high:
            return str(self.low) if self.low is not None else "any number"
        if self.high is None:
            return f"at least {self.low}"
        return f"{self.low}-{self.high}" if self.low is not None else f"at most {self.high}"

    @property
    def is_exact(self) -> bool:
        """One number."""
        return self.low is not None and self.low == self.high

    def meets(self, other: Claim) -> bool:
        """Say whether some number satisfies both."""
        return _floor(self) <= _ceiling(other) and _floor(other) <= _ceiling(self)


def claims_of(figures: Iterable[Figure]) -> dict[str, Claim]:
    """Return one claim a count: the hull of the figures that count it."""
    told = counted(figures).items()
    return {counts: hull(Claim(figure.low, figure.high) for figure in its) for counts, its in told}


def hull(claims: Iterable[Claim]) -> Claim:
    """Return the narrowest claim that holds all of these."""
    known = list(claims)
    lows = [claim.low for claim in known if claim.low is not None]
    highs = [claim.high for claim in known if claim.high is not None]
    return Claim(min(lows) if len(lows) == len(known) else None, max(highs) if len(highs) == len(known) else None)


def likeness(left: Mapping[str, Claim], right: Mapping[str, Claim]) -> tuple[float, str] | None:
    """Return how alike two mentions' figures are, from -1 to 1, and in words; None if they count nothing in common.

    Reports of one incident often disagree, so a difference weighs by its ratio; that two reports give the same number
    weighs the more, the larger the number.
    """
    shared = sorted(left.keys() & right.keys())
    if not shared:
        return None
    total = sum(_alike(left[counts], right[counts]) for counts in shared)
    words = ", ".join(f"{counts} {left[counts]} and {right[counts]}" for counts in shared)
    return max(-1.0, min(1.0, total)), words


def are_disjoint(left: Mapping[str, Claim], right: Mapping[str, Claim]) -> bool:
    """Say whether the two cannot both be right on some count."""
    return any(not left[counts].meets(right[counts]) for counts in left.keys() & right.keys())


def _alike(left: Claim, right: Claim) -> float:
    if left.meets(right):
        exact = left.is_exact and right.is_exact
        return min(1.0, math.log2(1 + _floor(left)) / DOUBLINGS) if exact else 0.15
    small, large = sorted((left, right), key=_ceiling)
    return -min(1.0, math.log2((1 + _floor(large)) / (1 + _ceiling(small))) / DOUBLINGS)


def _floor(claim: Claim) -> float:
    return 0 if claim.low is None else claim.low


def _ceiling(claim: Claim) -> float:
    return math.inf if claim.high is None else claim.high

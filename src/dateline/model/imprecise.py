"""Imprecise words for numbers: the range that each stands for, and what other projects put in its place.

The words, ranges and sources are data: `data/figures.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import tomli

if TYPE_CHECKING:
    from collections.abc import Mapping

SCALES = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1000,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
}
"""Words that multiply the number before them."""


@dataclass(frozen=True, slots=True)
class Imprecise:
    """What an imprecise word stands for.

    Attributes:
        low, high: its range, inclusive; `high` is None where it has no upper end.
        acled, ccc: the number that ACLED and the Crowd Counting Consortium state for it; None where they state none.
    """

    low: int
    high: int | None = None
    acled: int | None = None
    ccc: int | None = None

    def times(self, scale: int) -> Imprecise:
        """Return what the word stands for before a scale: "tens of thousands", "several hundred".

        >>> Imprecise(20, 99, 10, 20).times(1000)
        Imprecise(low=20000, high=99999, acled=10000, ccc=20000)
        """
        high = None if self.high is None else (self.high + 1) * scale - 1
        acled, ccc = (None if value is None else value * scale for value in (self.acled, self.ccc))
        return Imprecise(self.low * scale, high, acled, ccc)


@cache
def figure_data() -> Mapping[str, Any]:
    """Return `data/figures.toml`."""
    return tomli.loads((files("dateline.data") / "figures.toml").read_text("utf-8"))


@cache
def imprecise_words() -> Mapping[str, Imprecise]:
    """Return the imprecise words, lower-case, with what they stand for."""
    return {word: Imprecise(**ends) for word, ends in figure_data()["imprecise"].items()}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(imprecise_words())
    return re.compile(rf"\b(?P<word>{words})\b(?:\s+of)?(?:\s+(?P<scale>{'|'.join(SCALES)})s?\b)?", re.IGNORECASE)


def find_imprecise(words: str) -> Imprecise | None:
    """Return what the first imprecise word in some words stands for, with its scale.

    >>> find_imprecise("tens of thousands of people").acled, find_imprecise("30 people")
    (10000, None)
    """
    match = _pattern().search(words)
    if match is None:
        return None
    found = imprecise_words()[match["word"].lower()]
    return found.times(SCALES[match["scale"].lower()]) if match["scale"] else found

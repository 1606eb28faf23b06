"""From the words of a figure to one number, under a named rule.

Dateline keeps words and ranges. The rules of projects contradict each other ("hundreds" is 100 to one and 200 to
another), so that whoever needs one number says whose rule makes it. Where the source of a rule states no value, none is
imputed. Which of several figures counts is another question: see `model.policy`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dateline.model.ground import Basis, Bound, Figure
from dateline.model.imprecise import Imprecise, find_imprecise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Rule(StrEnum):
    """Whose rule puts one number in the place of words."""

    NONE = "none"
    ACLED = "acled"
    CCC = "ccc"


COUNTS_OF_PEOPLE = frozenset(
    "people killed injured casualties arrested sentenced released abducted missing displaced".split()
)
"""Counts that are imputed and added up: people. No rule says anything of cities, days or money."""

STATED_FOR = {Rule.ACLED: frozenset({"killed"}), Rule.CCC: frozenset({"people"})}
"""Counts that the authors of a rule state it for; it goes beyond that for the others."""


def acled(figure: Figure) -> int | None:
    """ACLED: the most conservative reading. Stated for fatalities.

    A number that is named is taken as it is ("at least 30" is 30), of two the lower; "tens" is 10, "dozens" 12,
    "hundreds" 100, "and so on"; "several", "few" and "many" are 3 or 10 by the setting, here always the lower. Figures
    that differ between reports: the lowest. No value for "up to 30", and for words of which it says nothing ("scores").
    Source: ACLED, FAQ on the coding of fatalities, 2023-2024 (acleddata.com), and the codebook's section on reported
    fatalities.
    """
    if figure.bound is Bound.AT_MOST:
        return None
    return figure.low if figure.bound is Bound.RANGE else _named(figure, lambda word: word.acled)


def ccc(figure: Figure) -> int | None:
    """Crowd Counting Consortium: the mean of the lowest and the highest count. Stated for participants.

    A number that is named is taken as it is; of two, the mean (`size_mean`), rounded; "hundreds" is 200, "thousands"
    2000, "tens of thousands" 20000, "hundreds of thousands" 200000. Figures that differ between reports: the mean of
    the lowest and the highest. No value for words that it leaves as text ("dozens", "several").
    Source: CCC, data dictionary of the compiled data, size_low, size_high and size_mean
    (github.com/nonviolent-action-lab/crowd-counting-consortium).
    """
    if figure.bound is Bound.RANGE and figure.low is not None and figure.high is not None:
        return round((figure.low + figure.high) / 2)
    return _named(figure, lambda word: word.ccc)


def _named(figure: Figure, value: Callable[[Imprecise], int | None]) -> int | None:
    """Return the number that is named, or the value that a rule has for the imprecise word."""
    if figure.bound is Bound.EXACT and figure.low == figure.high:
        return figure.low
    if figure.named is not None or figure.basis is Basis.RESOLVED:
        return figure.named
    word = find_imprecise(figure.evidence.quote)
    return value(word) if word else None


RULES: Mapping[Rule, Callable[[Figure], int | None]] = {Rule.ACLED: acled, Rule.CCC: ccc}

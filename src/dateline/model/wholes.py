"""Sums over incidents some of which are parts of others, so that nobody is counted twice: `forest_of`, `Sum`, `sum_up`.

The people of a part are among those of its whole: who was arrested in one town of a wave is one of those arrested in
the wave. So of a whole and its parts together, what is larger counts: the whole's own number, or the sum of its parts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from dateline.model.policy import Estimate


class Sum(NamedTuple):
    """The sum of some incidents' numbers of one count; for the fields see `model.totals.Total`."""

    told: int = 0
    parts: int = 0
    low: int = 0
    best: int | None = 0
    high: int = 0
    open_low: int = 0
    open_high: int = 0

    @classmethod
    def of(cls, found: Estimate, closed: Estimate) -> Sum:
        """Return the sum of one estimate; `closed` is the same with the number named in the place of an open end."""
        return cls(1, 0, closed.low or 0, found.best, closed.high or 0, found.low is None, found.high is None)

    def holding(self, parts: Sum) -> Sum:
        """Return the sum of a whole with its parts: of either end and of the best number, the larger."""
        if not self.told or not parts.told:
            return add_up((self, parts))
        low, high = max(self, parts, key=lambda it: it.low), max(self, parts, key=lambda it: it.high)
        best = None if self.best is None or parts.best is None else max(self.best, parts.best)
        told = self.told + parts.told
        return Sum(told, parts.told, low.low, best, high.high, low.open_low, high.open_high)


def add_up(sums: Collection[Sum]) -> Sum:
    """Return the sum of sums of incidents that hold nobody in common."""
    if not sums:
        return Sum()
    told, parts, low, best, high, open_low, open_high = zip(*sums, strict=True)
    whole = None if None in best else sum(best)
    return Sum(sum(told), sum(parts), sum(low), whole, sum(high), sum(open_low), sum(open_high))


def forest_of(parts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the one whole of each incident that is a part of another, so that there are no circles.

    Args:
        parts: pairs of a part and a whole, the surer first. Of several wholes of one part the first is taken; a pair
            that would make an incident a part of itself is left out.
    """
    whole_of: dict[str, str] = {}
    for part, whole in parts:
        if part not in whole_of and part not in (whole, *_above(whole, whole_of)):
            whole_of[part] = whole
    return whole_of


def _above(incident: str, whole_of: Mapping[str, str]) -> Iterator[str]:
    """Yield the whole of an incident, the whole of that, and so on."""
    while incident in whole_of:
        incident = whole_of[incident]
        yield incident


def sum_up(sums: Mapping[str, Sum], whole_of: Mapping[str, str]) -> Sum:
    """Return the sum of all incidents, those that are parts within their wholes.

    Args:
        sums: by incident; wholes without a number of their own can be missing.
        whole_of: from `forest_of`.
    """
    depths = {it: sum(1 for _ in _above(it, whole_of)) for it in sums}
    depths |= {up: depths[it] - n for it in sums for n, up in enumerate(_above(it, whole_of), 1)}
    below: dict[str, list[Sum]] = defaultdict(list)
    tops: list[Sum] = []
    for it in sorted(depths, key=lambda it: (-depths[it], it)):
        whole = sums.get(it, Sum()).holding(add_up(below[it]))
        (below[whole_of[it]] if it in whole_of else tops).append(whole)
    return add_up(tops)

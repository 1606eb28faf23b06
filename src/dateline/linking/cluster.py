"""From compared pairs to clusters, without chaining.

Average linkage: two clusters join while the mean of the bits over all pairs between them is above 0, best mean first,
and never across a pair that cannot be one. That A meets B and B meets C does not join A and C.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Square = NDArray[np.int64]

Name = TypeVar("Name", str, int)
Pair = tuple[str, str]


def groups_of(ids: Iterable[Name], pairs: Iterable[tuple[Name, Name]]) -> list[tuple[Name, ...]]:
    """Return the ids as connected by the pairs: sorted groups, in the order of their first id."""
    root = {it: it for it in ids}

    def find(it: Name) -> Name:
        while root[it] != it:
            root[it] = root[root[it]]
            it = root[it]
        return it

    for left, right in pairs:
        low, high = sorted((find(left), find(right)))
        root[high] = low
    groups: dict[Name, list[Name]] = defaultdict(list)
    for it in sorted(root):
        groups[find(it)].append(it)
    return sorted(tuple(group) for group in groups.values())


APART = -(2**40)
"""Bits of two that cannot be one: what all others sum up to does not outweigh it."""


def agglomerate(bits: Square, groups: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return the clusters of a component, each sorted, in the order of their first number.

    Args:
        bits: hundredths of bits of each two of its mentions, both ways; `APART` for two that cannot be one.
        groups: its mentions by number, those that a person joined together; sorted.
    """
    clusters = _Clusters(bits, [list(it) for it in groups])
    while pair := clusters.best():
        clusters.join(*pair)
    return sorted(sorted(it) for it in clusters.members if it)


WIDE, MOST_EMPTY = 100, 0.25
"""From how many clusters, and which share of empty ones on the others are laid together: looking at all costs less."""


class _Clusters:
    """Clusters and what is between them, in squares; each is where its first group was, and empty once it is joined."""

    def __init__(self, bits: Square, groups: list[list[int]]) -> None:
        self.members = groups
        self._sizes = np.array([len(it) for it in groups], np.int64)
        self._sums = bits.copy() if len(groups) == len(bits) else _summed(_summed(bits, groups).T, groups).T
        is_above = np.triu(np.ones(self._sums.shape, np.bool_), 1)
        self._means = np.where(is_above, self._sums / (self._sizes[:, None] * self._sizes), -np.inf)
        self._empty = 0

    def best(self) -> tuple[int, int] | None:
        """Return the two clusters with the highest mean, the first of several; None if none is above 0."""
        a, b = divmod(int(self._means.argmax()), len(self._means))
        return (a, b) if self._means[a, b] > 0 else None

    def join(self, a: int, b: int) -> None:
        """Let cluster a take in cluster b; whoever may not join one of them may not join both."""
        self.members[a], self.members[b] = self.members[a] + self.members[b], []
        self._sizes[a] += self._sizes[b]
        self._sums[a] += self._sums[b]
        self._sums[:, a] = self._sums[a]
        self._sums[b] = self._sums[:, b] = APART
        means = self._sums[a] / (self._sizes[a] * self._sizes)
        self._means[a, a + 1 :], self._means[:a, a] = means[a + 1 :], means[:a]
        self._means[b] = self._means[:, b] = -np.inf
        self._empty += 1
        if len(self.members) > WIDE and self._empty > MOST_EMPTY * len(self.members):
            self._close_up()

    def _close_up(self) -> None:
        """Leave out the empty clusters; the others keep their order."""
        left = [number for number, it in enumerate(self.members) if it]
        self.members, self._empty = [self.members[it] for it in left], 0
        self._sizes, square = self._sizes[left], np.ix_(left, left)
        self._sums, self._means = self._sums[square], self._means[square]


def _summed(square: Square, groups: list[list[int]]) -> Square:
    """Return the sums of some rows."""
    return np.array([square[it].sum(axis=0) for it in groups]).reshape(len(groups), -1)

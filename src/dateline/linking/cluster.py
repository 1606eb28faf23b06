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
    Marks = NDArray[np.bool_]

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


def agglomerate(bits: Square, apart: Marks, groups: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return the clusters of a component, each sorted, in the order of their first number.

    Args:
        bits: hundredths of bits of each two of its mentions, both ways.
        apart: which two cannot be one, both ways.
        groups: its mentions by number, those that a person joined together; sorted.
    """
    clusters = _Clusters(bits, apart, [list(it) for it in groups])
    while pair := clusters.best():
        clusters.join(*pair)
    return sorted(sorted(it) for it in clusters.members if it)


class _Clusters:
    """Clusters and what is between them, in squares; each is named by its first group, and empty once it is joined."""

    def __init__(self, bits: Square, apart: Marks, groups: list[list[int]]) -> None:
        self.members = groups
        self._sizes = np.array([len(it) for it in groups], np.int64)
        if len(groups) < len(bits):
            bits = _summed(_summed(bits, groups).T, groups).T
            apart = _summed(_summed(apart.astype(np.int64), groups).T, groups) > 0
        self._sums, self._apart = bits.copy(), apart.copy()
        above = np.triu(np.ones(apart.shape, np.bool_), 1) & ~apart
        self._means = np.where(above, bits / (self._sizes[:, None] * self._sizes), -np.inf)

    def best(self) -> tuple[int, int] | None:
        """Return the two clusters with the highest mean, the first of several; None if none is above 0."""
        if not len(self._means):
            return None
        a, b = divmod(int(self._means.argmax()), len(self._means))
        return (a, b) if self._means[a, b] > 0 else None

    def join(self, a: int, b: int) -> None:
        """Let cluster a take in cluster b; whoever may not join one of them may not join both."""
        self.members[a], self.members[b] = self.members[a] + self.members[b], []
        self._sizes[a] += self._sizes[b]
        for square in (self._sums, self._apart):
            square[a] += square[b]
            square[:, a] = square[a]
        self._apart[b] = self._apart[:, b] = True
        means = np.where(self._apart[a], -np.inf, self._sums[a] / (self._sizes[a] * self._sizes))
        self._means[a, a + 1 :], self._means[:a, a] = means[a + 1 :], means[:a]
        self._means[b] = self._means[:, b] = -np.inf


def _summed(square: Square, groups: list[list[int]]) -> Square:
    """Return the sums of some rows."""
    return np.array([square[it].sum(axis=0) for it in groups]).reshape(len(groups), -1)

"""From compared pairs to clusters, without chaining.

Average linkage: two clusters join while the mean of the bits over all pairs between them is above 0, best mean first,
and never across a pair that cannot be one. That A meets B and B meets C does not join A and C.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Measure = Callable[[str, str], int | None]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides over the machine: pairs that are one, pairs that are not."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()

    def within(self, ids: Iterable[str]) -> Rules:
        """Return the same with the joins between these ids alone."""
        known = set(ids)
        return Rules(frozenset(pair for pair in self.together if known.issuperset(pair)), self.apart)


def groups_of(ids: Iterable[str], pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Return the ids as connected by the pairs: sorted groups, in the order of their first id."""
    root = {it: it for it in ids}

    def find(it: str) -> str:
        while root[it] != it:
            root[it] = root[root[it]]
            it = root[it]
        return it

    for left, right in pairs:
        low, high = sorted((find(left), find(right)))
        root[high] = low
    groups: dict[str, list[str]] = defaultdict(list)
    for it in sorted(root):
        groups[find(it)].append(it)
    return sorted(tuple(group) for group in groups.values())


class _Links:
    """Sums of bits between living clusters; a cluster is named by the index of its first member.

    `sums[a][b]` is there only if a and b may join.
    """

    def __init__(self, groups: Sequence[tuple[str, ...]], sums: dict[int, dict[int, int]]) -> None:
        self.members = {index: list(group) for index, group in enumerate(groups)}
        self.sums = sums
        self.heap = [self._entry(a, b) for a in sums for b in sums[a] if a < b]
        heapq.heapify(self.heap)

    def _entry(self, a: int, b: int) -> tuple[float, int, int, int]:
        size = len(self.members[a]) * len(self.members[b])
        return (-self.sums[a][b] / size, a, b, size)

    def best(self) -> tuple[int, int] | None:
        """Return the pair of clusters with the highest mean, if that is above 0."""
        while self.heap:
            mean, a, b, size = heapq.heappop(self.heap)
            if b in self.sums.get(a, {}) and size == len(self.members[a]) * len(self.members[b]):
                return (a, b) if mean < 0 else None
        return None

    def join(self, a: int, b: int) -> None:
        """Let cluster a take in cluster b; whoever may not join one of them may not join both."""
        left, right = self.sums.pop(a), self.sums.pop(b)
        self.members[a] += self.members.pop(b)
        for other in left.keys() | right.keys():
            self.sums.get(other, {}).pop(a, None)
            self.sums.get(other, {}).pop(b, None)
        self.sums[a] = {other: left[other] + right[other] for other in sorted(left.keys() & right.keys())}
        for other, total in self.sums[a].items():
            self.sums[other][a] = total
            heapq.heappush(self.heap, self._entry(min(a, other), max(a, other)))


def agglomerate(ids: Sequence[str], measure: Measure, rules: Rules = Rules()) -> list[tuple[str, ...]]:
    """Return the clusters of a component, each sorted, in the order of their first id.

    Args:
        ids: its mentions, sorted.
        measure: hundredths of bits of any pair (lower id first), None if the two cannot be one.
        rules: pairs that a person joined or kept apart.
    """
    groups = groups_of(ids, rules.within(ids).together)
    sums: dict[int, dict[int, int]] = {index: {} for index in range(len(groups))}
    for a, left in enumerate(groups):
        for b in range(a + 1, len(groups)):
            total = _total(left, groups[b], measure, rules)
            if total is not None:
                sums[a][b] = sums[b][a] = total
    links = _Links(groups, sums)
    while pair := links.best():
        links.join(*pair)
    return sorted(tuple(sorted(group)) for group in links.members.values())


def _total(left: Iterable[str], right: Sequence[str], measure: Measure, rules: Rules) -> int | None:
    """Return the sum of bits over all pairs between two groups, None if some pair cannot be one."""
    total = 0
    for pair in ((min(a, b), max(a, b)) for a in left for b in right):
        bits = None if pair in rules.apart else measure(*pair)
        if bits is None:
            return None
        total += bits
    return total

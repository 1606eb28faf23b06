"""Which mentions hang together, in whole columns; and whether a component is still made of the same.

A component is clustered without a look at any other, so components can be clustered apart: on other machines, or only
those that have changed since an earlier run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dateline.linking.columns import split
from dateline.linking.passages import mixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.linking.columns import Numbers


def components(count: int, edges: Numbers) -> Numbers:
    """Return for each of `count` places the lowest place that it hangs together with over these pairs."""
    label = np.arange(count)
    left, right = split(edges)
    while len(left):
        a, b = label[left], label[right]
        differ = a != b
        left, right, a, b = left[differ], right[differ], a[differ], b[differ]
        np.minimum.at(label, np.maximum(a, b), np.minimum(a, b))
        while (label[label] != label).any():
            label = label[label]
    return label


def signatures(labels: Numbers, crowds: Numbers, pairs: Numbers) -> Numbers:
    """Return for each place a number that says of what its component is made: members, their crowds, pairs inside.

    Args:
        labels: of `components`; a place that is in none has a negative label, and the signature 0.
        crowds: all else that the comparison of two known mentions depends on.
        pairs: those that share a block.
    """
    sums = np.zeros(len(labels), np.uint64)
    members = np.flatnonzero(labels >= 0)
    np.add.at(sums, labels[members], mixed((members << 20 | np.minimum(crowds[members], 1 << 20)).astype(np.uint64)))
    left, right = split(pairs)
    inside = labels[left] == labels[right]
    np.add.at(sums, labels[left[inside]], mixed(mixed(pairs[inside].astype(np.uint64))))
    found = (sums[labels] >> np.uint64(1) | np.uint64(1)).astype(np.int64)
    return np.where(labels >= 0, found, 0)


def groups(labels: Numbers, chosen: Numbers) -> Iterator[Numbers]:
    """Yield the places of each component among the chosen places, in the order of labels."""
    ordered = chosen[np.argsort(labels[chosen], kind="stable")]
    edges = np.flatnonzero(np.diff(labels[ordered])) + 1
    yield from np.split(ordered, edges) if len(ordered) else ()

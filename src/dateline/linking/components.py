"""Which mentions hang together, in whole columns; and whether a group is still made of the same.

A component is clustered without a look at any other, so components can be clustered apart: on other machines, or only
those that have changed since an earlier run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dateline.linking.columns import joined, marked, split
from dateline.linking.passages import mixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.linking.columns import Narrow, Numbers


MOST_MEMBERS = 400
"""A component of more mentions is cut at a higher threshold: all pairs inside one are compared."""

STEP = 100
"""By how much the threshold is raised for such a component, in hundredths of bits."""


def components(count: int, pairs: Numbers, bits: Numbers | Narrow, together: Numbers) -> tuple[Numbers, Numbers]:
    """Return for each of `count` places the lowest place of all that it hangs together with, and of its component.

    A component is all of that or, where it is too large, a part of it, and what people join to it.

    Args:
        count: how many places there are.
        pairs: pairs of places (`columns.split`).
        bits: of each pair; those above 0 connect, and where a component grows too large, only higher ones do.
        together: pairs that connect what the bits came to, however large it is.
    """
    threshold = 0
    pairs, bits = pairs[bits > 0], bits[bits > 0]
    whole = labels = connected(count, pairs)
    while len(pairs):
        homes, others = (labels[side] for side in split(pairs))
        is_inside = (homes == others) & (np.bincount(labels) > MOST_MEMBERS)[homes]
        pairs, bits = pairs[is_inside & (bits > threshold)], bits[is_inside & (bits > threshold)]
        is_large = marked(labels[split(pairs)[0]], count)[labels]
        threshold += STEP
        labels = np.where(is_large, connected(count, pairs[bits > threshold]), labels)
    if len(together):
        labels = connected(count, np.concatenate([joined(np.arange(count), labels), together]))
    return whole, labels


def connected(count: int, edges: Numbers) -> Numbers:
    """Return for each of `count` places the lowest place that it hangs together with over these pairs."""
    label = np.arange(count, dtype=np.int32)
    left, right = (side.astype(np.int32) for side in split(edges))
    while len(left):
        left, right = label[left], label[right]
        differ = left != right
        left, right = left[differ], right[differ]
        np.minimum.at(label, np.maximum(left, right), np.minimum(left, right))
        while (label[label] != label).any():
            label = label[label]
    return label.astype(np.int64)


def signatures(labels: Numbers, values: Numbers) -> Numbers:
    """Return for each place a number that says of which places, with which values, its group is made.

    Args:
        labels: the group of each place; negative for none, which gives 0.
        values: what else matters of each place; 0 to a million.
    """
    members = np.flatnonzero(labels >= 0)
    if not len(members):
        return np.zeros(len(labels), np.int64)
    sums = np.zeros(len(labels), np.uint64)
    made_of = members + 1 << 20 | np.minimum(values[members], (1 << 20) - 1)
    np.add.at(sums, labels[members], mixed(made_of.astype(np.uint64)))
    found = (sums[labels] >> np.uint64(1) | np.uint64(1)).astype(np.int64)
    return np.where(labels >= 0, found, 0)


def groups(labels: Numbers, chosen: Numbers) -> Iterator[Numbers]:
    """Yield the places of each component among the chosen places, in the order of labels."""
    ordered = chosen[np.argsort(labels[chosen], kind="stable")]
    edges = np.flatnonzero(np.diff(labels[ordered])) + 1
    yield from np.split(ordered, edges) if len(ordered) else ()


def pairs_within(labels: Numbers, chosen: Numbers) -> Numbers:
    """Return all pairs of places inside the components that the chosen places make up, sorted."""
    parts = [it for it in groups(labels, chosen) if len(it) > 1]
    sides = [np.triu_indices(len(it), 1) for it in parts]
    pairs = [joined(it[left], it[right]) for it, (left, right) in zip(parts, sides, strict=True)]
    return np.sort(np.concatenate([np.empty(0, np.int64), *pairs]))

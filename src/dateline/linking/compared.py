"""The pairs that were compared, as sorted columns: what earlier runs knew of them, and what this one adds to that.

There are millions of them, so that what costs is how many columns are made of all: no more than are needed, and narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from dateline.linking.columns import marked, numbers, split, table_of
from dateline.model.memory import COMPARED, COMPARED_SINCE, is_added

if TYPE_CHECKING:
    import pyarrow as pa

    from dateline.linking.columns import Marks, Narrow, Numbers
    from dateline.model.memory import Memory


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs, sorted; the bits of each, and whether it is a link."""

    pairs: Numbers
    bits: Narrow
    is_linked: Marks

    def only(self, some: Numbers | Marks) -> Compared:
        """Return some of them."""
        return Compared(self.pairs[some], self.bits[some], self.is_linked[some])

    def with_others(self, others: Compared) -> Compared:
        """Return these and others, of which none is here."""
        at = np.searchsorted(self.pairs, others.pairs)
        return Compared(
            np.insert(self.pairs, at, others.pairs),
            np.insert(self.bits, at, others.bits),
            np.insert(self.is_linked, at, others.is_linked),
        )


@dataclass(frozen=True, slots=True)
class Recalled:
    """What earlier runs knew of pairs.

    Attributes:
        bits: of each pair; 0 where they are not known.
        is_new: the pair was not compared, or with another outcome.
        was_linked: it is not new and was a link.
        where: its number among those compared; -1 if it was not.
    """

    bits: Narrow
    is_new: Marks
    was_linked: Marks
    where: Numbers


@dataclass(frozen=True, slots=True)
class Still:
    """Which components are as they were: the component of each place, and whether it is another."""

    labels: Numbers
    is_other: Marks

    def holds(self, pairs: Numbers) -> Marks:
        """Say which pairs are inside components that are as they were."""
        left, right = split(pairs)
        labels = np.where(self.is_other, -1, self.labels).astype(np.int32)
        home = labels[left]
        return cast("Marks", (home >= 0) & (home == labels[right]))


@dataclass(frozen=True, slots=True)
class Merged:
    """The pairs that are to be known from now on.

    Attributes:
        pairs, bits: each pair once, sorted, and its bits.
        kept: which of those known before are still there.
        is_new: which of these were not.
        is_other: which of these were not, or had other bits.
    """

    pairs: Numbers
    bits: Narrow
    kept: Marks
    is_new: Marks
    is_other: Marks


def remembered(memory: Memory) -> Compared:
    """Return the pairs that earlier runs compared: those of the last that wrote all, with what has changed since."""
    whole, changes = _of(memory.compared), _of(memory.compared_since)
    if not len(changes.pairs):
        return whole
    order = np.argsort(changes.pairs, kind="stable")
    ordered = changes.pairs[order]
    last = order[np.append(ordered[1:] != ordered[:-1], True)]
    kept = np.ones(len(whole.pairs), np.bool_)
    at = _places(whole.pairs, changes.pairs[last])
    kept[at[at >= 0]] = False
    is_gone = memory.compared_since["is_gone"].to_numpy()
    return whole.only(kept).with_others(changes.only(last[~is_gone[last]]))


def _of(table: pa.Table) -> Compared:
    pairs = numbers(table, "left")  # the lower place
    pairs <<= 32
    pairs |= table["right"].to_numpy()
    return Compared(pairs, table["bits"].to_numpy(), table["is_linked"].to_numpy())


def _places(known: Numbers, values: Numbers) -> Numbers:
    """Return the number of each value among known ones, which are sorted; -1 where it is none of them."""
    if not len(known):
        return np.full(len(values), -1)
    at = np.searchsorted(known, values)
    at[at == len(known)] -= 1
    at[known[at] != values] = -1
    return at


def recall(pairs: Numbers, compared: Compared, has_changed: Marks) -> Recalled:
    """Return what is known of pairs, given of which places it is no longer true."""
    if not len(compared.pairs):
        everything = np.ones(len(pairs), np.bool_)
        return Recalled(np.zeros(len(pairs), np.int32), everything, ~everything, np.full(len(pairs), -1))
    where = _places(compared.pairs, pairs)
    left, right = split(pairs)
    is_new = (where < 0) | has_changed[left] | has_changed[right]
    bits = compared.bits[where]
    bits[is_new] = 0
    return Recalled(bits, is_new, compared.is_linked[where] & ~is_new, where)


def merged(compared: Compared, still: Still, *found: tuple[Numbers, Recalled]) -> Merged:
    """Return the pairs that were found, and those of before that still hold."""
    bits, kept = compared.bits.copy(), np.zeros(len(compared.pairs), np.bool_)
    new: list[tuple[Numbers, Narrow]] = []
    for pairs, recalled in found:
        is_known = recalled.where >= 0
        where = recalled.where[is_known]
        kept[where], bits[where] = True, recalled.bits[is_known]
        new.append((pairs[~is_known], recalled.bits[~is_known]))
    others = np.flatnonzero(~kept)
    kept[others] = still.holds(compared.pairs[others])
    pairs, their_bits = (np.concatenate(side) for side in zip(*new, strict=True))
    order, known = np.argsort(pairs), compared.pairs[kept]
    at = np.searchsorted(known, pairs[order])
    return Merged(
        np.insert(known, at, pairs[order]),
        np.insert(bits[kept], at, their_bits[order]),
        kept,
        np.insert(np.zeros(len(known), np.bool_), at, True),
        np.insert((bits != compared.bits)[kept], at, True),
    )


def to_remember(memory: Memory, before: Compared, now: Merged, linked: Numbers) -> tuple[str, pa.Table]:
    """Return what the next run is to know, after its noun: what has changed, or all pairs.

    Args:
        memory: what was remembered.
        before: the pairs in there.
        now: those that are to be known.
        linked: those of them that are links.
    """
    is_linked = marked(np.searchsorted(now.pairs, linked), len(now.pairs))
    was_linked = np.zeros(len(now.pairs), np.bool_)
    was_linked[~now.is_new] = before.is_linked[now.kept]
    other, gone = now.is_other | (was_linked != is_linked), before.pairs[~now.kept]
    if not is_added(len(memory.compared), len(memory.compared_since) + int(other.sum()) + len(gone)):
        return "compared", table_of(COMPARED, *split(now.pairs), now.bits, is_linked)
    pairs = np.concatenate([now.pairs[other], gone])
    none = np.zeros(len(gone), np.int64)
    is_gone = np.repeat([False, True], [len(pairs) - len(gone), len(gone)])
    bits, is_linked = np.concatenate([now.bits[other], none]), np.concatenate([is_linked[other], none > 0])
    return "compared_since", table_of(COMPARED_SINCE, *split(pairs), bits, is_linked, is_gone)

"""The pairs that were compared, as sorted columns: what earlier runs knew of them, and what this one adds to that.

There are millions of them, so that what costs is how many columns are made of all: no more than are needed, and narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dateline.linking.columns import numbers, split, table_of
from dateline.model.memory import COMPARED, COMPARED_SINCE, is_added

if TYPE_CHECKING:
    import pyarrow as pa

    from dateline.linking.columns import Marks, Narrow, Numbers
    from dateline.model.memory import Memory


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs, sorted; the bits of each, whether it shares a block, and whether it is a link."""

    pairs: Numbers
    bits: Narrow
    is_near: Marks
    is_linked: Marks

    def only(self, some: Numbers | Marks) -> Compared:
        """Return some of them."""
        return Compared(self.pairs[some], self.bits[some], self.is_near[some], self.is_linked[some])

    def with_others(self, others: Compared) -> Compared:
        """Return these and others, of which none is here."""
        at = np.searchsorted(self.pairs, others.pairs)
        return Compared(
            np.insert(self.pairs, at, others.pairs),
            np.insert(self.bits, at, others.bits),
            np.insert(self.is_near, at, others.is_near),
            np.insert(self.is_linked, at, others.is_linked),
        )


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs that earlier runs compared, in their order, and behind them others, sorted too.

    Attributes:
        before: what was known of the first.
        pairs, bits: each pair once, and its bits as far as they hold.
        is_near: it shares a block.
        is_new: it was not compared, or with another outcome.
    """

    before: Compared
    pairs: Numbers
    bits: Narrow
    is_near: Marks
    is_new: Marks

    def told(self) -> Marks:
        """Say which are known as links that still hold."""
        was_linked = np.zeros(len(self.pairs), np.bool_)
        was_linked[: len(self.before.pairs)] = self.before.is_linked
        return was_linked & ~self.is_new

    def find(self, some: Numbers) -> Numbers:
        """Return the number of each of these pairs, -1 where it is not here."""
        known = len(self.before.pairs)
        first, others = _places(self.before.pairs, some), _places(self.pairs[known:], some)
        return np.where(others >= 0, known + others, first)

    def with_others(self, others: Numbers) -> Pairs:
        """Return these and others, sorted, of which none is here and none shares a block."""
        at = len(self.before.pairs) + np.searchsorted(self.pairs[len(self.before.pairs) :], others)
        return Pairs(
            self.before,
            np.insert(self.pairs, at, others),
            np.insert(self.bits, at, 0),
            np.insert(self.is_near, at, False),
            np.insert(self.is_new, at, True),
        )


def were_chosen(memory: Memory, count: int) -> Marks:
    """Say of each of `count` places whether it counted in the earlier run."""
    clusters = numbers(memory.clustered, "cluster")
    return np.append(clusters >= 0, np.zeros(count - len(clusters), np.bool_))


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
    return Compared(pairs, *(table[name].to_numpy() for name in ("bits", "is_near", "is_linked")))


def _places(known: Numbers, values: Numbers) -> Numbers:
    """Return the number of each value among known ones, which are sorted; -1 where it is none of them."""
    if not len(known):
        return np.full(len(values), -1)
    at = np.searchsorted(known, values)
    at[at == len(known)] -= 1
    at[known[at] != values] = -1
    return at


def met_since(before: Compared, met: Numbers, parted: Numbers, has_changed: Marks) -> Pairs:
    """Return what is known of the pairs of before and of those that share a block only now.

    Args:
        before: what earlier runs compared.
        met: pairs that share a block, all those that did not among them.
        parted: pairs of before that do not share one any more.
        has_changed: of which places it is no longer true what their pairs came to.
    """
    at = _places(before.pairs, met)
    count, others = len(before.pairs), met[at < 0]
    is_near = np.append(before.is_near, np.ones(len(others), np.bool_))
    is_near[at[at >= 0]] = True
    is_near[_places(before.pairs, parted)] = False
    left, right = split(before.pairs)
    is_new = np.append(has_changed[left] | has_changed[right], np.ones(len(others), np.bool_))
    bits = np.append(before.bits, np.zeros(len(others), np.int32))
    bits[:count][is_new[:count]] = 0
    return Pairs(before, np.append(before.pairs, others), bits, is_near, is_new)


def to_remember(memory: Memory, now: Pairs, kept: Marks, is_linked: Marks) -> tuple[str, pa.Table]:
    """Return what the next run is to know, after its noun: what has changed, or all pairs.

    Args:
        memory: what was remembered.
        now: all pairs.
        kept: those that are to be known.
        is_linked: those of them that are links.
    """
    before, count = now.before, len(now.before.pairs)
    other = kept.copy()
    other[:count] &= (
        (now.bits[:count] != before.bits)
        | (now.is_near[:count] != before.is_near)
        | (is_linked[:count] != before.is_linked)
    )
    gone = before.pairs[~kept[:count]]
    if not is_added(len(memory.compared), len(memory.compared_since) + int(other.sum()) + len(gone)):
        some = np.flatnonzero(kept)
        some = some[np.argsort(now.pairs[some], kind="stable")]
        return "compared", table_of(
            COMPARED, *split(now.pairs[some]), now.bits[some], now.is_near[some], is_linked[some]
        )
    pairs, none = np.append(now.pairs[other], gone), np.zeros(len(gone), np.bool_)
    bits = np.append(now.bits[other], none.astype(np.int32))
    are = (np.append(it[other], none) for it in (now.is_near, is_linked))
    is_gone = np.repeat([False, True], [len(pairs) - len(gone), len(gone)])
    return "compared_since", table_of(COMPARED_SINCE, *split(pairs), bits, *are, is_gone)

"""The pairs that were compared, as sorted columns: what earlier runs knew of them, and what this one adds to that.

There are millions of them, so that what costs is how many columns are made of all: no more than are needed, and narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dateline.linking.columns import any_of, numbers, split, table_of
from dateline.model.memory import COMPARED, COMPARED_SINCE, is_added

if TYPE_CHECKING:
    import pyarrow as pa

    from dateline.linking.columns import Marks, Narrow, Numbers
    from dateline.model.memory import Memory


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs, mostly sorted; the bits of each, whether it shares a block, and whether it is a link."""

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

    def followed_by(self, others: Compared) -> Compared:
        """Return these and then others, in the order given."""
        return Compared(
            np.append(self.pairs, others.pairs),
            np.append(self.bits, others.bits),
            np.append(self.is_near, others.is_near),
            np.append(self.is_linked, others.is_linked),
        )

    def columns(self) -> tuple[Numbers, Numbers, Narrow, Marks, Marks]:
        """Return the columns of a table of schema `COMPARED`."""
        return *split(self.pairs), self.bits, self.is_near, self.is_linked


def inside_only(pairs: Numbers, bits: Narrow) -> Compared:
    """Return pairs that share no block and are no link."""
    none = np.zeros(len(pairs), np.bool_)
    return Compared(pairs, bits, none, none)


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


@dataclass(frozen=True, slots=True)
class Clustered:
    """What each place was in the earlier run, as in `CLUSTERED`; one that it has not seen was nothing."""

    crowd: Numbers
    whole: Numbers
    component: Numbers
    cluster: Numbers

    def chosen(self) -> Marks:
        """Say which were in a cluster: those that counted."""
        return self.cluster >= 0


def clustered(memory: Memory, count: int) -> Clustered:
    """Return what each of `count` places was in the earlier run."""
    fillers = {"crowd": 0, "whole": -1, "component": -1, "cluster": -1}
    return Clustered(*(_padded(numbers(memory.clustered, name), count, less) for name, less in fillers.items()))


def _padded(values: Numbers, count: int, filler: int) -> Numbers:
    return np.concatenate([values, np.full(count - len(values), filler)])


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
    pairs, at = np.empty(len(table), np.int64), 0
    for batch in table.select(["left", "right"]).to_batches():
        some = pairs[at : at + len(batch)]
        some[:] = batch["left"].to_numpy()  # the lower place
        some <<= 32
        some |= batch["right"].to_numpy()
        at += len(batch)
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
    is_new = np.append(any_of(has_changed, before.pairs), np.ones(len(others), np.bool_))
    bits = np.append(before.bits, np.zeros(len(others), np.int32))
    bits[:count][is_new[:count]] = 0
    return Pairs(before, np.append(before.pairs, others), bits, is_near, is_new)


def to_remember(memory: Memory, now: Pairs, kept: Marks, is_linked: Marks, inside: Compared) -> tuple[str, pa.Table]:
    """Return what the next run is to know, after its noun: what has changed, or all pairs.

    Args:
        memory: what was remembered.
        now: all pairs, but for those that were compared only because they are inside a component.
        kept: those that are to be known.
        is_linked: those of them that are links.
        inside: the others.
    """
    before, count = now.before, len(now.before.pairs)
    known = Compared(now.pairs, now.bits, now.is_near, is_linked)
    other = kept.copy()
    other[:count] &= (
        (known.bits[:count] != before.bits)
        | (known.is_near[:count] != before.is_near)
        | (known.is_linked[:count] != before.is_linked)
    )
    gone = before.pairs[~kept[:count]]
    some = known.only(other).followed_by(inside)
    if is_added(len(memory.compared), len(memory.compared_since) + len(some.pairs) + len(gone)):
        is_gone = np.repeat([False, True], [len(some.pairs), len(gone)])
        changes = some.followed_by(inside_only(gone, np.zeros(len(gone), np.int32)))
        return "compared_since", table_of(COMPARED_SINCE, *changes.columns(), is_gone)
    some = known.only(kept).followed_by(inside)
    return "compared", table_of(COMPARED, *some.only(np.argsort(some.pairs, kind="stable")).columns())

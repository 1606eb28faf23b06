"""Linking what has grown: `relink` works out only what is new since an earlier run, and comes to the same.

The blocks of a mention, the bits of a pair and the incidents of a component are each a function of what they are made
of alone. So an earlier run's are taken up wherever they are made of the same: pairs are looked for in columns, which
costs little; only new pairs are compared, and only components of other members, pairs or words are clustered again.
Mentions are fetched for that part by part and never held all at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from dateline.linking.block import pairs_of
from dateline.linking.cluster import Rules, cluster
from dateline.linking.columns import joined, marked, numbers, split, table_of
from dateline.linking.compare import Comparison, compare
from dateline.linking.components import components, groups, signatures
from dateline.linking.incidents import incident_of
from dateline.linking.profile import crowds_of
from dateline.model.incident import Incident, Link
from dateline.model.memory import CLUSTERED, COMPARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from dateline.linking.columns import Marks, Numbers
    from dateline.linking.independence import Origins
    from dateline.linking.profile import Profile
    from dateline.linking.weights import Weights
    from dateline.model.decided import Decided
    from dateline.model.event import Mention
    from dateline.model.memory import Memory

PAIRS_AT_ONCE = 1_500_000
MEMBERS_AT_ONCE = 50_000
"""How much is worked on before other mentions are fetched."""

CONFLICT = np.iinfo(np.int32).min
"""Stands for the bits of two that cannot be one."""


class Fetch(Protocol):
    """Where the mentions are."""

    def __call__(self, places: Numbers, crowds: Numbers) -> Mapping[int, Profile]:
        """Fetch the profiles of some places, given the crowd of each place that there is."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be linked.

    Attributes:
        traits: of schema `TRAITS`; those that an earlier run saw come first, as it saw them.
        is_current: which rows count.
        decided: what people's words come to.
        touched: places that are to be looked at again, since something else about them may have changed.
        fetch: gives the profiles of mentions.
        origins: tells where some reports come from.
        weights: between reports; those that ship by default.
    """

    traits: pa.Table
    is_current: Marks
    decided: Decided
    touched: Numbers
    fetch: Fetch
    origins: Callable[[set[str]], Origins]
    weights: Weights | None = None


@dataclass(frozen=True, slots=True)
class Relinked:
    """What linking found that was not known.

    Attributes:
        compared, clustered: of these schemas, for the next run.
        dropped: places whose links and incidents of the earlier run no longer hold.
        fresh: links and incidents that come in their stead, part by part, in no order; to be gone through once.
        pairs: how many pairs were compared for all this, but for those inside a component that share no block.
    """

    compared: pa.Table
    clustered: pa.Table
    dropped: Numbers
    fresh: Iterator[tuple[list[Link], list[Incident]]]
    pairs: int


def relink(task: Task, memory: Memory) -> Relinked:
    """Link what has changed since an earlier run; all of it where nothing is remembered."""
    chosen = task.is_current & task.traits["is_real"].to_numpy()
    crowds = _crowds(task.traits, chosen)
    before = numbers(memory.clustered, "crowd"), numbers(memory.clustered, "signature")
    pairs = pairs_of(task.traits, chosen)
    bits, is_new = _recall(pairs, memory.compared, _padded(before[0], len(crowds)) != crowds)
    bits[is_new] = _measure(pairs[is_new], task, crowds)
    edges = np.concatenate([pairs[bits > 0], _places(task, task.decided.together)])
    labels = np.where(chosen, components(len(crowds), edges), -1)
    signed = signatures(labels, crowds, pairs)
    was = _padded(before[1], len(crowds))
    differs = _spread((signed != was) | marked(task.touched, len(crowds)), labels)
    left, right = split(pairs)
    return Relinked(
        table_of(COMPARED, left, right, bits),
        table_of(CLUSTERED, crowds, signed),
        np.flatnonzero((was != 0) & (differs | ~chosen)),
        _cluster_all(task, crowds, labels, np.flatnonzero(differs & chosen), pairs, bits),
        int(is_new.sum()),
    )


def _crowds(traits: pa.Table, chosen: Marks) -> Numbers:
    reports = traits["report"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    return crowds_of(np.where(chosen, numbers(traits, "slot"), 0), reports, numbers(traits, "event"))


def _padded(values: Numbers, count: int) -> Numbers:
    return np.concatenate([values, np.zeros(count - len(values), values.dtype)])


def _spread(marks: Marks, labels: Numbers) -> Marks:
    """Mark the whole of each component of which a place is marked."""
    return marked(labels[marks & (labels >= 0)], len(labels))[labels] & (labels >= 0)


def _recall(pairs: Numbers, compared: pa.Table, is_other: Marks) -> tuple[Numbers, Marks]:
    """Return the bits of pairs that were compared before, and which were not, or concern a place that has changed."""
    known = joined(numbers(compared, "left"), numbers(compared, "right"))
    bits = np.zeros(len(pairs), np.int64)
    if not len(known):
        return bits, np.ones(len(pairs), np.bool_)
    where = np.minimum(np.searchsorted(known, pairs), len(known) - 1)
    left, right = split(pairs)
    is_new = (known[where] != pairs) | is_other[left] | is_other[right]
    return np.where(is_new, bits, numbers(compared, "bits")[where]), is_new


def _measure(pairs: Numbers, task: Task, crowds: Numbers) -> Numbers:
    """Compare pairs, those of one time together, and return their bits in the order given."""
    bits = np.zeros(len(pairs), np.int64)
    left, right = split(pairs)
    days = numbers(task.traits, "day")
    order = np.argsort(np.maximum(days[left], days[right]), kind="stable")
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some = order[start : start + PAIRS_AT_ONCE]
        a, b = left[some], right[some]
        found = task.fetch(np.unique(np.concatenate([a, b])), crowds)
        both = zip(a.tolist(), b.tolist(), strict=True)
        bits[some] = [bits_of(compare(found[one], found[other], task.weights)) for one, other in both]
    return bits


def bits_of(outcome: Comparison) -> int:
    """Return the bits of a comparison, `CONFLICT` where the two cannot be one."""
    return CONFLICT if outcome.conflict else outcome.bits


def _places(task: Task, pairs: Iterable[tuple[str, str]]) -> Numbers:
    """Return pairs of mention ids as pairs of places; those whose mentions are not linked are left out."""
    known = sorted(pairs)
    if not known:
        return np.empty(0, np.int64)
    names = task.traits["mention"]
    index = {name: place for place, name in enumerate(names.to_pylist())}
    return joined(np.array([index[a] for a, _ in known]), np.array([index[b] for _, b in known]))


def _cluster_all(
    task: Task, crowds: Numbers, labels: Numbers, places: Numbers, pairs: Numbers, bits: Numbers
) -> Iterator[tuple[list[Link], list[Incident]]]:
    """Yield links and incidents of the components that these places make up."""
    left = split(pairs)[0]
    inside = marked(places, len(labels))[left] & (labels[left] == labels[split(pairs)[1]])
    pairs, bits = pairs[inside], bits[inside]
    order = np.argsort(labels[split(pairs)[0]], kind="stable")
    pairs, bits = pairs[order], bits[order]
    homes = labels[split(pairs)[0]]
    for batch in _batches(groups(labels, places)):
        profiles = task.fetch(np.sort(np.concatenate(batch)), crowds)
        origins = task.origins({profile.mention.report for profile in profiles.values()})
        links: list[Link] = []
        incidents: list[Incident] = []
        for members in batch:
            ends = np.searchsorted(homes, [labels[members[0]], labels[members[0]] + 1])
            known = slice(*ends.tolist())
            component = _Component(profiles, members.tolist(), pairs[known], bits[known], task)
            links += component.links()
            incidents += [incident_of(some, origins) for some in component.mentions()]
        yield links, incidents


def _batches(parts: Iterable[Numbers]) -> Iterator[list[Numbers]]:
    batch: list[Numbers] = []
    held = 0
    for part in parts:
        batch.append(part)
        held += len(part)
        if held >= MEMBERS_AT_ONCE:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


class _Component:
    """Mentions that hang together, clustered. Of each pair it keeps the bits alone."""

    def __init__(
        self, profiles: Mapping[int, Profile], members: Sequence[int], pairs: Numbers, bits: Numbers, task: Task
    ) -> None:
        self._profiles = {profiles[place].mention.id: profiles[place] for place in members}
        self._weights = task.weights
        named = (
            sorted((profiles[a].mention.id, profiles[b].mention.id))
            for a, b in zip(*(side.tolist() for side in split(pairs)), strict=True)
        )
        self._known = {(a, b): value for (a, b), value in zip(named, bits.tolist(), strict=True)}
        self._blocked = sorted(self._known)
        rules = Rules(task.decided.together, task.decided.apart).within(self._profiles)
        positive = {pair: self._known[pair] for pair in self._blocked if self._known[pair] > 0}
        self._clusters = cluster(self._profiles, positive, self._measure, rules)

    def mentions(self) -> Iterator[list[Mention]]:
        """Yield the mentions of each cluster."""
        return ([self._profiles[name].mention for name in members] for members in self._clusters)

    def links(self) -> Iterator[Link]:
        """Yield links for the pairs that speak for one incident, and for those that came into one."""
        home = {member: index for index, members in enumerate(self._clusters) for member in members}
        for pair in self._blocked:
            if self._known[pair] > 0 or home[pair[0]] == home[pair[1]]:
                outcome = self._compare(*pair)
                yield Link(*pair, outcome.score, outcome.why)

    def _measure(self, left: str, right: str) -> int | None:
        """Return the bits of any pair, None if the two cannot be one."""
        if (left, right) not in self._known:
            self._known[left, right] = bits_of(self._compare(left, right))
        bits = self._known[left, right]
        return None if bits == CONFLICT else bits

    def _compare(self, left: str, right: str) -> Comparison:
        return compare(self._profiles[left], self._profiles[right], self._weights)

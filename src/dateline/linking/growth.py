"""Linking what has grown: `relink` works out only what is new since an earlier run, and comes to the same.

The blocks of a mention, the bits of a pair and the incidents of a component are each a function of what they are made
of alone. So an earlier run's are taken up wherever they are made of the same: pairs are looked for in columns, which
costs little; only new pairs are compared, and only components of other members, pairs or words are clustered again.
Mentions are fetched for that part by part and never held all at once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np

from dateline.linking.block import pairs_since
from dateline.linking.cluster import APART, agglomerate, groups_of
from dateline.linking.columns import any_of, are_one, distinct, joined, marked, numbers, short, split, table_of
from dateline.linking.compared import clustered, inside_only, met_since, remembered, to_remember
from dateline.linking.components import components, groups, pairs_within, signatures
from dateline.linking.conflict import are_days_apart, are_places_apart
from dateline.linking.incidents import incident_of
from dateline.linking.measure import CONFLICT, links, measured
from dateline.linking.profile import crowds_of
from dateline.model.memory import CLUSTERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pyarrow as pa

    from dateline.linking.cluster import Pair
    from dateline.linking.columns import Marks, Narrow, Numbers
    from dateline.linking.compared import Clustered, Compared, Pairs
    from dateline.linking.independence import Origins
    from dateline.linking.profile import Profile
    from dateline.linking.weights import Weights
    from dateline.model.decided import Decided
    from dateline.model.incident import Incident
    from dateline.model.memory import Memory

PAIRS_AT_ONCE = 1_500_000
PAIRS_SEEN_AT_ONCE = 10_000_000
MEMBERS_AT_ONCE = 50_000
"""How much is worked on before other mentions are fetched."""


class Fetch(Protocol):
    """Where the mentions are."""

    def __call__(self, places: Numbers, crowds: Numbers) -> Mapping[int, Profile]:
        """Fetch the profiles of some places, and maybe others, given the crowd of each place that there is."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be linked.

    Attributes:
        traits: of schema `TRAITS`; those that an earlier run saw come first, as it saw them.
        is_current: which rows count.
        decided: what people's words come to.
        judged: places that people speak of or spoke of.
        recopied: places in reports of which other copies are known than before.
        fetch: gives the profiles of mentions.
        origins: tells where some reports come from.
        weights: between reports; those that ship by default.
    """

    traits: pa.Table
    is_current: Marks
    decided: Decided
    judged: Numbers
    recopied: Numbers
    fetch: Fetch
    origins: Callable[[set[str]], Origins]
    weights: Weights | None = None

    def chosen(self) -> Marks:
        """Say which rows may be an incident, or a part of one."""
        return self.is_current & cast("Marks", self.traits["is_real"].to_numpy())


@dataclass(frozen=True, slots=True)
class Relinked:
    """What linking found that was not known.

    Attributes:
        compared: for the next run: of schema `COMPARED`, or `COMPARED_SINCE` where changes do, after its noun.
        clustered: of this schema, for the next run.
        unlinked: pairs of mention ids whose links of the earlier run no longer hold.
        dropped: places whose incidents of the earlier run no longer hold.
        links, incidents: what comes in their stead, part by part, in no order, to be gone through once; links as
            tables.
        pairs: how many pairs were compared for all this, but for the reasons of links.
    """

    compared: tuple[str, pa.Table]
    clustered: pa.Table
    unlinked: list[Pair]
    dropped: Numbers
    links: Iterator[pa.Table]
    incidents: Iterator[list[Incident]]
    pairs: int


def relink(task: Task, memory: Memory) -> Relinked:
    """Link what has changed since an earlier run; all of it where nothing is remembered."""
    count, chosen = len(task.traits), task.chosen()
    crowds, was = _crowds(task.traits, chosen), clustered(memory, count)
    has_changed, changes = was.crowd != crowds, pairs_since(task.traits, chosen, was.chosen())
    pairs = met_since(remembered(memory), *changes, has_changed)
    new = _compare(pairs, np.flatnonzero(pairs.is_new & pairs.is_near), task, crowds)
    whole, labels = _components(task, pairs, chosen, was)
    made_of = signatures(labels, crowds)
    is_other = _spread((made_of != signatures(was.component, was.crowd)) | marked(task.judged, count), labels)
    within = pairs_within(labels, np.flatnonzero(is_other))
    kept = pairs.is_near | are_one(labels, pairs.pairs)
    new += _compare(pairs, np.flatnonzero(kept & pairs.is_new & ~pairs.is_near), task, crowds)
    inside, bits = _inside(pairs, within, task, crowds)
    clusters = np.where(is_other, _clusters(task, np.where(is_other, labels, -1), within, bits), was.cluster)
    clusters[~chosen] = -1
    is_linked = pairs.is_near & ((pairs.bits > 0) | are_one(clusters, pairs.pairs))
    was_told = pairs.told()
    is_new_link, lost = is_linked & ~was_told, _lost(pairs, is_linked & was_told)
    was_made_of, is_made_of = (signatures(it, np.zeros_like(crowds)) for it in (was.cluster, clusters))
    is_touched = _spread((was_made_of != is_made_of) | marked(task.recopied, count), clusters)
    return Relinked(
        to_remember(memory, pairs, kept, is_linked, inside),
        table_of(CLUSTERED, crowds, whole, labels, clusters),
        _named(task, lost),
        np.flatnonzero((was_made_of != 0) & ((was_made_of != is_made_of) | is_touched)),
        _links(task, crowds, pairs.pairs[is_new_link], pairs.bits[is_new_link]),
        _incidents(task, crowds, clusters, np.flatnonzero(is_touched)),
        new + len(inside.pairs),
    )


def _components(task: Task, pairs: Pairs, chosen: Marks, was: Clustered) -> tuple[Numbers, Numbers]:
    """Return what each place hangs together with, and its component: those of before, but for what a change touches."""
    count, together = len(chosen), _places(task, task.decided.together)
    is_other = pairs.is_new.copy()
    is_other[: len(pairs.before.pairs)] |= pairs.is_near[: len(pairs.before.pairs)] != pairs.before.is_near
    ends = marked(np.concatenate(split(pairs.pairs[is_other])), count)
    is_open = ends | marked(task.judged, count) | (chosen != was.chosen())
    is_open |= _spread(is_open, was.whole)
    some = np.flatnonzero(pairs.is_near & (pairs.bits > 0))
    some = some[any_of(is_open, pairs.pairs[some])]
    found = components(count, pairs.pairs[some], pairs.bits[some], together)
    both = zip(found, (was.whole, was.component), strict=True)
    whole, labels = (np.where(chosen, np.where(is_open, new, old), -1) for new, old in both)
    return whole, labels


def _compare(pairs: Pairs, some: Numbers, task: Task, crowds: Numbers) -> int:
    """Compare some of the pairs, set their bits, and return how many these are."""
    pairs.bits[some] = _measure(pairs.pairs[some], task, crowds)
    return len(some)


def _inside(pairs: Pairs, within: Numbers, task: Task, crowds: Numbers) -> tuple[Compared, Narrow]:
    """Compare those pairs inside components that are not among the pairs; return them, and the bits of all inside."""
    at, bits = pairs.find(within), np.zeros(len(within), np.int32)
    is_known = at >= 0
    bits[is_known] = pairs.bits[at[is_known]]
    bits[~is_known] = _measure(within[~is_known], task, crowds)
    return inside_only(within[~is_known], bits[~is_known]), bits


def _lost(pairs: Pairs, are_still_told: Marks) -> Numbers:
    """Return the pairs that were told as links and are not any more, or must be told anew."""
    before = pairs.before
    return before.pairs[before.is_linked & ~are_still_told[: len(before.pairs)]]


def _crowds(traits: pa.Table, chosen: Marks) -> Numbers:
    reports = traits["report"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    return crowds_of(np.where(chosen, numbers(traits, "slot"), 0), reports, numbers(traits, "event"))


def _spread(marks: Marks, labels: Numbers) -> Marks:
    """Mark the whole of each component of which a place is marked."""
    return marked(labels[marks & (labels >= 0)], len(labels))[labels] & (labels >= 0)


def _measure(pairs: Numbers, task: Task, crowds: Numbers) -> Narrow:
    """Compare pairs and return their bits in the order given; for days or places apart no mention is fetched."""
    bits = np.full(len(pairs), CONFLICT, np.int32)
    maybe = _maybe_one(pairs, task.traits)
    for some, profiles, left, right in _fetched(pairs[maybe], task, crowds):
        bits[maybe[some]] = measured(profiles, left, right, task.weights)
    return bits


def _maybe_one(pairs: Numbers, traits: pa.Table) -> Numbers:
    """Return which pairs neither days nor places keep apart."""
    found = [np.empty(0, np.int64)]
    for start in range(0, len(pairs), PAIRS_SEEN_AT_ONCE):
        some = pairs[start : start + PAIRS_SEEN_AT_ONCE]
        near = np.flatnonzero(~are_days_apart(traits, some))
        found.append(start + near[~are_places_apart(traits, some[near])])
    return np.concatenate(found)


def _links(task: Task, crowds: Numbers, pairs: Numbers, bits: Narrow) -> Iterator[pa.Table]:
    """Yield links for these pairs, given their bits."""
    for some, profiles, left, right in _fetched(pairs, task, crowds):
        yield links(profiles, left, right, bits[some])


def _fetched(pairs: Numbers, task: Task, crowds: Numbers) -> Iterator[tuple[Numbers, list[Profile], Numbers, Numbers]]:
    """Fetch the mentions of pairs, those of one land and time together, so that few are fetched again and again.

    Yields which pairs, their profiles sorted by mention id, and for each pair the numbers of both in there.
    """
    left, right = split(pairs)
    order = np.argsort(_nearness(task.traits, left, right), kind="stable")
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some = order[start : start + PAIRS_AT_ONCE]
        places = distinct(np.concatenate([left[some], right[some]]))
        found = task.fetch(places, crowds)
        by_id = sorted(range(len(places)), key=[found[it].mention.id for it in places.tolist()].__getitem__)
        rank = np.empty(len(places), np.int64)
        rank[by_id] = np.arange(len(places))
        sides = [rank[np.searchsorted(places, side[some])] for side in (left, right)]
        yield some, [found[it] for it in places[by_id].tolist()], np.minimum(*sides), np.maximum(*sides)


def _nearness(traits: pa.Table, left: Numbers, right: Numbers) -> Numbers:
    """Return a number for land and day of each pair: those of one mention, where they are not known of the other."""
    lands = np.unique(numbers(traits, "land"), return_inverse=True)[1]
    days = numbers(traits, "day")
    return np.maximum(lands[left], lands[right]) << 22 | np.maximum(days[left], days[right])  # a day has 22 bits


def _places(task: Task, pairs: Iterable[Pair]) -> Numbers:
    """Return pairs of mention ids as pairs of places."""
    known = sorted(pairs)
    index = {name: place for place, name in enumerate(task.traits["mention"].to_pylist())} if known else {}
    return joined(*(np.array([index[pair[side]] for pair in known], np.int64) for side in (0, 1)))


def _named(task: Task, pairs: Numbers) -> list[Pair]:
    """Return pairs of places as pairs of mention ids, the lower id first."""
    left, right = (_names(task, side) for side in split(pairs))
    return [_ordered(*pair) for pair in zip(left, right, strict=True)]


def _names(task: Task, places: Numbers) -> list[str]:
    return [row["mention"] for row in task.traits.select(["mention"]).take(places).to_pylist()]


def _clusters(task: Task, labels: Numbers, pairs: Numbers, bits: Narrow) -> Numbers:
    """Return the first place of the cluster of each place that has a component, -1 of the others.

    Args:
        task: what is to be linked.
        labels: the component of each place; negative for none.
        pairs: all pairs inside components.
        bits: of each pair.
    """
    clusters, places = np.full(len(labels), -1), np.flatnonzero(labels >= 0)
    joins = _by_label(labels, _places(task, task.decided.together))
    places = places[np.argsort(short(task.traits["mention"].take(places)), kind="stable")]
    homes = labels[split(pairs)[0]]
    order = np.argsort(homes, kind="stable")
    homes, pairs, bits = homes[order], pairs[order], bits[order]
    bits[np.isin(pairs, _places(task, task.decided.apart))] = CONFLICT
    for members in groups(labels, places):
        label = int(labels[members[0]])
        some = slice(*np.searchsorted(homes, [label, label + 1]).tolist())
        for cluster in _agglomerate(members, (pairs[some], bits[some]), joins.get(label, [])):
            clusters[cluster] = cluster.min()
    return clusters


def _by_label(labels: Numbers, pairs: Numbers) -> dict[int, list[tuple[int, int]]]:
    """Return pairs of places by their component."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in zip(*(side.tolist() for side in split(pairs)), strict=True):
        found[int(labels[a])].append((a, b))
    return found


def _agglomerate(members: Numbers, known: tuple[Numbers, Narrow], joins: list[tuple[int, int]]) -> list[Numbers]:
    """Return the clusters of one component, as places.

    Args:
        members: its mentions, by id.
        known: all pairs of them, and the bits of each.
        joins: pairs that a person joined.
    """
    if len(members) == 1:
        return [members]
    by_place = np.argsort(members)
    left, right = (by_place[np.searchsorted(members, side, sorter=by_place)] for side in split(known[0]))
    bits = np.zeros((len(members), len(members)), np.int64)
    bits[left, right] = bits[right, left] = known[1]
    bits[bits == CONFLICT] = APART
    at = {place: number for number, place in enumerate(members.tolist())} if joins else {}
    joined_up = groups_of(range(len(members)), [(at[a], at[b]) for a, b in joins])
    return [members[cluster] for cluster in agglomerate(bits, joined_up)]


def _ordered(left: str, right: str) -> Pair:
    return (left, right) if left < right else (right, left)


def _incidents(task: Task, crowds: Numbers, clusters: Numbers, places: Numbers) -> Iterator[list[Incident]]:
    """Yield the incidents of the clusters that these places make up."""
    for batch in _batches(groups(clusters, places)):
        profiles = task.fetch(np.sort(np.concatenate(batch)), crowds)
        origins = task.origins({profiles[it].mention.report for members in batch for it in members.tolist()})
        yield [incident_of([profiles[it].mention for it in members.tolist()], origins) for members in batch]


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

"""What linking does to tolls: those of found clusters under each policy beside those of the gold clusters.

A found cluster is laid to the gold cluster that most of its mentions are of; so the tolls of an event that was split
add up, as they would in a dataset, and the tolls of all events are the toll of the dataset.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dateline.linking.independence import independent_groups
from dateline.model.amounts import sources_of
from dateline.model.event import Status
from dateline.model.policy import DEFAULT, POLICIES, Estimate, estimate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.linking.independence import Origins
    from dateline.model.amounts import Sources
    from dateline.model.event import Mention

    Clusters = Sequence[frozenset[str]]

CHOOSING = tuple(name for name in POLICIES if name != DEFAULT)
"""Policies that choose one number."""


def sources_in(
    clusters: Clusters, mentions: Mapping[str, Mention], origins: Origins, counts: str = "killed"
) -> list[Sources]:
    """Return what the independent sources of each cluster say of a count; nothing where none has a number."""
    told = ([mentions[it] for it in sorted(cluster)] for cluster in clusters)
    return [sources_of(independent_groups(its, origins), its, Status.ASSERTED).get(counts, ()) for its in told]


def homes(clusters: Clusters, gold: Clusters) -> list[int]:
    """Return for each cluster the place of the gold cluster that most of its mentions are of, the first of several."""
    home = {mention: place for place, cluster in enumerate(gold) for mention in cluster}
    tallies = (Counter(home[mention] for mention in cluster) for cluster in clusters)
    return [min(tally, key=lambda place: (-tally[place], place)) for tally in tallies]


def toll_of(policy: str, sources: Sequence[Sources]) -> Estimate:
    """Return the sum of the tolls of some clusters under a policy; a cluster with no number adds nothing."""
    found = [estimate(policy, it) for it in sources if it]
    low, best, high = (sum(getattr(it, end) or 0 for it in found) for end in ("low", "best", "high"))
    return Estimate(low, best, high)


def inside(gold: Sources, found: Sequence[Sources]) -> dict[str, bool]:
    """Say for each policy whether the toll of the found clusters of an event lies in the range of its gold cluster."""
    whole = estimate("ucdp", gold)
    tolls = {policy: toll_of(policy, found).best or 0 for policy in CHOOSING}
    return {policy: (whole.low or 0) <= toll <= (whole.high or 0) for policy, toll in tolls.items()}

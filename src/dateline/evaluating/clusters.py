"""Scores of a clustering against a gold clustering of the same mentions: MUC, B3, CEAFe, CoNLL F1 and pairs.

Each function returns sums that add up over topics that share no cluster; `conll` and `pairwise` turn sums into scores.
Definitions: Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B3), Luo 2005 (CEAF, phi 4), Pradhan et al. 2014 (CoNLL).
"""

from __future__ import annotations

from collections import Counter
from math import comb
from typing import TYPE_CHECKING

from dateline.evaluating.assignment import assign
from dateline.evaluating.metrics import Tally, harmonic, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Clusters = Sequence[frozenset[str]]


def group(cluster_of: Mapping[str, str]) -> list[frozenset[str]]:
    """Return the clusters of a mapping from mention to cluster name, in the order of the names."""
    members: dict[str, set[str]] = {}
    for mention, name in cluster_of.items():
        members.setdefault(name, set()).add(mention)
    return [frozenset(members[name]) for name in sorted(members)]


def sum_muc(gold: Clusters, found: Clusters) -> Tally:
    """Count links kept: for each cluster, its size less the number of parts the other side breaks it into."""
    tally = Tally()
    for side, ours, theirs in (("recall", gold, found), ("precision", found, gold)):
        home = _homes(theirs)
        for cluster in ours:
            parts = len({home.get(mention, mention) for mention in cluster})
            tally["muc", f"{side} part"] += len(cluster) - parts
            tally["muc", f"{side} whole"] += len(cluster) - 1
    return tally


def sum_b3(gold: Clusters, found: Clusters) -> Tally:
    """Sum over mentions the share of its cluster that the other side puts with it."""
    tally = Tally()
    for side, ours, theirs in (("recall", gold, found), ("precision", found, gold)):
        home = _homes(theirs)
        for cluster in ours:
            parts = Counter(home.get(mention, mention) for mention in cluster)
            tally["b3", f"{side} part"] += sum(size * size for size in parts.values()) / len(cluster)
            tally["b3", f"{side} whole"] += len(cluster)
    return tally


def sum_ceafe(gold: Clusters, found: Clusters) -> Tally:
    """Sum the likeness (phi 4: Dice) of clusters under the best one-to-one assignment."""
    likeness = [[2 * len(ours & theirs) / (len(ours) + len(theirs)) for theirs in found] for ours in gold]
    kept = sum(likeness[row][column] for row, column in assign(likeness))
    return Tally(
        {
            ("ceafe", "recall part"): kept,
            ("ceafe", "recall whole"): len(gold),
            ("ceafe", "precision part"): kept,
            ("ceafe", "precision whole"): len(found),
        }
    )


def sum_pairs(gold: Clusters, found: Clusters) -> Tally:
    """Count pairs of mentions that are together on both sides, and on either."""
    home = _homes(found)
    parts = [Counter(home.get(mention, mention) for mention in cluster) for cluster in gold]
    both = sum(comb(size, 2) for part in parts for size in part.values())
    wanted, given = (sum(comb(len(cluster), 2) for cluster in side) for side in (gold, found))
    return Tally({("pair", "tp"): both, ("pair", "fp"): given - both, ("pair", "fn"): wanted - both})


def share_by_cluster(gold: Clusters, found: Clusters) -> list[Tally]:
    """Return the sums of `sum_pairs` and `sum_b3` as shares of the gold clusters, in order: these can be resampled.

    A pair that is wrongly together belongs to two gold clusters, half to each.
    """
    home = _homes(found)
    sizes = Counter(home.values())
    return [_share(Counter(home.get(mention, mention) for mention in cluster), sizes) for cluster in gold]


def _share(parts: Counter[str], sizes: Counter[str]) -> Tally:
    """Return the share of a gold cluster that the other side breaks into these parts of clusters of these sizes."""
    whole = parts.total()
    both = sum(comb(count, 2) for count in parts.values())
    mixed = sum(count * (max(count, sizes[name]) - count) for name, count in parts.items())
    kept = {name: count / max(count, sizes[name]) for name, count in parts.items()}
    return Tally(
        {
            ("pair", "tp"): both,
            ("pair", "fp"): mixed / 2,
            ("pair", "fn"): comb(whole, 2) - both,
            ("b3", "recall part"): sum(count * count for count in parts.values()) / whole,
            ("b3", "recall whole"): whole,
            ("b3", "precision part"): sum(count * kept[name] for name, count in parts.items()),
            ("b3", "precision whole"): whole,
        }
    )


def sum_conll(gold: Clusters, found: Clusters) -> Tally:
    """Return the sums of all three metrics that CoNLL F1 averages."""
    return Tally().add(sum_muc(gold, found)).add(sum_b3(gold, found)).add(sum_ceafe(gold, found))


def cluster_f1(tally: Tally, metric: str) -> float:
    """Return F1 of `muc`, `b3` or `ceafe`."""
    sides = (ratio(tally[metric, f"{side} part"], tally[metric, f"{side} whole"]) for side in ("precision", "recall"))
    return harmonic(*sides)


def conll_f1(tally: Tally) -> float:
    """Return the mean of the F1 of MUC, B3 and CEAFe."""
    return sum(cluster_f1(tally, metric) for metric in ("muc", "b3", "ceafe")) / 3


def _homes(clusters: Clusters) -> dict[str, str]:
    """Map each mention to a name of its cluster that no mention outside any cluster shares."""
    return {mention: f"cluster {place}" for place, cluster in enumerate(clusters) for mention in cluster}

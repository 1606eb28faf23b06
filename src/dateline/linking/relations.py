"""Which incidents are parts or consequences of others. They are never merged.

Mentions that share a tie (`ties`) are compared (`wholes`, `followups`), each pair once in a project: `lead`
keeps what was found. In `relations_of` the best pair of two incidents speaks for them. Of several incidents that one
may have followed the likeliest is taken; where two are as likely, none is: it cannot be told which. People add and
reject relations by judgement.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from dateline.linking.columns import are_among, distinct, numbers
from dateline.linking.compared import clustered
from dateline.linking.followups import follows
from dateline.linking.ties import Scheme, tied_since
from dateline.linking.wholes import part_of_scene, part_of_wave
from dateline.model.judgement import Verdict
from dateline.model.memory import LEADS
from dateline.model.relation import Relation, RelationKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dateline.linking.columns import Marks, Numbers
    from dateline.linking.profile import Profile
    from dateline.model.decided import Decided
    from dateline.model.memory import Memory

    Compare = Callable[[Profile, Profile], tuple[float, tuple[str, ...]] | None]
    Fetch = Callable[[Numbers, Numbers], Mapping[int, Profile]]

MARGIN = 1.0
"""Bits by which the likeliest must be likelier than the next, unless one sentence tells both."""

PAIRS_AT_ONCE = 300_000

_COMPARE: dict[Scheme, Compare] = {
    Scheme.WAVE: part_of_wave,
    Scheme.SCENE: part_of_scene,
    Scheme.SEQUEL: follows,
}
_KIND = {
    Scheme.WAVE: RelationKind.PART_OF,
    Scheme.SCENE: RelationKind.PART_OF,
    Scheme.SEQUEL: RelationKind.FOLLOW_UP,
}
_SAID = {Verdict.PART_OF: RelationKind.PART_OF, Verdict.FOLLOW_UP: RelationKind.FOLLOW_UP}


@dataclass(frozen=True, slots=True)
class Lead:
    """That one mention may be a part or consequence of another: the bits, and why.

    `rival`: type of the other where there can be one alone; empty where there can be many, as waves overlap.
    """

    kind: RelationKind
    mention: str
    of: str
    bits: float
    rival: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tied:
    """The pairs that share a tie.

    Attributes:
        kept: of schema `LEADS`: those of an earlier run, as they were found then.
        new: the others by scheme, sorted: place of the part << 32 | place of the whole.
    """

    kept: pa.Table
    new: dict[Scheme, Numbers]


def ties_since(traits: pa.Table, chosen: Marks, memory: Memory) -> Tied:
    """Return every pair that shares a tie.

    Args:
        traits: of schema `TRAITS`; those that an earlier run saw come first, as it saw them.
        chosen: which rows count.
        memory: what that run left.
    """
    known = memory.leads
    pairs = (numbers(known, "part") << 32) | numbers(known, "whole")
    schemes, is_kept, new = known["scheme"].to_numpy(), np.ones(len(known), np.bool_), {}
    for scheme, (met, parted) in tied_since(traits, chosen, clustered(memory, len(traits)).chosen()).items():
        is_of = schemes == scheme
        is_kept[is_of] = ~are_among(pairs[is_of], parted)
        new[scheme] = met[~are_among(met, distinct(pairs[is_of][are_among(pairs[is_of], met)]))]
    return Tied(known if is_kept.all() else known.filter(is_kept), new)


def lead(ties: Tied, crowds: Numbers, fetch: Fetch) -> pa.Table:
    """Return a table of schema `LEADS`, given the crowd of each place and what gives the profiles of mentions."""
    fresh = (table for scheme, pairs in ties.new.items() for table in _leads(scheme, pairs, crowds, fetch))
    return pa.concat_tables([ties.kept, *fresh])


def _leads(scheme: Scheme, pairs: Numbers, crowds: Numbers, fetch: Fetch) -> Iterator[pa.Table]:
    """Compare pairs of one scheme, so many at once as mentions can be held of."""
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some = pairs[start : start + PAIRS_AT_ONCE]
        left, right = some >> 32, some & 0xFFFF_FFFF
        profiles = fetch(distinct(np.concatenate([left, right])), crowds)
        both = zip(left.tolist(), right.tolist(), strict=True)
        rows = [_row(scheme, a, b, profiles[a], profiles[b]) for a, b in both]
        yield pa.Table.from_pylist(rows, schema=LEADS)


def _row(scheme: Scheme, a: int, b: int, part: Profile, whole: Profile) -> dict[str, Any]:
    bits, why = _COMPARE[scheme](part, whole) or (-99.0, ())
    rival = "" if scheme is Scheme.WAVE else whole.mention.type
    about = {"rival": rival, "why": list(why)} if bits > 0 else {"rival": "", "why": []}
    return {"scheme": int(scheme), "part": a, "whole": b, "bits": bits} | about


def promising(leads: pa.Table, traits: pa.Table) -> list[Lead]:
    """Return the leads that speak for a relation more than against it."""
    rows = leads.filter(leads["bits"].to_numpy() > 0)
    sides = [traits["mention"].take(rows[side]).to_pylist() for side in ("part", "whole")]
    return [
        Lead(_KIND[Scheme(row["scheme"])], a, b, row["bits"], row["rival"], tuple(row["why"]))
        for row, a, b in zip(rows.to_pylist(), *sides, strict=True)
    ]


def relations_of(leads: Iterable[Lead], home: Mapping[str, str], decided: Decided) -> tuple[Relation, ...]:
    """Return how incidents are related, sorted.

    Args:
        leads: that speak for a relation.
        home: the incident of each mention in a lead or a judgement.
        decided: what people say; what they say of a relation holds over the machine.
    """
    found = _judged(_chosen(leads, home), home, decided)
    return tuple(sorted(found, key=lambda it: (it.kind, it.incident, it.of)))


def _chosen(leads: Iterable[Lead], home: Mapping[str, str]) -> Iterator[Relation]:
    """Yield for each incident the wave, and of each type of event the one, that it most likely belongs to."""
    best: dict[tuple[RelationKind, str, str], Lead] = {}
    for it in leads:
        key = (it.kind, home[it.mention], home[it.of])
        if key[1] != key[2] and (key not in best or _rank(it) > _rank(best[key])):
            best[key] = it
    rivals: dict[tuple[RelationKind, str, str], list[tuple[str, Lead]]] = defaultdict(list)
    for (kind, incident, of), it in best.items():
        rivals[kind, incident, it.rival or of].append((of, it))
    for (kind, incident, _), some in rivals.items():
        ranked = sorted(some, key=lambda it: (-it[1].bits, it[0]))
        clear = len(ranked) == 1 or ranked[0][1].bits - ranked[1][1].bits >= MARGIN
        kept = ranked[:1] if clear else [it for it in ranked if "told in one sentence" in it[1].why]
        yield from (_relation(kind, incident, of, it) for of, it in kept)


def _rank(it: Lead) -> tuple[float, str, str]:
    return it.bits, it.mention, it.of


def _relation(kind: RelationKind, incident: str, of: str, it: Lead) -> Relation:
    return Relation(kind, incident, of, it.mention, it.of, round(1 / (1 + 2**-it.bits), 4), it.why)


def _judged(found: Iterable[Relation], home: Mapping[str, str], decided: Decided) -> Iterator[Relation]:
    """Yield what people say, and of the machine's relations those on which nobody says anything."""
    said: dict[tuple[str, str], Relation | None] = {}
    for verdict, mention, of in sorted(decided.related):
        a, b = home[mention], home[of]
        if a == b:
            continue
        if verdict in _SAID:
            said[a, b] = Relation(_SAID[verdict], a, b, mention, of, 1.0, ("a person says so",), judged=True)
        said.setdefault((a, b), None)
        said.setdefault((b, a), None)
    yield from (relation for relation in said.values() if relation)
    yield from (relation for relation in found if (relation.incident, relation.of) not in said)

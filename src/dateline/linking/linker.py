"""The verb of this package: `link`.

It compares pairs that share a block (`block`), with a reason in words for each (`compare`, `conflict`), joins them
without chaining (`cluster`), and computes what happened (`incidents`). It is a function of its input alone: no order,
clock or randomness changes the outcome, and a judgement that is taken back leaves no trace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dateline.linking.block import is_real, traits_of
from dateline.linking.columns import numbers
from dateline.linking.growth import Task, relink
from dateline.linking.profile import profiles_of
from dateline.linking.relations import lead, promising, relations_of, ties_since
from dateline.model.decided import decide
from dateline.model.incident import Link
from dateline.model.memory import Memory
from dateline.model.tables import from_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.linking.gist import Gist
    from dateline.linking.independence import Origins
    from dateline.linking.weights import Weights
    from dateline.model.decided import Conflict
    from dateline.model.event import Mention
    from dateline.model.incident import Incident
    from dateline.model.judgement import Judgement, Word
    from dateline.model.relation import Relation


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found.

    Attributes:
        links: the machine's word on pairs: those more likely one than two, and all compared pairs of one incident;
            sorted by mention ids.
        incidents: what happened, sorted by id. Every mention is in exactly one incident, but for hypothetical and
            generic ones, which tell of nothing that took place and are in none.
        relations: how incidents are related without being one: parts, follow-ups.
        conflicts: what people disagree on.
        unused: judgements on mentions that are not there (any more).
    """

    links: tuple[Link, ...]
    incidents: tuple[Incident, ...]
    relations: tuple[Relation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unused: tuple[Judgement, ...] = ()


def link(
    mentions: Sequence[Mention],
    origins: Origins,
    words: Iterable[Word] = (),
    gists: Mapping[str, Gist] | None = None,
    weights: Weights | None = None,
) -> Linked:
    """Link mentions to incidents.

    Args:
        mentions: of any number of reports and coders; the order changes nothing.
        origins: where the reports come from: publishers, owners, copies.
        words: people's judgements and withdrawals, which count more than the machine's links (`model.decided`).
        gists: what stands around each mention, by its id, where the texts are at hand.
        weights: between reports; those that ship by default.
    """
    profiles = profiles_of({mention.id: mention for mention in mentions if is_real(mention.status)}.values(), gists)
    decided = decide(words, [profile.mention for profile in profiles])
    nowhere = np.empty(0, np.int64)
    task = Task(
        traits_of(profiles),
        np.ones(len(profiles), np.bool_),
        decided,
        nowhere,
        nowhere,
        lambda places, _: {place: profiles[place] for place in places.tolist()},
        lambda _: origins,
        weights,
    )
    found = relink(task, Memory())
    links = sorted((it for some in found.links for it in from_table(Link, some)), key=lambda it: (it.left, it.right))
    incidents = sorted((it for some in found.incidents for it in some), key=lambda it: it.id)
    ties = ties_since(task.traits, task.is_current, Memory())
    leads = lead(ties, numbers(found.clustered, "crowd"), task.fetch)
    home = {mention: incident.id for incident in incidents for mention in incident.mentions}
    relations = relations_of(promising(leads, task.traits), home, decided)
    return Linked(tuple(links), tuple(incidents), relations, decided.conflicts, decided.unused)

"""How published incidents are related, as rows of their own: `Related`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model.text import digest
from dateline.publishing.redact import masked_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dateline.model.relation import Relation
    from dateline.publishing.redact import Plan

_AROUND = re.compile(r"^beside both: .*")
"""The beginnings of names, by which no mask knows them."""


@dataclass(frozen=True, slots=True)
class Related:
    """That an incident is a part, or a consequence, of another one of this dataset. The two stay two.

    Attributes:
        id: hash of kind and incidents
        kind: part_of or follow_up
        incident: id of the part, or of what followed
        of: id of the whole, or of what it followed
        mention, of_mention: ids of the mentions of both that speak most for it
        score: from 0 to 1, how likely by the reasons; 1 where a person says so
        judged: whether a person says so
        why: the reasons, with ; between; words of reports in them are masked as quotes are
    """

    id: str
    kind: str
    incident: str
    of: str
    mention: str
    of_mention: str
    score: float
    judged: bool
    why: str


def related(relations: Iterable[Relation], incidents: Collection[str], masking: Plan) -> tuple[Related, ...]:
    """Return the relations of which both sides are published, sorted by kind and incidents."""
    kept = (it for it in relations if it.incident in incidents and it.of in incidents)
    return tuple(_row(it, masking) for it in sorted(kept, key=lambda it: (it.kind, it.incident, it.of)))


def _row(it: Relation, masking: Plan) -> Related:
    why = "; ".join(masked_line(_AROUND.sub("names beside both", clause), masking) for clause in it.why)
    identity = digest([it.kind.value, it.incident, it.of])
    return Related(identity, it.kind.value, it.incident, it.of, it.mention, it.of_mention, it.score, it.judged, why)

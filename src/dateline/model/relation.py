"""How two incidents are related without being one: `Relation` (`docs/relations.md`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RelationKind(StrEnum):
    """`part_of`: a local event of a wave, arrests at a demonstration. `follow_up`: a trial of those arrested."""

    PART_OF = "part_of"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Relation:
    """That an incident is a part, or a consequence, of another. The two stay two.

    Attributes:
        incident: id of the part, or of what followed.
        of: id of the whole, or of what it followed.
        mention, of_mention: the mentions of both that speak most for it.
        score: 0 to 1; 1 where a person says so.
        why: one clause a reason, in words that a person can check.
        judged: whether a person says so.
    """

    kind: RelationKind
    incident: str
    of: str
    mention: str
    of_mention: str
    score: float
    why: tuple[str, ...] = ()
    judged: bool = False

"""Are these the same people? What two mentions of different events say of the people in them: `same_people`.

A reason is a pair of bits, weighed by judgement and not learned, and words that a person can check.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from dateline.linking.gist import DATES
from dateline.linking.spelling import fold
from dateline.model.ground import ActorKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.linking.figures import Claim
    from dateline.linking.profile import Profile
    from dateline.model.ground import Actor

Reason = tuple[float, str]
"""Bits for the relation, and why."""

SAME_ENTITY, SAME_PERSON, SAME_NAME, SAME_HEAD, SAME_SECTOR = 6.0, 10.0, 5.0, 3.0, 1.0
"""A person is arrested and sentenced seldom; members of an organisation often."""

OTHER_NAME, OTHER_HEAD, OTHER_SECTOR = -6.0, -3.0, -1.5
NAMES_AROUND, MOST_AROUND = 2.5, 6.0
SAME_NUMBER, PART_OF_NUMBER, TOO_MANY = 3.0, 0.5, -4.0

VAGUE = frozenset("person people man woman other member suspect individual detainee prisoner victim".split())
"""Heads that anybody may be called by."""

COUNTED = ("released", "sentenced", "arrested", "abducted", "missing", "killed", "people")
"""What numbers of people are given as, the most telling first."""


def people_of(profile: Profile, *roles: Role) -> list[Actor]:
    """Return the actors of a mention in these roles."""
    return [actor for actor in profile.mention.actors if actor.role in roles]


def same_people(ours: Sequence[Actor], theirs: Sequence[Actor]) -> Reason | None:
    """Return what speaks most for it, or else against it, that some of them are the same; None if nothing does."""
    found = [reason for a, b in product(ours, theirs) for reason in _likenesses(a, b)]
    return max(found, default=None)


def _likenesses(left: Actor, right: Actor) -> Iterator[Reason]:
    words = right.evidence.quote
    if left.entity and left.entity == right.entity:
        yield SAME_ENTITY, f"the same people in the report: “{words}”"
    elif left.name and right.name:
        yield _names(left, right)
    elif left.head and right.head and not VAGUE & {left.head, right.head}:
        same = left.head == right.head
        yield (SAME_HEAD, f"both {left.head}") if same else (OTHER_HEAD, f"{left.head} is not {right.head}")
    elif left.sector and right.sector and "UNK" not in {left.sector, right.sector}:
        same = left.sector == right.sector
        yield (SAME_SECTOR, f"both {left.sector}") if same else (OTHER_SECTOR, f"{left.sector} is not {right.sector}")


def _names(left: Actor, right: Actor) -> Reason:
    if fold(left.name or "") != fold(right.name or ""):
        return OTHER_NAME, f"{left.name} is not {right.name}"
    return SAME_PERSON if ActorKind.INDIVIDUAL in (left.kind, right.kind) else SAME_NAME, f"both {left.name}"


def names_around(left: Profile, right: Profile) -> Reason | None:
    """Return which names stand beside both, but for those of their places and times."""
    placed = {stem for it in (left, right) for stem in _place_stems(it)}
    shared = sorted(
        name for name in left.gist.near & right.gist.near if not name[0].isdigit() and name not in DATES | placed
    )
    if not shared:
        return None
    return min(MOST_AROUND, NAMES_AROUND * len(shared)), f"beside both: {', '.join(shared[:3])}"


def _place_stems(profile: Profile) -> Iterable[str]:
    place = profile.mention.place
    names = () if place is None else (place.name, place.admin1, place.admin2, place.evidence.quote)
    return {word[:6] for name in names if name for word in fold(name).split()}


def numbers_of(left: Profile, right: Profile) -> Reason | None:
    """Compare how many people there are here with how many there were before: some of them, all, or too many."""
    ours, theirs = _people_counted(left), _people_counted(right)
    if ours is None or theirs is None or ours.low is None or theirs.high is None:
        return None
    if ours.low > theirs.high:
        return TOO_MANY, f"{ours} are more than the {theirs} before"
    if ours.is_exact and ours == theirs and ours.low > 1:
        return SAME_NUMBER, f"{ours}, as before"
    return PART_OF_NUMBER, f"{ours} of {theirs}"


def _people_counted(profile: Profile) -> Claim | None:
    return next((profile.claims[counts] for counts in COUNTED if counts in profile.claims), None)

"""Is this a part of that? A wave and its local events, a demonstration and the arrests at it.

Bits are set by reason and stand beside each feature: no corpus that we may learn from marks parts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dateline.linking.conflict import COORDINATION, gap_between, is_within
from dateline.linking.forms import WAVE, are_kin
from dateline.linking.kindred import Reason, names_around, people_of, same_people
from dateline.linking.places import FINENESS, name_of, proximity_of
from dateline.linking.places import Relation as Ground
from dateline.model.ground import Precision, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.linking.profile import Profile

PRIOR_WAVE, PRIOR_SCENE = -4.0, -5.0
"""Of local events in the time and land of a wave one in 16 is of it; one act of force in 32 is at a given rally."""

LONGEST_WAVE = 400
"""A wave of more days than that says too little of when."""

SPREAD = ("cities", "provinces", "places", "countries", "acts")
FORCE = frozenset("arrest raid dispersal crowd_control beating shooting clash scuffle killing".split())
CROWD = frozenset("protester protestor demonstrator marcher rioter striker activist participant picketer".split())
"""What people at a protest are called by those who tell of force against them."""

FORCES = ("COP", "MIL", "PRM")
"""Sectors of those who stand against a crowd: an actor of them is not the crowd."""

_CITY = FINENESS[Precision.CITY]


def is_wave(profile: Profile) -> bool:
    """Say whether a mention tells of many events at once."""
    return profile.mention.form == WAVE or any(_spread(profile, counts) > 1 for counts in SPREAD)


def _spread(profile: Profile, counts: str) -> int:
    claim = profile.claims.get(counts)
    return (claim.low or 0) if claim else 0


def part_of_wave(part: Profile, whole: Profile) -> tuple[float, tuple[str, ...]] | None:
    """Return bits for one being a local event of the other, and why; None where it cannot be. Above 0 it is likely."""
    if part.mention.type != whole.mention.type or is_wave(part) or not is_wave(whole) or not _happened(part, whole):
        return None
    if _is_outside(part, whole) or not _lies_in(part, whole):
        return None
    found = [reason for feature in WAVE_FEATURES if (reason := feature(part, whole))]
    return PRIOR_WAVE + sum(bits for bits, _ in found), ("local event of a wave", *(why for _, why in found))


def _happened(*profiles: Profile) -> bool:
    return all(profile.mention.status.happened for profile in profiles)


def _is_outside(part: Profile, whole: Profile) -> bool:
    """Say whether one is known to lie outside the days of the other, by more than a night."""
    a, b = part.days, whole.days
    return a is not None and b is not None and (a.first < b.first - 1 or a.last > b.last + 1)


def _lies_in(part: Profile, whole: Profile) -> bool:
    fine, coarse = part.mention.place, whole.mention.place
    if fine is None or coarse is None or not FINENESS[fine.precision] <= _CITY < FINENESS[coarse.precision]:
        return False
    near = proximity_of(fine, coarse)
    return near is not None and near.relation in (Ground.WITHIN, Ground.SAME)


def in_its_time(part: Profile, whole: Profile) -> Reason | None:
    """The shorter the wave, the more it says that both are of its days."""
    if part.days is None or whole.days is None or whole.days.count > LONGEST_WAVE:
        return None
    count = max(whole.days.count, part.days.count)
    return 6.0 * max(0.0, 1 - math.log(count) / math.log(365)), f"in its {count} day{'s' * (count != 1)}"


def in_its_land(part: Profile, whole: Profile) -> Reason | None:
    """The smaller the land, the more it says."""
    near = proximity_of(part.mention.place, whole.mention.place)
    bits = {Precision.COUNTY: 2.5, Precision.PROVINCE: 2.0, Precision.REGION: 1.0, Precision.COUNTRY: 0.5}
    names = f"{name_of(part.mention.place)} in {name_of(whole.mention.place)}"
    return (bits.get(near.precision, 0.0), names) if near else None


def how_wide(_: Profile, whole: Profile) -> Reason | None:
    """The more cities, the likelier that this is one of them."""
    widths = [(n, counts) for counts in SPREAD if (n := _spread(whole, counts)) > 1]
    if not widths:
        return None
    number, counts = max(widths)
    return max(-2.0, min(2.0, (math.log2(number) - 4) / 2)), f"{number} {counts}"


def told_with_it(part: Profile, whole: Profile) -> Reason | None:
    """One report that tells of both most often tells of one thing."""
    return (2.5, "told in one report") if is_within(part, whole) else None


def by_the_same(part: Profile, whole: Profile) -> Reason | None:
    """Those who protest are the same by name, or by what they are called."""
    return same_people(people_of(part, Role.ACTOR), people_of(whole, Role.ACTOR))


def in_the_same_way(part: Profile, whole: Profile) -> Reason | None:
    """What a wave is called by its form, if that is more than "wave", its parts are."""
    a, b = part.mention.form, whole.mention.form
    if a is None or b is None or b == WAVE:
        return None
    return (1.0, f"both {a}") if a == b else None if are_kin(a, b) else (-3.0, f"{a} is not {b}")


def named_beside(part: Profile, whole: Profile) -> Reason | None:
    """Names stand beside both; in one report they prove little."""
    return None if is_within(part, whole) else names_around(part, whole)


WAVE_FEATURES: tuple[Callable[[Profile, Profile], Reason | None], ...] = (
    in_its_time, in_its_land, how_wide, told_with_it, by_the_same, in_the_same_way, named_beside,
)  # fmt: skip


# --- a demonstration and what was done to those at it ----------------------------------------------------------------


def part_of_scene(part: Profile, whole: Profile) -> tuple[float, tuple[str, ...]] | None:
    """Return bits for an act of force being a part of a protest, and why; None where it cannot be."""
    if not is_force(part) or not is_scene(whole) or not _happened(part, whole) or _is_other_scene(part, whole):
        return None
    found = [reason for feature in SCENE_FEATURES if (reason := feature(part, whole))]
    return PRIOR_SCENE + sum(bits for bits, _ in found), (
        f"{part.mention.form} at a protest",
        *(why for _, why in found),
    )


def is_force(profile: Profile) -> bool:
    """Say whether a mention tells of an act of force or of arrests."""
    return profile.mention.type in ("COERCE", "ASSAULT") and profile.mention.form in FORCE


def is_scene(profile: Profile) -> bool:
    """Say whether a mention tells of one protest."""
    return profile.mention.type == "PROTEST" and not is_wave(profile)


def _is_other_scene(part: Profile, whole: Profile) -> bool:
    """Say whether day or town exclude that it was there."""
    near = proximity_of(part.mention.place, whole.mention.place)
    gap = part.days.gap(whole.days) if part.days and whole.days else 0
    return gap > 0 or (near is not None and near.relation in (Ground.APART, Ground.DOUBTFUL))


def that_day(part: Profile, whole: Profile) -> Reason | None:
    """The same day, or days."""
    if part.days is None or whole.days is None:
        return None
    count = max(part.days.count, whole.days.count)
    return (2.5, "same day") if count <= 2 else (0.5, f"within {count} days")  # a night is two days


def that_town(part: Profile, whole: Profile) -> Reason | None:
    """The same town, or a spot in it."""
    near = proximity_of(part.mention.place, whole.mention.place)
    if near is None or near.relation is Ground.NEAR:
        return None
    exact = near.precision in (Precision.SITE, Precision.DISTRICT, Precision.CITY)
    return (2.0 if exact else 0.0), f"{name_of(part.mention.place)}: {near.relation.value} {near.precision.value}"


def told_there(part: Profile, whole: Profile) -> Reason | None:
    """One sentence tells both, or one report."""
    if not is_within(part, whole):
        return None
    close = gap_between(part.mention, whole.mention) <= COORDINATION
    return (3.0, "told in one sentence") if close else (1.0, "told in one report")


def done_to_the_crowd(part: Profile, whole: Profile) -> Reason | None:
    """Done to those who protested: by name or by what they are called; or to people called protesters."""
    crowd = [actor for actor in people_of(whole, Role.ACTOR) if actor.sector not in FORCES]
    found = same_people(people_of(part, Role.RECIPIENT), crowd)
    heads = {actor.head for actor in people_of(part, Role.RECIPIENT)} & CROWD
    called = (3.0, f"done to a {min(heads)}") if heads else None  # type: ignore[type-var]
    return max((it for it in (found, called) if it), default=None)


SCENE_FEATURES: tuple[Callable[[Profile, Profile], Reason | None], ...] = (
    that_day, that_town, told_there, done_to_the_crowd,
)  # fmt: skip

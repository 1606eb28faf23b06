"""Which pairs of mentions may be part and whole, or consequence and cause: those that share a tie. About n log n.

A tie is what such two are likely to share: the land and type of a wave, the report, the town, a name. It has two sides,
and only the two sides of one tie meet; of many on the other side, the nearest in time. Which ties a mention has depends
on that mention alone, so it is worked out once (`block.trait_of`).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from dateline.linking.columns import gathered, lists, numbers, short
from dateline.linking.followups import can_be_followed, can_follow
from dateline.linking.spelling import fold, hash_of
from dateline.linking.wholes import is_force, is_scene, is_wave

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from dateline.linking.columns import Marks, Numbers
    from dateline.linking.profile import Profile

BEFORE, AFTER = 64, 16
"""A mention meets at most so many on the other side of a tie, of those that begin no later and of those that do."""


class Scheme(IntEnum):
    """What two mentions may be to each other: local event and wave, force and protest, consequence and cause."""

    WAVE = 0
    SCENE = 1
    SEQUEL = 2


def ties_of(profile: Profile) -> list[int]:
    """Return the ties of a mention as numbers: the two lowest bits are the scheme, the third the side, 1 for wholes."""
    return sorted({_number(scheme, is_whole, key) for scheme, is_whole, key in _ties(profile)})


def _number(scheme: Scheme, is_whole: bool, key: tuple[str, ...]) -> int:
    return (hash_of(scheme.name, *key) & ~7) | (is_whole << 2) | scheme


def _ties(profile: Profile) -> Iterator[tuple[Scheme, bool, tuple[str, ...]]]:
    wave = is_wave(profile)
    yield from ((Scheme.WAVE, wave, key) for key in _land_keys(profile))
    people = _people_keys(profile)
    for scheme, is_whole, holds in (
        (Scheme.SCENE, False, is_force(profile)),
        (Scheme.SCENE, True, is_scene(profile)),
        (Scheme.SEQUEL, False, can_follow(profile)),
        (Scheme.SEQUEL, True, can_be_followed(profile)),
    ):
        yield from ((scheme, is_whole, key) for key in people if holds)


def _land_keys(profile: Profile) -> set[tuple[str, ...]]:
    """Return what a wave shares with its local events: type and country, and the report."""
    place = profile.mention.place
    country = (place.country if place else None) or ""
    return {("land", profile.mention.type, country), ("report", profile.mention.report)}


def _people_keys(profile: Profile) -> set[tuple[str, ...]]:
    """Return what events share that befell the same people: report, town, and names."""
    mention, place = profile.mention, profile.mention.place
    keys: set[tuple[str, ...]] = {("report", mention.report)} | {("name", name) for _, name in profile.names}
    keys |= {("told", name) for name in profile.gist.near if not name[0].isdigit()}
    return keys | {("town", fold(place.admin2 or place.name))} if place and place.name else keys


def tied(traits: pa.Table, chosen: Marks) -> dict[Scheme, Numbers]:
    """Return by scheme the pairs that share a tie, each once, sorted: place of the part << 32 | place of the whole.

    Args:
        traits: of schema `TRAITS`.
        chosen: which rows count.
    """
    order = np.lexsort([short(traits["mention"]), numbers(traits, "day")])
    ties, owners = gathered(*lists(traits, "ties"), order[chosen[order]])
    days = numbers(traits, "day")[owners]
    return {scheme: _meetings(ties, owners, days, scheme) for scheme in Scheme}


def _meetings(ties: Numbers, owners: Numbers, days: Numbers, scheme: Scheme) -> Numbers:
    """Return the pairs of one scheme; ties come in the order of days and ids."""
    of_scheme = ties & 3 == scheme
    is_whole = of_scheme & (ties & 4 == 4)  # the third bit
    is_part = of_scheme & ~is_whole
    names, keys = np.unique(ties >> 3, return_inverse=True)
    del names
    at = (keys.astype(np.int64) << 32) | days
    by_key = np.argsort(at[is_whole], kind="stable")
    wholes, there = owners[is_whole][by_key], at[is_whole][by_key]
    begins = np.searchsorted(there, at[is_part] >> 32 << 32)
    ends = np.searchsorted(there, ((at[is_part] >> 32) + 1) << 32)
    now = np.searchsorted(there, at[is_part], side="right")
    first, last = np.maximum(begins, now - BEFORE), np.minimum(ends, now + AFTER)
    sizes = last - first
    places = np.repeat(first, sizes) + np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    parts, found = np.repeat(owners[is_part], sizes), wholes[places]
    return np.unique(((parts << 32) | found)[parts != found])

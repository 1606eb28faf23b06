"""Which pairs of mentions may be part and whole, or consequence and cause: those that share a tie. About n log n.

A tie is what such two are likely to share: the land and type of a wave; the report, the town or a name, and what can
follow what in kind, or a day. It has two sides, and only the two sides of one tie meet; of many on the other side, the
nearest in time. Which ties a mention has depends on that mention alone, so it is worked out once (`block.trait_of`).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from dateline.linking.columns import are_among, distinct, marked, numbers, postings, ranks
from dateline.linking.followups import sequels_of, sequels_to
from dateline.linking.profile import NARROW_DAYS
from dateline.linking.spelling import fold, part_of
from dateline.linking.wholes import is_force, is_scene, is_wave

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.linking.columns import Marks, Numbers
    from dateline.linking.profile import Profile

BEFORE, AFTER = 64, 16
"""A mention meets at most so many on the other side of a tie, of those that begin no later and of those that do."""

_PARTS_AT_ONCE = 200_000

_WHOLE = 4
"""The bit of a tie that tells its sides apart."""


class Scheme(IntEnum):
    """What two mentions may be to each other: local event and wave, force and protest, consequence and cause."""

    WAVE = 0
    SCENE = 1
    SEQUEL = 2


def ties_of(profile: Profile) -> list[int]:
    """Return the ties of a mention as numbers: the two lowest bits are the scheme, the third the side, 1 for wholes."""
    return sorted(set(_ties(profile)))


def _ties(profile: Profile) -> Iterator[int]:
    wave = is_wave(profile)
    yield from _numbers(Scheme.WAVE, wave, [()], _hashes(_land_keys(profile)))
    people = _hashes(_people_keys(profile))
    if is_force(profile):
        yield from _numbers(Scheme.SCENE, False, _times(profile, is_whole=False), people)
    if is_scene(profile):
        yield from _numbers(Scheme.SCENE, True, _times(profile, is_whole=True), people)
    yield from _numbers(Scheme.SEQUEL, False, [(it.name,) for it in sequels_of(profile)], people)
    yield from _numbers(Scheme.SEQUEL, True, [(it.name,) for it in sequels_to(profile)], people)


def _hashes(keys: Iterable[tuple[str, ...]]) -> list[int]:
    return [part_of(*key) for key in keys]


def _numbers(scheme: Scheme, is_whole: bool, whats: Iterable[tuple[object, ...]], keys: list[int]) -> Iterator[int]:
    """Yield a number for each two of what and a key."""
    for what in whats:
        mark = part_of(scheme.name, *what)
        yield from (((key ^ mark) & ~7) | (is_whole << 2) | scheme for key in keys)


def _times(profile: Profile, *, is_whole: bool) -> Iterator[tuple[object, ...]]:
    """Yield by what the times of force and protest meet: a day of both or, where one of them has none, any time."""
    days = profile.days
    if days is None or days.count > NARROW_DAYS:
        yield ("whenever the part was",)
        yield from [("whenever the whole was",)] if is_whole else []
    else:
        yield from (("day", day) for day in range(days.first, days.last + 1))
        yield ("whenever the part was",) if is_whole else ("whenever the whole was",)


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


def tied(traits: pa.Table, chosen: Marks, some: Numbers | None = None) -> dict[Scheme, Numbers]:
    """Return by scheme the pairs that share a tie, each once, sorted: place of the part << 32 | place of the whole.

    Args:
        traits: of schema `TRAITS`.
        chosen: which rows count.
        some: the ties that count, whatever their side; all of them by default.
    """
    sides = None if some is None else np.concatenate([some & ~_WHOLE, some | _WHOLE])
    ties, owners = postings(traits, "ties", chosen, sides)
    order = np.argsort(ranks(traits, np.flatnonzero(marked(owners, len(traits))), ("day",))[owners], kind="stable")
    ties, owners = ties[order], owners[order]
    days = numbers(traits, "day")[owners]
    return {
        scheme: _meetings(ties[some], owners[some], days[some])
        for scheme in Scheme
        for some in [np.flatnonzero(ties & 3 == scheme)]
    }


def tied_since(traits: pa.Table, chosen: Marks, were_chosen: Marks) -> dict[Scheme, tuple[Numbers, Numbers]]:
    """Return by scheme the pairs that may share a tie only now, and those that did and do not any more; each sorted.

    A tie without a mention that is new or gone ties the same pairs as before. Through another, fewer old mentions may
    meet: whether they do through a third is looked up in the ties that they share.

    Args:
        traits: of schema `TRAITS`.
        chosen: which rows count.
        were_chosen: which rows counted.
    """
    nothing = np.empty(0, np.int64)
    if not were_chosen.any():
        return {scheme: (pairs, nothing) for scheme, pairs in tied(traits, chosen).items()}
    touched = distinct(postings(traits, "ties", chosen != were_chosen)[0] & ~_WHOLE)
    now, before = (tied(traits, some, touched) for some in (chosen, were_chosen))
    parted = {it: before[it][~are_among(before[it], now[it])] for it in Scheme}
    parts = marked(np.concatenate([it >> 32 for it in parted.values()]), len(traits))
    still = tied(traits, chosen, distinct(postings(traits, "ties", parts)[0] & ~_WHOLE))
    return {
        it: (now[it][~are_among(now[it], before[it])], parted[it][~are_among(parted[it], still[it])]) for it in Scheme
    }


def _meetings(ties: Numbers, owners: Numbers, days: Numbers) -> Numbers:
    """Return the pairs of one scheme; ties come in the order of days and ids."""
    keys = pa.array(ties >> 3).dictionary_encode().indices.to_numpy().astype(np.int64)
    is_whole = ties & _WHOLE == _WHOLE
    at = (keys << 32) | days
    by_key = np.argsort(at[is_whole], kind="stable")
    wholes, there = owners[is_whole][by_key], at[is_whole][by_key]
    parts, here = owners[~is_whole], at[~is_whole]
    found = [
        _met(parts[start : start + _PARTS_AT_ONCE], here[start : start + _PARTS_AT_ONCE], wholes, there)
        for start in range(0, len(parts), _PARTS_AT_ONCE)
    ]
    return distinct(np.concatenate([np.empty(0, np.int64), *found]))


def _met(parts: Numbers, here: Numbers, wholes: Numbers, there: Numbers) -> Numbers:
    """Return the pairs of some parts, given tie and day of each, with the wholes that are nearest in time."""
    begins, ends = np.searchsorted(there, here >> 32 << 32), np.searchsorted(there, (here >> 32) + 1 << 32)
    now = np.searchsorted(there, here, side="right")
    first, last = np.maximum(begins, now - BEFORE), np.minimum(ends, now + AFTER)
    sizes = last - first
    places = np.repeat(first, sizes) + np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    left, right = np.repeat(parts, sizes), wholes[places]
    return distinct(((left << 32) | right)[left != right])

"""Which pairs of mentions may be part and whole, or consequence and cause: those that share a tie. About n log n.

A tie is what such two are likely to share: the land and type of a wave; the report, the town or a name, and what can
follow what in kind, or a day. It has two sides, and only the two sides of one tie meet; of many on the other side, the
nearest in time. Which ties a mention has depends on that mention alone, so it is worked out once (`block.trait_of`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from dateline.linking.columns import are_among, distinct, marked, numbers, postings, ranks, union
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


def tied(traits: pa.Table, chosen: Marks) -> dict[Scheme, Numbers]:
    """Return by scheme the pairs that share a tie, each once, sorted: place of the part << 32 | place of the whole.

    Args:
        traits: of schema `TRAITS`.
        chosen: which rows count.
    """
    return {it: _met(*sides) for it, sides in _sides(traits, *postings(traits, "ties", chosen)).items()}


def tied_since(traits: pa.Table, chosen: Marks, were_chosen: Marks) -> dict[Scheme, tuple[Numbers, Numbers]]:
    """Return by scheme the pairs that may share a tie only now, and those that did and do not any more; each sorted.

    A part that no new or gone whole comes as near to as those that it meets is tied to the same as before. Of another
    fewer old wholes may be as near: whether it meets them through a third tie is looked up.

    Args:
        traits: of schema `TRAITS`.
        chosen: which rows count.
        were_chosen: which rows counted.
    """
    nothing = np.empty(0, np.int64)
    if not were_chosen.any():
        return {scheme: (pairs, nothing) for scheme, pairs in tied(traits, chosen).items()}
    has_changed = chosen != were_chosen
    touched = _both_sides(postings(traits, "ties", has_changed)[0])
    around = _sides(traits, *postings(traits, "ties", chosen | were_chosen, touched))
    asked = {it: parts.only(_is_near(parts, wholes, has_changed)) for it, (parts, wholes) in around.items()}
    now, before = (
        {it: _met(asked[it].of(some), wholes.of(some)) for it, (_, wholes) in around.items()}
        for some in (chosen, were_chosen)
    )
    parted = {it: before[it][~are_among(before[it], now[it])] for it in Scheme}
    parts = marked(np.concatenate([it >> 32 for it in parted.values()]), len(traits))
    others = _sides(traits, *postings(traits, "ties", chosen, _both_sides(postings(traits, "ties", parts)[0])))
    still = {it: _met(some.of(parts), wholes) for it, (some, wholes) in others.items()}
    return {
        it: (now[it][~are_among(now[it], before[it])], parted[it][~are_among(parted[it], still[it])]) for it in Scheme
    }


@dataclass(frozen=True, slots=True)
class _Side:
    """Mentions on one side of the ties of a scheme, sorted by `at`.

    Attributes:
        at: the number of the tie << 32 | the day of the mention.
        owners: places of the mentions.
    """

    at: Numbers
    owners: Numbers

    def only(self, some: Marks | slice) -> _Side:
        """Return some of them."""
        return _Side(self.at[some], self.owners[some])

    def of(self, mentions: Marks) -> _Side:
        """Return those of some mentions."""
        return self.only(mentions[self.owners])


def _both_sides(ties: Numbers) -> Numbers:
    """Return both sides of some ties, each once."""
    some = distinct(ties & ~_WHOLE)
    return np.concatenate([some, some | _WHOLE])


def _sides(traits: pa.Table, ties: Numbers, owners: Numbers) -> dict[Scheme, tuple[_Side, _Side]]:
    """Return by scheme the parts and the wholes of ties, sorted by tie, day and id."""
    rank = ranks(traits, np.flatnonzero(marked(owners, len(traits))), ("day",))
    keys = pa.array(ties >> 3).dictionary_encode().indices.to_numpy().astype(np.int64)
    order = np.lexsort((rank[owners], keys))
    ties, at, owners = ties[order], (keys << 32 | numbers(traits, "day")[owners])[order], owners[order]
    is_whole, every = ties & _WHOLE == _WHOLE, _Side(at, owners)
    schemes = {it: ties & 3 == it for it in Scheme}
    return {it: (every.only(some & ~is_whole), every.only(some & is_whole)) for it, some in schemes.items()}


def _is_near(parts: _Side, wholes: _Side, marks: Marks) -> Marks:
    """Say of each part whether its mention is marked, or that of a whole as near to it as those that it meets."""
    so_far = np.append(0, np.cumsum(marks[wholes.owners]))
    first, last = _nearest(parts, wholes)
    return marks[parts.owners] | (so_far[last] > so_far[first])


def _met(parts: _Side, wholes: _Side) -> Numbers:
    """Return the pairs of parts with the wholes that are nearest to them in time, each once, sorted."""
    found = [np.empty(0, np.int64)]
    for start in range(0, len(parts.at), _PARTS_AT_ONCE):
        some = parts.only(slice(start, start + _PARTS_AT_ONCE))
        first, last = _nearest(some, wholes)
        sizes = last - first
        places = np.repeat(first, sizes) + np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        left, right = np.repeat(some.owners, sizes), wholes.owners[places]
        found.append(distinct(((left << 32) | right)[left != right]))
    return union(found)


def _nearest(parts: _Side, wholes: _Side) -> tuple[Numbers, Numbers]:
    """Return for each part the numbers of the first whole that it meets, and of that behind the last."""
    tie = parts.at >> 32
    begins, ends = np.searchsorted(wholes.at, tie << 32), np.searchsorted(wholes.at, (tie + 1) << 32)
    now = np.searchsorted(wholes.at, parts.at, side="right")
    return np.maximum(begins, now - BEFORE), np.minimum(ends, now + AFTER)

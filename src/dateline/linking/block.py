"""Which pairs of mentions are worth comparing: those that share a block. About n log n for n mentions.

A block is what two mentions of one incident are likely to share: the report, or type and day with a country, with an
actor or with a name beside it, or, where one of them has no exact day, type and month, place, actor, or the word for it
beside a name; or the words on either side, where one report copied another. A block that is too large is sorted, and
each mention in it meets only its nearest neighbours. Which blocks a mention is in depends on that mention alone, so it
is worked out once: `trait_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa

from dateline.linking.columns import are_among, common, distinct, joined, marked, postings, ranks, split, union
from dateline.linking.places import is_inferred, written
from dateline.linking.profile import NARROW_DAYS, OPEN_START, event_of, slot_of
from dateline.linking.spelling import fold, hash_of, part_of
from dateline.linking.ties import ties_of
from dateline.model.event import Status
from dateline.model.memory import TRAITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.linking.columns import Marks, Numbers
    from dateline.linking.profile import Days, Profile

Key = tuple[str, ...]

NEIGHBOURS = 64
"""In a block, a mention meets at most this many that follow it when sorted by place, day and form."""

MOST_MONTHS = 13
"""A time of more months than this does not say when: the mention is blocked as one with no day."""

_STAYS_AT_ONCE = 4_096
"""Stays of mentions in blocks whose neighbours are found at once: so few that a processor keeps them at hand."""

_AT_ONCE = 40_000_000
"""Pairs that are held, 8 bytes each, before those that were found twice are dropped; then twice what was left, so that
it is not done again at every step."""


def candidates(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs to compare, each once, the lower mention id on the left, sorted."""
    ordered = sorted(profiles, key=lambda profile: profile.mention.id)
    for left, right in zip(*split(pairs_of(traits_of(ordered))), strict=True):
        yield ordered[left], ordered[right]


def keys_of(profile: Profile) -> set[Key]:
    """Return the blocks that a mention belongs to. The first part of a key is `loose` or `exact`."""
    kind, country = profile.mention.type, _country(profile)
    names = sorted({name for _role, name in profile.names})
    keys: set[Key] = {("exact", kind, "report", profile.mention.report)}
    keys |= {("exact", kind, "words", str(side)) for side in profile.gist.sides if side}
    for day in _days(profile.days):
        keys |= {("exact", kind, "day", day, "in", country)}
        keys |= {("exact", kind, "day", day, "by", name) for name in names}
        keys |= {("exact", kind, "day", day, "near", name) for name in profile.gist.near}
    keys |= {("loose", kind, "month", month, country) for month in _months(profile.days)}
    keys |= {("loose", kind, "actor", name, country) for name in names}
    keys |= {("loose", kind, "told", stem, name) for stem in profile.stems for name in profile.gist.near}
    place = profile.mention.place
    return keys | {("loose", kind, "place", fold(place.name or place.evidence.quote))} if place else keys


def has_exact_day(profile: Profile) -> bool:
    """Say whether a mention has a day, or a few."""
    return profile.days is not None and profile.days.count <= NARROW_DAYS


def is_real(status: Status) -> bool:
    """Say whether a status is that of something which took place, or will; nothing else can be an incident."""
    return status not in (Status.HYPOTHETICAL, Status.GENERIC)


def traits_of(profiles: Iterable[Profile]) -> pa.Table:
    """Return a table of schema `TRAITS`, one row a profile."""
    return pa.Table.from_pylist([trait_of(profile) for profile in profiles], schema=TRAITS)


def trait_of(profile: Profile, version: str = "") -> dict[str, Any]:
    """Return a row of schema `TRAITS`. It says nothing of other mentions."""
    mention, place = profile.mention, profile.mention.place
    names = ("", "") if place is None else (fold(place.admin2 or place.admin1 or ""), fold(place.name or ""))
    first = profile.days.first if profile.days and profile.days.first > OPEN_START else profile.gist.told
    told = None if is_inferred(mention.when) else profile.days
    return {
        "mention": mention.id,
        "version": version,
        "report": mention.report,
        "is_real": is_real(mention.status),
        "is_exact": has_exact_day(profile),
        "place": (hash_of(names[0]) >> 31 << 31) + (hash_of(names[1]) >> 32) if any(names) else 0,
        "land": hash_of(place.country) if place and place.country else 0,
        "day": first or 0,
        "first": told.first if told else 0,
        "last": told.last if told else 0,
        "where": "" if is_inferred(place) else written(place),
        "form": hash_of(mention.form) if mention.form else 0,
        "keys": sorted(_number(key) for key in keys_of(profile)),
        "slot": slot_of(mention),
        "event": event_of(mention),
        "near": sorted(profile.gist.near),
        "sides": list(profile.gist.sides),
        "ties": ties_of(profile),
    }


def pairs_of(traits: pa.Table, chosen: Marks | None = None) -> Numbers:
    """Return the pairs of places that share a block, each once, sorted; two places in one number (`columns.split`).

    Args:
        traits: of schema `TRAITS`.
        chosen: which rows count; all of them by default.
    """
    chosen = np.ones(len(traits), np.bool_) if chosen is None else chosen
    stays = _stays(traits, *postings(traits, "keys", chosen), _rank(traits, chosen))
    return _met(stays, np.ones(len(stays.keys), np.bool_))


def pairs_since(traits: pa.Table, chosen: Marks, were_chosen: Marks) -> tuple[Numbers, Numbers]:
    """Return the pairs that may share a block only now, and those that did and do not any more; each sorted.

    A stay that no new or gone mention comes behind, as near as a neighbour, meets the same as before. Behind another a
    new mention comes between old ones: which of them meet no more is looked up in the blocks that they share.

    Args:
        traits: of schema `TRAITS`.
        chosen: which rows count.
        were_chosen: which rows counted.
    """
    if not were_chosen.any():
        return pairs_of(traits, chosen), np.empty(0, np.int64)
    either, has_changed = chosen | were_chosen, chosen != were_chosen
    rank, touched = _rank(traits, either), distinct(postings(traits, "keys", has_changed)[0])
    stays = _stays(traits, *postings(traits, "keys", either, touched), rank)
    is_other = _is_before(has_changed[stays.owners], stays.keys)
    now, before = (_met(stays.only(it), is_other[it]) for it in (chosen[stays.owners], were_chosen[stays.owners]))
    parted = before[~are_among(before, now)]
    shared = _stays(traits, *postings(traits, "keys", chosen, common(traits, "keys", parted)), rank)
    still = _met(shared, marked(np.concatenate(split(parted)), len(traits))[shared.owners])
    return now[~are_among(now, before)], parted[~are_among(parted, still)]


@dataclass(frozen=True, slots=True)
class _Stays:
    """Stays of mentions in blocks, sorted by block and then by nearness.

    Attributes:
        keys: the blocks.
        owners: places of the mentions.
        are_barred: from others like it.
    """

    keys: Numbers
    owners: Numbers
    are_barred: Marks

    def only(self, some: Marks) -> _Stays:
        """Return some of them."""
        return _Stays(self.keys[some], self.owners[some], self.are_barred[some])


def _rank(traits: pa.Table, chosen: Marks) -> Numbers:
    """Return the rank of each of these rows by province and place, day, form and id, whatever the order of rows."""
    return ranks(traits, np.flatnonzero(chosen), ("form", "day", "place"))


def _stays(traits: pa.Table, keys: Numbers, owners: Numbers, rank: Numbers) -> _Stays:
    """Return the stays of these mentions in these blocks, given the rank of each mention."""
    order = np.lexsort((rank[owners], keys))
    keys, owners = keys[order], owners[order]
    return _Stays(keys, owners, (keys & 1 == 1) & traits["is_exact"].to_numpy()[owners])


def _met(stays: _Stays, are_asked: Marks) -> Numbers:
    """Return the pairs of mentions that meet, each once, sorted: those whose first stay is asked for."""
    asked = np.flatnonzero(are_asked)
    behind = _behind(stays.keys)[asked]
    found: list[Numbers] = [np.empty(0, np.int64)]
    held, most = 0, _AT_ONCE
    for start in range(0, len(asked), _STAYS_AT_ONCE):
        some = slice(start, start + _STAYS_AT_ONCE)
        here, there = _neighbours(asked[some], behind[some])
        met = ~(stays.are_barred[here] & stays.are_barred[there])
        found.append(joined(stays.owners[here[met]], stays.owners[there[met]]))
        held += len(found[-1])
        if held > most:
            found = [union(found)]
            held = len(found[0])
            most = max(_AT_ONCE, 2 * held)
    return union(found)


def _neighbours(stays: Numbers, behind: Numbers) -> tuple[Numbers, Numbers]:
    """Return the numbers of stays that meet: of each of some, those that come behind it, given how many."""
    first = np.repeat(np.cumsum(behind) - behind, behind)
    here = np.repeat(stays, behind)
    return here, here + 1 + np.arange(len(here)) - first


def _behind(keys: Numbers) -> Numbers:
    """Return how many stays in the same block come behind each, as far as they are neighbours."""
    ends = np.append(np.flatnonzero(keys[1:] != keys[:-1]) + 1, len(keys))[: len(keys)]
    last = np.repeat(ends, np.diff(ends, prepend=0))
    return np.minimum(last - np.arange(1, len(keys) + 1), NEIGHBOURS)


def _is_before(marks: Marks, keys: Numbers) -> Marks:
    """Say of each stay whether it is marked, or one of its neighbours behind it is."""
    so_far, here = np.append(0, np.cumsum(marks)), np.arange(len(marks))
    return cast("Marks", so_far[here + 1 + _behind(keys)] > so_far[here])


def _number(key: Key) -> int:
    """Return a number for a block; that of a loose one is odd."""
    number = part_of(*key[:2]) ^ part_of(*key[2:4]) ^ (part_of(*key[4:]) if len(key) > 4 else 0)
    return number & ~1 | (key[0] == "loose")


def _country(profile: Profile) -> str:
    place = profile.mention.place
    return (place.country if place else None) or ""


def _days(days: Days | None) -> Iterator[str]:
    """Yield the days of a time, and the day after, so that accounts a day apart meet."""
    if days is not None and days.count <= NARROW_DAYS:
        yield from map(str, range(days.first, days.last + 2))


def _months(days: Days | None) -> Iterator[str]:
    if days is not None and days.count <= MOST_MONTHS * 31:
        first, last = date.fromordinal(days.first), date.fromordinal(days.last)
        yield from map(str, range(first.year * 12 + first.month, last.year * 12 + last.month + 1))

"""Which pairs of mentions are worth comparing: those that share a block. About n log n for n mentions.

A block is what two mentions of one incident are likely to share: the report, or type and day (with a country, with an
actor), or, where one of them has no exact day, type and month, place, actor, or the word for it beside a name. A block
that is too large is sorted, and each mention in it meets only its nearest neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from dateline.linking.profile import NARROW_DAYS
from dateline.linking.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.linking.profile import Days, Profile

Key = tuple[str, ...]

NEIGHBOURS = 64
"""In a block, a mention meets at most this many that follow it when sorted by place, day and form."""

MOST_MONTHS = 13
"""A time of more months than this does not say when: the mention is blocked as one with no day."""


def candidates(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs to compare, each once, the lower mention id on the left, sorted."""
    blocks: dict[Key, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in sorted(keys_of(profile)):
            blocks[key].append(profile)
    index = {profile.mention.id: profile for profile in profiles}
    pairs = {(a.mention.id, b.mention.id) for key, block in blocks.items() for a, b in _pairs(key, block)}
    for left, right in sorted(pairs):
        yield index[left], index[right]


def keys_of(profile: Profile) -> set[Key]:
    """Return the blocks that a mention belongs to. The first part of a key is `loose` or `exact`."""
    kind, country = profile.mention.type, _country(profile)
    names = sorted({name for _role, name in profile.names})
    keys: set[Key] = {("exact", kind, "report", profile.mention.report)}
    for day in _days(profile.days):
        keys |= {("exact", kind, "day", day), ("exact", kind, "day", day, country)}
        keys |= {("exact", kind, "day", day, "by", name) for name in names}
    keys |= {("loose", kind, "month", month, country) for month in _months(profile.days)}
    keys |= {("loose", kind, "actor", name, country) for name in names}
    keys |= {("loose", kind, "told", stem, name) for stem in profile.stems for name in profile.gist.near}
    place = profile.mention.place
    return keys | {("loose", kind, "place", fold(place.name or place.evidence.quote))} if place else keys


def has_exact_day(profile: Profile) -> bool:
    """Say whether a mention has a day, or a few."""
    return profile.days is not None and profile.days.count <= NARROW_DAYS


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


def _pairs(key: Key, block: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs of a block; in a loose one, two mentions that both have an exact day are met elsewhere."""
    ordered = sorted(block, key=_nearness)
    for index, profile in enumerate(ordered):
        for other in ordered[index + 1 : index + 1 + NEIGHBOURS]:
            if key[0] == "exact" or not (has_exact_day(profile) and has_exact_day(other)):
                yield (profile, other) if profile.mention.id < other.mention.id else (other, profile)


def _nearness(profile: Profile) -> tuple[str, str, int, str, str]:
    """Sort so that likely pairs stand side by side, and the same whatever the order of input."""
    mention, place = profile.mention, profile.mention.place
    first = profile.days.first if profile.days else 0
    names = ("", "") if place is None else (fold(place.admin2 or place.admin1 or ""), fold(place.name or ""))
    return (*names, first, mention.form or "", mention.id)

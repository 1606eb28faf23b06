"""What linking needs to know of a mention, worked out once: `Profile`."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.linking.figures import Claim, claims_of
from dateline.linking.gist import NO_GIST, Gist
from dateline.linking.spelling import fold
from dateline.model.ground import Basis, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.model.event import Mention
    from dateline.model.ground import When

OPEN_START, OPEN_END = 1, 3_652_059
"""Ordinals of 0001-01-01 and 9999-12-31: what stands for an open end of an interval."""

NARROW_DAYS = 7
"""A time of at most this many days says when; a wider one says roughly when."""

_STEM_LETTERS = 5
_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY_WORDS = frozenset({"the", "and", "was", "were", "has", "had", "been", "have", "being", "for", "with", "against"})


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days as ordinals, both inclusive."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many days it spans."""
        return self.last - self.first + 1

    def gap(self, other: Days) -> int:
        """Return how many days lie from one to the other; 0 if they overlap."""
        return max(0, max(self.first, other.first) - min(self.last, other.last))


@dataclass(frozen=True, slots=True)
class Profile:
    """A mention with what is compared again and again.

    Attributes:
        days: when, or None if neither end is known.
        stems: the first five letters of the words of the trigger, so that "arrested" meets "arrests".
        names: names of public actors by role, folded.
        claims: what is claimed of each count.
        gist: the names and numbers around it.
        crowd: how many events of this type some report tells apart on the same day in the same place: a lower bound
            of how many incidents there were to choose from.
    """

    mention: Mention
    days: Days | None
    stems: frozenset[str]
    names: frozenset[tuple[Role, str]]
    claims: Mapping[str, Claim]
    gist: Gist = NO_GIST
    crowd: int = 1


def days_of(when: When | None) -> Days | None:
    """Return the days of a time; an end that is open reaches to the end of the calendar."""
    if when is None or when.basis is Basis.UNKNOWN or (when.earliest is None and when.latest is None):
        return None
    first = when.earliest.toordinal() if when.earliest else OPEN_START
    last = when.latest.toordinal() if when.latest else OPEN_END
    return Days(min(first, last), max(first, last))


def profiles_of(mentions: Iterable[Mention], gists: Mapping[str, Gist] | None = None) -> list[Profile]:
    """Return the profiles of mentions, sorted by mention id; `gists` by mention id, where they are known."""
    ordered = sorted(mentions, key=lambda mention: mention.id)
    slots = {mention.id: _slot(mention) for mention in ordered}
    crowds = _crowds(ordered, slots)
    known = gists or {}
    return [
        _profile(mention, known.get(mention.id, NO_GIST), max(1, crowds.get(slots[mention.id], 1)))
        for mention in ordered
    ]


def _profile(mention: Mention, gist: Gist, crowd: int) -> Profile:
    words = _WORD.findall(fold(mention.trigger.quote))
    stems = frozenset(word[:_STEM_LETTERS] for word in words if word not in _EMPTY_WORDS)
    names = frozenset((actor.role, fold(actor.name)) for actor in mention.actors if actor.name)
    return Profile(mention, days_of(mention.when), stems, names, claims_of(mention.figures), gist, crowd)


Slot = tuple[str, int, str] | None


def _slot(mention: Mention) -> Slot:
    """Return type, day and city of a mention that is known that exactly, else None."""
    days, place = days_of(mention.when), mention.place
    if days is None or place is None or place.name is None or days.count > NARROW_DAYS:
        return None
    if place.precision in (Precision.COUNTRY, Precision.REGION, Precision.UNKNOWN):
        return None
    return (mention.type, days.first, fold(place.admin2 or place.admin1 or place.name))


def _crowds(mentions: Sequence[Mention], slots: Mapping[str, Slot]) -> dict[Slot, int]:
    """Return, for each slot, the most events that one report tells apart in it, by place, form and figures."""
    told: dict[tuple[Slot, str], set[object]] = defaultdict(set)
    for mention in mentions:
        slot = slots[mention.id]
        if slot is not None and mention.place and mention.figures:
            claims = tuple(sorted((counts, str(claim)) for counts, claim in claims_of(mention.figures).items()))
            told[slot, mention.report].add((mention.place.name, mention.form, claims))
    crowds: dict[Slot, int] = defaultdict(int)
    for (slot, _report), events in told.items():
        crowds[slot] = max(crowds[slot], len(events))
    return crowds

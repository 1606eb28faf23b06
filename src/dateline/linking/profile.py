"""What linking needs to know of a mention, worked out once: `Profile`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dateline.linking.columns import tallied
from dateline.linking.figures import Claim, claims_of
from dateline.linking.gist import NO_GIST, Gist
from dateline.linking.spelling import fold, hash_of
from dateline.model.ground import Basis, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.linking.columns import Numbers
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
    known = gists or {}
    slots = np.array([slot_of(mention) for mention in ordered], np.int64)
    events = np.array([event_of(mention) for mention in ordered], np.int64)
    reports = np.array([hash_of(mention.report) for mention in ordered], np.int64)
    crowds = crowds_of(slots, reports, events).tolist()
    return [
        profile_of(mention, known.get(mention.id, NO_GIST), crowd)
        for mention, crowd in zip(ordered, crowds, strict=True)
    ]


def profile_of(mention: Mention, gist: Gist, crowd: int) -> Profile:
    """Return the profile of one mention, given how many events stand beside it."""
    words = _WORD.findall(fold(mention.trigger.quote))
    stems = frozenset(word[:_STEM_LETTERS] for word in words if word not in _EMPTY_WORDS)
    names = frozenset((actor.role, fold(actor.name)) for actor in mention.actors if actor.name)
    return Profile(mention, days_of(mention.when), stems, names, claims_of(mention.figures), gist, crowd)


def slot_of(mention: Mention) -> int:
    """Return a number for type, day and city of a mention; 0 where one of them is not known that exactly."""
    days, place = days_of(mention.when), mention.place
    if days is None or place is None or place.name is None or days.count > NARROW_DAYS:
        return 0
    if place.precision in (Precision.COUNTRY, Precision.REGION, Precision.UNKNOWN):
        return 0
    return hash_of(mention.type, days.first, fold(place.admin2 or place.admin1 or place.name))


def event_of(mention: Mention) -> int:
    """Return a number for what tells a mention apart in its slot: place, form and figures; 0 if it has no figures."""
    if not mention.place or not mention.figures:
        return 0
    claims = sorted((counts, str(claim)) for counts, claim in claims_of(mention.figures).items())
    return hash_of(mention.place.name, mention.form, claims)


def crowds_of(slots: Numbers, reports: Numbers, events: Numbers) -> Numbers:
    """Return, for each mention, the most events that one report tells apart in its slot; at least 1.

    Args:
        slots: of each mention; 0 for none.
        reports: of each mention.
        events: of each mention; 0 for none.
    """
    crowds = np.ones(len(slots), np.int64)
    some = (slots != 0) & (events != 0)
    if not some.any():
        return crowds
    (slot, report, _), _ = tallied(slots[some], reports[some], events[some])
    (told, _), sizes = tallied(slot, report)
    names, starts = np.unique(told, return_index=True)
    most = np.maximum.reduceat(sizes, starts)
    places = np.minimum(np.searchsorted(names, slots), len(names) - 1)
    return np.where(names[places] == slots, most[places], crowds)

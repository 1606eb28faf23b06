"""What makes it impossible that two mentions are one incident, whatever else they share. A table of pure rules.

A rule returns why the two cannot be one, in words, or the empty text. Its order of arguments does not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa

from dateline.linking.columns import distinct, joined, marked, numbers, split
from dateline.linking.figures import are_disjoint
from dateline.linking.forms import WAVE, are_kin
from dateline.linking.places import FINENESS, Relation, is_inferred, name_of, proximity_of, read
from dateline.model.event import Status
from dateline.model.ground import Precision

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.linking.columns import Marks, Numbers
    from dateline.linking.profile import Profile
    from dateline.model.event import Mention
    from dateline.model.ground import Place

COORDINATION = 6
"""Code points between two clauses that a conjunction joins: ", and "."""

TOLERANCE = 1
"""Days between two reports of one incident: nights, time zones, days of print."""

_CITY = FINENESS[Precision.CITY]


def is_within(left: Profile, right: Profile) -> bool:
    """Say whether both mentions stand in one report."""
    return left.mention.report == right.mention.report


def gap_between(left: Mention, right: Mention) -> int:
    """Return how many code points lie between two clauses of one report."""
    return max(0, max(left.clause.start, right.clause.start) - min(left.clause.end, right.clause.end))


def are_copied(left: Profile, right: Profile) -> bool:
    """Say whether the words up to both mentions, or those from both on, are the same."""
    return any(one and one == other for one, other in zip(left.gist.sides, right.gist.sides, strict=True))


def conflict_of(left: Profile, right: Profile) -> str:
    """Return the first reason why the two cannot be one incident, or the empty text."""
    return next((why for rule in CONFLICTS if (why := rule(left, right))), "")


def differ_in_type(left: Profile, right: Profile) -> str:
    """An arrest is not a protest; it may answer one."""
    a, b = left.mention, right.mention
    return "" if a.type == b.type else f"{a.type} is not {b.type}"


def are_unreal(left: Profile, right: Profile) -> str:
    """A hypothetical or generic event never took place, so it cannot be one that did."""
    for status in (left.mention.status, right.mention.status):
        if status in (Status.HYPOTHETICAL, Status.GENERIC):
            return f"one is {status.value}: nothing that took place"
    return ""


def differ_in_days(left: Profile, right: Profile) -> str:
    """Between reports there is a tolerance, inside one report none.

    A day that was inferred does not rule out.
    """
    if left.days is None or right.days is None or is_inferred(left.mention.when, right.mention.when):
        return ""
    gap = left.days.gap(right.days)
    return f"{gap} days apart" if gap > (0 if is_within(left, right) else TOLERANCE) else ""


def are_days_apart(traits: pa.Table, pairs: Numbers) -> Marks:
    """Say of pairs of places (`columns.split`) whether `differ_in_days` keeps them apart, told in one report or in two.

    Args:
        traits: of schema `TRAITS`, which is enough to tell.
        pairs: of its rows.
    """
    first, last = numbers(traits, "first"), numbers(traits, "last")
    left, right = split(pairs)
    gap = np.maximum(first[left], first[right])
    gap -= np.minimum(last[left], last[right])
    is_told = last > 0
    return (gap > TOLERANCE) & is_told[left] & is_told[right]


def differ_in_place(left: Profile, right: Profile) -> str:
    """Two places that cannot be one, both told by the words: an inferred place does not rule out."""
    here, there = left.mention.place, right.mention.place
    if is_inferred(here, there) or not _are_apart(here, there):
        return ""
    return f"{name_of(here)} is not {name_of(there)}"


def _are_apart(left: Place | None, right: Place | None) -> bool:
    proximity = proximity_of(left, right)
    return proximity is not None and proximity.relation is Relation.APART


def are_places_apart(traits: pa.Table, pairs: Numbers) -> Marks:
    """Say of pairs of places (`columns.split`) whether `differ_in_place` keeps them apart: all that are marked, and all
    that should be, unless the rule says something else the other way round.

    Args:
        traits: of schema `TRAITS`, which is enough to tell.
        pairs: of its rows.
    """
    some = np.flatnonzero(marked(np.concatenate(split(pairs)), len(traits)))
    told = traits["where"].take(some).combine_chunks().dictionary_encode()
    codes = np.zeros(len(traits), np.int64)
    codes[some] = told.indices.to_numpy()
    met = pa.array(joined(*(codes[side] for side in split(pairs)))).dictionary_encode()
    one, other = split(met.dictionary.to_numpy())
    places = {it: read(told.dictionary[it].as_py()) for it in distinct(np.concatenate([one, other])).tolist()}
    both = ((places[a], places[b]) for a, b in zip(one.tolist(), other.tolist(), strict=True))
    apart = np.array([_are_apart(a, b) and _are_apart(b, a) for a, b in both], np.bool_)
    return cast("Marks", apart[met.indices.to_numpy()])


def is_plan_of_another_day(left: Profile, right: Profile) -> str:
    """What was planned or called for meets what happened only on a day that both name."""
    ahead = {Status.PLANNED, Status.CALLED_FOR}
    statuses = {left.mention.status, right.mention.status}
    if not statuses & ahead or statuses <= ahead:
        return ""
    same = left.days is not None and right.days is not None and left.days.gap(right.days) == 0
    return "" if same else "a plan, and no day in common with what happened"


def is_wave_and_part(left: Profile, right: Profile) -> str:
    """A wave over many cities is more than what happened in one of them."""
    for wave, part in ((left.mention, right.mention), (right.mention, left.mention)):
        if is_wave(wave) and not is_wave(part) and part.place and FINENESS[part.place.precision] <= _CITY:
            return f"a wave over many places, and its part in {name_of(part.place)}"
    return ""


def differ_in_one_report(left: Profile, right: Profile) -> str:
    """One report that names two forms or two places, or two numbers side by side, tells of two events."""
    a, b = left.mention, right.mention
    if not is_within(left, right) or a.trigger.span == b.trigger.span:
        return ""
    if a.form and b.form and a.form != b.form and not are_kin(a.form, b.form):
        return f"one report tells apart {a.form} and {b.form}"
    if ("acts" in left.claims) != ("acts" in right.claims):
        return "a sum of many acts, and one of them"
    proximity = proximity_of(a.place, b.place)
    if proximity and proximity.relation in (Relation.NEAR, Relation.DOUBTFUL):
        return f"one report tells apart {name_of(a.place)} and {name_of(b.place)}"
    side_by_side = gap_between(a, b) <= COORDINATION
    if side_by_side and are_disjoint(left.claims, right.claims):
        return "side by side in one sentence, with other figures"
    return ""


def have_nothing_in_common(left: Profile, right: Profile) -> str:
    """Across reports a link needs a time, a place, a name or whole lines that both speak of."""
    if is_within(left, right) or left.names & right.names or left.gist.near & right.gist.near:
        return ""
    if are_copied(left, right):
        return ""
    timed = left.days is not None and right.days is not None
    placed = proximity_of(left.mention.place, right.mention.place) is not None
    return "" if timed or placed else "no time, place or name in common"


CONFLICTS: tuple[Callable[[Profile, Profile], str], ...] = (
    differ_in_type,
    are_unreal,
    differ_in_days,
    differ_in_place,
    is_plan_of_another_day,
    is_wave_and_part,
    differ_in_one_report,
    have_nothing_in_common,
)


def is_wave(mention: Mention) -> bool:
    """Say whether a mention tells of what happened in many places at once."""
    spread = {"cities", "provinces", "places", "countries"}
    return mention.form == WAVE or any(figure.counts in spread for figure in mention.figures)

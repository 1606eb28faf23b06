"""Many pairs at once come to what each comes to alone: bits, conflicts and reasons."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.linking import Gist, link
from dateline.linking.block import traits_of
from dateline.linking.columns import joined
from dateline.linking.compare import FEATURES, compare
from dateline.linking.conflict import (
    CONFLICTS,
    are_days_apart,
    are_places_apart,
    differ_in_days,
    differ_in_place,
    have_nothing_in_common,
)
from dateline.linking.independence import Origins
from dateline.linking.measure import AROUND, CONFLICT, READS, links, measured
from dateline.linking.profile import profile_of, profiles_of
from dateline.model.event import Mention, Status
from dateline.model.ground import Basis, Precision
from dateline.model.incident import Link
from dateline.model.tables import from_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.linking.profile import Profile

    Make = Callable[..., Mention]
    Told = tuple[dict[str, Any], frozenset[str], frozenset[str], int, tuple[int, int]]

NAMES = st.frozensets(st.sampled_from(["leipzi", "nikola", "forum", "70000", "monday"]), max_size=4)
FIELDS = st.fixed_dictionaries(
    {
        "report": st.sampled_from(["r1", "r2", "r3", "r4"]),
        "place": st.sampled_from(["Leipzig", "Dresden", "Saxony", "East Germany", None]),
        "day": st.sampled_from(["1989-10-09", "1989-10-10", "1989-10-16", None]),
        "last": st.sampled_from([None, None, "1989-10-20", "1989-11-30"]),
        "actors": st.sampled_from(
            [(), ("New Forum/OPP",), ("NEW FORUM/OPP",), ("police",), ("police", "Honecker/GOV")]
        ),
        "recipients": st.sampled_from([(), ("students",), ("Honecker/GOV",)]),
        "figures": st.sampled_from([{}, {"people": (70_000, 70_000)}, {"people": (2_000, None)}, {"cities": (9, 9)}]),
        "form": st.sampled_from(["march", "rally", "wave", "strike", None]),
        "type": st.sampled_from(["PROTEST", "PROTEST", "PROTEST", "COERCE"]),
        "trigger": st.sampled_from(["marched", "protest march", "protests", "in"]),
        "at": st.integers(0, 60),
        "status": st.sampled_from([*[Status.ASSERTED] * 4, Status.DENIED, Status.PLANNED, Status.GENERIC]),
    }
)
PLACES: list[dict[str, Any]] = [
    {},
    {"country": "POL"},
    {"geonames": 2879139},
    {"admin1": "Sachsen"},
    {"admin2": "Leipzig"},
    {"precision": Precision.UNKNOWN},
    {"lat": None, "lon": None},
    {"lat": 48.1, "lon": 11.6},
    {"name": None, "country": None, "lat": None, "lon": None},
]
"""What a place may be known as instead."""
SIDES = st.tuples(st.integers(0, 2), st.integers(0, 2))
ASK = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(mention: Make, told: Sequence[Told]) -> list[Profile]:
    """Return profiles by id, each mention once; what a report names is the same for all its mentions."""
    whole: dict[str, frozenset[str]] = {}
    for about, _, names, _, _ in told:
        whole.setdefault(about["report"], names)
    profiles = [
        profile_of(mention(**about), Gist(near, whole[about["report"]], sides=sides), crowd)
        for about, near, _, crowd, sides in told
    ]
    return sorted({it.mention.id: it for it in profiles}.values(), key=lambda it: it.mention.id)


@ASK
@given(told=st.lists(st.tuples(FIELDS, NAMES, NAMES, st.integers(1, 3), SIDES), min_size=2, max_size=12))
def test_pairs_at_once_come_to_the_same_as_one_by_one(mention: Make, told: list[Told]) -> None:
    profiles = made(mention, told)
    pairs = list(combinations(range(len(profiles)), 2))
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    bits = measured(profiles, left, right)
    alone = [compare(profiles[a], profiles[b]) for a, b in pairs]
    assert bits.tolist() == [CONFLICT if it.conflict else it.bits for it in alone]
    found = {(it.left, it.right): it for it in from_table(Link, links(profiles, left, right, bits))}
    assert len(found) == len(pairs)
    for (a, b), outcome in zip(pairs, alone, strict=True):
        ids = profiles[a].mention.id, profiles[b].mention.id
        assert found[ids] == Link(*ids, outcome.score, outcome.why)


@ASK
@given(told=st.lists(st.tuples(FIELDS, st.booleans()), min_size=2, max_size=12))
def test_traits_tell_which_days_keep_apart(mention: Make, told: list[tuple[dict[str, Any], bool]]) -> None:
    mentions = [_on_a_day(mention(**about), is_inferred=is_inferred) for about, is_inferred in told]
    profiles = profiles_of({it.id: it for it in mentions}.values())
    pairs = list(combinations(range(len(profiles)), 2))
    apart = are_days_apart(traits_of(profiles), joined(*(np.array([it[side] for it in pairs], int) for side in (0, 1))))
    for (a, b), is_apart in zip(pairs, apart.tolist(), strict=True):
        one, other = profiles[a], replace(profiles[b], mention=replace(profiles[b].mention, report="another"))
        assert is_apart == bool(differ_in_days(one, other))
        assert not is_apart or differ_in_days(one, profiles[b])


def _on_a_day(mention: Mention, *, is_inferred: bool) -> Mention:
    basis = Basis.INFERRED if is_inferred else Basis.STATED
    return replace(mention, when=replace(mention.when, basis=basis)) if mention.when else mention


@ASK
@given(told=st.lists(st.tuples(FIELDS, st.sampled_from(PLACES), st.booleans()), min_size=2, max_size=12))
def test_traits_tell_which_places_keep_apart(
    mention: Make, told: list[tuple[dict[str, Any], dict[str, Any], bool]]
) -> None:
    mentions = [_in_a_place(mention(**about), place, is_inferred=inferred) for about, place, inferred in told]
    profiles = profiles_of({it.id: it for it in mentions}.values())
    pairs = list(combinations(range(len(profiles)), 2))
    sides = [np.array([it[side] for it in pairs], int) for side in (0, 1)]
    apart = are_places_apart(traits_of(profiles), joined(*sides))
    for (a, b), is_apart in zip(pairs, apart.tolist(), strict=True):
        one, other = profiles[a], profiles[b]
        assert is_apart == (bool(differ_in_place(one, other)) and bool(differ_in_place(other, one)))


def _in_a_place(mention: Mention, about: dict[str, Any], *, is_inferred: bool) -> Mention:
    if mention.place is None:
        return mention
    basis = Basis.INFERRED if is_inferred else Basis.STATED
    return replace(mention, place=replace(mention.place, basis=basis, **about))


def test_what_every_rule_and_feature_reads_is_known() -> None:
    """One that is not known is asked of every pair, which is right and slow."""
    known = {*READS, *AROUND, have_nothing_in_common}
    assert [it for it in (*CONFLICTS, *(feature.func for feature in FEATURES)) if it not in known] == []


def test_no_mention_at_all_gives_nothing() -> None:
    assert link([], Origins()).links == ()

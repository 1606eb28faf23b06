"""What grows comes to the same as what is linked at once: the promise of `relink`, asked of many small archives."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.linking import Linked, Origins, block, compared, components, growth, link, ties
from dateline.linking.block import traits_of
from dateline.linking.growth import Task, relink
from dateline.linking.profile import profile_of, profiles_of
from dateline.linking.ties import Scheme
from dateline.model.decided import Decided
from dateline.model.event import Mention, Status
from dateline.model.incident import Incident, Link
from dateline.model.memory import Memory
from dateline.model.tables import from_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dateline.linking.columns import Numbers
    from dateline.linking.profile import Profile

    Make = Callable[..., Mention]


@dataclass
class Archive:
    """An archive in memory that is linked again and again, each time with what it remembers."""

    decided: Decided = field(default_factory=Decided)
    memory: Memory = field(default_factory=Memory)
    profiles: list[Profile] = field(default_factory=list)
    spoken_of: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    links: dict[tuple[str, str], Link] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)
    compared: int = 0

    def grow(self, new: Iterable[Mention], gone: Iterable[str] = ()) -> Linked:
        """Add mentions, let others go, and link."""
        self.profiles += profiles_of(new)
        self.gone |= set(gone)
        traits = traits_of(self.profiles)
        is_current = np.array([it.mention.id not in self.gone for it in self.profiles], np.bool_)
        nowhere = np.empty(0, np.int64)
        task = Task(traits, is_current, self.decided, self._judged(), nowhere, self._fetch, lambda _: Origins())
        found = relink(task, self.memory)
        dropped = {self.profiles[place].mention.id for place in found.dropped.tolist()}
        self._link(found.unlinked, [it for some in found.links for it in from_table(Link, some)])
        self.incidents = [it for it in self.incidents if it.mentions[0] not in dropped]
        self.incidents += [it for some in found.incidents for it in some]
        self.memory = Memory(traits, **self._compared(*found.compared), clustered=found.clustered)
        self.compared = found.pairs
        links = tuple(self.links[pair] for pair in sorted(self.links))
        return Linked(links, tuple(sorted(self.incidents, key=lambda it: it.id)))

    def _compared(self, noun: str, table: pa.Table) -> dict[str, pa.Table]:
        """Return what is remembered of pairs, given the last of it."""
        if noun == "compared":
            return {noun: table}
        return {"compared": self.memory.compared, noun: pa.concat_tables([self.memory.compared_since, table])}

    def _link(self, unlinked: Iterable[tuple[str, str]], links: Iterable[Link]) -> None:
        for pair in unlinked:
            del self.links[pair]
        new = {(it.left, it.right): it for it in links}
        assert not self.links.keys() & new.keys()
        self.links |= new

    def _judged(self) -> Numbers:
        """Return the places that people spoke of."""
        return np.flatnonzero([it.mention.id in self.spoken_of for it in self.profiles])

    def _fetch(self, places: Numbers, crowds: Numbers) -> dict[int, Profile]:
        some = {place: self.profiles[place] for place in places.tolist()}
        return {place: profile_of(it.mention, it.gist, int(crowds[place])) for place, it in some.items()}


FIELDS = st.fixed_dictionaries(
    {
        "report": st.sampled_from([f"r{number}" for number in range(12)]),
        "place": st.sampled_from(["Leipzig", "Leipzig", "Dresden", "Saxony", None]),
        "day": st.sampled_from(["1989-10-09", "1989-10-09", "1989-10-10", "1989-10-16", None]),
        "actors": st.sampled_from([(), ("New Forum/OPP",), ("police",)]),
        "figures": st.sampled_from([{}, {"people": (70_000, 70_000)}, {"people": (20_000, 20_000)}]),
        "form": st.sampled_from(["march", "rally", None]),
        "at": st.integers(0, 60),
        "status": st.sampled_from([*[Status.ASSERTED] * 4, Status.DENIED, Status.GENERIC]),
    }
)
ASK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=[True, False], ids=["changes", "wholes"])
def few_neighbours(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks are soon too large, so that a new mention comes between old neighbours, and so are components.

    Few pairs are looked at together. What is remembered of pairs is each time written anew, or changes are added.
    """
    monkeypatch.setattr(block, "NEIGHBOURS", 2)
    monkeypatch.setattr(growth, "PAIRS_AT_ONCE", 3)
    monkeypatch.setattr(growth, "PAIRS_SEEN_AT_ONCE", 5)
    monkeypatch.setattr(components, "MOST_MEMBERS", 3)
    monkeypatch.setattr(compared, "is_added", lambda whole, _: request.param and whole > 0)


def made(mention: Make, told: Sequence[dict[str, Any]]) -> list[Mention]:
    return list({it.id: it for it in (mention(**about) for about in told)}.values())


@ASK
@given(told=st.lists(FIELDS, max_size=24), cuts=st.lists(st.integers(0, 24), max_size=3))
@pytest.mark.usefixtures("few_neighbours")
def test_growing_comes_to_the_same_as_linking_at_once(
    mention: Make, told: list[dict[str, Any]], cuts: list[int]
) -> None:
    mentions = made(mention, told)
    ends = [0, *sorted(cuts), len(mentions)]
    archive = Archive()
    for start, end in pairwise(ends):
        linked = archive.grow(mentions[start:end])
        assert linked == link(mentions[:end], Origins())


@ASK
@given(told=st.lists(FIELDS, min_size=2, max_size=20), keep=st.integers(0, 20))
@pytest.mark.usefixtures("few_neighbours")
def test_what_is_gone_leaves_no_trace(mention: Make, told: list[dict[str, Any]], keep: int) -> None:
    mentions = made(mention, told)
    archive = Archive()
    archive.grow(mentions)
    assert archive.grow([], [it.id for it in mentions[keep:]]) == link(mentions[:keep], Origins())


@ASK
@given(told=st.lists(FIELDS, min_size=4, max_size=20), pair=st.tuples(st.integers(0, 19), st.integers(0, 19)))
def test_a_word_taken_back_leaves_no_trace(mention: Make, told: list[dict[str, Any]], pair: tuple[int, int]) -> None:
    mentions = [it for it in made(mention, told) if it.status is not Status.GENERIC]
    left, right = sorted(mentions[it % len(mentions)].id for it in pair) if mentions else ("", "")
    if left == right:
        return
    archive = Archive()
    before = archive.grow(mentions)
    for decided in (Decided(together=frozenset({(left, right)})), Decided(apart=frozenset({(left, right)})), Decided()):
        archive.decided = decided
        archive.spoken_of = {left, right}
        after = archive.grow([])
    assert after == before


def test_only_what_is_new_is_compared(mention: Make) -> None:
    towns = {"Leipzig": "1989-10-09", "Dresden": "1989-10-16"}
    old = [
        mention(place=town, day=day, report=f"{town} {number}") for town, day in towns.items() for number in range(20)
    ]
    archive = Archive()
    archive.grow(old)
    assert archive.compared == 2 * 20 * 19 / 2
    archive.grow([mention(place="Leipzig", day="1989-10-09", report="new")])
    assert archive.compared == 20


def test_what_a_change_touches_tells_which_pairs_come_and_go(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((block, "NEIGHBOURS"), (ties, "BEFORE"), (ties, "AFTER")):
        monkeypatch.setattr(module, name, 1)
    draw = Random(7)
    for _ in range(300):
        count = draw.randint(3, 12)
        traits = _any_traits(draw, count)
        some = np.array([draw.random() < 0.3 for _ in range(count)])
        was, now = draw.sample([~some, np.ones(count, np.bool_)], 2)
        changes = [*ties.tied_since(traits, now, was).values(), block.pairs_since(traits, now, was)]
        before, after = ([*ties.tied(traits, some).values(), block.pairs_of(traits, some)] for some in (was, now))
        for (met, parted), was_met, is_met in zip(changes, before, after, strict=True):
            old, new = set(was_met.tolist()), set(is_met.tolist())
            assert set(parted.tolist()) == old - new
            assert new - old <= set(met.tolist()) <= new


def _any_traits(draw: Random, count: int) -> pa.Table:
    """Return what finding pairs reads of so many mentions: few blocks and ties, of which each is in half."""
    some = [[[key for key in range(4) if draw.random() < 0.5] for _ in range(count)] for _ in range(2)]
    sides = [[key << 3 | draw.getrandbits(1) << 2 | Scheme.SCENE for key in keys] for keys in some[1]]
    return pa.table(
        {
            "mention": [f"m{number}" for number in range(count)],
            "keys": pa.array(some[0], pa.list_(pa.int64())),
            "ties": pa.array(sides, pa.list_(pa.int64())),
            "is_exact": [draw.random() < 0.5 for _ in range(count)],
            "day": [draw.randint(1, 3) for _ in range(count)],
            "form": [0] * count,
            "place": [0] * count,
        }
    )

"""The queue: doubt times weight, reasons told, the same order whatever comes first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.model.test_decision import VALUES, cited, mention
from tests.storing.rows import incident

from dateline.model.decision import Field
from dateline.model.event import Mention, Review
from dateline.model.ground import Basis, Figure
from dateline.reviewing.queue import queue


def waiting(name: str, **about: Any) -> Mention:
    place = VALUES[Field.PLACE]
    return replace(mention(), **{"id": name * 64, "place": place, "figures": (), "confidence": 0.9, **about})


def killed(number: int) -> tuple[Figure, ...]:
    return (Figure(cited("nine"), "killed", number, number),)


SURE = waiting("a")


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (waiting("b", confidence=0.4), "40% sure"),
        (waiting("b", figures=killed(300)), "300 in totals"),
        (waiting("b", place=None), "no place is known"),
        (waiting("b", when=None), "no day is known"),
        (waiting("b", place=replace(SURE.place, basis=Basis.INFERRED)), "inferred, not told: place"),  # type: ignore[type-var]
    ],
)
def test_what_is_doubtful_or_weighs_more_comes_first_and_says_why(other: Mention, told: str) -> None:
    first, second = queue([SURE, other], {})
    assert (first.mention, second.mention) == (other.id, SURE.id)
    assert any(told in why for why in first.why)
    assert not any(told in why for why in second.why)


@pytest.mark.parametrize(
    ("about", "told"), [({"contested": True}, "contradict"), ({"single_source": True}, "one independent source")]
)
def test_what_is_contested_or_stands_alone_comes_first(about: dict[str, bool], told: str) -> None:
    other = waiting("b")
    plain = {"contested": False, "single_source": False}
    incidents = {SURE.id: incident(SURE, **plain), other.id: incident(other, **plain | about)}
    first, _ = queue([SURE, other], incidents)
    assert first.mention == other.id
    assert any(told in why for why in first.why)


def test_what_was_decided_does_not_wait_but_for_what_is_asked_for() -> None:
    some = [waiting(name, review=state) for name, state in zip("abcdef", Review, strict=True)]
    assert [it.mention for it in queue(some, {})] == [some[0].id]
    disputed = queue(some, {}, waiting=[Review.DISPUTED, Review.UNSURE])
    assert {it.mention for it in disputed} == {some[4].id, some[5].id}


def test_the_order_of_the_mentions_changes_nothing() -> None:
    some = [waiting(name, figures=killed(number % 3)) for number, name in enumerate("0123456789abcdef")]
    assert queue(some, {}) == queue(reversed(some), {})

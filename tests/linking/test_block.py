"""Blocks: likely pairs meet, cost stays near n log n, order changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dateline.linking.block import NEIGHBOURS, candidates, keys_of
from dateline.linking.profile import profiles_of
from dateline.model.event import Mention

Make = Callable[..., Mention]
LEIPZIG = {"place": "Leipzig", "day": "1989-10-09"}


@pytest.mark.parametrize(
    ("left", "right", "meet"),
    [
        ({}, {"at": 50}, True),
        (LEIPZIG, {**LEIPZIG, "report": "r2"}, True),
        (LEIPZIG, {**LEIPZIG, "day": "1989-10-10", "report": "r2"}, True),
        (LEIPZIG, {**LEIPZIG, "day": "1989-10-11", "report": "r2"}, False),
        (LEIPZIG, {**LEIPZIG, "day": "1989-10-01", "last": "1989-10-31", "report": "r2"}, True),
        (LEIPZIG, {**LEIPZIG, "day": "1989-01-01", "last": "1989-12-31", "report": "r2"}, True),
        (LEIPZIG, {"place": "Leipzig", "report": "r2"}, True),
        (LEIPZIG, {"day": "1989-10-09", "report": "r2"}, False),
        ({**LEIPZIG, "actors": ["Krenz/GOV"]}, {"day": "1989-10-09", "report": "r2", "actors": ["Krenz/GOV"]}, True),
        ({"actors": ["New Forum/OPP"]}, {"actors": ["New Forum/OPP"], "report": "r2"}, True),
        ({}, {"report": "r2"}, False),
        (LEIPZIG, {**LEIPZIG, "type": "COERCE", "report": "r2"}, False),
    ],
)
def test_who_meets_whom(mention: Make, left: dict[str, Any], right: dict[str, Any], meet: bool) -> None:
    pairs = list(candidates(profiles_of([mention(**left), mention(**right)])))
    assert bool(pairs) is meet


def test_a_large_block_costs_no_square(mention: Make) -> None:
    mentions = [mention(**LEIPZIG, report=f"r{index}") for index in range(400)]
    pairs = list(candidates(profiles_of(mentions)))
    keys = max(len(keys_of(profile)) for profile in profiles_of(mentions))
    assert len(pairs) <= len(mentions) * NEIGHBOURS * keys
    assert len(pairs) < 400 * 399 / 2


def test_order_changes_nothing(mention: Make) -> None:
    mentions = [mention(**LEIPZIG, report=f"r{index % 40}", at=index) for index in range(120)]
    forward, backward = (list(candidates(profiles_of(order))) for order in (mentions, mentions[::-1]))
    assert forward == backward
    assert all(left.mention.id < right.mention.id for left, right in forward)

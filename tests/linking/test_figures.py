"""What a mention claims of a count: parts are never added, a toll that was replaced says nothing."""

from __future__ import annotations

import pytest

from dateline.linking.figures import Claim, claims_of
from dateline.model.ground import Figure, Scope
from dateline.model.text import Evidence

WORDS = Evidence(0, 1, "x")


@pytest.mark.parametrize(
    ("figures", "claim"),
    [
        ([(30, Scope.WHOLE), (3, Scope.PART)], Claim(30, 30)),
        ([(12, Scope.FORMER), (15, Scope.WHOLE)], Claim(15, 15)),
        ([(12, Scope.WHOLE), (6, Scope.EXTRA)], Claim(12, 12)),
        ([(3, Scope.PART)], Claim(3, None)),
        ([(12, Scope.WHOLE), (15, Scope.WHOLE)], Claim(12, 15)),
    ],
)
def test_claim(figures: list[tuple[int, Scope]], claim: Claim) -> None:
    told = [Figure(WORDS, "killed", number, number, scope=scope) for number, scope in figures]
    assert claims_of(told) == {"killed": claim}


def test_a_toll_that_was_replaced_claims_nothing() -> None:
    assert claims_of([Figure(WORDS, "killed", 12, 12, scope=Scope.FORMER)]) == {}

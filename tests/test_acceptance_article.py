"""The checker of an article's facts tells right from wrong; the acceptance article's facts, where it lies beside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.article import FOLDER, program

import dateline

TEXT = "Police in Kisumu arrested nine students on 4 May 2021. The union will march on Friday."
ARREST: dict[str, Any] = {"id": "arrest", "kind": "event", "start": 0, "end": 54, "type": "COERCE", "actor": "police"}
KNOWN_WRONG = {"informing"}
"""Optional words for which the codebook has no type."""


@pytest.fixture(scope="module")
def acceptance() -> Any:
    return program("acceptance")


@pytest.mark.parametrize(
    ("more", "right"),
    [
        ({"when": "2021-05-04"}, True),
        ({"when": "2021-05-05"}, False),
        ({"count": {"arrested": 9}}, True),
        ({"count": {"arrested": 8}}, False),
        ({"type": "PROTEST"}, False),
        ({"actor": "army"}, False),
        ({"kind": "trap"}, False),
        ({"kind": "trap", "start": 55, "end": 86}, True),
    ],
)
def test_a_fact_is_right_or_wrong(acceptance: Any, more: dict[str, Any], right: bool) -> None:
    mentions = dateline.code(TEXT).mentions
    assert all(it.right for it in acceptance.check(ARREST | more, mentions)) is right


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the acceptance article is not beside the checkout")
def test_the_facts_of_the_acceptance_article(acceptance: Any) -> None:
    facts = json.loads((FOLDER / "facts.json").read_text("utf-8"))["facts"]
    mentions = dateline.code((FOLDER / "article.txt").read_text("utf-8")).mentions
    wrong = {fact["id"] for fact in facts if not all(it.right for it in acceptance.check(fact, mentions))}
    assert wrong <= KNOWN_WRONG

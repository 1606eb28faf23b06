"""The adapter of own_accounts, over stages that answer from a table."""

from __future__ import annotations

import pytest

from dateline.evaluating import metrics
from dateline.evaluating.gold import accounts
from dateline.evaluating.goldset import Record

from .test_gold import FakeStages, Told

TEXTS = ("An uprising swept Ruritania.", "The protests of that May had ended.", "A revolt of its own kind went on.")
WORDS = ("uprising", "protests", "revolt")


def record(number: int, incident: str) -> Record:
    start = TEXTS[number].index(WORDS[number])
    about = {"id": f"r{number}", "story": "ruritania", "publisher": f"Sheet {number}", "published": "1911-06-01"}
    return about | {"text": TEXTS[number], "incidents": {f"ruritania {incident}": [[start, start + 5]]}}


@pytest.mark.parametrize(
    ("together", "coded", "expected"),
    [
        ([{"uprising", "protests"}], WORDS, {"pair_f1": 1.0, "coded": 1.0}),
        ([], WORDS, {"pair_recall": 0.0, "coded": 1.0}),
        ([set(WORDS)], WORDS, {"pair_recall": 1.0, "pair_precision": 1 / 3}),
        ([{"uprising", "protests"}], WORDS[1:], {"pair_recall": 0.0, "coded": 2 / 3}),
    ],
    ids=["together", "apart", "all one", "one is not coded"],
)
def test_words_of_one_incident_are_together(
    together: list[set[str]], coded: tuple[str, ...], expected: dict[str, float]
) -> None:
    told = {text: [Told("PROTEST", "wave", word)] for text, word in zip(TEXTS, WORDS, strict=True) if word in coded}
    records = [record(0, "a"), record(1, "a"), record(2, "b")]
    outcomes = accounts.judge_stories(records, FakeStages(told=told, together=together))
    assert {it.group for it in outcomes} == {"ruritania"}
    scores = accounts.measure(metrics.total(it.tally for it in outcomes))
    assert {name: scores[name] for name in expected} == pytest.approx(expected)

"""Nouns laid out in columns come back as they were, whatever part of them is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.model.event import Mention
from dateline.model.incident import Incident
from dateline.model.text import Report
from dateline.publishing.laid import Laid, column, in_batches, lay, texts_by_id

if TYPE_CHECKING:
    from dateline.publishing import Material


@pytest.fixture(scope="module")
def mentions(planted: Material) -> Laid[Mention]:
    return lay(Mention, planted.mentions)


def test_they_come_back_in_any_order(planted: Material, mentions: Laid[Mention]) -> None:
    known = list(planted.mentions)
    places = [7, 0, 7, len(known) - 1]
    assert list(mentions) == known
    assert mentions.take(places) == [known[it] for it in places]
    assert mentions.take([]) == []
    assert (mentions[3], mentions[-1], mentions[5:9]) == (known[3], known[-1], known[5:9])
    assert lay(Mention, mentions) is mentions
    with pytest.raises(IndexError):
        mentions[len(known)]


def test_they_are_chosen_and_sorted_by_their_ids(planted: Material, mentions: Laid[Mention]) -> None:
    ordered = sorted(planted.mentions, key=lambda it: it.id)
    assert list(mentions.by_id()) == ordered
    chosen = {it.id for it in ordered[::3]}
    assert list(mentions.by_id().among(chosen)) == [it for it in ordered if it.id in chosen]
    assert list(mentions.among([])) == []


def test_columns_are_the_same_laid_out_or_not(planted: Material) -> None:
    for name in ("type", "status", "earliest", "country", "mentions", "contested"):
        told = [list(it) if isinstance(it, tuple) else it for it in column(planted.incidents, name)]
        assert column(lay(Incident, planted.incidents), name) == told
    texts = texts_by_id(lay(Report, planted.reports), "text")
    assert dict(texts) == {it.id: it.text for it in planted.reports}
    assert texts.get("nobody", "none") == "none"
    assert dict(texts_by_id(lay(Report, []), "text")) == {}


@pytest.mark.parametrize(("count", "lengths"), [(0, []), (3, [3]), (4, [3, 1]), (6, [3, 3])])
def test_batches_hold_all_in_order(count: int, lengths: list[int]) -> None:
    batches = list(in_batches(range(count), 3))
    assert [len(it) for it in batches] == lengths
    assert [it for batch in batches for it in batch] == list(range(count))

"""Words of people on disk: kept to the letter, and merged between two researchers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.model.judgement import Anchor, Judgement, Verdict, Withdrawal, word_id
from dateline.storing.judgements import export_words, merge_words, read_words, write_word

LEFT, RIGHT = (Anchor(name * 64, "r" * 64, "PROTEST", 3, 10, "marched") for name in "ab")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANA = Judgement((LEFT,), (RIGHT,), Verdict.SAME, "ana", NOON, "both tell of “the long march”")
BEN = replace(ANA, verdict=Verdict.DIFFERENT, who="Béla", reason="two evenings")
UNDO = Withdrawal(word_id(ANA), "ana", NOON)


def project(folder: Path, *words: Judgement | Withdrawal) -> Path:
    for word in words:
        write_word(folder, word)
    return folder


def test_two_projects_merged_into_each_other_hold_the_same(tmp_path: Path) -> None:
    one, other = project(tmp_path / "one", ANA, UNDO), project(tmp_path / "other", BEN)
    mine, theirs = export_words(one), export_words(other)

    assert len(merge_words(one, theirs.splitlines()).added) == 1
    assert len(merge_words(other, mine.splitlines()).added) == 2
    assert export_words(one) == export_words(other)
    assert set(read_words(one).values()) == {ANA, BEN, UNDO}


def test_merging_again_adds_nothing(tmp_path: Path) -> None:
    one = project(tmp_path / "one", ANA, BEN)
    lines = export_words(one).splitlines()
    before = {path.name: path.read_bytes() for path in (one / "judgements").iterdir()}

    merged = merge_words(one, [*lines, "", *lines])

    assert (merged.added, merged.known) == ((), 2)
    assert {path.name: path.read_bytes() for path in (one / "judgements").iterdir()} == before


def test_the_order_of_lines_changes_nothing(tmp_path: Path) -> None:
    lines = export_words(project(tmp_path / "one", ANA, BEN, UNDO)).splitlines()
    found = set()
    for number, order in enumerate(permutations(lines)):
        merge_words(tmp_path / str(number), order)
        found.add(export_words(tmp_path / str(number)))
    assert len(found) == 1


def test_a_time_is_the_same_word_in_every_zone(tmp_path: Path) -> None:
    elsewhere = replace(ANA, when=datetime.fromisoformat("2026-03-01T13:00:00+01:00"))
    assert write_word(tmp_path, elsewhere) == write_word(tmp_path, ANA)


BROKEN = {
    "no JSON": "same",
    "a list": "[]",
    "another schema": json.dumps({"schema": "dateline.mention/1", "when": "2026-03-01T12:00:00+00:00"}),
    "a field too many": None,
    "nobody": None,
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_line_that_is_no_word_and_nothing_is_merged(tmp_path: Path, name: str) -> None:
    good = export_words(project(tmp_path / "one", ANA)).strip()
    about = {"a field too many": {"score": 1}, "nobody": {"who": ""}}.get(name, {})
    broken = BROKEN[name] or json.dumps(json.loads(good) | about)

    with pytest.raises(UsageError, match="line 2"):
        merge_words(tmp_path / "two", [good, broken])

    assert read_words(tmp_path / "two") == {}


def test_nobody_withdraws_the_word_of_another(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="settles"):
        project(tmp_path, ANA, replace(UNDO, who="Béla"))

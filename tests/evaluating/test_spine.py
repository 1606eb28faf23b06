"""The stages that ship behind the seam that gold sets see: offsets, types and order, on texts of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.config import Config
from dateline.evaluating.spine import DEFAULT_GOLD, Spine, gold_folder
from dateline.evaluating.stages import code_texts

TEXT = "Police arrested nine people in Plauen on 7 October 1989, a church newsletter said."


@pytest.fixture(scope="module")
def spine(tmp_path_factory: pytest.TempPathFactory) -> Spine:
    return Spine(Config(cache=tmp_path_factory.mktemp("cache")))


def test_a_file_is_read_and_one_with_nothing_in_it_is_none(spine: Spine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("", "utf-8")
    report = spine.read(tmp_path / "a.txt")
    assert report is not None
    assert report.text.strip() == TEXT
    assert spine.read(tmp_path / "b.txt") is None


def test_texts_are_coded_in_order(spine: Spine) -> None:
    coded = code_texts(spine, [TEXT, "Nothing to see.", "Students marched."])
    assert [[event.type for event in coding.events] for _, coding in coded] == [["COERCE"], [], ["PROTEST"]]
    assert all(coding.report == report.id for report, coding in coded)


def test_claims_are_spans_of_the_text(spine: Spine) -> None:
    (claim,) = spine.find_claims(TEXT)
    assert [TEXT[slice(*span)] for span in claim.source] == ["a church newsletter"]
    assert [TEXT[slice(*span)] for span in claim.cue] == ["said"]
    assert "arrested nine people" in " ".join(TEXT[slice(*span)] for span in claim.content)


def test_times_are_found(spine: Spine) -> None:
    assert [when.edtf for when in spine.find_times(TEXT, None)] == ["1989-10-07"]


def test_the_gold_folder_is_the_one_given_then_that_of_the_settings() -> None:
    settings = Config(cache=Path("c"), bench=Path("b"))
    assert gold_folder(settings, Path("a")) == Path("a")
    assert gold_folder(settings) == Path("b")
    assert gold_folder(Config(cache=Path("c"))) == DEFAULT_GOLD

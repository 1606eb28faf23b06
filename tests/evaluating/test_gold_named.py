"""The adapters of own_sides and entities_re3d, on sentences of our own, over the parser that ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.coding.parser import parse
from dateline.errors import MissingDataError
from dateline.evaluating.gold import entities, sides
from dateline.model.ground import Place
from dateline.model.parse import Sentence
from dateline.model.text import Evidence

from .test_gold import FakeStages

TEXT = "Turkish police beat students in Ankara on Monday."


class Parsing(FakeStages):
    """Fake stages with a parser."""

    def parse(self, text: str) -> tuple[Sentence, ...]:
        return parse(text)


def test_own_sides_compares_sector_and_country(tmp_path: Path) -> None:
    (tmp_path / "actors_cameo_st").mkdir()
    (tmp_path / "actors_cameo_st" / "dev.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", "utf-8")
    record = {"record": "a", "gold": tmp_path, "folder": tmp_path}
    right = record | {"id": "a:0", "start": 0, "end": 14, "sector": "COP", "country": "TUR"}
    wrong = record | {"id": "a:20", "start": 20, "end": 28, "sector": "LAB", "country": "TUR"}
    first, second = sides.judge_sides([right, wrong], Parsing())
    assert sides.measure(first.tally)["both_accuracy"] == 1.0
    assert second.found == ("EDU", "None")
    scores = sides.measure(first.tally.add(second.tally))
    assert (scores["sector_accuracy"], scores["country_precision"], scores["country_recall"]) == (0.5, 1.0, 0.5)


def test_own_sides_names_what_is_absent(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="1 records that own_sides names"):
        sides.judge_sides([{"record": "a", "gold": tmp_path, "id": "a:0"}], Parsing())


def test_entities_are_compared_by_span_and_type() -> None:
    ankara = TEXT.index("Ankara")
    gold = [(0, 14, "Organisation"), (20, 28, "Organisation"), (ankara, ankara + 6, "Location"), (42, 48, "Temporal")]
    record = {"id": "a", "text": TEXT, "entities": [{"start": a, "end": b, "type": kind} for a, b, kind in gold]}
    stages = Parsing(places=[Place(Evidence(ankara, ankara + 6, "Ankara"))])
    (outcome,) = entities.judge_sentences([record], stages)
    scores = entities.measure(outcome.tally)
    assert scores["organisation_f1"] == 1.0
    assert scores["location_f1"] == 1.0
    assert scores["entity_recall"] >= 0.75
    assert scores["parser_alone_f1"] < scores["entity_f1"]

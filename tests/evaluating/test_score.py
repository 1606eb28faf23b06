from __future__ import annotations

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console

from dateline.errors import MissingDataError, UsageError
from dateline.evaluating import score as scoring
from dateline.evaluating.goldset import gold_file, load
from dateline.evaluating.metrics import Tally
from dateline.evaluating.peers import peers
from dateline.evaluating.sets import ALL, choose
from dateline.evaluating.stages import Stages
from dateline.model.event import Coding, Event, Status
from dateline.model.text import Report, Span

PLOVER = "class_plover_gsr"


class MarchCoder:
    """Codes a protest where the word `marched` stands, and nothing else."""

    def code(self, reports: Sequence[Report]) -> Sequence[Coding]:
        return [Coding(report.id, self._events(report)) for report in reports]

    def _events(self, report: Report) -> tuple[Event, ...]:
        start = report.text.find("marched")
        if start < 0:
            return ()
        trigger, clause = report.cite(start, start + 7), Span(0, len(report.text))
        return (Event(report.id, "PROTEST", "march", Status.ASSERTED, trigger, clause),)


STAGES = cast("Stages", MarchCoder())


def write_gold(folder: Path, name: str, records: Sequence[dict[str, Any]], split: str = "dev") -> Path:
    path = gold_file(folder, name, split)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def sentences(right: int, wrong: int) -> list[dict[str, Any]]:
    marched = [{"id": f"r{i}", "text": f"Nurses marched in town {i}.", "labels": ["PROTEST"]} for i in range(right)]
    refused = [{"id": f"w{i}", "text": f"Minister {i} refused.", "labels": ["REJECT"]} for i in range(wrong)]
    return marched + refused


def test_a_set_is_scored_and_one_that_is_not_there_is_listed_as_skipped(tmp_path: Path) -> None:
    write_gold(tmp_path, PLOVER, sentences(9, 3))
    told: list[str] = []
    rows = scoring.score(tmp_path, "dev", [PLOVER, "timex_tbaq"], STAGES, told.append)
    assert [(row.set, row.metric) for row in rows][:2] == [(PLOVER, "micro_f1"), (PLOVER, "macro_f1")]
    head = rows[0]
    assert head.value == pytest.approx(2 * 9 / (2 * 9 + 3))
    assert head.units == 12
    assert None not in (head.low, head.value, head.high)
    assert [head.low, head.value, head.high] == sorted([head.low or 0, head.value or 0, head.high or 0])
    assert len(head.sha256) == 64
    assert "PETRARCH2" in (head.peer or "")
    assert (rows[-1].value, rows[-1].note) == (None, "skipped: no timex_tbaq/dev.jsonl")
    assert told == [PLOVER, "timex_tbaq"]


def test_any_split_of_any_folder_of_that_layout_is_scored(tmp_path: Path) -> None:
    write_gold(tmp_path / "elsewhere", PLOVER, sentences(2, 0), split="test")
    rows = scoring.score(tmp_path / "elsewhere", "test", None, STAGES)
    assert rows[[row.set for row in rows].index(PLOVER)].value == 1
    assert sum(row.value is None for row in rows) == len(ALL) - 1


def test_sets_of_our_own_are_looked_for_in_a_folder_of_their_own_and_there_last(tmp_path: Path) -> None:
    gold, own = tmp_path / "gold", tmp_path / "own"
    write_gold(own, PLOVER, sentences(2, 2))
    rows = scoring.score(gold, "dev", [PLOVER, "timex_tbaq"], STAGES, own=own)
    assert (rows[0].units, rows[-1].note) == (4, "skipped: no timex_tbaq/dev.jsonl")
    write_gold(gold, PLOVER, sentences(3, 0))
    assert scoring.score(gold, "dev", [PLOVER], STAGES, own=own)[0].units == 3


def test_every_metric_of_a_set_has_an_interval_of_units_by_group(tmp_path: Path) -> None:
    records = [record | {"doc": f"d{i % 9}"} for i, record in enumerate(marches())]
    write_gold(tmp_path, "sents_glocon_sample", records)
    rows = scoring.score(tmp_path, "dev", ["sents_glocon_sample"], STAGES)
    assert [row.metric for row in rows if row.low is None or row.high is None] == []
    assert {(row.units, row.groups) for row in rows} == {(30, 9)}
    one_document = [record | {"doc": "d"} for record in marches()]
    write_gold(tmp_path, "sents_glocon_sample", one_document)
    assert {row.low for row in scoring.score(tmp_path, "dev", ["sents_glocon_sample"], STAGES)} == {None}


def marches() -> list[dict[str, Any]]:
    labels = ["protest_event", "no_event", "protest_event"]
    return [
        {"id": f"{i}", "text": f"Nurses {'marched' if i % 2 else 'slept'} {i}.", "labels": [labels[i % 3]]}
        for i in range(30)
    ]


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_gold_data_that_is_not_there_is_a_clear_error(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(MissingDataError, match=folder):
        scoring.score(tmp_path / folder, "dev", None, STAGES)


def test_an_unknown_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="class_plover, what"):
        scoring.score(tmp_path, "dev", ["what", "class_plover"], STAGES)


@pytest.mark.parametrize("text", ['{"id": 1}\n{"id"', "[1]\n"])
def test_a_broken_line_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(MissingDataError, match=rf"dev\.jsonl, line {text.count(chr(10), 0, -1) + 1}"):
        load(path)


def test_a_limit_takes_the_same_records_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = write_gold(tmp_path, PLOVER, sentences(30, 0))
    some = [record["id"] for record in load(path, 10)]
    assert len(some) == 10
    assert some == sorted(some, key=lambda name: int(name[1:]))
    assert some == [record["id"] for record in load(path, 10)]
    assert set(some) < {record["id"] for record in load(path, 20)}


def test_an_empty_set_is_skipped(tmp_path: Path) -> None:
    write_gold(tmp_path, PLOVER, [])
    (row,) = scoring.score(tmp_path, "dev", [PLOVER], STAGES)
    assert row.value is None
    assert "nothing to score" in row.note


def test_disagreements_hold_ids_and_labels_and_no_text(tmp_path: Path) -> None:
    write_gold(tmp_path, PLOVER, sentences(3, 5))
    found = scoring.disagreements(tmp_path, "dev", PLOVER, STAGES, limit=2)
    assert found == [scoring.Disagreement(name, ("REJECT",), ()) for name in ("w0", "w1")]


def test_the_table_shows_value_interval_peer_and_what_was_skipped(tmp_path: Path) -> None:
    write_gold(tmp_path, PLOVER, sentences(9, 3))
    rows = scoring.score(tmp_path, "dev", [PLOVER, "timex_tbaq"], STAGES)
    page = StringIO()
    Console(file=page, width=200).print(scoring.render(rows))
    lines = page.getvalue().splitlines()
    assert lines[1].split()[:3] == [PLOVER, "micro_f1", "0.857"]
    assert "PETRARCH2" in lines[1]
    assert "skipped" in lines[-1]
    assert json.loads(json.dumps(scoring.rows_json(rows)))[0]["metric"] == "micro_f1"


def test_every_peer_is_of_a_metric_that_a_set_has() -> None:
    empty = {goldset.name: goldset.measure(Tally()) for goldset in ALL}
    assert [key for key in peers() if key[1] not in empty[key[0]]] == []


def test_names_of_sets_are_unique_and_chosen_in_their_own_order() -> None:
    names = [goldset.name for goldset in ALL]
    assert len(set(names)) == len(names)
    assert [goldset.name for goldset in choose([names[3], names[1]])] == [names[1], names[3]]

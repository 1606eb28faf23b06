"""The false alarms on plain news: documents are found by set, split and id, and every event in them counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from dateline.errors import MissingDataError
from dateline.evaluating import score as scoring
from dateline.evaluating.gold.plain import PLAIN_NEWS, SOURCES
from dateline.evaluating.spine import OWN_GOLD
from dateline.evaluating.stages import Stages
from dateline.model.event import Coding, Event, Status
from dateline.model.text import Report, Span

ROOT = Path(__file__).parents[2]


class AttackCoder:
    """Takes every `attack` for an assault, and one that is feared for a planned one."""

    def code(self, reports: Sequence[Report]) -> Sequence[Coding]:
        return [
            Coding(report.id, tuple(self._event(report, word) for word in self._places(report))) for report in reports
        ]

    def _places(self, report: Report) -> list[int]:
        return [place for place in range(len(report.text)) if report.text.startswith("attack", place)]

    def _event(self, report: Report, place: int) -> Event:
        status = Status.PLANNED if "fear" in report.text[:place] else Status.ASSERTED
        trigger = report.cite(place, place + 6)
        return Event(report.id, "ASSAULT", None, status, trigger, Span(0, len(report.text)))


STAGES = cast("Stages", AttackCoder())
TEXTS = {
    "1": "The home side opened with an attack. The crowd sang.",
    "2": "Rain fell on the valley. Farmers fear a late attack of frost.",
    "3": "Shares rose. Oil fell.",
}


def write(path: Path, records: Sequence[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, own = tmp_path / "gold", tmp_path / "own"
    for name in SOURCES:
        write(gold / name / "train.jsonl", [{"id": it, "text": text} for it, text in TEXTS.items()])
    named = [{"id": f"{SOURCES[0]}/{it}", "set": SOURCES[0], "split": "train", "doc": it} for it in TEXTS]
    write(own / "plain_news" / "dev.jsonl", named)
    return gold, own


def test_events_are_counted_by_the_thousand_sentences_and_documents_without_any(folders: tuple[Path, Path]) -> None:
    gold, own = folders
    rows = scoring.score(gold, "dev", ["plain_news"], STAGES, own=own)
    values = {row.metric: row.value for row in rows}
    assert values == {
        "events_per_1000": pytest.approx(1000 * 2 / 6),
        "asserted_per_1000": pytest.approx(1000 * 1 / 6),
        "documents_without": pytest.approx(1 / 3),
    }
    assert {row.units for row in rows} == {3}


def test_events_of_the_documents_are_listed_by_id(folders: tuple[Path, Path]) -> None:
    gold, own = folders
    found = scoring.disagreements(gold, "dev", "plain_news", STAGES, 9, own)
    assert [(it.id[-1], it.found) for it in found] == [("1", ("ASSAULT:asserted",)), ("2", ("ASSAULT:planned",))]


def test_without_the_other_sets_the_row_says_that_it_was_skipped(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (row,) = scoring.score(tmp_path / "nowhere", "dev", ["plain_news"], STAGES, own=folders[1])
    assert row.value is None
    assert row.note.startswith("skipped: its documents are of docs_glocon_sample, ")


def test_a_document_that_is_not_in_its_set_is_an_error(folders: tuple[Path, Path]) -> None:
    gold, own = folders
    (gold / SOURCES[0] / "train.jsonl").write_text(json.dumps({"id": "1", "text": TEXTS["1"]}) + "\n", "utf-8")
    with pytest.raises(MissingDataError, match=r"2 of 3 documents .* the first docs_glocon_sample train 2"):
        scoring.score(gold, "dev", ["plain_news"], STAGES, own=own)


def test_the_list_names_three_hundred_documents_once_and_holds_no_text() -> None:
    lines = (ROOT / OWN_GOLD / "plain_news" / "dev.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert len({record["id"] for record in records}) == len(records) == 300
    assert {tuple(record) for record in records} == {("id", "set", "split", "doc", "kind")}
    assert {record["set"] for record in records} == set(PLAIN_NEWS.needs)
    assert {record["split"] for record in records} <= {"train", "dev"}
    # What a coder may be trained on is never asked about: these two have their train splits in the training data.
    trained = [it for it in records if it["set"] in ("docs_glocon_sample", "linking_ecbplus")]
    assert {record["split"] for record in trained} == {"dev"}
    assert min(Counter(record["kind"] for record in records).values()) >= 8

"""Mentions come to the same, whether all are held or each question is put to the project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from tests.storing.rows import CLOCK, PROVENANCE, batch, mention, report, result

from dateline.storing.database import Database, open_database
from dateline.storing.told import Told
from dateline.storing.writer import Provenance, writing

if TYPE_CHECKING:
    import duckdb

EARLY = report()
LATE, MUTE = (report(text, source) for text, source in (("On 12 May some marched; some sat.", "b"), ("Nothing.", "c")))
MENTIONS = [mention(EARLY, "arrested", "COERCE"), mention(EARLY), mention(LATE, "sat"), mention(LATE)]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A project of two runs; the second has the reports that were added."""
    folder = tmp_path_factory.mktemp("told") / "p"
    for stage, some in (("a" * 64, [EARLY]), ("b" * 64, [LATE, MUTE])):
        with writing(folder, stage) as writer:
            writer.append(batch(*(result(it, *(m for m in MENTIONS if m.report == it.id)) for it in some)))
            writer.commit(Provenance(stage, PROVENANCE.linker, PROVENANCE.versions), (), CLOCK)
    with open_database(folder) as opened:
        yield opened


@pytest.mark.parametrize("reports", [[EARLY.id], [LATE.id, MUTE.id], [EARLY.id, LATE.id, MUTE.id], [MUTE.id], ["none"]])
def test_reports(database: Database, reports: Sequence[str]) -> None:
    found = [list(Told(database, is_held).by(sorted(reports))) for is_held in (False, True)]
    assert found[0] == found[1]
    told = {report.id: [row["id"] for row in rows] for report, rows in found[0]}
    in_order = sorted(MENTIONS, key=lambda it: (it.report, it.trigger.start))
    assert told == {it: [m.id for m in in_order if m.report == it] for it in reports if it != "none"}


@pytest.mark.parametrize("some", [MENTIONS, MENTIONS[:1], MENTIONS[2:], []])
def test_mentions_by_id(database: Database, some: Sequence[object]) -> None:
    ids = [it.id for it in MENTIONS if it in some]
    for is_held in (False, True):
        assert sorted(it.id for it in Told(database, is_held).some(ids)) == sorted(ids)


def test_all_held_are_asked_for_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = Database.ask

    def counted(self: Database, query: str, values: dict[str, Any] | None = None) -> duckdb.DuckDBPyRelation:
        asked.append(query)
        return ask(self, query, values)

    monkeypatch.setattr(Database, "ask", counted)
    told = Told(database, is_held=True)
    assert len(told.of([EARLY.id])) == len(told.of([LATE.id])) == len(list(told.some([it.id for it in MENTIONS[1:3]])))
    assert len(asked) == 1

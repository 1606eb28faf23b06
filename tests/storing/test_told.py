"""Mentions come to the same, whether all are held or each question is put to the project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
from tests.storing.rows import CLOCK, PROVENANCE, batch, mention, report, result

from dateline.model.event import Mention, Review
from dateline.model.text import Report
from dateline.storing.database import Database, open_database
from dateline.storing.results import Result
from dateline.storing.told import Told
from dateline.storing.writer import Provenance, writing

if TYPE_CHECKING:
    import duckdb

EARLY = report()
LATE, MUTE = (report(text, source) for text, source in (("On 12 May some marched; some sat.", "b"), ("Nothing.", "c")))
MENTIONS = [mention(EARLY, "arrested", "COERCE"), mention(EARLY), mention(LATE, "sat"), mention(LATE)]
ONCE = mention(EARLY, "nine")
"""Told by the first run alone, which read the first report otherwise."""
LEFT = [replace(MENTIONS[2], confidence=0.123, review=Review.CORRECTED), replace(MENTIONS[3], review=Review.REJECTED)]
"""What people left of the last two."""

_id = attrgetter("id")


@pytest.fixture(scope="module", params=[(), LEFT], ids=["as told", "reviewed"])
def left(request: pytest.FixtureRequest) -> list[Mention]:
    """What people left otherwise than told."""
    return list(request.param)


@pytest.fixture(scope="module")
def mentions(left: list[Mention]) -> list[Mention]:
    """What is current."""
    others = {it.id: it for it in left}
    return [it for told in MENTIONS if (it := others.get(told.id, told)).review is not Review.REJECTED]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, left: list[Mention]) -> Iterator[Database]:
    """A project of two runs; the second reads the first report again, and those that were added."""
    folder = tmp_path_factory.mktemp("told") / "p"
    runs = (("a" * 64, [result(EARLY, MENTIONS[0], ONCE)]), ("b" * 64, [_coded(it) for it in (EARLY, LATE, MUTE)]))
    for stage, results in runs:
        with writing(folder, stage) as writer:
            writer.review(left)
            writer.append(batch(*results))
            writer.commit(Provenance(stage, PROVENANCE.linker, PROVENANCE.versions), (), CLOCK)
    with open_database(folder) as opened:
        yield opened


def _coded(of: Report) -> Result:
    return result(of, *(it for it in MENTIONS if it.report == of.id))


def _both(database: Database) -> list[Told]:
    """Return all mentions as asked for one by one, and as held."""
    return [Told(database), Told(database, is_held=True)]


@pytest.mark.parametrize("reports", [[EARLY.id], [LATE.id, MUTE.id], [EARLY.id, LATE.id, MUTE.id], [MUTE.id], ["none"]])
def test_reports(database: Database, mentions: list[Mention], reports: Sequence[str]) -> None:
    found = [list(it.by(sorted(reports))) for it in _both(database)]
    assert found[0] == found[1]
    told = {report.id: [row["id"] for row in rows] for report, rows in found[0]}
    in_order = sorted(mentions, key=lambda it: (it.report, it.trigger.start))
    assert told == {it: [m.id for m in in_order if m.report == it] for it in reports if it != "none"}


@pytest.mark.parametrize("some", [slice(0, 4), slice(0, 1), slice(2, 4), slice(0)])
def test_mentions_by_id(database: Database, mentions: list[Mention], some: slice) -> None:
    ids = [it.id for it in MENTIONS[some]]
    for told in _both(database):
        assert sorted(told.some(ids), key=_id) == sorted((it for it in mentions if it.id in ids), key=_id)


def test_all_held_are_asked_for_once(
    database: Database, mentions: list[Mention], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Database.ask

    def counted(self: Database, query: str, values: dict[str, Any] | None = None) -> duckdb.DuckDBPyRelation:
        asked.append(query)
        return ask(self, query, values)

    monkeypatch.setattr(Database, "ask", counted)
    told = Told(database, is_held=True)
    assert len(told.of([EARLY.id])) == len(list(told.some([it.id for it in MENTIONS[:2]]))) == 2
    assert len(told.of([LATE.id])) == len(mentions) - 2
    assert len(asked) == 1

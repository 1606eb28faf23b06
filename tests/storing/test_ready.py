"""A project laid ready answers as its Parquet files do, and the order of review is the same in columns as in nouns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.exploring.sample import leipzig

from dateline.model.event import Review
from dateline.reviewing.queue import VICTIMS, WEIGHTS, queue
from dateline.storing.archive import WORK, open_archive
from dateline.storing.catalogue import bounds, facets, find_facts, spells, spots
from dateline.storing.database import Database, open_database
from dateline.storing.filters import ALL, Filters
from dateline.storing.pressing import homes, incident_of, pressing

QUESTIONS: list[Callable[[Database], Any]] = [
    Database.counts,
    Database.incidents,
    lambda it: it.incidents(Filters(contested=True)),
    lambda it: [it.incident(one.id) for one in it.incidents()],
    lambda it: [it.report(one.id) for one in it.all_reports()],
    lambda it: it.coded([one.id for one in it.all_mentions()]),
    lambda it: [it.links(one.mentions) for one in it.incidents()],
    lambda it: [it.copies(one.reports) for one in it.incidents()],
    lambda it: [it.relations_of(one.id) for one in it.incidents()],
    lambda it: {noun: it.table(noun).to_pylist() for noun in ("readings", "reports", "mentions", "links", "incidents")},
    Database.issues,
    lambda it: list(it.cases()),
    find_facts,
    facets,
    spots,
    bounds,
    lambda it: [spells(it, unit) for unit in ("day", "month", "year", "decade")],
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return leipzig().write(tmp_path_factory.mktemp("ready") / "project")


def asked(project: Path, question: Callable[[Database], Any], *, ready: bool) -> Any:
    with open_database(project) as database:
        if ready:
            database.make_ready()
        return question(database)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_laid_ready_answers_as_the_files_do(project: Path, question: Callable[[Database], Any]) -> None:
    plain = asked(project, question, ready=False)
    assert plain
    assert asked(project, question, ready=True) == plain


def test_it_is_made_once_for_a_state_of_the_project(project: Path) -> None:
    asked(project, Database.counts, ready=True)
    (made,) = (project / WORK).glob("ready-*.duckdb")
    before = made.stat().st_mtime_ns
    asked(project, Database.counts, ready=True)
    assert made.stat().st_mtime_ns == before
    stale = made.with_name("ready-0000000000000000.duckdb")
    made.rename(stale)
    asked(project, Database.counts, ready=True)
    assert [*(project / WORK).glob("ready-*.duckdb")] == [made]


def test_where_nothing_can_be_written_it_is_held_in_memory(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    database = Database(open_archive(project).files(), tmp_path / "file")
    database.make_ready()
    assert database.counts() == asked(project, Database.counts, ready=False)
    database.close()


def test_mentions_come_in_the_order_of_the_queue(project: Path) -> None:
    with open_database(project) as database:
        database.make_ready()
        mentions = list(database.all_mentions())
        own = {mention: it for it in database.incidents() for mention in it.mentions}
        inside = [it for it in mentions if it.id in own]
        expected = [it.mention for it in queue(inside, own, waiting=Review)]
        ordered = pressing(database, WEIGHTS, VICTIMS)
        assert len(expected) > 2
        assert ordered.page(database, ALL, (), 0, 1_000) == expected
        assert ordered.page(database, ALL, expected[:1], 1, 1) == expected[2:3]
        assert ordered.count(database, ALL, expected[:1]) == len(expected) - 1
        assert {name: (it.contested, it.single_source) for name, it in homes(database, expected).items()} == {
            name: (own[name].contested, own[name].single_source) for name in expected
        }
        assert incident_of(database, expected[0]) == own[expected[0]]
        assert incident_of(database, "none") is None

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.storing.rows import CLOCK, PROVENANCE, batch, failed, incident, mention, report, result

from dateline.errors import UsageError
from dateline.model.incident import Incident, Link
from dateline.model.tables import to_table
from dateline.storing.archive import open_archive
from dateline.storing.catalogue import Bounds, Spell, bounds, facets, find_facts, spells, values
from dateline.storing.database import Database, open_database
from dateline.storing.filters import Filters
from dateline.storing.results import PARTS
from dateline.storing.words import find_incidents, find_reports, open_index
from dateline.storing.writer import writing

KASSEL = replace(report(), retrieved=datetime(2024, 5, 13, 8, tzinfo=UTC))
NORTH = report("On 12 May some people marched.", "b.txt", "Radio Nord")
MARCH, ARREST, ECHO = mention(KASSEL), mention(KASSEL, "arrested", "COERCE"), mention(NORTH)

MAY = (date(2024, 5, 12), date(2024, 5, 20))

CONTESTED = {"contested": True, "disputed": ("people",), "single_source": False, "independent": 2}

INCIDENTS: dict[str, Incident] = {
    "march": incident(MARCH, ECHO, country="DEU", admin1="Hesse", place="Kassel", **CONTESTED),
    "arrest": incident(ARREST, country="DEU", earliest=date(2024, 5, 13), latest=date(2024, 5, 20)),
    "unknown": replace(incident(ECHO, earliest=None, latest=None), type="PROTEST"),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("queries") / "p"
    with writing(folder, PROVENANCE.stage) as writer:
        writer.append(batch(result(KASSEL, MARCH, ARREST), result(NORTH, ECHO), failed("c.txt"), failed("d.txt")))
        left, right = sorted((MARCH.id, ECHO.id))
        links = to_table(Link, [Link(left, right, 0.9, ("same day",))])
        writer.relate([("links", links), ("incidents", to_table(Incident, INCIDENTS.values()))])
        writer.commit(PROVENANCE, (), CLOCK)
    with open_database(folder) as database:
        yield database


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["march", "arrest", "unknown"]),
        ({"type": "COERCE"}, ["arrest"]),
        ({"type": "PROTEST", "country": "DEU"}, ["march"]),
        ({"admin1": "Hesse"}, ["march"]),
        ({"place": "Kassel"}, ["march"]),
        ({"form": "rally"}, []),
        ({"status": "asserted"}, ["march", "arrest", "unknown"]),
        ({"contested": True}, ["march"]),
        ({"contested": False}, ["arrest", "unknown"]),
        ({"single_source": False}, ["march"]),
        ({"since": date(2024, 5, 13)}, ["arrest"]),
        ({"until": date(2024, 5, 12)}, ["march"]),
        ({"since": date(2024, 5, 15), "until": date(2024, 5, 16)}, ["arrest"]),
        ({"publisher": "Radio Nord"}, ["march", "unknown"]),
        ({"publisher": "' OR true --"}, []),
        ({"words": "ARRESTED"}, ["arrest"]),
        ({"words": "arrest*"}, ["arrest"]),
        ({"words": "kassel"}, ["march"]),
        ({"words": '"marched kassel"'}, []),
        ({"words": "%"}, []),
        ({"words": '" OR NEAR('}, []),
        ({"sources": 2}, ["march"]),
        ({"review": "reviewed"}, []),
        ({"disputed": "people"}, ["march"]),
    ],
)
def test_filters(database: Database, wanted: dict[str, Any], expected: list[str]) -> None:
    filters = Filters(**wanted)

    assert database.incidents(filters) == [INCIDENTS[name] for name in expected]
    assert database.count_incidents(filters) == len(expected)


def test_pages_join_to_the_whole(database: Database) -> None:
    pages = [database.incidents(limit=1, offset=number) for number in range(4)]

    assert [len(page) for page in pages] == [1, 1, 1, 0]
    assert [it for page in pages for it in page] == database.incidents()


def test_one_incident_comes_with_its_mentions_and_reports(database: Database) -> None:
    view = database.incident(INCIDENTS["march"].id)

    assert view
    assert view.incident == INCIDENTS["march"]
    assert set(view.mentions) == {MARCH, ECHO}
    assert view.reports == {KASSEL.id: KASSEL, NORTH.id: NORTH}
    assert [link.why for link in database.links(view.incident.mentions)] == [("same day",)]


def test_one_report_comes_with_its_mentions_in_the_order_of_the_text(database: Database) -> None:
    view = database.report(KASSEL.id)

    assert view
    assert (view.report, view.mentions, view.issues) == (KASSEL, (MARCH, ARREST), ())
    assert set(database.incidents_of(KASSEL.id)) == {INCIDENTS["march"], INCIDENTS["arrest"]}


def test_all_reports_at_once_are_as_each_alone(database: Database) -> None:
    views = list(database.views())

    assert {view.report.id for view in views} == {KASSEL.id, NORTH.id}
    assert views == [database.report(view.report.id) for view in views]


@pytest.mark.parametrize("identity", ["", "0" * 64, "'; DROP TABLE x"])
def test_what_is_not_there_is_none(database: Database, identity: str) -> None:
    assert database.incident(identity) is None
    assert database.report(identity) is None


def test_counts(database: Database) -> None:
    counts = database.counts()

    assert (counts.readings, counts.duplicates, counts.reports, counts.mentions) == (4, 0, 2, 3)
    assert (counts.incidents, counts.single_source, counts.contested, counts.issues) == (3, 2, 1, 2)
    assert database.issue_kinds() == [("reading", "empty", 2)]
    assert [issue.source for issue in database.issues(limit=1, offset=1)] == ["d.txt"]
    assert database.publishers() == {KASSEL.id: None, NORTH.id: "Radio Nord"}


def test_facets_count_what_would_pass(database: Database) -> None:
    found = facets(database)
    assert found["type"] == [("PROTEST", 2), ("COERCE", 1)]
    assert found["country"] == [("DEU", 2)]
    assert found["publisher"] == [("Radio Nord", 2)]
    assert found["contested"] == [("false", 2), ("true", 1)]
    assert values(database, "place") == [("Kassel", 1)]


def test_a_filter_in_force_does_not_narrow_its_own_facet(database: Database) -> None:
    found = facets(database, Filters(type="COERCE"))
    assert found["type"] == [("PROTEST", 2), ("COERCE", 1)]
    assert found["contested"] == [("false", 1)]


def test_what_passes_as_a_whole_and_by_month(database: Database) -> None:
    assert bounds(database) == Bounds(*MAY, MAY, early=0, late=0, dated=2, placeless=3, total=3)
    assert spells(database, "month") == [Spell(date(2024, 5, 1), date(2024, 5, 1), 2, 1)]
    assert spells(database, "day", Filters(type="COERCE")) == [Spell(date(2024, 5, 13), date(2024, 5, 20), 1, 0)]


def test_incidents_are_reviewed_once_a_mention_of_them_is(database: Database) -> None:
    database.note_reviewed([ARREST.id])
    assert database.incidents(Filters(review="reviewed")) == [INCIDENTS["arrest"]]
    assert facets(database)["review"] == [("unreviewed", 2), ("reviewed", 1)]
    database.note_reviewed([])
    assert database.count_incidents(Filters(review="reviewed")) == 0


def test_a_fact_has_the_number_by_which_it_is_found(database: Database) -> None:
    found = find_facts(database)
    assert [fact.n for fact in found] == [0, 1, 2]
    assert [database.identity(fact.n) for fact in found] == [fact.id for fact in found]
    assert database.identity(3) is None
    assert found[0].words == "marched"


def test_texts_are_searched(database: Database) -> None:
    total, found = database.search("nine", limit=10)
    assert (total, found) == (1, [KASSEL])
    assert database.search("", limit=10) == (0, [])


def test_an_index_that_cannot_be_written_is_held_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    passages, texts = [(0, "marched", "Kassel")], [(1, "r", None, "They marched.")]
    index = open_index(tmp_path / "file" / "words-1.sqlite", lambda: passages, lambda: texts)
    assert find_incidents(index, "MARCHED") == [0]
    assert find_reports(index, "they", 5) == (1, ["r"])


def test_unknown_table_is_refused(database: Database) -> None:
    with pytest.raises(UsageError, match="expected one of readings"):
        database.table("reports; DROP TABLE x")


def test_tables_are_utc_and_have_all_columns(database: Database) -> None:
    for noun, schema in PARTS.items():
        table = database.table(noun)
        assert table.column_names == schema.names
        assert not [field for field in table.schema if "tz=" in str(field.type) and "UTC" not in str(field.type)]


def test_new_project_answers_with_nothing(tmp_path: Path) -> None:
    with writing(tmp_path / "p", PROVENANCE.stage) as writer:
        writer.commit(PROVENANCE, (), CLOCK)

    assert len(open_archive(tmp_path / "p").manifests) == 1
    with open_database(tmp_path / "p") as database:
        assert database.counts().reports == 0
        assert database.incidents() == []
        assert database.table("mentions").num_rows == 0
        assert list(database.all_mentions()) == []

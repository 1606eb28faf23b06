"""What Python users get of a project: settled incidents, accounts, totals, captures, as pandas and polars too."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import polars
import pytest

import dateline
from dateline.config import load_config
from dateline.errors import UsageError
from dateline.model.event import Mention
from dateline.model.incident import Incident
from dateline.model.settled import settle
from dateline.model.tables import from_table
from dateline.model.totals import Case, totals_of, totals_table
from dateline.running.project import Project
from dateline.running.run import run
from dateline.running.table import Table
from dateline.storing.database import open_database
from dateline.storing.filters import Filters

REPORTS = {
    "Morning Bulletin": "Police shot dead 12 protesters in Leipzig on 9 October 1989.",
    "Students' Letter": "In Leipzig police shot dead between 40 and 60 protesters on 9 October 1989.",
    "Harbour Radio": "Dozens of protesters were shot dead by police in Leipzig on 9 October 1989.",
    "Village Letter": "Police arrested nine students in Dresden on 3 October 1989. They may march again.",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("project")
    lines = [{"text": text, "publisher": publisher, "language": "en"} for publisher, text in REPORTS.items()]
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    run([str(folder / "in.jsonl")], folder / "p", replace(load_config(), coder="rules"))
    return dateline.open(folder / "p")


def killed(table: Table) -> list[tuple[int | None, ...]]:
    rows = table.to_pylist()
    figures = [it for row in rows for it in row["figures"] if it["counts"] == "killed"]
    return [(it["low"], it["best"], it["high"]) for it in figures]


def test_incidents_are_settled_under_the_policy_asked_for(project: Project) -> None:
    assert killed(project.incidents()) == killed(project.incidents("range")) == [(12, None, 99)]
    assert killed(project.incidents("median")) == [(24, 24, 60)]
    assert killed(project.incidents(policy="ucdp")) == [(12, 12, 99)]
    assert project.incidents("lowest").schema == project.incidents("median").schema
    with pytest.raises(UsageError, match="'mean' given; expected one of range"):
        project.incidents("mean")


def test_totals_of_the_database_are_those_of_the_settled_nouns(project: Project) -> None:
    told = {mention.id: mention for mention in from_table(Mention, project.mentions().arrow)}
    incidents = from_table(Incident, project.incidents().arrow)
    for total in project.totals().to_pylist():
        settled = (settle(it, [told[id_] for id_ in it.mentions], total["policy"]) for it in incidents)
        figures = [it for incident in settled for it in incident.figures if it.counts == total["counts"]]
        assert sum(it.high or 0 for it in figures) == total["high"]
        assert total["told"] == len(figures)


def test_totals_are_told_apart_and_obey_filters(project: Project) -> None:
    rows = project.totals("highest", by=["type", "year"]).to_pylist()
    assert [(it["type"], it["year"], it["counts"], it["high"]) for it in rows] == [
        ("ASSAULT", "1989", "killed", 99),
        ("COERCE", "1989", "arrested", 9),
    ]
    with open_database(project.folder) as database:
        cases: list[Case] = list(database.cases(Filters(type="COERCE")))
    assert totals_table(totals_of(cases, ["highest"]))["counts"].to_pylist() == ["arrested"]


def test_accounts_say_who_said_what(project: Project) -> None:
    rows = [it for it in project.accounts().to_pylist() if it["field"] == "killed"]
    assert {(it["publisher"], it["value"]) for it in rows} == {
        ("Morning Bulletin", "12"),
        ("Students' Letter", "40-60"),
        ("Harbour Radio", "24-99"),
    }
    texts = {it["id"]: it["text"] for it in project.reports().to_pylist()}
    assert all(texts[it["report"]][it["start"] : it["end"]] == it["quote"] for it in project.accounts().to_pylist())


def test_captures_count_each_source_for_its_publisher(project: Project) -> None:
    assert sorted(project.captures()["list"].to_pylist()) == sorted(REPORTS)


def test_a_table_becomes_a_frame_of_pandas_or_polars(project: Project) -> None:
    table = project.totals("lowest")
    assert table.to_pandas()["policy"].unique().tolist() == ["lowest"]
    assert table.to_polars().equals(polars.DataFrame(table))
    assert len(table) == table.num_rows == 2


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing_is_named_with_the_next_step(
    project: Project, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=f"asked for as {library}.*pip install {library}"):
        getattr(project.totals(), f"to_{library}")()

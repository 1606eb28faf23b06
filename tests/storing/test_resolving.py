"""An incident's id that was given once goes on leading somewhere: after merges, splits, new coders and growth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from tests.storing.rows import CLOCK, PROVENANCE, incident, mention, regroup, report, result

from dateline.model.incident import Incident
from dateline.model.tables import to_table
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database
from dateline.storing.resolving import resolve
from dateline.storing.results import CHANGES
from dateline.storing.writer import writing

ONE, TWO, THREE = (report(f"On {day} May people marched.", f"{day}.txt") for day in (11, 12, 13))
A, B, C = (mention(it) for it in (ONE, TWO, THREE))


def ask(folder: Path, identity: str) -> tuple[str, ...]:
    with open_database(folder) as database:
        return resolve(open_archive(folder), database, identity)


def change(folder: Path, come: list[Incident], gone: list[str]) -> list[str]:
    """Commit a run that changes these incidents, and return the ids of those that came."""
    columns = CHANGES["incidents_since"]
    rows = [row | {"is_gone": False, "run": 1} for row in to_table(Incident, come).to_pylist()]
    rows += [{"id": identity, "is_gone": True, "run": 1} for identity in gone]
    with writing(folder, "stage") as writer:
        writer.relate([("incidents_since", pa.Table.from_pylist(rows, schema=columns).drop_columns("run"))])
        writer.commit(PROVENANCE, (), CLOCK)
    return [it.id for it in come]


@pytest.fixture
def first(tmp_path: Path) -> list[str]:
    """Ids of the incidents of a project, `p`: A with B, and C."""
    return regroup(tmp_path / "p", "stage", [result(ONE, A), result(TWO, B), result(THREE, C)], (A, B), (C,))


def test_a_current_id_is_its_own(tmp_path: Path, first: list[str]) -> None:
    assert [ask(tmp_path / "p", it) for it in first] == [(it,) for it in first]


def test_ids_of_merged_incidents_lead_to_one(tmp_path: Path, first: list[str]) -> None:
    (merged,) = regroup(tmp_path / "p", "stage", [], (A, B, C))
    assert [ask(tmp_path / "p", it) for it in first] == [(merged,), (merged,)]


def test_the_id_of_a_split_incident_leads_to_all_of_its_parts(tmp_path: Path, first: list[str]) -> None:
    (merged,) = regroup(tmp_path / "p", "stage", [], (A, B, C))
    larger, smaller = regroup(tmp_path / "p", "stage", [], (A, B), (C,))
    assert ask(tmp_path / "p", merged) == (larger, smaller)
    assert larger == first[0]


def test_an_id_outlasts_several_runs(tmp_path: Path, first: list[str]) -> None:
    regroup(tmp_path / "p", "stage", [], (A, B, C))
    (alone, rest) = regroup(tmp_path / "p", "stage", [], (A,), (B, C))
    assert ask(tmp_path / "p", first[0]) == tuple(sorted((alone, rest)))


def test_mentions_coded_anew_are_found_by_their_words(tmp_path: Path, first: list[str]) -> None:
    again = [replace(it, id="f" + it.id[1:]) for it in (A, B, C)]
    (merged,) = regroup(
        tmp_path / "p", "other", [result(*pair) for pair in zip((ONE, TWO, THREE), again, strict=True)], tuple(again)
    )
    assert ask(tmp_path / "p", first[0]) == (merged,)


def test_ids_that_a_run_gave_among_changes_lead_on(tmp_path: Path, first: list[str]) -> None:
    apart = [incident(A), incident(B)]
    (merged,) = change(tmp_path / "p", [incident(A, B, C)], first)
    change(tmp_path / "p", [*apart, incident(C)], [merged])
    assert ask(tmp_path / "p", merged) == tuple(sorted(it.id for it in (*apart, incident(C))))
    assert ask(tmp_path / "p", first[1]) == (incident(C).id,)


def test_an_id_that_was_never_given_leads_nowhere(tmp_path: Path, first: list[str]) -> None:
    assert first
    assert ask(tmp_path / "p", "0" * 64) == ()
    assert ask(tmp_path / "p", "'; DROP") == ()

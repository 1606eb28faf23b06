"""A project that grew run by run is the one that a single run makes, and costs what is new."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.running.project import start

from dateline.linking import compared, growth
from dateline.linking.measure import measured
from dateline.model.decision import Act, Decision
from dateline.model.judgement import Verdict, Withdrawal, anchor_of, judge
from dateline.running import relating as relating_run
from dateline.running.relinking import link_again
from dateline.storing import relating
from dateline.storing.archive import open_archive, part_path
from dateline.storing.database import Database, open_database
from dateline.storing.resolving import resolve
from dateline.storing.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from dateline.linking.columns import Numbers
    from dateline.linking.profile import Profile
    from dateline.linking.weights import Weights

NOON = datetime(2026, 1, 1, tzinfo=UTC)
TOLD = ("links", "incidents", "copies")
TAIL = (
    " while thousands more looked on from the windows of the houses around the great square of the old town, where the"
)
STORIES = [
    f"On Monday {number} workers marched through the town and the police arrested some of them{TAIL * (number % 3)}.\n"
    for number in range(2, 14)
]
DATED = [
    f"On 1989-10-0{1 + number % 4} {40 + number % 3} workers marched, and {9 + number % 2} of them marched back."
    f"{' They sang.' * number}"
    for number in range(12)
]
"""Of some the day is the same, so that they are linked."""


def told(project: Path) -> dict[str, bytes]:
    """Return the tables that linking sets, as bytes."""
    archive = open_archive(project)
    newest = archive.manifests[-1]
    return {noun: part_path(project, noun, newest.run).read_bytes() for noun in TOLD if newest.part(noun)}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(STORIES))), cut=st.integers(1, len(STORIES) - 1))
def test_growing_and_starting_afresh_are_the_same_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int
) -> None:
    home = tmp_path_factory.mktemp("growing")
    for name, numbers in (("old", order[:cut]), ("new", order[cut:])):
        (home / name).mkdir()
        for number in numbers:
            (home / name / f"{number}.txt").write_text(STORIES[number])
    start(home / "grown", home / "old")
    start(home / "grown", home / "new")
    start(home / "whole", home / "old", home / "new")
    assert told(home / "grown") == told(home / "whole")


@pytest.fixture
def adding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs add what has changed however small the tables are, and hold but a few mentions."""
    monkeypatch.setattr(compared, "is_added", lambda whole, _: whole > 0)
    monkeypatch.setattr(relating_run, "MOST_HELD", 5)
    monkeypatch.setattr(relating_run, "MOST_READ", 5)
    monkeypatch.setattr(relating, "MANY", 2)
    monkeypatch.setattr(relating, "is_added", lambda whole, _: whole > 0)


def tables(project: Path) -> dict[str, pa.Table]:
    """Return the tables that linking sets, as they are read."""
    with open_database(project) as database:
        return {noun: database.table(noun) for noun in (*TOLD, "relations")}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(DATED))), cuts=st.tuples(st.integers(1, 11), st.integers(1, 11)))
@pytest.mark.usefixtures("adding")
def test_changes_that_are_added_come_to_the_same_tables(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cuts: tuple[int, int]
) -> None:
    home = tmp_path_factory.mktemp("adding")
    for number, story in enumerate(DATED):
        (home / f"{number}.txt").write_text(story)
    ends = [*sorted(cuts), len(DATED)]
    for end in ends:
        start(home / "grown", *(home / f"{number}.txt" for number in order[:end]))
    start(home / "whole", *sorted(home.glob("*.txt")))
    assert tables(home / "grown") == tables(home / "whole")
    grown, whole = (dict(open_archive(home / it).manifests[-1].counts) for it in ("grown", "whole"))
    assert grown["links"] == whole["links"] > 0
    assert grown["incidents"] == whole["incidents"] > 0
    assert verify(home / "grown") == []


@pytest.mark.usefixtures("adding")
def test_words_of_people_and_other_linkers_find_changes_in_place(tmp_path: Path) -> None:
    for number, story in enumerate(DATED):
        (tmp_path / f"{number}.txt").write_text(story)
    start(tmp_path / "p", *sorted(tmp_path.glob("?.txt")))
    start(tmp_path / "p", *sorted(tmp_path.glob("*.txt")))
    before, archive = tables(tmp_path / "p"), open_archive(tmp_path / "p")
    assert archive.manifests[-1].part("links_since")
    assert archive.manifests[-1].part("incidents_since")
    with open_database(tmp_path / "p") as database:
        left, right = list(database.all_mentions())[:2]
        are_one = any({left.id, right.id} <= set(it.mentions) for it in database.incidents())
    said = archive.judge(judge([left], [right], Verdict.DIFFERENT if are_one else Verdict.SAME, "ana", NOON))
    start(tmp_path / "p", *sorted(tmp_path.glob("*.txt")))
    assert tables(tmp_path / "p") != before
    archive.judge(Withdrawal(said, "ana", NOON))
    start(tmp_path / "p", *sorted(tmp_path.glob("*.txt")))
    assert tables(tmp_path / "p") == before
    assert len(open_archive(tmp_path / "p").files()["links_since"]) == 3
    assert len(open_archive(tmp_path / "p").files()["incidents_since"]) == 3
    link_again(tmp_path / "p")  # by the linker of now, which is another: it writes all of them
    assert tables(tmp_path / "p") == before
    assert open_archive(tmp_path / "p").files()["links_since"] == ()
    assert open_archive(tmp_path / "p").files()["incidents_since"] == ()
    assert verify(tmp_path / "p") == []


def test_of_a_report_only_the_mention_that_people_left_otherwise_is_another(tmp_path: Path) -> None:
    for number, story in enumerate(DATED):
        (tmp_path / f"{number}.txt").write_text(story)
    start(tmp_path / "p", *sorted(tmp_path.glob("*.txt")))
    with open_database(tmp_path / "p") as database:
        report, (first, _) = next(it for it in database.told() if len(it[1]) == 2)
    open_archive(tmp_path / "p").decide(Decision(anchor_of(first), Act.ACCEPT, "ana", NOON), report)
    start(tmp_path / "p", *sorted(tmp_path.glob("*.txt")))
    with open_database(tmp_path / "p") as database:
        homes = [mention for it in database.incidents() for mention in it.mentions]
        assert sorted(homes) == sorted(it.id for it in database.all_mentions())
    before = tables(tmp_path / "p")
    link_again(tmp_path / "p")  # by another linker, which remembers nothing
    assert tables(tmp_path / "p") == before


def test_a_run_with_one_more_report_works_out_only_what_it_touches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, story in enumerate(STORIES):
        (tmp_path / f"{number}.txt").write_text(story)
    start(tmp_path / "p", *sorted(tmp_path.glob("*.txt")))
    asked: list[tuple[str, str]] = []

    def noted(profiles: Sequence[Profile], left: Numbers, right: Numbers, weights: Weights | None) -> Numbers:
        pairs = zip(left.tolist(), right.tolist(), strict=True)
        asked.extend((profiles[a].mention.id, profiles[b].mention.id) for a, b in pairs)
        return measured(profiles, left, right, weights)

    questions: list[str] = []
    ask = Database.ask

    def counted(self: Database, query: str, values: dict[str, Any] | None = None) -> duckdb.DuckDBPyRelation:
        questions.append(query)
        return ask(self, query, values)

    monkeypatch.setattr(growth, "measured", noted)
    monkeypatch.setattr(Database, "ask", counted)
    (tmp_path / "new.txt").write_text(f"{STORIES[0]} They sang.")
    start(tmp_path / "p", tmp_path / "new.txt")
    newest = open_archive(tmp_path / "p").manifests[-1]
    new = {row["mention"] for row in pq.read_table(part_path(tmp_path / "p", "traits", newest.run)).to_pylist()}
    assert new
    assert all(new.intersection(pair) for pair in asked)
    assert sum("mentions_unsorted" in it for it in questions) == 1


def test_ids_that_an_earlier_run_gave_lead_on(tmp_path: Path) -> None:
    for number, story in enumerate(STORIES):
        (tmp_path / f"{number}.txt").write_text(story)
    start(tmp_path / "p", *sorted(tmp_path.glob("?.txt")))
    with open_database(tmp_path / "p") as database:
        given_ids = {it.id: set(it.mentions) for it in database.incidents()}
    start(tmp_path / "p", *sorted(tmp_path.glob("*.txt")))
    with open_database(tmp_path / "p") as database:
        now = {it.id: set(it.mentions) for it in database.incidents()}
        for identity, mentions in given_ids.items():
            heirs = resolve(open_archive(tmp_path / "p"), database, identity)
            assert mentions <= set().union(*(now[it] for it in heirs))

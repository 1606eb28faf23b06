"""Links of which runs write what has changed read as if each run had written all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.storing.rows import CLOCK, PROVENANCE

from dateline.model.incident import Link
from dateline.model.tables import from_table, to_table
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database
from dateline.storing.verify import verify
from dateline.storing.writer import writing

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

Links = dict[str, float]
LINKS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([0.5, 0.75, 1.0]), max_size=6)


def rows(links: Links) -> pa.Table:
    return to_table(Link, [Link(left, left + left, score, (f"{score} says so",)) for left, score in links.items()])


def changes(old: Links, new: Links) -> list[pa.Table]:
    """Return what makes the new links of the old; of one that is another now, both rows."""
    come = {it: score for it, score in new.items() if old.get(it) != score}
    gone = {it: 0.0 for it, score in old.items() if new.get(it) != score}
    field = pa.field("is_gone", pa.bool_(), nullable=False)
    return [
        rows(some).append_column(field, pa.array([is_gone] * len(some), pa.bool_()))
        for some, is_gone in ((come, False), (gone, True))
    ]


def commit(project: Path, *tables: tuple[str, pa.Table]) -> dict[str, int]:
    with writing(project, PROVENANCE.stage) as writer:
        writer.relate(tables)
        return dict(writer.commit(PROVENANCE, (), CLOCK).counts)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(st.tuples(LINKS, st.booleans()), min_size=1, max_size=5))
def test_changes_read_as_the_whole_would(
    tmp_path_factory: pytest.TempPathFactory, states: list[tuple[Links, bool]]
) -> None:
    project = tmp_path_factory.mktemp("since") / "p"
    before: Links | None = None
    for links, is_whole in states:
        if is_whole or before is None:
            counts = commit(project, ("links", rows(links)))
        else:
            counts = commit(project, *(("links_since", it) for it in changes(before, links)))
        with open_database(project) as database:
            assert database.table("links").column_names == list(rows({}).column_names)
            assert {it.left: it.score for it in from_table(Link, database.table("links"))} == links
            assert [it.left for it in from_table(Link, database.table("links"))] == sorted(links)
            assert counts["links"] == database.counts().links == len(links)
        before = links
    assert len(open_archive(project).manifests) == len(states)


def test_a_run_that_changes_nothing_keeps_the_links_and_one_that_has_none_drops_them(tmp_path: Path) -> None:
    commit(tmp_path / "p", ("links", rows({"a": 1.0})))
    commit(tmp_path / "p", *(("links_since", it) for it in changes({}, {})))
    with open_database(tmp_path / "p") as database:
        assert database.counts().links == 1
    assert [fault.path for fault in verify(tmp_path / "p")] == ["links"] * 2  # no mention of these is there
    commit(tmp_path / "p")
    with open_database(tmp_path / "p") as database:
        assert database.counts().links == 0

"""Any flipped byte, and any missing file, is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.storing.rows import CLOCK, PROVENANCE, batch, failed, fill, tree, two_reports

from dateline.errors import ArchiveError
from dateline.model.judgement import Verdict, judge
from dateline.storing.archive import open_archive
from dateline.storing.manifest import Part, read_manifests, render, sealed
from dateline.storing.parts import hash_file
from dateline.storing.verify import verify
from dateline.storing.writer import writing


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "p"
    first, second = two_reports()
    with writing(folder, PROVENANCE.stage) as writer:
        fill(writer, first, failed("c.txt"))
    left, right = first.mentions
    judgement = judge([left], [right], Verdict.DIFFERENT, "ana", datetime(2026, 2, 3, tzinfo=UTC), "two things")
    identity = open_archive(folder).judge(judgement)
    with writing(folder, PROVENANCE.stage) as writer:
        writer.append(batch(second))
        writer.commit(PROVENANCE, [identity], CLOCK)
    return folder


def test_whole_project_has_no_fault(project: Path) -> None:
    assert verify(project) == []


def test_project_of_the_test_has_a_file_of_each_kind(project: Path) -> None:
    kinds = {name.split("/")[0] for name in tree(project)}

    assert kinds == {
        "project.json", "raw", "readings", "reports", "mentions", "issues", "links", "incidents", "judgements", "runs",
    }  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_flipped_bit_is_found(project: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(tree(project))))
    path, whole = project / name, tree(project)[name]
    place = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))

    path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :])
    try:
        assert verify(project) != []
    finally:
        path.write_bytes(whole)


def test_missing_or_short_file_is_found(project: Path) -> None:
    for name, whole in tree(project).items():
        for spoil in (Path.unlink, _shorten):
            spoil(project / name)
            newest = name.startswith("runs/000002")
            assert verify(project) != [] or (newest and not (project / name).exists()), name
            (project / name).write_bytes(whole)
    assert verify(project) == []


def _shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def test_damaged_manifest_stops_readers_and_writers(project: Path) -> None:
    (manifest, *_) = sorted((project / "runs").iterdir())
    whole = manifest.read_bytes()
    manifest.unlink()
    try:
        with pytest.raises(ArchiveError, match="missing"):
            open_archive(project)
        with pytest.raises(ArchiveError, match="missing"), writing(project, PROVENANCE.stage):
            pass
    finally:
        manifest.write_bytes(whole)
    assert verify(project) == []


def _forge(project: Path, noun: str, change: Callable[[dict[str, object]], None]) -> None:
    """Change rows of a part and make its manifest say that they always were so."""
    (manifest,) = read_manifests(project)
    path = project / noun / f"{manifest.run}.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    change(rows[0])
    pq.write_table(type(table).from_pylist(rows, schema=table.schema), path)
    part = Part(noun, hash_file(path), table.num_rows, path.stat().st_size)
    forged = sealed(replace(manifest, parts=tuple(part if it.noun == noun else it for it in manifest.parts)))
    for other in forged.parts:
        old = project / other.noun / f"{manifest.run}.parquet"
        old.rename(old.with_name(f"{forged.run}.parquet"))
    (project / "runs" / f"{manifest.run}.json").unlink()
    (project / "runs" / f"{forged.run}.json").write_bytes(render(forged))


def _text(row: dict[str, object]) -> None:
    row["text"] = str(row["text"]).replace("nine", "five")


def _quote(row: dict[str, object]) -> None:
    row["trigger"]["quote"] = "danced!"  # type: ignore[index]


def _orphan(row: dict[str, object]) -> None:
    row["report"] = "0" * 64


def _left(row: dict[str, object]) -> None:
    row["left"] = "0" * 64


def _members(row: dict[str, object]) -> None:
    row["mentions"] = ["0" * 64]


@pytest.mark.parametrize(
    ("noun", "change", "found"),
    [
        ("reports", _text, "other content"),
        ("mentions", _quote, "danced!"),
        ("mentions", _orphan, "mentions: 000000"),
        ("links", _left, "is named"),
        ("incidents", _members, "is named"),
    ],
)
def test_forged_row_is_found_even_under_a_forged_manifest(
    tmp_path: Path, noun: str, change: Callable[[dict[str, object]], None], found: str
) -> None:
    with writing(tmp_path, PROVENANCE.stage) as writer:
        fill(writer, *two_reports())

    _forge(tmp_path, noun, change)

    assert any(found in str(fault) for fault in verify(tmp_path))


def test_report_without_its_bytes_is_found(tmp_path: Path) -> None:
    with writing(tmp_path, PROVENANCE.stage) as writer:
        fill(writer, *two_reports())
    next((tmp_path / "raw").glob("*/*")).unlink()

    assert [fault.path for fault in verify(tmp_path)] == ["raw"]


def test_damaged_raw_bytes_are_healed_by_reading_them_again(tmp_path: Path) -> None:
    first = two_reports()[0]
    with writing(tmp_path, PROVENANCE.stage) as writer:
        fill(writer, first)
    (blob,) = (tmp_path / "raw").glob("*/*")
    blob.write_bytes(b"")
    assert len(verify(tmp_path)) == 1

    with writing(tmp_path, PROVENANCE.stage) as writer:
        fill(writer, replace(first, input="0" * 64, mentions=()))

    assert verify(tmp_path) == []


def test_no_project_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    assert [fault.path for fault in verify(tmp_path)] == ["project.json"]

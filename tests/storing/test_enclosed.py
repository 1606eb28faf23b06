"""A project of somebody else's: nothing in it leads out of it, and where nothing may be written all can be read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.exploring.sample import get, leipzig

from dateline.errors import ArchiveError
from dateline.exploring.app import make_app
from dateline.model.decision import Act, Decision, digest_of
from dateline.model.judgement import anchor_of
from dateline.storing.archive import open_archive
from dateline.storing.blobs import blob_path, fetch
from dateline.storing.lock import locked
from dateline.storing.verify import verify
from dateline.storing.writer import writing

NOBODY = 65534


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return leipzig().write(tmp_path / "project")


def replace_by_link(path: Path, target: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, target)
        shutil.rmtree(path)
    elif path.exists():
        shutil.move(path, target)
    path.symlink_to(target)


LINKED: list[Callable[[Path], Path]] = [
    lambda project: project / "work",
    lambda project: project / "decisions",
    lambda project: project / "raw",
    lambda project: project / "project.json",
    lambda project: next((project / "runs").iterdir()),
    lambda project: next((project / "incidents").iterdir()),
    lambda project: next((project / "raw").iterdir()),
    lambda project: project / "judgements" / "x.json",
]


@pytest.mark.parametrize("which", LINKED)
def test_a_link_in_a_project_is_refused(project: Path, tmp_path: Path, which: Callable[[Path], Path]) -> None:
    (project / "judgements").mkdir(exist_ok=True)
    replace_by_link(which(project), tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match="is a link, a pipe or a device"):
        open_archive(project)
    with pytest.raises(ArchiveError, match="is a link, a pipe or a device"), writing(project, "0" * 64):
        pass
    assert [it.path for it in verify(project)][:1] == ["project.json"]


def test_a_pipe_in_a_project_is_refused(project: Path) -> None:
    (project / "decisions").mkdir()
    os.mkfifo(project / "decisions" / f"{'0' * 64}.json")
    with pytest.raises(ArchiveError, match="is a link, a pipe or a device"):
        open_archive(project)


def test_a_link_in_place_of_the_lock_is_not_written_over(project: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("keep this")
    (project / ".lock").unlink()
    (project / ".lock").symlink_to(precious)
    with pytest.raises(ArchiveError, match="cannot be written"), locked(project):
        pass
    assert precious.read_text() == "keep this"


def test_raw_bytes_are_a_file_of_the_project(project: Path, tmp_path: Path) -> None:
    sha = leipzig().reports[0].raw
    replace_by_link(blob_path(project, sha), tmp_path / "moved")
    with pytest.raises(ArchiveError, match="expected a sha256, and a file of that name"):
        fetch(project, sha)
    assert ("a link, a pipe or a device; expected a file") in [it.message for it in verify(project)]
    for name in ("/dev/zero", "../../etc/passwd", "", "A" * 64):
        with pytest.raises(ArchiveError, match="expected a sha256"):
            fetch(project, name)


@contextmanager
def not_mine() -> Iterator[Path]:
    """Give a project that belongs to another user, who lets nobody write to it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        project = leipzig().write(Path(folder) / "project")
        shutil.rmtree(project / "work", ignore_errors=True)
        paths = [project, *project.rglob("*")]
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(NOBODY)
        try:
            yield project
        finally:
            if is_root:
                os.seteuid(0)
            for path in paths:
                path.chmod(0o755)


def look(project: Path) -> list[str]:
    app = make_app(project)
    shown = ("/", "/texts?words=marched", f"/incidents/{leipzig().incidents[0].id}", "/review?who=amber", "/nowhere")
    return [get(app, path).text for path in shown]


def test_a_project_of_another_user_is_looked_at_and_left_as_it_is(project: Path) -> None:
    sample = leipzig()
    mine = look(project)  # first, since another user may not even be allowed to import what this needs
    with not_mine() as project:
        assert look(project) == mine
        assert "Western wire" in mine[1]
        told = sample.mentions[0]
        word = Decision(anchor_of(told), Act.ACCEPT, "amber", datetime.now(UTC), seen=digest_of(told, None))
        with pytest.raises(ArchiveError, match="cannot be written"):
            open_archive(project).decide(word, sample.reports[0])
        with pytest.raises(ArchiveError, match="cannot be written"), writing(project, "0" * 64):
            pass
        with pytest.raises(ArchiveError, match="cannot be made"), writing(project / "new", "0" * 64):
            pass
        assert verify(project) == []

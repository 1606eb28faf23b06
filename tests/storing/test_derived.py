"""What lies in a folder for work is opened only by whoever made it here, and only as they made it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from tests.exploring.sample import leipzig

from dateline.storing.archive import WORK
from dateline.storing.database import Database, open_database
from dateline.storing.derived import SEAL, derive, is_sealed
from dateline.storing.laying import lay_out
from dateline.storing.sums import totals


def made(path: Path) -> None:
    path.write_text("ours")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "words-1.sqlite"
    derive(found, made)
    return found


def test_it_is_made_once(path: Path) -> None:
    def never(_path: Path) -> None:
        raise AssertionError

    derive(path, never)
    assert path.read_text() == "ours"


def test_a_later_state_takes_the_place_of_an_earlier(path: Path) -> None:
    later = path.with_name("words-2.sqlite")
    other = path.with_name("sums-1.parquet")
    for each in (later, other):
        derive(each, made)
    assert sorted(it.name for it in path.parent.iterdir()) == sorted(
        it.name + end for it in (later, other) for end in ("", SEAL)
    )


def touched(path: Path) -> None:
    about = path.stat()
    path.write_text("evil")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def copied(path: Path) -> None:
    for each in (path, path.with_name(path.name + SEAL)):
        other = each.with_suffix(".other")
        shutil.copy2(each, other)
        other.replace(each)


def of_another(path: Path) -> None:
    path.with_name(path.name + SEAL).write_bytes(b"0" * 64)


def unsealed(path: Path) -> None:
    path.with_name(path.name + SEAL).unlink()


@pytest.mark.parametrize("change", [touched, copied, of_another, unsealed])
def test_what_somebody_touched_or_brought_along_is_made_anew(path: Path, change: object) -> None:
    assert is_sealed(path)
    change(path)  # type: ignore[operator]
    assert not is_sealed(path)
    derive(path, made)
    assert (path.read_text(), is_sealed(path)) == ("ours", True)


def test_where_the_secret_cannot_be_kept_nothing_is_trusted(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    path.write_text("evil")
    derive(path, made)
    assert (path.read_text(), is_sealed(path)) == ("ours", False)


def plant(path: Path) -> None:
    """Put in the place of a file one of its kind that answers otherwise, and keep the seal that it bears."""
    path.unlink()
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as index:
            index.executescript(
                "CREATE VIRTUAL TABLE passages USING fts5(words); CREATE VIRTUAL TABLE texts USING fts5(title, text);"
                "CREATE TABLE reports (n INTEGER PRIMARY KEY, id TEXT NOT NULL);"
            )
    elif path.suffix == ".duckdb":
        duckdb.connect(path).execute("CREATE VIEW incidents AS SELECT * FROM read_csv('/etc/hostname')").close()
    else:
        duckdb.sql("SELECT 'range' AS policy, 0 AS n, 'killed' AS counts").write_parquet(str(path))


def answers(database: Database) -> object:
    database.make_ready()
    return database.search("marched", limit=5), database.counts(), totals(database, "range")


def test_planted_files_of_a_project_from_elsewhere_are_never_opened(tmp_path: Path) -> None:
    project = leipzig().write(tmp_path / "project")
    with open_database(project) as database:
        expected = answers(database)
    lay_out(project)
    files = [it for it in (project / WORK).iterdir() if it.suffix != SEAL]
    assert sorted(it.suffix for it in files) == [".duckdb", ".parquet", ".sqlite"]
    for file in files:
        plant(file)
    with open_database(project) as database:
        assert answers(database) == expected
    assert all(is_sealed(file) for file in files)

"""A project laid ready for whoever looks at it: its current tables, and what they are filtered by, in one DuckDB file.

Parquet is read well as a whole and badly row by row. This file is read row by row: `work/ready-<key>.duckdb`, made at
first need for the files that it was made from, whose names are part of its key, and sealed (`derived.py`). It may be
deleted at any time. Where nothing can be written it is held in memory.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

import duckdb

from dateline.storing.derived import derive
from dateline.storing.tables import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ORDERS = {
    "readings": "source, input",
    "reports": "id",
    "mentions": 'report, "trigger".start, id',
    "issues": "source, stage, kind, message",
    "links": '"left", "right"',
    "relations": 'kind, incident, "of"',
    "copies": '"left", "right"',
    "incidents": "earliest NULLS LAST, latest NULLS LAST, id",
}
"""The nouns that are laid ready, and the order in which their rows are given."""

INDEXED = ("reports", "mentions", "incidents")
"""The nouns whose rows are asked for by id."""

_CODED = """
CREATE OR REPLACE VIEW coded AS
SELECT * FROM ready.mentions WHERE id NOT IN (SELECT id FROM all_reviewed) UNION ALL BY NAME SELECT * FROM ready.told
"""
_TOLD = "CREATE TABLE ready.told AS SELECT * FROM coded WHERE id IN (SELECT id FROM all_reviewed)"
_REVIEWED = "CREATE TABLE ready.all_reviewed AS SELECT * FROM all_reviewed"


def ready_path(folder: Path, parts: Iterable[str]) -> Path:
    """Return where the file of a project's state lies in its folder for work; `parts` are the names of its files."""
    made_by = (duckdb.__version__, statements("views.sql"), statements("facts.sql"), *parts)
    return folder / f"ready-{sha256(repr(made_by).encode()).hexdigest()[:16]}.duckdb"


def lay_ready(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Let the views of a connection read from the file, which is made unless it is there and sealed."""
    try:
        derive(path, lambda temporary: _make(connection, temporary))
        connection.execute(f"ATTACH {quoted(path)} AS ready (READ_ONLY)")
    except (OSError, duckdb.IOException):
        connection.execute("ATTACH ':memory:' AS ready")
        _fill(connection)
    for noun in ORDERS:
        connection.execute(f"CREATE OR REPLACE VIEW {noun} AS SELECT * FROM ready.{noun}")  # noqa: S608
    connection.execute(_CODED)
    connection.execute("CREATE VIEW facts AS SELECT * FROM ready.facts")
    connection.execute("CREATE VIEW doubts AS SELECT * FROM ready.doubts")
    connection.execute("CREATE TABLE judged AS SELECT * FROM ready.judged")


def _make(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    connection.execute(f"ATTACH {quoted(path)} AS ready")
    try:
        _fill(connection)
    finally:
        connection.execute("DETACH ready")


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    for noun in ORDERS:
        connection.execute(f"CREATE TABLE ready.{noun} AS SELECT * FROM {noun}")  # noqa: S608
    for statement in (_TOLD, _REVIEWED, *(f"CREATE INDEX {it}_id ON ready.{it} (id)" for it in INDEXED)):
        connection.execute(statement)
    connection.execute("USE ready")
    try:
        for statement in statements("facts.sql"):
            connection.execute(statement)
    finally:
        connection.execute("USE memory")


@cache
def statements(name: str) -> tuple[str, ...]:
    """Return the statements of a file of SQL beside this module."""
    return tuple((files("dateline.storing") / name).read_text("utf-8").split(";\n"))

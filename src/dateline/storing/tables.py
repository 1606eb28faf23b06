"""The tables of a project as views over its Parquet files: `all_<noun>`, each as its parts make it up together."""

from __future__ import annotations

import glob
from typing import TYPE_CHECKING

from dateline.storing.results import CHANGES, KEYS, PARTS, SINCE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from dateline.storing.archive import Files

_SETTLED = """
CREATE VIEW all_{noun} AS
SELECT * FROM whole_{noun} ANTI JOIN {since} USING ({key})
UNION ALL
SELECT * EXCLUDE (run, is_gone) FROM {since}
QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY run DESC, is_gone) = 1 AND NOT is_gone
"""
"""Rows that no later run changed, and of the others those of the last run that did, unless it took them away."""

_UNCHANGED = """
CREATE VIEW {since} AS SELECT *, true AS is_gone, 0 AS run FROM whole_{noun} LIMIT 0;
CREATE VIEW all_{noun} AS SELECT * FROM whole_{noun}
"""


def lay_tables(connection: duckdb.DuckDBPyConnection, parts: Files) -> None:
    """Make the views of all nouns; of one that runs write changes of also `whole_<noun>`, and that of the changes."""
    for noun, columns in PARTS.items():
        since = SINCE.get(noun)
        if since is None:
            _lay(connection, f"all_{noun}", columns, parts[noun])
            continue
        _lay(connection, f"whole_{noun}", columns, parts[noun])
        if parts.get(since):
            _lay(connection, since, CHANGES[since], parts[since])
        key = ", ".join(f'"{it}"' for it in KEYS[noun])
        settled = _SETTLED if parts.get(since) else _UNCHANGED
        for statement in settled.format(noun=noun, since=since, key=key).split(";"):
            connection.execute(statement).fetchall()


def quoted(text: object) -> str:
    """Return a text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


def _lay(connection: duckdb.DuckDBPyConnection, name: str, columns: pa.Schema, paths: Iterable[Path]) -> None:
    """Make a view over files; where there are none, one that is known to be empty, so that what asks it is left out.

    A path is escaped so that it stands for this file alone, whatever characters its name has.
    """
    names = [quoted(glob.escape(str(path))) for path in paths]
    if not names:
        connection.from_arrow(columns.empty_table()).create(f"no_{name}")
    rows = f"read_parquet([{', '.join(names)}])" if names else f"no_{name} WHERE false"
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {rows}").fetchall()  # noqa: S608

"""Full-text search: an SQLite index of the passages that tell of incidents and of the texts of reports.

It is derived: a file `work/words-<key>.sqlite`, made at first need for the files that it was made from, whose names are
part of its key, and sealed (`derived.py`). It may be deleted at any time. Where nothing can be written it is held in
memory.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

from dateline.storing.derived import derive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Row = tuple[object, ...]
    Rows = Callable[[], Iterable[Row]]

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_LETTERS = re.compile(r"\w", re.UNICODE)

_TABLES = """
CREATE VIRTUAL TABLE passages USING fts5(words, names, content='', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE texts USING fts5(title, text, content='', tokenize="unicode61 remove_diacritics 2");
CREATE TABLE reports (n INTEGER PRIMARY KEY, id TEXT NOT NULL);
"""


def index_path(folder: Path, made_from: Iterable[str]) -> Path:
    """Return where the index of a project's state lies in its folder for work; `made_from` are files and questions."""
    return folder / f"words-{sha256(repr((_TABLES, *made_from)).encode()).hexdigest()[:16]}.sqlite"


def open_index(path: Path, passages: Rows, texts: Rows) -> sqlite3.Connection:
    """Return the index at a path opened, made unless it is there and sealed.

    Args:
        path: the file; indexes of earlier states beside it are removed.
        passages: gives number of the incident, words, names.
        texts: gives number of the report, its id, title, text.
    """

    def make(temporary: Path) -> None:
        with closing(sqlite3.connect(temporary)) as made:
            _fill(made, passages(), texts())

    try:
        derive(path, make)
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    except (OSError, sqlite3.OperationalError):
        made = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(made, passages(), texts())
        return made


def _fill(index: sqlite3.Connection, passages: Iterable[Row], texts: Iterable[Row]) -> None:
    index.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
    index.executemany("INSERT INTO passages (rowid, words, names) VALUES (?, ?, ?)", passages)
    for n, id_, title, text in texts:
        index.execute("INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)", (n, title, text))
        index.execute("INSERT INTO reports VALUES (?, ?)", (n, id_))
    index.commit()


def parse_words(words: str) -> str:
    """Return a query of FTS5 that asks for all of these words, phrases and beginnings; "" if there are none.

    Everything is quoted, so that no word is taken for an operator.

    >>> parse_words('strike "ring road" polic*')
    '"strike" "ring road" "polic"*'
    """
    return " ".join(_term(phrase or word) for phrase, word in _WORD.findall(words) if _LETTERS.search(phrase or word))


def _term(word: str) -> str:
    inner = word.rstrip("*").replace('"', "")
    return f'"{inner}"' + ("*" if word.endswith("*") else "")


def find_incidents(index: sqlite3.Connection, words: str) -> list[int]:
    """Return the numbers of the incidents whose passages hold the words."""
    query = parse_words(words)
    if not query:
        return []
    rows = index.execute("SELECT rowid FROM passages WHERE passages MATCH ?", (query,))
    return [n for (n,) in rows]


def find_reports(index: sqlite3.Connection, words: str, limit: int, offset: int = 0) -> tuple[int, list[str]]:
    """Return how many reports hold the words, and the ids of one page of them, the best first."""
    query = parse_words(words)
    if not query:
        return 0, []
    ((total,),) = index.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (query,))
    rows = index.execute(
        "SELECT id FROM texts JOIN reports ON texts.rowid = reports.n WHERE texts MATCH ? "
        "ORDER BY rank, id LIMIT ? OFFSET ?",
        (query, limit, offset),
    )
    return total, [id_ for (id_,) in rows]

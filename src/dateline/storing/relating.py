"""What linking asks a project for: what is current, some of it by id, and what of the last run's still holds."""

from __future__ import annotations

from glob import escape
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dateline.model.event import Mention
from dateline.model.memory import is_added
from dateline.model.tables import from_rows, to_rows
from dateline.model.text import digest
from dateline.storing.archive import read_part
from dateline.storing.atomic import SUFFIX
from dateline.storing.database import stream
from dateline.storing.merging import merged, ordered, without
from dateline.storing.results import CHANGES, PARTS, SINCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from dateline.storing.database import Database

_CODED = """
SELECT id AS mention, report, CAST(run AS VARCHAR) AS version FROM coded WHERE id NOT IN (SELECT id FROM all_reviewed)
"""
_ANY_REVIEWED = "SELECT id FROM all_reviewed LIMIT 1"
_REVIEWED = "SELECT * FROM mentions WHERE id IN (SELECT id FROM all_reviewed)"
_IDS = "SELECT report AS id FROM current_codings"
_TEXTS = "SELECT id, text FROM all_reports WHERE id IN (SELECT unnest($ids))"
_SOURCES = """
SELECT id, publisher, url, published.day FROM all_reports WHERE id IN (SELECT unnest($ids))
"""
_COPIES = 'SELECT * FROM all_copies WHERE ("left", "right") NOT IN (SELECT unnest($lefts), unnest($rights))'

_SPOOLED = {
    "links": 'SELECT * FROM read_parquet($path) ORDER BY "left", "right"',
    "incidents": "SELECT * FROM read_parquet($path) ORDER BY id",
}
_LAST = {"links": "SELECT * FROM links", "incidents": "SELECT * FROM all_incidents ORDER BY id"}
_HOMES = """
SELECT id, mentions FROM all_incidents SEMI JOIN (
  SELECT DISTINCT id FROM (SELECT id, unnest(mentions) AS mention FROM all_incidents)
  WHERE mention IN (SELECT unnest($ids))
) AS found USING (id)
"""
_FOUNDED = "SELECT id FROM all_incidents WHERE mentions[1] IN (SELECT unnest($ids)) ORDER BY id"
_ORDER = {"links": ("left", "right"), "incidents": ("id",)}

_CURRENT = pa.schema([("mention", pa.string()), ("report", pa.string()), ("version", pa.string())])

MANY = 100_000
"""Rows of links or incidents that are taken at once."""


def current_mentions(database: Database) -> pa.Table:
    """Return id, report and version of all current mentions.

    A version is the number of the run that told it or, of a mention that people left otherwise, a hash of what they
    left: the id alone does not say what is known of it.
    """
    coded = cast("pa.Table", database.ask(_CODED).to_arrow_table()).cast(_CURRENT)
    is_reviewed = bool(database.ask(_ANY_REVIEWED).fetchall())  # to find none takes a look at all mentions
    left = from_rows(Mention, [row for rows in stream(database.ask(_REVIEWED)) for row in rows] if is_reviewed else ())
    rows = zip((it.id for it in left), (it.report for it in left), map(digest, to_rows(left)), strict=True)
    names = _CURRENT.names
    reviewed = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], schema=_CURRENT)
    return pa.concat_tables([coded, reviewed])


def current_reports(database: Database) -> pa.ChunkedArray[Any]:
    """Return the ids of all current reports."""
    return cast("pa.Table", database.ask(_IDS).to_arrow_table())["id"].cast(pa.string())


def texts_of(database: Database, reports: Sequence[str]) -> dict[str, str]:
    """Return the texts of these reports by id."""
    return {row["id"]: row["text"] for rows in stream(database.ask(_TEXTS, {"ids": reports})) for row in rows}


def sources_of(database: Database, reports: Sequence[str]) -> Iterator[tuple[str, str | None, str | None, date | None]]:
    """Yield id, publisher, url and day of publication of these reports."""
    for rows in stream(database.ask(_SOURCES, {"ids": reports})):
        yield from (tuple(row.values()) for row in rows)


def kept_copies(database: Database, lost: Iterable[tuple[str, str]]) -> pa.Table:
    """Return the copies of the last run but for those between these pairs of reports."""
    pairs = sorted(lost)
    values = {"lefts": [a for a, _ in pairs], "rights": [b for _, b in pairs]}
    return cast("pa.Table", database.ask(_COPIES, values).to_arrow_table())


def homes_of(database: Database, mentions: Sequence[str]) -> pa.Table:
    """Return id and mentions of those incidents of the last run that these mentions are in."""
    return cast("pa.Table", database.ask(_HOMES, {"ids": mentions}).to_arrow_table())


def are_added(database: Database, noun: str, changes: int) -> bool:
    """Say whether so many changes of a noun are written, and not the whole (`memory.is_added`)."""
    whole, since = (
        database.ask(f"SELECT count(*) FROM {it}").fetchall()[0][0]  # noqa: S608
        for it in (f"whole_{noun}", SINCE[noun])
    )
    return is_added(whole, since + changes)


def _marked(table: pa.Table, noun: str, *, is_gone: bool) -> pa.Table:
    field = CHANGES[SINCE[noun]].field("is_gone")
    return table.append_column(field, pa.array([is_gone] * len(table), field.type))


def _gone(noun: str, keys: Mapping[str, Sequence[str]]) -> pa.Table:
    """Return rows of a noun of which only the key is told."""
    count = len(next(iter(keys.values())))
    told = [pa.array(keys[it.name], it.type) if it.name in keys else pa.nulls(count, it.type) for it in PARTS[noun]]
    return pa.Table.from_arrays(told, names=PARTS[noun].names)


class Spool:
    """Rows of some nouns that are laid aside on disk, to be sorted together with those of the last run."""

    def __init__(self, folder: Path) -> None:
        """Keep the rows in this folder until closed."""
        folder.mkdir(parents=True, exist_ok=True)
        self._paths = {noun: folder / f".{noun}{SUFFIX}" for noun in ("links", "incidents")}
        self._files = {noun: pq.ParquetWriter(path, PARTS[noun]) for noun, path in self._paths.items()}
        self.rows = dict.fromkeys(self._paths, 0)

    def add(self, noun: str, table: pa.Table) -> None:
        """Lay rows of a noun aside."""
        self._files[noun].write_table(table)
        self.rows[noun] += len(table)

    def links(self, database: Database, unlinked: Sequence[tuple[str, str]] | None) -> Iterator[pa.Table]:
        """Yield all links, sorted: those laid aside, and those of the last run but for these pairs of mentions.

        None of the last run's where `unlinked` is None.
        """
        lefts, rights = ([pair[side] for pair in unlinked or ()] for side in (0, 1))
        last = () if unlinked is None else self._ask(database, "links", _LAST["links"])
        return self._merged("links", database, (without(it, "left", lefts, "right", rights) for it in last))

    def links_since(self, database: Database, unlinked: Sequence[tuple[str, str]]) -> Iterator[pa.Table]:
        """Yield what has changed in the links: those laid aside, sorted, and then these pairs of mentions, as gone."""
        lost = sorted(unlinked)
        return self._since("links", database, {"left": [left for left, _ in lost], "right": [it for _, it in lost]})

    def incidents_since(self, database: Database, dropped: Sequence[str]) -> Iterator[pa.Table]:
        """Yield what has changed in the incidents: those laid aside, sorted, and those of first mentions, as gone."""
        lost = [identity for (identity,) in database.ask(_FOUNDED, {"ids": dropped}).fetchall()]
        return self._since("incidents", database, {"id": lost})

    def _since(self, noun: str, database: Database, lost: Mapping[str, Sequence[str]]) -> Iterator[pa.Table]:
        self._files[noun].close()
        for table in self._new(noun, database):
            yield _marked(table, noun, is_gone=False)
        yield _marked(_gone(noun, lost), noun, is_gone=True)

    def incidents(self, database: Database, dropped: Sequence[str] | None) -> Iterator[pa.Table]:
        """Yield all incidents, sorted: those laid aside, and those of the last run but for those of these mentions.

        None of the last run's where `dropped` is None.
        """
        last = () if dropped is None else self._ask(database, "incidents", _LAST["incidents"])
        firsts = pa.array(dropped or (), pa.string())
        kept = (it.filter(pc.invert(pc.is_in(pc.list_element(it["mentions"], 0), firsts))) for it in last)
        return self._merged("incidents", database, kept)

    def _merged(self, noun: str, database: Database, kept: Iterator[pa.Table]) -> Iterator[pa.Table]:
        self._files[noun].close()
        return merged(kept, self._new(noun, database), _ORDER[noun])

    def _new(self, noun: str, database: Database) -> Iterator[pa.Table]:
        """Yield the rows laid aside, sorted; none can be added any more. A few are sorted here."""
        if self.rows[noun] <= MANY:
            return iter([ordered(read_part(self._paths[noun], PARTS[noun]), _ORDER[noun])])
        return self._ask(database, noun, _SPOOLED[noun], {"path": escape(str(self._paths[noun]))})

    @staticmethod
    def _ask(database: Database, noun: str, query: str, values: dict[str, Any] | None = None) -> Iterator[pa.Table]:
        reader = database.ask(query, values).to_arrow_reader(MANY)
        return (pa.Table.from_batches([batch]).cast(PARTS[noun]) for batch in reader)

    def close(self) -> None:
        """Remove the rows."""
        for noun, path in self._paths.items():
            self._files[noun].close()
            path.unlink(missing_ok=True)

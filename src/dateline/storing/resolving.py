"""Where an incident went whose id was given by an earlier run: `resolve`.

An incident is called after its founding mention, so most ids last. Where two became one, one became two, or an older
report came to light, the old id leads on: through the mentions that the incident had when a run last gave that id. They
stand in the tables of the earlier runs, which a project keeps; nothing else has to be written down.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from dateline.model.decided import Finder
from dateline.model.event import Mention
from dateline.model.judgement import anchor_of
from dateline.model.tables import from_rows
from dateline.storing.archive import part_path
from dateline.storing.database import stream
from dateline.storing.results import SINCE
from dateline.storing.told import Told

if TYPE_CHECKING:
    from dateline.storing.archive import Archive
    from dateline.storing.database import Database

_GIVEN = "SELECT id FROM incidents WHERE id = $id"
_OLD = "SELECT * FROM all_mentions WHERE id IN (SELECT unnest($ids)) ORDER BY run"
_HOMES = "SELECT id, mentions FROM incidents WHERE list_has_any(mentions, $ids)"


def resolve(archive: Archive, database: Database, identity: str) -> tuple[str, ...]:
    """Return the current incidents that an incident's id stands for.

    Itself, if it is current; else those that hold its mentions, whichever holds most of them first. A mention that was
    coded anew counts as the current one of its type on the same words. Empty if no run ever gave this id, or nothing
    current is left of it.
    """
    if next(stream(database.ask(_GIVEN, {"id": identity})), ()):
        return (identity,)
    heirs = _heirs(database, _last_seen(archive, identity))
    homes = [row for rows in stream(database.ask(_HOMES, {"ids": heirs})) for row in rows] if heirs else []
    held = Counter({row["id"]: len(set(heirs).intersection(row["mentions"])) for row in homes})
    return tuple(sorted(held, key=lambda it: (-held[it], it)))


def _last_seen(archive: Archive, identity: str) -> list[str]:
    """Return the mentions of an incident as the last run had it that gave this id; none if no run did."""
    for manifest in reversed(archive.manifests):
        for noun in ("incidents", SINCE["incidents"]):
            if manifest.part(noun):
                path = part_path(archive.folder, noun, manifest.run)
                rows = pq.read_table(path, columns=["mentions"], filters=[("id", "==", identity)])
                given = rows["mentions"].drop_null()  # who is gone has none
                if len(given):
                    return list(given[0].as_py())
    return []


def _heirs(database: Database, mentions: list[str]) -> list[str]:
    """Return for mentions of any run the current ones on the same words."""
    told = from_rows(Mention, [row for rows in stream(database.ask(_OLD, {"ids": mentions})) for row in rows])
    finder = Finder(Told(database).of(sorted({it.report for it in told})))
    return sorted({found for it in told if (found := finder[anchor_of(it)])})

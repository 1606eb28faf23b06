"""What a project holds, read for publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.model.event import Mention
from dateline.model.incident import Incident
from dateline.model.relation import Relation
from dateline.model.tables import from_table
from dateline.model.text import Report
from dateline.publishing.dataset import Material
from dateline.publishing.laid import Laid, lay
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database
from dateline.storing.filters import ALL, Filters

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.model.judgement import Word
    from dateline.storing.archive import Archive


def read_material(project: Path, filters: Filters = ALL, query: str = "") -> Material:
    """Return all of a project, with the incidents that pass the filters; `query` says the filters in words.

    Raises:
        ArchiveError: if the folder is no project, or damaged.
    """
    archive = open_archive(project)
    with open_database(project) as database:
        reports = Laid(Report, database.table("reports"))
        mentions = Laid(Mention, database.table("mentions"))
        everything = filters == ALL
        incidents = (
            Laid(Incident, database.table("incidents")) if everything else lay(Incident, database.incidents(filters))
        )
        relations = from_table(Relation, database.table("relations"))
    about = {"codebooks": archive.codebooks(), "runs": archive.manifests, "registry": archive.registry()}
    about |= {"relations": relations, "words": _counted(archive)}
    return Material(reports, mentions, incidents, query=query, **about)  # type: ignore[arg-type]


def _counted(archive: Archive) -> dict[str, Word]:
    """Return the judgements and withdrawals that the newest run took into account, by id, oldest first."""
    heard = {name for run in archive.manifests[-1:] for name in run.judgements}
    return {name: word for name, word in archive.judgements().items() if name in heard}

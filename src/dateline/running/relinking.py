"""A run that reads nothing: incidents worked out anew after people's words (`link_again`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.model.publisher import registry_of
from dateline.running import versions
from dateline.running.run import Run
from dateline.storing.archive import open_archive
from dateline.storing.writer import Provenance, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from pathlib import Path

    import pyarrow as pa

    from dateline.running.run import Summary


def link_again(project: Path) -> Summary:
    """Link what a project holds, by what people have said since its newest run; nothing is read or coded.

    What comes out is what a whole run would have made of the same reports, words and publishers.

    Raises:
        UsageError: if the project has no run yet.
        ArchiveError: if it is in use or damaged.
    """
    archive = open_archive(project)
    if not archive.manifests:
        raise UsageError(f"{project} has no run yet; expected a project with reports: `dateline run` reads some")
    newest, own = archive.manifests[-1], archive.own_publishers()
    provenance = Provenance(newest.stage, versions.linker_digest(own), newest.versions, publishers=own)
    with writing(project, newest.stage) as writer:
        return Run(writer, Nothing(), _Idle()).carry_out((), provenance, registry_of(own))


class Nothing:
    """A stage for inputs that were read already: there is nothing to do."""

    digest = ""

    def open(self) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
        """Refuse: no batch is ever worked on."""
        raise NotImplementedError

    def give_up(self, row: pa.RecordBatch, kind: str, message: str) -> pa.RecordBatch:
        """Refuse: no batch is ever worked on."""
        raise NotImplementedError


class _Idle:
    """An engine that has nothing to map over."""

    def map(self, _stage: object, batches: Iterable[pa.RecordBatch], /) -> Generator[pa.RecordBatch, None, None]:
        yield from batches

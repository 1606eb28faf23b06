"""Two people's projects made one: their reports, and all that they decided. Done twice, it changes nothing more.

Both must have been coded alike, so that a report that both hold has the same mentions in both. Merging each into the
other then gives the same reports, mentions, decisions and incidents in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dateline.errors import Issue, UsageError
from dateline.model.decided import Conflict, decide
from dateline.model.event import Review
from dateline.model.publisher import read_bytes, registry_of
from dateline.model.tables import from_rows, schema, to_rows
from dateline.running import versions
from dateline.running.relinking import Nothing
from dateline.running.run import Run
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database
from dateline.storing.decisions import DECISIONS, SAMPLES
from dateline.storing.results import Outcome, Receipt, Result
from dateline.storing.writer import Provenance, writing

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from dateline.running.run import Summary
    from dateline.storing.archive import Archive
    from dateline.storing.database import Database
    from dateline.storing.writer import Writer

BATCH_ROWS = 200


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging did.

    Attributes:
        summary: of the run that it was.
        judgements, decisions, samples: how many came along that were not there.
        disputed: ids of the mentions on which people now disagree, sorted.
        conflicts: judgements that contradict each other.
    """

    summary: Summary
    judgements: int
    decisions: int
    samples: int
    disputed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def merge(project: Path, other: Path, publishers: Path | None = None) -> Merged:
    """Add to a project all that another has and it has not; the other is only read.

    Args:
        project: the folder that is added to.
        other: the folder that is only read.
        publishers: a file of publishers of one's own, as in the settings.

    Raises:
        UsageError: if the two were coded by different coders or versions, or are one folder.
        ArchiveError: if one is in use or damaged.
    """
    ours, theirs = open_archive(project), open_archive(other)
    _check_alike(ours, theirs)
    newest = theirs.manifests[-1]
    about = (ours.manifests or theirs.manifests)[-1]
    codebooks = [theirs.raw(name) for name in _codebooks(about.versions)]
    own = read_bytes(publishers) if publishers else None
    named = versions.with_publishers(about.versions, own)
    provenance = Provenance(newest.stage, versions.linker_digest(own), named, next(iter(codebooks), None), own)
    registry = registry_of(own, str(publishers))
    with writing(project, newest.stage) as writer:
        added = [_copy_words(ours, theirs), *(_copy(shelf, project, other) for shelf in (DECISIONS, SAMPLES))]
        with open_database(other) as database:
            run = Run(writer, Nothing(), _Borrowed(writer, theirs, database))
            summary = run.carry_out((), provenance, registry)
    return Merged(summary, added[0], added[1], added[2], *_disagreements(project))


def _codebooks(about: Iterable[tuple[str, str]]) -> list[str]:
    return [name.rpartition("+")[2] for key, name in about if key == "codebook"]


def _check_alike(ours: Archive, theirs: Archive) -> None:
    if ours.folder.resolve() == theirs.folder.resolve():
        raise UsageError(f"{ours.folder} given twice; expected two projects")
    stages = [archive.manifests[-1].stage for archive in (ours, theirs) if archive.manifests]
    if not theirs.manifests:
        raise UsageError(f"{theirs.folder} has no run yet; expected a project with reports")
    if len(set(stages)) > 1:
        raise UsageError(
            f"{ours.folder} and {theirs.folder} were coded by different coders or versions; read both with the same "
            "one (`dateline run`) and merge then: what people decided is kept"
        )


def _copy_words(ours: Archive, theirs: Archive) -> int:
    known = ours.judgements()
    new = [word for name, word in theirs.judgements().items() if name not in known]
    for word in new:
        ours.judge(word)
    return len(new)


def _copy(shelf: Any, project: Path, other: Path) -> int:
    """Copy what is on a shelf of the other project, each file looked at before; return how many are new."""
    new = [noun for name, noun in shelf.all(other).items() if not shelf.path(project, name).exists()]
    for noun in new:
        shelf.put(project, noun)
    return len(new)


def _disagreements(project: Path) -> tuple[tuple[str, ...], tuple[Conflict, ...]]:
    with open_database(project) as database:
        mentions = list(database.all_mentions())
    disputed = tuple(sorted(it.id for it in mentions if it.review is Review.DISPUTED))
    return disputed, decide(open_archive(project).judgements().values(), mentions).conflicts


@dataclass(frozen=True, slots=True)
class _Borrowed:
    """An engine that gives what another project read, leaving out inputs that are here already."""

    writer: Writer
    theirs: Archive
    database: Database

    def map(self, _stage: object, _batches: Iterable[pa.RecordBatch], /) -> Generator[pa.RecordBatch, None, None]:
        issues: dict[str, list[Issue]] = {}
        for rows in self.database.batches("issues"):
            for row in rows:
                issues.setdefault(row["input"], []).extend(from_rows(Issue, [row]))
        for rows in self.database.batches("readings"):
            fresh = [it for it in from_rows(Receipt, rows) if self.writer.claim(it.input)]
            for start in range(0, len(fresh), BATCH_ROWS):
                results = list(self._results(fresh[start : start + BATCH_ROWS], issues))
                yield pa.RecordBatch.from_pylist(to_rows(results), schema=schema(Result))

    def _results(self, receipts: list[Receipt], issues: dict[str, list[Issue]]) -> Iterator[Result]:
        ids = sorted({it.report for it in receipts if it.report})
        reports, told = self.database.reports(ids), self.database.coded_of(ids)
        for it in receipts:
            report = reports.get(it.report or "")
            yield Result(
                it.input,
                it.source,
                it.raw,
                self.theirs.raw(it.raw) if report else None,
                Outcome.READ if it.outcome is Outcome.DUPLICATE else it.outcome,
                report,
                tuple(mention for mention in told if report and mention.report == report.id),
                tuple(issues.get(it.input, ())),
            )

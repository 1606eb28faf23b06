"""The one writer of a project: takes a stage's results, adds what is new, and commits a run whole or not at all."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dateline.errors import ArchiveError, EvidenceError
from dateline.model.event import Mention
from dateline.model.tables import from_rows, to_table
from dateline.model.text import evidence_in, report_id
from dateline.storing.archive import WORK, Archive, Files, found_project, open_archive, part_path
from dateline.storing.atomic import publish, sweep
from dateline.storing.blobs import FOLDER as RAW
from dateline.storing.blobs import fingerprint, keep
from dateline.storing.lock import locked
from dateline.storing.manifest import FOLDER as RUNS
from dateline.storing.manifest import Clock, Manifest, sealed, write_manifest
from dateline.storing.parts import PartWriter
from dateline.storing.results import CHANGES, GROWING, MEMORY, PARTS, SINCE, Outcome, Receipt, Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dateline.model.text import Report


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a run's results depend on, apart from its inputs. See `Manifest`.

    Attributes:
        codebook: the codebook in force, as `codebook_bytes`, which the project keeps among its raw bytes.
        publishers: the file of publishers of one's own, kept there too; None without one.
    """

    stage: str
    linker: str
    versions: tuple[tuple[str, str], ...]
    codebook: bytes | None = None
    publishers: bytes | None = None


@dataclass(slots=True)
class Seen:
    """What the archive holds already, as 32-byte hashes: about 100 bytes of memory for each input and each report.

    Attributes:
        inputs: inputs whose newest reading is by the stage at hand.
        reports: all reports.
        coded: reports whose newest coding is by the stage at hand.
    """

    stage: str
    inputs: set[bytes] = field(default_factory=set)
    reports: set[bytes] = field(default_factory=set)
    coded: set[bytes] = field(default_factory=set)

    def note(self, receipt: Receipt) -> None:
        """Take in a receipt. Those of later runs must come later."""
        _set(self.inputs, receipt.input, is_in=receipt.stage == self.stage)
        if receipt.report is not None:
            self.reports.add(bytes.fromhex(receipt.report))
            if receipt.outcome is Outcome.READ:
                _set(self.coded, receipt.report, is_in=receipt.stage == self.stage)


def _set(members: set[bytes], name: str, *, is_in: bool) -> None:
    (members.add if is_in else members.discard)(bytes.fromhex(name))


@contextmanager
def writing(folder: Path, stage: str, *, retry: bool = False) -> Iterator[Writer]:
    """Open a project for one run, making it if there is none. What is not committed at the end is dropped.

    Args:
        folder: the project.
        stage: digest of the stage whose results will be added.
        retry: whether to read inputs again that were quarantined.

    Raises:
        ArchiveError: if another process is writing, the folder is something else, or the project is damaged.
    """
    _make(folder)
    with locked(folder):
        found_project(folder)
        _sweep(folder)
        archive = open_archive(folder)
        writer = Writer(archive, _load_seen(archive, stage, retry=retry))
        try:
            yield writer
        finally:
            writer.close()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"folder {folder} cannot be made ({error.strerror}); name one where you may write"
        ) from error


def _sweep(folder: Path) -> None:
    for place in (
        folder,
        folder / RUNS,
        folder / WORK,
        *(folder / noun for noun in PARTS | CHANGES | MEMORY),
        *(folder / RAW).glob("*"),
    ):
        sweep(place)


class Writer:
    """Adds one run to a project. Get one from `writing`."""

    def __init__(self, archive: Archive, seen: Seen) -> None:
        self.archive = archive
        self.tally: Counter[str] = Counter()
        self._seen = seen
        self._parts = {noun: PartWriter(archive.folder, noun) for noun in PARTS | CHANGES | MEMORY}
        self._number = len(archive.manifests) + 1

    def claim(self, input_id: str) -> bool:
        """Say whether an input is new to the stage. It is not new a second time."""
        key = bytes.fromhex(input_id)
        if key in self._seen.inputs:
            return False
        self._seen.inputs.add(key)
        return True

    def has_read(self, input_ids: Iterable[str]) -> bool:
        """Say whether none of these inputs is new to the stage."""
        return all(bytes.fromhex(input_id) in self._seen.inputs for input_id in input_ids)

    def append(self, results: pa.RecordBatch) -> None:
        """Add the results of inputs, in their order, leaving out reports and codings that are there already.

        Args:
            results: rows of schema `schema(Result)`.

        Raises:
            EvidenceError: if a report is not what its id says, or a mention quotes what does not stand in its report.
        """
        receipts, new_reports, new_codings = [], [], []
        for result in from_rows(Result, results.to_pylist()):
            guard(result)
            new_reports.append(self._is_new(result.report, self._seen.reports))
            new_codings.append(self._is_new(result.report, self._seen.coded))
            receipts.append(self._receipt(result, is_new=new_codings[-1]))
            self._seen.note(receipts[-1])
            if result.content is not None:
                keep(self.archive.folder, result.content)
        self._add("readings", to_table(Receipt, receipts))
        self._add("reports", _structs(results.filter(pa.array(new_reports)), "report"))
        self._add("mentions", _lists(results.filter(pa.array(new_codings)), "mentions"))
        self._add("issues", _issues(results))

    def files(self) -> Files:
        """Return the files of each noun with what this run has added. Nothing can be added to those afterwards."""
        found = self.archive.files()
        for noun in GROWING:
            self._parts[noun].close()
            if self._parts[noun].rows:
                found[noun] = (*found[noun], self._parts[noun].path)
        self._parts["reviewed"].close()
        found["reviewed"] = (self._parts["reviewed"].path,) if self._parts["reviewed"].rows else ()
        return found

    def has_news(self, provenance: Provenance, judgements: Iterable[str], decisions: Iterable[str] = ()) -> bool:
        """Say whether a run now would change anything: new readings, new words of people, another linker."""
        if any(self._parts[noun].rows for noun in GROWING) or not self.archive.manifests:
            return True
        newest = self.archive.manifests[-1]
        words = tuple(sorted(judgements)), tuple(sorted(decisions))
        return newest.linker != provenance.linker or (newest.judgements, newest.decisions) != words

    def review(self, mentions: Iterable[Mention]) -> None:
        """Set the mentions that people left otherwise than the machine told them. Links are made over what they say."""
        self._parts["reviewed"].add(to_table(Mention, mentions))

    def relate(self, tables: Iterable[tuple[str, pa.Table]]) -> None:
        """Set what linking found over all current mentions, table by table, each after the name of its noun."""
        for noun, table in tables:
            if noun in CHANGES:
                lost = int(pc.sum(table["is_gone"]).as_py() or 0)
                self.tally[noun] += len(table) - 2 * lost
                self._parts[noun].add(self._numbered(noun, table))
            else:
                self._parts[noun].add(table)

    def commit(
        self, provenance: Provenance, judgements: Iterable[str], clock: Clock, decisions: Iterable[str] = ()
    ) -> Manifest:
        """Make the run part of the project: everything to disk, then the manifest.

        A process killed before the last step leaves the project as it was; the same run, made again, gives files of
        the same names and content.
        """
        for part in self._parts.values():
            part.close()
        manifest = sealed(self._manifest(provenance, (judgements, decisions), clock))
        for content in (provenance.codebook, provenance.publishers):
            if content is not None:
                keep(self.archive.folder, content)
        _sync_all()
        for noun, writer in self._parts.items():
            if writer.is_begun:
                publish(writer.path, part_path(self.archive.folder, noun, manifest.run))
        write_manifest(self.archive.folder, manifest)
        return manifest

    def close(self) -> None:
        """Drop what is not committed."""
        for part in self._parts.values():
            part.discard()

    def _rows(self, noun: str) -> int:
        """Return how many rows a table has: those that were added, or those of the run before with the changes."""
        since = SINCE.get(noun, "")
        if since not in self._parts or not self._parts[since].is_begun:
            return self._parts[noun].rows
        return dict(self.archive.manifests[-1].counts)[noun] + self.tally[since]

    def _add(self, noun: str, table: pa.Table) -> None:
        self.tally[noun] += table.num_rows
        self._parts[noun].add(self._numbered(noun, table))

    def _numbered(self, noun: str, table: pa.Table) -> pa.Table:
        run = pa.array([self._number] * table.num_rows, pa.int32())
        return table.append_column((PARTS | CHANGES)[noun].field("run"), run)

    def _is_new(self, report: Report | None, known: set[bytes]) -> bool:
        return report is not None and bytes.fromhex(report.id) not in known

    def _receipt(self, result: Result, *, is_new: bool) -> Receipt:
        outcome = Outcome.DUPLICATE if result.report and not is_new else result.outcome
        self.tally[outcome.value] += 1
        report = result.report.id if result.report else None
        return Receipt(result.input, result.source, result.raw, outcome, report, self._seen.stage)

    def _manifest(self, provenance: Provenance, words: tuple[Iterable[str], Iterable[str]], clock: Clock) -> Manifest:
        parts = tuple(part for noun in PARTS | CHANGES | MEMORY if (part := self._parts[noun].part()))
        rows = {noun: self._rows(noun) for noun in PARTS}
        outcomes = {outcome.value: self.tally[outcome.value] for outcome in Outcome}
        return Manifest(
            run="",
            number=self._number,
            parent=self.archive.manifests[-1].run if self.archive.manifests else None,
            stage=provenance.stage,
            linker=provenance.linker,
            versions=provenance.versions,
            counts=tuple((rows | outcomes).items()),
            judgements=tuple(sorted(words[0])),
            decisions=tuple(sorted(words[1])),
            parts=parts,
            clock=clock,
        )


def guard(result: Result) -> None:
    """Raise `EvidenceError` unless report and mentions are what they say: the last check before the disk."""
    report = result.report
    if report is None:
        if result.mentions:
            raise EvidenceError(f"{len(result.mentions)} mentions given for {result.source}, which gave no report")
        return
    if report.id != report_id(report.text, report.publisher, report.url, report.title, report.published):
        raise EvidenceError(f"report {report.id[:12]} of {result.source} is not what its id was computed from")
    if result.content is None or not report.raw == result.raw == fingerprint(result.content):
        raise EvidenceError(f"report {report.id[:12]} of {result.source} was given without the bytes it was read from")
    for mention in result.mentions:
        guard_mention(report, mention)


def guard_mention(report: Report, mention: Mention) -> None:
    """Raise `EvidenceError` unless the mention is of this report and each of its quotes stands in the text."""
    if mention.report != report.id:
        raise EvidenceError(f"mention {mention.id[:12]} of report {mention.report[:12]} given for {report.id[:12]}")
    for evidence in evidence_in(mention):
        report.check(evidence)


def _load_seen(archive: Archive, stage: str, *, retry: bool) -> Seen:
    seen = Seen(stage)
    for path in archive.files()["readings"]:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches():
                for receipt in from_rows(Receipt, batch.to_pylist()):
                    seen.note(receipt)
                    if retry and receipt.outcome is Outcome.QUARANTINED:
                        seen.inputs.discard(bytes.fromhex(receipt.input))
    return seen


def _structs(results: pa.RecordBatch, name: str) -> pa.Table:
    column = cast("pa.StructArray", results.column(name))
    return pa.Table.from_batches([pa.RecordBatch.from_struct_array(column)])


def _lists(results: pa.RecordBatch, name: str) -> pa.Table:
    column = cast("pa.ListArray[Any]", results.column(name))
    return pa.Table.from_batches([pa.RecordBatch.from_struct_array(cast("pa.StructArray", column.flatten()))])


def _issues(results: pa.RecordBatch) -> pa.Table:
    inputs = results.column("input").take(pc.list_parent_indices(results.column("issues")))
    return _lists(results, "issues").append_column(PARTS["issues"].field("input"), inputs)


def _sync_all() -> None:
    """Bring all that was written to disk, raw bytes above all. Windows writes through by itself."""
    if hasattr(os, "sync"):
        os.sync()

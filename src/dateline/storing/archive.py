"""A project folder: raw bytes, one append-only Parquet table a noun, judgements, and a manifest a run.

    project.json                    what the folder is
    raw/ab/ab12...                  the bytes of each report, codebook and file of publishers, under their sha256
    <noun>/<run>.parquet            readings, reports, mentions, issues, links, incidents, copies, reviewed; and
                                    `links_since`, `incidents_since`: what has changed in those of the run before
    judgements/<id>.json            a person's word on two mentions or incidents, one file each
    decisions/<id>.json             a person's word on one mention, one file each
    samples/<id>.json               which mentions are coded blind, and by whom
    runs/<run>.json                 manifests; a file that none of them names does not exist
    work/<key>.arrow                finished shards of a run that is not committed yet; may be deleted

Reading needs no lock: what a manifest names never changes. One process writes at a time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import ArchiveError
from dateline.model.codebook import Codebook, codebook_of
from dateline.model.memory import Memory
from dateline.model.publisher import registry_of
from dateline.model.sample import counting
from dateline.storing.atomic import write_whole
from dateline.storing.blobs import fetch
from dateline.storing.decisions import read_decisions, read_samples, write_decision, write_sample
from dateline.storing.enclosed import check_enclosed
from dateline.storing.judgements import read_words, write_word
from dateline.storing.manifest import Manifest, read_manifests
from dateline.storing.results import ADDED, CHANGES, GROWING, MEMORY, PARTS, SINCE

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.model.decision import Decision
    from dateline.model.judgement import Word
    from dateline.model.publisher import Registry
    from dateline.model.sample import Sample
    from dateline.model.text import Report

MARKER = "project.json"

MARK = (json.dumps({"schema": "dateline.project/1"}) + "\n").encode()

WORK = "work"

CODEBOOK = "codebook"
"""Name of the codebook among a manifest's versions: `name/version+<sha256>`, the hash under which it is kept."""

PUBLISHERS = "publishers"
"""Name among a manifest's versions of the file of publishers of one's own, if there was one: `own+<sha256>`."""

Files = dict[str, tuple["Path", ...]]
"""The Parquet files of each noun."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A project as its manifests stood when it was opened."""

    folder: Path
    manifests: tuple[Manifest, ...]

    def files(self) -> Files:
        """Return the Parquet files that hold each noun: of copies, that of the newest run.

        Of links and incidents, that of the last run that wrote them whole, and the changes of those after it.
        """
        return {noun: self._files(noun, self._told(noun)) for noun in (*PARTS, *CHANGES)}

    def _told(self, noun: str) -> tuple[Manifest, ...]:
        """Return the manifests whose parts of a noun hold together."""
        if noun in GROWING:
            return self.manifests
        since = SINCE.get(noun, noun)
        wholes = (it.number for it in self.manifests if since not in SINCE.values() or not it.part(since))
        return self.manifests[max(wholes, default=1) - 1 :]

    def _files(self, noun: str, manifests: tuple[Manifest, ...]) -> tuple[Path, ...]:
        return tuple(part_path(self.folder, noun, manifest.run) for manifest in manifests if manifest.part(noun))

    def memory(self, linker: str) -> Memory:
        """Return what the newest run left for the next by the same linker; nothing if another linker made it."""
        if not self.manifests or self.manifests[-1].linker != linker:
            return Memory()
        last = max((it.number for it in self.manifests if it.linker != linker), default=0)
        told = {noun: self.manifests[last:] if noun in ADDED else self._told(noun) for noun in MEMORY}
        return Memory(**{noun: _read(self._files(noun, runs), MEMORY[noun]) for noun, runs in told.items()})

    def raw(self, sha: str) -> bytes:
        """Return the bytes with this hash. Raises `ArchiveError` if they are missing or changed."""
        return fetch(self.folder, sha)

    def codebooks(self) -> tuple[Codebook, ...]:
        """Return the codebooks by which the project's runs were coded, the newest first, each once.

        Raises:
            ArchiveError: if one that a manifest names is missing or changed.
        """
        named = [dict(manifest.versions).get(CODEBOOK, "") for manifest in reversed(self.manifests)]
        hashes = dict.fromkeys(name.rpartition("+")[2] for name in named if name)
        return tuple(codebook_of(self.raw(sha)) for sha in hashes)

    def registry(self) -> Registry:
        """Return the registry of publishers by which the newest run told who is one with whom.

        Raises:
            ArchiveError: if the file of one's own that its manifest names is missing or changed.
        """
        return registry_of(self.own_publishers())

    def own_publishers(self) -> bytes | None:
        """Return the file of publishers of one's own that the newest run went by; None if it went by none."""
        named = dict(self.manifests[-1].versions).get(PUBLISHERS, "") if self.manifests else ""
        return self.raw(named.rpartition("+")[2]) if named else None

    def judgements(self) -> dict[str, Word]:
        """Return all judgements, and withdrawals of them, by id, sorted by time and id."""
        return read_words(self.folder)

    def judge(self, word: Word) -> str:
        """Add a judgement or a withdrawal and return its id. It counts from the next run on."""
        return write_word(self.folder, word)

    def decisions(self) -> dict[str, Decision]:
        """Return all decisions by id, sorted by time and id, those that count nowhere yet included."""
        return read_decisions(self.folder)

    def counting(self) -> dict[str, Decision]:
        """Return the decisions by id that count: all but those of samples that somebody is still coding."""
        return counting(self.decisions(), self.samples())

    def decide(self, decision: Decision, report: Report) -> str:
        """Add a decision on a mention of a report and return its id. It counts from the next run on."""
        return write_decision(self.folder, decision, report)

    def samples(self) -> dict[str, Sample]:
        """Return all blind samples by id, sorted by time and id."""
        return read_samples(self.folder)

    def sample(self, sample: Sample) -> str:
        """Add a blind sample and return its id."""
        return write_sample(self.folder, sample)


def _read(paths: tuple[Path, ...], columns: pa.Schema) -> pa.Table:
    tables = [read_part(path, columns) for path in paths]
    return pa.concat_tables([columns.empty_table(), *tables])


def read_part(path: Path, columns: pa.Schema) -> pa.Table:
    """Return a part of some noun."""
    with pq.ParquetFile(path) as file:
        return file.read(columns.names).cast(columns)


def part_path(folder: Path, noun: str, run: str) -> Path:
    """Return where a run's part of a noun lies."""
    return folder / noun / f"{run}.parquet"


def open_archive(folder: Path) -> Archive:
    """Open a project for reading.

    Raises:
        ArchiveError: if the folder is no project, holds a link or a device, or a manifest is damaged or missing.
    """
    check_marker(folder)
    return Archive(folder, read_manifests(folder))


def check_marker(folder: Path) -> None:
    """Raise `ArchiveError` unless the folder is a project that this version can read, and nothing leads out of it."""
    try:
        check_enclosed(folder)
        mark = (folder / MARKER).read_bytes()
    except OSError as error:
        raise ArchiveError(
            f"{folder} is not a Dateline project (it has no {MARKER}); make one with `dateline run PATH... -o {folder}`"
        ) from error
    if mark != MARK:
        raise ArchiveError(f"{folder / MARKER} holds {mark[:80]!r}; expected {MARK!r}: another version, or damaged")


def found_project(folder: Path) -> None:
    """Make a new or empty folder a project; leave a project as it is. Only the holder of the lock may call it.

    Raises:
        ArchiveError: if the folder holds something else.
    """
    if not (folder / MARKER).exists():
        strange = [path.name for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
        if strange:
            raise ArchiveError(
                f"{folder} is not a Dateline project and not empty (it holds {strange[0]!r}); name a new folder"
            )
        write_whole(folder / MARKER, MARK)
    check_marker(folder)

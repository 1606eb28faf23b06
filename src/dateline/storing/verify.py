"""`verify`: is everything in a project still what was written, and does every value stand on its words?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dateline.errors import ArchiveError, EvidenceError, UsageError
from dateline.model.decision import check_decision
from dateline.model.text import report_id
from dateline.storing.archive import MARKER, WORK, Archive, check_marker, part_path
from dateline.storing.blobs import blob_path, blobs
from dateline.storing.database import over
from dateline.storing.decisions import DECISIONS, SAMPLES
from dateline.storing.enclosed import is_plain_file
from dateline.storing.judgements import FOLDER as JUDGEMENTS
from dateline.storing.judgements import read_word, word_path
from dateline.storing.manifest import Manifest, Part, read_manifests
from dateline.storing.parts import hash_file
from dateline.storing.writer import guard_mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dateline.model.text import Report


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it must be: where, and what was found and expected."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def verify(project: Path) -> list[Fault]:
    """Check a project from the ground up and return all faults; none means that every byte and every quote stands.

    Every raw file, part, judgement, decision and manifest is hashed again. If all are whole, every report id is
    computed anew, and every quote of every mention, current or not, is looked up in its report; links and
    incidents must be of mentions that are there.
    """
    faults = [*_check_marker(project), *_check_raw(project), *_check_judgements(project), *_check_decisions(project)]
    try:
        archive = Archive(project, read_manifests(project))
    except ArchiveError as error:
        return [*faults, Fault("runs", str(error))]
    faults += [*_check_parts(archive), *_check_named_judgements(archive), *_faults_of(archive.codebooks, "raw")]
    return faults or list(_check_content(archive))


def _check_marker(project: Path) -> Iterator[Fault]:
    yield from _faults_of(partial(check_marker, project), MARKER)


def _faults_of(check: Callable[[], object], path: str) -> Iterator[Fault]:
    try:
        check()
    except (ArchiveError, EvidenceError, UsageError) as error:
        yield Fault(path, str(error))


def _check_raw(project: Path) -> Iterator[Fault]:
    for path in blobs(project):
        if not is_plain_file(path):
            yield Fault(_name(project, path), "a link, a pipe or a device; expected a file")
            continue
        found = hash_file(path)
        if found != path.name or path != blob_path(project, found):
            yield Fault(_name(project, path), f"its content has the hash {found}; restore it from a copy")


def _check_judgements(project: Path) -> Iterator[Fault]:
    for path in sorted((project / JUDGEMENTS).glob("*.json")):
        yield from _faults_of(partial(read_word, path), _name(project, path))


def _check_decisions(project: Path) -> Iterator[Fault]:
    for shelf in (DECISIONS, SAMPLES):
        for path in shelf.paths(project):
            yield from _faults_of(partial(shelf.get, path), _name(project, path))


def _check_named_judgements(archive: Archive) -> Iterator[Fault]:
    for manifest in archive.manifests:
        for identity in manifest.judgements:
            yield from _missing(archive.folder, word_path(archive.folder, identity), manifest)
        for identity in manifest.decisions:
            yield from _missing(archive.folder, DECISIONS.path(archive.folder, identity), manifest)


def _missing(project: Path, path: Path, manifest: Manifest) -> Iterator[Fault]:
    if not path.exists():
        yield Fault(_name(project, path), f"missing, though run {manifest.run} took it into account")


def _check_parts(archive: Archive) -> Iterator[Fault]:
    for manifest in archive.manifests:
        for part in manifest.parts:
            path = part_path(archive.folder, part.noun, manifest.run)
            problem = _problem(path, part)
            if problem:
                yield Fault(_name(archive.folder, path), f"{problem}; restore it from a copy")


def _problem(path: Path, part: Part) -> str | None:
    try:
        found = hash_file(path)
    except OSError as error:
        return f"it cannot be read ({error})"
    return None if found == part.sha256 else f"its content has the hash {found}, its manifest says {part.sha256}"


def _check_content(archive: Archive) -> Iterator[Fault]:
    """Check what the files say, all of them being whole."""
    with over(archive.files(), archive.folder / WORK) as database:
        for report, mentions in database.every_report():
            yield from _check_report(archive.folder, report)
            for mention in mentions:
                yield from _faults_of(partial(guard_mention, report, mention), "mentions")
        for decision in DECISIONS.all(archive.folder).values():
            for found in database.reports([decision.about.report]).values():
                yield from _faults_of(partial(check_decision, decision, found), DECISIONS.folder)
        for noun, identity in database.dangling():
            yield Fault(noun, f"{identity} is named and is not in the project")


def _check_report(project: Path, report: Report) -> Iterator[Fault]:
    if report.id != report_id(report.text, report.publisher, report.url, report.title, report.published):
        yield Fault("reports", f"report {report.id} has other content than its id was computed from")
    if not blob_path(project, report.raw).exists():
        yield Fault("raw", f"the bytes {report.raw} of report {report.id} are missing; restore them from a copy")


def _name(project: Path, path: Path) -> str:
    return path.relative_to(project).as_posix()

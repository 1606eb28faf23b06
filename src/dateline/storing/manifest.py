"""The manifest of a run: what it read, with what, and the hash of all that it wrote. Its writing is the commit.

A manifest names its parent, and its id hashes all it says but the clock, so the manifests of a project form a chain:
none can be changed, dropped from the middle or put in without the chain breaking.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from dateline.errors import ArchiveError
from dateline.model.text import digest
from dateline.storing.atomic import write_whole

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "dateline.run/1"

FOLDER = "runs"


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of a run, at `<noun>/<run>.parquet`."""

    noun: str
    sha256: str
    rows: int
    size: int


@dataclass(frozen=True, slots=True)
class Clock:
    """When a run began (UTC, ISO 8601) and how many seconds its last attempt took. No part of the run's identity."""

    started: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one run did.

    Attributes:
        run: `<number>-<first 16 digits of the hash of all fields but run and clock>`.
        parent: the run before it; None for the first.
        stage: digest of all that turned inputs into mentions: coder, rules, code, options.
        linker: digest of what turned mentions into incidents.
        versions: of Dateline, Python and the libraries that results depend on, and the coder's id.
        counts: what the run added (inputs, duplicates, reports, mentions, issues) and computed (links, incidents).
        judgements: ids of all judgements that its incidents take into account, sorted.
        decisions: ids of all decisions on single mentions that it takes into account, sorted.
        parts: the files it wrote; nouns with nothing to write have none, but for changes of a table that holds on.
    """

    run: str
    number: int
    parent: str | None
    stage: str
    linker: str
    versions: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    judgements: tuple[str, ...]
    decisions: tuple[str, ...]
    parts: tuple[Part, ...]
    clock: Clock

    def part(self, noun: str) -> Part | None:
        """Return the part that holds a noun, if the run wrote one."""
        return next((part for part in self.parts if part.noun == noun), None)


def sealed(manifest: Manifest) -> Manifest:
    """Return the manifest with its id computed from its content."""
    content = asdict(manifest)
    del content["run"], content["clock"]
    return replace(manifest, run=f"{manifest.number:06d}-{digest(content)[:16]}")


def render(manifest: Manifest) -> bytes:
    """Return the one form that a manifest has on disk. The last line hashes the others."""
    content = asdict(manifest) | {"versions": dict(manifest.versions), "counts": dict(manifest.counts)}
    body = {"schema": SCHEMA, **content}
    return (json.dumps(body | {"sha256": digest(body)}, indent=1, ensure_ascii=False) + "\n").encode()


def parse(data: bytes) -> Manifest:
    """Return the manifest that these bytes stand for.

    Raises:
        ArchiveError: if they are not to the letter what was written.
    """
    try:
        manifest = _from_json(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveError(f"it cannot be read ({error}); expected {SCHEMA}") from error
    if render(manifest) != data or sealed(manifest) != manifest:
        raise ArchiveError("its content is not what was written")
    return manifest


def _from_json(body: dict[str, Any]) -> Manifest:
    if body.pop("schema") != SCHEMA:
        raise ValueError("unknown schema")
    del body["sha256"]
    plural = {"versions": tuple(body["versions"].items()), "counts": tuple(body["counts"].items())}
    plural |= {"judgements": tuple(body["judgements"]), "decisions": tuple(body["decisions"])}
    plural |= {"parts": tuple(Part(**part) for part in body["parts"])}
    return Manifest(**(body | plural | {"clock": Clock(**body["clock"])}))


def manifest_path(project: Path, run: str) -> Path:
    """Return where the manifest of a run lies."""
    return project / FOLDER / f"{run}.json"


def write_manifest(project: Path, manifest: Manifest) -> None:
    """Commit a run."""
    write_whole(manifest_path(project, manifest.run), render(manifest))


def read_manifests(project: Path) -> tuple[Manifest, ...]:
    """Return all manifests of a project, oldest first.

    Raises:
        ArchiveError: if one is damaged, misplaced or missing.
    """
    manifests = [_read(path) for path in sorted((project / FOLDER).glob("*.json"))]
    parents = [None, *(manifest.run for manifest in manifests)]
    for number, (manifest, parent) in enumerate(zip(manifests, parents, strict=False), start=1):
        if manifest.parent != parent or manifest.number != number:
            raise ArchiveError(
                f"run {manifest.run} in {project} follows run {manifest.parent}, which is missing; "
                "restore the folder `runs` from a copy"
            )
    return tuple(manifests)


def _read(path: Path) -> Manifest:
    try:
        manifest = parse(path.read_bytes())
    except (ArchiveError, OSError) as error:
        raise ArchiveError(f"manifest {path} is damaged: {error}; restore it from a copy") from error
    if path.stem != manifest.run:
        raise ArchiveError(f"manifest {path} says that it is run {manifest.run}; restore it from a copy")
    return manifest

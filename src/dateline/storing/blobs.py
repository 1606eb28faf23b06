"""The bytes that reports were read from, under their own hash: `raw/ab/ab12...`. Written once, never changed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from dateline.errors import ArchiveError
from dateline.storing.atomic import unfinished
from dateline.storing.enclosed import is_plain_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "raw"

_SHA256 = re.compile(r"[0-9a-f]{64}")


def fingerprint(content: bytes) -> str:
    """Return the sha256 of bytes, as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def blob_path(project: Path, sha: str) -> Path:
    """Return where the bytes with this hash lie."""
    return project / FOLDER / sha[:2] / sha


def keep(project: Path, content: bytes) -> str:
    """Store bytes and return their hash. Bytes that are there already, and whole, are not written again.

    What is there is compared and not trusted: after a loss of power a file can have its name and not its content.
    The content is not forced to disk here; the commit of the run does that once for all.
    """
    sha = fingerprint(content)
    path = blob_path(project, sha)
    if not (path.exists() and path.read_bytes() == content):
        with unfinished(path) as temporary:
            temporary.write_bytes(content)
        temporary.replace(path)
    return sha


def fetch(project: Path, sha: str) -> bytes:
    """Return the bytes with this hash.

    Raises:
        ArchiveError: if they are missing, or no longer what they were, or this is no hash: it may be a path elsewhere.
    """
    path = blob_path(project, sha)
    if not _SHA256.fullmatch(sha) or (path.exists() and not is_plain_file(path)):
        raise ArchiveError(f"raw bytes {sha[:80]!r} given; expected a sha256, and a file of that name in {project}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ArchiveError(f"raw bytes {sha} are not in {project}: {error}; restore them from a copy") from error
    if fingerprint(content) != sha:
        raise ArchiveError(f"raw bytes {sha} in {project} have changed on disk; restore them from a copy")
    return content


def blobs(project: Path) -> Iterator[Path]:
    """Yield all stored raw files, sorted, those still being written left out."""
    for path in sorted((project / FOLDER).glob("*/*")):
        if not path.name.startswith("."):
            yield path

"""Files that are either whole or absent, whatever kills the process or the power."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dateline.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".tmp"
"""Files with this suffix are unfinished; nothing reads them."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under its final name only once its content is on disk. Raises `ArchiveError` if it cannot be."""
    try:
        with unfinished(path) as temporary:
            temporary.write_bytes(content)
        publish(temporary, path)
    except OSError as error:
        raise ArchiveError(
            f"{path} cannot be written ({error.strerror}); look whether the folder may be written and has room"
        ) from error


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Give a temporary name beside a path to write to; remove the file if writing fails.

    Whatever bears that name is removed first: a link, in a folder that came from elsewhere, would lead out of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}{SUFFIX}")
    temporary.unlink(missing_ok=True)
    try:
        yield temporary
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def publish(temporary: Path, path: Path) -> None:
    """Give a finished file its final name: first its content, then its name reaches the disk."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to disk. Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove what earlier processes left unfinished in a folder. Call it only where no other process writes."""
    for path in sorted(folder.glob(f".*{SUFFIX}")):
        path.unlink(missing_ok=True)

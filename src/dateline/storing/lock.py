"""One writer a project: a lock that the system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dateline.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the project's lock. The process id in the file is for people; the lock itself is the kernel's.

    Raises:
        ArchiveError: at once, if another process holds it, or nothing can be written here.
    """
    descriptor = _open(folder)
    try:
        _take(descriptor, folder)
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def _open(folder: Path) -> int:
    """Return the lock opened. A link in its place is not followed: what it leads to would be written over."""
    try:
        return os.open(folder / FILE, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as error:
        raise ArchiveError(
            f"project {folder} cannot be written ({error.strerror}); copy it to a folder of your own, and work there"
        ) from error


def _take(descriptor: int, folder: Path) -> None:
    try:
        _lock(descriptor)
    except OSError as error:
        holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
        raise ArchiveError(
            f"project {folder} is being written by another process (id {holder}); wait for it to end, or stop it"
        ) from error


def _sign(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, f"{os.getpid()}\n".encode())


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        """Lock one byte far behind the content: a locked byte cannot be read by others here."""
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

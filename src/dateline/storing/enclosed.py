"""A project folder may come from anybody: nothing in it may lead out of it, or be anything but files and folders.

A link in it could have a reader read, or a writer write, what is not the project's; a pipe or device would never end.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dateline.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEEPEST = 2  # `raw/ab` is looked at; what lies in it, a file a report, where it is read


def check_enclosed(project: Path) -> None:
    """Raise `ArchiveError` if a project holds a link, or anything else that is neither a file nor a folder."""
    for entry in _entries(project, _DEEPEST):
        if not _is_plain(entry):
            raise ArchiveError(
                f"{entry.path} is a link, a pipe or a device; a project holds files and folders alone: "
                "if you know what it leads to, copy that in its place"
            )


def is_plain_file(path: Path) -> bool:
    """Say whether a path is a file itself: no link to one, no folder, no pipe."""
    return path.is_file() and not path.is_symlink()


def _entries(folder: str | Path, depth: int) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        for entry in found:
            yield entry
            if depth > 1 and entry.is_dir(follow_symlinks=False):
                yield from _entries(entry.path, depth - 1)


def _is_plain(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)

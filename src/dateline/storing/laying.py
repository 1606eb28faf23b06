"""A project laid out for whoever looks at it next: all that is worked out from it once and kept in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.storing.database import open_database
from dateline.storing.sums import make_sums

if TYPE_CHECKING:
    from pathlib import Path

QUICKLY_LAID = 10_000
"""Of how many incidents whoever first looks at them need not wait: about a second."""


def lay_out(folder: Path) -> None:
    """Make now what whoever looks at a project makes at first need. Raises `ArchiveError` if the folder is none."""
    with open_database(folder) as database:
        database.make_ready()
        database.index()
        make_sums(database)

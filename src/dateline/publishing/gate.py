"""The last look before anything leaves: no byte that is published may hold a suppressed name. It fails closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from dateline.errors import DatelineError
from dateline.publishing.vocabulary import strings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dateline.publishing.names import Suppressed

_HASH = re.compile(r"[0-9a-f]{64}")
"""Ids: letters a to f in a row would be read as words."""


class LeakError(DatelineError):
    """What was to be published holds the name of a private person. Nothing was published."""


def check_folder(folder: Path, suppressed: Suppressed) -> None:
    """Scan every file of a folder.

    Raises:
        LeakError: naming each file that holds a suppressed name, and the first such name in it.
    """
    leaks = [leak for path in sorted(folder.rglob("*")) if path.is_file() for leak in _leaks(path, suppressed)]
    if leaks:
        raise LeakError(
            f"{len(leaks)} of the files to publish hold the name of a private person, so nothing was published:\n- "
            + "\n- ".join(leaks)
            + "\nThis is a fault of masking, or a suppressed name that is also a word of the data: report it, or leave "
            "out the reports concerned."
        )


def _leaks(path: Path, suppressed: Suppressed) -> Iterator[str]:
    for text in (path.name, *_texts(path)):
        found = suppressed.found_in(_HASH.sub(" ", text))
        if found:
            yield f"{path.name}: {found!r}"
            return


def _texts(path: Path) -> Iterator[str]:
    """Yield the text of a file: of Parquet its schema and every string in it, else the whole, which is UTF-8."""
    if path.suffix != ".parquet":
        yield path.read_bytes().decode("utf-8")
        return
    table: Any = pq.read_table(path)
    yield str(table.schema)
    for row in table.to_pylist():
        yield from strings_in(row)

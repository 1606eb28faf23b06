"""Write capture histories as CSV, with what an estimate from them assumes in the lines above the header."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from dateline.model.captures import ASSUMPTIONS, Capture, histories_of
from dateline.publishing.cells import escape, write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_captures(captures: Iterable[Capture], columns: int = 10) -> bytes:
    """Return the capture histories as CSV, in UTF-8.

    The lines that begin with `#` state the assumptions: read with `comment.char = "#"` in R, `comment="#"` in pandas.

    Args:
        captures: of `model.captures`.
        columns: how many lists get a column of their own, those that hold most incidents first.
    """
    names, histories = histories_of(captures, columns)
    header = ("incident", *map(escape, names), "other")
    rows = [dict(zip(header, (it.incident, *it.captured), strict=True)) for it in histories]
    types: dict[str, pa.DataType] = dict.fromkeys(header, pa.int64()) | {"incident": pa.string()}
    table = pa.Table.from_pylist(rows, schema=pa.schema(types))
    above = "".join(f"# {line}\r\n" for line in ASSUMPTIONS)
    return above.encode("utf-8") + write_csv(table)

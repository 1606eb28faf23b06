"""JSON lines: one noun a line, in UTF-8, days and times in ISO 8601."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from dateline.model.tables import to_rows
from dateline.model.wire import mention_json
from dateline.publishing.laid import in_batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.model.event import Mention


def write_lines(nouns: Iterable[object]) -> Iterator[bytes]:
    """Yield nouns as JSON lines, a field a key, in the order of the fields."""
    for some in in_batches(nouns):
        yield "".join([f"{dump(row)}\n" for row in to_rows(some)]).encode("utf-8")


def write_mentions(mentions: Iterable[Mention]) -> Iterator[bytes]:
    """Yield mentions as JSON lines of schema `dateline.mention/1`."""
    for some in in_batches(mentions):
        yield "".join([f"{dump(mention_json(it))}\n" for it in some]).encode("utf-8")


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form here")


dump = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_plain).encode
"""From a value to JSON on one line."""

"""JSON lines: one noun a line, in UTF-8, days and times in ISO 8601."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from dateline.model.tables import to_rows
from dateline.model.wire import mention_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.model.event import Mention


def dump(value: object) -> str:
    """Return a value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)


def write_lines(nouns: Iterable[object]) -> bytes:
    """Return nouns as JSON lines, a field a key, in the order of the fields."""
    return "".join(dump(row) + "\n" for row in to_rows(nouns)).encode("utf-8")


def write_mentions(mentions: Iterable[Mention]) -> bytes:
    """Return mentions as JSON lines of schema `dateline.mention/1`."""
    return "".join(dump(mention_json(mention)) + "\n" for mention in mentions).encode("utf-8")


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form here")

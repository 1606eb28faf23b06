"""Plain text and Markdown: the text as it stands, after an optional block of front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.reading.content import About, Content, trouble
from dateline.reading.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLOCK = re.compile(r"---[ \t]{0,9}\r?\n(?P<lines>.*?)^---[ \t]{0,9}(?:\r?\n|\Z)", re.S | re.M)
_LINE = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,40})[ \t]{0,9}:(?:[ \t](?P<value>.{0,2000}))?")
_NOT_ENTRIES = ("", " ", "\t", "-", "#")  # blank, continued, listed, comment: what YAML has and we pass over
_LONGEST = 10_000
KEYS = ("title", "publisher", "url", "published", "language", "retrieved", "note")


def read_plain(raw: bytes) -> Content:
    """Read a .txt or .md file. Its text is the file as it stands, less a byte-order mark and front matter.

    Front matter is a block of `key: value` lines between two lines `---` at the very start. Keys: title, publisher,
    url, published (2019-11-17), language (en), retrieved, note (for people; not kept). Others are passed over.

    Raises:
        Unreadable: `binary` or `undecodable`.
    """
    text, issues = decode(raw)
    block = _BLOCK.match(text[:_LONGEST])
    entries = _entries(block["lines"].splitlines()) if block else {}
    if block and entries:
        return Content(text[block.end() :], _about(entries), issues)
    if _looks_intended(text):
        message = (
            f"front matter that is not `key: value` lines closed by `---` given; read as text. Keys: {', '.join(KEYS)}"
        )
        issues = (*issues, trouble("front-matter", message))
    return Content(text, issues=issues)


def _entries(lines: Iterable[str]) -> dict[str, str]:
    """Return the known entries of a block; none of them if any line is not an entry."""
    entries = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match and match["key"].lower() in KEYS:
            entries[match["key"].lower()] = _unquote((match["value"] or "").strip())
        elif not match and line[:1] not in _NOT_ENTRIES:
            return {}
    return entries


def _unquote(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def _about(entries: dict[str, str]) -> About:
    return About(**{key: value or None for key, value in entries.items() if key != "note"})


def _looks_intended(text: str) -> bool:
    """Say whether a text opens as front matter with one of our keys does."""
    first, *rest = text[:_LONGEST].splitlines()[:8] or [""]
    return first.rstrip() == "---" and any(
        line.partition(":")[0].strip().lower() in KEYS for line in rest if ":" in line
    )

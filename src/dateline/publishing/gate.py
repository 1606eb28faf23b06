"""The last look before anything leaves: no byte that is published may hold a suppressed name. It fails closed.

Each file is read as what it may be read as: UTF-8, UTF-16 or bytes of one letter each; Parquet by all its strings. Each
text is looked at as it is and with its escapes undone, those of JSON and JavaScript, of HTML and of addresses, twice.
Files that Dateline ships, known by their hash, are made of no data and are passed over.
"""

from __future__ import annotations

import hashlib
import html
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import DatelineError
from dateline.publishing.assets import assets
from dateline.publishing.words import key_of, tokens_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dateline.publishing.names import Suppressed

_ID = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{3})?(?=[a-f]*[0-9])[0-9a-f]{12,64}(?![A-Za-z0-9])")
"""Ids: letters a to f in a row would be read as words."""

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_LINE = 4096
"""Code points of a piece that is looked at closely, with so many around it that no public name is cut in two."""

_OVERLAP = 256


class LeakError(DatelineError):
    """What was to be published holds the name of a private person. Nothing was published."""


def check_folder(folder: Path, suppressed: Suppressed) -> None:
    """Scan every file of a folder.

    Raises:
        LeakError: naming each file that holds a suppressed name, and the first such name in it.
    """
    clean: set[str] = set()
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    leaks = [leak for path in paths for leak in _leaks(path, suppressed, clean)]
    if leaks:
        raise LeakError(
            f"{len(leaks)} of the files to publish hold the name of a private person, so nothing was published:\n- "
            + "\n- ".join(leaks)
            + "\nThis is a fault of masking, or a suppressed name that is also a word of the data: report it, or leave "
            "out the reports concerned."
        )


def find_leak(text: str, suppressed: Suppressed, clean: set[str] | None = None) -> str | None:
    """Return the first suppressed name that a text holds, in whatever way it is escaped.

    Args:
        text: what is to leave.
        suppressed: what must not.
        clean: words that were looked at and are of no name; those of this text are added.
    """
    for form in forms_of(text):
        if found := _find(form, suppressed, set() if clean is None else clean):
            return found
    return None


def forms_of(text: str) -> Iterator[str]:
    """Yield a text as it is, and with its escapes undone once and twice where that changes it."""
    yield text
    for _ in range(2):
        plain = unquote(html.unescape(_ESCAPE.sub(_unescaped, text)), errors="replace")
        if plain == text:
            return
        text = plain
        yield text


def _find(text: str, suppressed: Suppressed, clean: set[str]) -> str | None:
    """Return a suppressed name in a text: look at its different words first, and closely at where they stand."""
    hot = _hot(text, suppressed, clean)
    if not hot:
        return None
    text = _ID.sub(" ", text)
    for start in range(0, len(text), _LINE):
        before = max(0, start - _OVERLAP)
        piece = text[before : start + _LINE + _OVERLAP]
        found = suppressed.words_in(piece) if any(token in piece for token in hot) else []
        inside = [word.text for word in found if start <= before + word.start < start + _LINE]
        if inside:
            return inside[0]
    return None


def _hot(text: str, suppressed: Suppressed, clean: set[str]) -> set[str]:
    """Return the words of a text, ids aside, that may be of a name; the others are clean."""
    words = tokens_in(text, _ID) - clean
    hot = {word for word in words if suppressed.may_hold(key_of(word))}
    clean |= words - hot
    return hot


def _leaks(path: Path, suppressed: Suppressed, clean: set[str]) -> Iterator[str]:
    if (found := find_leak(path.name, suppressed)) is not None:
        yield f"{path.name}: {found!r}"
        return
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() in shipped_files():
        return
    for text in _parquet_texts(path, suppressed, clean) if path.suffix == ".parquet" else texts_of(content):
        if (found := find_leak(text, suppressed, clean)) is not None:
            yield f"{path.name}: {found!r}"
            return


def texts_of(content: bytes) -> Iterator[str]:
    """Yield all texts that these bytes may be read as."""
    try:
        yield content.decode("utf-8")
    except UnicodeDecodeError:
        yield content.decode("utf-8", "ignore")
        yield content.decode("cp1252", "replace")
    if b"\0" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        for start in (0, 1):
            for encoding in ("utf-16-le", "utf-16-be"):
                yield content[start:].decode(encoding, "ignore")


def _parquet_texts(path: Path, suppressed: Suppressed, clean: set[str]) -> Iterator[str]:
    """Yield the schema with its metadata, and every string of those pieces of the table that hold a word of a name."""
    file: Any = pq.ParquetFile(path)
    yield f"{file.schema_arrow} {file.schema_arrow.metadata or ''}"
    for batch in file.iter_batches(batch_size=2048):
        different = "\n".join(text for column in batch.columns for text in _different(column))
        if any(_hot(form, suppressed, clean) for form in forms_of(different)):
            yield "\n".join(text for row in batch.to_pylist() for text in _strings(row))


def _different(column: Any) -> Iterator[str]:
    """Yield the different strings anywhere in a column."""
    if pa.types.is_struct(column.type):
        for field in column.flatten():
            yield from _different(field)
    elif pa.types.is_list(column.type):
        yield from _different(column.flatten())
    elif pa.types.is_string(column.type):
        yield from (text for text in column.unique().to_pylist() if text)
    elif not pa.types.is_primitive(column.type):
        yield from (text for value in column.to_pylist() for text in _strings(value))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield from texts_of(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def _unescaped(match: re.Match[str]) -> str:
    code = int(next(filter(None, match.groups())), 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]


@cache
def shipped_files() -> frozenset[str]:
    """Return the sha256 of the files that are the same in every publication."""
    return frozenset(hashlib.sha256(content).hexdigest() for content in assets().values())

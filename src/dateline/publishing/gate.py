"""The last look before anything leaves: no byte that is published may hold a suppressed name. It fails closed.

Each file is read as what it may be read as: UTF-8, UTF-16 or bytes of one letter each; Parquet by all its strings. Each
text is looked at as it is and with its escapes undone, those of JSON and JavaScript, of HTML and of addresses, twice.
Files that Dateline ships, known by their hash, are made of no data and are passed over.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass, field
from functools import cache
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dateline.errors import DatelineError
from dateline.publishing.assets import assets
from dateline.publishing.sieve import Sieve, sieve_of
from dateline.publishing.words import key_of, tokens_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dateline.publishing.names import Suppressed

IDS = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{3})?(?=[a-f]*[0-9])[0-9a-f]{12,64}(?![A-Za-z0-9])")
"""Ids: letters a to f in a row would be read as words."""

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_SIGN = re.compile(r"\\([nrtbf\"\\/])")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " "}
"""Signs that JSON writes with a backslash and a letter, which is none of the word behind it."""

_JSON = frozenset((".geojson", ".js", ".json", ".jsonl", ".jsonld"))
_LINE = 4096
"""Code points of a piece that is looked at closely, with so many around it that no public name is cut in two."""

_OVERLAP = 256
_BLOCK = 1 << 20
_BEFORE = 4096
"""Bytes of a file that are looked at together, and of those before them that are looked at again."""

_ROWS = 2048
_BETWEEN = pa.scalar("\n\n", pa.large_string())
_MARKS = (b"\xff\xfe", b"\xfe\xff")


class LeakError(DatelineError):
    """What was to be published holds the name of a private person. Nothing was published."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What must not leave, and what was seen of it so far.

    Attributes:
        clean: words that were looked at and are of no name.
    """

    suppressed: Suppressed
    sieve: Sieve
    clean: set[str] = field(default_factory=set)


def gate_of(suppressed: Suppressed) -> Gate:
    """Return the gate that lets no name of these through."""
    return Gate(suppressed, sieve_of(suppressed))


def check_folder(folder: Path, suppressed: Suppressed) -> None:
    """Scan every file of a folder.

    Raises:
        LeakError: naming each file that holds a suppressed name, and the first such name in it.
    """
    gate = gate_of(suppressed)
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    leaks = [leak for path in paths for leak in _leaks(path, gate)]
    if leaks:
        raise LeakError(
            f"{len(leaks)} of the files to publish hold the name of a private person, so nothing was published:\n- "
            + "\n- ".join(leaks)
            + "\nThis is a fault of masking, or a suppressed name that is also a word of the data: report it, or leave "
            "out the reports concerned."
        )


def _leaks(path: Path, gate: Gate) -> Iterator[str]:
    found = find_leak(path.name, gate)
    if found is None and _hash(path) not in shipped_files():
        found = _in_parquet(path, gate) if path.suffix == ".parquet" else _in_file(path, gate)
    if found is not None:
        yield f"{path.name}: {found!r}"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _in_file(path: Path, gate: Gate) -> str | None:
    """Return the first suppressed name in a file: block by block, and where one seems to hold any, in all of it.

    What a block cuts in two is whole in the next one, but for public names: so the file has the last word.
    """
    if path.stat().st_size == 0:
        return None
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        is_wide = content.find(b"\0") >= 0 or content[:2] in _MARKS
        as_read = _as_read if path.suffix in _JSON else str
        blocks = (as_read(text) for block in _blocks(content) for text in texts_of(block, is_wide))
        if all(find_leak(text, gate) is None for text in blocks):
            return None
        whole = map(as_read, texts_of(content[:], is_wide))
        return next((found for text in whole if (found := find_leak(text, gate))), None)


def _as_read(text: str) -> str:
    """Return a text of JSON with its signs as they are read, so that no letter of one is taken for a word's first."""
    return _SIGN.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), text) if "\\" in text else text


def _blocks(content: mmap) -> Iterator[bytes]:
    """Yield a file in pieces that end with a line, each with the end of the one before; UTF-8 stays whole."""
    start = 0
    while start < len(content):
        end = content.rfind(b"\n", start, start + _BLOCK) + 1 if start + _BLOCK < len(content) else len(content)
        end = end or _aligned(content, start + _BLOCK)
        yield content[_aligned(content, max(0, start - _BEFORE)) : end]
        start = end


def _aligned(content: mmap, place: int) -> int:
    """Return the nearest place before one, where no letter of UTF-8 is cut."""
    return next((it for it in range(place, max(0, place - 4), -1) if content[it] & 0xC0 != 0x80), place)


def texts_of(content: bytes, is_wide: bool) -> Iterator[str]:
    """Yield all texts that these bytes may be read as; `is_wide` if they are of a file that may be UTF-16."""
    try:
        yield content.decode("utf-8")
    except UnicodeDecodeError:
        yield content.decode("utf-8", "ignore")
        yield content.decode("cp1252", "replace")
    if is_wide:
        for start in (0, 1):
            for encoding in ("utf-16-le", "utf-16-be"):
                yield content[start:].decode(encoding, "ignore")


def find_leak(text: str, gate: Gate) -> str | None:
    """Return the first suppressed name that a text holds, in whatever way it is escaped."""
    return next((found for form in forms_of(text) if (found := _find(form, gate))), None)


def forms_of(text: str) -> Iterator[str]:
    """Yield a text as it is, and with its escapes undone once and twice where that changes it."""
    yield text
    for _ in range(2):
        plain = unquote(html.unescape(_ESCAPE.sub(_unescaped, _as_read(text))), errors="replace")
        if plain == text:
            return
        text = plain
        yield text


def _find(text: str, gate: Gate) -> str | None:
    """Return a suppressed name in a text: look at its different words first, and closely at where they stand."""
    if not _is_hot(text, gate):
        return None
    text = IDS.sub(" ", text)
    for start in range(0, len(text), _LINE):
        before = max(0, start - _OVERLAP)
        piece = text[before : start + _LINE + _OVERLAP]
        found = gate.suppressed.words_in(piece) if gate.sieve.may_hold(piece) else []
        inside = [word.text for word in found if start <= before + word.start < start + _LINE]
        if inside:
            return inside[0]
    return None


def _is_hot(text: str, gate: Gate) -> bool:
    """Say whether a text has a word, ids aside, that may be of a name; words that are not are clean."""
    words = tokens_in(text, IDS) - gate.clean
    hot = {word for word in words if gate.suppressed.may_hold(key_of(word))}
    gate.clean.update(words - hot)
    return bool(hot)


def _in_parquet(path: Path, gate: Gate) -> str | None:
    """Return the first suppressed name in a table: in its schema with metadata, or in any of its cells."""
    file: Any = pq.ParquetFile(path)
    if found := find_leak(f"{file.schema_arrow} {file.schema_arrow.metadata or ''}", gate):
        return found
    texts = ("\n\n".join(_texts(pa.Table.from_batches([it]))) for it in file.iter_batches(batch_size=_ROWS))
    return next((found for text in texts if (found := find_leak(text, gate))), None)


def _texts(table: pa.Table) -> Iterator[str]:
    """Yield the strings of a table: those of one row as one text, the rows of a nested list after it.

    Between two cells stand two line ends: no hyphen at the end of one joins it to the next.
    """
    plain: list[Any] = []
    for column in table.itercolumns():
        yield from _opened(column.combine_chunks(), plain)
    if plain:
        rows = pc.binary_join_element_wise(*plain, _BETWEEN, null_handling="replace", null_replacement="")
        yield from (text for text in rows.to_pylist() if text)


def _opened(column: Any, plain: list[Any]) -> Iterator[str]:
    """Note a column of strings as one; yield the texts of any other that holds some."""
    if pa.types.is_struct(column.type):
        for part in column.flatten():
            yield from _opened(part, plain)
    elif pa.types.is_list(column.type):
        yield from _texts(pa.table([column.flatten()], names=["item"]))
    elif pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        plain.append(column.cast(pa.large_string()))
    elif not pa.types.is_primitive(column.type):
        yield from (text for value in column.to_pylist() for text in _strings(value))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield from texts_of(value, b"\0" in value or value[:2] in _MARKS)
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

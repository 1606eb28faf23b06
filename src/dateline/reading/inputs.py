"""What there is to read: paths, folders and standard input to `Input`s, one a report, each with its bytes."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import UsageError
from dateline.reading.content import LIMITS, About, Limits, megabytes
from dateline.reading.records import SPLITTERS, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dateline.reading.listing import Listing

KINDS = {
    ".txt": "text",
    ".md": "text",
    ".html": "page",
    ".htm": "page",
    ".html.gz": "packed-page",
    ".htm.gz": "packed-page",
}
"""What a file is, by its suffix; files of records are in `records.SPLITTERS`."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of all inputs: holds wherever an input does not say it itself. `language` as ISO 639-1.

    `listing` is a table that says more of single files, and goes before what the files say.
    """

    publisher: str | None = None
    published: date | None = None
    language: str | None = None
    listing: Listing | None = None


NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class Input:
    """The bytes of what should become one report, as plain data that crosses to worker processes.

    Attributes:
        source: the input as the user named it: a path, `path#line` for a record, `-` for standard input.
        kind: `text`, `page`, `packed-page` (gzip) or `record` (one JSON object).
        raw: the bytes; none where there is a fault.
        publisher, published, language: what the user gave for all inputs; published as an ISO date.
        listed: what a table of files says of this one.
        fault: the kind of issue that keeps this input from being read, e.g. `unsupported`.
        message: the words of that issue.
    """

    source: str
    kind: str
    raw: bytes
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    listed: About | None = None
    fault: str | None = None
    message: str | None = None


def find_inputs(paths: Sequence[str], given: Given = NOTHING_GIVEN, limits: Limits = LIMITS) -> Iterator[Input]:
    """Find what these paths hold, in their order; folders through and through, sorted by name, without hidden files.

    A path is a file, a folder, or `-` for standard input (JSON lines, a page or plain text, by how it begins). Files of
    records are streamed, one input a record. What cannot be read (an unknown suffix, a link that leads out of its
    folder, a file over the limit) is an input with a fault, which `read` makes an issue.

    Raises:
        UsageError: naming every path that does not exist, before anything is read.
    """
    _check(paths)
    return _inputs(paths, given, limits)


def named_files(paths: Sequence[str]) -> Iterator[str]:
    """Yield the names of all files that these paths hold, whether they can be read or not; raises as `find_inputs`."""
    _check(paths)
    for path in (Path(path) for path in paths if path != "-"):
        yield from map(_name, _walk(path)) if path.is_dir() else [_name(path)]


def _check(paths: Sequence[str]) -> None:
    """Raise `UsageError` naming every path that does not exist."""
    missing = [path for path in paths if path != "-" and not Path(path).exists()]
    if missing:
        raise UsageError(
            f"no such file or folder: {', '.join(map(repr, missing))}; give existing paths, or - for standard input"
        )


def _inputs(paths: Sequence[str], given: Given, limits: Limits) -> Iterator[Input]:
    for path in paths:
        if path == "-":
            yield from _read_stdin(given, limits)
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), given, limits)
        else:
            yield from _read_file(Path(path), given, limits)


def _read_folder(folder: Path, given: Given, limits: Limits) -> Iterator[Input]:
    root = folder.resolve()
    for path in _walk(folder):
        if given.listing and path.resolve() == given.listing.path:
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            yield _faulty(
                _name(path), "unsupported", "a link that leads out of its folder given: copy the file into it", given
            )
        elif not (path.is_symlink() and path.is_dir()):  # what it leads to is found where it stands
            yield from _read_file(path, given, limits)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield what is in a folder and below, sorted by name; links to folders are not entered."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def _read_file(path: Path, given: Given, limits: Limits) -> Iterator[Input]:
    name, suffix = _name(path), _suffix(path)
    if suffix not in KINDS and suffix not in SPLITTERS:
        accepted = " ".join((*KINDS, *SPLITTERS))
        yield _faulty(
            name, "unsupported", f"a file {suffix or 'without suffix'} given; expected one of {accepted}", given
        )
        return
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield _faulty(name, "unsupported", "a device, pipe or broken link given; expected a file", given)
            return
        with path.open("rb") as file:
            yield from _read_stream(file, name, suffix, given, limits)
    except OSError as error:
        yield _faulty(
            name, "unreadable", f"{error.strerror or error}: check that the file is there and may be read", given
        )


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    return "".join(suffixes) if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])


def _read_stream(file: BinaryIO, name: str, suffix: str, given: Given, limits: Limits) -> Iterator[Input]:
    if suffix in SPLITTERS:
        for record in SPLITTERS[suffix](file, limits):
            yield _record_input(name, record, given)
        return
    raw = file.read(limits.raw_bytes + 1)
    if len(raw) > limits.raw_bytes:
        message = f"over {megabytes(limits.raw_bytes)} given, which is the most that is read: split it"
        yield _faulty(name, "too-large", message, given)
    else:
        yield _input(name, KINDS[suffix], raw, given)


def _read_stdin(given: Given, limits: Limits) -> Iterator[Input]:
    file = BufferedReader(sys.stdin.buffer)  # type: ignore[type-var] # any stream with readinto() will do
    try:
        yield from _read_stream(file, "-", _sniff(file.peek()), given, limits)
    finally:
        file.detach()


def _sniff(head: bytes) -> str:
    """Return the suffix that a stream without a name would have had."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower()
    if start.startswith(b"{"):
        return ".jsonl"
    return ".html" if start.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<!--")) else ".txt"


def _record_input(name: str, record: Record, given: Given) -> Input:
    source = f"{name}#{record.number}" if record.number else name
    if record.fault:
        return _faulty(source, record.fault.kind, record.fault.message, given)
    return _input(source, "record", record.raw, given)


def _input(source: str, kind: str, raw: bytes, given: Given) -> Input:
    published = given.published.isoformat() if given.published else None
    listed = given.listing.of(source) if given.listing and kind != "record" else None
    return Input(source, kind, raw, given.publisher, published, given.language, listed)


def _faulty(source: str, fault: str, message: str, given: Given) -> Input:
    return replace(_input(source, "none", b"", given), fault=fault, message=message)


def _name(path: Path) -> str:
    """Return a path as text that any encoding holds: bytes of a file name that are none become escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode()

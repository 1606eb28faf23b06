"""Byte streams in bounded memory: chunks of a file, gzip that cannot explode, lines that cannot grow without end."""

from __future__ import annotations

import codecs
import zlib
from typing import TYPE_CHECKING, BinaryIO

from dateline.reading.content import Limits, Unreadable, megabytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHUNK = 1 << 18
_HARMLESS = 1 << 20  # below this size no ratio is worth a word


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield what is left of a file, a quarter of a megabyte at a time."""
    return iter(lambda: file.read(_CHUNK), b"")


def inflate(packed: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    """Yield the unpacked bytes of a gzip stream of one or more members.

    Raises:
        Unreadable: `bomb` over `limits.expansion`, `damaged` where the stream is broken or ends too soon.
    """
    decoder = zlib.decompressobj(wbits=31)
    taken = given = 0
    for chunk in packed:
        taken += len(chunk)
        while chunk:
            piece = _decompress(decoder, chunk)
            given += len(piece)
            _forbid_bomb(taken, given, limits)
            if piece:
                yield piece
            chunk, decoder = _rest(decoder)
    yield decoder.flush()  # at most a few hundred bytes that found no room in the last piece
    if taken and not decoder.eof:
        raise Unreadable("damaged", "a gzip stream that ends too soon given; fetch or copy the file again")


def _decompress(decoder: zlib._Decompress, chunk: bytes) -> bytes:
    try:
        return decoder.decompress(chunk, _CHUNK)
    except zlib.error as error:
        raise Unreadable("damaged", f"no gzip stream ({error}): fetch the file again or mend its name") from error


def _rest(decoder: zlib._Decompress) -> tuple[bytes, zlib._Decompress]:
    """Return the bytes that are still to be unpacked and the decoder to do it: a new one after a member's end."""
    if not decoder.eof:
        return decoder.unconsumed_tail, decoder
    rest = decoder.unused_data.lstrip(b"\0")
    return rest, zlib.decompressobj(wbits=31) if rest else decoder


def _forbid_bomb(taken: int, given: int, limits: Limits) -> None:
    if given > _HARMLESS and given > taken * limits.expansion:
        message = (
            f"{taken:,} bytes that unpack to over {megabytes(given)} given; at most {limits.expansion} times is read"
        )
        raise Unreadable("bomb", message)


def unpack(raw: bytes, limits: Limits) -> bytes:
    """Unpack gzip in memory, up to `limits.raw_bytes`.

    Raises:
        Unreadable: `too-large`, `bomb` or `damaged`.
    """
    pieces, size = [], 0
    for piece in inflate([raw[at : at + _CHUNK] for at in range(0, len(raw), _CHUNK)], limits):
        size += len(piece)
        if size > limits.raw_bytes:
            message = (
                f"over {megabytes(limits.raw_bytes)} when unpacked: split the file, or raise the limit `raw_bytes`"
            )
            raise Unreadable("too-large", message)
        pieces.append(piece)
    return b"".join(pieces)


def recode(stream: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield a stream of another encoding as UTF-8.

    Raises:
        Unreadable: `undecodable` at the first byte that does not fit.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in stream:
            yield decoder.decode(chunk).encode("utf-8")
        yield decoder.decode(b"", final=True).encode("utf-8")
    except UnicodeError as error:
        message = f"bytes that are not {encoding} given; the rest of the file was not read: save it as UTF-8"
        raise Unreadable("undecodable", message) from error


def lines(stream: Iterable[bytes], longest: int) -> Iterator[bytes | None]:
    """Yield lines with their ends; None stands for a line of over `longest` bytes, which is passed over unkept."""
    held: list[bytes] = []
    size = 0
    for chunk in stream:
        *whole, rest = chunk.split(b"\n")
        for piece in whole:
            size += len(piece) + 1
            yield None if size > longest else b"".join((*held, piece, b"\n"))
            held, size = [], 0
        size += len(rest)
        held = [*held, rest] if size <= longest else []
    if size:
        yield None if size > longest else b"".join(held)

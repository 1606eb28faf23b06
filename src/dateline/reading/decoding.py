"""Bytes to text: byte-order mark, strict UTF-8, the charset that a page declares, and at last a guess that says so."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from charset_normalizer import from_bytes

from dateline.reading.content import Unreadable, trouble

if TYPE_CHECKING:
    from dateline.errors import Issue

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = ["cp1252", *(f"cp{1250 + page}" for page in (0, 1, 3, 4, 5, 6, 7, 8)), "koi8_r", "koi8_u"]
_MULTI_BYTE = ["gb18030", "big5", "cp932", "euc_jp", "cp949"]
_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_DECLARABLE = {
    "cp1252",
    "koi8-r",
    "koi8-u",
    "gb18030",
    "big5",
    "cp932",
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "cp949",
    "cp874",
}
_DECLARABLE |= {f"cp125{page}" for page in range(9)} | {f"iso8859-{part}" for part in range(2, 17)} | {"mac-roman"}
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,30})")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE = 65_536
_MOST_CONTROLS = 0.01  # share of control characters over which bytes are not text
_FEW_LATIN = 0.3  # over this share of non-ASCII letters, a script other than Latin is written


class Decoded(NamedTuple):
    """Text without its byte-order mark, and what to tell about how it was decoded."""

    text: str
    issues: tuple[Issue, ...] = ()


def decode(raw: bytes, *, page: bool = False) -> Decoded:
    """Decode bytes; a `page` may declare its charset within the first 4,096 bytes.

    Raises:
        Unreadable: `binary` or `undecodable`.
    """
    mark, encoding = marked(raw)
    if not mark and is_binary(raw):
        raise Unreadable(
            "binary", "control bytes as in a program or picture given; expected text: convert the file first"
        )
    try:
        return Decoded(raw[len(mark) :].decode(encoding or "utf-8"))
    except UnicodeDecodeError as error:
        if mark:
            message = f"a byte-order mark says {encoding}, but byte {error.start} does not fit: save the file as UTF-8"
            raise Unreadable("undecodable", message) from error
    return _decode_declared(raw, page) or _decode_damaged(raw) or _decode_guessed(raw)


def marked(raw: bytes) -> tuple[bytes, str | None]:
    """Return the byte-order mark that these bytes open with and the encoding it stands for, or nothing."""
    return next(((mark, encoding) for mark, encoding in _MARKS if raw.startswith(mark)), (b"", None))


def is_binary(raw: bytes) -> bool:
    """Say whether over one byte in a hundred is a control character that no text holds."""
    sample = raw[:_SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample)


def guess_encoding(raw: bytes) -> str | None:
    """Guess the encoding of bytes that are not UTF-8, from 65,536 of them; None if nothing fits.

    What fits the Windows code page of Western Europe as well as any other is taken to be in it.
    """
    sample = _sample(raw)
    matches = list(from_bytes(sample, cp_isolation=_candidates(sample)))
    if not matches:
        return None
    likely = [match for match in matches if match.chaos == matches[0].chaos]
    if any("cp1252" in match.could_be_from_charset for match in likely):
        return "cp1252"
    return matches[0].encoding


def _sample(raw: bytes) -> bytes:
    """Return bytes from shortly before the first that is not ASCII, to the end of a line or word."""
    first = _NOT_ASCII.search(raw)
    start = max(0, first.start() - _SAMPLE // 2) if first else 0
    sample = raw[start : start + _SAMPLE]
    if start + _SAMPLE >= len(raw):
        return sample
    return sample[: sample.rfind(b"\n") + 1 or sample.rfind(b" ") + 1 or None]


def _candidates(sample: bytes) -> list[str]:
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    others = sum(byte >= 0x80 for byte in sample)
    return _SINGLE_BYTE if others <= _FEW_LATIN * (letters + others) else _SINGLE_BYTE + _MULTI_BYTE


def _decode_declared(raw: bytes, page: bool) -> Decoded | None:
    """Decode a page by the charset that it declares, if it does and all of it fits."""
    declared = _DECLARED.search(raw[:4096]) if page else None
    encoding = _known_encoding(declared[1].decode("ascii")) if declared else None
    try:
        return Decoded(raw.decode(encoding)) if encoding else None
    except UnicodeDecodeError:
        return None


def _known_encoding(label: str) -> str | None:
    """Return Python's name of a charset label of the web, if it is one; `zlib` and `idna` are codecs, not charsets."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _WEB_NAMES.get(name, name)
    return name if name in _DECLARABLE else None


def _decode_damaged(raw: bytes) -> Decoded | None:
    """Decode bytes that are UTF-8 but for a few; U+FFFD stands where they were."""
    text = raw.decode("utf-8", "replace")
    lost = text.count("�")
    kept = len(text) - lost - sum(map(str.isascii, text))
    if kept < 10 * lost:
        return None
    message = f"UTF-8 with {lost} damaged places, read as U+FFFD: check them in the original"
    return Decoded(text, (trouble("encoding-damaged", message),))


def _decode_guessed(raw: bytes) -> Decoded:
    encoding = guess_encoding(raw)
    try:
        text = raw.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        raise Unreadable("undecodable", "bytes in no known encoding given; expected UTF-8: convert the file to UTF-8")
    return Decoded(text, (trouble("encoding-guessed", f"not UTF-8; read as {encoding}: check names and quotes"),))

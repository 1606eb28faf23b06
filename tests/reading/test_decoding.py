"""Bytes to text, by the mark, by UTF-8, by declaration, and by a guess that is told."""

from __future__ import annotations

import codecs

import pytest

from dateline.reading.content import Unreadable
from dateline.reading.decoding import decode

ENGLISH = "Police “arrested” nine people — the café’s owner among them."
POLISH = "Milicja zatrzymała dziewięć osób podczas wiecu w Gdańsku, a później użyła gazu łzawiącego. "
RUSSIAN = "Полиция задержала девять человек на площади. "
PERSIAN = "پليس نه نفر را در تهران بازداشت كرد و معترضان شعار دادند. "
CHINESE = "警察在广场逮捕了九人，抗议者高呼口号。"
JAPANESE = "警察は広場で九人を逮捕した。抗議者たちは叫んだ。"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_is_taken_off_and_nothing_else_is_touched(mark: bytes, encoding: str) -> None:
    text = f"\r\n  {ENGLISH}\t\r\n"
    assert decode(mark + text.encode(encoding)) == (text, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (POLISH * 2, "cp1250"),
        (RUSSIAN * 2, "cp1251"),
        (RUSSIAN * 2, "koi8_r"),
        (PERSIAN * 2, "cp1256"),
        (CHINESE * 2, "gb18030"),
        (JAPANESE * 2, "cp932"),
        (ENGLISH + " x" * 50_000, "cp1252"),
        ("nine people\n" * 10_000 + ENGLISH + " x" * 50_000, "cp1252"),
        (f"{CHINESE}\n" * 5_000, "gb18030"),
    ],
)
def test_a_guess_is_right_and_is_told(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert [issue.kind for issue in decoded.issues] == ["encoding-guessed"]


def test_utf8_with_one_damaged_place_stays_utf8() -> None:
    raw = bytearray((RUSSIAN * 3).encode())
    raw[40] = 0xFF
    decoded = decode(bytes(raw))
    assert decoded.text.count("\ufffd") <= 2
    assert decoded.text.endswith("площади. ")
    assert [issue.kind for issue in decoded.issues] == ["encoding-damaged"]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8_r"),
        ('<?xml version="1.0" encoding="ISO-8859-5"?>', "iso8859_5"),
    ],
)
def test_a_page_may_declare_its_charset(head: str, encoding: str) -> None:
    page = head + RUSSIAN
    assert decode(page.encode(encoding), page=True) == (page, ())


@pytest.mark.parametrize(
    "label", ["zlib", "rot13", "idna", "unicode_escape", "no-such-charset", "utf-8", "..", "undefined"]
)
def test_a_declared_charset_that_is_none_is_passed_over(label: str) -> None:
    page = f"<meta charset={label}>{RUSSIAN}"
    decoded = decode(page.encode("cp1251"), page=True)
    assert decoded.text == page
    assert [issue.kind for issue in decoded.issues] == ["encoding-guessed"]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01", "binary"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00", "binary"),
        (b"\x00" * 100, "binary"),
        (bytes(range(256)), "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "undecodable"),
        (codecs.BOM_UTF8 + b"\xff\xff", "undecodable"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(raw)
    assert caught.value.issue.kind == kind


def test_one_nul_in_a_long_text_does_not_make_it_binary() -> None:
    assert decode(b"Police\x00 arrested nine people. " * 1 + b"word " * 100).text.startswith("Police\x00")

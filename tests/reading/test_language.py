"""Languages by the model that ships."""

from __future__ import annotations

import pytest

from dateline.reading.language import detect_language, parse_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Police arrested nine people in the square on Sunday.\nThe march went on.\n", "en"),
        ("Die Volkspolizei nahm am Montag in Leipzig neun Menschen fest.\r\nDer Zug ging weiter.", "de"),
        ("La policía detuvo el domingo a nueve personas en la plaza.", "es"),
        ("Полиция задержала девять человек на площади.", "ru"),
        ("پلیس روز یکشنبه نه نفر را در میدان بازداشت کرد.", "fa"),
        ("POLICE ARRESTED NINE PEOPLE IN THE SQUARE ON SUNDAY, A SPOKESMAN SAID.", "en"),
        ("", None),
        ("Nine.", None),
        ("1234567890 " * 20, None),
        ("\x00\n" * 50, None),
    ],
)
def test_detected(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("stated", "language"),
    [("en", "en"), ("en-GB", "en"), (" FA ", "fa"), ("English", None), ("eng", None), ("", None)],
)
def test_stated(stated: str, language: str | None) -> None:
    assert parse_language(stated) == language

"""Find quotations: the stretches of a text that stand between quotation marks, over sentences and paragraphs.

A quotation that runs on over a paragraph break is reopened at the head of the next paragraph and closed only at its
end; such a run comes back as one `Quotation` of several parts. A mark that is never closed ends with its paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_BROKEN = r"â€œ|(?:â€˜){2}|(?:â€™){2}|â€(?:\x9d|�|(?![\w˜™“”¦]))"
"""Quotation marks in UTF-8 that were read as Windows-1252, as on many an old page."""

_LOST = "�"
"""A mark that was lost in decoding: it opens before a word and closes behind one, like a straight one."""

_MARK = re.compile(
    rf"{_BROKEN}|(?<!\w)''|''(?!\w)|``|[\"“”„«»‘’‟〝〞「」{_LOST}]|(?<![\w'])'(?=\w)|(?<=[\w.,!?…])'(?![\w'])"
)
_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
_CLOSERS = {
    "“": f'”“"{_LOST}',
    "”": "”",
    "„": "“”‟",
    "«": "»",
    "»": "«",
    "‘": "’",
    "'": "'",
    '"': '"”',
    "''": "''",
    "``": "''\"",
    "‟": "”",
    _LOST: f"{_LOST}”",
    "〝": "〞",
    "「": "」",
    "â€˜â€˜": ("â€™â€™",),
    "â€œ": ("â€\x9d", "â€�", "â€"),  # “ and ” in UTF-8, read as Windows-1252
}
_EITHER_WAY = {'"', "''", "'", "»", "”", _LOST}
_WEAK = {"'", "‘", "â€œ", "â€˜â€˜", _LOST}
_LONGEST_WEAK = 600
_LONGEST_SCARE = 3
_MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: its parts (one a paragraph, marks included), in order.

    `is_closed` is False where the text never closes it.
    """

    parts: tuple[Span, ...]
    is_closed: bool = True

    @property
    def start(self) -> int:
        """Where its first mark stands."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where its last mark ends."""
        return self.parts[-1].end


def find_quotations(text: str) -> list[Quotation]:
    """Return the outermost quotations of a text, in order; quotations inside a quotation are part of it.

    >>> [text[q.start:q.end] for text in ["“No,” she said."] for q in find_quotations(text)]
    ['“No,”']
    """
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        for quotation in _in_paragraph(text, paragraph.start(), paragraph.end()):
            if found and _continues(text, found[-1], quotation, paragraph.start()):
                quotation = replace(quotation, parts=found.pop().parts + quotation.parts)
            found.append(quotation)
    return found


def is_speech(text: str, quotation: Quotation) -> bool:
    """Say whether a quotation may be speech by itself: a few quoted words are a name, a title or a distance kept.

    >>> is_speech("its “Resistance Units,”", Quotation((Span(4, 23),)))
    False
    """
    words = text[quotation.start : quotation.end]
    count = sum(1 for _ in _WORD.finditer(words))
    if count > _LONGEST_SCARE:
        return True
    return count > 0 and words.rstrip("'\"”»“").endswith((".", "!", "?", "…"))


def _continues(text: str, last: Quotation, quotation: Quotation, paragraph: int) -> bool:
    """Say whether a quotation at the head of its paragraph goes on with one left open in the paragraph before."""
    if last.is_closed or len(last.parts) == _MOST_PARTS or text[paragraph : quotation.start].strip():
        return False
    between = text[last.end : quotation.start]
    return not between.strip() and text[last.start] == text[quotation.start]


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Yield the outermost quotations between two offsets."""
    opener, opened = "", -1
    for mark in _MARK.finditer(text, start, end):
        glyph = mark.group()
        if not opener:
            if _opens(text, mark):
                opener, opened = glyph, mark.start()
        elif glyph in _CLOSERS[opener] and _closes(text, mark, opener):
            yield Quotation((Span(opened, mark.end()),))
            opener = ""
        elif opener in _WEAK and (mark.start() - opened > _LONGEST_WEAK or glyph in '"“'):
            opener, opened = (glyph, mark.start()) if _opens(text, mark) else ("", -1)
    if opener and opener not in _WEAK:
        yield Quotation((Span(opened, len(text[opened:end].rstrip()) + opened),), is_closed=False)


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Say whether a mark can open a quotation where it stands."""
    glyph = mark.group()
    if glyph not in _CLOSERS:
        return False
    after = text[mark.end() : mark.end() + 1]
    before = text[mark.start() - 1 : mark.start()] if mark.start() else ""
    if glyph in _EITHER_WAY or glyph == "‘":
        return bool(after.strip()) and not before.isalnum() and before not in {".", ",", "!", "?"}
    return True


def _closes(text: str, mark: re.Match[str], opener: str) -> bool:
    """Say whether a mark closes the open quotation where it stands (an apostrophe or an inner opener does not)."""
    after = text[mark.end() : mark.end() + 1]
    before = text[mark.start() - 1 : mark.start()]
    if opener in _WEAK:
        return not after.isalnum() and not before.isspace()
    if mark.group() in {'"', "''"}:
        return not before.isspace() or not after.strip() or not after.isalnum()
    return mark.group() != "“" or opener == "„" or not after.isalnum()

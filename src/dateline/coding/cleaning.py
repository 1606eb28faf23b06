"""A report's text made fit for a parser, with the way back: broken hyphens, odd spaces, mojibake.

The report itself never changes. `clean` makes a second text beside it in which every character knows the
stretch of the original that it stands for, so that a quote is always cut from the original.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOJIBAKE = r"[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}"
_BROKEN = re.compile(
    r"(?P<hyphen>(?<=[a-z])-[ \u00a0]*(?:\r?\n[ \t]*|[ \u00a0])(?=(?!(?:and|or|to|nor|but|und|oder|versus)\b)[a-z]{2}))"
    rf"|(?P<mojibake>{_MOJIBAKE})"
    r"|(?P<nothing>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])"
    r"|(?P<space>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t])"
)
_SUSPECT = re.compile(r"[-\tÂÃâ\u00a0\u00ad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff]")
"""What each of them begins with. A plain set of characters is looked for many times as fast."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text and, for each of its characters, where that character starts in the original.

    Attributes:
        starts: one original offset a cleaned character, and the original length at the end.
        ends: the original offset just past what the character stands for.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that a span of the cleaned text stands for."""
        return self.starts[start], self.ends[end - 1]


def clean(text: str) -> Cleaned:
    """Clean a text for parsing.

    >>> clean("in- forming the public").text
    'informing the public'
    >>> clean("in- forming the public").back(0, 9)
    (0, 11)
    """
    broken = list(_broken(text))
    if not broken:
        return Cleaned(text, range(len(text)), range(1, len(text) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, replacement in _pieces(text, broken):
        if replacement is None:
            pieces.append(text[start:end])
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            pieces.append(replacement)
            starts.extend([start] * len(replacement))
            ends.extend([end] * len(replacement))
    return Cleaned("".join(pieces), tuple(starts), tuple(ends))


def _broken(text: str) -> Iterator[re.Match[str]]:
    """Yield what is to be mended, in order, none inside another."""
    done = 0
    for suspect in _SUSPECT.finditer(text):
        found = _BROKEN.match(text, suspect.start()) if suspect.start() >= done else None
        if found:
            done = found.end()
            yield found


def _pieces(text: str, broken: Iterable[re.Match[str]]) -> Iterator[tuple[int, int, str | None]]:
    """Yield stretches of the text with what to put in their place; None keeps them."""
    done = 0
    for found in broken:
        if found.start() > done:
            yield done, found.start(), None
        yield found.start(), found.end(), _replacement(found)
        done = found.end()
    if done < len(text):
        yield done, len(text), None


def _replacement(found: re.Match[str]) -> str:
    if found.lastgroup == "space":
        return " "
    if found.lastgroup == "mojibake":
        return _repair(found.group())
    return ""


@cache
def _repair(damaged: str) -> str:
    """Undo one sequence of UTF-8 read as Windows-1252; what ftfy does not know stays as it is."""
    import ftfy

    return ftfy.fix_encoding(damaged)

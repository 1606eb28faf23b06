"""However long a text or a value is, an answer is not: texts are shown in portions, values are cut and say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

PORTION = 50_000
"""Code points of a text on one page: some 25 printed pages; hardly any report has more."""

VALUE = 1_000
"""Code points of any other value, on a page and for programs; what is longer is cut."""

_SLACK = 500  # how far before its limit a portion may end, so that it ends with a word


@dataclass(frozen=True, slots=True)
class Portion:
    """The code points [start, end) of a text of `total`: the portion `number`, from 1, of `of`."""

    number: int
    of: int
    start: int
    end: int
    total: int


def portion(text: str, number: str = "", holding: int = 0) -> Portion:
    """Return a portion of a text: that of a number, else the one that holds a code point.

    Raises:
        UsageError: if there is no portion of this number.
    """
    starts = _starts(text)
    if number:
        if not (number.isascii() and number.isdigit() and 0 < int(number[:9]) <= len(starts)):
            raise UsageError(f"part={number[:20]!r} given; expected a number from 1 to {len(starts)}")
        place = int(number) - 1
    else:
        place = max(0, sum(start <= holding for start in starts) - 1)
    end = starts[place + 1] if place + 1 < len(starts) else len(text)
    return Portion(place + 1, len(starts), starts[place], end, len(text))


def _starts(text: str) -> Sequence[int]:
    """Return where the portions of a text begin: after white space, where there is some near."""
    starts = [0]
    while len(text) - starts[-1] > PORTION:
        limit = starts[-1] + PORTION
        last = max(text.rfind(sign, limit - _SLACK, limit) for sign in "\n ")
        starts.append(limit if last < 0 else last + 1)
    return starts


def cut(value: object) -> object:
    """Return a text no longer than a page bears, saying what it lacks and where that is; anything else as it is.

    >>> cut("short"), cut("x" * 2000)[-66:]
    ('short', ' … ⟨cut after 1,000 of 2,000 characters; the project has the rest⟩')
    """
    if not isinstance(value, str) or len(value) <= VALUE:
        return value
    rest = f"cut after {VALUE:,} of {len(value):,} characters; the project has the rest"
    return f"{value[:VALUE]} … ⟨{rest}⟩"

"""A sentence as words of which only small ones and the endings of all others are seen: `Line`, `shape`, `known`.

Small words are closed classes of English (`data/grammar.toml`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from dateline.coding.grammar import words

if TYPE_CHECKING:
    from dateline.model.text import Span

_TOKEN = re.compile(r"\w+(?:[-.]\w+)*|['’]s\b|[^\w\s]")
_SMALL = words("endings", "leads") | words("endings", "followers") | words("endings", "articles")
_PARTICIPLES = words("endings", "participles")
_ENDINGS = ("ing", "ed", "ly", "ion", "ment")


class Line(NamedTuple):
    """A sentence as words and marks, each by where it begins and ends."""

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> Line:
        """Return the words of a sentence."""
        spans = [it.span() for it in _TOKEN.finditer(text)]
        return cls(text, [first for first, _ in spans], [last for _, last in spans])

    def place(self, span: Span) -> tuple[int, int]:
        """Return the first word of a span, and the one behind its last."""
        first = bisect_right(self.ends, span.start)
        return first, max(bisect_left(self.starts, span.end), first + 1)

    def at(self, place: int) -> str:
        """Return a word in lower case; `^` before the first, `$` behind the last."""
        if place < 0:
            return "^"
        return self.text[self.starts[place] : self.ends[place]].lower() if place < len(self.starts) else "$"


def shape(word: str) -> str:
    """Return the ending of a word, which tells roughly what it is.

    >>> [shape(it) for it in ("beaten", "marches", "slowly", "bus")]
    ['-ed', '-s', '-ly', '-s']
    """
    if word in _PARTICIPLES:
        return "-ed"
    if word.endswith(_ENDINGS):
        for ending in _ENDINGS:
            if len(word) > len(ending) + 2 and word.endswith(ending):
                return f"-{ending}"
    return "-s" if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else "-"


def known(word: str) -> str:
    """Return a small word or a mark of an end as it is, any other as its shape."""
    return word if word in _SMALL or word in "^$" else shape(word)

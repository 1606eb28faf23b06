"""A sentence as parsed and as judged: `Judged`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.coding.decoding import Judgement
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token
    from dateline.model.text import Evidence, Report

_NO_END = frozenset({"ADP", "CCONJ", "SCONJ", "PUNCT", "DET", "PART"})
_NO_START = frozenset({"ADP", "CCONJ", "SCONJ", "PUNCT", "AUX"})
_MODIFIERS = frozenset({"compound", "amod", "nummod", "det", "nmod", "poss", "quantmod"})
_BEFORE_NOUNS = _MODIFIERS | {"advmod", "case"}
_NO_MODIFIER = frozenset({"ADV", "PUNCT"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence as parsed and as judged.

    Attributes:
        back: turns offsets in the judged passage into offsets in the report.
    """

    report: Report
    sentence: Tree
    judgement: Judgement
    back: Callable[[int, int], tuple[int, int]]

    def tokens(self, start: int, end: int) -> list[Token]:
        """Return the tokens that overlap a stretch of the passage."""
        return self.within(*self.back(start, end))

    def within(self, start: int, end: int) -> list[Token]:
        """Return the tokens that overlap a stretch of the report."""
        return self.sentence.within(start, end)

    def phrase(self, start: int, end: int) -> Evidence:
        """Return a stretch of the report with its edges set right by the parse.

        The network's marks end now and then on a preposition, or on a modifier before its noun.
        """
        inside = self._trimmed(start, end)
        return self._cite(inside[0].start, self._head(inside[-1]).end) if inside else self.report.cite(start, end)

    def whole_phrase(self, start: int, end: int) -> Evidence:
        """Return a stretch of the report with its edges set right, and the modifiers and the article before it."""
        inside = self._trimmed(start, end)
        if not inside:
            return self.report.cite(start, end)
        first, last = self._first(inside), self._head(inside[-1])
        before = self.sentence.tokens[max(0, first.index - 1)]
        return self._cite((before if before.pos == "DET" else first).start, last.end)

    def trimmed(self, start: int, end: int) -> Evidence:
        """Return a stretch of the report without what neither begins nor ends a phrase."""
        inside = self._trimmed(start, end)
        return self._cite(inside[0].start, inside[-1].end) if inside else self.report.cite(start, end)

    def _trimmed(self, start: int, end: int) -> list[Token]:
        inside = self.within(start, end)
        while inside and inside[-1].pos in _NO_END:
            inside.pop()
        while inside and inside[0].pos in _NO_START:
            inside.pop(0)
        return inside

    def _first(self, inside: list[Token]) -> Token:
        """Return the first of the modifiers that stand before words of a phrase which they belong to."""
        first, last = inside[0], inside[-1].index
        while first.index and (before := self.sentence.tokens[first.index - 1]).dep in _BEFORE_NOUNS:
            if not first.index <= before.head <= last or before.pos in _NO_MODIFIER:
                break
            first = before
        return first

    def _head(self, last: Token) -> Token:
        """Return the noun that a modifier at the end of a phrase stands before."""
        while last.dep in _MODIFIERS and last.head > last.index:
            last = self.sentence.tokens[last.head]
        return last

    def _cite(self, start: int, end: int) -> Evidence:
        """Return words of the report, with the bracket that closes one opened in them."""
        words = self.report.text[start:end]
        if words.count("(") > words.count(")"):
            rest = self.report.text[end : self.sentence.end]
            end += rest.index(")") + 1 if rest.lstrip().startswith(")") else 0
        return self.report.cite(start, end)

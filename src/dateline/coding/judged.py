"""A sentence as parsed and as judged: `Judged`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.coding.decoding import Judgement
    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Evidence, Report

_NO_END = frozenset({"ADP", "CCONJ", "SCONJ", "PUNCT", "DET", "PART"})
_NO_START = frozenset({"ADP", "CCONJ", "SCONJ", "PUNCT", "AUX"})
_MODIFIERS = frozenset({"compound", "amod", "nummod", "det", "nmod", "poss", "quantmod"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence as parsed and as judged.

    Attributes:
        back: turns offsets in the judged passage into offsets in the report.
    """

    report: Report
    sentence: Sentence
    judgement: Judgement
    back: Callable[[int, int], tuple[int, int]]

    def tokens(self, start: int, end: int) -> list[Token]:
        """Return the tokens that overlap a stretch of the passage."""
        start, end = self.back(start, end)
        return [token for token in self.sentence.tokens if token.start < end and token.end > start]

    def phrase(self, start: int, end: int) -> Evidence:
        """Return a stretch of the passage as words of the report, its edges set right by the parse.

        The network's marks end now and then on a preposition, or on a modifier before its noun.
        """
        inside = self.tokens(start, end)
        while inside and inside[-1].pos in _NO_END:
            inside.pop()
        while inside and inside[0].pos in _NO_START:
            inside.pop(0)
        if not inside:
            return self.report.cite(*self.back(start, end))
        last = inside[-1]
        while last.dep in _MODIFIERS and last.head > last.index:
            last = self.sentence.tokens[last.head]
        return self.report.cite(inside[0].start, last.end)

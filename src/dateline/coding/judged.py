"""A sentence as parsed and as judged: `Judged`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.coding.decoding import Judgement
    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Report


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

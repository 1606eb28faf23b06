"""That one report holds passages of another: `Copy`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that stands in two reports, the same words in the same order; half-open, in code points."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports that share passages too long to be chance. Who took from whom is known only by the dates.

    Attributes:
        left, right: report ids, left < right.
        words: how many words of the reports' own voice the passages hold; what stands in quotation marks is not
            counted, since two reporters may hear one speaker.
        share_left, share_right: which share of all own words of each report that is, 0 to 1.
        earlier: id of the report published first; None where a date is unknown or both are of one day.
        passages: in the order of the left report.
    """

    left: str
    right: str
    words: int
    share_left: float
    share_right: float
    earlier: str | None = None
    passages: tuple[Passage, ...] = ()

    @property
    def longest(self) -> Passage:
        """The passage of most characters, the first of several."""
        return max(self.passages, key=lambda it: it.left_end - it.left_start)

"""What two texts share word by word: passages, and the fingerprints that find texts which may share one.

Fingerprints are chosen by winnowing (Schleimer, Wilkerson and Aiken 2003): of the hashes of all runs of `RUN` words,
the least in every window of `WINDOW`. Texts that share a passage of `SURE` words or more always share a fingerprint;
where it stands, and what is before and after it, is of no account.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from dateline.model.copies import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

RUN = 6
WINDOW = 10
SURE = RUN + WINDOW - 1
"""Words from which a shared passage is found for certain."""
SHORTEST = 10
"""Words of a passage: shorter runs are phrases that everybody uses."""

_WORD = re.compile(r"\w+")
_LINE = r"(?:\n(?!\s*\n))"  # inside a paragraph, since a text may have a line a sentence
_QUOTED = re.compile(
    "“[^“”]{1,2000}”|«[^«»]{1,2000}»|„[^„“”]{1,2000}[“”]|``(?:(?!'')[^`]){1,2000}''"
    rf"|\"[^\"\n]{{1,2000}}\"|\"(?=\w)(?:[^\"\n]|{_LINE}){{1,2000}}(?<=\S)\"(?!\w)|''[^'\n]{{1,2000}}''"
)
_ELSEWHERE = re.compile(
    r"(?im)(?:^\W*|[.!?]\W*\s)related (?:stories|articles|links|news|coverage)"
    r"|^\W*(?:related(?=:)|read (?:also|more)\b|also read\b|see also\b|editor[’']s note:)"
)
"""Where what stands below a report begins: a list of other stories, a note of the editors."""

BELOW = 0.5
"""What stands below begins in this share of a text, its end, or it is taken for a part of the report."""

TABLE = 0.4
"""Share of words that are numbers from which a text is a table: two of one kind are alike without being copies."""
_FACTORS = np.array([pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(RUN)], np.uint64)


@dataclass(frozen=True, eq=False)
class Words:
    """A text as words.

    Attributes:
        starts, ends: offsets of each word.
        codes: a number a word, the same for the same word in any case.
        own: which words the report says itself: those outside quotation marks, tables and lists of other stories.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    codes: Hashes
    own: NDArray[np.bool_]

    @cached_property
    def runs(self) -> Hashes:
        """The hash of the `RUN` words that begin at each word but the last few."""
        return _runs(self.codes)

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Which of its own words stand in no passage that stood before in the same text.

        What a text says again and again is a form, as of forecasts and results, and counts once.
        """
        return self.own & ~_said_before(self.runs, len(self.codes))


def words_of(text: str) -> Words:
    """Return a text as words.

    >>> len(words_of('Police said: “Nobody was hurt.”').codes)
    5
    """
    spans = np.array([match.span() for match in _WORD.finditer(text)], np.int64).reshape(-1, 2)
    words = _WORD.findall(text.lower())
    if len(words) != len(spans):  # a letter whose lower case is no letter
        words = [text[a:b].lower() for a, b in spans]
    codes = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words], np.uint64)
    return Words(spans[:, 0], spans[:, 1], codes, _own(text, words, spans[:, 0]))


def _own(text: str, words: Sequence[str], starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    own = np.full(len(starts), not _is_table(words))
    listed = [(it.start(), len(text)) for it in _ELSEWHERE.finditer(text) if it.start() > BELOW * len(text)]
    for start, end in (*(it.span() for it in _QUOTED.finditer(text)), *listed):
        own[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = False
    return own


def _said_before(runs: Hashes, count: int) -> NDArray[np.bool_]:
    """Say of each word whether it stands in a run of `RUN` words that is not the first of its kind in the text."""
    again = np.ones(len(runs), np.bool_)
    again[np.unique(runs, return_index=True)[1]] = False
    before = np.zeros(count, np.bool_)
    for step in range(RUN):
        before[step : step + len(runs)] |= again
    return before


def _is_table(words: Sequence[str]) -> bool:
    return sum(word[0].isdecimal() for word in words) > TABLE * len(words)


def _runs(codes: Hashes) -> Hashes:
    count = len(codes) - RUN + 1
    if count < 1:
        return np.empty(0, np.uint64)
    total = codes[:count] * _FACTORS[0]
    for step in range(1, RUN):
        total += codes[step : step + count] * _FACTORS[step]
    return mixed(total)


def mixed(values: Hashes) -> Hashes:
    """Return hashes whose order says nothing of the words (the finaliser of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def prints_of(words: Words) -> Hashes:
    """Return the fingerprints of a text, sorted, each once. Words that are not its own are passed over."""
    runs = _runs(words.codes[words.own])
    if len(runs) <= WINDOW:
        return np.unique(runs.min(keepdims=True)) if len(runs) else runs
    least = runs[: len(runs) - WINDOW + 1].copy()
    for step in range(1, WINDOW):
        np.minimum(least, runs[step : step + len(least)], out=least)
    return np.unique(least)


def shared_passages(left: Words, right: Words) -> list[tuple[int, int, int]]:
    """Return the passages that two texts share: first word in the left, in the right, and length in words.

    Longest first where they overlap; no word of either text is in two passages. In the order of the left text.
    """
    found = sorted(_matches(left, right), key=lambda it: (-it[2], it[0], it[1]))
    kept: list[tuple[int, int, int]] = []
    free = np.ones(len(left.codes), np.bool_), np.ones(len(right.codes), np.bool_)
    for a, b, length in found:
        if free[0][a : a + length].all() and free[1][b : b + length].all():
            free[0][a : a + length] = free[1][b : b + length] = False
            kept.append((a, b, length))
    return sorted(kept)


def _matches(left: Words, right: Words) -> Iterator[tuple[int, int, int]]:
    """Yield the longest runs of equal words, at least `SHORTEST` long."""
    here = np.flatnonzero(np.isin(left.runs, right.runs))
    places: dict[int, list[int]] = {}
    for b in np.flatnonzero(np.isin(right.runs, left.runs)).tolist():
        places.setdefault(int(right.runs[b]), []).append(b)
    for a in here.tolist():
        for b in places.get(int(left.runs[a]), ()):
            if a and b and left.codes[a - 1] == right.codes[b - 1]:
                continue
            length = _length(left.codes[a:], right.codes[b:])
            if length >= SHORTEST:
                yield a, b, length


def _length(left: Hashes, right: Hashes) -> int:
    least = min(len(left), len(right))
    differs = np.flatnonzero(left[:least] != right[:least])
    return int(differs[0]) if len(differs) else least


def passage_of(left: Words, right: Words, match: tuple[int, int, int]) -> Passage:
    """Return a match of words as a stretch of characters in both texts."""
    a, b, length = match
    ends = a + length - 1, b + length - 1
    return Passage(int(left.starts[a]), int(left.ends[ends[0]]), int(right.starts[b]), int(right.ends[ends[1]]))

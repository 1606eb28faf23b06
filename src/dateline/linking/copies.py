"""Which reports hold passages of others: `find_copies`, near n log n.

Reports that share fingerprints (`passages`) are compared word by word; what is long enough is a copy, whole or in part.
A copy is between two reports and says which passages: that A took from B and B from C does not make A a copy of C, so
nothing is closed over here. Standing text that a publisher prints under everything is passed over, and so is what
stands in quotation marks: two reporters may hear one speaker. Translations and free retellings share no passages and
are not found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import compress, decompress

import numpy as np

from dateline.linking.passages import passage_of, prints_of, shared_passages, words_of
from dateline.model.copies import Copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dateline.linking.passages import Words
    from dateline.model.text import Report

LEAST_WORDS = 30
"""Own words that two reports must share: three sentences in one wording are no chance."""
LEAST_SHARE = 0.15
"""Which share of the shorter report they must be: two long reports may both hold a paragraph of a law."""
LEAST_PRINTS = 2
"""Fingerprints that two reports must share to be compared. 30 words in passages of 15 or more share two."""
CROWD = 24
"""A fingerprint of more reports than that is compared with its first few and between neighbours alone."""
STARS = 3
STANDING = 5
"""On so many days a publisher prints standing text: "About us", "This story is from ..."."""


@dataclass(frozen=True, slots=True)
class Source:
    """What finding copies needs to know of a report besides its text: where and when it stood."""

    report: str
    publisher: str | None
    day: str

    @property
    def age(self) -> tuple[str, str]:
        """Sorts by age; reports of unknown date come last."""
        return (self.day or "9999", self.report)


def find_copies(reports: Iterable[Report]) -> list[Copy]:
    """Return the pairs of reports that share passages, sorted by their ids. The order of reports changes nothing.

    Args:
        reports: each once. They are gone through twice, so an iterator will not do; in memory are held the fingerprints
            of all, and the texts of those that may have shared passages.
    """
    found = sorted(
        ((_source(report), prints_of(words_of(report.text))) for report in reports), key=lambda it: it[0].age
    )
    sources = [source for source, _ in found]
    pairs = sorted(_candidates(sources, [prints for _, prints in found]))
    del found
    wanted = {sources[place].report for pair in pairs for place in pair}
    texts = {
        report.id: compress(report.text.encode("utf-8", "surrogatepass"), 1)
        for report in reports
        if report.id in wanted
    }
    words = _Remembered(texts)
    copies = (_compare(sources[a], sources[b], words) for a, b in pairs)
    return sorted((copy for copy in copies if copy), key=lambda it: (it.left, it.right))


def _source(report: Report) -> Source:
    day = report.published.day
    return Source(report.id, report.publisher, day.isoformat() if day else "")


def _candidates(sources: Sequence[Source], prints: Sequence[NDArray[np.uint64]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of places that share enough fingerprints."""
    shared: Counter[tuple[int, int]] = Counter()
    for places in _postings(prints):
        if not _is_standing(places, sources):
            shared.update(_pairs(places))
    few = {place for place, some in enumerate(prints) if len(some) < 2 * LEAST_PRINTS}
    return (pair for pair, count in shared.items() if count >= LEAST_PRINTS or few.intersection(pair))


def _postings(prints: Sequence[NDArray[np.uint64]]) -> Iterator[list[int]]:
    """Yield, for each fingerprint of two reports or more, their places in order."""
    if not prints:
        return
    owners = np.repeat(np.arange(len(prints), dtype=np.int32), [len(some) for some in prints])
    values = np.concatenate(prints)
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    edges = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1], [True]]))
    for start, end in np.column_stack([edges[:-1], edges[1:]])[np.diff(edges) > 1].tolist():
        yield owners[start:end].tolist()


def _pairs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(places) <= CROWD:
        yield from ((a, b) for index, a in enumerate(places) for b in places[index + 1 :])
        return
    yield from pairwise(places[STARS - 1 :])
    yield from ((a, b) for index, a in enumerate(places[:STARS]) for b in places[index + 1 :] if b != a)


def _is_standing(places: Sequence[int], sources: Sequence[Source]) -> bool:
    """Say whether one publisher prints this again and again, on one day after the other."""
    if len(places) < STANDING:
        return False
    days: dict[str, set[str]] = defaultdict(set)
    for place in places:
        source = sources[place]
        if source.publisher:
            days[source.publisher].add(source.day or source.report)
    return any(len(some) >= STANDING for some in days.values())


class _Remembered:
    """The words of the reports that were compared last, by id."""

    def __init__(self, texts: Mapping[str, bytes], most: int = 256) -> None:
        self._texts, self._most = texts, most
        self._known: dict[str, Words] = {}

    def __getitem__(self, report: str) -> Words:
        if report not in self._known:
            if len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            self._known[report] = words_of(decompress(self._texts[report]).decode("utf-8", "surrogatepass"))
        return self._known[report]


def _compare(first: Source, second: Source, words: _Remembered) -> Copy | None:
    """Return what two reports share, if that is enough for a copy; the first is not the younger one."""
    one, other = sorted((first, second), key=lambda it: it.report)
    left, right = words[one.report], words[other.report]
    matches = shared_passages(left, right)
    count = sum(int(left.own[a : a + length].sum()) for a, _, length in matches)
    totals = int(left.own.sum()), int(right.own.sum())
    if count < LEAST_WORDS or count < LEAST_SHARE * min(totals):
        return None
    is_known = bool(first.day and second.day) and first.day != second.day
    passages = tuple(passage_of(left, right, match) for match in matches)
    shares = (round(count / totals[0], 4), round(min(1.0, count / totals[1]), 4))
    return Copy(one.report, other.report, count, *shares, first.report if is_known else None, passages)

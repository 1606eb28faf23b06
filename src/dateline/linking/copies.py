"""Which reports hold passages of others: `find_copies`, near n log n.

Reports that share fingerprints (`passages`) are compared word by word; what is long enough is a copy, whole or in part.
A copy is between two reports and says which passages: that A took from B and B from C does not make A a copy of C, so
nothing is closed over here. Standing text that a publisher prints under everything is passed over, and so is what a
report does not say itself: what stands in quotation marks, since two reporters may hear one speaker, tables, lists of
other stories, and teasers. Translations and free retellings share no passages and are not found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import compress, decompress

import numpy as np
import pyarrow as pa

from dateline.linking.columns import (
    are_among,
    gathered,
    is_any_of,
    joined,
    lists,
    marked,
    numbers,
    short,
    split,
    table_of,
    tallied,
)
from dateline.linking.gist import names_of
from dateline.linking.passages import passage_of, prints_of, shared_passages, words_of
from dateline.linking.profile import OPEN_END
from dateline.model.copies import Copy
from dateline.model.memory import IMPRINTS, MATCHED, Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dateline.linking.columns import Marks, Numbers
    from dateline.linking.passages import Hashes, Words
    from dateline.model.text import Report

    Texts = Callable[[Sequence[str]], Mapping[str, str]]

LEAST_WORDS = 30
"""Own words that two reports must share: three sentences in one wording are no chance."""
LEAST_SHARE = 0.15
"""Which share of the shorter report they must be: two long reports may both hold a paragraph of a law."""
LEAST_PRINTS = 2
"""Fingerprints that two reports must share to be compared. 30 words in passages of 15 or more share two."""
CROWD = 24
"""A fingerprint of more reports than that is compared with its first few and between neighbours alone."""
STARS = 3
TEASER = 0.05
"""Share of a passage's long words that stand elsewhere in a report, up to which it tells of something else."""
LONG = 6
"""Letters of a long word, which says what a passage is about."""
STANDING = 5
"""On so many days a publisher prints standing text: "About us", "This story is from ..."."""

PAIRS_AT_ONCE = 200_000
"""Pairs that are compared before other texts are fetched."""


@dataclass(frozen=True, slots=True)
class Source:
    """What finding copies needs to know of a report besides its text: who printed it and when.

    An empty publisher and a day of 0 are unknown.
    """

    report: str
    publisher: str
    day: int


@dataclass(frozen=True, slots=True)
class Recopied:
    """What finding copies came to.

    Attributes:
        matched: of schema `MATCHED`, for the next run: all pairs that share enough fingerprints.
        lost: pairs of places that were compared before and need not be any more.
        copies: among the pairs that were not compared before, sorted by report ids.
    """

    matched: pa.Table
    lost: Numbers
    copies: list[Copy]


def find_copies(reports: Iterable[Report]) -> list[Copy]:
    """Return the pairs of reports that share passages, sorted by their ids. The order of reports changes nothing."""
    held = list(reports)
    texts = {report.id: report.text for report in held}
    imprints = pa.Table.from_pylist([imprint_of(report) for report in held], schema=IMPRINTS)
    everything = np.ones(len(held), np.bool_)
    return recopy(imprints, everything, Memory(), lambda ids: {it: texts[it] for it in ids}).copies


def imprint_of(report: Report) -> dict[str, Any]:
    """Return a row of schema `IMPRINTS`. It says nothing of other reports."""
    day = report.published.day
    return {
        "report": report.id,
        "publisher": report.publisher or "",
        "day": day.toordinal() if day else 0,
        "prints": prints_of(words_of(report.text)),
        "names": sorted(names_of(report)),
    }


def recopy(imprints: pa.Table, is_current: Marks, memory: Memory, texts: Texts) -> Recopied:
    """Find the copies that were not found in an earlier run; all of them where nothing is remembered.

    Args:
        imprints: of schema `IMPRINTS`; those that an earlier run saw come first, as it saw them.
        is_current: which rows count.
        memory: what the earlier run left.
        texts: fetches the texts of some reports, by id.
    """
    pairs = matches_of(imprints, is_current)
    known = joined(numbers(memory.matched, "left"), numbers(memory.matched, "right"))
    new = pairs[~are_among(pairs, known)]
    lost = known[~are_among(known, pairs)]
    copies = [copy for some in _parts(new, imprints) for copy in _compare_all(some, texts)]
    return Recopied(table_of(MATCHED, *split(pairs)), lost, sorted(copies, key=lambda it: (it.left, it.right)))


def _parts(pairs: Numbers, imprints: pa.Table) -> Iterator[list[tuple[Source, Source]]]:
    """Yield pairs of reports, those of one time together, so many at once as texts can be held of."""
    sources = _sources(imprints)
    days = numbers(imprints, "day")
    left, right = split(pairs)
    order = np.argsort(np.maximum(days[left], days[right]), kind="stable")
    for start in range(0, len(order), PAIRS_AT_ONCE):
        some = order[start : start + PAIRS_AT_ONCE]
        yield [(sources(a), sources(b)) for a, b in zip(left[some].tolist(), right[some].tolist(), strict=True)]


def _sources(imprints: pa.Table) -> Callable[[int], Source]:
    names, publishers, days = imprints["report"], imprints["publisher"], numbers(imprints, "day")
    return lambda place: Source(names[place].as_py(), publishers[place].as_py(), int(days[place]))


def _compare_all(pairs: Sequence[tuple[Source, Source]], texts: Texts) -> Iterator[Copy]:
    found = texts(sorted({it.report for pair in pairs for it in pair}))
    words = _Remembered({name: compress(text.encode("utf-8", "surrogatepass"), 1) for name, text in found.items()})
    return (copy for pair in pairs if (copy := _compare(*pair, words)))


def matches_of(imprints: pa.Table, is_current: Marks) -> Numbers:
    """Return the pairs of places that share enough fingerprints, each once, sorted (`columns.split`)."""
    prints, owners = _postings(imprints, is_current)
    starts = np.flatnonzero(np.concatenate([[True], prints[1:] != prints[:-1]]))[: len(prints)]
    sizes = np.diff(np.append(starts, len(prints)))
    is_standing = _standing(imprints, owners, np.repeat(np.arange(len(starts)), sizes), len(starts))
    kept = np.repeat(~is_standing, sizes)
    inside = np.arange(len(prints)) - np.repeat(starts, sizes)
    shared = np.concatenate(list(_pairs(owners[kept], inside[kept], np.repeat(sizes, sizes)[kept])))
    pairs, counts = np.unique(shared, return_counts=True)
    is_short = np.diff(lists(imprints, "prints")[1]) < 2 * LEAST_PRINTS
    left, right = split(pairs)
    return pairs[(counts >= LEAST_PRINTS) | is_short[left] | is_short[right]]


def _postings(imprints: pa.Table, is_current: Marks) -> tuple[Hashes, Numbers]:
    """Return each fingerprint of several reports, and each report's place, sorted by fingerprint and then by age.

    Reports of unknown date come last.
    """
    days = numbers(imprints, "day")
    order = np.lexsort([short(imprints["report"]), np.where(days == 0, OPEN_END, days)])
    values, owners = gathered(*lists(imprints, "prints"), order[is_current[order]])
    ordered = np.sort(values)
    some = np.flatnonzero(is_any_of(values, ordered[1:][ordered[1:] == ordered[:-1]]))
    some = some[np.argsort(values[some], kind="stable")]
    return values[some], owners[some]


def _pairs(owners: Numbers, inside: Numbers, sizes: Numbers) -> Iterator[Numbers]:
    """Yield the pairs of reports that share a fingerprint, as often as they share one.

    Args:
        owners: reports, those that share a fingerprint one after the other.
        inside: the number of each among them.
        sizes: how many they are.
    """
    yield np.empty(0, np.int64)
    is_crowd = sizes > CROWD
    for step in range(1, CROWD):
        here = np.flatnonzero(~is_crowd & (inside >= step))
        yield joined(owners[here - step], owners[here])
    for star in range(STARS):
        here = np.flatnonzero(is_crowd & (inside > star))
        yield joined(owners[here - inside[here] + star], owners[here])
    here = np.flatnonzero(is_crowd & (inside > STARS))
    yield joined(owners[here - 1], owners[here])


def _standing(imprints: pa.Table, owners: Numbers, runs: Numbers, count: int) -> Marks:
    """Say of each fingerprint whether one publisher prints it again and again, on one day after the other.

    Args:
        imprints: of schema `IMPRINTS`.
        owners: reports that have a fingerprint.
        runs: the number of the fingerprint.
        count: how many fingerprints there are.
    """
    publishers = imprints["publisher"].combine_chunks().dictionary_encode()
    names = publishers.indices.to_numpy().astype(np.int64)
    is_known = np.array([bool(name) for name in publishers.dictionary.to_pylist()], np.bool_)
    days = numbers(imprints, "day")
    when = np.where(days == 0, -1 - np.arange(len(days)), days)
    often = np.bincount(runs, minlength=count)[runs] >= STANDING
    some = owners[often & is_known[names[owners]]] if len(is_known) else owners[:0]
    at = runs[often & is_known[names[owners]]] if len(is_known) else runs[:0]
    (prints, printers, _), _ = tallied(at, names[some], when[some])
    (told, _), times = tallied(prints, printers)
    return marked(told[times >= STANDING], count)


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
    """Return what two reports share, if that is enough for a copy."""
    one, other = sorted((first, second), key=lambda it: it.report)
    left, right = words[one.report], words[other.report]
    matches = shared_passages(left, right)
    count = sum(int(left.counted[a : a + length].sum()) for a, _, length in matches)
    totals = int(left.counted.sum()), int(right.counted.sum())
    if count < LEAST_WORDS or count < LEAST_SHARE * min(totals):
        return None
    if first.publisher and first.publisher == second.publisher and _is_teaser(left, right, matches):
        return None
    is_known = bool(first.day and second.day) and first.day != second.day
    earlier = min(first, second, key=lambda it: it.day).report
    passages = tuple(passage_of(left, right, match) for match in matches)
    shares = (round(count / totals[0], 4), round(min(1.0, count / totals[1]), 4))
    return Copy(one.report, other.report, count, *shares, earlier if is_known else None, passages)


def _is_teaser(left: Words, right: Words, matches: Sequence[tuple[int, int, int]]) -> bool:
    """Say whether all that two reports of one publisher share is one passage that one of them is not about.

    A site prints the first lines of one story amid others. They have no long word in common with the story around them,
    whereas a paragraph of background is about what the report is about.
    """
    [(a, b, length), *more] = matches
    if more or 2 * length >= min(len(left.codes), len(right.codes)):
        return False
    return min(_kinship(left, a, length), _kinship(right, b, length)) <= TEASER


def _kinship(words: Words, start: int, length: int) -> float:
    """Return which share of the long words of a passage stand in the rest of its text."""
    is_long = words.ends - words.starts >= LONG
    inside = np.zeros(len(words.codes), np.bool_)
    inside[start : start + length] = True
    told = np.unique(words.codes[is_long & inside])
    return float(np.isin(told, words.codes[is_long & ~inside]).mean()) if len(told) else 1.0

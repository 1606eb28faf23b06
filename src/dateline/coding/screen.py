"""The first test of `cascade` and `swift`: must this sentence be read at all? Some microseconds a sentence, no parse.

A convolution over three words, learnt from annotated sentences: each word, between its neighbours, gets the odds that
it names an event; the odds of a sentence are their sum, times what its words say together, times what the other
sentences of the report say. Words are looked up by a hash, unknown ones by the hash of their last letters. All sums are
of whole numbers that floats hold exactly, so that every machine gives the same answer. `training/fit_screen.py` makes
the weights.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from dateline.coding.memo import Memo
from dateline.coding.stored import arrays_of, stored
from dateline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

RECALL = 0.98
"""Share of the sentences with events that are let through, unless told otherwise, as measured when it was fitted."""
STEP = 16
"""Steps of the logarithm of odds: odds are looked up in a table at this resolution."""
REACH = 12
"""The logarithm of odds is cut at this far from zero."""
UNIT = 64
"""Weights of the hidden layer and of its readout are whole multiples of one in so many."""
ONE = 1 << 20
"""Odds are whole multiples of one in so many."""

_WORD = re.compile(r"[a-z]+|[0-9]+")
_BATCH = 512
_EXTREME = 6 * STEP


def words_of(sentence: str) -> list[str]:
    """Return what the screen sees of a sentence: runs of plain letters in lower case, and of digits.

    >>> words_of("Police fired 12 rounds.")
    ['police', 'fired', '12', 'rounds']
    """
    return _WORD.findall(sentence.lower())


def key_of(word: str) -> int:
    """Return the hash under which a word's row is found; all numbers share one."""
    return crc32(b"0" if word[0] <= "9" else word.encode())


def ending_of(word: str, endings: int) -> int:
    """Return which of the rows for endings stands for a word that has no row."""
    return crc32(word[-3:].encode()) % endings


def _row(keys: Mapping[int, int], endings: int, word: str) -> int:
    """Return the row of a word; row 0 stands beside the first and the last word."""
    row = keys.get(key_of(word))
    return 1 + len(keys) + ending_of(word, endings) if row is None else row


@dataclass(frozen=True, slots=True)
class Screen:
    """The weights, ready for use.

    Attributes:
        rows: word -> row of the three tables.
        before, at, after: what a word adds to the hidden layer of the word that it stands before, of its own, and of
            the one that it follows; in units of 1/UNIT. Of 16 bits, since what does not fit into the processor's near
            memory is slow to come by.
        readout: hidden layer -> logarithm of a word's odds, and what it adds to the mean; in units of 1/UNIT.
        shifts: added to the logarithm of a word's odds, and to the mean, in units of 1/UNIT².
        leaning: how much the other sentences of the report count, and the mean of their steps that changes nothing.
        bars: share of the sentences with events that pass -> the odds that a sentence needs.
    """

    rows: Memo[str, int]
    before: NDArray[np.int16]
    at: NDArray[np.int16]
    after: NDArray[np.int16]
    readout: NDArray[np.float32]
    shifts: tuple[float, float]
    leaning: tuple[float, float]
    bars: Mapping[float, float]

    def odds(self, sentences: Sequence[str]) -> list[float]:
        """Return the odds that each sentence of a report tells of an event; they lean on the report's others."""
        return self._leaning(self.alone(sentences))

    def odds_of_all(self, reports: Sequence[Sequence[str]]) -> list[list[float]]:
        """Return the odds of the sentences of several reports: the same as report by report, and quicker."""
        alone = self.alone([sentence for sentences in reports for sentence in sentences])
        edges = [0, *accumulate(map(len, reports))]
        return [self._leaning(alone[start:end]) for start, end in pairwise(edges)]

    def _leaning(self, alone: NDArray[np.float64]) -> list[float]:
        if len(alone) < 2:
            return list(map(float, alone))
        weight, centre = self.leaning
        shifts = np.floor((others_of(alone) - centre) * weight).astype(np.intp)
        return list(map(float, alone * (_table()[shifts + REACH * STEP] / ONE)))

    def alone(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """Return the odds that each sentence tells of an event, whatever stands around it."""
        cuts = [*range(0, len(sentences), _BATCH), len(sentences)]
        return np.array([odds for start, end in pairwise(cuts) for odds in self._odds(sentences[start:end])], float)

    def _odds(self, sentences: Sequence[str]) -> list[float]:
        places, starts, lengths = [0], [], []
        for sentence in sentences:
            words = words_of(sentence)
            starts.append(len(places) - 1)
            lengths.append(max(len(words), 1))
            places.extend(map(self.rows.__getitem__, words))
            places.append(0)
        at = np.array(places, np.intp)
        read = self._read(at)
        read[at[1:] == 0] = 0
        odds = _table()[_step(read[:, 0] + self.shifts[0])] * (at[1:] != 0)
        mean = np.add.reduceat(read[:, 1], starts) / lengths + self.shifts[1]
        told = np.add.reduceat(odds, starts) / ONE * (_table()[_step(mean)] / ONE)
        return [float(it) for it in told]

    def _read(self, at: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return what the readout says at every place but the first."""
        hidden = self.at[at[1:]]
        hidden += self.after[at[:-1]]
        hidden[:-1] += self.before[at[2:]]
        np.maximum(hidden, 0, out=hidden)
        return np.asarray(hidden.astype(np.float32) @ self.readout, np.float64)


def others_of(alone: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each of two or more sentences, the mean logarithm of the others' odds, in steps; extremes are cut."""
    steps = np.searchsorted(_table(), alone * ONE) - REACH * STEP
    steps = np.clip(steps, -_EXTREME, _EXTREME)
    return np.asarray((steps.sum() - steps) / (len(steps) - 1), float)


def _step(logits: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the place in the table of odds for logarithms in units of 1/UNIT²."""
    steps = np.floor(logits * (STEP / UNIT**2)).astype(np.intp)
    return np.asarray(np.clip(steps + REACH * STEP, 0, 2 * REACH * STEP), np.intp)


@cache
def _table() -> NDArray[np.float64]:
    """Return the odds at each step of their logarithm, whole numbers of 1/ONE."""
    steps = np.arange(-REACH * STEP, REACH * STEP + 1, dtype=np.float64)
    return np.asarray(np.rint(np.exp((steps + 0.5) / STEP) * ONE), np.float64)


def tables_of(it: Mapping[str, NDArray[Any]]) -> NDArray[np.float64]:
    """Return the three tables side by side, whole numbers, given the arrays of a weights file."""
    vectors = np.concatenate([np.zeros((1, it["words"].shape[1])), it["words"], it["endings"]])
    # Products of whole numbers, in float64: exact whatever the order in which they are added.
    return np.asarray(np.rint(vectors @ it["kernel"].astype(np.float64) / it["scale"].item()), np.float64)


def unpack(data: bytes) -> Screen:
    """Return the screen that a weights file holds; its arrays are described in `training/fit_screen.py`."""
    it = arrays_of(data)
    after, at, before = np.split(tables_of(it).astype(np.int16), 3, axis=1)
    keys = {key: place for place, key in enumerate(it["keys"].tolist(), start=1)}
    bars = dict(zip(it["recalls"].tolist(), it["bars"].tolist(), strict=True))
    rows = Memo(partial(_row, keys, len(it["endings"])))
    bias = it["bias"].astype(np.int16)
    shifts = (float(it["shifts"][0]), float(it["shifts"][1]))
    leaning = (float(it["leaning"][0]), float(it["leaning"][1]))
    return Screen(rows, before, at + bias, after, it["readout"].astype(np.float32), shifts, leaning, bars)


@cache
def _screen() -> Screen:
    return unpack(stored("screen.npz"))


def screen_digest(recall: float = RECALL) -> str:
    """Return the SHA-256 of the weights and the recall asked for: of all that the answers depend on."""
    return sha256(stored("screen.npz") + str(recall).encode()).hexdigest()


def make_screen(recall: float = RECALL) -> Callable[[Sequence[str]], list[bool]]:
    """Return the test: all sentences of one report, in order -> for each, whether it must be read.

    Raises:
        UsageError: for this recall no bar was fitted.
    """
    bar = _bar(recall)
    return lambda sentences: [odds >= bar for odds in _screen().odds(sentences)]


def passing(reports: Sequence[Sequence[str]], recall: float = RECALL) -> list[list[int]]:
    """Return which sentences of each report must be read, by their numbers; see `make_screen`."""
    bar = _bar(recall)
    return [[place for place, odds in enumerate(some) if odds >= bar] for some in _screen().odds_of_all(reports)]


def _bar(recall: float) -> float:
    bars = _screen().bars
    if recall not in bars:
        raise UsageError(f"no bar for a recall of {recall}; choose one of {sorted(bars)}")
    return bars[recall]


def score(sentences: Sequence[str]) -> list[float]:
    """Return the probability that each sentence of a report tells of an event, as far as words show it.

    It is of use for comparing sentences; it is not calibrated for any one kind of report.
    """
    return [odds / (1 + odds) for odds in _screen().odds(sentences)]

"""A second reading of what police did, by words alone, for the labels that no single word carries.

Whether police failed to act, or acted at all, is told in many ways, each rare. The network and a linear model of words
and pairs of words err on different sentences: their mean is better than either. `training/fit_conduct.py` makes the
weights; words are kept as hashes, so that none of a corpus ships.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from dateline.coding.screen import words_of
from dateline.coding.stored import arrays_of, digest_of, stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dateline.coding.decoding import Judgement

HEAD = "conduct"
LEAST = 1e-6
"""Probabilities are kept so far from 0 and 1 before their logarithm is taken."""


def features_of(sentence: str) -> tuple[int, ...]:
    """Return the hashes of the words and pairs of words of a sentence, each once, sorted; all numbers are one word.

    >>> len(features_of("Police did nothing, nothing."))
    7
    """
    words = [b"0" if word[0] <= "9" else word.encode() for word in words_of(sentence)]
    alone = [*map(crc32, words)]
    pairs = map(crc32, [b" " + word for word in words[1:]], alone)  # the hash of "a b" is that of "a" carried on
    return tuple(sorted({*alone, *pairs}))


def logit(chance: float) -> float:
    """Return the logarithm of the odds."""
    kept = min(max(chance, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))


def joint(chance: float, score: float, slope: float, offset: float) -> float:
    """Return the probability by the network's and by the words' score together."""
    return 1 / (1 + math.exp(-(slope * (logit(chance) + score) + offset)))


@dataclass(frozen=True, slots=True)
class Words:
    """The weights, ready for use.

    Attributes:
        labels: what is judged, in the order of the columns.
        rows: hash of a word or pair -> row of `weights`.
        weights: rows x labels, in standard deviations of the score.
        curves: label -> slope and offset of the probability over the sum of both logits.
        thresholds: label -> probability from which it is given.
    """

    labels: tuple[str, ...]
    rows: Mapping[int, int]
    weights: NDArray[np.float64]
    curves: Mapping[str, tuple[float, float]]
    thresholds: Mapping[str, float]

    def scores(self, sentence: str) -> tuple[float, ...]:
        """Return one score a label: the sum over the sentence's features, by the root of how many there are."""
        features = features_of(sentence)
        rows = [row for it in features if (row := self.rows.get(it)) is not None]
        total = self.weights[rows].sum(0) / math.sqrt(max(1, len(features)))
        return tuple(map(float, total))

    def reread(self, sentence: str, judgement: Judgement) -> Judgement:
        """Return the network's judgement of a sentence with these labels judged by both."""
        own = dict(judgement.labels[HEAD])
        for label, score in zip(self.labels, self.scores(sentence), strict=True):
            own[label] = round(joint(own[label], score, *self.curves[label]), 4)
        return replace(judgement, labels={**judgement.labels, HEAD: own})


def unpack(data: bytes) -> Words:
    """Return the weights that a file holds; its arrays are described in `training/fit_conduct.py`."""
    it = arrays_of(data)
    labels = tuple(it["labels"].tolist())
    curves = {label: (float(a), float(b)) for label, (a, b) in zip(labels, it["curves"], strict=True)}
    thresholds = dict(zip(labels, it["thresholds"].tolist(), strict=True))
    rows = {key: row for row, key in enumerate(it["keys"].tolist())}
    return Words(labels, rows, it["weights"] * it["steps"].astype(np.float64), curves, thresholds)


@cache
def conduct_words() -> Words:
    """Return the weights that ship."""
    return unpack(stored("conduct.npz"))


def conduct_digest() -> str:
    """Return the SHA-256 of the weights."""
    return digest_of("conduct.npz")

"""From the small network's table of numbers to what it says of each sentence: `skim`. All sentences at a time.

It answers as `decoding` does, and by the same thresholds; only the numbers of many sentences are worked out together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dateline.coding.decoding import DOUBLE, LEAST, PEAK, TOLD, Marked, Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dateline.coding.decoding import Card
    from dateline.coding.pupil import Answers

    _Numbers = NDArray[np.float32]
    _Places = NDArray[np.intp]

Reread = Callable[[int, int, int], "_Numbers"]
"""Number of a sentence, start and end of the words that name an event -> what is added to the logits of its status."""

CERTAIN = 0.9
"""Probability of a status from which on it is not read again: that would change one in 904 of documents held back."""


@dataclass(frozen=True, slots=True)
class Skimmed:
    """What the small network says of a sentence.

    Attributes:
        chances: probability of each label, in the order of the card.
        named: words that name events, in order.
        marked: words that play a role, in order, by head (`roles`, `sides`, `fills`).
    """

    chances: _Numbers
    named: list[Named] = field(default_factory=list)
    marked: Mapping[str, list[Marked]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Runs:
    """Words in a row of which one thing is said.

    Attributes:
        places: all of their words, by their place in the table.
        starts: where in `places` each run begins.
        kinds: what is said of each.
    """

    places: _Places
    starts: _Places
    kinds: _Places

    @classmethod
    def of(cls, places: _Places, kinds: _Places, sentences: _Places) -> Runs:
        """Return the runs of words at these places: of one kind, in one sentence, next to each other."""
        parted = (np.diff(places) > 1) | (np.diff(kinds) != 0) | (np.diff(sentences) != 0)
        starts = np.flatnonzero(np.concatenate([np.ones(min(1, len(places)), bool), parted]))
        return cls(places, starts, kinds[starts])

    def and_words(self, places: _Places, kinds: _Places) -> Runs:
        """Return these runs and further words, each a run of its own."""
        starts = len(self.places) + np.arange(len(places))
        return Runs(*map(np.concatenate, ((self.places, places), (self.starts, starts), (self.kinds, kinds))))

    @property
    def first(self) -> _Places:
        """The first word of each."""
        return self.places[self.starts]

    @property
    def last(self) -> _Places:
        """The last word of each."""
        return self.places[np.append(self.starts[1:], len(self.places)) - 1] if len(self.starts) else self.places

    def means(self, rows: _Numbers) -> _Numbers:
        """Return the mean of each run, of one row a word of `places`."""
        if not len(self.starts):
            return rows
        counts = np.diff(np.append(self.starts, len(self.places))).astype(np.float32)
        return np.asarray(np.add.reduceat(rows, self.starts, axis=0) / counts[:, None], np.float32)


def skim(card: Card, answers: Answers, reread: Reread | None = None) -> list[Skimmed]:
    """Return what the network says of each sentence; `reread` has a say in the status of what it names."""
    return _Skim(card, answers, reread).all()


class _Skim:
    """The answers on some sentences while they are read off."""

    def __init__(self, card: Card, answers: Answers, reread: Reread | None) -> None:
        self._card, self._answers, self._reread = card, answers, reread
        slopes, offsets = card.curves
        self._chances = curve(answers.sentence, slopes, offsets)
        self._told = np.ascontiguousarray(self._chances[:, card.places["types"]])

    def all(self) -> list[Skimmed]:
        found = [Skimmed(chances) for chances in self._chances]
        for place, named in self._named():
            found[place].named.append(named)
        for head, names in self._card.spans.items():
            for place, mark in self._marked(head, names):
                found[place].marked[head].append(mark)
        for it in found:
            it.named.sort(key=lambda named: (named.start, named.end))
        return found

    def _logits(self, head: str, places: _Places | slice = slice(None)) -> _Numbers:
        return np.ascontiguousarray(self._answers.token[places, self._card.token_places[head]])

    @cached_property
    def _kinds(self) -> _Numbers:
        """How likely each word is to name nothing, and an event of each type."""
        return softmax(self._logits("trigger"))

    def _named(self) -> Iterator[tuple[int, Named]]:
        """Yield the events, each with its sentence: as `decoding.judgement_of` would find them."""
        runs = self._found()
        words = runs.places
        naming = 1 - runs.means(self._kinds[words, :1])[:, 0]
        sentences = self._answers.of[runs.first]
        sure = self._confidence(naming, self._told[sentences, runs.kinds])
        forms = self._forms(runs.kinds, runs.means(self._logits("form", words)), sentences)
        spans = self._spans(runs)
        shares = self._statuses(runs.means(self._logits("status", words)), sentences, spans)
        statuses = zip(shares.argmax(-1).tolist(), shares.max(-1, initial=0).tolist(), strict=True)
        rows = zip(sentences.tolist(), spans, runs.kinds.tolist(), sure.tolist(), forms, statuses, strict=True)
        for place, (start, end), kind, chance, (form, form_share), (status, share) in rows:
            told = (form, form_share, self._card.status[status], round(share, 4))
            yield place, Named(start, end, self._card.sentence["types"][kind], round(chance, 4), *told)

    def _found(self) -> Runs:
        """Return the words that name events: runs that are likely to, then the likeliest of a type not found so."""
        inside = self._kinds[:, 0] < 1 - self._card.threshold
        places = np.flatnonzero(inside)
        sentences = self._answers.of[places]
        weighed = self._kinds[places, 1:] * (self._told[sentences] + np.float32(LEAST))
        runs = Runs.of(places, weighed.argmax(-1), sentences)
        best = runs.means(weighed).argmax(-1) if len(places) else runs.kinds
        runs = Runs(runs.places, runs.starts, best)
        missed = list(self._missed(inside, set(zip(self._answers.of[runs.first].tolist(), best.tolist(), strict=True))))
        peaks = np.array(missed, np.intp).reshape(-1, 2)
        return runs.and_words(peaks[:, 0], peaks[:, 1])

    def _missed(self, inside: NDArray[np.bool_], found: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for sentence, kind in np.argwhere(self._told >= TOLD).tolist():
            if (sentence, kind) in found:
                continue
            words = np.flatnonzero(self._answers.of == sentence)
            if len(words):
                peak = int(words[self._kinds[words, 1 + kind].argmax()])
                if not inside[peak] and self._kinds[peak, 1 + kind] >= PEAK:
                    yield peak, kind

    def _statuses(self, logits: _Numbers, sentences: _Places, spans: Sequence[tuple[int, int]]) -> _Numbers:
        """Return the probabilities of the statuses of each event; where the network doubts, by both readings."""
        shares = softmax(logits)
        if self._reread is None:
            return shares
        for row in np.flatnonzero(shares.max(-1, initial=0) < CERTAIN).tolist():
            logits[row] += self._reread(int(sentences[row]), *spans[row])
        return softmax(logits)

    def _confidence(self, naming: _Numbers, told: _Numbers) -> _Numbers:
        mean = np.clip((naming + told) / 2, 1e-4, 1 - 1e-4)
        slope, offset = self._card.calibration.get("event", (1.0, 0.0))
        return curve(np.log(mean / (1 - mean)), np.float32(slope), np.float32(offset))

    def _forms(self, kinds: _Places, logits: _Numbers, sentences: _Places) -> list[tuple[str, float]]:
        """Return the best form of each event's type, by the words and by the sentence, and its share."""
        found = [("", 0.0)] * len(kinds)
        told = self._chances[sentences, self._card.places["forms"]]
        for kind in np.unique(kinds).tolist():
            rows = np.flatnonzero(kinds == kind)
            places, names = self._card.forms[self._card.sentence["types"][kind]]
            here = rows[:, None], np.array(places)
            shares = softmax(logits[here]) * (told[here] + np.float32(LEAST))
            best = (shares.max(-1) / shares.sum(-1)).tolist()
            for row, place, share in zip(rows.tolist(), shares.argmax(-1).tolist(), best, strict=True):
                found[row] = names[place], round(share, 4)
        return found

    def _marked(self, head: str, names: Sequence[str]) -> Iterator[tuple[int, Marked]]:
        """Yield the spans of a head: runs of words for which one label, as first word or further one, is likeliest."""
        logits = self._logits(head)
        near = np.flatnonzero(logits[:, 0] - logits[:, 1:].max(-1, initial=-np.inf) <= DOUBLE)
        shares = softmax(logits[near])
        by_label = np.concatenate([shares[:, :1], shares[:, 1::2] + shares[:, 2::2]], axis=1)
        kinds = by_label.argmax(-1)
        kept = kinds > 0
        runs = Runs.of(near[kept], kinds[kept], self._answers.of[near[kept]])
        scores = runs.means(by_label[kept].max(-1, keepdims=True))[:, 0].tolist() if kept.any() else ()
        rows = zip(self._answers.of[runs.first].tolist(), runs.kinds.tolist(), self._spans(runs), scores, strict=True)
        for place, kind, span, score in rows:
            yield place, Marked(names[kind - 1], *span, round(score, 4))

    def _spans(self, runs: Runs) -> list[tuple[int, int]]:
        """Return the characters of each run, in its sentence."""
        return [self._answers.span(*ends) for ends in zip(runs.first.tolist(), runs.last.tolist(), strict=True)]


def curve(logits: _Numbers, slope: _Numbers | np.float32, offset: _Numbers | np.float32) -> _Numbers:
    """Return calibrated probabilities (Platt 1999)."""
    chances: _Numbers = 1 / (1 + np.exp(-(slope * logits + offset)))
    return chances


def softmax(logits: _Numbers) -> _Numbers:
    """Return the share of each label, row by row."""
    powers = np.exp(logits - logits.max(-1, keepdims=True, initial=-np.inf))
    shares: _Numbers = powers / powers.sum(-1, keepdims=True)
    return shares

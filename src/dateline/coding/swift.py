"""The default coder: the screen of `cascade`, a pupil of its network, and a quick parse.

What is read off the numbers is what `cascade` reads off its own: the same rules over a parse say what belongs to each
event. The parse is that of a small network (`sketch`), and what the pupil names is read a second time (`telling`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from dateline.coding.conduct import HEAD, conduct_digest, conduct_words, joint
from dateline.coding.context import in_context, least_of
from dateline.coding.decoding import PREFIXES, Judgement
from dateline.coding.endings import Line
from dateline.coding.fusion import events_of
from dateline.coding.joining import told_once
from dateline.coding.judged import Judged
from dateline.coding.marks import SURE, marks_of
from dateline.coding.parser import split, tokens_of
from dateline.coding.patterns import load_patterns
from dateline.coding.pupil import open_pupil
from dateline.coding.screen import passing, screen_digest
from dateline.coding.sketch import open_sketcher, seen_of, words_of
from dateline.coding.skimming import skim
from dateline.coding.telling import LEAST, chance_of, telling_digest
from dateline.coding.tree import Tree
from dateline.coding.wording import wording, wording_digest
from dateline.model.codebook import plover
from dateline.model.event import CoderId, Coding, Event, Label, Mark, Status
from dateline.model.parse import Sentence
from dateline.model.text import Span, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dateline.coding.decoding import Card, Named
    from dateline.coding.parser import Split
    from dateline.coding.patterns import Patterns
    from dateline.coding.pupil import Pupil
    from dateline.coding.sketch import Sketcher
    from dateline.coding.skimming import Skimmed
    from dateline.coding.wording import Scores
    from dateline.model.parse import Token
    from dateline.model.text import Report

    _Chances = NDArray[np.float32]

NAME, VERSION = "swift", "4"
RECALL = 0.93
"""Share of the sentences with events that the screen must let through, as measured when it was fitted."""
BATCH = 512
"""Sentences whose numbers are held at once."""
ASKED = 0.02
"""Probability of a label by the network from which the sentence's words are asked too (`conduct`)."""


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence that was read: where it stands, what the pupil says of it, and its words if it may tell of events."""

    report: Report
    text: Split
    place: int
    skimmed: Skimmed
    tokens: tuple[Token, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return offsets in the sentence as offsets in the report."""
        return self.text.back(self.place, start, end)


class SwiftCoder:
    """The coder `swift`."""

    languages = frozenset({"en"})

    def __init__(self, pupil: Pupil | None = None, sketcher: Sketcher | None = None) -> None:
        self._pupil, self._sketcher = pupil or open_pupil(), sketcher or open_sketcher()

    @cached_property
    def id(self) -> CoderId:
        """Its digest covers the networks, the screen, the patterns, and what words say of conduct and statuses."""
        learnt = [self._pupil.digest, self._sketcher.digest, screen_digest(RECALL), self._patterns.digest]
        return CoderId(NAME, VERSION, digest([*learnt, conduct_digest(), wording_digest(), telling_digest()]))

    @cached_property
    def _labels(self) -> Labels:
        return Labels.of(self._pupil)

    @cached_property
    def _patterns(self) -> Patterns:
        return load_patterns(plover())

    def code(self, reports: Sequence[Report], /) -> list[Coding]:
        """Return one coding a report, in order."""
        splits = [split(report.text) for report in reports]
        passed = passing([text.sentences for text in splits], RECALL)
        places = [(number, place) for number, some in enumerate(passed) for place in some]
        read: list[list[Read]] = [[] for _ in reports]
        for (number, place), (skimmed, tokens) in zip(places, self._read(places, splits), strict=True):
            read[number].append(Read(reports[number], splits[number], place, skimmed, tokens))
        return [self._coding(*row) for row in zip(reports, splits, read, strict=True)]

    def _read(
        self, places: Sequence[tuple[int, int]], splits: Sequence[Split]
    ) -> Iterator[tuple[Skimmed, tuple[Token, ...]]]:
        """Yield what the networks say of the sentences with these places."""
        for start in range(0, len(places), BATCH):
            part = places[start : start + BATCH]
            sentences = [splits[number].sentences[place] for number, place in part]
            answers = self._pupil.read(sentences)
            found = skim(self._pupil.card, answers, partial(_reread, sentences))
            told = [row for row, it in enumerate(found) if it.named]
            drawn = self._sketcher.draw([seen_of(sentences[row], answers, row) for row in told])
            tokens: list[tuple[Token, ...]] = [()] * len(part)
            for row, it in zip(told, drawn, strict=True):
                text, place = splits[part[row][0]], part[row][1]
                tokens[row] = tokens_of(words_of(it, text, place), text.cleaned)
            yield from zip(found, tokens, strict=True)

    def _coding(self, report: Report, text: Split, read: Sequence[Read]) -> Coding:
        tokens = {it.place: it.tokens for it in read}
        sentences = tuple(
            Sentence(place, *text.cleaned.back(*span), tokens.get(place, ())) for place, span in enumerate(text.bounds)
        )
        coder = str(self.id)
        least = least_of([one.confidence for it in read for one in it.skimmed.named], len(sentences))
        events: list[Event] = []
        labels: list[Label] = []
        marks: list[Mark] = []
        for it, told in zip(read, self._labels.sure(read), strict=True):
            labels += [Label(report.id, it.place, name, score) for name, score in told]
            if not it.skimmed.named and not it.skimmed.marked:
                continue
            known = Judged(report, Tree.of(sentences[it.place]), self._judgement(it, least), it.back)
            if known.judgement.named:
                events += events_of(known, self._patterns, coder)
            marks += marks_of(known, tells_of_attack=any(name.startswith("attack.") for name, _ in told))
        events = in_context(report, events, sentences)
        return Coding(report.id, tuple(events), (), sentences, tuple(labels), tuple(marks))

    def _judgement(self, read: Read, least: float) -> Judgement:
        """Return what the pupil says of a sentence: its spans, and what is likely enough to be an event.

        It says nothing of types, so that what the rules alone see is no event: two in five such are right.
        """
        card, marked = self._pupil.card, read.skimmed.marked
        named = tuple(_doubted(card, read, least))
        return Judgement({"types": {}}, named, {head: tuple(marked.get(head, ())) for head in card.spans})


def _reread(sentences: Sequence[str], number: int, start: int, end: int) -> Scores:
    """Return what the words around an event add to the logits of its status."""
    return wording().scores(NAME, sentences[number], start, end)


def _doubted(card: Card, read: Read, least: float) -> Iterator[Named]:
    """Yield what is likely enough to be an event, with how likely; what is not said to have happened is not doubted."""
    sure_enough = [it for it in read.skimmed.named if it.confidence >= least]
    if not sure_enough:
        return
    types = dict(zip(card.sentence["types"], read.skimmed.chances[card.places["types"]].tolist(), strict=True))
    sentence = read.text.sentences[read.place]
    line, named = Line.of(sentence), told_once(sentence, sure_enough)
    for it in named:
        sure = chance_of(line, Span(it.start, it.end), it, types[it.type], len(named))
        if sure >= LEAST or not Status(it.status).happened:
            yield replace(it, confidence=sure)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels that are given to whole sentences, and from which probability on.

    Attributes:
        names: as they are given, by their place among a sentence's labels.
        bars: the probability that each label of the card needs; above 1 for those that are not given.
        words: of the labels that words are asked about too: place, number among the words' labels, slope and offset.
    """

    names: dict[int, str]
    bars: _Chances
    words: tuple[tuple[int, int, float, float], ...]

    @classmethod
    def of(cls, pupil: Pupil) -> Labels:
        """Return the labels by a network's card."""
        card = pupil.card
        names = {
            card.places[head].start + number: prefix + label
            for head, prefix in PREFIXES.items()
            for number, label in enumerate(card.sentence[head])
        }
        bars = np.full(card.width, 2, np.float32)
        for place, name in names.items():
            bars[place] = card.thresholds.get(name.rpartition(".")[2], SURE)
        told = {name: place for place, name in names.items()}
        asked = (
            (told[PREFIXES[HEAD] + label], number, *card.calibration[label])
            for number, label in enumerate(conduct_words().labels)
            if label in card.calibration
        )
        return cls(names, bars, tuple(asked))

    def sure(self, read: Sequence[Read]) -> list[list[tuple[str, float]]]:
        """Return the labels that hold of each sentence, with their probabilities."""
        found: list[list[tuple[str, float]]] = [[] for _ in read]
        if read:
            chances = self._reread(read)
            for row, place in np.argwhere(chances >= self.bars).tolist():
                found[row].append((self.names[place], round(float(chances[row, place]), 4)))
        return found

    def _reread(self, read: Sequence[Read]) -> _Chances:
        """Return the probabilities of sentences' labels, by their words too where the network thinks them possible."""
        chances = np.stack([it.skimmed.chances for it in read])
        asked = chances[:, [it[0] for it in self.words]] >= ASKED
        for row, (it, wanted) in enumerate(zip(read, asked.tolist(), strict=True)):
            scores = conduct_words().scores(it.text.sentences[it.place]) if any(wanted) else ()
            for is_wanted, (place, number, slope, offset) in zip(wanted, self.words, strict=True):
                if is_wanted:
                    chances[row, place] = joint(float(chances[row, place]), scores[number], slope, offset)
        return chances

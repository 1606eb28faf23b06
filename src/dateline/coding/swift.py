"""The coder `swift`: the screen of `cascade`, a pupil of its network, and no parse. For what is too much for `cascade`.

What it answers rests on words of the report as with every coder. It gives up what a parse and its patterns know: which
words belong to which event is told by their place (`nearby`) and by a model of what can be seen without a parse
(`belonging`), and each event's status by the network and by the words around it (`wording`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from dateline.coding.belonging import belonging_digest, parties_of
from dateline.coding.candidates import candidates_of
from dateline.coding.conduct import HEAD, conduct_digest, conduct_words, joint
from dateline.coding.context import is_before, least_of
from dateline.coding.decoding import PREFIXES
from dateline.coding.marks import SURE, joined, one_target
from dateline.coding.nearby import clauses_of, goes_on, phrase_at, refers_back
from dateline.coding.parser import split
from dateline.coding.pupil import open_pupil
from dateline.coding.scene import Line
from dateline.coding.screen import passing, screen_digest
from dateline.coding.skimming import DOUBTS, skim
from dateline.coding.telling import LEAST, chance_of, telling_digest
from dateline.coding.wording import wording, wording_digest
from dateline.model.event import Argument, CoderId, Coding, Event, Label, Mark, Status
from dateline.model.ground import Role
from dateline.model.parse import Sentence
from dateline.model.text import Span, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.coding.decoding import Named
    from dateline.coding.marks import Piece
    from dateline.coding.parser import Split
    from dateline.coding.pupil import Pupil
    from dateline.coding.skimming import Skimmed
    from dateline.coding.wording import Scores
    from dateline.model.text import Evidence, Report

NAME, VERSION = "swift", "3"
RECALL = 0.93
"""Share of the sentences with events that the screen must let through, as measured when it was fitted."""
BATCH = 512
"""Sentences whose numbers are held at once."""
ASKED = 0.02
"""Probability of a label by the network from which the sentence's words are asked too (`conduct`)."""


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence that was read: where it stands, and what the network says of it."""

    report: Report
    text: Split
    place: int
    skimmed: Skimmed

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return offsets in the sentence as offsets in the report."""
        return self.text.back(self.place, start, end)

    def pieces(self, head: str) -> list[Piece]:
        """Return the words that play a role, in the report."""
        return [(it.role, *self.back(it.start, it.end), it.score) for it in self.skimmed.marked.get(head, ())]


class SwiftCoder:
    """The coder `swift`."""

    languages = frozenset({"en"})

    def __init__(self, pupil: Pupil | None = None) -> None:
        self._pupil = pupil or open_pupil()

    @cached_property
    def id(self) -> CoderId:
        """Its digest covers the network, the screen, and what words say of police conduct, statuses and parties."""
        words = [conduct_digest(), wording_digest(), belonging_digest(), telling_digest()]
        return CoderId(NAME, VERSION, digest([self._pupil.digest, screen_digest(RECALL), *words]))

    @cached_property
    def _labels(self) -> Labels:
        return Labels.of(self._pupil)

    @cached_property
    def _types(self) -> Mapping[str, int]:
        """Where each type stands among a sentence's labels."""
        card = self._pupil.card
        return {type: card.places["types"].start + place for place, type in enumerate(card.sentence["types"])}

    def code(self, reports: Sequence[Report], /) -> list[Coding]:
        """Return one coding a report, in order."""
        splits = [split(report.text) for report in reports]
        passed = passing([text.sentences for text in splits], RECALL)
        places = [(number, place) for number, some in enumerate(passed) for place in some]
        read: list[list[Read]] = [[] for _ in reports]
        for (number, place), skimmed in zip(places, self._skim(places, splits), strict=True):
            read[number].append(Read(reports[number], splits[number], place, skimmed))
        return [self._coding(*row) for row in zip(reports, splits, read, strict=True)]

    def _skim(self, places: Sequence[tuple[int, int]], splits: Sequence[Split]) -> Iterator[Skimmed]:
        """Yield what the network says of the sentences with these places."""
        for start in range(0, len(places), BATCH):
            sentences = [splits[number].sentences[place] for number, place in places[start : start + BATCH]]
            yield from skim(self._pupil.card, self._pupil.read(sentences), partial(_reread, sentences), DOUBTS)

    def _coding(self, report: Report, text: Split, read: Sequence[Read]) -> Coding:
        sentences = tuple(Sentence(place, *text.cleaned.back(*span)) for place, span in enumerate(text.bounds))
        coder = str(self.id)
        least = least_of([named.confidence for it in read for named in it.skimmed.named], len(sentences))
        events = [event for it in read for event in events_of(it, sentences[it.place], self._types, least, coder)]
        labels: list[Label] = []
        marks: list[Mark] = []
        for it in read:
            told = list(self._labels.sure(it))
            labels += [Label(report.id, it.place, name, score) for name, score in told]
            marks += marks_of(it, tells_of_attack=any(name.startswith("attack.") for name, _ in told))
        events = _told_first(report, events)
        return Coding(report.id, tuple(events), (), sentences, tuple(labels), tuple(marks))


def _reread(sentences: Sequence[str], number: int, start: int, end: int) -> Scores:
    """Return what the words around an event add to the logits of its status."""
    return wording().scores(NAME, sentences[number], start, end)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels that are given to whole sentences, and from which probability on.

    Attributes:
        names: as they are given, by their place among a sentence's labels.
        bars: the probability that each label of the card needs; above 1 for those that are not given.
        words: of the labels that words are asked about too: place, number among the words' labels, slope and offset.
    """

    names: dict[int, str]
    bars: np.ndarray[tuple[int], np.dtype[np.float32]]
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

    def sure(self, read: Read) -> Iterator[tuple[str, float]]:
        """Yield the labels that hold of a sentence, with their probabilities."""
        chances = self._reread(read)
        for place in np.flatnonzero(chances >= self.bars).tolist():
            yield self.names[place], round(float(chances[place]), 4)

    def _reread(self, read: Read) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        """Return the probabilities of a sentence's labels, by its words too where the network thinks them possible."""
        chances = read.skimmed.chances
        asked = [it for it in self.words if chances[it[0]] >= ASKED]
        if not asked:
            return chances
        scores = conduct_words().scores(read.text.sentences[read.place])
        chances = chances.copy()
        for place, number, slope, offset in asked:
            chances[place] = joint(float(chances[place]), scores[number], slope, offset)
        return chances


def events_of(read: Read, sentence: Sentence, types: Mapping[str, int], least: float, coder: str) -> list[Event]:
    """Return the events of a sentence, in order, each with its clause and its parties.

    `types` are the places of the types among a sentence's labels, `least` is how sure the network must be.
    """
    report, span = read.report, Span(sentence.start, sentence.end)
    named = [it for it in read.skimmed.named if it.confidence >= least]
    told = told_once(report, [(it, report.cite(*read.back(it.start, it.end))) for it in named])
    if not told:
        return []
    line = Line.of(report, span.start, span.end)
    told = list(_doubted(told, line, [float(read.skimmed.chances[types[it.type]]) for it, _ in told]))
    if not told:
        return []
    clauses = clauses_of(report, span, [trigger for _, trigger in told])
    events = [(it.type, trigger, clause) for (it, trigger), clause in zip(told, clauses, strict=True)]
    parties = parties_of(line, events, candidates_of(report, read.pieces("roles"), read.pieces("sides")))
    weapons = [
        Argument(Role.INSTRUMENT, phrase_at(report, start, end))
        for role, start, end, _ in read.pieces("fills")
        if role == "instrument_id"
    ]
    return [
        _event(report, it, trigger, clause, (*found, *(weapons if it.type == "ASSAULT" else ())), coder)
        for (it, trigger), clause, found in zip(told, clauses, parties, strict=True)
    ]


def _doubted(
    told: Sequence[tuple[Named, Evidence]], line: Line, chances: Sequence[float]
) -> Iterator[tuple[Named, Evidence]]:
    """Yield what is likely enough to be an event, and what is not said to have happened anyway, with how likely it is.

    `chances` are those of its type in the sentence, by the network.
    """
    for (named, words), chance in zip(told, chances, strict=True):
        sure = chance_of(line, words.span, named, chance, len(told))
        if sure >= LEAST or not Status(named.status).happened:
            yield replace(named, confidence=sure), words


def _event(
    report: Report, named: Named, trigger: Evidence, clause: Span, arguments: tuple[Argument, ...], coder: str
) -> Event:
    why = f"network: {named.type}.{named.form} {named.confidence:.2f} at {trigger.quote!r}"
    why += f"; {named.status} {named.status_score:.2f}"
    status = Status(named.status)
    return Event(report.id, named.type, named.form, status, trigger, clause, arguments, named.confidence, coder, why)


def _told_first(report: Report, events: Sequence[Event]) -> list[Event]:
    """Return the events of a report without those that only refer to an earlier one."""
    kept: list[Event] = []
    for event in events:
        if not (any(is_before(event, other) for other in kept) and refers_back(report, event.trigger)):
            kept.append(event)
    return kept


def told_once(report: Report, named: Sequence[tuple[Named, Evidence]]) -> list[tuple[Named, Evidence]]:
    """Return events, each once: words that go on with the event before ("signed the document") are joined to it."""
    kept: list[tuple[Named, Evidence]] = []
    for it, trigger in named:
        if not kept:
            kept.append((it, trigger))
        elif kept[-1][1].end <= trigger.start:
            before, words = kept[-1]
            if _is_same(report, before, words, it, trigger):
                kept[-1] = (_joined(before, it), report.cite(words.start, trigger.end))
            else:
                kept.append((it, trigger))
    return kept


def _is_same(report: Report, before: Named, words: Evidence, it: Named, trigger: Evidence) -> bool:
    """Say whether two triggers are of one event: of one type, and nothing between that begins to tell of another."""
    return before.type == it.type and goes_on(report.text[words.end : trigger.start])


def _joined(*named: Named) -> Named:
    """Return an event told in two words: as in the one that names it most surely, with the form that is surest."""
    surest, form = (max(named, key=attrgetter(name)) for name in ("confidence", "form_score"))
    return replace(surest, form=form.form, form_score=form.form_score)


def marks_of(read: Read, *, tells_of_attack: bool) -> Iterator[Mark]:
    """Yield the sides of a sentence's main event; of an attack that it tells of, also the words that fill its roles."""
    report = read.report
    for role, start, end, score in one_target(report.text, joined(report.text, read.pieces("sides"))):
        yield Mark(read.place, role, phrase_at(report, start, end, whole=True), score)
    for role, start, end, score in read.pieces("fills") if tells_of_attack else ():
        if score >= SURE:
            yield Mark(read.place, role, phrase_at(report, start, end), score)

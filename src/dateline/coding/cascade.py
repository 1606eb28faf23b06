"""The default coder: a cheap screen, a small network, then parse and rules, each for what the last let pass.

The network says which sentences tell of events, which words name them, of which type, form and status; the parse finds
what belongs to each. Where the rules see the same event they lend it their knowledge of who does it to whom; what the
rules alone see stands only if the network does not find it out of the question.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from dateline.coding.context import context_of
from dateline.coding.encoder import Encoder, Passage, open_encoder
from dateline.coding.fusion import KEPT, events_of
from dateline.coding.judged import Judged
from dateline.coding.parser import Split, model_version, parse_chosen, split
from dateline.coding.patterns import load_patterns
from dateline.coding.screen import make_screen, screen_digest
from dateline.model.codebook import plover
from dateline.model.event import CoderId, Coding, Label, Mark
from dateline.model.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.coding.decoding import Judgement
    from dateline.coding.patterns import Patterns
    from dateline.model.event import Event
    from dateline.model.parse import Sentence
    from dateline.model.text import Report

VERSION = "1"
RECALL = 0.95
"""Share of the sentences with events that the screen must let through, as measured when it was fitted."""
SURE = 0.5
"""Probability from which a label of a sentence, or a mark of its words, is given."""


class CascadeCoder:
    """The coder `cascade`."""

    languages = frozenset({"en"})

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or open_encoder()

    @cached_property
    def _patterns(self) -> Patterns:
        return load_patterns(plover())

    @cached_property
    def id(self) -> CoderId:
        """Its digest covers the network, the screen, the patterns and the language model."""
        parts = [self._encoder.digest, screen_digest(RECALL), self._patterns.digest, model_version()]
        return CoderId("cascade", VERSION, digest(parts))

    def code(self, reports: Sequence[Report], /) -> list[Coding]:
        """Return one coding a report, in order."""
        splits = [split(report.text) for report in reports]
        judged = [self._judge(it) for it in splits]
        parsed = parse_chosen(splits, [{place for place, it in found.items() if tells(it)} for found in judged])
        return [
            self._coding(report, it, found, sentences)
            for report, it, found, sentences in zip(reports, splits, judged, parsed, strict=True)
        ]

    def _judge(self, text: Split) -> dict[int, Judgement]:
        """Return the judgements of the sentences that the screen lets pass."""
        sentences = text.sentences
        passing = [place for place, passes in enumerate(make_screen(RECALL)(sentences)) if passes]
        passages = [
            Passage(sentences[place], context_of(sentences[place], sentences[place - 1] if place else ""))
            for place in passing
        ]
        return dict(zip(passing, self._encoder.judge(passages), strict=True))

    def _coding(
        self, report: Report, text: Split, judged: dict[int, Judgement], sentences: tuple[Sentence, ...]
    ) -> Coding:
        coder = str(self.id)
        events: list[Event] = []
        labels: list[Label] = []
        marks: list[Mark] = []
        for place, judgement in sorted(judged.items()):
            known = Judged(report, sentences[place], judgement, partial(text.back, place))
            if known.sentence.tokens:
                events += events_of(known, self._patterns, coder)
            labels += [Label(report.id, place, name, score) for name, score in sure(judgement)]
            marks += marks_of(known)
        return Coding(report.id, tuple(events), (), sentences, tuple(labels), tuple(marks))


def tells(judgement: Judgement) -> bool:
    """Say whether a sentence may tell of an event, so that it is parsed."""
    return bool(judgement.named) or max(judgement.labels["types"].values()) >= KEPT


def sure(judgement: Judgement) -> Iterator[tuple[str, float]]:
    """Yield the labels that hold of a sentence, more likely than not, with their probabilities."""
    for head, prefix in (("conduct", "police."), ("protest", ""), ("attacks", "attack.")):
        for label, score in judgement.labels[head].items():
            if score >= SURE:
                yield prefix + label, score


def marks_of(known: Judged) -> Iterator[Mark]:
    """Yield the sides of a sentence's main event; of an attack that it tells of, also the words that fill its roles."""
    tells_of_attack = max(known.judgement.labels["attacks"].values()) >= SURE
    for mark in (*known.judgement.marked["sides"], *(known.judgement.marked["fills"] if tells_of_attack else ())):
        if mark.score >= SURE:
            yield Mark(
                known.sentence.index, mark.role, known.report.cite(*known.back(mark.start, mark.end)), mark.score
            )

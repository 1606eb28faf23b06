"""The default coder: a cheap screen, then a small network, then the parse and the rules, each for what the last let pass.

The network says which sentences tell of events, which words name them, of which type, form and status; the parse finds
what belongs to each. Where the rules see the same event they lend it their knowledge of who does it to whom; what the
rules alone see stands only if the network does not find it out of the question.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dateline.coding.context import context_of
from dateline.coding.encoder import Encoder, Passage, open_encoder
from dateline.coding.fusion import KEPT, events_of
from dateline.coding.judged import Judged
from dateline.coding.parser import Split, model_version, parse_chosen, split
from dateline.coding.patterns import load_patterns
from dateline.coding.screen import make_screen, screen_digest
from dateline.model.codebook import plover
from dateline.model.event import CoderId, Coding, Label
from dateline.model.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.coding.encoder import Judgement
    from dateline.coding.patterns import Patterns
    from dateline.model.event import Event
    from dateline.model.parse import Sentence
    from dateline.model.text import Report

VERSION = "1"


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
        parts = [self._encoder.digest, screen_digest(), self._patterns.digest, model_version()]
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
        passing = [place for place, passes in enumerate(make_screen()(sentences)) if passes]
        passages = [
            Passage(sentences[place], context_of(sentences[place], sentences[place - 1] if place else ""))
            for place in passing
        ]
        return dict(zip(passing, self._encoder.judge(passages), strict=True))

    def _coding(
        self, report: Report, text: Split, judged: dict[int, Judgement], sentences: tuple[Sentence, ...]
    ) -> Coding:
        coder = str(self.id)
        events = tuple(self._events(report, text, judged, sentences, coder))
        labels = tuple(
            Label(report.id, place, name, score) for place, it in sorted(judged.items()) for name, score in sure(it)
        )
        return Coding(report.id, events, (), sentences, labels)

    def _events(
        self, report: Report, text: Split, judged: dict[int, Judgement], sentences: Sequence[Sentence], coder: str
    ) -> Iterator[Event]:
        for place, judgement in sorted(judged.items()):
            if sentences[place].tokens:
                read = Judged(report, sentences[place], judgement, lambda a, b, at=place: text.back(at, a, b))
                yield from events_of(read, self._patterns, coder)


def tells(judgement: Judgement) -> bool:
    """Say whether a sentence may tell of an event, so that it is parsed."""
    return bool(judgement.named) or max(judgement.labels["types"].values()) >= KEPT


def sure(judgement: Judgement, threshold: float = 0.5) -> Iterator[tuple[str, float]]:
    """Yield the labels that hold of a sentence, more likely than not, with their probabilities."""
    for label, score in judgement.labels["conduct"].items():
        if score >= threshold:
            yield f"police.{label}", score
    if (score := judgement.score("protest", "protest")) >= threshold:
        yield "protest", score

"""The careful coder: a cheap screen, a small network, then parse and rules, each for what the last let pass.

The network says which sentences tell of events, which words name them, of which type, form and status; the parse finds
what belongs to each. Where the rules see the same event they lend it their knowledge of who does it to whom; what the
rules alone see stands only if the network does not find it out of the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from dateline.coding.conduct import conduct_digest, conduct_words
from dateline.coding.context import in_context, without_lone
from dateline.coding.decoding import PREFIXES
from dateline.coding.encoder import Encoder, Passage, open_encoder
from dateline.coding.fusion import KEPT, events_of
from dateline.coding.judged import Judged
from dateline.coding.marks import SURE, marks_of
from dateline.coding.own import learn, likenesses_of, own_events, without
from dateline.coding.parser import Split, model_version, parse_chosen, split
from dateline.coding.patterns import load_patterns
from dateline.coding.screen import make_screen, screen_digest
from dateline.coding.tree import Tree
from dateline.coding.wording import wording, wording_digest
from dateline.model.codebook import plover
from dateline.model.event import CoderId, Coding, Label
from dateline.model.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.coding.decoding import Judgement
    from dateline.coding.patterns import Patterns
    from dateline.coding.similar import Likeness
    from dateline.model.codebook import Codebook
    from dateline.model.event import Event, Mark
    from dateline.model.parse import Sentence
    from dateline.model.text import Report

NAME, VERSION = "cascade", "2"
RECALL = 0.95
"""Share of the sentences with events that the screen must let through, as measured when it was fitted."""


class CascadeCoder:
    """The coder `cascade`. Of a codebook of one's own, types are also told by their likeness to its examples.

    Raises:
        CodebookError: if the words and examples of a codebook cannot be made into patterns.
    """

    languages = frozenset({"en"})

    def __init__(self, encoder: Encoder | None = None, codebook: Codebook | None = None) -> None:
        self._encoder = encoder or open_encoder()
        self._codebook = None if codebook == plover() else codebook
        self._own = learn(self._codebook, self._encoder.embed) if self._codebook else None

    @cached_property
    def _patterns(self) -> Patterns:
        return load_patterns(plover())

    @cached_property
    def id(self) -> CoderId:
        """Its digest covers all that was learnt, the patterns, the language model and the codebook."""
        patterns = (self._own.patterns if self._own else self._patterns).digest
        learnt = [self._encoder.digest, screen_digest(RECALL), conduct_digest(), wording_digest()]
        return CoderId(NAME, VERSION, digest([*learnt, patterns, model_version()]))

    def code(self, reports: Sequence[Report], /) -> list[Coding]:
        """Return one coding a report, in order."""
        splits = [split(report.text) for report in reports]
        judged = [self._judge(it) for it in splits]
        likenesses = [self._liken(it, found) for it, found in zip(splits, judged, strict=True)]
        parsed = parse_chosen(
            splits,
            [
                {place for place, it in found.items() if tells(it) or place in like}
                for found, like in zip(judged, likenesses, strict=True)
            ],
        )
        return [self._coding(Read(*row)) for row in zip(reports, splits, judged, likenesses, parsed, strict=True)]

    def _judge(self, text: Split) -> dict[int, Judgement]:
        """Return the judgements of the sentences that the screen lets pass."""
        sentences = text.sentences
        own = self._own
        passing = [
            place
            for place, passes in enumerate(make_screen(RECALL)(sentences))
            if passes or (own and own.is_wanted(sentences[place]))
        ]
        found = self._encoder.judge([Passage(sentences[place]) for place in passing], partial(wording().scores, NAME))
        words = conduct_words()
        return {place: words.reread(sentences[place], it) for place, it in zip(passing, found, strict=True)}

    def _liken(self, text: Split, judged: Mapping[int, Judgement]) -> dict[int, tuple[Likeness, ...]]:
        """Return which sentences are like examples of one's own types, or hold words of them."""
        if self._own is None:
            return {}
        sentences = {place: text.sentences[place] for place in judged}
        found = likenesses_of(self._own, sentences, self._encoder.embed)
        return {place: like for place, like in found.items() if like or self._own.is_wanted(sentences[place])}

    def _coding(self, read: Read) -> Coding:
        coder = str(self.id)
        events: list[Event] = []
        labels: list[Label] = []
        marks: list[Mark] = []
        for place, judgement in sorted(read.judged.items()):
            known = Judged(read.report, Tree.of(read.sentences[place]), judgement, partial(read.text.back, place))
            if known.sentence.tokens:
                events += self._events(known, read.likenesses.get(place, ()), coder)
            told = dict(sure(judgement, {**self._encoder.card.thresholds, **conduct_words().thresholds}))
            labels += [Label(read.report.id, place, name, score) for name, score in told.items()]
            marks += marks_of(known, tells_of_attack=any(name.startswith("attack.") for name in told))
        events = without_lone(in_context(read.report, events, read.sentences), read.sentences)
        return Coding(read.report.id, tuple(events), (), read.sentences, tuple(labels), tuple(marks))

    def _events(self, known: Judged, likenesses: Iterable[Likeness], coder: str) -> list[Event]:
        if self._own is None:
            return events_of(known, self._patterns, coder)
        own = own_events(known, self._own, likenesses, coder)
        shipped = events_of(known, self._patterns, coder) if self._own.extends else []
        return [*own, *without(shipped, own)]


@dataclass(frozen=True, slots=True)
class Read:
    """A report with all that its coding is made of; `judged` and `likenesses` by the place of a sentence."""

    report: Report
    text: Split
    judged: Mapping[int, Judgement]
    likenesses: Mapping[int, tuple[Likeness, ...]]
    sentences: tuple[Sentence, ...]


def tells(judgement: Judgement) -> bool:
    """Say whether a sentence may tell of an event, so that it is parsed."""
    return bool(judgement.named) or max(judgement.labels["types"].values()) >= KEPT


def sure(judgement: Judgement, thresholds: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Yield the labels that hold of a sentence, with their probabilities."""
    for head, prefix in PREFIXES.items():
        for label, score in judgement.labels[head].items():
            if score >= thresholds.get(label, SURE):
                yield prefix + label, score

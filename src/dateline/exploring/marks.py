"""Evidence as marks in a report's text: overlapping spans are flattened into segments that follow one another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.drawing import wording
from dateline.errors import EvidenceError
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.model.event import Mention
    from dateline.model.ground import Attribution
    from dateline.model.text import Report

ROLES = ("trigger", "figure", "time", "place", "recipient", "actor", "voice", "stance", "said")
"""What marked words can be to a mention; where marks overlap, the first of these gives the colour.

`said` is what a voice says, from the first to the last word; `voice` the words for who says it, and the cue.
"""

SHADES = 6
"""How many voices of a report look different; further ones begin again with the first look, under their own number."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that a value of a mention rests on: the role they play, and what was made of them.

    `speaker` is the number of the voice, for words of or by one; else 0.
    """

    evidence: Evidence
    role: str
    mention: str
    value: str
    speaker: int = 0


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks in a report: number, words for a person to read, how surely it is known whose words they are."""

    number: int
    words: str
    basis: str

    @property
    def shade(self) -> int:
        """Which of the `SHADES` it bears."""
        return _shade(self.number)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the same marks run.

    Attributes:
        marks: the marks that run over it; none for plain text.
        anchors: ids of the mentions whose trigger begins here.
        ends: roles of the marks that end here, in the order of `ROLES`.
        opens: number of the speaker whose words begin here; 0 for none.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    anchors: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    opens: int = 0

    @property
    def shade(self) -> int:
        """Which of the `SHADES` of voices these words bear: that of the shortest stretch; 0 where nobody speaks."""
        told = [mark for mark in self.marks if mark.role == "said"]
        inner = min(told, key=lambda mark: (mark.evidence.end - mark.evidence.start, mark.speaker), default=None)
        return _shade(inner.speaker) if inner else 0

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that these words play, each once, in the order of `ROLES`."""
        return _ordered(mark.role for mark in self.marks)

    @property
    def mentions(self) -> tuple[str, ...]:
        """The ids of the mentions that rest on these words, each once."""
        return tuple(dict.fromkeys(mark.mention for mark in self.marks))

    @property
    def meaning(self) -> str:
        """What the words were taken for, one clause a mark."""
        return "; ".join(dict.fromkeys(f"{mark.role}: {mark.value}" for mark in self.marks))


def _shade(number: int) -> int:
    return (number - 1) % SHADES + 1


def speakers_of(mentions: Iterable[Mention]) -> dict[str, Speaker]:
    """Return who speaks in a report besides itself, numbered in the order of the text, by what each is called."""
    voices = {voice for mention in mentions for voice in mention.attribution.voices if voice.evidence is not None}
    found: dict[str, Speaker] = {}
    for voice in sorted(voices, key=lambda one: (one.evidence or Evidence(0, 0, ""), wording.basis_of(one), repr(one))):
        words = wording.called(voice)
        found.setdefault(words, Speaker(len(found) + 1, words, wording.basis_of(voice)))
    return found


def marks_of(mention: Mention, text: str = "", speakers: Mapping[str, Speaker] | None = None) -> Iterator[Mark]:
    """Yield a mark for every piece of evidence of a mention; words that only helped bear what they helped.

    With the report's text, what voices say is marked too, under the number of the speaker in `speakers`.
    """
    for role, value, words in _values(mention):
        yield from (Mark(evidence, role, mention.id, value) for evidence in words)
    for voice in mention.attribution.voices:
        if text and voice.content is not None:
            span = voice.content
            number = (speakers or {}).get(wording.called(voice), Speaker(0, "", "")).number
            yield Mark(
                Evidence(span.start, span.end, text[span.start : span.end]),
                "said",
                mention.id,
                wording.voice(voice),
                number,
            )


def clipped(marks: Iterable[Mark], start: int, end: int) -> Iterator[Mark]:
    """Yield the marks of [start, end), as far as they lie in it, with places that count from its start.

    >>> [mark.evidence for mark in clipped([Mark(Evidence(3, 8, "cd ef"), "time", "m", "")], 6, 9)]
    [Evidence(start=0, end=2, quote='ef')]
    """
    for mark in marks:
        words = mark.evidence
        first, last = max(words.start, start), min(words.end, end)
        if first < last:
            quote = words.quote[first - words.start : last - words.start]
            yield replace(mark, evidence=Evidence(first - start, last - start, quote))


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """Cut a text where marks begin and end. The segments' texts, joined, are the text.

    >>> [s.text for s in segments("ab cd", [Mark(Evidence(3, 5, "cd"), "time", "m", "")])]
    ['ab ', 'cd']
    """
    known = list(dict.fromkeys(marks))
    begin, end = _by_offset(known, "start"), _by_offset(known, "end")
    cuts = sorted({0, len(text), *begin, *end})
    running: dict[Mark, None] = {}
    found = []
    for here, there in pairwise(cuts):
        running = {mark: None for mark in running if mark.evidence.end > here} | dict.fromkeys(begin.get(here, ()))
        anchors = tuple(mark.mention for mark in begin.get(here, ()) if mark.role == "trigger")
        ends = _ordered(mark.role for mark in end.get(there, ()))
        opens = next((mark.speaker for mark in begin.get(here, ()) if mark.role == "said"), 0)
        found.append(Segment(text[here:there], tuple(running), anchors, ends, opens))
    return found


def sound(report: Report, marks: Iterable[Mark]) -> tuple[list[Mark], list[str]]:
    """Part the marks whose quotes stand in the report from what is wrong with the others."""
    good: list[Mark] = []
    faults: list[str] = []
    for mark in marks:
        try:
            report.check(mark.evidence)
        except EvidenceError as error:
            faults.append(str(error))
        else:
            good.append(mark)
    return good, faults


def _values(mention: Mention) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    yield "trigger", wording.kind(mention.type, mention.form), (mention.trigger,)
    for actor in mention.actors:
        yield actor.role.value, wording.actor(actor), (actor.evidence, *actor.support)
    if mention.place:
        yield "place", wording.place(mention.place), (mention.place.evidence, *mention.place.support)
    if mention.when:
        yield "time", wording.when(mention.when), (mention.when.evidence, *mention.when.support)
    for figure in mention.figures:
        yield "figure", wording.figure(figure), (figure.evidence, *figure.support)
    yield "stance", "the report keeps its distance", mention.attribution.stance
    yield from _voices(mention.attribution)


def _voices(attribution: Attribution) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    for voice in attribution.voices:
        said = voice.said.evidence if voice.said else None
        words = (voice.evidence, voice.cue, voice.medium, said, *voice.support)
        yield "voice", wording.voice(voice), tuple(evidence for evidence in words if evidence)


def _by_offset(marks: Sequence[Mark], edge: str) -> dict[int, list[Mark]]:
    found = defaultdict(list)
    for mark in marks:
        found[getattr(mark.evidence, edge)].append(mark)
    return found


def _ordered(roles: Iterable[str]) -> tuple[str, ...]:
    present = set(roles)
    return tuple(role for role in ROLES if role in present)

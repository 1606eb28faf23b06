"""Evidence as marks in a report's text: overlapping spans are flattened into segments that follow one another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.errors import EvidenceError
from dateline.exploring import wording
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.model.event import Mention
    from dateline.model.ground import Attribution
    from dateline.model.text import Report

ROLES = ("trigger", "figure", "time", "place", "recipient", "actor", "voice")
"""What marked words can be to a mention; where marks overlap, the first of these gives the colour."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that a value of a mention rests on: the role they play, and what was made of them."""

    evidence: Evidence
    role: str
    mention: str
    value: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the same marks run.

    Attributes:
        marks: the marks that run over it; none for plain text.
        anchors: ids of the mentions whose trigger begins here.
        ends: roles of the marks that end here, in the order of `ROLES`.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    anchors: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

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


def marks_of(mention: Mention) -> Iterator[Mark]:
    """Yield a mark for every piece of evidence of a mention; words that only helped bear what they helped."""
    for role, value, words in _values(mention):
        yield from (Mark(evidence, role, mention.id, value) for evidence in words)


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
        found.append(Segment(text[here:there], tuple(running), anchors, ends))
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
    yield from _voices(mention.attribution)


def _voices(attribution: Attribution) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    for voice in attribution.voices:
        words = tuple(evidence for evidence in (voice.evidence, voice.cue) if evidence)
        yield "voice", wording.voice(voice), words


def _by_offset(marks: Sequence[Mark], edge: str) -> dict[int, list[Mark]]:
    found = defaultdict(list)
    for mark in marks:
        found[getattr(mark.evidence, edge)].append(mark)
    return found


def _ordered(roles: Iterable[str]) -> tuple[str, ...]:
    present = set(roles)
    return tuple(role for role in ROLES if role in present)

"""Reviewed mentions as annotated sentences, in the format of `training/GUIDELINES.md`: what a coder can learn from.

A sentence is given only where a person has come to an end with every mention that the machine told of it, and nobody
disagrees. Of events that the machine missed nothing is known: such sentences teach types, status and parties well, and
that a sentence tells of nothing else only as far as reviewers looked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model.event import Mention, Review
from dateline.model.ground import Role
from dateline.model.text import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.model.text import Report

DONE = (Review.ACCEPTED, Review.CORRECTED, Review.REJECTED)

MOST_EVENTS = 9
"""An event is named by one digit."""

_LETTERS = {Role.ACTOR: "a", Role.RECIPIENT: "r"}

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Marked:
    letter: str
    number: str
    start: int
    end: int


def lessons(
    report: Report, sentences: Sequence[Span], mentions: Iterable[Mention], reasons: Mapping[str, str]
) -> Iterator[str]:
    """Yield a record for each sentence of a report that was reviewed whole.

    Args:
        report: the report.
        sentences: of the report, in order.
        mentions: all that the machine told of the report, as people left them, rejected ones among them.
        reasons: by id, why a mention was rejected.
    """
    told = sorted(mentions, key=lambda it: (it.trigger.start, it.id))
    for number, sentence in enumerate(sentences):
        inside = [it for it in told if sentence.contains(it.trigger.span)]
        if inside and all(it.review in DONE for it in inside):
            before = sentences[number - 1] if number else None
            record = _record(report, sentence, before, inside, reasons)
            if record:
                yield record


def _record(
    report: Report, sentence: Span, before: Span | None, inside: Sequence[Mention], reasons: Mapping[str, str]
) -> str | None:
    """Return a record; None where the format cannot hold it: braces in the text, one trigger for two events."""
    events = [it for it in inside if it.review is not Review.REJECTED]
    if any(letter in report.text[sentence.start : sentence.end] for letter in "{}|"):
        return None
    marks = _apart(mark for number, it in enumerate(events, start=1) for mark in _marks(it, str(number)))
    if len(events) > MOST_EVENTS or sum(mark.letter == "t" for mark in marks) != len(events):
        return None
    lines = [f"@ other, | {_line(report.title or '').replace('|', '/')}"]
    lines += [f"< {_line(report.text[before.start : before.end])}"] if before else []
    lines.append(_marked(report.text, sentence, [it for it in marks if sentence.contains(Span(it.start, it.end))]))
    lines += [_label(number, it) for number, it in enumerate(events, start=1)]
    if not events:
        lines.append(f"0 {_line(' '.join(dict.fromkeys(reasons.get(it.id, '') for it in inside)))}".strip())
    return "\n".join(lines) + "\n"


def _label(number: int, mention: Mention) -> str:
    form = f".{mention.form}" if mention.form else ""
    return f"{number} {mention.type}{form} {mention.status.value}"


def _marks(mention: Mention, number: str) -> Iterator[_Marked]:
    yield _mark("t", number, mention.trigger)
    for actor in mention.actors:
        if actor.role in _LETTERS:
            yield _mark(_LETTERS[actor.role], number, actor.evidence)
    if mention.place:
        yield _mark("p", number, mention.place.evidence)
    if mention.when:
        yield _mark("w", number, mention.when.evidence)
    for figure in mention.figures:
        yield _mark("n", number, figure.evidence)


def _mark(letter: str, number: str, evidence: Evidence) -> _Marked:
    return _Marked(letter, number, evidence.start, evidence.end)


def _apart(marks: Iterable[_Marked]) -> list[_Marked]:
    """Return marks that do not overlap, triggers first, then the shorter; words of two events once for both."""
    together: dict[tuple[str, int, int], set[str]] = {}
    for mark in marks:
        together.setdefault((mark.letter, mark.start, mark.end), set()).add(mark.number)
    kept: list[_Marked] = []
    ordered = sorted(together, key=lambda it: (it[0] != "t", it[2] - it[1], it))
    for letter, start, end in ordered:
        if all(end <= other.start or other.end <= start for other in kept):
            kept.append(_Marked(letter, "".join(sorted(together[letter, start, end])), start, end))
    return sorted(kept, key=lambda it: it.start)


def _marked(text: str, sentence: Span, marks: Sequence[_Marked]) -> str:
    pieces, last = [], sentence.start
    for mark in marks:
        words = _line(text[mark.start : mark.end])
        pieces += [_SPACE.sub(" ", text[last : mark.start]), f"{{{mark.letter}{mark.number}|{words}}}"]
        last = mark.end
    return "".join([*pieces, _SPACE.sub(" ", text[last : sentence.end])]).strip()


def _line(text: str) -> str:
    return " ".join(text.split())

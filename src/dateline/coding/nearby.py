"""Who did it, to whom, and which words speak of which event, where there is no parse: by what stands near.

The network marks the words that may be parties; which event they belong to is told by their place. A parse tells more
(`parties`, `clauses`), and costs more than all the rest of the coder `swift`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.model.event import Argument
from dateline.model.ground import Role
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.text import Evidence, Report

Piece = tuple[str, int, int, float]
"""A role, half-open offsets in the report, and how sure the network is."""
PARTIES = {"actor": Role.ACTOR, "recipient": Role.RECIPIENT}
SIDES = {"source": Role.ACTOR, "reciprocal": Role.ACTOR, "target": Role.RECIPIENT}
_OPEN = "|".join(sorted(words("near", "openers")))
_CLOSE = "|".join(sorted(words("near", "closers")))
_LEADING = re.compile(rf"(?:(?:{_OPEN})\b\s*|[^\w\s$£€#@(]+\s*)+", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:\s+(?:{_CLOSE})|\s*[^\w\s%)]+)+$", re.IGNORECASE)
_ARTICLE = re.compile(rf"\b(?:{'|'.join(sorted(words('near', 'articles')))})\s+$", re.IGNORECASE)
_JOINT = re.compile(rf"[,;:–—]|\b(?:{'|'.join(sorted(words('near', 'joints')))})\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:am|is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_REACH = 40
"""Characters before a word in which an article, or the mark of a passive, is looked for."""


def phrase_at(report: Report, start: int, end: int, *, whole: bool = False) -> Evidence:
    """Return a stretch of a report without what neither begins nor ends a phrase; `whole`: with the article before it.

    >>> from dateline.model.text import make_report
    >>> phrase_at(make_report("Later the police of Kano fired."), 10, 19).quote
    'police'
    """
    text = report.text[start:end]
    lead = _LEADING.match(text)
    trail = _TRAILING.search(text)
    first = start + (lead.end() if lead else 0)
    last = start + (trail.start() if trail else len(text))
    if first >= last:
        return report.cite(start, end)
    article = _ARTICLE.search(report.text, max(0, first - _REACH), first) if whole else None
    first = article.start() if article else first
    if "(" in report.text[first:last] and report.text[last : last + 1] == ")":
        last += 1
    return report.cite(first, last)


def clauses_of(report: Report, sentence: Span, triggers: Sequence[Evidence]) -> list[Span]:
    """Return the stretch of a sentence that speaks of each event: cut at the last joint before the next trigger."""
    cuts = [sentence.start, *(_cut(report, *pair) for pair in pairwise(triggers)), sentence.end]
    return [
        Span(min(start, trigger.start), max(end, trigger.end))
        for (start, end), trigger in zip(pairwise(cuts), triggers, strict=True)
    ]


def _cut(report: Report, trigger: Evidence, following: Evidence) -> int:
    joints = [found.start() for found in _JOINT.finditer(report.text, trigger.end, following.start)]
    return joints[-1] if joints else max(trigger.end, following.start)


def parties_of(
    report: Report,
    triggers: Sequence[Evidence],
    clauses: Sequence[Span],
    roles: Iterable[Piece],
    sides: Iterable[Piece],
) -> list[tuple[Argument, ...]]:
    """Return the parties of each event of a sentence, actors first.

    Of each role, what is marked in the event's clause counts, else what is marked next to the trigger: actors before it
    (but of a passive), recipients behind it, up to the next trigger. Of an event that stands alone in its sentence,
    the sides that the network marks there count last.
    """
    marked = _arguments(report, PARTIES, roles)
    last = _arguments(report, SIDES, sides) if len(triggers) == 1 else []
    found = []
    for place, (trigger, clause) in enumerate(zip(triggers, clauses, strict=True)):
        until = triggers[place + 1].start if place + 1 < len(triggers) else report_end(report)
        actors, recipients = (
            _inside(role, marked, clause) or beside or _only(role, last)
            for role, beside in (
                (Role.ACTOR, _before(report, trigger, _only(Role.ACTOR, marked))),
                (Role.RECIPIENT, _behind(trigger, until, _only(Role.RECIPIENT, marked))),
            )
        )
        found.append(tuple(_apart([*actors, *recipients])))
    return found


def report_end(report: Report) -> int:
    """Return the place behind a report's last character."""
    return len(report.text)


def _before(report: Report, trigger: Evidence, actors: Sequence[Argument]) -> list[Argument]:
    """Return the last of the actors before a trigger; none of what is told in the passive."""
    if _PASSIVE.search(report.text, max(0, trigger.start - _REACH), trigger.start):
        return []
    return [it for it in actors if it.evidence.end <= trigger.start][-1:]


def _behind(trigger: Evidence, until: int, recipients: Sequence[Argument]) -> list[Argument]:
    """Return the first of the recipients behind a trigger and before the next one."""
    return [it for it in recipients if trigger.end <= it.evidence.start < until][:1]


def _inside(role: Role, marked: Iterable[Argument], clause: Span) -> list[Argument]:
    return [it for it in marked if it.role is role and clause.overlaps(it.evidence.span)]


def _only(role: Role, marked: Iterable[Argument]) -> list[Argument]:
    return [it for it in marked if it.role is role]


def _arguments(report: Report, roles: dict[str, Role], pieces: Iterable[Piece]) -> list[Argument]:
    """Return marks as arguments; a mark without a letter or a digit is nobody."""
    found = [Argument(roles[role], phrase_at(report, start, end)) for role, start, end, _ in pieces if role in roles]
    return [it for it in found if any(char.isalnum() for char in it.evidence.quote)]


def _apart(arguments: Iterable[Argument]) -> list[Argument]:
    """Return the arguments, in order, without those that overlap an earlier one."""
    kept: list[Argument] = []
    for it in arguments:
        if not any(it.evidence.span.overlaps(other.evidence.span) for other in kept):
            kept.append(it)
    return kept

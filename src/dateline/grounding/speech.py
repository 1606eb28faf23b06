"""Give every quotation to the cue that introduces it: before, inside or after it, in its sentence or beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.grounding.frames import FIXED, Saying
from dateline.grounding.quotations import is_speech
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.grounding.quotations import Quotation

_SENTENCE = re.compile(r"[.!?…,][”\"»'’“]{1,3}$|[.!?…]$")
_SIGNED = re.compile(r"\s{0,3}(?P<dash>[―—–-]{1,2})\s{0,2}(?P<name>[A-ZÀ-Þ][^\n“”\".!?]{1,60}[\w)])[ .]{0,2}(?=\n|$)")
_HEADED = re.compile(r"(?:^|[\n.!?]|[–—-] )[ \t]{0,4}(?P<name>[A-ZÀ-Þ][^\n:“”\".!?–—]{1,60})(?P<colon>:)\s{0,3}$")
_TITLE = re.compile(
    r"\b(?:Capt|Cmdr|Col|Const|Cpl|Det|Dr|Fr|Gen|Gov|Hon|Insp|Lt|Maj|Mr|Mrs|Ms|Prof|Rep|Rev|Sen|Sgt|St|Supt)\."
)
"""A title whose full stop ends no sentence: "police spokesman Capt. Lang said"."""
_LEAST_WORDS = 5
REACH = 200
"""How many characters may lie between a quotation and its cue."""


@dataclass(slots=True)
class _Desk:
    """What is needed to place quotations: the text, and sayings by where their cue stands."""

    text: str
    sayings: list[Saying]
    starts: list[int]


def attach(text: str, quotations: Sequence[Quotation], sayings: Sequence[Saying]) -> list[Saying]:
    """Return the sayings with quotations in their contents.

    A quotation goes to the saying whose content it overlaps, else to the nearest cue within reach in its paragraph,
    else on to the speaker of the quotation before it. Sayings that then have no content are dropped.
    """
    ordered = sorted(sayings, key=lambda saying: (saying.cue, saying.frame))
    inside = _Inside(quotations)
    desk = _Desk(text, ordered, [saying.cue.start for saying in ordered])
    last: int | None = None
    orphans: list[Saying] = []
    for number, quotation in enumerate(quotations):
        overlapping = [
            i for i in _near(desk, quotation) if _overlaps(ordered[i], quotation) and not inside.of(ordered[i].cue)
        ]
        for i in overlapping:
            ordered[i] = _with_quotation(ordered[i], quotation)
        if not is_speech(text, quotation):
            continue
        if overlapping:
            last = _main(overlapping, ordered)
            continue
        chosen = _nearest(desk, quotations, number, inside)
        if chosen is None and not _SIGNED.match(text, quotation.end):
            chosen = _running_on(text, quotations, number, last)
        if chosen is None:
            orphans.extend(_orphan(text, quotation))
            last = None
        else:
            ordered[chosen] = _with_quotation(ordered[chosen], quotation)
            last = chosen
    return sorted([*(saying for saying in ordered if saying.contents), *orphans], key=lambda one: (one.cue, one.frame))


def _orphan(text: str, quotation: Quotation) -> list[Saying]:
    """Return a whole quoted sentence as somebody's word all the same.

    Of the name set before it with a colon, or behind it with a dash; else of nobody's.
    """
    headed = _HEADED.search(text, max(0, quotation.start - 2 * REACH // 3), quotation.start)
    if headed:
        cue, source = Span(*headed.span("colon")), Span(*headed.span("name"))
        return [Saying("headed", "", "PUNCT", cue, source, quotation.parts, (FIXED,))]
    words = text[quotation.start : quotation.end]
    if not _SENTENCE.search(words) or len(words.split()) < _LEAST_WORDS:
        return []
    mark = Span(quotation.start, quotation.start + (2 if words[:2] in {"''", "``"} else 1))
    signed = _SIGNED.match(text, quotation.end)
    if signed:
        cue, source = Span(*signed.span("dash")), Span(*signed.span("name"))
        return [Saying("signed", "", "PUNCT", cue, source, quotation.parts, (FIXED,))]
    return [Saying("orphan", "", "PUNCT", mark, None, quotation.parts, (FIXED,))]


@dataclass(frozen=True, slots=True)
class _Inside:
    """Tells which quotation, if any, holds a span."""

    quotations: Sequence[Quotation]

    def of(self, span: Span) -> bool:
        """Say whether the span lies in a quotation."""
        at = bisect_right(self.quotations, span.start, key=lambda quotation: quotation.start) - 1
        return at >= 0 and any(part.contains(span) for part in self.quotations[at].parts)


def _near(desk: _Desk, quotation: Quotation) -> range:
    """Return the sayings whose cue stands within reach of the quotation."""
    first = bisect_left(desk.starts, quotation.start - 3 * REACH)
    return range(first, bisect_right(desk.starts, quotation.end + 3 * REACH))


def _overlaps(saying: Saying, quotation: Quotation) -> bool:
    """Say whether some content overlaps the quotation while source and cue stand outside it."""
    if any(part.overlaps(saying.cue) for part in quotation.parts):
        return False
    return any(part.overlaps(content) for part in quotation.parts for content in saying.contents)


def _main(overlapping: Sequence[int], sayings: Sequence[Saying]) -> int:
    """Return the saying whose cue a reader takes for the speaker's: the one with the smallest content."""
    return min(
        overlapping, key=lambda i: (sayings[i].source is None, sum(c.end - c.start for c in sayings[i].contents), i)
    )


def _with_quotation(saying: Saying, quotation: Quotation) -> Saying:
    return replace(saying, contents=merge([*saying.contents, *quotation.parts]))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the union of spans as spans that do not overlap or touch, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _nearest(desk: _Desk, quotations: Sequence[Quotation], number: int, inside: _Inside) -> int | None:
    """Return the cue nearest to a quotation, with no line break and no other quotation between them."""
    quotation = quotations[number]
    floor = quotations[number - 1].end if number else 0
    ceiling = quotations[number + 1].start if number + 1 < len(quotations) else len(desk.text)
    scored = []
    for i in _near(desk, quotation):
        distance = _distance(desk.text, desk.sayings[i], quotation, floor, ceiling)
        if distance is not None and not inside.of(desk.sayings[i].cue):
            scored.append((distance, i))
    return min(scored)[1] if scored else None


def _distance(text: str, saying: Saying, quotation: Quotation, floor: int, ceiling: int) -> int | None:
    """Return how far a cue is from a quotation, in characters and penalties; None if it cannot introduce it."""
    if saying.pos != "VERB" or saying.frame not in {"bare", "obj", "to", "light", "on", "at", "as", "about"}:
        return None
    cue = saying.cue
    if quotation.end <= cue.start < ceiling:
        between, away = text[quotation.end : cue.start], 0 if text[quotation.end - 2] in ",?!—" else 40
        broken = "." in _TITLE.sub("", between) or "\n" in between
    elif floor <= cue.start < quotation.start:
        between = text[cue.end : quotation.start]
        away = 0 if between.rstrip()[-1:] in {":", ","} or not between.strip() else 60
        broken = "\n" in between.rstrip() or (". " in between) or ("\n" in between and ":" not in between)
    else:
        return None
    distance = len(between) + away + (0 if saying.source else 50)
    return None if broken or distance > REACH else distance


def _running_on(text: str, quotations: Sequence[Quotation], number: int, last: int | None) -> int | None:
    """Return the last speaker where a quotation goes on: in the same paragraph, or right at the head of the next."""
    if last is None or number == 0:
        return None
    between = text[quotations[number - 1].end : quotations[number].start]
    breaks = len([line for line in between.split("\n") if line.strip()]) - 1 if "\n" in between else 0
    opens_paragraph = not between.rpartition("\n")[2].strip()
    if "\n" not in between:
        return last if len(between) < 3 * REACH else None
    return last if opens_paragraph and breaks <= 0 else None

"""Headings: what one line of a bulletin says of place or day holds for all that stands below it.

Chronologies, daily reports and forms of documenters name a town or a day once, in a line of its own ("HALLE",
"12 May 2023:", "Period: 1 to 7 March 2021"). What is told below a heading without a place or day of its own is inferred
to be there or then, up to the next heading. Items that a place opens ("Mashhad: ...") are of `scenes`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dateline.grounding import focus, times_tale
from dateline.model.event import Status
from dateline.model.ground import Basis, Granularity, Place, When
from dateline.model.parse import sentence_at
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dateline.model.event import Coding, Event

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_MARK = re.compile(r"\s*(?:(?:[•*·▪◦>#—–-]+|\(?\d{1,2}[.)])\s+)?")
_LABEL = re.compile(
    r"(?:(?:(?:reporting|covered|covering)\s+)?(?:the\s+)?period(?:\s+(?:covered|under\s+report|of\s+report))?|"
    r"(?:week|month|situation)\s+(?:of|on)|(?:date|day|place|location|city|town|province|region)(?:\s+of\s+\w+)?)"
    r"\b\s*:?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:[\s,;:.()/–—-]|\b(?:to|until|and|from|the|\d{1,2}[:.]\d{2}|hours?|hrs)\b)*", re.IGNORECASE)
_TITLE = re.compile(r"[^\n.!?\d]{1,60}")
_CLOSED = re.compile(r"[.!?:;][\"'”’)\]]*\s*\Z")
_TOLD = (Status.ASSERTED, Status.DENIED)

Named = TypeVar("Named", Place, When)


@dataclass(frozen=True, slots=True)
class _Heading(Generic[Named]):
    """A line that heads what stands below it, and the places or times that it names; none in one of another kind."""

    start: int
    end: int
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class _Section(Generic[Named]):
    """What stands below a heading, and the one place or time that the heading names."""

    start: int
    end: int
    named: Named


def places_below(
    coding: Coding, places: Sequence[Place], found: Sequence[Place | None], text: str
) -> list[Place | None]:
    """Return the places of events, those of headings where the report does not tell them nearer by.

    Args:
        coding: the events and sentences of one report.
        places: all places that it names.
        found: the place of each event, by its own words and by the report as a whole.
        text: the report's.
    """
    headings = list(_headings(text, [place for place in places if place.name]))
    sections = _sections(headings, len(text), _one_place)
    return [_placed(place, _section_of(event, sections)) for event, place in zip(coding.events, found, strict=True)]


def times_below(coding: Coding, times: Sequence[When], found: Sequence[When | None], text: str) -> list[When | None]:
    """Return the times of events that happened or did not, those of headings where nothing nearer by tells them."""
    headings = [it for it in _headings(text, [when for when in times if when.edtf]) if it.named]
    sections = _sections(headings, len(text), partial(_one_time, text=text))
    return [
        when if _is_apart(event, coding) else _timed(when, _section_of(event, sections))
        for event, when in zip(coding.events, found, strict=True)
    ]


def _section_of(event: Event, sections: Sequence[_Section[Named]]) -> _Section[Named] | None:
    return next((it for it in reversed(sections) if it.start <= event.trigger.start < it.end), None)


def _placed(place: Place | None, section: _Section[Place] | None) -> Place | None:
    if section is None:
        return place
    is_coarse = place is not None and place.basis is Basis.INFERRED and focus.holds(place, section.named)
    return place if _is_nearer(place, section) and not is_coarse else focus.inferred(section.named, section.named)


def _timed(when: When | None, section: _Section[When] | None) -> When | None:
    return when if section is None or _is_nearer(when, section) else times_tale.inferred(section.named)


def _is_nearer(value: Place | When | None, section: _Section[Any]) -> bool:
    """Say whether a place or time is told by an event's own words, or inferred from words of its section alone."""
    if value is None:
        return False
    words = (value.evidence, *value.support)
    return value.basis is not Basis.INFERRED or all(section.start <= it.start < section.end for it in words)


def _is_apart(event: Event, coding: Coding) -> bool:
    """Say whether an event need not be of the time of its section: what is to come, is recalled, or had been before."""
    sentence = sentence_at(coding.sentences, event.trigger.start)
    return event.status not in _TOLD or (sentence is not None and times_tale.is_ahead(event, sentence))


# --- which lines are headings ----------------------------------------------------------------------------------------


def _sections(
    headings: Sequence[_Heading[Named]], stop: int, one: Callable[[Sequence[Named]], Named | None]
) -> list[_Section[Named]]:
    """Return what stands below the headings of a text that name one place or time, in the order of the text."""
    ends = [*(heading.start for heading in headings[1:]), stop]
    known = [(heading, end, one(heading.named)) for heading, end in zip(headings, ends, strict=False) if heading.named]
    return [_Section(heading.end, end, named) for heading, end, named in known if named is not None]


def _headings(text: str, named: Sequence[Named]) -> Iterator[_Heading[Named]]:
    before = ""
    for line in _LINE.finditer(text):
        start, end = _MARK.match(text, line.start(), line.end()).end(), line.end()  # type: ignore[union-attr]
        inside = tuple(it for it in named if start <= it.evidence.start < end)
        if _is_bare(text, start, end, inside) and (not before or _CLOSED.search(before) or _is_title(before)):
            yield _Heading(line.start(), end, inside)
        elif _is_title(line[0]) and text[max(0, line.start() - 2) : line.start()] in ("", "\n\n"):
            yield _Heading(line.start(), end, ())
        before = line[0]


def _is_bare(text: str, start: int, end: int, inside: Sequence[Named]) -> bool:
    """Say whether a line holds nothing but places or times, behind a label perhaps, and more stands below it."""
    label = _LABEL.match(text, start, end)
    at = label.end() if label else start
    for it in inside:
        if not _BETWEEN.fullmatch(text, at, it.evidence.start):
            return False
        at = it.evidence.end
    return bool(inside and text[end:].strip() and _BETWEEN.fullmatch(text, at, end)) and text[end - 1] != "."


def _is_title(line: str) -> bool:
    return _TITLE.fullmatch(line.strip()) is not None


def _one_place(places: Sequence[Place]) -> Place | None:
    """Return the place that a heading names: the finest, if all others hold it."""
    best = focus.finest(places)
    return best if best and all(focus.holds(it, best) for it in places) else None


def _one_time(times: Sequence[When], text: str) -> When | None:
    """Return the time that a heading names: one, or all from the first to the last of two."""
    first, last = times[0], times[-1]
    if len(times) == 1:
        return first
    if len(times) > 2 or not (first.earliest and last.latest and first.earliest <= last.latest):
        return None
    start, end = first.evidence.start, last.evidence.end
    whole = replace(first, latest=last.latest, granularity=Granularity.INTERVAL, edtf=f"{first.edtf}/{last.edtf}")
    return replace(whole, evidence=Evidence(start, end, text[start:end]))

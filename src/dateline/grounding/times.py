"""When: the times that a text names, as intervals that are never narrower than its words.

`find_times` reads a text; `time_of` says which of its times belongs to an event. What counts as what:

- A date without a year takes it from the nearest earlier date of the text, else from the publication date; without
  either its year stays open (`XXXX-11-17`). A month alone takes a year from its own sentence only, as an inference.
- `today`, `last week`, `two days ago` need the publication date, `two days later`, `that day` an earlier day in the
  text. Without it they are found but unknown.
- A part of a day counts as its day; a night is the day on which it begins.
- `until`, `by`, `before`, `since`, `after` are part of the words, and open one end. The named day itself is kept.
- Clock times, durations and feasts are no dates. Habits (`every Monday`) are found and unknown.
- A line at the head of a text that holds a date and nothing else is the page's furniture (its masthead, or the day
  it was printed): it dates nothing and lends no year. With an hour it is so after a first line of prose, too, and
  stands, as the day in a dateline does, for a publication date that is not given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.grounding.times_calendar import approximate, day_of, opened, unite
from dateline.grounding.times_context import Context, Known, is_dated, unknown
from dateline.grounding.times_dates import (
    date_known,
    decade_known,
    list_known,
    nth_part_known,
    period_known,
    range_known,
    week_of_known,
    year_known,
    years_known,
)
from dateline.grounding.times_events import time_of, times_of
from dateline.grounding.times_grammar import LENGTHS, all_phrases_of
from dateline.grounding.times_lexer import Phrase
from dateline.grounding.times_named import anniversary_known, era_known, feast_known, fiscal_known, lunar_known
from dateline.grounding.times_relative import (
    deictic_known,
    make_when,
    nth_known,
    offset_known,
    part_of_known,
    spell_known,
    today_known,
    vague_known,
    year_end_known,
)
from dateline.grounding.times_weekdays import weekday_known, weekdays_known, weekend_known
from dateline.model.ground import Basis, Granularity, When

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

__all__ = ["find_times", "time_of", "times_of"]

_RESOLVERS: dict[str, Callable[[Phrase, Context], Known]] = {
    "date": date_known,
    "month": date_known,
    "range": range_known,
    "list": list_known,
    "years": years_known,
    "year": year_known,
    "decade": decade_known,
    "period": period_known,
    "offset": offset_known,
    "spell": spell_known,
    "deictic": deictic_known,
    "nth": nth_known,
    "weekday": weekday_known,
    "weekend": weekend_known,
    "today": today_known,
    "habit": vague_known,
    "vague": vague_known,
    "lunar": lunar_known,
    "feast": feast_known,
    "era": era_known,
    "anniversary": anniversary_known,
    "fiscal": fiscal_known,
    "weekof": week_of_known,
    "nthpart": nth_part_known,
    "partof": part_of_known,
    "weekdays": weekdays_known,
    "yearend": year_end_known,
}
_HEAD_LINES = 12
_LONG_LINE = 200
_PROSE = re.compile(r"[.!?][\"'”’)\]]*\s*\Z")
_FURNITURE = re.compile(
    r"(?:(?:(?:published|posted|updated|last\s+updated|date|on|at|by|[ap]\.?m\.?|[a-z]{2,4}t|gmt|utc)\b|\d{1,2}[:.]\d{2}|[\W_])\s*)*\Z",
    re.IGNORECASE,
)
_CITY = re.compile(r"\s*[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][\w.'’-]*){0,5}(?:\s+\([A-Z][\w .]*\))?,?\s+")
_RUN_IN = re.compile(r"\s[A-Z][A-Z.'’-]{2,}(?:[ ,]+[A-Z][\w.'’-]*){0,3},?\s+\Z")
_DASHED = re.compile(r"(?:,?\s+(?:'?\d\d|\d{4}))?\s*(?:\([^()\n]{1,60}\)\s*)?(?:--|[-–—_:])")
_HEAD = 600
"""Characters at the head of a text in which a dateline may run on from the headline."""
_GOVERNED = re.compile(r"['’]s\b")
_MODIFIES = re.compile(
    r"['’]s\b|\s+(?!(?:in|at|on|when|and|but|or|as|for|with|the|a|an|to|he|she|they|it|we|his|her|their|that|which|who|"
    r"were|was|is|are|has|had|have|because|after|before|until|by|from|of|while|where|if|about|near|outside|police|"
    r"people)\b)[a-z]{3,}"
)


def find_times(text: str, *, published: date | None = None) -> list[When]:
    """Return the times that a text names, in order, none overlapping.

    Args:
        text: any text; offsets of the evidence are code points of it.
        published: the day the text was published, if known; what is relative to it stays unknown otherwise.

    >>> [when.edtf for when in find_times("On May 20, 2019, they marched. On November 17, shops closed.")]
    ['2019-05-20', '2019-11-17']
    >>> find_times("Two died on July 30 and 31.")[0].edtf
    'XXXX-07-30/XXXX-07-31'
    """
    return [reading.when for reading in read_times(text, published) if reading.when is not None]


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase and what became of it: `named` is what its words name, before `since` or `until` opens it.

    Both are None for a phrase that names no time by itself, as a length of time does.
    """

    phrase: Phrase
    named: Known | None = None
    when: When | None = None


def read_times(text: str, published: date | None = None) -> list[Reading]:
    """Return every phrase of the grammar in a text, with what it names."""
    found: list[When] = []
    readings: list[Reading] = []
    context = Context(text, published, found)
    phrases = list(all_phrases_of(text))
    body, head = _body_start(text), _head_end(text)
    if any(phrase.start >= body and _is_bare(text, phrase) for phrase in phrases):
        body = 0  # a chronicle, whose first day may open it
    for phrase in phrases:
        if phrase.kind in LENGTHS:
            readings.append(Reading(phrase))
        elif phrase.start < (head if phrase.first("H") else body) and _is_furniture(text, phrase):
            context = _stamped(context, phrase)
        else:
            reading = _read(phrase, context)
            readings.append(reading)
            if reading.when is not None:
                found.append(reading.when)
                context = _moved(context, reading.when)
    return readings


def _stamped(context: Context, phrase: Phrase) -> Context:
    """Return the context after a line of the page's furniture: a day with an hour is when the text was published.

    It stands for a publication date that is not given. A day alone may as well be that of the printing or the crawl.
    """
    when = _read(phrase, context).when
    if when is None or context.published or phrase.first("H") is None or when.earliest != when.latest:
        return context
    return replace(context, published=when.earliest, dateline=when)


def _moved(context: Context, when: When) -> Context:
    """Return the context after a time: the day in a dateline stands for a publication date that is not given."""
    if context.published is None and len(context.earlier) == 1 and _is_dateline(context.text, when):
        context = replace(context, published=when.earliest, dateline=when)
    return replace(context, dated=when) if is_dated(when) else context


def _is_dateline(text: str, when: When) -> bool:
    """Say whether a time is a known day in the dateline of a text."""
    return when.earliest is not None and when.earliest == when.latest and is_dateline(text, when)


def is_dateline(text: str, when: When) -> bool:
    """Say whether a day stands in a dateline of a text, which dates no event: `LEIPZIG, Oct. 9, 1989 (Wire) --`.

    A dateline opens its line, or runs on from the headline at the head of the text.
    """
    at = when.evidence.start
    if when.granularity is not Granularity.DAY or not _DASHED.match(text, when.evidence.end):
        return False
    start = text.rfind("\n", 0, at) + 1
    return bool(_CITY.fullmatch(text, start, at)) or (at < _HEAD and bool(_RUN_IN.search(text[max(0, at - 60) : at])))


def _read(phrase: Phrase, context: Context) -> Reading:
    opening = phrase.words[0].kind
    if opening in "xpq" and len(phrase.words) > 1:
        return _read_roughly(phrase, context)
    if opening not in "siub" or len(phrase.words) == 1:
        known = _RESOLVERS[phrase.kind](phrase, context)
        return Reading(phrase, known, make_when(phrase, known, context))
    inner = Phrase(phrase.kind, phrase.words[1:])
    known = _RESOLVERS[phrase.kind](inner, context)
    modifies = (_MODIFIES if opening == "b" else _GOVERNED).match(context.text, phrase.end)
    if modifies:
        article = inner.words[0].kind == "t" and inner.words[1].kind in "MJYI"
        cut = Phrase(inner.kind, inner.words[article:])
        return Reading(cut, known, make_when(cut, known, context))
    since = opening == "s" or phrase.words[0].lower == "after"
    whole = _open(known, context, since=since, to_now=opening == "s")
    return Reading(phrase, known, make_when(phrase, whole, context))


def _read_roughly(phrase: Phrase, context: Context) -> Reading:
    """Read `around 5 May` and `circa 1980`, wider than what they name, and `possibly in June`, in doubt."""
    inner = Phrase(phrase.kind, phrase.words[2 if phrase.words[1].kind == "n" else 1 :])
    known = _RESOLVERS[phrase.kind](inner, context)
    if phrase.words[0].kind == "q":
        doubt = replace(known.interval, edtf=f"{known.interval.edtf}?") if known.interval.is_unit else known.interval
        return Reading(phrase, known, make_when(phrase, replace(known, interval=doubt), context))
    hourly = inner.words[0].kind == "H"  # around 5 p.m. on Friday is on Friday
    rough = known if hourly else replace(known, interval=approximate(known.interval))
    return Reading(phrase, known, make_when(phrase, rough, context))


def _open(known: Known, context: Context, *, since: bool, to_now: bool) -> Known:
    """Open one end of an interval; what has lasted `since` then lasts until publication, if that is known."""
    if known.interval.earliest is None or known.interval.latest is None:
        return unknown(Granularity.INTERVAL)
    published = context.published
    if to_now and published is not None and known.interval.earliest <= published:
        whole = unite(known.interval, day_of(published))
        return replace(known, interval=whole, basis=Basis.RESOLVED, anchor=published)
    return replace(known, interval=opened(known.interval, since=since))


def _body_start(text: str) -> int:
    """Return where the prose begins: the first line, of the first few, that ends a sentence or is long."""
    offset = 0
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        if len(line) > _LONG_LINE or _PROSE.search(line):
            return offset
        offset += len(line) + 1
    return min(offset, len(text))


def _head_end(text: str) -> int:
    """Return where the head of a text ends at the latest: below it, no line with a day and an hour is a stamp."""
    lines = text.split("\n", _HEAD_LINES)
    return len(text) - (len(lines[-1]) if len(lines) > _HEAD_LINES else 0)


def _is_furniture(text: str, phrase: Phrase) -> bool:
    """Say whether a date stands alone on its line, and more text follows."""
    line = _around(text, phrase)
    return line is not None and all(_FURNITURE.match(part) for part in line)


def _is_bare(text: str, phrase: Phrase) -> bool:
    """Say whether nothing but a date stands on its line, and more text follows: the day of what stands below."""
    line = _around(text, phrase)
    return line is not None and not any(sign.isalnum() for part in line for sign in part)


def _around(text: str, phrase: Phrase) -> tuple[str, str] | None:
    """Return what stands before and behind a date on its line; None if it is no date or no text follows."""
    start = text.rfind("\n", 0, phrase.start) + 1
    stop = text.find("\n", phrase.end)
    if phrase.kind not in {"date", "weekday", "month"} or stop < 0 or not text[stop:].strip():
        return None
    return text[start : phrase.start], text[phrase.end : stop]

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
  it was printed): it dates nothing and lends no year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.grounding.times_calendar import day_of, opened, unite
from dateline.grounding.times_context import Context, Known, is_dated
from dateline.grounding.times_dates import (
    date_known,
    decade_known,
    list_known,
    period_known,
    range_known,
    year_known,
    years_known,
)
from dateline.grounding.times_events import time_of
from dateline.grounding.times_grammar import Phrase, phrases_of
from dateline.grounding.times_relative import (
    deictic_known,
    make_when,
    nth_known,
    offset_known,
    spell_known,
    today_known,
    unknown,
    vague_known,
    weekday_known,
    weekend_known,
)
from dateline.model.ground import Basis, Granularity, When

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

__all__ = ["find_times", "time_of"]

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
}
_HEAD_LINES = 12
_LONG_LINE = 200
_PROSE = re.compile(r"[.!?][\"'”’)\]]*\s*\Z")
_FURNITURE = re.compile(
    r"(?:(?:(?:published|posted|updated|last\s+updated|date|on|at|by|[ap]\.?m\.?|[a-z]{2,4}t|gmt|utc)\b|\d{1,2}[:.]\d{2}|[\W_])\s*)*\Z",
    re.IGNORECASE,
)
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
    found: list[When] = []
    context = Context(text, published, found)
    body = _body_start(text)
    for phrase in phrases_of(text):
        if phrase.start < body and _is_furniture(text, phrase):
            continue
        when = _resolve(phrase, context)
        found.append(when)
        if is_dated(when):
            context = replace(context, dated=when)
    return found


def _resolve(phrase: Phrase, context: Context) -> When:
    opening = phrase.words[0].kind
    if opening not in "siub" or len(phrase.words) == 1:
        return make_when(phrase, _RESOLVERS[phrase.kind](phrase, context), context)
    inner = Phrase(phrase.kind, phrase.words[1:])
    known = _RESOLVERS[phrase.kind](inner, context)
    modifies = (_MODIFIES if opening == "b" else _GOVERNED).match(context.text, phrase.end)
    if modifies:
        article = inner.words[0].kind == "t" and inner.words[1].kind in "MJYI"
        return make_when(Phrase(inner.kind, inner.words[article:]), known, context)
    since = opening == "s" or phrase.words[0].lower == "after"
    return make_when(phrase, _open(known, context, since=since, to_now=opening == "s"), context)


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


def _is_furniture(text: str, phrase: Phrase) -> bool:
    """Say whether a date stands alone on its line, and more text follows."""
    if phrase.kind not in {"date", "weekday", "month"}:
        return False
    start = text.rfind("\n", 0, phrase.start) + 1
    stop = text.find("\n", phrase.end)
    if stop < 0 or not text[stop:].strip():
        return False
    return bool(_FURNITURE.match(text[start : phrase.start]) and _FURNITURE.match(text[phrase.end : stop]))

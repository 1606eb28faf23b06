"""A time in the notation of TIMEX3 (TimeML 1.2.1), by which times are scored against annotated news."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.model.ground import Granularity

if TYPE_CHECKING:
    from dateline.model.ground import When

_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI", "40": "H1", "41": "H2"} | {
    str(33 + quarter): f"Q{quarter + 1}" for quarter in range(4)
}
_CODED = re.compile(r"(\d{4})-(2[1-4]|3[3-6]|4[01])\Z")
_OPENING = re.compile(r"(?:since|after)\b", re.IGNORECASE)
_VAGUE = (
    (re.compile(r"now|current|present|nowadays|today|tonight", re.IGNORECASE), "PRESENT_REF"),
    (re.compile(r"future|soon|coming|next|tomorrow", re.IGNORECASE), "FUTURE_REF"),
)


def timex_value(when: When) -> str:
    """Return the TIMEX3 value of a time: its calendar unit, or a vague reference where it has no interval.

    >>> from dateline.grounding.times import find_times
    >>> [timex_value(when) for when in find_times("In May 2019, and in the summer of 1989.")]
    ['2019-05', '1989-SU']
    """
    edge = _edge(when)
    if edge is None:
        return _without_interval(when)
    coded = _CODED.match(when.edtf or "")
    if coded:
        return f"{coded[1]}-{_SEASONS[coded[2]]}"
    return _unit_value(when, edge)


def _edge(when: When) -> date | None:
    """Return the day that names the unit: the start, or the end of what runs until then."""
    if when.granularity is Granularity.INTERVAL and when.earliest is None:
        return when.latest
    return when.earliest


def _without_interval(when: When) -> str:
    if when.edtf:
        return when.edtf.split("/")[0]
    return next((value for words, value in _VAGUE if words.search(when.evidence.quote)), "PAST_REF")


def _unit_value(when: When, edge: date) -> str:
    if when.granularity is Granularity.WEEK:
        middle = (
            when.earliest
            if when.latest is None or when.earliest is None
            else when.earliest + (when.latest - when.earliest) / 2
        )
        year, week, _ = (middle or edge).isocalendar()
        return f"{year}-W{week:02}"
    if when.granularity is Granularity.DECADE:
        return f"{edge.year // 10}"
    if (
        when.earliest
        and when.latest
        and when.earliest.weekday() == 5
        and when.latest - when.earliest == timedelta(days=1)
    ):
        year, week, _ = edge.isocalendar()
        return f"{year}-W{week:02}-WE"
    lengths = {Granularity.DAY: 10, Granularity.MONTH: 7, Granularity.YEAR: 4}
    if when.granularity in lengths:
        return edge.isoformat()[: lengths[when.granularity]]
    sides = (when.edtf or "").split("/")
    side = sides[0] if sides[0] != ".." else sides[-1]
    if _OPENING.match(when.evidence.quote) or side != sides[0] or len(sides) == 2:
        return side
    return edge.isoformat()

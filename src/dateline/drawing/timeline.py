"""A time line as geometry: how many incidents fall into each unit of the calendar, and single intervals as bars.

An incident whose interval lies in one unit is counted there. One that is known less exactly is spread evenly over all
units that it may lie in and counted as `vague`, so that it is never drawn more exactly than it is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 1000.0
"""Units of length of the whole drawing, from the first day to the last."""

_LONGEST = (("day", 92), ("month", 12 * 366), ("year", 200 * 366))
"""The longest period, in days, that is drawn in each unit; longer ones are drawn in decades."""

_MONTHS = {"month": 1, "year": 12, "decade": 120}

_TICKS = 10

_FEWEST = 9
"""Bins of the shortest axis: a single day is a bar among empty days, and no wall."""


@dataclass(slots=True)
class Bin:
    """One unit of the calendar: days `first` to `last`, and how many incidents fall into it.

    Attributes:
        exact: incidents that are known to lie in it.
        vague: the share of those that lie in it or in another.
        contested: of the exact ones, how many are contested.
    """

    first: date
    last: date
    exact: int = 0
    vague: float = 0.0
    contested: int = 0


@dataclass(frozen=True)
class Axis:
    """The period that is drawn, in units of the calendar."""

    unit: str
    bins: tuple[Bin, ...] = field(default=())

    @cached_property
    def most(self) -> float:
        """The height of the highest bin."""
        return max((each.exact + each.vague for each in self.bins), default=0.0)

    def place(self, day: date) -> float:
        """Return where a day begins, 0 to `WIDTH`, and the nearer end for a day outside."""
        first, last = self.bins[0].first, self.bins[-1].last
        share = (day - first).days / ((last - first).days + 1)
        return round(WIDTH * min(1.0, max(0.0, share)), 2)

    def extent(self, earliest: date | None, latest: date | None) -> tuple[float, float]:
        """Return where an interval begins and how wide it is; an open end runs to the end of the axis."""
        start = self.place(earliest) if earliest else 0.0
        end = self.place(latest + timedelta(1)) if latest else WIDTH
        return start, round(max(end - start, 3.0), 2)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Where years, months or days are written, and what is written; about ten of them."""
        starts = [each.first for each in self.bins]
        if self.unit == "month" and len(starts) > 24:
            starts = [day for day in starts if day.month == 1]
        step = -(-len(starts) // _TICKS)
        return [(self.place(day), _tick(day, self.unit, len(self.bins))) for day in starts[:: max(1, step)]]


def _tick(day: date, unit: str, count: int) -> str:
    if unit == "day":
        return f"{day.day} {day:%b}"
    return f"{day:%b} {day.year}" if unit == "month" and count <= 24 else str(day.year)


def unit_for(first: date, last: date) -> str:
    """Return the unit in which a period is drawn.

    >>> unit_for(date(1989, 1, 1), date(1989, 12, 31))
    'month'
    """
    return next((unit for unit, longest in _LONGEST if (last - first).days < longest), "decade")


def make_axis(first: date, last: date, spells: Iterable[tuple[date | None, date | None, int, int]]) -> Axis:
    """Return the axis from one day to another with all incidents in their bins.

    Args:
        first: the first day; where the period is short, bins before it are drawn too.
        last: the last day, not before the first.
        spells: first days of the units in which incidents begin and end, how many, and how many of them are contested;
            None for an open end.
    """
    unit = unit_for(first, last)
    bins = _bins(unit, *_widened(unit, first, last))
    for begin, end, count, contested in spells:
        _fill(bins, (begin or end, end or begin), count, contested, is_open=begin is None or end is None)
    return Axis(unit, tuple(bins))


def _widened(unit: str, first: date, last: date) -> tuple[date, date]:
    """Return a period as long as the shortest axis, with as much added before as after it, as far as calendars go."""
    days = {"day": 1, "month": 30.5, "year": 366, "decade": 3660}[unit]
    spare = max(0, _FEWEST - 1 - int((last - first).days / days)) // 2
    before = date.fromordinal(max(1, first.toordinal() - int(spare * days)))
    return before, date.fromordinal(min(date.max.toordinal(), last.toordinal() + int(spare * days)))


def _fill(
    bins: Sequence[Bin], ends: tuple[date | None, date | None], count: int, contested: int, *, is_open: bool
) -> None:
    touched = [each for each in bins if ends[0] and ends[1] and each.first <= ends[1] and each.last >= ends[0]]
    if ends[0] == ends[1] and not is_open:
        for each in touched:
            each.exact += count
            each.contested += contested
        return
    for each in touched:
        each.vague += count / len(touched)


def _bins(unit: str, first: date, last: date) -> list[Bin]:
    found = []
    start: date | None = _floor(unit, first)
    while start is not None and start <= last:
        following = _next(unit, start)
        found.append(Bin(start, following - timedelta(1) if following else date.max))
        start = following
    return found


def _floor(unit: str, day: date) -> date:
    if unit == "day":
        return day
    if unit == "month":
        return day.replace(day=1)
    return date(max(1, day.year - day.year % 10) if unit == "decade" else day.year, 1, 1)


def _next(unit: str, start: date) -> date | None:
    """Return the first day of the next unit; None past the end of the calendar."""
    if unit == "day":
        return start + timedelta(1) if start < date.max else None
    months = start.year * 12 + start.month - 1 + _MONTHS[unit]
    year, month = divmod(months, 12)
    if unit == "decade":
        year = year - year % 10
    return date(year, month + 1, 1) if year <= date.max.year else None

"""The Solar Hijri calendar of Iran and Afghanistan, as Gregorian days.

Leap years follow the 33-year cycle that the observed equinoxes keep from 1178 to 1633 (K. M. Borkowski, The Persian
calendar for 3000 years, 1996): a year is leap if its remainder by 33 is one of eight.
"""

from __future__ import annotations

from datetime import date, timedelta

_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_EPOCH_YEAR, _EPOCH = 1354, date(1975, 3, 21)
FIRST, LAST = 1304, 1500  # made law on 1 Farvardin 1304 (1925); months had other lengths before


def is_leap(year: int) -> bool:
    """Say whether a Solar Hijri year has 366 days."""
    return year % 33 in _LEAP


def month_length(year: int, month: int) -> int:
    """Return the number of days in a month: 31 six times, 30 five times, then 29 or 30."""
    return 31 if month <= 6 else 30 if month < 12 or is_leap(year) else 29


def gregorian_of(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Solar Hijri one, or None where that calendar has no such day.

    >>> gregorian_of(1357, 11, 22)
    datetime.date(1979, 2, 11)
    """
    if not (FIRST <= year <= LAST and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    low, high = sorted((year, _EPOCH_YEAR))
    leaps = sum(is_leap(between) for between in range(low, high))
    days = (high - low) * 365 + leaps
    first = _EPOCH + timedelta(days=days if year >= _EPOCH_YEAR else -days)
    return first + timedelta(days=sum(month_length(year, earlier) for earlier in range(1, month)) + day - 1)


def solar_year(year: int) -> tuple[date, date] | None:
    """Return the first and the last day of a Solar Hijri year, or None where it is out of range."""
    first, last = gregorian_of(year, 1, 1), gregorian_of(year, 12, month_length(year, 12))
    return (first, last) if first and last else None

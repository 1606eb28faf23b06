"""Named days of the year: feasts and commemorations whose date a calendar tells.

Fixed days, the movable ones of the Islamic and the Solar Hijri calendar, and Easter, which is the Western or the
Orthodox one where the words do not say. What no calendar tells (`Eid`, which may be either; `Independence Day`, which
every country has) stays unknown. Thanksgiving is that of the United States.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.grounding.times_calendar import UNKNOWN, Interval, any_year, day_of, either, spell
from dateline.grounding.times_calendars import lunar_interval
from dateline.grounding.times_hijri import gregorian_of
from dateline.model.ground import Granularity

_FIXED = {
    r"New Year['’]s Eve": (12, 31),
    r"New Year['’]s Day": (1, 1),
    r"Christmas Eve": (12, 24),
    r"Christmas Day": (12, 25),
    r"May Day|International Workers['’] Day": (5, 1),
    r"(?:International )?Women['’]s Day": (3, 8),
    r"Human Rights Day": (12, 10),
    r"(?:World )?Press Freedom Day": (5, 3),
    r"Bastille Day": (7, 14),
    r"Valentine['’]s Day": (2, 14),
    r"Halloween": (10, 31),
}
_ISLAMIC = {
    r"Eid[\s-](?:al|ul|el)[\s-]?[Ff]itr": (10, 1),
    r"Eid[\s-](?:al|ul|el)[\s-]?[Aa]dha": (12, 10),
    r"Ashoura|Ashura": (1, 10),
    r"Arba['’]?een": (2, 20),
}
_OTHER = (r"Nowruz|Norooz|Newroz", r"Orthodox Easter(?: Sunday)?", r"Easter(?: Sunday)?", r"Thanksgiving(?: Day)?")
_UNTOLD = r"Eid|Independence Day|Martyrs['’] Day|National Day|Armed Forces Day|Labou?r Day"
FEASTS = rf"(?:{'|'.join((*_FIXED, *_ISLAMIC, *_OTHER, _UNTOLD))})(?![\w-])"
"""Names of feasts, as a pattern."""
FEAST_STARTS = (
    "New Christmas May International Women World Press Human Bastille Valentine Halloween Eid Ashoura Ashura Arba "
    "Arbaeen Nowruz Norooz Newroz Orthodox Easter Thanksgiving Independence Martyrs National Armed Labour Labor"
).split()
YEARS = range(1583, 2150)


def feast_in(name: str, year: int) -> Interval:
    """Return a feast of a year; unknown where the name does not tell which day it is.

    >>> feast_in("May Day", 2016).edtf
    '2016-05-01'
    """
    name = " ".join(name.split())
    if year not in YEARS:
        return UNKNOWN
    fixed = _named(name, _FIXED)
    if fixed:
        return day_of(date(year, *fixed))
    islamic = _named(name, _ISLAMIC)
    if islamic:
        return lunar_interval(True, year, *islamic)
    return _movable(name, year)


def feast_any_year(name: str) -> Interval:
    """Return a feast of an unstated year."""
    fixed = _named(" ".join(name.split()), _FIXED)
    return any_year(*fixed) if fixed else Interval(None, None, Granularity.DAY, None)


def _named(name: str, feasts: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
    return next((day for form, day in feasts.items() if re.fullmatch(form, name)), None)


def _movable(name: str, year: int) -> Interval:
    if re.fullmatch(_OTHER[0], name):
        first = gregorian_of(year - 621, 1, 1)
        return spell(first - timedelta(days=1), first + timedelta(days=12), Granularity.DAY) if first else UNKNOWN
    if name.startswith("Orthodox"):
        return day_of(orthodox_easter(year))
    if name.startswith("Easter"):
        return either(western_easter(year), orthodox_easter(year))
    if name.startswith("Thanksgiving"):
        first = date(year, 11, 1)
        return day_of(first + timedelta(days=(3 - first.weekday()) % 7 + 21))
    return Interval(None, None, Granularity.DAY, None)


def western_easter(year: int) -> date:
    """Return Easter Sunday of the Western churches (the Gregorian computus of Meeus, Jones and Butcher).

    >>> western_easter(2016), orthodox_easter(2016)
    (datetime.date(2016, 3, 27), datetime.date(2016, 5, 1))
    """
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the Orthodox churches (the Julian computus of Meeus), as a Gregorian day."""
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + week + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)

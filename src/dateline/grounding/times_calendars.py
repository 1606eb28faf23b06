"""Calendars beside the Gregorian and the Solar Hijri one: Islamic, Ethiopian, Buddhist; as Gregorian days.

Islamic months begin when the new moon is seen, so they are known to a day either way: the tabular calendar (civil
epoch, intercalary years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29) is right to a day, and what is made of it says so
(E. M. Reingold and N. Dershowitz, Calendrical Calculations, 2018, chapters 4 and 7). Ethiopian days are exact. A
Buddhist year is the Thai solar one, 543 years ahead.
"""

from __future__ import annotations

import re
from datetime import date

from dateline.grounding.times_calendar import (
    UNKNOWN,
    Interval,
    approximate,
    day_of,
    is_year,
    spell,
    unite,
    year_of,
)
from dateline.model.ground import Granularity

_AL = r"[\s-]?(?:al|ul|el|ath|as|ad)?[\s-]?"
_ISLAMIC = tuple(
    form.replace("~", _AL)
    for form in (
        "Muharram",
        "Safar",
        "Rabi['’]?~[Aa]w{1,2}al",
        "Rabi['’]?~(?:[Tt]hani|[Aa]khir)",
        "Jumada~(?:[Uu]la|[Aa]w{1,2}al)",
        "Jumada~(?:[Tt]hani(?:yah?)?|[Aa]khirah?)",
        "Rajab",
        "Sha['’]?aban|Sha['’]ban",
        "Rama[dz][ah]n",
        "Shawwal",
        "(?:Dhu|Zu)l?~[Qq][ai]['’]?dah?",
        "(?:Dhu|Zu)l?~[Hh]ijjah?",
    )
)
_ETHIOPIAN = tuple(
    "Meskerem Tikimt Hidar Tahsas Tirr Yekatit Megabit Miyazya Ginbot Sene Hamle Nehas(?:e|ie) Pagume".split()
)
LUNAR_MONTHS = rf"(?:{'|'.join((*_ISLAMIC, *_ETHIOPIAN))})\b"
"""Names of Islamic and Ethiopian months, as written in English."""
LUNAR_STARTS = (
    "Muharram Safar Rabi Jumada Rajab Sha Shaaban Ramadan Ramazan Ramadhan Shawwal Dhu Dhul Zu Zul "
    "Meskerem Tikimt Hidar Tahsas Tirr Yekatit Megabit Miyazya Ginbot Sene Hamle Nehase Nehasie Pagume"
).split()
ALONE = frozenset({"ramadan", "ramazan", "ramadhan", "muharram"})
"""Months that are named without a day or a year; others of these names are names of people too."""
_ISLAMIC_YEARS, _ETHIOPIAN_YEARS = range(1200, 1600), range(1800, 2100)
_UNIX_TO_ORDINAL = 1721425


def lunar_month(name: str) -> tuple[bool, int]:
    """Say whether a month is Islamic (else Ethiopian), and which."""
    for number, form in enumerate(_ISLAMIC, start=1):
        if re.fullmatch(form, name):
            return True, number
    return False, next(number for number, form in enumerate(_ETHIOPIAN, start=1) if re.fullmatch(form, name))


def islamic_day(year: int, month: int, day: int) -> date:
    """Return the day of the tabular Islamic calendar; the true one may be the day before or after.

    >>> islamic_day(1442, 10, 1)
    datetime.date(2021, 5, 13)
    """
    number = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + 1948055
    return date.fromordinal(number - _UNIX_TO_ORDINAL)


def ethiopian_day(year: int, month: int, day: int) -> date:
    """Return an Ethiopian day.

    >>> ethiopian_day(2014, 1, 1)
    datetime.date(2021, 9, 11)
    """
    number = 1724221 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1
    return date.fromordinal(number - _UNIX_TO_ORDINAL)


def lunar_interval(islamic: bool, year: int, month: int, day: int | None) -> Interval:
    """Return a day or a month of one of these calendars; a Gregorian year with an Islamic month is read as such."""
    if not islamic:
        return _ethiopian(year, month, day)
    if year not in _ISLAMIC_YEARS:
        return _in_gregorian_year(year, month, day) if is_year(year) else UNKNOWN
    return _islamic(year, month, day)


def _islamic(year: int, month: int, day: int | None) -> Interval:
    if day is not None:
        return approximate(day_of(islamic_day(year, month, day))) if day <= 30 else UNKNOWN
    after = islamic_day(year + month // 12, month % 12 + 1, 1)
    first = islamic_day(year, month, 1)
    return spell(date.fromordinal(first.toordinal() - 1), after, Granularity.MONTH)


def _in_gregorian_year(year: int, month: int, day: int | None) -> Interval:
    """Return the day or month of that name that begins in a Gregorian year; everything between, where two do."""
    middle = round((year - 622) * 33 / 32)
    begun = [one for one in range(middle - 2, middle + 3) if islamic_day(one, month, day or 1).year == year]
    if not begun:
        return UNKNOWN
    first, last = _islamic(begun[0], month, day), _islamic(begun[-1], month, day)
    return first if first == last else unite(first, last)


def _ethiopian(year: int, month: int, day: int | None) -> Interval:
    if year not in _ETHIOPIAN_YEARS or (day or 1) > (30 if month < 13 else 6):
        return UNKNOWN
    if day is not None:
        return day_of(ethiopian_day(year, month, day))
    last = ethiopian_day(year + month // 13, month % 13 + 1, 1).toordinal() - 1
    return spell(ethiopian_day(year, month, 1), date.fromordinal(last), Granularity.MONTH)


def era_interval(year: int, era: str) -> Interval:
    """Return a year of a named era: BE Buddhist, AH Islamic, SH, AP and H.S. Solar Hijri, E.C. Ethiopian."""
    mark = era.replace(".", "").upper()
    if mark == "BE":
        return year_of(year - 543) if is_year(year - 543) else UNKNOWN
    if mark == "AH" and year in _ISLAMIC_YEARS:
        last = islamic_day(year + 1, 1, 1)
        return spell(date.fromordinal(islamic_day(year, 1, 1).toordinal() - 1), last, Granularity.YEAR)
    if mark == "EC" and year in _ETHIOPIAN_YEARS:
        last_day = ethiopian_day(year + 1, 1, 1).toordinal() - 1
        return spell(ethiopian_day(year, 1, 1), date.fromordinal(last_day), Granularity.YEAR)
    return UNKNOWN

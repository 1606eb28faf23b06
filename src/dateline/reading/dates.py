"""Days as publishers state them, and the dateline that opens a wire report.

Only a date that is complete and unambiguous counts: 03/04/2019 is no day, nor is "Oct. 10" without its year.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]{0,2}\s{1,3})?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH_FIRST = rf"{_WEEKDAY}{_MONTH}\s{{1,3}}{_DAY}\s{{0,3}},?\s{{1,3}}(?P<year>\d{{4}})"
_DAY_FIRST = rf"{_WEEKDAY}{_DAY}\s{{1,3}}{_MONTH},?\s{{1,3}}(?P<year>\d{{4}}|\d\d)(?!\d)"
_STATED = re.compile(
    r"\s{0,9}(?P<year>\d{4})(?P<dash>[-/.]?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)(?:[T\s].{0,60})?\s{0,9}", re.S
)
_WORDED = tuple(
    re.compile(rf"\s{{0,9}}{order}(?:[,\s].{{0,60}})?", re.I | re.S) for order in (_MONTH_FIRST, _DAY_FIRST)
)
_PLACE = r"(?P<place>[^\W\d_][^\n,()\d]{1,50}(?:,[^\n,()\d]{1,40}){0,2}?)(?:\([^()\n]{2,40}\))?,"
_AGENCY = r"(?:\s{0,3}[(\[][^()\[\]\n]{2,60}[)\]])?"
_DASH = r"\s{0,3}(?:--?|–|—)(?=\s)"
_DATELINES = tuple(
    re.compile(rf"[ \t]{{0,20}}{_PLACE}\s{{1,3}}{order},?{_AGENCY}{_DASH}", re.I)
    for order in (_MONTH_FIRST, _DAY_FIRST)
)
_NO_PLACE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|updated?|published|posted|modified|printed)\b", re.I
)
_HEAD_LINES, _HEAD_LENGTH = 4, 2000
_FIRST_YEAR = 1600  # earlier years are the empty dates of content systems, as 0001-01-01


def parse_day(stated: str) -> date | None:
    """Return the day of a date stated in metadata, as the publisher's clock had it; None unless it is unambiguous.

    >>> parse_day("2019-11-17T23:30:00-05:00"), parse_day("17 November 2019"), parse_day("03/04/2019")
    (datetime.date(2019, 11, 17), datetime.date(2019, 11, 17), None)
    """
    if match := _STATED.fullmatch(stated):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    return next((_worded_day(match) for order in _WORDED if (match := order.fullmatch(stated))), None)


def parse_moment(stated: str) -> datetime | None:
    """Return an ISO 8601 date or time in UTC; a time without zone is taken as UTC, a date as its midnight."""
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        return None


def find_dateline(text: str) -> date | None:
    """Return the day of the dateline among the first four lines, if it states day, month and year.

    A dateline is place, date, perhaps the agency in brackets, and a dash. A year of two digits is read as POSIX does:
    69 to 99 as 1969 to 1999, 00 to 68 as 2000 to 2068.

    >>> find_dateline("GUATEMALA CITY, 4 FEB 90 (ACAN-EFE) -- Unions met.")
    datetime.date(1990, 2, 4)
    """
    heads = [line for line in text[:_HEAD_LENGTH].splitlines() if line.strip()][:_HEAD_LINES]
    matches = (dateline.match(line) for line in heads for dateline in _DATELINES)
    return next((_worded_day(match) for match in matches if match and not _NO_PLACE.search(match["place"])), None)


def _worded_day(match: re.Match[str]) -> date | None:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    return _day(_full_year(match["year"]), month, int(match["day"]))


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= 69 else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    if year < _FIRST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Days as intervals, with their EDTF form (ISO 8601-2): the arithmetic under `times`.

Conventions, chosen so that an interval never narrows what the words say:

    week        Monday to Sunday (ISO 8601)
    season      northern; from the earlier of its meteorological and astronomical start to the later end,
                and a winter named by one year may be either of the two that touch it
    early, late the first and the second half; mid: the middle half
    decade      1980s: 1980 to 1989; century: 19th: 1801 to 1900
    around      a day, month or year and its neighbours on both sides (`~` in EDTF)
    a week of a month   from the Monday of its first day to the Sunday of its last, cut at the month
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.model.ground import Granularity

FIRST_YEAR, LAST_YEAR = 1000, 2200
_SEASONS = {
    21: ((0, 3, 1), (0, 6, 21)),
    22: ((0, 6, 1), (0, 9, 23)),
    23: ((0, 9, 1), (0, 12, 21)),
    24: ((-1, 12, 1), (1, 3, 20)),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day (inclusive; None: open or unknown), the unit that the words name, and the EDTF form."""

    earliest: date | None
    latest: date | None
    granularity: Granularity
    edtf: str | None

    @property
    def is_known(self) -> bool:
        """Say whether both ends are known."""
        return self.earliest is not None and self.latest is not None

    @property
    def is_unit(self) -> bool:
        """Say whether it is one day, month or year, so that its EDTF form can be a side of a longer one."""
        plain = {Granularity.DAY, Granularity.MONTH, Granularity.YEAR}
        return self.granularity in plain and (self.edtf or "").replace("-", "").isdigit()


UNKNOWN = Interval(None, None, Granularity.UNKNOWN, None)


def day_of(day: date) -> Interval:
    """Return one day."""
    return Interval(day, day, Granularity.DAY, day.isoformat())


def month_of(year: int, month: int) -> Interval:
    """Return a month of a year."""
    last = calendar.monthrange(year, month)[1]
    return Interval(date(year, month, 1), date(year, month, last), Granularity.MONTH, f"{year:04}-{month:02}")


def year_of(year: int) -> Interval:
    """Return a year."""
    return Interval(date(year, 1, 1), date(year, 12, 31), Granularity.YEAR, f"{year:04}")


def decade_of(year: int) -> Interval:
    """Return the decade that holds a year: 1985 gives 1980 to 1989."""
    first = year - year % 10
    return Interval(date(first, 1, 1), date(first + 9, 12, 31), Granularity.DECADE, f"{first // 10}X")


def century_of(ordinal: int) -> Interval:
    """Return a century by its ordinal: 20 gives 1901 to 2000."""
    first, last = date(ordinal * 100 - 99, 1, 1), date(ordinal * 100, 12, 31)
    return Interval(first, last, Granularity.INTERVAL, f"{first.year:04}/{last.year:04}")


def week_of(day: date, weeks: int = 0) -> Interval:
    """Return the ISO week of a day, or the one so many weeks later."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return spell(monday, monday + timedelta(days=6), Granularity.WEEK)


def season_of(year: int, season: int) -> Interval:
    """Return a season (EDTF: 21 spring to 24 winter), a quarter (33 to 36) or a half (40, 41) of a year."""
    edtf = f"{year:04}-{season}"
    if season in _SEASONS:
        (back, month, day), (on, until, end) = _SEASONS[season]
        return Interval(date(year + back, month, day), date(year + on, until, end), Granularity.SEASON, edtf)
    first, length = ((season - 33) * 3 + 1, 3) if season < 40 else ((season - 40) * 6 + 1, 6)
    start, stop = month_of(year, first), month_of(year, first + length - 1)
    return Interval(start.earliest, stop.latest, Granularity.SEASON, edtf)


def any_year(month: int, day: int | None = None) -> Interval:
    """Return a month, or a day of a month, of an unstated year."""
    edtf = f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
    return Interval(None, None, Granularity.DAY if day else Granularity.MONTH, edtf)


def spell(earliest: date | None, latest: date | None, granularity: Granularity) -> Interval:
    """Return the days between two ends; an open end is `..` in EDTF."""
    if earliest is None and latest is None:
        return replace(UNKNOWN, granularity=granularity)
    if earliest is not None and latest is not None and earliest > latest:
        return replace(UNKNOWN, granularity=granularity)
    start = earliest.isoformat() if earliest else ".."
    stop = latest.isoformat() if latest else ".."
    return Interval(earliest, latest, granularity, start if start == stop else f"{start}/{stop}")


def unite(first: Interval, last: Interval) -> Interval:
    """Return everything from the start of one interval to the end of another.

    >>> unite(month_of(1989, 9), month_of(1989, 11)).edtf
    '1989-09/1989-11'
    """
    whole = spell(first.earliest, last.latest, Granularity.INTERVAL)
    if whole.is_known and first != last and first.is_unit and last.is_unit:
        return replace(whole, edtf=f"{first.edtf}/{last.edtf}")
    return whole


def opened(interval: Interval, *, since: bool) -> Interval:
    """Return an interval with its other end open: everything since its start, or until its end."""
    end = interval.earliest if since else interval.latest
    if end is None:
        return replace(UNKNOWN, granularity=Granularity.INTERVAL)
    word = interval.edtf if interval.is_unit else end.isoformat()
    if since:
        return Interval(end, None, Granularity.INTERVAL, f"{word}/..")
    return Interval(None, end, Granularity.INTERVAL, f"../{word}")


def approximate(interval: Interval) -> Interval:
    """Return a day, month or year with its neighbours on both sides: `around May` may be April.

    >>> approximate(month_of(2019, 5)).edtf
    '2019-05~'
    """
    first, last = interval.earliest, interval.latest
    if not interval.is_unit or first is None or last is None:
        return interval
    unit = interval.granularity.value
    before, after = shifted(first, unit, -1), shifted(last, unit, 1)
    if before is None or after is None:
        return interval
    return Interval(before.earliest, after.latest, interval.granularity, f"{interval.edtf}~")


def either(one: date, other: date) -> Interval:
    """Return one of two days, nobody knows which: from the earlier to the later, `[a,b]` in EDTF."""
    first, last = sorted((one, other))
    if first == last:
        return day_of(first)
    return Interval(first, last, Granularity.DAY, f"[{first.isoformat()},{last.isoformat()}]")


def week_around(day: date) -> Interval:
    """Return `the week of` a day: the calendar week that holds it or the seven days that it begins."""
    return spell(day - timedelta(days=day.weekday()), day + timedelta(days=6), Granularity.WEEK)


def week_in(month: Interval, place: int) -> Interval:
    """Return the n-th week of a month (-1: the last), by calendar weeks or by sevens of days, within the month."""
    first, last = month.earliest, month.latest
    if first is None or last is None:
        return replace(UNKNOWN, granularity=Granularity.WEEK)
    start = first + timedelta(days=7 * (place - 1)) if place > 0 else last - timedelta(days=6)
    end = start + timedelta(days=6)
    monday, sunday = start - timedelta(days=start.weekday()), end + timedelta(days=6 - end.weekday())
    return spell(max(first, monday), min(last, sunday), Granularity.WEEK)


def weekday_in(month: Interval, weekday: int, place: int) -> Interval:
    """Return the n-th weekday (Monday is 0) of a month or year, -1 the last; unknown where there is none."""
    first, last = month.earliest, month.latest
    if first is None or last is None:
        return replace(UNKNOWN, granularity=Granularity.DAY)
    ahead = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))
    day = ahead if place > 0 else last - timedelta(days=(last.weekday() - weekday) % 7)
    return day_of(day) if first <= day <= last else replace(UNKNOWN, granularity=Granularity.DAY)


def part_of(interval: Interval, part: str) -> Interval:
    """Return the early, mid or late part of a month, year or decade; of anything else, the whole.

    >>> part_of(month_of(2019, 10), "mid").edtf
    '2019-10-08/2019-10-24'
    """
    first, last = interval.earliest, interval.latest
    if first is None or last is None or part not in {"early", "mid", "late"}:
        return interval
    if interval.granularity is Granularity.MONTH:
        start, stop = {"early": (1, 15), "mid": (8, 24), "late": (16, last.day)}[part]
        return spell(first.replace(day=start), first.replace(day=stop), Granularity.MONTH)
    if interval.granularity is Granularity.YEAR:
        opens, closes = {"early": (1, 6), "mid": (4, 9), "late": (7, 12)}[part]
        half = unite(month_of(first.year, opens), month_of(first.year, closes))
        return replace(half, granularity=Granularity.YEAR)
    if interval.granularity is Granularity.DECADE:
        begin, end = {"early": (0, 4), "mid": (3, 7), "late": (5, 9)}[part]
        years = unite(year_of(first.year + begin), year_of(first.year + end))
        return replace(years, granularity=Granularity.DECADE)
    return interval


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, unit: str, count: int) -> Interval | None:
    """Return the calendar unit that lies so many units after a day (before, if negative); None out of the calendar.

    A week so many weeks off is the seven days around that day; a month, year or decade is the calendar's.

    >>> shifted(date(2019, 5, 20), "month", -2).edtf
    '2019-03'
    """
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months is None:
        return _shifted_days(day, unit, count)
    year, month = divmod(day.year * 12 + day.month - 1 + months * count, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if unit == "quarter":
        return season_of(year, 33 + month // 3)
    return {"month": month_of(year, month + 1), "year": year_of(year), "decade": decade_of(year)}.get(unit)


def _shifted_days(day: date, unit: str, count: int) -> Interval | None:
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    if days is None or abs(days * count) > 400_000:
        return None
    target = day + timedelta(days=days * count) if FIRST_YEAR < day.year + days * count // 366 < LAST_YEAR else None
    if target is None:
        return None
    if unit == "day":
        return day_of(target)
    return spell(target - timedelta(days=3), target + timedelta(days=3), Granularity.WEEK)


def is_year(year: int) -> bool:
    """Say whether the calendar of this module goes so far."""
    return FIRST_YEAR < year < LAST_YEAR

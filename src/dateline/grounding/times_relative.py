"""Times said relative to something: to the publication date, or to the day that the narrative stands at.

Relative to a publication date that is not known, or to a day that the text does not plainly give, a time stays
unknown: it is never guessed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.grounding.numbers import value_of
from dateline.grounding.times_calendar import (
    UNKNOWN,
    Interval,
    day_of,
    month_of,
    part_of,
    season_of,
    shifted,
    spell,
    unite,
    week_of,
    year_of,
)
from dateline.grounding.times_context import Context, Known, by_publication, unknown
from dateline.grounding.times_dates import date_known, month_number, part_named, period_code
from dateline.grounding.times_lexer import Phrase
from dateline.grounding.times_weekdays import next_weekend, shifted_weekday, weekday_after, weekend_of
from dateline.model.ground import Basis, Granularity, When
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.grounding.times_lexer import Word

_UNITS = {
    "day": Granularity.DAY,
    "week": Granularity.WEEK,
    "fortnight": Granularity.WEEK,
    "month": Granularity.MONTH,
    "year": Granularity.YEAR,
    "decade": Granularity.DECADE,
}
_KINDS = {
    "W": Granularity.DAY,
    "P": Granularity.DAY,
    "M": Granularity.MONTH,
    "J": Granularity.MONTH,
    "S": Granularity.SEASON,
    "B": Granularity.SEASON,
}
_SHIFTS = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1}
_TOLD_SHIFTS = {"previous": -1, "preceding": -1, "same": 0, "that": 0, "following": 1, "next": 1}
_FEW = {"few": (2, 9), "several": (2, 9), "some": (2, 99), "couple of": (2, 3), "couple": (2, 3)}
_TODAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}


def vague_known(_: Phrase, __: Context) -> Known:
    """Resolve nothing: `now`, `recently`, `every Monday` name no day."""
    return unknown()


def unit_of(words: Sequence[Word]) -> str:
    """Return the last calendar unit that the words name, in the singular."""
    for word in reversed(words):
        if word.kind == "P":
            return "day"
        if word.kind == "U":
            bare = word.lower.split("'")[0].split("’")[0]
            return "century" if bare.startswith("centur") else bare.removesuffix("s")
    return ""


def _is_plural(word: Word) -> bool:
    return word.kind == "U" and word.lower.endswith("s")


def count_of(words: Sequence[Word]) -> tuple[int, int]:
    """Return the fewest and the most units that a number word can mean; (1, 1) where there is none."""
    for word in words:
        if word.kind in "NDK":
            exact = value_of(word.text) or 0
            return _FEW.get(word.lower, (exact, exact))
    return (1, 1)


def _by_text(interval: Interval | None, base: When, granularity: Granularity) -> Known:
    if interval is None:
        return unknown(granularity)
    return Known(interval, Basis.RESOLVED, (base.evidence, *base.support), base.anchor)


def today_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `today`, `yesterday morning`, `the day before yesterday`, `overnight`."""
    day = context.published
    if day is None:
        return unknown(Granularity.DAY)
    word = next(word for word in phrase.words if word.kind == "X").lower
    if word == "overnight":
        return by_publication(spell(day - timedelta(days=1), day, Granularity.DAY), context, Granularity.DAY)
    return by_publication(day_of(day + timedelta(days=_TODAY[word])), context, Granularity.DAY)


def part_of_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `the end of the year`, `early in the week`: of the year, week or month of publication."""
    unit = unit_of(phrase.words)
    if context.published is None:
        return unknown(_UNITS.get(unit, Granularity.UNKNOWN))
    whole = week_of(context.published) if unit == "week" else shifted(context.published, unit, 0)
    return by_publication(part_of(whole or UNKNOWN, part_named(phrase.words)), context, Granularity.INTERVAL)


def year_end_known(_: Phrase, context: Context) -> Known:
    """Resolve `year-end`: December of the year of publication."""
    if context.published is None:
        return unknown(Granularity.MONTH)
    return by_publication(month_of(context.published.year, 12), context, Granularity.MONTH)


def spell_known(phrase: Phrase, context: Context) -> Known:
    """Resolve a stretch of time up to or from publication: `the past two years`, `the next few days`."""
    _, most = count_of(phrase.words)
    deictic = phrase.first("R")
    word = deictic.lower if deictic else ""
    if context.published is None or word not in {"last", "past", "next", "coming", "recent"}:
        return unknown(Granularity.INTERVAL)
    return _stretch(context.published, unit_of(phrase.words), most if word in {"next", "coming"} else -most, context)


def _stretch(day: date, unit: str, count: int, context: Context) -> Known:
    """Return the time between publication and a day so many units off."""
    if unit == "hour":
        unit, count = "day", -(-abs(count) // 24) * (1 if count > 0 else -1)
    end = _same_day(day, unit, count)
    if end is None:
        return unknown(Granularity.INTERVAL)
    return by_publication(spell(min(day, end), max(day, end), Granularity.INTERVAL), context, Granularity.INTERVAL)


def _same_day(day: date, unit: str, count: int) -> date | None:
    """Return the day exactly so many units off; the last of its month where that is shorter."""
    whole = shifted(
        day, "month" if unit in {"year", "decade"} else unit, count * {"year": 12, "decade": 120}.get(unit, 1)
    )
    if whole is None or whole.earliest is None or whole.latest is None:
        return None
    if unit == "week":
        return whole.earliest + timedelta(days=3)
    return whole.latest if unit == "day" else whole.earliest.replace(day=min(day.day, whole.latest.day))


def offset_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `two days ago`, `a year earlier`, `two days after 4 May`."""
    unit = unit_of(phrase.words)
    granularity = _UNITS.get(unit, Granularity.UNKNOWN)
    marker = next(word for word in phrase.words if word.kind in "ALb")
    if phrase.form == "tUb" and unit not in {"day", "week", "month", "year"}:
        return unknown(granularity)
    if phrase.form == "UA":
        return _rolling("recent", phrase.words[0], context.published, context) if context.published else unknown()
    low, high = count_of(phrase.words[: phrase.words.index(marker)])
    sign = 1 if marker.lower in {"later", "after"} else -1
    if marker.kind == "A":
        if context.published is None:
            return unknown(granularity)
        return by_publication(_apart(context.published, unit, -high, -low), context, granularity)
    tail = phrase.words[phrase.words.index(marker) + 1 :]
    base = _told_date(tail, context) if tail else None
    if marker.kind == "b" and base is None and phrase.form != "tUb":
        return unknown(granularity)
    if base is None:
        base = context.last_day(phrase.start) if unit in {"day", "week"} else context.last_time(phrase.start)
    if base is None or base.earliest is None:
        return unknown(granularity)
    if unit in {"day", "week"} and base.earliest != base.latest:
        return unknown(granularity)
    return _by_text(_apart(base.earliest, unit, *sorted((sign * low, sign * high))), base, granularity)


def _told_date(words: Sequence[Word], context: Context) -> When | None:
    """Resolve the date inside `two days after 4 May 1980`; its own words are the support."""
    phrase = Phrase("date", tuple(words))
    known = date_known(phrase, context)
    if known.interval.earliest is None:
        return None
    return make_when(phrase, known, context)


def _apart(day: date, unit: str, first: int, last: int) -> Interval | None:
    """Return the calendar units from `first` to `last` units after a day; a decade off is a year more or less."""
    if unit == "hour":
        unit, first, last = "day", first // 24, -(-last // 24)
    if unit == "decade":
        years = _apart(day, "year", 10 * first - 1, 10 * last + 1)
        return replace(years, granularity=Granularity.DECADE) if years else None
    left, right = shifted(day, unit, first), shifted(day, unit, last)
    if left is None or right is None:
        return None
    return left if left == right else unite(left, right)


def nth_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `the third day of the uprising`: only right beside a date, which then is that day."""
    before = context.earlier[-1] if context.earlier else None
    if before is None or before.granularity is not Granularity.DAY or before.earliest is None:
        return unknown(Granularity.DAY)
    between = context.text[before.evidence.end : phrase.start].strip(" ,\u00a0\n").lower()
    if between not in {"", "on", "-", "–", "—", "("} or unit_of(phrase.words) != "day":
        return unknown(Granularity.DAY)
    return _by_text(Interval(before.earliest, before.latest, Granularity.DAY, before.edtf), before, Granularity.DAY)


def deictic_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `last week`, `early next year`, `later that day`, `the following morning`, `last November`."""
    word = [word for word in phrase.words if word.kind == "R"][-1].lower
    told = word in {"previous", "preceding", "same", "that", "following"}
    unit = next(word for word in reversed(phrase.words) if word.kind in "UESBMWJP")
    is_next_one = word == "next" and "t" in phrase.form and unit.kind in "UP"
    if told or is_next_one:
        return _told(phrase, unit, _TOLD_SHIFTS[word], context)
    rolls = unit.kind == "U" and (word in {"past", "recent", "latest"} or _is_plural(unit) or _is_rolling(phrase))
    if context.published is None:
        named = _KINDS.get(unit.kind) or _UNITS.get(unit_of([unit]), Granularity.INTERVAL)
        return unknown(Granularity.INTERVAL if rolls else named)
    if rolls:
        return _rolling(word, unit, context.published, context)
    interval = _shifted_unit(unit, word, phrase, context.published)
    clipped = _clip(part_of(interval, part_named(phrase.words)), phrase, context.published) if interval else None
    return by_publication(clipped, context, Granularity.INTERVAL)


def _is_rolling(phrase: Phrase) -> bool:
    return "tR" in phrase.form and any(word.lower == "last" for word in phrase.words) and "m" not in phrase.form


def _rolling(word: str, unit: Word, day: date, context: Context) -> Known:
    """Resolve `the past year`; `recent days` begin nobody knows when, `coming months` end nobody knows when."""
    ahead = word in {"next", "coming", "upcoming"}
    if _is_plural(unit) or word in {"recent", "latest"}:
        vague = spell(day if ahead else None, None if ahead else day, Granularity.INTERVAL)
        return by_publication(vague, context, Granularity.INTERVAL)
    return _stretch(day, unit_of([unit]), 1 if ahead else -1, context)


def _clip(interval: Interval, phrase: Phrase, day: date) -> Interval:
    """Cut `earlier this month` at the day of publication, and begin `later this month` there."""
    comparative = phrase.first("L")
    if comparative is None or not interval.is_known or interval.earliest is None or interval.latest is None:
        return interval
    if not interval.earliest <= day <= interval.latest:
        return interval
    if comparative.lower == "earlier":
        return spell(interval.earliest, day, interval.granularity)
    return spell(day, interval.latest, interval.granularity)


def _shifted_unit(unit: Word, word: str, phrase: Phrase, day: date) -> Interval | None:
    """Return the unit named, as many units from the day of publication as the word says."""
    shift = _SHIFTS.get(word, 0)
    if unit.kind == "U":
        name = unit_of([unit])
        return week_of(day, shift) if name == "week" else shifted(day, name, shift) if name != "day" else None
    if unit.kind == "E":
        return next_weekend(day) if shift > 0 else weekend_of(day, shift)
    if unit.kind == "P":
        return day_of(day + timedelta(days=-1 if shift < 0 else 0)) if shift <= 0 else None
    if unit.kind == "W":
        return shifted_weekday(unit, shift, day)
    if unit.kind == "B":
        shift -= word in {"latest", "recent"}
        return shifted(day, "quarter", shift) if unit.lower == "quarter" else None
    return _shifted_season(unit, shift, phrase, day)


def _shifted_season(unit: Word, shift: int, phrase: Phrase, day: date) -> Interval | None:
    """Return last, this or next November, summer: the nearest one wholly before, in, or after this year's date."""
    if unit.kind == "J":
        return None
    code = period_code(phrase.words) if unit.kind == "S" else 0
    years = (day.year - 1, day.year, day.year + 1)
    all_three = [season_of(year, code) if code else month_of(year, month_number(unit)) for year in years]
    if shift == 0:
        return all_three[1]
    if shift < 0:
        return next((one for one in reversed(all_three) if one.latest and one.latest < day), None)
    return next((one for one in all_three if one.earliest and one.earliest > day), None)


def _told(phrase: Phrase, unit: Word, shift: int, context: Context) -> Known:
    """Resolve a time relative to the day, month or year that the narrative stands at."""
    name = unit_of([unit]) if unit.kind == "U" else "day" if unit.kind in "WP" else ""
    granularity = _UNITS.get(name, Granularity.UNKNOWN)
    if _is_plural(unit) or not name:
        return unknown(Granularity.INTERVAL)
    fine = name in {"day", "week"}
    base = context.last_day(phrase.start) if fine else context.last_time(phrase.start)
    if base is None or base.earliest is None:
        return unknown(granularity)
    if unit.kind == "W":
        interval: Interval | None = weekday_after(unit, shift, base.earliest) if shift else None
    else:
        interval = _told_unit(name, shift, base.earliest)
        if shift == 0 and interval is not None and phrase.first("L") and fine is False:
            interval = _clip(interval, phrase, base.earliest)
    return _by_text(interval, base, granularity)


def _told_unit(name: str, shift: int, day: date) -> Interval | None:
    if name == "week":
        return week_of(day, shift)
    return year_of(day.year + shift) if name == "year" and 1000 < day.year + shift < 2200 else shifted(day, name, shift)


def make_when(phrase: Phrase, known: Known, context: Context) -> When:
    """Make the time that a phrase names; what was resolved against the text's own dateline rests on its words."""
    found, support, anchor = known.interval, known.support, known.anchor
    if anchor is not None and context.dateline is not None:
        support, anchor = (*support, context.dateline.evidence), None
    basis = known.basis if found.edtf or found.earliest or known.basis is Basis.UNKNOWN else Basis.UNKNOWN
    evidence = _cite(context.text, phrase)
    return When(evidence, found.earliest, found.latest, found.granularity, found.edtf, basis, support, anchor)


def _cite(text: str, phrase: Phrase) -> Evidence:
    return Evidence(phrase.start, phrase.end, text[phrase.start : phrase.end])

"""Calendar dates, whole or partial, and ranges and lists of them: from phrases to intervals."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.grounding.numbers import ORDINALS
from dateline.grounding.times_calendar import (
    UNKNOWN,
    Interval,
    any_year,
    century_of,
    day_of,
    day_or_none,
    decade_of,
    either,
    is_year,
    month_of,
    part_of,
    season_of,
    shifted,
    spell,
    unite,
    week_around,
    week_in,
    weekday_in,
    year_of,
)
from dateline.grounding.times_context import Context, Known, Tense, nearest_year, published_year
from dateline.grounding.times_hijri import gregorian_of, month_length
from dateline.grounding.times_lexer import Phrase, year_number
from dateline.grounding.times_words import DECADES, HIJRI_MONTHS, MONTHS, SEASONS, WEEKDAYS
from dateline.model.ground import Basis, Granularity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.grounding.times_lexer import Word

_SOLAR_YEARS = 1340, 1420
_CLOSE = 200  # characters: within these a date told before says more of the year than the publication date
_FIGURES = re.compile(r"\d+")
_LATE = {"early": "early", "beginning": "early", "start": "early", "turn": "early", "late": "late", "end": "late"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What a date says: year, month and day, each None where unsaid; `hijri` marks the Solar Hijri calendar."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hijri: bool = False
    assumed: bool = False


def month_number(word: Word) -> int:
    """Return the number of a month word, Gregorian or Solar Hijri."""
    name = word.lower.rstrip(".")
    if word.kind == "J":
        return HIJRI_MONTHS[name]
    return next(number for month, number in MONTHS.items() if month.startswith(name[:3]))


def part_named(words: Sequence[Word]) -> str:
    """Return early, mid or late where the words say so."""
    for word in words:
        if word.kind == "m":
            return _LATE.get(re.split(r"[\s-]", word.lower)[0], "mid")
    return ""


def parts_of(words: Sequence[Word]) -> Parts:
    """Read year, month and day from the words of one date."""
    parts = Parts()
    for word in words:
        if word.kind == "Y" and parts.year is None:
            parts = replace(parts, year=year_number(word))
        elif word.kind == "y":
            short = int(word.text[1:3])
            parts = replace(parts, year=short + (1900 if short >= 30 else 2000), assumed=True)
        elif word.kind in "MJ":
            parts = replace(parts, month=month_number(word), hijri=word.kind == "J")
        elif word.kind in "DO" and parts.day is None:
            parts = replace(parts, day=number_of(word))
    return parts


def number_of(word: Word) -> int:
    """Return the number of a day or an ordinal: `4`, `4th`, `fourth`."""
    figures = _FIGURES.match(word.text)
    return int(figures[0]) if figures else ORDINALS[word.lower]


def interval_of(parts: Parts) -> Interval:
    """Return the interval of a date; unknown where the calendar has no such day."""
    if parts.year is None:
        return any_year(parts.month, parts.day) if parts.month and not parts.hijri else UNKNOWN
    if parts.hijri:
        return _hijri_interval(parts)
    if not is_year(parts.year):
        return UNKNOWN
    if parts.month is None:
        return year_of(parts.year)
    if parts.day is None:
        return month_of(parts.year, parts.month)
    day = day_or_none(parts.year, parts.month, parts.day)
    return day_of(day) if day else replace(UNKNOWN, granularity=Granularity.DAY)


def _hijri_interval(parts: Parts) -> Interval:
    year, month = parts.year or 0, parts.month or 0
    if parts.day:
        day = gregorian_of(year, month, parts.day)
        return day_of(day) if day else replace(UNKNOWN, granularity=Granularity.DAY)
    first, last = gregorian_of(year, month, 1), gregorian_of(year, month, month_length(year, month))
    return spell(first, last, Granularity.MONTH) if first and last else replace(UNKNOWN, granularity=Granularity.MONTH)


def date_known(phrase: Phrase, context: Context) -> Known:
    """Resolve a date or a month: `May 20, 2019`, `On November 17`, `during January`, `2019-05-20`."""
    numeric = phrase.first("I")
    if numeric is not None:
        return _numeric_known(numeric.text)
    parts = parts_of(phrase.words)
    if parts.year is not None:
        basis = Basis.INFERRED if parts.assumed else Basis.RESOLVED if parts.hijri else Basis.STATED
        return Known(part_of(interval_of(parts), part_named(phrase.words)), basis)
    known = complete(parts, phrase, context)
    return replace(known, interval=part_of(known.interval, part_named(phrase.words)))


def complete(parts: Parts, phrase: Phrase, context: Context) -> Known:
    """Find the year of a date that names none: from the text, else from the publication date, else it stays open."""
    if parts.month is None:
        return Known(interval_of(parts), Basis.UNKNOWN)
    if parts.hijri:
        return _hijri_by_publication(parts, phrase, context)
    known = _from_text(parts, phrase, context)
    if known is None and context.published is not None:
        deictic = phrase.first("R")
        told = {"last": Tense.PAST, "next": Tense.AHEAD}.get(deictic.lower) if deictic else None
        year = published_year(parts.month, parts.day, context.published, told or context.tense(phrase))
        known = Known(interval_of(replace(parts, year=year)), Basis.RESOLVED, anchor=context.published)
    return known or Known(interval_of(parts), Basis.STATED)


def _hijri_by_publication(parts: Parts, phrase: Phrase, context: Context) -> Known:
    """Find the year of a Solar Hijri date that names none, from the publication date."""
    granularity = Granularity.DAY if parts.day else Granularity.MONTH
    if context.published is None:
        return Known(replace(UNKNOWN, granularity=granularity), Basis.UNKNOWN)
    year = context.published.year - 621
    choice = [interval_of(replace(parts, year=one)) for one in (year - 2, year - 1, year, year + 1)]
    return Known(by_tense(choice, context.published, context.tense(phrase)), Basis.RESOLVED, anchor=context.published)


def by_tense(choice: Sequence[Interval], published: date, tense: Tense) -> Interval:
    """Return which of several years' intervals the words mean: the last begun by publication, or the next one ahead."""
    begun = [one for one in choice if one.earliest and one.earliest <= published]
    coming = [one for one in choice if one.latest and one.latest >= published]
    if tense is Tense.AHEAD:
        return coming[0] if coming else UNKNOWN
    return begun[-1] if begun else UNKNOWN


def _from_text(parts: Parts, phrase: Phrase, context: Context) -> Known | None:
    """Take the year of the nearest earlier date; a month alone only from its own sentence, and as an inference."""
    before = context.dated
    if before is None or before.earliest is None or parts.month is None:
        return None
    if context.published is not None and context.is_ahead(phrase):
        return None
    beside = context.same_sentence(before.evidence.end, phrase.start)
    if context.published is not None and not beside and before.granularity is not Granularity.DAY:
        return None
    if parts.day is None:
        year = _next_such_month(before.earliest, parts.month) if beside else None
        basis = Basis.INFERRED
    elif context.published is not None and not beside and phrase.start - before.evidence.end > _CLOSE:
        return None
    else:
        year = nearest_year(parts.month, parts.day, before.earliest)
        basis = Basis.RESOLVED if year == before.earliest.year else Basis.INFERRED
    if year is None:
        return None
    return Known(interval_of(replace(parts, year=year)), basis, (before.evidence,))


def _next_such_month(before: date, month: int) -> int | None:
    """Return the year of the month that follows a month told of in the same sentence; None if that is far off."""
    year = before.year + (month < before.month)
    return year if (year - before.year) * 12 + month - before.month <= 6 else None


def _numeric_known(text: str) -> Known:
    """Read a date in figures; one of a Solar Hijri year (`1398/08/24`) is taken for one, as an inference."""
    one, two, three = (int(figures) for figures in _FIGURES.findall(text))
    if _SOLAR_YEARS[0] <= one <= _SOLAR_YEARS[1]:
        return Known(interval_of(Parts(one, two, three, hijri=True)), Basis.INFERRED)
    return Known(_numeric(text))


def _numeric(text: str) -> Interval:
    """Read a date in figures. `05/04/2019` may be two days: both are kept, as an EDTF set."""
    one, two, three = (int(figures) for figures in _FIGURES.findall(text))
    if len(_FIGURES.findall(text)[0]) == 4:
        readings = [day_or_none(one, two, three)]
    elif "." in text:
        readings = [day_or_none(three, two, one)]
    else:
        readings = [day_or_none(three, two, one), day_or_none(three, one, two)]
    days = sorted({day for day in readings if day is not None and is_year(day.year)})
    return either(days[0], days[-1]) if days else replace(UNKNOWN, granularity=Granularity.DAY)


def range_known(phrase: Phrase, context: Context) -> Known:
    """Resolve a range of two dates; what one side leaves unsaid the other lends: `from 3 to 7 October 1989`."""
    middle = next(
        i for i, word in enumerate(phrase.words) if word.kind in ("d" if phrase.words[0].kind == "k" else "hgi")
    )
    left, right = parts_of(phrase.words[:middle]), parts_of(phrase.words[middle + 1 :])
    numeric = [word for word in phrase.words if word.kind == "I"]
    if len(numeric) == 2:
        return Known(unite(_numeric(numeric[0].text), _numeric(numeric[1].text)))
    if numeric or not (left.month or right.month or (left.year and right.year)):
        return Known(replace(UNKNOWN, granularity=Granularity.INTERVAL), Basis.UNKNOWN)
    return _range_of(left, right, phrase, context)


def _range_of(left: Parts, right: Parts, phrase: Phrase, context: Context) -> Known:
    hijri = left.hijri or right.hijri
    if left.day and not right.day and right.month and left.month:
        left = replace(left, day=None)
    left = replace(left, month=left.month or right.month, hijri=hijri)
    right = replace(right, month=right.month or (left.month if right.day else None), hijri=hijri)
    stated = left.year or right.year
    anchor = (
        complete(left, phrase, context) if stated is None else Known(UNKNOWN, Basis.RESOLVED if hijri else Basis.STATED)
    )
    year = stated or (anchor.interval.earliest.year if anchor.interval.earliest else None)
    if year is None:
        return Known(_yearless(left, right), anchor.basis)
    wraps = (right.month or 12, right.day or 31) < (left.month or 1, left.day or 1)
    left = replace(left, year=left.year or (year - wraps if right.year else year))
    right = replace(right, year=right.year or year + wraps)
    return replace(anchor, interval=unite(interval_of(left), interval_of(right)))


def _yearless(left: Parts, right: Parts) -> Interval:
    first, last = interval_of(left), interval_of(right)
    edtf = f"{first.edtf}/{last.edtf}" if first.edtf and last.edtf else None
    return Interval(None, None, Granularity.INTERVAL, edtf)


def list_known(phrase: Phrase, context: Context) -> Known:
    """Resolve days or months named one after the other: `July 30 and 31` are two days of July."""
    parts = parts_of(phrase.words)
    days = [number_of(word) for word in phrase.words if word.kind == "D"]
    months = [month_number(word) for word in phrase.words if word.kind in "MJ"]
    left = replace(parts, month=months[0], day=days[0] if days else None)
    right = replace(parts, month=months[-1], day=days[-1] if days else None)
    if left.year is not None:
        right, left = replace(right, year=left.year), replace(left, year=left.year - (months[0] > months[-1]))
        basis = Basis.RESOLVED if parts.hijri else Basis.STATED
        return Known(unite(interval_of(left), interval_of(right)), basis)
    return _range_of(left, right, phrase, context)


def years_known(phrase: Phrase, _: Context) -> Known:
    """Resolve `1989-90`, a range of years, its second year short."""
    first, last = year_number(phrase.words[0]), number_of(phrase.words[2])
    second = first - first % 100 + last
    if len(phrase.words[2].text) != 2 or second <= first:
        return Known(UNKNOWN, Basis.UNKNOWN)
    return Known(unite(year_of(first), year_of(second)))


def year_known(phrase: Phrase, _: Context) -> Known:
    """Resolve a year: `1989`, `mid-1989`, `the end of 1990`."""
    return Known(part_of(interval_of(parts_of(phrase.words)), part_named(phrase.words)))


def decade_known(phrase: Phrase, _: Context) -> Known:
    """Resolve a decade or a century: `the 1980s`, `the '80s`, `the 19th century`."""
    word = phrase.words[-1]
    if word.kind == "Z":
        figures = _FIGURES.search(word.text)
        first = int(figures[0]) if figures else DECADES[word.lower]
        basis = Basis.STATED if first > 99 and figures else Basis.INFERRED
        whole = decade_of(first if first > 99 else first + (1900 if first >= 30 else 2000))
        return Known(part_of(whole, part_named(phrase.words)), basis)
    number = next(w for w in phrase.words if w.kind in "DO")
    ordinal = number_of(number)
    if not 11 <= ordinal <= 21:
        return Known(UNKNOWN, Basis.UNKNOWN)
    return Known(century_of(ordinal))


def period_code(words: Sequence[Word]) -> int:
    """Return EDTF's number of a season, quarter or half (21-24, 33-36, 40-41); 0 where there is none."""
    for word in words:
        if word.kind == "S":
            return SEASONS[word.lower]
        if word.kind == "G":
            place = int(word.text[1])
            return 32 + place if word.text[0] == "Q" else 39 + place if place < 3 else 0
    unit = next((word for word in words if word.kind == "B"), None)
    ordinal = next((word for word in words if word.kind == "O"), None)
    latter = any(word.lower == "last" for word in words)
    place = ORDINALS[ordinal.lower] if ordinal else 0
    if unit is None or not (place or latter):
        return 0
    size, base = (4, 33) if unit.lower == "quarter" else (2, 40)
    place = size if latter and not place else place
    return base + place - 1 if place <= size else 0


def period_known(phrase: Phrase, context: Context) -> Known:
    """Resolve a season, a quarter or a half of a year: `summer of 1989`, `the third quarter`."""
    code, year = period_code(phrase.words), parts_of(phrase.words).year
    if year is not None and is_year(year) and not code:
        return Known(year_of(year))
    if not code or (year is not None and not is_year(year)):
        return Known(replace(UNKNOWN, granularity=Granularity.SEASON), Basis.UNKNOWN)
    if year is not None:
        return Known(season_of(year, code))
    deictic = phrase.first("R")
    if context.published is None or (deictic and deictic.lower not in {"this", "last", "next"}):
        return Known(replace(UNKNOWN, granularity=Granularity.SEASON), Basis.UNKNOWN)
    shift = {"last": -1, "next": 1}.get(deictic.lower, 0) if deictic else 0
    chosen = context.published.year + shift
    if deictic is None:
        started = season_of(chosen, code).earliest
        chosen -= started is not None and started > context.published and not context.is_ahead(phrase)
    return Known(season_of(chosen, code), Basis.RESOLVED, anchor=context.published)


def week_of_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `the week of 9 October`: the calendar week that holds the day, or the seven days from it."""
    known = date_known(Phrase("date", phrase.words[2 if phrase.words[0].kind == "t" else 1 :][1:]), context)
    if known.interval.earliest is None:
        return replace(known, interval=replace(known.interval, granularity=Granularity.WEEK))
    return replace(known, interval=week_around(known.interval.earliest))


def nth_part_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `the first week of May`, `the last Sunday in June 2019`, `the second Friday of the month`."""
    joint = next(place for place, word in enumerate(phrase.words) if word.kind in "on")
    whole = month_known(Phrase("month", phrase.words[joint + 1 :]), context)
    unit = phrase.words[joint - 1]
    number = next((number_of(word) for word in phrase.words[:joint] if word.kind in "OD"), -1)
    month = whole.interval
    if unit.kind == "W":
        return replace(whole, interval=weekday_in(month, WEEKDAYS[unit.lower], number))
    if month.granularity is not Granularity.MONTH or not month.is_known:
        return Known(replace(UNKNOWN, granularity=Granularity.DAY), Basis.UNKNOWN)
    if unit.lower == "week":
        return replace(whole, interval=week_in(month, number))
    day = month.latest if number < 0 or month.earliest is None else month.earliest + timedelta(days=number - 1)
    return replace(whole, interval=day_of(day)) if day else whole


def month_known(phrase: Phrase, context: Context) -> Known:
    """Resolve a month or a year, named (`May 2019`) or pointed at (`this month`)."""
    deictic, unit = phrase.first("R"), phrase.first("U")
    if deictic is None or unit is None:
        return date_known(phrase, context)
    shift = {"last": -1, "this": 0, "next": 1}.get(deictic.lower)
    if context.published is None or shift is None or unit.lower not in {"month", "year"}:
        return Known(UNKNOWN, Basis.UNKNOWN)
    found = shifted(context.published, unit.lower, shift)
    return Known(found or UNKNOWN, Basis.RESOLVED, anchor=context.published)

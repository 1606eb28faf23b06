"""Times that a calendar other than the Gregorian names, or a feast, an anniversary, a fiscal year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dateline.grounding.times_calendar import UNKNOWN, Interval, day_or_none, is_year, spell
from dateline.grounding.times_calendars import era_interval, lunar_interval, lunar_month
from dateline.grounding.times_context import Context, Known, Tense
from dateline.grounding.times_dates import Parts, by_tense, complete, date_known, number_of
from dateline.grounding.times_feasts import feast_any_year, feast_in
from dateline.grounding.times_hijri import solar_year
from dateline.grounding.times_lexer import Phrase, year_number
from dateline.model.ground import Basis, Granularity

if TYPE_CHECKING:
    from collections.abc import Callable

_TENSES = {"last": Tense.PAST, "past": Tense.PAST, "next": Tense.AHEAD, "coming": Tense.AHEAD, "upcoming": Tense.AHEAD}


def lunar_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `10 Muharram 1443`, `Ramadan 2021`, `1 Meskerem 2014`, `during Ramadan`."""
    month = phrase.first("j")
    if month is None:
        return Known(UNKNOWN, Basis.UNKNOWN)
    islamic, number = lunar_month(month.text)
    named = phrase.first("DO")
    day = number_of(named) if named else None
    year = phrase.first("Y")
    if year is not None:
        return Known(lunar_interval(islamic, year_number(year), number, day), Basis.RESOLVED)
    granularity = Granularity.DAY if day else Granularity.MONTH
    return _by_year(lambda one: lunar_interval(islamic, one, number, day), phrase, context, granularity)


def _by_year(of_year: Callable[[int], Interval], phrase: Phrase, context: Context, granularity: Granularity) -> Known:
    """Choose the year of what comes every year, from the publication date and the tense of the words."""
    day = context.published
    if day is None:
        return Known(replace(UNKNOWN, granularity=granularity), Basis.UNKNOWN)
    deictic = phrase.first("R")
    tense = _TENSES.get(deictic.lower) if deictic else None
    choice = [of_year(year) for year in range(day.year - 2, day.year + 3)]
    found = by_tense(choice, day, tense or context.tense(phrase))
    if found.earliest is None:
        return Known(replace(UNKNOWN, granularity=granularity), Basis.UNKNOWN)
    return Known(found, Basis.RESOLVED, anchor=day)


def feast_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `May Day 2016`, `Eid al-Fitr`, `New Year's Eve`; `Eid` alone may be either feast and stays unknown."""
    feast, year = phrase.first("F"), phrase.first("Y")
    if feast is None:
        return Known(UNKNOWN, Basis.UNKNOWN)
    anywhen = feast_any_year(feast.text)
    if year is not None:
        found = feast_in(feast.text, year_number(year))
        return Known(found, Basis.STATED if anywhen.edtf else Basis.RESOLVED)
    if context.published is None and anywhen.edtf:
        return Known(anywhen)
    return _by_year(lambda one: feast_in(feast.text, one), phrase, context, Granularity.DAY)


def era_known(phrase: Phrase, _: Context) -> Known:
    """Resolve a year of a named era: `2557 BE`, `1442 AH`."""
    year, era = phrase.first("Y"), phrase.first("T")
    if year is None or era is None:
        return Known(UNKNOWN, Basis.UNKNOWN)
    mark = era.text.replace(".", "").upper()
    found = solar_year(year_number(year)) if mark in {"SH", "AP", "HS"} else None
    whole = spell(*found, Granularity.YEAR) if found else era_interval(year_number(year), era.text)
    return Known(whole, Basis.RESOLVED)


def anniversary_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `the second anniversary of 14 February 2011`; without a number its year
    is that of publication or stays open, without a date it is unknown.
    """
    place = next(i for i, word in enumerate(phrase.words) if word.kind == "Q")
    number = next((number_of(word) for word in phrase.words[:place] if word.kind in "DO"), 0)
    tail = phrase.words[place + 2 :]
    base = date_known(Phrase("date", tail), context) if tail else None
    first = base.interval.earliest if base else None
    if base is None or first is None or base.interval.granularity is not Granularity.DAY:
        return Known(replace(UNKNOWN, granularity=Granularity.DAY), Basis.UNKNOWN)
    if not number:
        return complete(Parts(month=first.month, day=first.day), phrase, replace(context, dated=None))
    day = day_or_none(first.year + number, first.month, first.day)
    found = spell(day, day, Granularity.DAY) if day and is_year(day.year) else UNKNOWN
    return replace(base, interval=found, basis=Basis.RESOLVED)


def fiscal_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `fiscal 1989`, `the current fiscal year`: nobody says when it begins, so it may be a year and a half."""
    year, deictic, day = phrase.first("Y"), phrase.first("R"), context.published
    if year is not None:
        return Known(_fiscal(year_number(year)))
    shift = {"last": -1, "previous": -1, "next": 1}.get(deictic.lower, 0) if deictic else 0
    if day is None or deictic is None:
        return Known(replace(UNKNOWN, granularity=Granularity.YEAR), Basis.UNKNOWN)
    return Known(_fiscal(day.year + shift), Basis.RESOLVED, anchor=day)


def _fiscal(year: int) -> Interval:
    """Return all that a fiscal year may be: from July before (Australia) to June after (one that ends with it)."""
    if not is_year(year):
        return UNKNOWN
    return spell(date(year - 1, 7, 1), date(year + 1, 6, 30), Granularity.YEAR)

"""Weekdays and weekends: against the publication date and the tense of the words, else against the narrative."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.grounding.times_calendar import Interval, day_of, either, spell, unite, week_of
from dateline.grounding.times_context import Context, Known, by_publication, unknown
from dateline.grounding.times_words import WEEKDAYS
from dateline.model.ground import Basis, Granularity

if TYPE_CHECKING:
    from dateline.grounding.times_lexer import Phrase, Word


def weekday_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `Monday`, `on Friday night`: the last one up to the publication date, the next one if tense says so."""
    word = phrase.first("W")
    if word is None:
        return unknown(Granularity.DAY)
    if context.published is None:
        return _weekday_by_text(word, phrase, context)
    return by_publication(day_of(_weekday_near(word, phrase, context, context.published)), context, Granularity.DAY)


def _weekday_near(word: Word, phrase: Phrase, context: Context, day: date) -> date:
    back = (day.weekday() - WEEKDAYS[word.lower]) % 7
    return day + timedelta(days=-back % 7 if context.is_ahead(phrase) else -back)


def _weekday_by_text(word: Word, phrase: Phrase, context: Context) -> Known:
    """Infer a weekday from the day that the narrative stands at: the one before or the one after, both are kept."""
    base = context.last_day(phrase.start)
    if base is None or base.earliest is None or base.basis is Basis.INFERRED:
        return unknown(Granularity.DAY)
    back = (base.earliest.weekday() - WEEKDAYS[word.lower]) % 7
    before = base.earliest - timedelta(days=back)
    day = either(before, before + timedelta(days=7 if back else 0))
    return Known(day, Basis.INFERRED, (base.evidence, *base.support), base.anchor)


def weekdays_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `from Monday to Wednesday`: the last such days that have begun, the next ones if tense says so."""
    words = [word for word in phrase.words if word.kind == "W"]
    if context.published is None or len(words) != 2:
        return unknown(Granularity.INTERVAL)
    first = _weekday_near(words[0], phrase, context, context.published)
    length = (WEEKDAYS[words[1].lower] - WEEKDAYS[words[0].lower]) % 7
    whole = spell(first, first + timedelta(days=length), Granularity.INTERVAL)
    return by_publication(whole, context, Granularity.INTERVAL)


def weekend_known(phrase: Phrase, context: Context) -> Known:
    """Resolve `the weekend`: the last one that had begun, the next one if tense says so."""
    day = context.published
    if day is None:
        return unknown(Granularity.INTERVAL)
    week = 0 if day.weekday() >= 5 or context.is_ahead(phrase) else -1
    return by_publication(weekend_of(day, week), context, Granularity.INTERVAL)


def weekend_of(day: date, weeks: int) -> Interval | None:
    """Return the weekend of the week of a day, or of one so many weeks later."""
    sunday = week_of(day, weeks).latest
    return spell(sunday - timedelta(days=1), sunday, Granularity.INTERVAL) if sunday else None


def next_weekend(day: date) -> Interval | None:
    """Return `next weekend`: the coming one or the one after, unless it is weekend already."""
    coming, after = weekend_of(day, 0), weekend_of(day, 1)
    return after if day.weekday() >= 5 or coming is None or after is None else unite(coming, after)


def shifted_weekday(word: Word, shift: int, day: date) -> Interval:
    """Return `this Monday` of the week; `last Monday`, `next Monday`: both readings where it is of the same week."""
    number = WEEKDAYS[word.lower]
    if shift == 0:
        return day_of(day + timedelta(days=number - day.weekday()))
    away = (day.weekday() - number) % 7 or 7
    nearest = day - timedelta(days=away) if shift < 0 else day + timedelta(days=(7 - away) or 7)
    same_week = nearest.isocalendar()[:2] == day.isocalendar()[:2]
    return either(nearest, nearest + timedelta(days=7 * shift)) if same_week else day_of(nearest)


def weekday_after(word: Word, shift: int, day: date) -> Interval:
    """Return the nearest such weekday after a day told of (before it, if negative)."""
    away = (day.weekday() - WEEKDAYS[word.lower]) % 7 or 7
    return day_of(day - timedelta(days=away) if shift < 0 else day + timedelta(days=(7 - away) or 7))

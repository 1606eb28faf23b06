"""What a time phrase may lean on: the publication date, earlier times of the text, and the tense of its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dateline.grounding.times_calendar import UNKNOWN, Interval, day_or_none
from dateline.model.ground import Basis, Granularity, When
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.grounding.times_lexer import Phrase

_NEAR = 1500  # characters: how far back the date may stand that a later "two days later" or "that day" leans on
_BREAK = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(\[]*[A-Z]|\n\s*\n")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Rev|Gov|Sen|Rep|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|No)\Z"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|['’]ll|won['’]t|to\s+be\s+(?:held|heard|released|tried)|scheduled|plan(?:s|ned|ning)|expect(?:s|ed)|"
    r"upcoming|due|set\s+(?:to|for)|is\s+to|are\s+to)\b"
)
_SURELY_AHEAD = re.compile(r"\b(?:will|shall|['’]ll|won['’]t|is\s+to|are\s+to|to\s+be)\b")
_PERHAPS_AHEAD = re.compile(
    r"\b(?:would|could|may|might|must|payable|effective|call(?:s|ing)?\s+for|before|until|by)\b"
)
_FRONTED = re.compile(r"\W*(?:(?:on|by|in|from|until|early|late)\s+)?", re.IGNORECASE)
_TIME_OF_SAYING = re.compile(r"\b(?:said|says|told|announced|reported|stated|added)\b(?:\s+\w+)?\s+\Z")
_SOON_AHEAD = re.compile(r",?\s+(?:[\w’'-]+\s+){0,4}?(?:will|shall|(?:is|are)\s+(?:expected|planned|scheduled|due))\b")
_HAD = re.compile(r"\bhad\s+(?:\w+\s+){0,2}?(?:\w+ed|been|due)\b|\bpreviously\b")
_PRESENT = re.compile(r"\b(?:is|are|be|to)\s+[a-z]+")
_SINCE, _DUE = re.compile(r"\b[Ss]ince\s+\Z"), re.compile(r"\b(?:[Bb]y|[Uu]ntil)\s+\Z")
_NO_LATER = re.compile(r"\bas\s+(?:early|soon)\s+as\s+(?:on\s+)?\Z")
_PAST = re.compile(
    r"\b(?:was|were|had|did|has|have|been|took|met|began|went|came|led|held|shot|fell|rose|made|left|lost|"
    r"got|gave|broke|brought|sent|saw|found|(?!scheduled|expected|planned|united|armed|need)[a-z]{2,}ed)\b"
)


class Tense(StrEnum):
    """Which way the words around a time look."""

    PAST = "past"
    AHEAD = "ahead"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Known:
    """What became of a phrase: its interval, how it is known, and what it leans on."""

    interval: Interval
    basis: Basis = Basis.STATED
    support: tuple[Evidence, ...] = ()
    anchor: date | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The text around a phrase, the day the report was published, and the times found before the phrase.

    `dated` is the nearest of them with a year, exact to a day or a month, that the text itself gives.
    """

    text: str
    published: date | None
    earlier: Sequence[When] = ()
    dated: When | None = None
    dateline: When | None = None
    """The day in the text's own dateline or stamp, where `published` is taken from it."""

    def same_sentence(self, start: int, end: int) -> bool:
        """Say whether no sentence ends between two offsets."""
        return end - start <= _NEAR and not any(
            _ends_sentence(self.text, stop) for stop in _BREAK.finditer(self.text, start, end)
        )

    def tense(self, phrase: Phrase) -> Tense:
        """Tell from the words before a phrase, or after one that opens its sentence, which way they look."""
        start = max(0, phrase.start - 160)
        stops = [stop.end() - 1 for stop in _BREAK.finditer(self.text, start, phrase.start)]
        before = self.text[stops[-1] if stops else start : phrase.start]
        if _SINCE.search(before) or _HAD.search(before[-80:]):
            return Tense.PAST
        if _NO_LATER.search(before):
            return Tense.AHEAD
        fronted = bool(_FRONTED.fullmatch(before))
        stop = _BREAK.search(self.text, phrase.end, phrase.end + 80)
        after = self.text[phrase.end : stop.start() if stop else phrase.end + 80]
        if _SOON_AHEAD.match(after) and not _TIME_OF_SAYING.search(before):
            return Tense.AHEAD
        ahead = _last(_SURELY_AHEAD if fronted else _AHEAD, after if fronted else before[-80:])
        past = _last(_PAST, after if fronted else before[-80:])
        if ahead >= 0 and (ahead < past if fronted else ahead > past):
            return Tense.AHEAD
        if ahead >= 0 and past < 0:
            return Tense.AHEAD
        if _last(_PRESENT, before) > _last(_PAST, before):
            return Tense.AHEAD if _DUE.search(before) else Tense.UNCLEAR
        perhaps = ahead >= 0 or _PERHAPS_AHEAD.search(before) or _PERHAPS_AHEAD.search(after)
        if not perhaps and (_PAST.search(before) or _PAST.search(after)):
            return Tense.PAST
        return Tense.AHEAD if _DUE.search(before) else Tense.UNCLEAR

    def is_ahead(self, phrase: Phrase) -> bool:
        """Say whether the words around a phrase plainly speak of the future."""
        return self.tense(phrase) is Tense.AHEAD

    def last_day(self, start: int) -> When | None:
        """Return the single day that the narrative stands at: the nearest earlier time, if it is a day and close by."""
        last = self._last_told(start)
        return last if last and last.granularity is Granularity.DAY and last.earliest == last.latest else None

    def last_time(self, start: int) -> When | None:
        """Return the nearest earlier time of a day, week, month or year, if it is known and close by."""
        plain = {Granularity.DAY, Granularity.WEEK, Granularity.MONTH, Granularity.YEAR}
        last = self._last_told(start)
        return last if last and last.granularity in plain else None

    def _last_told(self, start: int) -> When | None:
        loose = {Granularity.UNKNOWN, Granularity.INTERVAL}
        for when in reversed(self.earlier):
            if start - when.evidence.end > _NEAR:
                return None
            if self._is_aside(when):
                continue
            if when.earliest or when.granularity not in loose:
                return when if when.earliest else None
        return None

    def _is_aside(self, when: When) -> bool:
        """Say whether a tale does not go on from this time: it is a plan, or the time when somebody spoke."""
        if self.published is not None and when.earliest is not None and when.earliest > self.published:
            return True
        start = when.evidence.start
        return bool(_TIME_OF_SAYING.search(self.text, max(0, start - 24), start))


def unknown(granularity: Granularity = Granularity.UNKNOWN) -> Known:
    """Return what is known of words that cannot be resolved: the unit that they name."""
    return Known(replace(UNKNOWN, granularity=granularity), Basis.UNKNOWN)


def by_publication(interval: Interval | None, context: Context, granularity: Granularity) -> Known:
    """Return what was resolved against the publication date; unknown where the calendar ends."""
    if interval is None:
        return unknown(granularity)
    return Known(interval, Basis.RESOLVED, anchor=context.published)


def is_dated(when: When) -> bool:
    """Say whether a time gives a year, exact to a day or a month, and leans on the text alone."""
    exact = when.granularity in {Granularity.DAY, Granularity.MONTH}
    return exact and when.earliest is not None and when.latest is not None and when.anchor is None


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    return not stop[0].startswith(".") or not _ABBREVIATED.search(text, max(0, stop.start() - 6), stop.start())


def nearest_year(month: int, day: int, pivot: date) -> int:
    """Return the year in which a day of a month falls nearest to a day told of before, the same year preferred.

    Another year is taken only where the tale plainly crosses New Year: within about three months, not nine.
    """
    for year in (pivot.year - 1, pivot.year + 1):
        candidate = day_or_none(year, month, day)
        if candidate is not None and abs((candidate - pivot).days) <= 92:
            same = day_or_none(pivot.year, month, day)
            if same is None or abs((same - pivot).days) > 270:
                return year
    return pivot.year


def published_year(month: int, day: int | None, published: date, tense: Tense) -> int:
    """Return the year of a day of a month in a report, from the day it was published and the tense of the words.

    Words about the past mean the last such day (up to 30 days after publication still count as this year's, for reports
    announce), words about the future the next one. Unclear words mean the nearer one, the past preferred two to one.
    """
    years = (published.year - 1, published.year, published.year + 1)
    days = {year: _nearest_day(year, month, day, published) for year in years}
    away = {year: (found - published).days for year, found in days.items() if found is not None}
    first, last = {Tense.PAST: (-366, 30), Tense.AHEAD: (-30, 366), Tense.UNCLEAR: (-366, 366)}[tense]
    fitting = [year for year, distance in away.items() if first <= distance <= last]
    weight = 2 if tense is Tense.UNCLEAR else 1
    return min(fitting, key=lambda year: abs(away[year]) * (weight if away[year] > 0 else 1), default=published.year)


def _nearest_day(year: int, month: int, day: int | None, published: date) -> date | None:
    """Return a day of a month, or of a month alone the day nearest to publication."""
    if day is not None:
        return day_or_none(year, month, day)
    first, last = date(year, month, 1), date(year, month, 28)
    return min(max(published, first), last)


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match of a pattern begins, -1 if there is none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)

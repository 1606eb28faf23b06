"""Lengths of time and rates, as ISO 8601 durations: `two and a half years` is P2Y6M, `daily` P1D, `weeks` PXW."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.grounding.numbers import value_of
from dateline.grounding.times_words import RATES, WEEKDAYS

if TYPE_CHECKING:
    from dateline.grounding.times_lexer import Phrase, Word

_LETTERS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "year": "Y"}
_LARGER = {"fortnight": ("week", 2), "decade": ("year", 10), "century": ("year", 100)}
_HALVES = {"year": "6M", "hour": "30M", "minute": "30S", "day": "T12H"}
_ROUGH = frozenset({"few", "several", "some"})
_NIGHTS = {"night": "TNI", "morning": "TMO", "evening": "TEV", "afternoon": "TAF"}


def length_value(phrase: Phrase) -> str:
    """Return a length as an ISO 8601 duration; an unknown number is X.

    >>> from dateline.grounding.times_grammar import all_phrases_of
    >>> [length_value(phrase) for phrase in all_phrases_of("a five-hour trip, two and a half years, for weeks")]
    ['PT5H', 'P2Y6M', 'PXW']
    """
    unit = _unit(phrase)
    count = _count(phrase, plural=_is_plural(phrase))
    name, times = _LARGER.get(unit, (unit, 1))
    number = "X" if count is None or (times > 1 and count == 0) else str(count * times)
    half = _HALVES.get(name, "") if phrase.first("2B") else ""
    letters = _LETTERS.get(name, "D")
    if phrase.words[0].kind == "B":
        return f"PT{half}" if letters.startswith("T") else f"P{half}"
    return f"PT{number}{letters[1]}{half}" if letters.startswith("T") else f"P{number}{letters}{half}"


def _unit(phrase: Phrase) -> str:
    word = next((word for word in reversed(phrase.words) if word.kind in "UP"), None)
    if word is None:
        return "quarter" if phrase.first("B") else "day"
    if word.kind == "P":
        return "day"
    bare = word.lower.split("'")[0].split("’")[0]
    return "century" if bare.startswith("centur") else bare.removesuffix("s")


def _is_plural(phrase: Phrase) -> bool:
    word = phrase.first("U")
    return word is not None and word.lower.endswith("s")


def _count(phrase: Phrase, *, plural: bool) -> int | None:
    """Return how many units; None where nobody says: `weeks`, `several weeks`."""
    number = phrase.first("NDK")
    if number is None:
        return None if plural else 1
    if number.lower in _ROUGH:
        return None
    return 2 if number.lower.startswith("couple") else value_of(number.text)


def rate_value(phrase: Phrase) -> str:
    """Return how often: `every Friday` is XXXX-WXX-5, `daily` and `each day` P1D, `every two weeks` P2W."""
    weekday = phrase.first("WV")
    if weekday is not None:
        return f"XXXX-WXX-{_weekday(weekday)}{_daytime(phrase)}"
    if phrase.kind == "rate":
        return f"P{_period(RATES[phrase.words[0].lower])}"
    month = phrase.first("M")
    return "P1Y" if month or phrase.first("S") else "P1W" if phrase.first("E") else length_value(phrase)


def _period(unit: str) -> str:
    letters = _LETTERS[unit]
    return f"T1{letters[1]}" if letters.startswith("T") else f"1{letters}"


def _weekday(word: Word) -> int:
    return WEEKDAYS[word.lower.removesuffix("s") if word.kind == "V" else word.lower] + 1


def _daytime(phrase: Phrase) -> str:
    part = phrase.first("P")
    return _NIGHTS.get(part.lower.removesuffix("s"), "") if part else ""

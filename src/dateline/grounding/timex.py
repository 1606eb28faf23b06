"""Time expressions in the notation of TIMEX3 (TimeML 1.2.1), by which annotated news is scored: `find_timexes`.

A TIMEX3 is more than a time of `find_times`: lengths (`two weeks`: DURATION P2W), rates (`daily`: SET P1D) and words
like `current` count too; and it is less, as its words leave `since` and `from` out, and a range is its two ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from dateline.grounding.numbers import ORDINALS
from dateline.grounding.times import Reading, read_times
from dateline.grounding.times_lengths import length_value, rate_value
from dateline.grounding.times_lexer import Phrase
from dateline.model.ground import Basis, Granularity
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.grounding.times_lexer import Word
    from dateline.model.ground import When

_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI", "40": "H1", "41": "H2"} | {
    str(33 + quarter): f"Q{quarter + 1}" for quarter in range(4)
}
_CODED = re.compile(r"(\d{4})-(2[1-4]|3[3-6]|4[01])\Z")
_VAGUE = (
    (re.compile(r"now|current|present|nowadays|these\s+days|today|tonight", re.IGNORECASE), "PRESENT_REF"),
    (re.compile(r"future|soon|coming|next|tomorrow", re.IGNORECASE), "FUTURE_REF"),
)
_DAYTIMES = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "overnight": "NI", "tonight": "NI"}
_DAYTIMES |= {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
_CLOCK = re.compile(r"(\d\d?)(?:[:.]\s?(\d\d))?\s*([ap])?", re.IGNORECASE)
_NEAR = 600  # characters: how far back a quarter may be named that `a year earlier` is a year before
_MORE = re.compile(r"\b(?:nearly|almost|(?:no\s+)?more\s+than|less\s+than|over|up\s+to)\s+\Z", re.IGNORECASE)
_OFTEN = re.compile(r"\b(?:once|twice|times)\s+\Z", re.IGNORECASE)
_HOURLY = re.compile(r"\dT")
_QUARTER = re.compile(r"\d{4}-Q\d\Z")


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: its words, its TIMEX3 type (DATE, TIME, DURATION, SET) and its TIMEX3 value."""

    evidence: Evidence
    type: str
    value: str


def find_timexes(text: str, *, published: date | None = None) -> list[Timex]:
    """Return the time expressions of a text, in order, none overlapping.

    Args:
        text: any text; offsets of the evidence are code points of it.
        published: the day the text was published, if known.

    >>> found = find_timexes("In May 2019 they met daily for two weeks.")
    >>> [(timex.evidence.quote, timex.type, timex.value) for timex in found]
    [('May 2019', 'DATE', '2019-05'), ('daily', 'SET', 'P1D'), ('two weeks', 'DURATION', 'P2W')]
    """
    found: list[Timex] = []
    for reading in read_times(text, published):
        found.extend(_timexes(text, reading, found, published))
    return found


def _timexes(text: str, reading: Reading, before: Sequence[Timex], published: date | None) -> list[Timex]:
    """Return the expression of a phrase; the two of a range or a list of two."""
    ends = _ends(reading)
    if ends:
        return [Timex(_cite(text, words), "DATE", value) for words, value in ends]
    phrase = reading.phrase
    words = _own_words(phrase)
    if phrase.kind == "rate" or phrase.kind == "habit":
        return [Timex(_cite(text, words), "SET", rate_value(phrase))]
    if phrase.form == "aU" and _OFTEN.search(text, max(0, phrase.start - 12), phrase.start):
        return [Timex(_cite(text, words), "SET", length_value(phrase))]
    if phrase.kind in {"duration", "spell"} or _is_length(reading):
        return [Timex(_widened(text, _cite(text, _length_words(words))), "DURATION", length_value(phrase))]
    if _is_untold(reading):
        return []
    value = _quarterly(reading, before, published) or _value(reading, published)
    evidence = _widened(text, _cite(text, words)) if words[-1].kind == "A" else _cite(text, words)
    return [Timex(evidence, "TIME" if _HOURLY.search(value) else "DATE", value)] if value else []


def _own_words(phrase: Phrase) -> tuple[Word, ...]:
    """Return a phrase's words without the prepositions before them."""
    words = phrase.words
    while len(words) > 1 and words[0].kind in "siubfkpqn":
        words = words[1:]
    if (
        phrase.kind not in {"offset", "deictic"}
        and len(words) > 1
        and words[0].kind == "t"
        and words[1].kind in "MJYIW"
    ):
        words = words[1:]
    return words


def _is_untold(reading: Reading) -> bool:
    """Say whether a phrase points at something that nothing tells: `the anniversary`, `that day`."""
    phrase, when = reading.phrase, reading.when
    if when is None or when.edtf is not None:
        return False
    deictic = phrase.first("R")
    pointing = phrase.kind == "deictic" and deictic is not None and deictic.lower in {"this", "that"}
    return phrase.kind == "anniversary" or (pointing and phrase.words[-1].lower in {"day", "year", "night"})


def _length_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words of a length: `a` belongs to `a year`, not to `a two-year` deal; `later` never does."""
    kept = tuple(word for word in words if word.kind not in "bL")
    number = next((i for i, word in enumerate(kept) if word.kind in "NDK"), None)
    joined = any(word.kind == "h" for word in kept) or (kept[-1].kind == "U" and not kept[-1].lower.endswith("s"))
    return kept[number:] if number and joined and all(word.kind in "at" for word in kept[:number]) else kept


def _cite(text: str, words: Sequence[Word]) -> Evidence:
    return Evidence(words[0].start, words[-1].end, text[words[0].start : words[-1].end])


def _widened(text: str, evidence: Evidence) -> Evidence:
    """Return a length with the words before it that say more or less than it."""
    more = _MORE.search(text, max(0, evidence.start - 14), evidence.start)
    return Evidence(more.start(), evidence.end, text[more.start() : evidence.end]) if more else evidence


def _ends(reading: Reading) -> list[tuple[tuple[Word, ...], str]]:
    """Return both ends of a range or list, each with its value, where each is a day, a month or a year."""
    words = reading.phrase.words
    if reading.when is None or reading.phrase.kind not in {"range", "list", "weekdays"}:
        return []
    joint = next((i for i, word in reversed(list(enumerate(words))) if word.kind in "dghi"), 0)
    sides = (reading.when.edtf or "").split("/")
    first, last = _own_words(Phrase("", words[:joint] or words)), words[joint + 1 :]
    first = tuple(word for word in first if word.kind != "c" or word is not first[-1])
    return [(first, sides[0]), (last, sides[1])] if joint and last and len(sides) == 2 else []


def _is_length(reading: Reading) -> bool:
    """Say whether `two days later` or `recent months` tells how long rather than when."""
    phrase, when = reading.phrase, reading.when
    if when is None:
        return False
    if phrase.kind == "offset":
        if phrase.form == "aUL" and phrase.words[1].lower == "year" and phrase.words[2].lower == "earlier":
            return False
        return when.basis is Basis.UNKNOWN and phrase.words[-1].kind in "Lb" and phrase.form != "tUb"
    unit = phrase.words[-1]
    return phrase.kind == "deictic" and unit.kind == "U" and unit.lower.endswith("s") and phrase.first("m") is None


def _value(reading: Reading, published: date | None) -> str:
    phrase, when = reading.phrase, reading.when
    if when is None:
        return _lengthless(phrase, published)
    if phrase.kind == "fiscal":
        stated = when.earliest.year + 1 if when.earliest else published.year if published else None
        return str(stated) if stated else "PRESENT_REF"
    if phrase.form == "UA":
        return length_value(phrase)
    if phrase.kind == "yearend" and when.latest:
        return when.latest.isoformat()
    if phrase.kind == "nth" and when.earliest is None and published is not None:
        return published.isoformat()
    if phrase.kind == "deictic" and when.granularity is Granularity.INTERVAL and when.latest and phrase.first("U"):
        return _last_unit(phrase, when)
    day = _plain_value(reading, when)
    part = (phrase.first("PH") or phrase.first("X")) if len(day) == 10 and day[4] == "-" else None
    return f"{day}T{_daytime(part)}" if part and _daytime(part) else day


def _last_unit(phrase: Phrase, when: When) -> str:
    """Return `the past year` as the year before, `the past decade` as the one before."""
    unit = phrase.words[-1].lower
    earliest = when.earliest or when.latest
    if earliest is None or unit not in {"year", "decade", "month", "week"}:
        return when.edtf or "PAST_REF"
    if unit == "week":
        year, week, _ = earliest.isocalendar()
        return f"{year}-W{week:02}"
    return earliest.isoformat()[: {"year": 4, "decade": 3, "month": 7}[unit]]


def _lengthless(phrase: Phrase, published: date | None) -> str:
    """Return the value of what names no day: an hour of the day of publication, or a vague reference."""
    if phrase.kind == "clock":
        part = phrase.first("HP")
        return f"{published.isoformat()}T{_daytime(part)}" if published and part else ""
    return _vague(" ".join(word.text for word in phrase.words))


def _daytime(word: Word | None) -> str:
    """Return a part of the day or an hour as TIMEX3 writes it."""
    if word is None:
        return ""
    if word.kind != "H":
        return _DAYTIMES.get(word.lower.removesuffix("s"), "")
    clock = _CLOCK.match(word.text)
    if clock is None:
        return ""
    hour = int(clock[1]) % 12 + 12 if (clock[3] or "").lower() == "p" else int(clock[1])
    return f"{hour:02}:{clock[2] or '00'}"


def _plain_value(reading: Reading, when: When) -> str:
    named = reading.named.interval if reading.named else None
    if named is None or named.earliest is None:
        return when.edtf.split("/")[0] if when.edtf else _vague(when.evidence.quote)
    coded = _CODED.match((named.edtf or "").rstrip("~?"))
    if coded:
        return f"{coded[1]}-{_SEASONS[coded[2]]}"
    return _unit_value(reading, named.earliest, named.latest or named.earliest)


def _unit_value(reading: Reading, first: date, last: date) -> str:
    granularity = reading.named.interval.granularity if reading.named else Granularity.DAY
    if granularity is Granularity.WEEK:
        year, week, _ = (first + (last - first) / 2).isocalendar()
        return f"{year}-W{week:02}"
    if granularity is Granularity.DECADE:
        return f"{first.year // 10}" if last.year - first.year > 2 else f"{first.year + 1}"
    if (last.year - first.year, first.year % 100) == (99, 1):
        return str(first.year // 100)
    if reading.phrase.first("E") and last - first == timedelta(days=1):
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}-WE"
    if reading.phrase.first("F") and first != last:
        return (first + (last - first) / 2).isoformat()
    ago = _is_before(reading.phrase)
    lengths = {Granularity.DAY: 10, Granularity.MONTH: 7, Granularity.YEAR: 4}
    if granularity in lengths:
        return (last if ago else first).isoformat()[: lengths[granularity]]
    return (reading.named.interval.edtf or first.isoformat()).split("/")[0] if reading.named else first.isoformat()


def _is_before(phrase: Phrase) -> bool:
    """Say whether `last Monday` may be of this week, which news mean, or of the week before; `overnight` is begun."""
    deictic = phrase.first("R")
    return (
        phrase.kind == "deictic" and deictic is not None and deictic.lower == "last" and phrase.first("W") is not None
    )


def _vague(words: str) -> str:
    return next((value for pattern, value in _VAGUE if pattern.search(words)), "PAST_REF")


def _quarterly(reading: Reading, before: Sequence[Timex], published: date | None) -> str:
    """Return the quarter that `the quarter`, `a year earlier` or `year-ago` mean: that named last, or a year before."""
    phrase = reading.phrase
    yearly = phrase.first("C") is not None or (
        phrase.kind == "offset" and phrase.form in {"aUA", "aUL"} and phrase.words[1].lower == "year"
    )
    latest = phrase.form in {"tRB", "RB"} and phrase.words[-1].lower == "quarter"
    if not (yearly or latest or phrase.kind in {"quarter", "earlier"}):
        return ""
    near = takewhile(lambda timex: phrase.start - timex.evidence.end <= _NEAR, reversed(before))
    named = [timex.value for timex in near if _is_over(timex, published)]
    if not named:
        return _without_quarter(phrase, published)
    current = max(int(value[:4]) for value in named)
    deictic, own = phrase.first("R"), phrase.first("O")
    year = int(named[0][:4]) if deictic and deictic.lower == "that" else current
    place = ORDINALS[own.lower] if own else 0
    quarter = f"-Q{place}" if 0 < place < 5 and phrase.words[-1].lower == "quarter" else named[0][4:]
    return f"{current - 1}{quarter}" if yearly else f"{year}{quarter}"


def _is_over(timex: Timex, published: date | None) -> bool:
    """Say whether an expression is a quarter that had ended by publication."""
    if not _QUARTER.match(timex.value):
        return False
    ended = int(timex.value[:4]) * 4 + int(timex.value[-1])
    return published is None or ended <= published.year * 4 + (published.month - 1) // 3


def _without_quarter(phrase: Phrase, published: date | None) -> str:
    """Return what these words mean where no quarter was named: a year before publication, or the last quarter."""
    if phrase.kind == "offset" and phrase.form == "aUL" and published is not None:
        return str(published.year - 1)
    if phrase.kind == "offset" or published is None:
        return "" if phrase.kind == "offset" else "PAST_REF"
    if phrase.words[-1].lower != "quarter":
        return str(published.year - 1)
    year, quarter = divmod(published.year * 4 + (published.month - 1) // 3 - 1, 4)
    return f"{year - (phrase.first('C') is not None)}-Q{quarter + 1}"

"""How many: the numbers of a text that count people, places, days and the like, as words and as a low-high range.

Words are kept, and the range is what they say, by these rules:

    30; twenty-three; a dozen      exactly that
    at least 30; 30 or more        30 and up            more than 30, over 30     31 and up
    up to 30; as many as 30        down from 30         fewer than 30, under 30   29 and down
    about 30, some 30, 30 or so    27 to 33: a tenth either way, rounded outwards
    nearly 30, almost 30           27 to 30             just over 30              30 to 33
    20 to 30; between 20 and 30    20 to 30
    a couple 2-3, a few 2-9, several 3-9, dozens 24-99, scores 40-199, hundreds 200-999, thousands 2000-9999,
    tens of thousands 20,000-99,999, and so on; several hundred 300-999
    no one, nobody, none           0 to 0

Dates, ages, ordinals, labels ("Article 58") and numbers that count nothing known are no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dateline.grounding.figures_events import figures_of
from dateline.grounding.figures_words import (
    AFTER,
    AGE_AFTER,
    AGE_BEFORE,
    BEFORE,
    GIVEN_AFTER,
    GIVEN_BEFORE,
    LABEL_BEFORE,
    LASTING,
    SOURCE_AFTER,
    SOURCE_BEFORE,
    TERM_AFTER,
    TERM_BEFORE,
    counted,
)
from dateline.grounding.numbers import DIGITS, SCALES, TENS, UNITS, WORDS, value_of
from dateline.grounding.times_grammar import phrases_of
from dateline.model.ground import Figure
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["figures_of", "find_figures"]

_WINDOW = 100
_ROUGH = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "millions": 10**6}
_ROUGH_HIGH = {"tens": 99, "dozens": 99, "scores": 199, "hundreds": 999, "thousands": 9999, "millions": 10**7 - 1}
_SEVERAL = {"several": (3, 9), "few": (2, 9), "couple": (2, 3), "handful": (2, 9)}
_SCALE = "hundred|thousand|million|dozen"
_EXACT = rf"(?:{DIGITS}|{WORDS})"
_AMOUNT = re.compile(
    rf"(?P<none>no\s+one|nobody|none)\b"
    rf"|(?P<rough>(?:tens|dozens|scores|hundreds|thousands|millions)(?:\s+of\s+(?P<more>hundreds|thousands|millions)\b)?)\b"
    rf"|(?P<several>(?:several|(?:a\s+)?(?:few|couple(?:\s+of)?|handful)))(?:\s+(?P<scale>{_SCALE})\b)?(?=\s)"
    rf"|(?P<first>{_EXACT})(?:(?P<to>\s*[-–—]\s*|\s+to\s+|\s+or\s+|\s+and\s+)(?P<second>{_EXACT}))?",
    re.IGNORECASE,
)
_SINGLE = re.compile(_EXACT, re.IGNORECASE)
_OPENER = re.compile(r"[A-Za-z]+|\d+")
_STARTS = frozenset(
    form
    for word in (*UNITS, *TENS, *_ROUGH, *_SEVERAL, "half", "nobody", "none", "no", "a", "an")
    for form in (word, word.capitalize())
)
_AFTER_ARTICLE = re.compile(
    r"(?:no\s+one|an?\s+(?:hundred|thousand|million|dozen|few|couple|handful))\b", re.IGNORECASE
)
_HEDGE = re.compile(
    r"\b(?:(?P<least>at\s+least|no\s+(?:fewer|less)\s+than|not\s+less\s+than|a\s+minimum\s+of)|"
    r"(?P<justover>just\s+over|slightly\s+(?:more\s+than|over)|a\s+little\s+over)|"
    r"(?P<over>more\s+than|over|above|upwards?\s+of|in\s+excess\s+of)|"
    r"(?P<most>up\s+to|as\s+many\s+as|at\s+most|no\s+more\s+than|not\s+more\s+than|a\s+maximum\s+of)|"
    r"(?P<nearly>nearly|almost|close\s+to|just\s+under|not\s+quite)|"
    r"(?P<under>fewer\s+than|less\s+than|under|below)|"
    r"(?P<about>about|around|some|approximately|roughly|(?:an\s+)?estimated|circa|perhaps)|(?P<between>between))\s+\Z",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?P<least>or\s+more)\b|\s*(?P<plus>\+|-plus\b)|\s+(?P<about>or\s+so)\b|-(?P<strong>strong)\b", re.IGNORECASE
)
_FRACTION = re.compile(r"[\s-]*(?:thirds?|quarters?|fifths?|tenths?|half|halves)\b")
_WORD = re.compile(r"\s*(%|per\s+cent\b|(?:passers?-by|sit-ins?|human-rights|[^\W\d_]+)(?:['’]s)?)", re.IGNORECASE)
_HYPHENED = re.compile(r"\s?-\s?(hour|day|week|month|year)s?\b(?!\s?-\s?old)(?:-long\b)?", re.IGNORECASE)
_CURRENCY = re.compile(r"[$€£]\s?\Z")
_CLOCK = re.compile(r"[012]\d[0-5]\d\s+hours\b")
_STOPS = frozenset(
    "is are was were be been being has have had do did in on at to from by with for and or but who whom that which "
    "when while after before as during since near into over under against not it he she they we his her will would "
    "could may can said says told per if than then so because about also".split()
)
_MODIFIERS = 4


class _Amount(NamedTuple):
    """A number with its hedge: where it stands, and its range."""

    start: int
    end: int
    core: int
    low: int | None
    high: int | None

    @property
    def is_single(self) -> bool:
        """Say whether it is exactly one."""
        return self.low == self.high == 1

    @property
    def is_none(self) -> bool:
        """Say whether it is `nobody`."""
        return self.low == self.high == 0


class _Count(NamedTuple):
    """What an amount counts, where the words that say so end, and the verb that tells it, if one does."""

    counts: str
    end: int
    verb: Evidence | None = None


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a text, in order.

    >>> found = find_figures("They killed at least 12 people in 40 cities.")
    >>> [(figure.evidence.quote, figure.counts, figure.low, figure.high) for figure in found]
    [('at least 12 people', 'killed', 12, None), ('40 cities', 'cities', 40, 40)]
    """
    blocked = [(phrase.start, phrase.end) for phrase in phrases_of(text)]
    starts = [start for start, _ in blocked]
    found: list[Figure] = []
    reached = 0
    for opener in _OPENER.finditer(text):
        if opener.start() < reached or not (opener[0].isdigit() or opener[0] in _STARTS):
            continue
        place = bisect_right(starts, opener.start()) - 1
        if place >= 0 and opener.start() < blocked[place][1]:
            continue
        amount = _amount_at(text, opener.start())
        if amount is None:
            continue
        reached = amount.end
        found.extend(_figures_at(text, amount, found))
    return _shared(text, found)


def _shared(text: str, figures: list[Figure]) -> list[Figure]:
    """Let a number share the verb of the one that it is joined to: `12 soldiers and 3 policemen were killed`."""
    for place in range(len(figures) - 2, -1, -1):
        first, second = figures[place : place + 2]
        told = second.support and second.support[0].start >= second.evidence.end
        if first.counts == "people" and not first.support and told and _is_joined(text, first, second.evidence.start):
            figures[place] = replace(first, counts=second.counts, support=second.support)
    return figures


def _is_joined(text: str, first: Figure, start: int) -> bool:
    return text[first.evidence.end : start].strip() in {"and", ",", ", and", "as well as"}


def _amount_at(text: str, start: int) -> _Amount | None:
    """Read the number that begins here, if one does, with the words that hedge it."""
    if text[start] in "aAnN" and not (
        _AFTER_ARTICLE.match(text, start) or text[start : start + 2].lower() in {"no", "ni"}
    ):
        return None
    match = _AMOUNT.match(text, start)
    if match is None or text[match.end() : match.end() + 1].isalnum() or _is_label(text, match):
        return None
    end, bounds = _bounds(text, match)
    if bounds is None:
        return None
    currency = _CURRENCY.search(text, max(0, start - 2), start)
    start = currency.start() if currency else start
    before = _HEDGE.search(text, max(0, start - 24), start)
    after = _TAIL.match(text, end)
    low, high = _hedged(bounds, (before and before.lastgroup) or "")
    low, high = _hedged((low, high), (after and after.lastgroup) or "")
    return _Amount(before.start() if before else start, after.end() if after else end, start, low, high)


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Say whether a number is an age, a label, a fraction or a part of a longer number."""
    start = max(0, match.start() - 20), match.start()
    money = _CURRENCY.search(text, *start)
    if LABEL_BEFORE.search(text, *start) and not money:
        return True
    if match["first"] is None:
        return False
    return bool(
        AGE_AFTER.match(text, match.end())
        or _FRACTION.match(text, match.end())
        or (AGE_BEFORE.search(text, *start) and _ends_flat(text, match))
    )


def _ends_flat(text: str, match: re.Match[str]) -> bool:
    """Say whether nothing that could be counted follows."""
    return not re.match(r"\s+\w|%", text[match.end() : match.end() + 3])


def _bounds(text: str, match: re.Match[str]) -> tuple[int, tuple[int, int] | None]:
    """Return where the number ends, and its range before hedging."""
    if match["none"]:
        return match.end(), (0, 0)
    if match["rough"]:
        return match.end(), _rough(match["rough"].lower().split())
    if match["several"]:
        low, high = _SEVERAL[
            match["several"].lower().split()[-1 if "of" not in match["several"].lower().split() else -2]
        ]
        scale = SCALES[match["scale"].lower()] if match["scale"] else 1
        return match.end(), (low * scale, high * scale + scale - 1)
    return _range(text, match)


def _rough(words: Sequence[str]) -> tuple[int, int]:
    scale = _ROUGH[words[-1]] if len(words) > 1 else 1
    return (2 * _ROUGH[words[0]] * scale, (_ROUGH_HIGH[words[0]] + 1) * scale - 1)


def _range(text: str, match: re.Match[str]) -> tuple[int, tuple[int, int] | None]:
    first = value_of(match["first"])
    second = value_of(match["second"]) if match["second"] else None
    between = bool(_HEDGE.search(text, max(0, match.start() - 24), match.start())) and "and" in (match["to"] or "")
    if first is None:
        return match.end(), None
    joined = match["to"] is not None and ("and" not in match["to"] or between)
    if second is None or not joined or second <= first * _scale_of(match["second"], first):
        return match.end("first"), (first, first)
    return match.end(), (first * _scale_of(match["second"], first), second)


def _scale_of(second: str, first: int) -> int:
    """Return the scale that a second number lends the first: `1 to 2 million`, `two to three hundred`."""
    words = second.lower().split()
    scale = SCALES.get(words[-1], 1) if len(words) > 1 else 1
    return scale if first < 1000 and first * scale <= (value_of(second) or 0) else 1


def _hedged(bounds: tuple[int | None, int | None], hedge: str) -> tuple[int | None, int | None]:
    """Widen or open a range as the hedge says; see the module."""
    low, high = bounds
    if not hedge or hedge in {"between", "strong"} or low is None or high is None:
        return bounds
    tenth_less, tenth_more = low - -(-low // 10), high - -high // 10
    return {
        "least": (low, None),
        "plus": (low, None),
        "over": (low + 1, None),
        "most": (None, high),
        "under": (None, high - 1),
        "about": (tenth_less, tenth_more),
        "nearly": (tenth_less, high),
        "justover": (low, tenth_more),
    }[hedge]


def _figures_at(text: str, amount: _Amount, earlier: Sequence[Figure]) -> list[Figure]:
    """Return the figure that an amount makes with the words around it: one, or none if it counts nothing known."""
    count = _count_of(text, amount)
    if count is None:
        return []
    if count.counts == "people" and count.verb is None:
        count = count._replace(counts=_inherited(text, amount, earlier) or "people")
    evidence = Evidence(amount.start, count.end, text[amount.start : count.end])
    return [Figure(evidence, count.counts, amount.low, amount.high, (count.verb,) if count.verb else ())]


def _inherited(text: str, amount: _Amount, earlier: Sequence[Figure]) -> str | None:
    """Return what the number before counts, where both stand under one verb: `killing 12 people and 3 soldiers`."""
    if not earlier or not earlier[-1].support or earlier[-1].counts in {"people", "sentenced"}:
        return None
    before = earlier[-1]
    follows = before.support[0].end <= before.evidence.start
    return before.counts if follows and _is_joined(text, before, amount.start) else None


def _count_of(text: str, amount: _Amount) -> _Count | None:
    """Tell what an amount counts."""
    if text[amount.core] in "$€£":
        return _Count("money", amount.end)
    hyphened = _HYPHENED.match(text, amount.end)
    if hyphened is not None:
        return _lasting(text, hyphened.end(), hyphened[1].lower() + "s", amount)
    if text[amount.end - 6 : amount.end].lower() == "strong":
        return _Count("people", amount.end)
    counts, end = _noun_after(text, amount)
    if counts in LASTING:
        idle = (amount.is_single and counts == "days") or _CLOCK.match(text, amount.core)
        return None if idle else _lasting(text, end, counts, amount)
    if counts is not None and counts not in {"people"}:
        return _Count(counts, end)
    return _by_verb(text, amount, end, is_people=counts == "people")


def _lasting(text: str, end: int, counts: str, amount: _Amount) -> _Count:
    """Tell a prison term from a lapse of time."""
    before = max(0, amount.start - _WINDOW), amount.start
    is_term = counts in {"days", "months", "years"} and (
        TERM_AFTER.match(text, end) or TERM_BEFORE.search(text, *before)
    )
    return _Count(f"term_{counts}" if is_term else counts, end)


def _noun_after(text: str, amount: _Amount) -> tuple[str | None, int]:
    """Return what the noun after an amount says that it counts, and where that noun ends."""
    reached, counts, end = amount.end, None, amount.end
    for place in range(_MODIFIERS + 1):
        match = _WORD.match(text, reached)
        if match is None or "\n\n" in match[0]:
            break
        word = " ".join(match[1].lower().removesuffix("'s").removesuffix("’s").split())
        if word in {"%", "per cent"}:
            return "percent", match.end()
        if word == "of" and place == 0 and not amount.is_single:
            partitive = re.compile(r"\s+of(?:\s+(?:the|these|those|its|their|his|her|them))?\b").match(text, reached)
            reached = partitive.end() if partitive else match.end()
            continue
        if word in _STOPS or word == "of":
            break
        found = counted(word, single=amount.is_single)
        if found is not None:
            counts, end = found, match.end()
        elif counts is not None:
            break
        reached = match.end()
    return counts, end


def _by_verb(text: str, amount: _Amount, end: int, *, is_people: bool) -> _Count | None:
    """Tell by the verb what befell the people counted: `killed 12`, `30 were injured`, `gave two men five years`."""
    window = max(0, amount.start - 40), amount.start
    given = GIVEN_BEFORE.search(text, *window)
    if given is not None and is_people and GIVEN_AFTER.match(text, end):
        return _Count("sentenced", end, _cite(text, given.start(), given.end()))
    before = BEFORE.search(text, *window)
    if before is not None and before.lastgroup and (is_people or _stands_alone(text, end)):
        return _Count(before.lastgroup, end, _cite(text, before.start(), before.end(before.lastgroup)))
    after = AFTER.match(text, end)
    if after is not None and after.lastgroup:
        group = after.lastgroup
        if amount.is_none or is_people or group != "people" or amount.low != 1:
            verb = _cite(text, after.start(group), after.end(group))
            return _Count(group, end if end > amount.end or after.start(group) - end > 1 else after.end(), verb)
    crowd = is_people and not amount.is_none and not _is_source(text, amount, end)
    return _Count("people", end) if crowd else None


def _is_source(text: str, amount: _Amount, end: int) -> bool:
    """Say whether the people counted are those who tell of it: `according to two witnesses`."""
    told = SOURCE_BEFORE.search(text, max(0, amount.start - 20), amount.start)
    return bool(told or SOURCE_AFTER.match(text, end))


def _stands_alone(text: str, end: int) -> bool:
    """Say whether a number has no noun of its own: `killing 12.`, `killed 12 and wounded 30`."""
    return bool(re.match(r"\s*(?:[.,;:)]|$|(?:and|in|on|at|near|when|after|during|people)\b)", text[end : end + 12]))


def _cite(text: str, start: int, end: int) -> Evidence:
    words = text[start:end].strip()
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Evidence(start, start + len(words), words)

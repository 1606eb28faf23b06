"""Numbers with the words that bound them: where one stands in a text, and which range its words allow.

Words are kept, and the range is what they say, by these rules:

    30; twenty-three; a dozen      exactly that
    at least 30; 30 or more        30 and up            more than 30, over 30     31 and up
    up to 30; as many as 30        down from 30         fewer than 30, under 30   29 and down
    about 30, some 30, 30 or so    27 to 33: a tenth either way, rounded outwards
    nearly 30, almost 30           27 to 30             just over 30              31 to 33
    20 to 30; between 20 and 30    20 to 30
    dozens, several, many ...      by the table of `data/figures.toml`
    a third, two thirds            per cent, rounded outwards
    no one, nobody, none           0 to 0
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.grounding.figures_words import (
    AGE_AFTER,
    AGE_BEFORE,
    AGE_ENDS,
    DAY_BEFORE,
    LABEL_BEFORE,
    LABEL_ENDS,
    LABEL_SIGNS,
    MEASURE,
    RISEN,
    YEAR_BEFORE,
    closes,
)
from dateline.grounding.numbers import DIGITS, SCALE, TENS, UNITS, WORDS, ends_of, value_of
from dateline.model.ground import Bound, Scope
from dateline.model.imprecise import SCALES, Imprecise, figure_data, find_imprecise, imprecise_words

_SETS: dict[str, int] = figure_data()["sets"]
_PLURAL_WORDS = "|".join(word for word in imprecise_words() if word.endswith("s") and word != "several")
_EXACT = rf"(?:{DIGITS}|{WORDS})"
_ASIDE = r"(?:\s\([^()\n]{1,30}\))?"
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "half": 2, "halve": 2}
AMOUNT = re.compile(
    rf"(?P<none>no\s+one|nobody|none|no)\b"
    rf"|(?P<rough>(?:{_PLURAL_WORDS})(?:\s+of\s+(?:{_PLURAL_WORDS})\b)?(?P<or>,?\s+(?:perhaps|maybe|possibly|if\s+not|or(?:\s+even)?)"
    rf"\s+(?:{_PLURAL_WORDS})\b,?)?)(?!\w)"
    rf"|(?P<several>several|many|a\s+(?:few|couple\s+of|handful)|few(?=\s+(?:{SCALE})\b))(?:\s+(?:{SCALE})\b)?(?=\s)"
    rf"|(?P<set>both|(?:the|an?)\s+(?:pair|duo|couple|trio|quartet))\b"
    rf"|(?P<share>(?:(?:an?|one|two|three|four|nine)[\s-])?(?:third|quarter|fifth|tenth)s?(?=\s+of\b)|half(?=\s+(?:of|the)\b)"
    rf"|(?P<one>{WORDS}|\d)\s+(?:in|out\s+of)\s+(?P<every>{WORDS}|\d+)\b(?!\s*%))"
    rf"|(?P<first>{_EXACT})(?:(?P<to>{_ASIDE}(?:\s*[-–—]\s*|\s+to\s+|\s+or\s+|\s+and\s+))(?P<second>{_EXACT})(?P<aside>{_ASIDE}))?",
    re.IGNORECASE,
)
_STARTING = (
    *UNITS,
    *TENS,
    *imprecise_words(),
    "both",
    "half",
    "nobody",
    "none",
    "no",
    "a",
    "an",
    "the",
    "his",
    "her",
    "their",
)
STARTS = frozenset(form for word in _STARTING for form in (word, word.capitalize(), word.upper()))
ARTICLES = frozenset({"a", "an", "the", "his", "her", "their"})
_AFTER_ARTICLE = re.compile(
    rf"(?:an?\s+(?:{SCALE}|few|couple|handful|pair|duo|trio|third|quarter|fifth|tenth)|the\s+(?:pair|duo|couple|trio|quartet))\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:(?P<least>at\s+least|no\s+(?:fewer|less)\s+than|not\s+less\s+than|a\s+minimum\s+of|upwards?\s+of)|"
    r"(?P<justover>just\s+over|slightly\s+(?:more\s+than|over)|a\s+little\s+over)|"
    r"(?P<over>(?:well\s+)?(?:more\s+than|over|above)|in\s+excess\s+of)|"
    r"(?P<most>up\s+to|as\s+many\s+as|at\s+most|no\s+more\s+than|not\s+more\s+than|a\s+maximum\s+of)|"
    r"(?P<justunder>just\s+under)|(?P<nearly>nearly|almost|close\s+to|not\s+quite)|"
    r"(?P<under>fewer\s+than|less\s+than|under|below)|"
    r"(?P<about>about|around|some|approximately|roughly|(?:an\s+)?estimated|circa|perhaps)|"
    r"(?P<between>between)|(?P<from>from))\s+\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
_HEDGE_ENDS = tuple(
    "least than of over above to as most under nearly almost quite below about around some approximately roughly "
    "estimated circa perhaps between from".split()
)
_MORE_ENDS = ("another", "further", "additional", "all", "other")
_MORE = re.compile(r"\b(?:(?P<extra>another|a\s+further|an\s+additional)|all|the\s+other)\s+\Z", re.IGNORECASE)
_TAIL = re.compile(
    r"\s+(?P<least>or\s+more)\b|\s*(?P<plus>\+|-plus\b)|\s+(?P<about>or\s+so)\b|-(?P<strong>strong)\b", re.IGNORECASE
)
_CURRENCY_ENDS = ("$", "€", "£", "¥", "₹", "rs", "rs.", "usd", "eur", "gbp", "irr", "inr", "pkr", "ngn", "ksh")
_CURRENCY = re.compile(r"(?:[$€£¥₹]|\b(?:Rs\.?|USD|EUR|GBP|IRR|INR|PKR|NGN|KSh|US\$))\s?\Z")
_ORDINAL_SHARE = re.compile(r"[\s-]*(?:thirds?|quarters?|fifths?|tenths?|half|halves)\b", re.IGNORECASE)
_NO_COUNT_AFTER = (AGE_AFTER, _ORDINAL_SHARE, MEASURE)
_DASHED = re.compile(r"[-–]\d")
_GOES_ON = re.compile(r"\s+\w|%")
_PHONE = re.compile(r"\d{3}-\d{4}\b")
_REACH = 40


_Ends = tuple[int | None, int | None, Bound]


class Amount(NamedTuple):
    """A number with the words that bound it.

    Attributes:
        start, end: offsets of the words; `core` is where the number itself begins.
        low, high: the range, None for an open end.
        number: the one number that is named, if one is.
        what: what is special of it: `none`, `set` ("both"), `share`, `money`, `strong` ("5,000-strong"), `person` ("a
            man"), or nothing.
    """

    start: int
    end: int
    core: int
    low: int | None
    high: int | None
    bound: Bound = Bound.EXACT
    number: int | None = None
    scope: Scope = Scope.WHOLE
    what: str = ""

    @property
    def is_single(self) -> bool:
        """Say whether it is exactly one."""
        return self.low == self.high == 1


def opens_amount(text: str, start: int) -> bool:
    """Say whether an article begins a number: "a hundred", "the pair"."""
    return _AFTER_ARTICLE.match(text, start) is not None


def follows_currency(text: str, start: int) -> bool:
    """Say whether a sign or a code of a currency stands before a number: "Rs 1700" is no year."""
    return _currency_before(text, start) is not None


def _currency_before(text: str, start: int) -> re.Match[str] | None:
    reach = max(0, start - 5)
    return _CURRENCY.search(text, reach, start) if closes(text, reach, start, _CURRENCY_ENDS) else None


class _Reading(NamedTuple):
    """A number without hedges: where it ends, and what it says."""

    end: int
    low: int
    high: int | None
    bound: Bound = Bound.EXACT
    number: int | None = None
    what: str = ""


def amount_at(text: str, start: int) -> Amount | None:
    """Read the number that begins here, if one does, with the words that bound it."""
    match = AMOUNT.match(text, start)
    if match is None or _is_label(text, match):
        return None
    reading = _read(text, match)
    if reading is None or text[reading.end : reading.end + 1].isalnum():
        return None
    return _bounded(text, start, reading)


def _read(text: str, match: re.Match[str]) -> _Reading | None:
    if match["none"]:
        return _Reading(match.end(), 0, 0, Bound.EXACT, 0, "none")
    if match["rough"]:
        return _rough(match)
    if match["several"]:
        return _imprecise(match.end(), find_imprecise(match[0]))
    if match["set"]:
        size = _SETS[match["set"].lower().split()[-1]]
        return _Reading(match.end(), size, size, Bound.EXACT, size, "set")
    if match["share"]:
        return _share(match)
    return _range(text, match)


def _imprecise(end: int, found: Imprecise | None) -> _Reading | None:
    return _Reading(end, found.low, found.high, Bound.ROUGH) if found else None


def _rough(match: re.Match[str]) -> _Reading | None:
    """Read `dozens`, `tens of thousands` and `hundreds, perhaps thousands`."""
    found = find_imprecise(match["rough"])
    second = find_imprecise(match["or"]) if match["or"] else None
    if found and second and second.high:
        high = max(found.high or 0, second.high)
        return _Reading(match.end(), min(found.low, second.low), high, Bound.ROUGH)
    return _imprecise(match.end(), found)


def _share(match: re.Match[str]) -> _Reading | None:
    """Read a share of something as per cent, rounded outwards."""
    if match["one"]:
        part, whole = value_of(match["one"]) or 0, value_of(match["every"]) or 0
    else:
        words = match["share"].lower().replace("-", " ").split()
        part, whole = (value_of(words[0]) or 1) if len(words) > 1 else 1, _PARTS[words[-1].removesuffix("s")]
    if not 0 < part < whole:
        return None
    low, high = 100 * part // whole, -(-100 * part // whole)
    return _Reading(match.end(), low, high, Bound.EXACT, low if low == high else None, "share")


def _range(text: str, match: re.Match[str]) -> _Reading | None:
    """Read one number, or two that are the ends of a range; a number that rose "from 12 to 15" is two numbers."""
    ends = ends_of(match["first"])
    if ends is None:
        return None
    first = ends[0]
    alone = _Reading(match.end("first"), *ends, Bound.EXACT, first if first == ends[1] else None)
    second = value_of(match["second"]) if match["second"] else None
    if second is None:
        return alone
    is_between = _BETWEEN.search(text, max(0, match.start() - 10), match.start()) is not None
    joined = ("and" in match["to"].split()) == is_between and not has_risen(text, match.start())
    scaled = first * _scale_of(match["second"], first)
    if not joined or second <= scaled or ("(" in match[0] and not is_between):
        return alone
    return _Reading(match.end() if is_between else match.end("second"), scaled, second, Bound.RANGE)


def has_risen(text: str, start: int) -> bool:
    """Say whether the words before a number tell that it rose or fell: "has risen from"."""
    return bool(RISEN.search(text, max(0, start - _REACH), start))


def _scale_of(second: str, first: int) -> int:
    """Return the scale that a second number lends the first: `1 to 2 million`, `two to three hundred`."""
    words = second.lower().split()
    scale = SCALES.get(words[-1], 1) if len(words) > 1 else 1
    return scale if first < 1000 and first * scale <= (value_of(second) or 0) else 1


def _bounded(text: str, start: int, reading: _Reading) -> Amount:
    """Add the words before and after a number that bound it."""
    currency = _currency_before(text, start)
    core = currency.start() if currency else start
    more = _more_before(text, core)
    first = more.start() if more else core
    hedge = _hedge_before(text, first)
    if hedge and hedge["from"] and reading.bound is not Bound.RANGE:
        hedge = None
    tail = _TAIL.match(text, reading.end)
    kinds = [found.lastgroup for found in (hedge, tail) if found and found.lastgroup]
    ends: _Ends = (reading.low, reading.high, reading.bound)
    for kind in kinds:
        ends = _hedged(*ends, kind)
    opening = hedge.start() if hedge else first
    before = _more_before(text, opening) if hedge and not more else None
    more = more or before
    what = "money" if currency else reading.what or ("strong" if "strong" in kinds else "")
    return Amount(
        start=before.start() if before else opening,
        end=tail.end() if tail else reading.end,
        core=core,
        low=ends[0],
        high=ends[1],
        bound=ends[2],
        number=reading.number,
        scope=Scope.EXTRA if more and more["extra"] else Scope.WHOLE,
        what=what,
    )


def _hedge_before(text: str, start: int) -> re.Match[str] | None:
    reach = max(0, start - _REACH)
    return _HEDGE.search(text, reach, start) if closes(text, reach, start, _HEDGE_ENDS) else None


def _more_before(text: str, start: int) -> re.Match[str] | None:
    reach = max(0, start - _REACH)
    return _MORE.search(text, reach, start) if closes(text, reach, start, _MORE_ENDS) else None


def _hedged(low: int | None, high: int | None, bound: Bound, hedge: str) -> _Ends:
    """Widen or open a range as the hedge says; see the module."""
    if hedge in {"between", "from", "strong"} or low is None:
        return low, high, bound
    if hedge in {"least", "plus", "over"}:
        is_one = hedge == "over" and low == high
        return low + is_one, None, Bound.AT_LEAST
    if high is None:
        return low, high, bound
    less, more = low - -(-low // 10), high - -high // 10
    below = high - -(-high // 10)
    return {
        "most": (None, high, Bound.AT_MOST),
        "under": (None, high - 1, Bound.AT_MOST),
        "about": (less, more, Bound.ABOUT),
        "nearly": (below, high, Bound.ABOUT),
        "justunder": (below, high - 1, Bound.ABOUT),
        "justover": (low + 1, more, Bound.ABOUT),
    }[hedge]


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Say whether a number is an age, a measure, a label, a score or a part of a longer number."""
    start, end = match.start(), match.end("first") if match["first"] else match.end()
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return True
    if _has_label(text, start):
        return True
    if match["first"] is None:
        return False
    return (
        _is_bracketed(text, start, end)
        or _is_of_a_date(text, start, end)
        or _is_aged(text, start, end)
        or _is_score(match)
        or any(after.match(text, end) for after in _NO_COUNT_AFTER)
        or (end != match.end() and bool(MEASURE.match(text, match.end())))
        or (match["second"] is None and bool(_DASHED.match(text, end)))
        or bool(_PHONE.match(text, start))
    )


def _has_label(text: str, start: int) -> bool:
    """Say whether a label stands before a number: "Article 58", "#12"; a code of a currency is none."""
    window = max(0, start - 20), start
    before = text[start - 1 : start]
    if before not in LABEL_SIGNS and not (before.isspace() and closes(text, *window, LABEL_ENDS)):
        return False
    return LABEL_BEFORE.search(text, *window) is not None and not _CURRENCY.search(text, *window)


def _is_of_a_date(text: str, start: int, end: int) -> bool:
    """Say whether a number is a day or a year beside a month: `on May 17 protesters`, `17 May 2019 students`."""
    before = max(0, start - 24), start
    return (end - start <= 2 and DAY_BEFORE.search(text, *before) is not None) or (
        end - start == 4 and YEAR_BEFORE.search(text, *before) is not None
    )


def _is_aged(text: str, start: int, end: int) -> bool:
    """Say whether a number is an age by the words before it: "aged 34"; "over 34" only if nothing counted follows."""
    reach = max(0, start - 30)
    before = AGE_BEFORE.search(text, reach, start) if closes(text, reach, start, AGE_ENDS) else None
    return before is not None and bool(before["aged"] or not _GOES_ON.match(text, end))


def _is_bracketed(text: str, start: int, end: int) -> bool:
    """Say whether a number alone stands in brackets, as an age or a reference does."""
    return text[start - 1 : start] in {"(", "["} and text[end : end + 1] in {")", "]"}


def _is_score(match: re.Match[str]) -> bool:
    """Say whether two numbers with a dash between are no range: `3-1`, `45-12`."""
    if match["second"] is None or match["to"] not in {"-", "–", "—"}:
        return False
    first, second = value_of(match["first"]), value_of(match["second"])
    return first is not None and second is not None and second <= first

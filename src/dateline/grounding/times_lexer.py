"""The words of the calendar, each with its class: the lexer under the time grammar.

A class is one character, so that a stretch of text becomes a short string over which the grammar (`times_grammar`) is
a table of plain regular expressions:

    M month      W weekday      w weekday, short   V weekdays     D 1 to 31     Y year         y year, short ('89)
    I numeric date              J Solar Hijri month               j Islamic, Ethiopian month   T era (BE, AH)
    K other number              2 one half          N number word O ordinal     U unit         E weekend
    B quarter, half             G Q3, H1            S season      P part of a day              H clock time
    Z decade     X today ...    F feast             Q anniversary R last, this ...             C year-earlier ...
    m early, late               L later ...         A ago         e every       r daily ...    l fiscal
    v vague      z only in part a time              s since       i until       u by           b before, after
    x circa      p around       q possibly          f from        k between     g to, through  d and, or
    n on, in     c comma        h dash              o of          t the         a a, an        _ anything else

White space between two words may be anything but an empty line. Words that only join two others (`n c d g o`) are
left out where no word of the calendar stands right before them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from dateline.grounding.numbers import TENS, UNITS, VALUES
from dateline.grounding.times_calendars import LUNAR_MONTHS, LUNAR_STARTS
from dateline.grounding.times_feasts import FEAST_STARTS, FEASTS
from dateline.grounding.times_words import (
    COUNTED,
    LOW_MONTHS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    forms_of,
    plain_words,
    titled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_TENS, _ONES, _LOW = "|".join(TENS), "|".join(UNITS[1:10]), "|".join(LOW_MONTHS)
_SPOKEN = rf"(?:nineteen\s+(?:{_TENS})(?:[\s-]+(?:{_ONES}))?|(?<=year )two\s+thousand(?:\s+(?:and\s+)?(?:{_ONES}))?)\b"
# Words that are more, or something else, with what follows them.
_LONGER = (
    ("M", rf"(?:{'|'.join(titled(SHORT_MONTHS))})\b\.?"),
    ("M", rf"(?:{_LOW})(?=\.?\s+\d)|(?:(?<=\d )|(?<=\d(?:st|nd|rd|th) ))(?:{_LOW})\b"),
    ("w", rf"(?:{'|'.join(titled(SHORT_WEEKDAYS))})\b\.?"),
    ("Y", _SPOKEN),
    ("N", rf"couple\s+of\b|(?:{_TENS})[\s-](?:{_ONES})\b"),
    ("X", r"day\s+(?:before\s+yesterday|after\s+tomorrow)\b"),
    ("P", r"(?:[Ee]arly|[Ss]mall|[Ww]ee)\s+(?:morning\s+)?hours\b"),
    (
        "m",
        r"(?:[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Tt]urn|[Cc]lose|(?:early|latter|first|final|closing)\s+(?:part|days))\s+of\b",
    ),
    ("m", r"[Mm]id-|[Ee]arly\b|EARLY\b"),
    ("C", r"[Yy]ear-(?:earlier|ago)\b"),
    ("3", r"[Yy]ear(?:-|\s+)end\b"),
    ("U", r"year['’]s(?=\s+(?:first|second|third|fourth|last)\s+(?:quarter|half)\b)"),
    ("v", r"(?:near|foreseeable|immediate|distant|not-too-distant)\s+future\b|[Tt]hese\s+days\b"),
    ("b", r"[Pp]rior\s+to\b"),
    ("i", r"[Uu]p\s+to\b"),
    ("x", r"(?:ca?\.)(?=\s*\d)"),
    ("T", r"(?:B\.?E|A\.?H|S\.?H|A\.?P|H\.S|E\.C)\b\.?(?![.\w-])"),
    ("G", r"[QH][1-4]\b"),
    ("h", r"--"),
    ("F", FEASTS),
    ("j", LUNAR_MONTHS),
)
# Everything that begins with a digit. `9` is a number before something that it counts: a year only after a month.
_DIGITS = (
    ("2", r"1/2\b(?!/)"),
    ("I", r"(?:\d{4}-\d\d-\d\d|\d{4}/\d\d?/\d\d?|\d\d?\.\s?\d\d?\.\s?\d{4}|\d\d?[/-]\d\d?[/-]\d{4})(?![/.-]?\d)\b"),
    (
        "H",
        r"(?:\d\d?[:.]\s?\d\d\s*(?:[ap]\.\s?m\.?|[ap]m\b|[AP]M\b|hrs?\b|GMT\b)"
        r"|\d\d?\s*(?:[ap]\.\s?m\.?|[ap]m\b|[AP]M\b|o.clock\b))(?:\s+(?:[ECMP][SD]?T|GMT|UTC)\b)?"
        r"|(?<![Ii]n )(?:[01]\d|2[0-3])[0-5]\d\s?(?:GMT|UTC|[ECMP][SD]T|BST|CES?T|hrs?|local\s+time)\b",
    ),
    ("Z", r"(?:1\d|20)\d0['’]?s\b|['’]\d0s\b"),
    ("y", r"['’]\d\d\b"),
    ("_", r"[$€£'’].|\d+(?:[.,:/]\d+)+\w*|\d+(?:[.,]\d+)*\s?%|\d+-(?:year|month|week|day|hour|minute)s?-old\b"),
    ("9", rf"\d{{1,4}}(?=\s+(?:{COUNTED})\b)"),
    ("Y", r"(?:1[2-9]|20|21)\d\d\b(?!-?\d{3})|2[4-6]\d\d(?=\s+B\.?E\b)|(?<=B\.E\. )2[4-6]\d\d\b|(?<=BE )2[4-6]\d\d\b"),
    ("D", r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"),
    ("K", r"\d{1,3}\b"),
)


def _lexer(forms: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"({form})" for _, form in forms))


_OPENER = re.compile(r"([A-Za-z]+|\d+|[$€£'’](?=\d)|--|[-\u2013\u2014,&])")
_LONG, _NUMERIC = _lexer(_LONGER), _lexer(_DIGITS)
_STARTS = frozenset(
    [
        *titled([*SHORT_MONTHS, *SHORT_WEEKDAYS]),
        *forms_of("couple day beginning start end middle turn close mid prior up early small wee year these".split()),
        *LOW_MONTHS,
        *"latter final closing first near foreseeable immediate distant not nineteen two".split(),
        *"BE B AH A SH S AP H E Q c ca".split(),
        *TENS,
        *FEAST_STARTS,
        *LUNAR_STARTS,
        "--",
        *"$€£'’",
    ]
)
_WORDS = plain_words()
_SINGLE = {word: kind for word, kind in _WORDS.items() if word in _STARTS}
_KINDS = _WORDS | dict.fromkeys(_STARTS, "?")
_ABOVE_DIGITS = ":"
# Of these at least one is in everything that names a time.
_CORE = "MJjWVYIUEBGSPHZXFQCRrvz3l"
# Words without a gap that may hold a time; `?` is one that takes more than a look at its first letters.
_LIVE = re.compile(f"(?<![^_])[^_?{_CORE}]*[?{_CORE}]")
_JOINS = frozenset("ncdgo")


class Word(NamedTuple):
    """One word of the calendar: its class, its place in the text, and its text."""

    kind: str
    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """The word in lower case, its inner white space single."""
        return " ".join(self.text.lower().split())


def words_of(text: str) -> list[Word]:
    """Return the words of the calendar in a text, with a gap word of kind `_` wherever something else stands between.

    Runs of words that cannot hold a time (`the first of two`) are left out.

    >>> "".join(word.kind for word in words_of("On May 20, 2019, a court in Tehran"))
    'MDcYca'
    """
    openings, starts = openings_of(text)
    classes = "".join([_KINDS.get(it) or ("_" if it > _ABOVE_DIGITS else "?") for it in openings]) + "_"
    found: list[Word] = []
    reached = begun = place = 0
    while live := _LIVE.search(classes, place):
        for place in range(live.start(), len(classes)):
            kind, start = classes[place], starts[place]
            if start < reached:
                continue
            if kind == "_":
                break
            beside = len(found) > begun and _is_blank(text, reached, start)
            if kind in _JOINS and not beside:
                continue
            if not beside:
                begun = _end_run(found, begun, reached, start)
            found.append(_word(text, openings[place], start, kind, found[-1] if beside else None))
            reached = found[-1].end
    return found


@lru_cache(maxsize=4)
def openings_of(text: str) -> tuple[list[str], list[int]]:
    """Return all that may begin a word of the calendar or a number, and where each stands; then the end of the text.

    Cached: figures ask for the same text.
    """
    pieces = _OPENER.split(text)
    return pieces[1::2], list(accumulate(map(len, pieces)))[::2]


def _end_run(found: list[Word], begun: int, reached: int, start: int) -> int:
    """Drop the run of words that ends here if it can hold no time, else close it; say where the next begins."""
    for word in reversed(found[begun:]):
        if word.kind in _CORE:
            found.append(Word("_", reached, start, ""))
            return len(found)
    del found[begun:]
    return begun


def _is_blank(text: str, start: int, end: int) -> bool:
    """Say whether nothing stands between two offsets but white space, and no empty line."""
    between = text[start:end]
    return between == " " or not between or (between.isspace() and between.count("\n") < 2)


def _is_dated(before: Word, number: Word) -> bool:
    """Say whether a number before something that it might count is the year of the month or season before it."""
    return before.kind in "MSGo" and 1900 <= int(number.text) < 2100


def _word(text: str, opening: str, start: int, kind: str, before: Word | None) -> Word:
    """Return the word of a class that begins here, given the one right before it, if any."""
    if kind != "?":
        return Word(kind, start, start + len(opening), opening)
    word = _read(text, opening, start)
    return word if word.kind != "9" else word._replace(kind="Y" if before and _is_dated(before, word) else "_")


def _read(text: str, opening: str, start: int) -> Word:
    """Return the word that begins here and that takes more than a look at its first letters."""
    digits = not opening[0].isalpha() and opening != "--"
    longer = (_NUMERIC if digits else _LONG).match(text, start)
    if longer is None or not longer.lastindex:
        return Word("_" if digits else _SINGLE.get(opening, "_"), start, start + len(opening), opening)
    glued = digits and start > 0 and text[start - 1].isalnum()
    kind = (_DIGITS if digits else _LONGER)[longer.lastindex - 1][0]
    return Word("_" if glued else kind, start, longer.end(), longer[0])


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that together name a time: which rule they fit, and the words."""

    kind: str
    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.words[-1].end

    @property
    def form(self) -> str:
        """The classes of the words, one letter each."""
        return "".join(word.kind for word in self.words)

    def first(self, kinds: str) -> Word | None:
        """Return the first word of one of these classes, if any."""
        for word in self.words:  # a loop: every check of every phrase asks
            if word.kind in kinds:
                return word
        return None


def year_number(word: Word) -> int:
    """Return the year that a word names, in digits or as spoken: `1991`, `nineteen ninety-one`, `two thousand`."""
    if word.text.isdigit():
        return int(word.text)
    spoken = word.lower.replace("-", " ")
    century, rest = (1900, spoken.removeprefix("nineteen")) if spoken.startswith("nineteen") else (2000, spoken[12:])
    return century + sum(VALUES.get(part, 0) for part in rest.split())

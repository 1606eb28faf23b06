"""The words of the calendar, each with its class: the lexer under the time grammar.

A class is one letter, so that a stretch of text becomes a short string over which the grammar (`times_grammar`) is a
table of plain regular expressions:

    M month      W weekday      w weekday, short   V weekdays     D 1 to 31     Y year         y year, short ('89)
    I numeric date              J Solar Hijri month               K other number                N number word
    O ordinal    U unit         E weekend          B quarter, half              S season        P part of a day
    Z decade     X today ...    R last, this ...   m early, late  L later ...   A ago           e every
    v vague      s since        i until            u by           b before, after               f from
    k between    g to, through  d and, or          c comma        h dash        o of            t the     a a, an
    _ anything else             H clock time

White space between two words may be anything but an empty line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.grounding.numbers import ORDINALS, TENS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
_SHORT_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()
WEEKDAYS = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
_SHORT_WEEKDAYS = "Mon Tues Tue Wed Thurs Thur Thu Fri Sat Sun".split()
HIJRI_MONTHS = {
    spelling: number
    for number, spellings in enumerate(
        (
            "farvardin",
            "ordibehesht",
            "khordad",
            "tir",
            "mordad amordad",
            "shahrivar",
            "mehr",
            "aban",
            "azar",
            "dey",
            "bahman",
            "esfand",
        ),
        start=1,
    )
    for spelling in spellings.split()
}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
DECADES = {"fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}

# Nouns that a bare number before them counts: "12 people" is no twelfth, "1989 people" no year.
COUNTED = (
    "people|persons?|protest[eo]rs?|demonstrators?|marchers?|students?|workers?|men|women|children|civilians?|soldiers?|"
    "officers?|policemen|prisoners?|detainees?|others?|members?|deaths?|dead|killed|wounded|injured|arrest(?:s|ed)|"
    "cities|towns|villages|provinces|countries|cases|times|minutes?|per\\s?cent|"
    "percent|dollars|euros|pounds|km|kilomet(?:er|re)s|miles|million|billion|thousand|hundred|of\\s+(?:them|the)|"
    "troops|residents|families|activists|journalists|votes|acts|more"
)


def _forms(words: Iterable[str]) -> list[str]:
    """Return words as written at the start of a sentence, inside one, and in capitals."""
    return [form for word in words for form in (word, word.capitalize(), word.upper())]


def _titled(words: Iterable[str]) -> list[str]:
    return [form for word in words for form in (word.capitalize(), word.upper())]


def _unit_forms() -> list[str]:
    """Return the units, lower case or in capitals: `This Week` is a broadcast."""
    words = "day days week weeks month months year years decade decades century centuries hour hours".split()
    return [*words, *(word.upper() for word in words)]


def _plain() -> dict[str, str]:
    """Return the class of every word that is known by itself."""
    small = "several some few couple dozen".split()
    classes: dict[str, Iterable[str]] = {
        "M": _titled(MONTHS),
        "W": _titled(WEEKDAYS),
        "V": _titled(f"{day}s" for day in WEEKDAYS),
        "J": _titled(HIJRI_MONTHS),
        "Z": [*DECADES, *(decade.capitalize() for decade in DECADES)],
        "X": _forms("today yesterday tomorrow tonight overnight".split()),
        "v": [*_forms("now currently recently nowadays".split()), "future"],
        "N": _forms([*UNITS[1:], *TENS, *small]),
        "O": _forms(ORDINALS),
        "R": _forms(
            "last past previous preceding this current next coming following upcoming same that recent latest".split()
        ),
        "U": _unit_forms(),
        "E": _forms("weekend weekends".split()),
        "B": _forms("quarter half".split()),
        "S": _forms(SEASONS),
        "P": _forms("morning mornings afternoon evening evenings night nights dawn dusk midday noon midnight".split()),
    }
    classes |= {"A": ["ago"], "L": _forms(["later", "earlier"]), "b": _forms(["before", "after"])}
    classes |= {"m": _forms("early late mid".split()), "e": _forms(["every", "each"])}
    classes |= {"s": _forms(["since"]), "i": _forms(["until", "till"]), "u": _forms(["by"]), "f": _forms(["from"])}
    classes |= {"k": _forms(["between"]), "g": ["to", "through"], "d": ["and", "or", "&"], "t": _forms(["the"])}
    classes |= {"o": ["of"], "a": ["a", "an", "A", "An"], "c": [","], "h": ["-", "\u2013", "\u2014"]}
    return {word: kind for kind, words in classes.items() for word in words}


_PLAIN = _plain()
# Words that are more, or something else, with what follows them; and everything that begins with a digit.
_LONGER = (
    ("M", rf"(?:{'|'.join(_titled(_SHORT_MONTHS))})\b\.?"),
    ("w", rf"(?:{'|'.join(_titled(_SHORT_WEEKDAYS))})\b\.?"),
    (
        "N",
        r"couple\s+of\b|(?:twen|thir|for|fif|six|seven|eigh|nine)ty-(?:one|two|three|four|five|six|seven|eight|nine)\b",
    ),
    ("X", r"day\s+(?:before\s+yesterday|after\s+tomorrow)\b"),
    ("m", r"(?:beginning|start|end|middle|turn)\s+of\b|[Mm]id-"),
    ("b", r"[Pp]rior\s+to\b"),
    ("i", r"[Uu]p\s+to\b"),
    ("h", r"--"),
)
_DIGITS = (
    ("I", r"(?:\d{4}-\d\d-\d\d|\d{4}/\d\d?/\d\d?|\d\d?\.\s?\d\d?\.\s?\d{4}|\d\d?[/-]\d\d?[/-]\d{4})(?![/.-]?\d)\b"),
    (
        "H",
        r"\d\d?[:.]\d\d\s*(?:[ap]\.m\.?|[ap]m\b|[AP]M\b|hrs?\b|GMT\b)|\d\d?\s*(?:[ap]\.m\.?|[ap]m\b|[AP]M\b|o.clock\b)",
    ),
    ("Z", r"(?:1\d|20)\d0['’]?s\b|['’]\d0s\b"),
    ("y", r"['’]\d\d\b"),
    ("_", r"[$€£'’].|\d+(?:[.,:/]\d+)+\w*|\d+(?:[.,]\d+)*\s?%|\d+-(?:year|month|week|day|hour|minute)s?-old\b"),
    ("_", rf"\d{{1,4}}(?=\s+(?:{COUNTED})\b)"),
    ("Y", r"(?:1[2-9]|20|21)\d\d\b(?!-?\d{3})"),
    ("D", r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"),
    ("K", r"\d{1,3}\b"),
)


def _lexer(forms: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"({form})" for _, form in forms))


_OPENER = re.compile(r"[A-Za-z]+|\d+|[$€£'’](?=\d)|--|[-\u2013\u2014,&]")
_LONG, _NUMERIC = _lexer(_LONGER), _lexer(_DIGITS)
_STARTS = frozenset(
    [
        *_titled([*_SHORT_MONTHS, *_SHORT_WEEKDAYS]),
        *_forms("couple day beginning start end middle turn mid prior up".split()),
        *TENS,
        "--",
        *"$€£'’",
    ]
)
_SINGLE = {word: kind for word, kind in _PLAIN.items() if word in _STARTS}
_PLAIN = {word: kind for word, kind in _PLAIN.items() if word not in _STARTS}
_OPENS = frozenset([*_PLAIN, *_STARTS])
_BLANK = re.compile(r"[^\S\n]*(?:\n[^\S\n]*)?\Z")


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

    >>> "".join(word.kind for word in words_of("On May 20, 2019, a court in Tehran"))
    '_MDcYca'
    """
    found: list[Word] = []
    reached = 0
    for opener in _OPENER.finditer(text):
        opening = opener[0]
        if opening not in _OPENS and not opening[0].isdigit():
            continue
        start = opener.start()
        if start < reached:
            continue
        kind = _PLAIN.get(opening, "")
        word = Word(kind, start, opener.end(), opening) if kind else _read(text, opening, start)
        if start != reached and not _BLANK.fullmatch(text, reached, start):
            found.append(Word("_", reached, start, ""))
        found.append(word)
        reached = word.end
    return found


def _read(text: str, opening: str, start: int) -> Word:
    """Return the word that begins here and that takes more than a look at its first letters."""
    digits = not opening[0].isalpha() and opening != "--"
    longer = (_NUMERIC if digits else _LONG).match(text, start)
    if longer is None or not longer.lastindex:
        return Word("_" if digits else _SINGLE.get(opening, "_"), start, start + len(opening), opening)
    glued = digits and start > 0 and text[start - 1].isalnum()
    kind = (_DIGITS if digits else _LONGER)[longer.lastindex - 1][0]
    return Word("_" if glued else kind, start, longer.end(), longer[0])

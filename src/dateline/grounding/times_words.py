"""The vocabulary of time phrases: words with the class that the lexer (`times_lexer`) gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.grounding.numbers import ORDINALS, TENS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
SHORT_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()
LOW_MONTHS = ["march", "may", "august", *(name.lower() for name in SHORT_MONTHS)]
"""Names of months that are other words when written small, or parts of some: they count beside the number of a day."""
WEEKDAYS = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
SHORT_WEEKDAYS = "Mon Tues Tue Wed Thurs Thur Thu Fri Sat Sun".split()
HIJRI_MONTHS = {
    spelling: number
    for number, spellings in enumerate(
        (
            "farvardin hamal",
            "ordibehesht urdibihisht sawr saur",
            "khordad jawza",
            "tir saratan",
            "mordad amordad murdad asad",
            "shahrivar shahriwar sonbola",
            "mehr mizan",
            "aban aqrab",
            "azar qaws",
            "dey jadi",
            "bahman dalw",
            "esfand isfand hut",
        ),
        start=1,
    )
    for spelling in spellings.split()
}
AFGHAN = frozenset("hamal sawr saur jawza saratan asad sonbola mizan aqrab qaws jadi dalw hut".split())
"""Months of the Solar Hijri calendar by their Afghan names, which are also names of people and places."""
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
RATES = {"hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month"}
"""How often; not `annual` and the like, which are as often part of a name."""
DECADES = {"fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}

# Nouns that a bare number before them counts: "12 people" is no twelfth, "1989 people" no year.
COUNTED = (
    "people|persons?|protest[eo]rs?|demonstrators?|marchers?|students?|workers?|men|women|children|civilians?|soldiers?|"
    "officers?|policemen|prisoners?|detainees?|others?|members?|deaths?|dead|killed|wounded|injured|arrest(?:s|ed)|"
    "cities|towns|villages|provinces|countries|cases|times|per\\s?cent|"
    "percent|dollars|euros|pounds|km|kilomet(?:er|re)s|miles|million|billion|thousand|hundred|of\\s+(?:them|the)|"
    "troops|residents|families|activists|journalists|votes|acts|more"
)


def forms_of(words: Iterable[str]) -> list[str]:
    """Return words as written at the start of a sentence, inside one, and in capitals."""
    return [form for word in words for form in (word, word.capitalize(), word.upper())]


def titled(words: Iterable[str]) -> list[str]:
    """Return words as names are written, and in capitals."""
    return [form for word in words for form in (word.capitalize(), word.upper())]


_UNITS = "second minute hour day week fortnight month year decade".split()
_UNIT_FORMS = " ".join([*_UNITS[1:], *(f"{unit}s" for unit in _UNITS), "century centuries"])
# Words by class: written as names are, written in any way, and written as they stand here.
_NAMES = {
    "M": MONTHS,
    "W": WEEKDAYS,
    "V": [f"{day}s" for day in WEEKDAYS],
    "J": HIJRI_MONTHS,
}
_ANY = {
    "X": "today yesterday tomorrow tonight overnight",
    "v": "now currently recently nowadays",
    "z": "soon",
    "r": " ".join(RATES),
    "l": "fiscal",
    "x": "circa",
    "p": "around about approximately roughly",
    "q": "possibly perhaps probably",
    "N": " ".join([*UNITS[1:], *TENS, "several some few couple dozen"]),
    "O": " ".join(ORDINALS),
    "R": "last past previous preceding this current next coming following upcoming same that recent latest",
    "E": "weekend weekends",
    "B": "quarter half",
    "S": " ".join(SEASONS),
    "P": "morning mornings afternoon evening evenings night nights dawn dusk midday noon midnight",
    "L": "later earlier",
    "b": "before after",
    "m": "early late mid",
    "e": "every each",
    "s": "since",
    "i": "until till",
    "u": "by",
    "f": "from",
    "k": "between",
    "t": "the",
}
_AS_IS = {
    "U": f"{_UNIT_FORMS} {_UNIT_FORMS.upper()}",
    "Z": " ".join([*DECADES, *(decade.capitalize() for decade in DECADES)]),
    "v": "future",
    "Q": "anniversary",
    "A": "ago back",
    "g": "to through",
    "d": "and or &",
    "n": "on in at",
    "o": "of",
    "a": "a an A An",
    "c": ",",
    "h": "- \u2013 \u2014",
}


def plain_words() -> dict[str, str]:
    """Return the class of every word that is known by itself. `This Week` in capitals is a broadcast, no week."""
    names = {form: kind for kind, words in _NAMES.items() for form in titled(words)}
    names |= dict.fromkeys(MONTHS.keys() - set(LOW_MONTHS), "M") | dict.fromkeys(WEEKDAYS, "W")
    freely = {form: kind for kind, words in _ANY.items() for form in forms_of(words.split())}
    return names | freely | {word: kind for kind, words in _AS_IS.items() for word in words.split()}

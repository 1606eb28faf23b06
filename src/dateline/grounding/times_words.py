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
RATES = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
}
RATES |= {"yearly": "year", "annual": "year", "annually": "year"}
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
    return [form for word in words for form in (word.capitalize(), word.upper())]


def _unit_forms() -> list[str]:
    """Return the units, lower case or in capitals: `This Week` is a broadcast."""
    words = "second minute hour day week fortnight month year decade".split()
    every = [*words[1:], *(f"{word}s" for word in words), "century", "centuries"]
    return [*every, *(word.upper() for word in every)]


def plain_words() -> dict[str, str]:
    """Return the class of every word that is known by itself."""
    small = "several some few couple dozen".split()
    classes: dict[str, Iterable[str]] = {
        "M": titled(MONTHS),
        "W": titled(WEEKDAYS),
        "V": titled(f"{day}s" for day in WEEKDAYS),
        "J": titled(HIJRI_MONTHS),
        "Z": [*DECADES, *(decade.capitalize() for decade in DECADES)],
        "X": forms_of("today yesterday tomorrow tonight overnight".split()),
        "v": [*forms_of("now currently recently nowadays".split()), "future"],
        "z": [*forms_of("previously soon".split()), "yet"],
        "Q": ["anniversary"],
        "r": forms_of(RATES),
        "l": forms_of(["fiscal"]),
        "x": forms_of(["circa"]),
        "p": forms_of("around about approximately roughly".split()),
        "q": forms_of("possibly perhaps probably".split()),
        "N": forms_of([*UNITS[1:], *TENS, *small]),
        "O": forms_of(ORDINALS),
        "R": forms_of(
            "last past previous preceding this current next coming following upcoming same that recent latest".split()
        ),
        "U": _unit_forms(),
        "E": forms_of("weekend weekends".split()),
        "B": forms_of("quarter half".split()),
        "S": forms_of(SEASONS),
        "P": forms_of(
            "morning mornings afternoon evening evenings night nights dawn dusk midday noon midnight".split()
        ),
    }
    classes |= {"A": ["ago"], "L": forms_of(["later", "earlier"]), "b": forms_of(["before", "after"])}
    classes |= {"m": forms_of("early late mid".split()), "e": forms_of(["every", "each"])}
    classes |= {
        "s": forms_of(["since"]),
        "i": forms_of(["until", "till"]),
        "u": forms_of(["by"]),
        "f": forms_of(["from"]),
    }
    classes |= {"k": forms_of(["between"]), "g": ["to", "through"], "d": ["and", "or", "&"], "t": forms_of(["the"])}
    classes |= {"n": ["on", "in", "at"]}
    classes |= {"o": ["of"], "a": ["a", "an", "A", "An"], "c": [","], "h": ["-", "\u2013", "\u2014"]}
    return {word: kind for kind, words in classes.items() for word in words}

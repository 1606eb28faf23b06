"""How many: the numbers of a text that count people, places, days and the like, as words and as a low-high range.

How a number is read is told in `figures_amounts`; which nouns and imprecise words there are, in `data/figures.toml`.
Dates, ages, measures, ordinals, labels ("Article 58") and numbers that count nothing known are no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from dateline.grounding.figures_amounts import (
    ARTICLES,
    STARTS,
    Amount,
    amount_at,
    follows_currency,
    has_risen,
    opens_amount,
)
from dateline.grounding.figures_events import figures_of
from dateline.grounding.figures_joined import person_at, relate, rival_of
from dateline.grounding.figures_words import (
    AFTER,
    BEFALLEN,
    BEFORE,
    GIVEN_AFTER,
    GIVEN_BEFORE,
    GIVEN_ENDS,
    LASTING,
    MODIFIERS,
    OWN_YEARS,
    SOURCE_AFTER,
    SOURCE_BEFORE,
    TERM_AFTER,
    TERM_BEFORE,
    TOLL,
    TOLL_ENDS,
    closes,
    counted,
    may_tell,
)
from dateline.grounding.numbers import DIGITS, WORDS
from dateline.grounding.times_grammar import phrases_of
from dateline.grounding.times_lexer import openings_of
from dateline.model.ground import Bound, Figure, Scope
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["figures_of", "find_figures"]

_WINDOW = 100
_WORD = re.compile(r"\s*(%|per\s+cent\b|\([A-Z]{2,6}\)|U\.S\.|(?:[^\W\d_]+(?:-[^\W\d_]+)*)(?:['’]s)?)", re.IGNORECASE)
_PARTITIVE = re.compile(
    rf"\s+of\b(?:\s+(?P<them>them|whom|us)\b|(?:\s+(?:the|these|those|its|their|his|her))?(?:\s+(?:{DIGITS}|{WORDS})(?=\s))?)",
    re.IGNORECASE,
)
_SHARED = re.compile(r"\s+(?P<kind>[A-Z][a-z]+(?<!s))(?:,\s+and|,|\s+and)\s+(?=\w)")
"""What stands between two numbers that share a noun: "two Kenyan and three Ugandan nurses"."""
_HYPHENED = re.compile(r"\s?-\s?(hour|day|week|month|year)s?\b(?!\s?-\s?old)(?:-long\b)?", re.IGNORECASE)
_CLOCK = re.compile(r"[012]\d[0-5]\d\s+hours\b")
_ALONE = re.compile(
    r"\s*(?:[.,;:)]|\Z|(?:and|in|on|at|to|by|near|when|after|during|people|more|others|last|today|yesterday|late|early|overnight|the\s+(?:next|same|following))\b)"
)
_STOPS = frozenset(
    "is are was were be been being has have had do did in on at to from by with for and or but who whom that which "
    "when while after before as during since near into over under against not it he she they we his her will would "
    "could may can said says told per if than then so because about also".split()
)
_LETTERS = re.compile(r"[A-Za-z]+")
_AGO = re.compile(r"\s+(?:ago|earlier|later)\b", re.IGNORECASE)
_OF_OWN = re.compile(r"\s+of\s+(?:her|his|its|their)\b", re.IGNORECASE)
_NOMINAL = frozenset(
    "killed dead slain injured wounded hurt arrested detained missing displaced homeless evacuated hospitalised "
    "hospitalized".split()
)
_ON_TOP = re.compile(r"\s+(?:more|others?)\b", re.IGNORECASE)
_MORE = re.compile(r"\s+more\b(?!\s+than\b)")
_IN = re.compile(r"\b(?:in|since|until|during|before|after|by)\s+\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_PLACES = frozenset({"cities", "provinces", "places", "countries"})
_HARMED = frozenset({"killed", "injured", "arrested", "sentenced", "abducted"})
_BEASTS = frozenset("cows cattle sheep goats animals birds dogs horses camels pigs chickens elephants whales".split())
_COUNTED_NONE = frozenset({"killed", "injured", "casualties", "arrested", "abducted", "missing"})
_MODIFIERS = 4


class _Count(NamedTuple):
    """What an amount counts, where the words that say so end, and the words that tell it, if any do."""

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
    openings = zip(*openings_of(text), strict=False)
    for word, start in [(word, start) for word, start in openings if word in STARTS or word.isdigit()]:
        if start < reached:
            continue
        place = bisect_right(starts, start) - 1
        if place >= 0 and start < blocked[place][1] and not follows_currency(text, start):
            continue
        is_article = word.lower() in ARTICLES and not opens_amount(text, start)
        amount = person_at(text, start, found) if is_article else amount_at(text, start)
        if amount is not None:
            figure = _figure_of(text, amount, found)
            reached = max(amount.end, figure.evidence.end if figure else 0)
            found += [figure] if figure else []
    return relate(text, found)


def _figure_of(text: str, amount: Amount, earlier: Sequence[Figure]) -> Figure | None:
    """Return the figure that an amount makes with the words around it, or None if it counts nothing known."""
    count = _count_of(text, amount)
    rival = rival_of(text, amount.start, earlier) if count is None and _ALONE.match(text, amount.end) else None
    if rival:
        count = _Count(rival.counts, amount.end, rival.support[0] if rival.support else None)
    if count is None:
        return None
    scope = Scope.EXTRA if _is_extra(text, amount) else amount.scope
    if text[: amount.start].endswith("from ") and has_risen(text, amount.start):
        scope = Scope.FORMER
    return Figure(
        evidence=Evidence(amount.start, count.end, text[amount.start : count.end]),
        counts=count.counts,
        low=amount.low,
        high=amount.high,
        support=(count.verb,) if count.verb else (),
        bound=amount.bound,
        named=amount.number,
        scope=scope,
    )


def _is_extra(text: str, amount: Amount) -> bool:
    """Say whether the words put the number on top of another: `three others`, `thirty more`."""
    return amount.scope is Scope.WHOLE and _ON_TOP.match(text, amount.end) is not None


def _count_of(text: str, amount: Amount) -> _Count | None:
    """Tell what an amount counts."""
    if amount.what in {"money", "share"}:
        return _Count("money" if amount.what == "money" else "percent", amount.end)
    if amount.what == "strong":
        return _Count("people", amount.end)
    hyphened = _HYPHENED.match(text, amount.end)
    if hyphened is not None:
        return _lasting(text, hyphened.end(), hyphened[1].lower() + "s", amount)
    counts, end = ("people", amount.end) if amount.what == "person" else _noun_of(text, amount)
    if _is_year(text, amount) and counts not in _PLACES:
        return None
    if counts in LASTING:
        idle = (amount.is_single and counts == "days") or _CLOCK.match(text, amount.core) or _AGO.match(text, end)
        return None if idle else _lasting(text, end, counts, amount)
    if counts is None and end > amount.end:
        return _by_harm(text, amount, end) or _by_verb(text, amount, amount.end, is_people=False)
    if counts in {None, "people"}:
        return _by_verb(text, amount, end, is_people=counts == "people")
    is_open = amount.what == "none" and counts not in _COUNTED_NONE
    return None if is_open or amount.what == "set" or _is_many(amount) else _Count(counts or "", end)


def _is_year(text: str, amount: Amount) -> bool:
    """Say whether a number is more likely a year, also before a noun: `in 1989 students marched`."""
    bare = amount.start == amount.core and _YEAR.match(text, amount.start, amount.end)
    return bool(bare and _IN.search(text, max(0, amount.start - 10), amount.start))


def _lasting(text: str, end: int, counts: str, amount: Amount) -> _Count | None:
    """Tell a prison term from a lapse of time; somebody's own years are an age."""
    before = max(0, amount.start - _WINDOW), amount.start
    is_term = counts in {"days", "months", "years"} and (
        TERM_AFTER.match(text, end) or TERM_BEFORE.search(text, *before)
    )
    own = OWN_YEARS.search(text, *before) or _OF_OWN.match(text, amount.end, end)
    if not is_term and counts == "years" and own:
        return None
    return _Count(f"term_{counts}" if is_term else counts, end)


def _noun_of(text: str, amount: Amount) -> tuple[str | None, int]:
    """Return what the noun of an amount says that it counts, and where it ends; two numbers may share one noun."""
    shared = _SHARED.match(text, amount.end)
    following = amount_at(text, shared.end()) if shared else None
    if shared and following and _noun_of(text, following)[0] == "people":
        return "people", shared.end("kind")
    return _noun_after(text, amount)


def _noun_after(text: str, amount: Amount) -> tuple[str | None, int]:
    """Return what the noun after an amount says that it counts, and where that noun ends.

    Of a noun that is not known, only where it ends, if it looks like a plural.
    """
    reached, counts, end, single = amount.end, None, amount.end, amount.is_single
    partitive = _PARTITIVE.match(text, reached)
    if partitive is not None:
        reached, single = partitive.end(), False
        if partitive["them"]:
            return "people", reached
    for _ in range(_MODIFIERS + 1):
        match = _WORD.match(text, reached)
        if match is None or "\n\n" in match[0]:
            break
        word = " ".join(match[1].lower().removesuffix("'s").removesuffix("’s").split())
        if word in {"%", "per cent"}:
            return "percent", match.end()
        found = counted(word, single=single)
        if word in _STOPS or word == "of" or (found is None and counts is not None):
            break
        if found is not None or _is_plural(word):
            counts, end = found, match.end()
        if found is None and match[1].islower() and _is_plural(word):
            break
        reached = match.end()
        if counts in LASTING:
            break
    return counts, end


def _is_plural(word: str) -> bool:
    """Say whether a word that is not known is likely a noun in the plural, so that what follows it is not counted."""
    return word.endswith(("s", "men")) and not word.endswith(("ss", "us", "is")) and word not in MODIFIERS


def _by_harm(text: str, amount: Amount, end: int) -> _Count | None:
    """Tell by what was done to them that those counted by a noun that is not known are people: `killed six Jesuits`."""
    if text[amount.end : end].split()[-1].lower() in _BEASTS:
        return None
    told = _told_before(text, amount, end, is_people=True) or _told_after(text, amount, end, is_people=True)
    return told if told is not None and told.counts in _HARMED else None


def _by_verb(text: str, amount: Amount, end: int, *, is_people: bool) -> _Count | None:
    """Tell by the verb what befell the people counted: `killed 12`, `30 were injured`, `gave two men five years`."""
    more = None if is_people else _MORE.match(text, end)
    end = more.end() if more else end
    told = _told_before(text, amount, end, is_people=is_people) or _told_after(text, amount, end, is_people=is_people)
    if told is not None:
        return told
    befallen = _befallen(text, amount, end) if is_people else None
    if befallen is not None:
        return befallen
    is_vague = amount.what in {"none", "set"} or _is_many(amount)
    is_one_of = amount.is_single and end > amount.end and text[amount.end : end].split()[0].lower() == "of"
    crowd = is_people and not is_vague and not is_one_of and not _is_source(text, amount, end)
    return _Count("people", end) if crowd else None


def _is_many(amount: Amount) -> bool:
    """Say whether a number says no more than `many`."""
    return amount.bound is Bound.ROUGH and amount.high is None


def _befallen(text: str, amount: Amount, end: int) -> _Count | None:
    """Tell by a word before the noun what befell the people counted: `two dead officers`."""
    for word in _LETTERS.finditer(text, amount.end, end):
        if word[0].lower() in BEFALLEN:
            return _Count(BEFALLEN[word[0].lower()], end, _cite(text, word.start(), word.end()))
    return None


def _told_before(text: str, amount: Amount, end: int, *, is_people: bool) -> _Count | None:
    window = max(0, amount.start - 40), amount.start
    given = GIVEN_BEFORE.search(text, *window) if is_people and closes(text, *window, GIVEN_ENDS) else None
    if given is not None and GIVEN_AFTER.match(text, end):
        return _Count("sentenced", end, _cite(text, given.start(), given.end()))
    alone = bool(_ALONE.match(text, end))
    before = BEFORE.search(text, *window) if may_tell(text, *window) else None
    if before is not None and before.lastgroup and (is_people or alone or before.lastgroup == "people"):
        return _Count(before.lastgroup, end, _cite(text, before.start(), before.end(before.lastgroup)))
    may_be_toll = alone and not is_people and closes(text, *window, TOLL_ENDS)
    toll = TOLL.search(text, max(0, amount.start - _WINDOW), amount.start) if may_be_toll else None
    if toll is not None and toll.lastgroup:
        return _Count(toll.lastgroup, end, _cite(text, toll.start(toll.lastgroup), toll.end(toll.lastgroup)))
    return None


def _told_after(text: str, amount: Amount, end: int, *, is_people: bool) -> _Count | None:
    after = AFTER.match(text, end)
    if after is None or not after.lastgroup:
        return None
    group = after.lastgroup
    if amount.what != "none" and not is_people and group == "people" and amount.low == 1:
        return None
    verb = _cite(text, after.start(group), after.end(group))
    is_apart = end > amount.end or after.start(group) - end > 1 or verb.quote.lower() not in _NOMINAL
    return _Count(group, end if is_apart else after.end(), verb)


def _is_source(text: str, amount: Amount, end: int) -> bool:
    """Say whether the people counted are those who tell of it: `according to two witnesses`."""
    told = SOURCE_BEFORE.search(text, max(0, amount.start - 20), amount.start)
    return bool(told or SOURCE_AFTER.match(text, end))


def _cite(text: str, start: int, end: int) -> Evidence:
    words = text[start:end].strip()
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Evidence(start, start + len(words), words)

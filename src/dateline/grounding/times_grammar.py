"""The grammar of time phrases: regular expressions over the classes of `times_lexer`.

Each rule is linear in the text: no repetition stands inside another over the same class. Whether a phrase that fits a
rule names a time in its place is for `times_checks` to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.grounding.times_checks import checked
from dateline.grounding.times_lexer import Phrase, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.grounding.times_lexer import Word

_MY = "[MJ]c?o?[Yy]"
_DAY = "(?:[Ww]c?P?c?)?(?:[MJ]tDo?(?=[_n]|$)|[MJ]t[DO]c?Y|[MJ]D(?:c?[Yy])?|t?(?:Do?|Oo)[MJ](?:c?[Yy])?)"
_SIDE = f"(?:I|{_DAY}|{_MY}|m?[MJ]|Y)"
_TO = "(?:h|g|i)"
_OPEN = "[siub]?"
_ROUGH = "(?:[siub]|[xpq]n?)?"
_HOURS = "(?:t?m?P[on]|pH[cn]?|H[cn]?)?"
_COUNT = "(?:[NDK](?:2|daB)?(?:[gdh][NDK])?|K)"

# Kind and form, in the order in which they are tried at each word.
_RULES = (
    ("habit", "e(?:O|R|N|D)?(?:Wc?P?|U|M|S|P|E)|WP?dV|VP?(?:dV)?"),
    ("list", "[MJ]D(?:cD)*c?dD(?:c?[Yy])?|t?D(?:ct?D)*c?dt?Do?[MJ](?:c?[Yy])?|[MJ](?:c[MJ])*c?d[MJ]o?[Yy]"),
    (
        "range",
        f"(?:t?P[on])?f?t?D{_TO}t?Do?[MJ](?:c?[Yy])?|(?:t?P[on])?f?[MJ]D{_TO}D(?:c?[Yy])?|kt?Ddt?Do?[MJ](?:c?[Yy])?"
        "|k[MJ]DdD(?:c?[Yy])?",
    ),
    ("range", f"f?{_SIDE}{_TO}{_SIDE}|k{_SIDE}d{_SIDE}"),
    ("weekdays", "(?:f|k)WP?[gdi]WP?|WP?[hg]WP?"),
    ("years", "(?<!h)Yh[DK](?!h)"),
    ("anniversary", f"t?[OD]?h?Q(?:ot?(?:{_DAY}|I|{_MY}|Y))?"),
    ("lunar", f"{_OPEN}t?m?(?:t?(?:Do?|Oo)j(?:c?YT?)?|jD(?:c?YT?)?|j(?:c?YT?)?)"),
    ("feast", f"{_OPEN}t?R?F(?:c?o?Y)?"),
    ("era", f"{_OPEN}t?(?:YT|TY)"),
    ("weekof", f"t?Uo(?:I|{_DAY})"),
    ("offset", f"(?:a?[NDK]|a)[UP][Lb]{_DAY}|(?:a?[NDK]|a)[UP][ALb]|tUb|UA"),
    ("date", f"{_ROUGH}{_HOURS}t?R?m?(?:I|{_DAY}|{_MY})(?:c?[PWH](?!d))?"),
    (
        "period",
        f"{_OPEN}t?(?:YO|m?Oh?)Bo?(?:t?Y|tRU)?|{_OPEN}t?RBot?Y|{_OPEN}t?m?S[oc]?Y|{_OPEN}t?Gh?o?t?Y|{_OPEN}t?YG",
    ),
    ("period", f"{_OPEN}t?G|{_OPEN}t?(?:Y|RU|lh?)Oh?B|{_OPEN}t?YB|{_OPEN}tS"),
    ("quarter", "t?CO?B|tB|tRCB"),
    ("fiscal", f"{_OPEN}t?R?lU?Y|{_OPEN}t?R?lh?U"),
    ("spell", "t?Ra?[NDK](?:[gdh][NDK])?h?U"),
    ("nthpart", "t?[ORD][UW][on]t?[MJ](?:c?o?[Yy])?|t?[ORD][UW][on](?:t?Y|tRU|RU)"),
    ("deictic", f"{_OPEN}(?:[mL]h?)?t?(?:m[cd]?t?)?R?Rh?[UESBMWPO]P?"),
    ("partof", f"{_OPEN}t?mn?tU"),
    ("nth", "t?[OD]Uo"),
    ("decade", f"{_OPEN}t?mh?t?Z|{_OPEN}t?mh?[DO]h?U(?=[_c]|$)|{_OPEN}t?[DO]h?U(?=[_c]|$)|{_OPEN}t?Z"),
    ("weekday", f"(?:[siub]|qn?)?m?{_HOURS}P?WP?H?"),
    ("weekend", f"{_OPEN}m?tE"),
    ("year", "(?:[siub]|xn?|qn?)?t?(?:U|mh?)?Y"),
    ("yearend", f"{_OPEN}t?3"),
    ("month", f"{_OPEN}t?(?:mh?)?[MJ]"),
    ("today", f"{_OPEN}[mL]?tX|{_OPEN}[mL]?XP?"),
    ("vague", "t?v"),
    ("duration", f"t?[OR]?h?a?{_COUNT}h?Uh?(?:daB)?|aUdaB|Ba?U|aU|tU|U"),
    ("earlier", "C"),
    ("rate", "r"),
    ("clock", "p?H|p?P|mP"),
    ("aside", "z|t?R"),
)
# Rules of which the classes alone do not tell whether they hold; where one does not, the others are tried.
_UNSURE = frozenset({"nthpart", "weekof", "decade", "quarter", "nth"})
_SURE_RULES = tuple(rule for rule in _RULES if rule[0] not in _UNSURE)


NEVER_FIRST = "_cdgnoA2"
"""Classes that open no rule: a search passes over them at once."""


def _compiled(rules: Sequence[tuple[str, str]]) -> re.Pattern[str]:
    return re.compile(f"(?![{NEVER_FIRST}])(?:" + "|".join(f"({form})" for _, form in rules) + ")")


_GRAMMAR, _SURE = _compiled(_RULES), _compiled(_SURE_RULES)
LENGTHS = frozenset({"duration", "rate", "clock", "aside", "earlier", "quarter"})
"""Kinds of phrases that name no day or longer time by themselves: lengths, rates, hours, `current`, `the quarter`."""


def phrases_of(text: str) -> tuple[Phrase, ...]:
    """Return the phrases that name times of a text, in order, none overlapping; figures leave them alone.

    >>> [phrase.kind for phrase in phrases_of("On May 20, 2019, two days later, every Monday, for two weeks")]
    ['date', 'offset', 'habit']
    """
    return tuple(phrase for phrase in all_phrases_of(text) if phrase.kind not in LENGTHS)


@lru_cache(maxsize=4)
def all_phrases_of(text: str) -> tuple[Phrase, ...]:
    """Return every phrase of the grammar, lengths of time included, in order. Cached: figures ask for the same text."""
    words = words_of(text)
    classes = "".join([word.kind for word in words])
    found = []
    place = 0
    while match := _GRAMMAR.search(classes, place):
        place = match.end()
        phrase = checked(text, _phrase(_RULES, match, words))
        if phrase is None and _RULES[(match.lastindex or 1) - 1][0] in _UNSURE:
            match = _SURE.match(classes, match.start())
            phrase = checked(text, _phrase(_SURE_RULES, match, words)) if match else None
            place = match.end() if match and phrase else place
        if phrase is not None:
            found.append(phrase)
    return tuple(found)


def _phrase(rules: Sequence[tuple[str, str]], match: re.Match[str], words: Sequence[Word]) -> Phrase:
    return Phrase(rules[(match.lastindex or 1) - 1][0], tuple(words[match.start() : match.end()]))

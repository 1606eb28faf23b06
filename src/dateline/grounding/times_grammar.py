"""The grammar of time phrases: regular expressions over the classes of `times_words`.

Each rule is linear in the text: no repetition stands inside another over the same class.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.grounding.times_words import COUNTED, Word, words_of

_DAY = "(?:[Ww]c?P?c?)?(?:[MJ]tDo?(?=_|$)|[MJ]D(?:c?[Yy])?|t?Do?[MJ](?:c?[Yy])?)"
_SIDE = f"(?:I|{_DAY}|[MJ]c?o?[Yy]|m?[MJ]|Y)"
_TO = "(?:h|g|i)"
_OPEN = "[siub]?"
_UNITS = "[UESBMWPO]"

# Kind and form, in the order in which they are tried at each word.
_RULES = (
    ("habit", "e(?:O|R|N|D)?(?:Wc?P?|U|M|S|P|E)|WP?dV|VP?(?:dV)?"),
    ("list", "[MJ]D(?:cD)*c?dD(?:c?[Yy])?|t?D(?:ct?D)*c?dt?Do?[MJ](?:c?[Yy])?|[MJ](?:c[MJ])*c?d[MJ]o?[Yy]"),
    ("range", f"f?t?D{_TO}t?Do?[MJ](?:c?[Yy])?|f?[MJ]D{_TO}D(?:c?[Yy])?|kt?Ddt?Do?[MJ](?:c?[Yy])?|k[MJ]DdD(?:c?[Yy])?"),
    ("range", f"f?{_SIDE}{_TO}{_SIDE}|k{_SIDE}d{_SIDE}|(?:f|k)W[gdi]W|WhW"),
    ("years", "(?<!h)Yh[DK](?!h)"),
    ("offset", f"(?:a?[NDK]|a)U[Lb]{_DAY}|(?:a?[NDK]|a)U[ALb]"),
    ("date", f"{_OPEN}t?(?:Po)?t?R?m?(?:I|{_DAY}|[MJ]c?o?[Yy])(?:c?[PW](?!d))?"),
    ("period", f"{_OPEN}t?(?:YO|m?Oh?)Bo?(?:t?Y|tRU)?|{_OPEN}t?m?So?Y"),
    ("spell", "t?Ra?[NDK]h?U"),
    ("deictic", f"{_OPEN}(?:[mL]h?)?t?(?:m[cd]?t?)?R?Rh?{_UNITS}P?"),
    ("nth", "t?[OD]Uo"),
    ("decade", f"{_OPEN}t?mh?t?Z|{_OPEN}t?mh?[DO]h?U|{_OPEN}t?[DO]h?U(?=_|$)|{_OPEN}t?Z"),
    ("weekday", f"{_OPEN}m?(?:Po)?WP?"),
    ("weekend", f"{_OPEN}m?tE"),
    ("year", f"{_OPEN}t?(?:mh?)?Y"),
    ("month", f"{_OPEN}t?(?:mh?)?[MJ]"),
    ("today", f"{_OPEN}[mL]?tX|{_OPEN}[mL]?XP?"),
    ("vague", "t?v"),
)
_GRAMMAR = re.compile("|".join(f"({form})" for _, form in _RULES))
_CUED = re.compile(
    r"(?:\b(?:in|during|since|until|by|of|last|this|next|before|after|from|to|through|throughout|early|late|mid|and|"
    r"between|for|every|each|previous|following|around|as)|[-(/])\s*\Z",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:['’]s)?\s+([A-Za-z]+)")
_NAMES = re.compile(
    r"(?:['’]s)?\s+(?:[A-Z][a-z]+\s+)?(?:Movement|Revolution|Brigades?|Martyrs?|Square|Street|Avenue|Bridge|Stadium|"
    r"Group|Front|Party|University|Club|Division|Battalion|Times|Telegraph|Mirror|Post|Herald|Express|Night\s+Live)\b"
)
_NAMED_DAY = re.compile(r"\b(?:Black|Bloody|Good|Palm|Easter|Ash|Super|Holy|Maundy|Whit|Cyber|Girl)\s+\Z")
_COUNTED = re.compile(rf"\s+(?:{COUNTED}|days|weeks|months|hours|years|\d)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\d\s\Z")
_LABEL = re.compile(
    r"(?:\b(?:No|Nos|Number|Article|Articles|Section|Resolution|Flight|Room|Page|Chapter|Boeing|Route|Channel|Windows|"
    r"about|some|nearly|almost|over|than|least|most|only|approximately|killed|killing|killed|injured|arrested|"
    r"at|total\s+of|number)\.?|[#$€£])\s*\Z",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"\s+(?!(?:was|is|has|as|this|plus|its|his|perhaps|thus|versus|sees|saw|elections|protests|uprisings)\b)[a-z]+s\b"
)
_PREPOSED = re.compile(
    r"\b(?:in|since|of|by|until|the|from|during|to|between|before|after|and|early|late|mid)[\s-]+\Z", re.IGNORECASE
)


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
        return next((word for word in self.words if word.kind in kinds), None)


@lru_cache(maxsize=4)
def phrases_of(text: str) -> tuple[Phrase, ...]:
    """Return the time phrases of a text, in order, none overlapping. Cached: figures ask for the same text.

    >>> [phrase.kind for phrase in phrases_of("On May 20, 2019, two days later, every Monday")]
    ['date', 'offset', 'habit']
    """
    words = words_of(text)
    classes = "".join(word.kind for word in words)
    found = []
    for match in _GRAMMAR.finditer(classes):
        phrase = Phrase(_RULES[(match.lastindex or 1) - 1][0], tuple(words[match.start() : match.end()]))
        trimmed = _trim(text, phrase)
        if trimmed is not None and _is_time(text, trimmed):
            found.append(trimmed)
    return tuple(found)


def _trim(text: str, phrase: Phrase) -> Phrase | None:
    """Drop words at the ends that belong to no time: a comma, `by` of an agent, `the` of a name."""
    words = phrase.words
    if len(words) > 1 and words[0].kind == "t" and words[1].kind in "MJYI":
        words = words[1:]
    if words[-1].kind in "co":
        words = words[:-1]
    return Phrase(phrase.kind, words) if words else None


def _is_time(text: str, phrase: Phrase) -> bool:
    """Say whether a phrase of a form that names times names one here, not a count, a person or a street."""
    if phrase.first("Yy") is None and _NAMES.match(text, phrase.end):
        return False
    if phrase.kind == "year":
        return _is_year(text, phrase)
    if phrase.kind == "month":
        return _is_month(text, phrase)
    if phrase.kind == "weekday":
        return not _NAMED_DAY.search(text, max(0, phrase.start - 12), phrase.start)
    if phrase.kind == "decade" and phrase.first("U"):
        return phrase.words[-1].lower.startswith("centur")
    if phrase.kind == "deictic":
        return _is_deictic(text, phrase)
    if phrase.kind == "vague" and phrase.words[-1].lower == "future":
        return len(phrase.words) == 2
    if phrase.kind == "spell":
        return phrase.words[-2].kind not in "a" and phrase.first("R").lower not in {"that", "this", "same", "latest"}  # type: ignore[union-attr]
    return not (phrase.kind == "years" and _COUNTED.match(text, phrase.end))


def _is_year(text: str, phrase: Phrase) -> bool:
    if _COUNTED.match(text, phrase.end):
        return False
    if not 1700 <= int(phrase.words[-1].text) <= 2100:
        return False
    if len(phrase.words) > 1:
        return True
    before = max(0, phrase.start - 16), phrase.start
    if _NUMBERED.search(text, *before):
        return False
    if _LABEL.search(text, *before) or text[phrase.end : phrase.end + 1] in {"%", "°"}:
        return False
    return bool(_PREPOSED.search(text, *before)) or not _PLURAL.match(text, phrase.end)


def _is_month(text: str, phrase: Phrase) -> bool:
    if len(phrase.words) > 1 and phrase.form not in {"tM", "tJ", "bM", "bJ", "uM", "uJ"}:
        return True
    month = phrase.words[-1]
    cued = bool(_CUED.search(text, max(0, month.start - 16), month.start))
    if len(month.text.rstrip(".")) < 4 and month.text != "May" and month.kind == "M":
        return cued and month.text.endswith(".")
    after = _NEXT.match(text, phrase.end)
    named = after is not None and after[1][0].isupper() and not after[1].isupper()
    if month.lower in {"may", "march", "tir", "dey"}:
        return cued and not named
    return cued or not named


def _is_deictic(text: str, phrase: Phrase) -> bool:
    deictic = phrase.first("R")
    unit = phrase.words[-1]
    if deictic is None or unit.kind == "O":
        return False
    word = deictic.lower
    if word == "that" and unit.kind in "MWSU":
        return not unit.lower.endswith("s") and unit.kind != "M" and not _NEXT_CLAUSE.match(text, phrase.end)
    if word in {"this", "that", "same"} and unit.kind == "U":
        return unit.lower.rstrip("'’s") not in {"hour", "minute"}
    return not (word in {"recent", "latest", "same"} and unit.kind in "MW")


_NEXT_CLAUSE = re.compile(r"\s+(?:after|of)\s+\w+\s+\w+ed\b")

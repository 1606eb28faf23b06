"""Whether a phrase of a form that names times names one in its place, and which of its words belong to it."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.grounding.times_calendars import ALONE
from dateline.grounding.times_lexer import Phrase, year_number
from dateline.grounding.times_words import AFGHAN, COUNTED

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
_COUNTED = re.compile(rf"\s+(?:{COUNTED}|days|minutes|weeks|months|hours|years|\d)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\d\s\Z")
_LABEL = re.compile(
    r"(?:\b(?:No|Nos|Number|Article|Articles|Section|Resolution|Flight|Room|Page|Chapter|Boeing|Route|Channel|Windows|"
    r"about|some|nearly|almost|over|than|least|most|only|approximately|killed|killing|killed|injured|arrested|"
    r"at|total\s+of|number|around)\.?|[#$€£])\s*\Z",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"\s+(?!(?:was|is|has|as|this|plus|its|his|perhaps|thus|versus|sees|saw|elections|protests|uprisings)\b)[a-z]+s\b"
)
_MAKES = re.compile(
    r"\s+(?:Audi|BMW|Buick|Cadillac|Chevrolet|Chevy|Chrysler|Dodge|Fiat|Ford|GMC|Honda|Hyundai|Isuzu|Jeep|Kia|Land\s+Rover|"
    r"Lexus|Mazda|Mercedes|Mitsubishi|Nissan|Peugeot|Renault|Skoda|Subaru|Suzuki|Toyota|Volkswagen|Volvo)\b"
)
_PREPOSED = re.compile(
    r"\b(?:in|since|of|by|until|the|from|during|to|between|before|after|and|early|late|mid)[\s-]+\Z", re.IGNORECASE
)


_LASTS = re.compile(
    r"\b(?:for|in|within|after|over|follow(?:s|ed|ing)?|takes?|took|lasts?|lasted|spen[dt]|through|during|about|"
    r"many|these|those)\s+\Z",
    re.IGNORECASE,
)
_PRICED = re.compile(
    r"(?:[$€£]|\b\d|\b(?:hundred|thousand|million|billion|hours)\b)(?:(?!\b(?:for|in|within|after|take)\b)[^.;]){0,30}\s\Z"
)
_OLD = re.compile(r"[-\s]+olds?\b")
_CLOSES = re.compile(r"\s*(?:[,.;:)\n—–]|\Z)")
_ENDED = re.compile(r",?\s+(?:that\s+)?(?:end(?:ed|ing|s)|to)\b")
_PAST_ALONE = re.compile(r"\s*(?:[,.;:)]|\Z|(?:and|that|it|he|she|they|was|is|has|had|as|but)\b)")
_ASIDES = frozenset({"current", "recent", "soon"})
_AS = re.compile(r"\bas\s+\Z")
_DURING = re.compile(r"\b(?:in|over|during|by|since|until|through|throughout|from)\s+\Z")
_TITLED = re.compile(r"\b(?!(?:On|And|But|Until|By|As)\b)[A-Z]\w+ \Z")
_HOURS = frozenset({"noon", "midday", "midnight"})


def checked(text: str, phrase: Phrase) -> Phrase | None:
    """Return a phrase, cut to the words that belong to it, as what it is in its place; None if it names no time."""
    trimmed = _trim(phrase)
    if trimmed is None:
        return None
    known = _renamed(trimmed)
    return known if _is_time(text, known) else None


def _trim(phrase: Phrase) -> Phrase | None:
    """Drop words at the ends that belong to no time: a comma, `the` of a name."""
    words = phrase.words
    if len(words) > 1 and words[0].kind == "t" and words[1].kind in "MJYIWF":
        words = words[1:]
    while words and words[-1].kind in "con":
        words = words[:-1]
    unit = phrase.first("U")
    if phrase.kind == "year" and unit is not None and unit.lower != "year":
        words = words[-1:]
    return Phrase(phrase.kind, words) if words else None


def _renamed(phrase: Phrase) -> Phrase:
    """Return a phrase under the rule that its words belong to, where their classes alone do not tell."""
    last = phrase.words[-1]
    number, deictic = phrase.first("D"), phrase.first("R")
    if phrase.kind == "nth" and (last.lower.endswith("s") or (number and number.text.isdigit())):
        return replace(phrase, kind="duration")
    if phrase.kind == "spell" and deictic and deictic.lower in {"that", "this", "same", "latest"}:
        return replace(phrase, kind="duration")
    if phrase.kind == "weekday" and last.kind == "P" and last.lower.endswith("s"):
        return replace(phrase, kind="habit")
    if phrase.kind == "aside" and phrase.form == "tR" and last.lower in _ASIDES:
        return Phrase("aside", phrase.words[1:])
    if phrase.kind == "vague" and last.lower == "future" and len(phrase.words) == 1:
        return replace(phrase, kind="aside")
    return phrase


def _is_time(text: str, phrase: Phrase) -> bool:
    """Say whether a phrase names a time here, not a count, a person or a street."""
    if phrase.first("Yy") is None and (_NAMES.match(text, phrase.end) or _is_afghan(phrase)):
        return False
    check = _CHECKS.get(phrase.kind)
    return check is None or check(text, phrase)


def _is_afghan(phrase: Phrase) -> bool:
    """Say whether a month is one of those whose names are rather names of people."""
    month = phrase.first("J")
    return month is not None and month.lower in AFGHAN


def _is_weekday(text: str, phrase: Phrase) -> bool:
    return not _NAMED_DAY.search(text, max(0, phrase.start - 12), phrase.start)


def _is_decade(_: str, phrase: Phrase) -> bool:
    return phrase.first("U") is None or phrase.words[-1].lower.startswith("centur")


def _is_range_of_years(text: str, phrase: Phrase) -> bool:
    return not _COUNTED.match(text, phrase.end)


def _is_lunar(text: str, phrase: Phrase) -> bool:
    month = phrase.first("j")
    if phrase.first("DOY") is not None or month is None:
        return True
    return month.lower in ALONE and bool(_CUED.search(text, max(0, month.start - 16), month.start))


def _is_offset(text: str, phrase: Phrase) -> bool:
    """Refuse `the day after the vote`, and `a night later` than what no calendar counts."""
    if phrase.form == "UA":
        return phrase.words[0].lower.endswith("s")
    if phrase.form == "tUb":
        return bool(_CLOSES.match(text, phrase.end))
    unit = phrase.first("UP")
    return unit is not None and (unit.kind == "U" or unit.lower.startswith("night"))


def _is_part(_: str, phrase: Phrase) -> bool:
    return not phrase.words[-1].lower.endswith("s") and phrase.words[-1].lower not in {"hour", "minute", "day"}


def _is_nth(_: str, phrase: Phrase) -> bool:
    unit = phrase.words[-1]
    return unit.kind != "U" or not unit.lower.startswith("centur")


def _is_nth_part(_: str, phrase: Phrase) -> bool:
    """Take `the first week of May`, not `the next day in May`."""
    deictic, unit = phrase.first("R"), phrase.first("UWE")
    plain = unit is not None and (unit.kind == "W" or unit.lower in {"week", "day", "weekend"})
    return plain and (deictic is None or deictic.lower == "last")


def _is_period(text: str, phrase: Phrase) -> bool:
    """Take `over the summer`, not `the fall of the town`."""
    if not phrase.form.endswith("tS"):
        return True
    bare = phrase.words[-1].text in {"summer", "winter", "autumn"}
    return bare and bool(_DURING.search(text, max(0, phrase.end - 24), phrase.words[-2].start))


def _is_fiscal(_: str, phrase: Phrase) -> bool:
    """Take `the fiscal year`, not `a fiscal year`."""
    return phrase.first("YRt") is not None


def _is_week(_: str, phrase: Phrase) -> bool:
    unit = phrase.first("U")
    return unit is not None and unit.lower == "week"


def _is_quarter(_: str, phrase: Phrase) -> bool:
    """Take `the quarter` and `the year-earlier half`, not `the half`, nor a Quarter of a town."""
    unit = phrase.words[-1].text
    return unit == "quarter" or (unit == "half" and phrase.form != "tB")


def _is_duration(text: str, phrase: Phrase) -> bool:
    """Take a number of units; a bare plural only where it lasts (`for weeks`), `the year` only where it ends."""
    form, last = phrase.form, phrase.words[-1]
    if _OLD.match(text, phrase.end) or last.lower == "second":
        return False
    if form == "U":
        plural = last.lower.endswith("s") and last.lower not in {"minutes", "seconds"}
        return plural and bool(_LASTS.search(text, max(0, phrase.start - 16), phrase.start))
    if form == "tU":
        return last.lower in {"year", "month"} and bool(_ENDED.match(text, phrase.end))
    if form in {"BU", "aU"}:
        priced = _PRICED.search(text, max(0, phrase.start - 40), phrase.start)
        return form == "aU" and not last.lower.endswith("s") and not priced
    return not any(word.kind == "D" and word.text[-1].isalpha() for word in phrase.words)


def _is_rate(_: str, phrase: Phrase) -> bool:
    return phrase.words[0].text.islower()


def _is_clock(_: str, phrase: Phrase) -> bool:
    last = phrase.words[-1]
    return last.kind == "H" or last.text in _HOURS or phrase.form == "mP"


def _is_aside(text: str, phrase: Phrase) -> bool:
    if phrase.form == "tR":
        return phrase.words[-1].lower == "past" and bool(_PAST_ALONE.match(text, phrase.end))
    return phrase.words[-1].lower in _ASIDES and not _AS.search(text, max(0, phrase.start - 4), phrase.start)


def _is_year(text: str, phrase: Phrase) -> bool:
    if _COUNTED.match(text, phrase.end) or _MAKES.match(text, phrase.end):
        return False
    if not 1700 <= year_number(phrase.words[-1]) <= 2100:
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
    if unit.kind == "U" and unit.lower in {"minute", "hour", "second"}:
        return False
    if word in {"this", "that", "same"} and unit.kind == "U":
        return unit.lower.rstrip("'’s") not in {"hour", "minute"}
    return not (word in {"recent", "latest", "same"} and unit.kind in "MW")


_NEXT_CLAUSE = re.compile(r"\s+(?:after|of)\s+\w+\s+\w+ed\b")


def _is_today(text: str, phrase: Phrase) -> bool:
    """Refuse the name of a paper or a programme: `USA TODAY`, `Russia Today`, in a text that is not all capitals."""
    word = phrase.first("X")
    if word is None or word.lower != "today" or word.text.islower():
        return True
    around = text[max(0, word.start - 200) : word.end + 200]
    if not any(char.islower() for char in around.replace(word.text, "")):
        return True
    return not word.text.isupper() and not _TITLED.search(text, max(0, word.start - 24), word.start)


_CHECKS = {
    "today": _is_today,
    "year": _is_year,
    "month": _is_month,
    "weekday": _is_weekday,
    "decade": _is_decade,
    "deictic": _is_deictic,
    "years": _is_range_of_years,
    "lunar": _is_lunar,
    "offset": _is_offset,
    "partof": _is_part,
    "nth": _is_nth,
    "period": _is_period,
    "fiscal": _is_fiscal,
    "nthpart": _is_nth_part,
    "weekof": _is_week,
    "quarter": _is_quarter,
    "duration": _is_duration,
    "rate": _is_rate,
    "clock": _is_clock,
    "aside": _is_aside,
}

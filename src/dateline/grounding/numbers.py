"""Numbers in words and digits: what they are worth, nothing of what they count.

The patterns run in time linear in the text: repetitions are bounded, and no two run over the same characters.
"""

from __future__ import annotations

import math
import re

from dateline.model.imprecise import SCALES

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SHORT_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9}
VALUES = {**{word: value for value, word in enumerate(UNITS)}, **TENS}
ORDINALS = {
    word: place + 1
    for place, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
    )
}
LARGEST = 10**12
_ROUNDING = 1e-6

_SMALL = "|".join(sorted(VALUES, key=len, reverse=True))
SCALE = "|".join(SCALES)
# A number in words: twenty-three; a hundred and twenty; half a million; two and a half million.
_BELOW = rf"(?:(?:{'|'.join(TENS)})(?:\s*-\s*|\s+)(?:{'|'.join(UNITS[1:10])})|{_SMALL})\b"
_CHUNK = rf"{_BELOW}(?:\s+(?:{SCALE})\b){{1,3}}"
_HALVES = rf"half\s+an?\s+(?:{SCALE})\b|(?:{_SMALL})\s+and\s+a\s+half\s+(?:{SCALE})\b"
WORDS = (
    rf"(?:{_HALVES}|(?:an?(?:\s+(?:{SCALE})\b){{1,3}}|{_CHUNK})(?:\s+{_CHUNK}){{0,4}}"
    rf"(?:\s+and\s+{_BELOW}|(?<=hundred)\s+{_BELOW})?|{_BELOW})"
)
# Between the digits of one number: 1,200; 1.200.000; 1 200 (thin or no-break spaces too); 3'500; the Arabic separator;
# and in tokenised text, before hundreds, a comma with a space: 16, 000.
_BREAK = "[,.'’٬\u00a0\u202f\u2009 ]"
_GROUPED = rf"\d{{1,3}}(?:{_BREAK}\d{{3}}|,\n\d{{3}}|,\s\d00){{1,3}}(?!\d)|\d{{1,2}}(?:,\d{{2}}){{1,4}},\d{{3}}(?!\d)"
_PLAIN = r"\d{1,9}(?:[.٫]\d{1,3})?(?!\d)"
# A number in digits: grouped by thousands, or by lakhs as in India (1,20,000); 1.5 million; 10k; 1.2m; 30.
DIGITS = rf"(?:{_GROUPED}|{_PLAIN})(?:(?:{'|'.join(SHORT_SCALES)})(?![^\W\d_])|\s+(?:{SCALE})\b)?"
_WORD = re.compile(r"[a-z]+")
_NUMERAL = re.compile(r"\d[\d.٫]*")
_GAP = re.compile(r"(?<=\d)(?:,\s|[,'’٬\u00a0\u202f\u2009 ])(?=\d)")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3})+")


def value_of(words: str) -> int | None:
    """Return what a number in digits or English words is worth, rounded down to a whole; None if it is none.

    >>> value_of("1,200"), value_of("1.5 million"), value_of("twenty-three"), value_of("two hundred and six")
    (1200, 1500000, 23, 206)
    >>> value_of("2.000"), value_of("1,20,000"), value_of("2 lakh"), value_of("۲۰۰"), value_of("10k")
    (2000, 120000, 200000, 200, 10000)
    """
    ends = ends_of(words)
    return ends[0] if ends else None


def ends_of(words: str) -> tuple[int, int] | None:
    """Return the wholes that a number lies between: the same twice, unless it has a fraction.

    >>> ends_of("0.86"), ends_of("1.5 million")
    ((0, 1), (1500000, 1500000))
    """
    lowered = words.lower()
    worth = _worth_of_digits(lowered) if any(mark.isdecimal() for mark in lowered) else _value_of_words(lowered)
    if worth is None or worth > LARGEST:
        return None
    return math.floor(worth + _ROUNDING), math.ceil(worth - _ROUNDING)


def _value_of_words(words: str) -> int | None:
    total, current, half = 0, 0.0, False
    found = _WORD.findall(words)
    for word in found:
        if word == "half":
            half = True
        elif word in VALUES:
            current += VALUES[word]
        elif word in SCALES:
            current = (current + half / 2 if half else current or 1) * SCALES[word]
            half = False
            if current > LARGEST:
                return None
            if SCALES[word] >= 1000:
                total, current = total + int(current), 0
        elif word not in {"a", "an", "and"}:
            return None
    return total + int(current) if found else None


def _worth_of_digits(words: str) -> float | None:
    numeral = _NUMERAL.search(_GAP.sub("", words))
    if numeral is None or (len(numeral[0]) > 1 and numeral[0][:2].isdecimal() and int(numeral[0][0]) == 0):
        return None
    number, scale = numeral[0].rstrip(".٫").replace("٫", "."), 1
    for word in _WORD.findall(words):
        scale *= SCALES.get(word) or SHORT_SCALES.get(word, 1)
    if _POINTED.fullmatch(number) and (scale == 1 or number.count(".") > 1):
        number = number.replace(".", "")
    if number.count(".") > 1:
        return None
    return float(number) * scale

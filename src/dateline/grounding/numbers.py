"""Numbers in words and digits: what they are worth, nothing of what they count.

The patterns run in time linear in the text: no repetition inside a repetition over the same characters.
"""

from __future__ import annotations

import re

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12, "score": 20}
VALUES = {**{word: value for value, word in enumerate(UNITS)}, **TENS}
ORDINALS = {
    word: place + 1
    for place, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
    )
}
LARGEST = 10**12

_SMALL = "|".join(sorted(VALUES, key=len, reverse=True))
_SCALE = "hundred|thousand|million|billion|dozen"
# A number in words: twenty-three; a hundred and twenty; two thousand five hundred; half a million.
_BELOW = rf"(?:(?:{'|'.join(TENS)})(?:\s*-\s*|\s+)(?:{'|'.join(UNITS[1:10])})|{_SMALL})\b"
_CHUNK = rf"{_BELOW}(?:\s+(?:{_SCALE})\b)+"
WORDS = (
    rf"(?:half\s+an?\s+(?:{_SCALE})\b|(?:an?(?:\s+(?:{_SCALE})\b)+|{_CHUNK})(?:\s+{_CHUNK})*"
    rf"(?:\s+and\s+{_BELOW}|(?<=hundred)\s+{_BELOW})?|{_BELOW})"
)
# A number in digits: 1,200; 1 200 000 (thin or no-break spaces); 1.5 million; 30.
DIGITS = rf"(?:\d{{1,3}}(?:[,\u00a0\u202f\u2009 ]\d{{3}})+(?!\d)|\d{{1,9}}(?:\.\d{{1,3}})?(?!\d))(?:\s+(?:{_SCALE})\b)?"
_WORD = re.compile(r"[a-z]+")
_NUMERAL = re.compile(r"[\d.]+")


def value_of(words: str) -> int | None:
    """Return what a number in digits or English words is worth, rounded down to a whole; None if it is none.

    >>> value_of("1,200"), value_of("1.5 million"), value_of("twenty-three"), value_of("two hundred and six")
    (1200, 1500000, 23, 206)
    """
    lowered = words.lower()
    if any(mark.isdigit() for mark in lowered):
        return _value_of_digits(lowered)
    total = current = 0
    half = False
    for word in _WORD.findall(lowered):
        if word == "half":
            half = True
        elif word in VALUES:
            current += VALUES[word]
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
            if SCALES[word] >= 1000:
                total, current = total + current, 0
        elif word not in {"a", "an", "and"}:
            return None
    worth = (total + current) // (2 if half else 1)
    return worth if worth <= LARGEST else None


def _value_of_digits(words: str) -> int | None:
    bare = re.sub(r"(?<=\d)[,\u00a0\u202f\u2009 ](?=\d{3})", "", words)
    numeral = _NUMERAL.search(bare)
    if numeral is None or numeral[0].count(".") > 1:
        return None
    scale = 1
    for word in _WORD.findall(bare[numeral.end() :]):
        scale *= SCALES.get(word, 1)
    worth = int(float(numeral[0]) * scale + 1e-6) if "." in numeral[0] else int(numeral[0]) * scale
    return worth if worth <= LARGEST else None

"""One key for the many spellings of a name: case, accents, hyphens, Arabic and Persian letters, "St." and "Saint"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        # Latin letters that do not decompose
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a",
        # Arabic, Persian, Kurdish and Urdu letters that are written one for another
        "ي": "ی", "ى": "ی", "ې": "ی", "ێ": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه",
        "ٱ": "ا", "ۆ": "و", "ڕ": "ر", "ڵ": "ل",
        # signs that come and go inside a name
        "'": "", "’": "", "‘": "", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "", "`": "", "´": "", ".": "", "\u200c": "",
        "\u200d": "",
        "\u200e": "", "\u200f": "", "\u0640": "", "\u00ad": "",
    }
)  # fmt: skip
_APART = re.compile(r"[\W_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_SCRIPTS = (("\u0400", "\u052f"), ("\u0600", "\u06ff"), ("\u1000", "\u109f"), ("\u1200", "\u137f"))
"""Cyrillic, Arabic, Burmese, Ethiopic: scripts of countries that reports on repression come from."""
_SAINTS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """Return the key under which a name is looked up; "" for a name without letters.

    Short names in capitals keep them, so that "US" is not "us". Arabic script loses its spaces, which come and go.

    >>> fold("Torbat-e Ḩeydarīyeh"), fold("U.S."), fold("St. Louis"), fold("سر پل ذهاب")
    ('torbat e heydariyeh', 'US', 'saint louis', 'سرپلذهاب')
    """
    letters = name.replace(".", "")
    if len(letters) <= 4 and letters.isascii() and letters.isalpha() and letters.isupper():
        return letters
    lowered = name.casefold()
    if lowered.isascii():
        if lowered.isalpha():
            return lowered
    else:
        plain = unicodedata.normalize("NFKD", lowered).casefold()  # compatibility forms may hide capitals
        lowered = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = _APART.sub(" ", lowered.translate(_LETTERS)).split()
    if words and _ARABIC.search(words[0]):
        return "".join(words)
    if len(words) > 1 and words[0] in _SAINTS:
        words[0] = _SAINTS[words[0]]
    return " ".join(words)


def is_indexed(name: str) -> bool:
    """Say whether an alternate name is worth a key: in a script of the field, and no code or machine spelling.

    GeoNames lists airport codes ("THR") and transliterations by machine, all in lower case ("thran"), as names.
    """
    first = next((char for char in name if char.isalpha()), "")
    if not first:
        return False
    if is_latin(first):
        return len(name) > 3 and not name.islower()
    return any(low <= first <= high for low, high in _SCRIPTS)


def is_latin(name: str) -> bool:
    """Say whether the first letter of a name is a Latin one; a name without letters counts as Latin.

    >>> is_latin("Ṣanʿāʾ"), is_latin("صنعاء")
    (True, False)
    """
    if name.isascii():
        return True
    first = next((char for char in name if char.isalpha()), "a")
    return first <= "\u024f" or "\u1e00" <= first <= "\u1eff"

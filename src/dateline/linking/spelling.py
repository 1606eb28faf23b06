"""Two spellings of one name: `fold`."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a text without case, accents and runs of spaces, so that two spellings of a name are equal.

    >>> fold("  Plauen,  VOGTLAND É")
    'plauen, vogtland e'
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())

"""Two spellings of one name: `fold`; and a number for a name: `hash_of`."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from hashlib import blake2b


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a text without case, accents and runs of spaces, so that two spellings of a name are equal.

    >>> fold("  Plauen,  VOGTLAND É")
    'plauen, vogtland e'
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=65536)
def part_of(*parts: object) -> int:
    """Return `hash_of` these, which come again and again. Parts are put together by exclusive or."""
    return hash_of(*parts)


def hash_of(*parts: object) -> int:
    """Return a number of 63 bits for a sequence of names, the same on every machine, and never 0."""
    text = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest()) >> 1 or 1

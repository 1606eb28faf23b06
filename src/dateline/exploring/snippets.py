"""Passages of a text around words that were searched for, with the words told apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"\w+")
AROUND = 90
"""Code points shown on each side of a word."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage: what stands before the word, the word, what stands after it."""

    before: str
    word: str
    after: str


def snippets(text: str, wanted: str, *, most: int = 3) -> list[Snippet]:
    """Return up to so many passages that hold one of the words, each word once, in the order of the text.

    >>> snippets("Dockers downed tools.", "DOWNED")
    [Snippet(before='Dockers ', word='downed', after=' tools.')]
    """
    stems = [(fold(word.group()), wanted[word.end() : word.end() + 1] == "*") for word in _WORD.finditer(wanted)]
    found: list[Snippet] = []
    for word in _WORD.finditer(text):
        stem = next((it for it in stems if _fits(fold(word.group()), *it)), None)
        if stem is not None and len(found) < most:
            stems.remove(stem)
            found.append(_around(text, word.start(), word.end()))
        if not stems:
            break
    return found


def _fits(word: str, wanted: str, is_start: bool) -> bool:
    return word.startswith(wanted) if is_start else word == wanted


def _around(text: str, start: int, end: int) -> Snippet:
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = text[first:start], text[end:last]
    return Snippet(("…" if first else "") + before, text[start:end], after + ("…" if last < len(text) else ""))


def fold(word: str) -> str:
    """Return a word without case and accents, as the index compares it."""
    return "".join(_bare(unicodedata.normalize("NFD", word.casefold())))


def _bare(letters: str) -> Iterable[str]:
    return (letter for letter in letters if not unicodedata.combining(letter))

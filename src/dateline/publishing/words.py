"""Words and runs of capitalised words: what a text is made of where names are looked for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"(?: | ?['’.\-] ?|\u00a0|\u200c)?")
_PARTICLES = frozenset(
    "al el ul bin bint ibn ben abu de del della der den di da das do dos du la le van von zu y e".split()
)
_SENTENCE_END = frozenset('.!?:;"“”„»«(…—–\n\r\t•')


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters in a text.

    Attributes:
        key: the letters without case and accents.
    """

    start: int
    end: int
    text: str
    key: str

    @property
    def is_capital(self) -> bool:
        """Starts with an upper-case letter."""
        return self.text[0].isupper() or self.text[0].istitle()

    @property
    def is_caseless(self) -> bool:
        """Is of a script that has no case (Arabic, Chinese ...), where a name does not show."""
        return self.text[0].lower() == self.text[0].upper()

    @property
    def is_acronym(self) -> bool:
        """Is of two to five capitals."""
        return 2 <= len(self.text) <= 5 and self.text.isupper()


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """Return a word without case and accents.

    >>> key_of("Müller"), key_of("ŞAHİN")
    ('muller', 'sahin')
    """
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def words_in(text: str) -> list[Word]:
    """Return the words of a text in order; digits and signs belong to none."""
    return [Word(it.start(), it.end(), it.group(), key_of(it.group())) for it in _LETTERS.finditer(text)]


def keys_in(text: str) -> tuple[str, ...]:
    """Return the keys of the words of a text."""
    return tuple(word.key for word in words_in(text))


def are_joined(text: str, left: Word, right: Word) -> bool:
    """Say whether two words can belong to one name: at most a space, hyphen, apostrophe or initial's dot between."""
    between = text[left.end : right.start]
    return len(between) <= 3 and _JOINT.fullmatch(between) is not None and ("." not in between or len(left.text) == 1)


def runs_in(text: str) -> Iterator[list[Word]]:
    """Yield the longest runs of capitalised words, with particles between them ("Ahmad al-Masri", "J. van Dam")."""
    run: list[Word] = []
    waiting: list[Word] = []
    for word in words_in(text):
        last = (waiting or run)[-1] if run else None
        if last is not None and not are_joined(text, last, word):
            yield run
            run, waiting = [], []
        if word.is_capital:
            run, waiting = [*run, *waiting, word], []
        elif run and word.key in _PARTICLES:
            waiting.append(word)
        elif run:
            yield run
            run, waiting = [], []
    if run:
        yield run


def opens_sentence(text: str, start: int) -> bool:
    """Say whether the word that starts here may be capitalised only because a sentence starts with it."""
    before = text[max(0, start - 40) : start].rstrip(" \u00a0")
    return not before or before[-1] in _SENTENCE_END or before.endswith(" -")

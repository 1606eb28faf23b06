"""Words and runs of capitalised words: what a text is made of where names are looked for.

A word is what a reader takes for one: letters with their marks (vowel signs, accents, joiners, soft hyphens), HTML
entities for letters, letters set apart ("L e n a"), and the two halves of a word that a hyphen breaks at a line's end.
"""

from __future__ import annotations

import html
import re
import string
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html.entities import name2codepoint
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def _marks() -> str:
    """Return a character class of all marks and invisible signs that stand inside words, as ranges."""
    points = [code for code in range(0x20000) if unicodedata.category(chr(code)) in {"Mn", "Mc", "Me", "Cf"}]
    runs = [[code for _, code in group] for _, group in groupby(enumerate(points), lambda it: it[1] - it[0])]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


_ENTITY = (
    "&(?:"
    + "|".join(sorted(name for name, code in name2codepoint.items() if chr(code).isalpha()))
    + r"|#(?:19[2-9]|2\d\d|[3-9]\d\d|1\d{3})|#x[0-9a-fA-F]{2,3});"
)
_LETTER = rf"(?:[^\W\d_]|{_ENTITY})"
_BREAK = r"[-\u2010\u2011\u00ad]\n[ \t]*"
_SPACED = r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)"
_MARKS = _marks()
_WORDS = re.compile(rf"{_SPACED}|{_LETTER}[{_MARKS}]*(?:(?:{_BREAK})?{_LETTER}[{_MARKS}]*)*")
_NO_ENTITY = re.compile(rf"{_SPACED}|[^\W\d_]+(?:[{_MARKS}]+[^\W\d_]*|{_BREAK}[^\W\d_]+)*")
_ASCII = re.compile(r"(?<!\w)(?:[A-Za-z] ){3,}[A-Za-z](?!\w)|[A-Za-z]+(?:-\n[ \t]*[A-Za-z]+)*")
_APART = (re.compile(r" [^\W\d_] [^\W\d_] "), re.compile("[-\u2010\u2011\u00ad]\n"))
"""What stands in every word that spaces set apart, and in every one that a line's end breaks."""
_SHORT = 400
"""Code points of a text whose words are kept, since quotes are looked at again and again."""
_KEPT = 4096
"""Texts whose words are kept: some ten kilobytes each."""
_JOINT = re.compile(r"(?:[ \u00a0\u3000]|[ ]?['’.\-\u2010\u2011־] ?|\u200c|\n)?")
_PARTICLES = frozenset(
    "al el ul bin bint ibn ben abu de del della der den di da das do dos du la le van von zu y e".split()
)
_AROUND = 100  # code points before and behind a stretch that tell whether its text is in capitals
_FEW = 5  # more words than a name, or a headline's acronyms
_MOSTLY = 0.9
_SENTENCE_END = frozenset('.!?:;"“”„»«(…—–\n\r\t•')
_UPPER, _LOWER = string.ascii_uppercase.encode(), string.ascii_lowercase.encode()
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"})


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters in a text.

    Attributes:
        key: the letters without case, accents, entities and what else hides them.
    """

    start: int
    end: int
    text: str
    key: str

    @property
    def is_capital(self) -> bool:
        """Starts with an upper-case letter."""
        first = self._first
        return first.isupper() or first.istitle()

    @property
    def is_caseless(self) -> bool:
        """Is of a script that has no case (Arabic, Chinese, Georgian ...), where a name does not show."""
        first = self._first
        return not first.isascii() and (unicodedata.category(first) in {"Lo", "Lm"} or "\u10d0" <= first <= "\u10ff")

    @property
    def _first(self) -> str:
        return html.unescape(self.text)[0] if self.text[0] == "&" else self.text[0]

    @property
    def is_acronym(self) -> bool:
        """Is of two to five capitals."""
        return 2 <= len(self.text) <= 5 and self.text.isupper()


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """Return a word without case and accents.

    >>> key_of("Müller"), key_of("ŞAHİN"), key_of("G&uuml;nther"), key_of("Łucja")
    ('muller', 'sahin', 'gunther', 'lucja')
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", html.unescape(word)).casefold())
    return "".join(char for char in plain if char.isalpha() and not unicodedata.combining(char)).translate(_PLAIN)


def words_in(text: str) -> list[Word]:
    """Return the words of a text in order; digits and signs belong to none."""
    return list(_kept(text)) if len(text) <= _SHORT else _words_in(text)


@lru_cache(maxsize=_KEPT)
def _kept(text: str) -> tuple[Word, ...]:
    return tuple(_words_in(text))


def _words_in(text: str) -> list[Word]:
    found = ((match, key_of(match.group())) for match in _pattern(text).finditer(text))
    return [Word(it.start(), it.end(), it.group(), key) for it, key in found if key]


def _pattern(text: str) -> re.Pattern[str]:
    """Return the quickest pattern that finds in this text what `_WORDS` finds."""
    if "&" in text:
        return _WORDS
    return _ASCII if text.isascii() else _NO_ENTITY


def tokens_in(text: str, without: re.Pattern[str] | None = None) -> set[str]:
    """Return the different words of a text, as they are written, and the pieces of those that spaces or lines cut.

    Args:
        text: any text.
        without: what is blanked out before; it matches no space.
    """
    pieces = _blanked("|".join(set(text.split())), without)
    found = set(_pattern(pieces).findall(pieces))
    return found | set(_WORDS.findall(_blanked(text, without))) if has_words_apart(text) else found


def has_words_apart(text: str) -> bool:
    """Say whether a text may hold a word that spaces set apart or that a line's end breaks."""
    return any(it.search(text) for it in _APART)


def _blanked(text: str, without: re.Pattern[str] | None) -> str:
    return without.sub(" ", text) if without else text


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


def is_shouted(text: str, start: int = 0, end: int | None = None) -> bool:
    """Say whether a stretch stands in capitals with all that is around it, so that a capital tells nothing.

    >>> is_shouted("POLICE SAID THAT FOUR STUDENTS WERE ABDUCTED ON FRIDAY."), is_shouted("The FMLN said so.")
    (True, False)
    """
    around = text[max(0, start - _AROUND) : (len(text) if end is None else end) + _AROUND]
    upper, lower = _cased(around)
    return upper > _MOSTLY * (upper + lower) and len(around.split()) > _FEW


def _cased(text: str) -> tuple[int, int]:
    """Count the letters of a text that are capitals, and those that could be."""
    if text.isascii():
        code = text.encode("ascii")
        return len(code) - len(code.translate(None, _UPPER)), len(code) - len(code.translate(None, _LOWER))
    cased = [(char, count) for char, count in Counter(text).items() if char.isalpha() and char.upper() != char.lower()]
    upper = sum(count for char, count in cased if char.isupper())
    return upper, sum(count for _, count in cased) - upper

"""Other spellings of a name: in Latin for another script, by another rule, surname first, with an initial.

Two spellings are told to be of one name by their consonants, folded so far that rules of transliteration agree
("Прохоренкова", "Prokhorenkova", "Prochorenkowa"). Vowels and what is one in some spelling (v, w, y, j) do not count.
Chinese characters have no sounds here: their spelling in Latin must be given by hand (`--mask`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import tomli

from dateline.publishing.vocabulary import Name, english_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.publishing.words import Word

LEAST_ALONE = 5
"""Consonants of a name that is told by them alone; of two words together they need one more."""

_FOLDED = (
    ("szcz|schtsch|shch", "sk"),
    ("tsch|tch|cz|ch|kh|gh|ck|qu|[cqgh]", "k"),
    ("sch|sz|sh|zh|ts|tz|dz|z", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("x", "ks"),
    ("[aeiouyjvw]", ""),
)
_RULES = tuple((re.compile(pattern), letter) for pattern, letter in _FOLDED)
_FINAL_H = re.compile(r"(?<=[aeiou])h$")
_DOUBLE = re.compile(r"(.)\1+")
NEAR = 6
"""Code points between two words of one name: a space, or a particle with its joints."""

SILENT = frozenset("al el ul bin bint ibn ben abu de del della der den di da das do dos du la le van von zu".split())


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """Return the consonants of a word, folded; the word may be of any script.

    >>> skeleton("Прохоренкова"), skeleton("Prokhorenkova"), skeleton("Prochorenkowa")
    ('prkrnk', 'prkrnk', 'prkrnk')
    """
    bare = word.removeprefix("ال") if len(word) > LEAST_ALONE else word  # the Arabic article
    latin = _FINAL_H.sub("", "".join(map(romanise, unicodedata.normalize("NFC", bare.casefold()))))
    for pattern, letter in _RULES:
        latin = pattern.sub(letter, latin)
    return _DOUBLE.sub(r"\1", latin)


@lru_cache(maxsize=8_192)
def romanise(letter: str) -> str:
    """Return how a letter is written in Latin, vowels aside; a Chinese character, which tells no sound, as itself."""
    if letter.isascii() or not letter.isalpha():
        return letter if letter.isalpha() else ""
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain.isascii():
        return plain
    if letter in _letters() or plain in _letters():
        return _letters().get(letter) or _letters()[plain]
    name = unicodedata.name(letter, "")
    if name.startswith(("CJK", "LATIN")) or not name:
        return letter
    if name.startswith(tuple(script.upper() for script in _scripts())):
        return ""
    told = re.search(r"(?:LETTER|SYLLABLE|CHARACTER) (?:SMALL |GLOTTAL |PHARYNGEAL )?([A-Z]+)", name)
    return told[1].lower() if told else ""


@dataclass(frozen=True, slots=True)
class Spellings:
    """Names by their consonants.

    Attributes:
        alone: of words that are told by them alone.
        pairs: of two words of one name that stand together, in either order.
        ordinary: words that are no name, whatever their consonants.
    """

    alone: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    ordinary: frozenset[str] = frozenset()

    def may_hold(self, key: str) -> bool:
        """Say whether a word may be part of a name in another spelling."""
        return key not in english_words() and (skeleton(key) in self.alone or skeleton(key) in self._halves())

    def tells(self, key: str) -> bool:
        """Say whether a word spells a name by itself."""
        return skeleton(key) in self.alone and not self.is_ordinary(key)

    def spans(self, words: Sequence[Word]) -> Iterator[int]:
        """Yield the indexes of words that may spell a name otherwise."""
        telling = [(index, word) for index, word in enumerate(words) if word.key not in SILENT]
        for (index, word), (_, after) in zip(telling, [*telling[1:], (0, None)], strict=False):
            if self.tells(word.key) or (after is not None and self._is_pair(word, after)):
                yield index

    def is_ordinary(self, key: str) -> bool:
        """Say whether a word is in a dictionary, or public."""
        return key in self.ordinary or key in english_words()

    def _is_pair(self, left: Word, right: Word) -> bool:
        pair = skeleton(left.key), skeleton(right.key)
        near = right.start - left.end <= NEAR
        keys = {left.key, right.key}
        return near and pair in self.pairs and not keys & english_words() and not all(map(self.is_ordinary, keys))

    def _halves(self) -> frozenset[str]:
        return _halves_of(self.pairs)


@lru_cache(maxsize=8)
def _halves_of(pairs: frozenset[tuple[str, str]]) -> frozenset[str]:
    return frozenset(half for pair in pairs for half in pair)


def spellings_of(names: Iterable[Name], ordinary: frozenset[str]) -> Spellings:
    """Return names by their consonants; words that are ordinary or public tell nothing."""
    known = Spellings(ordinary=ordinary)
    bare = [tuple(word for word in name if word not in SILENT) for name in names]
    alone = {bones for name in bare for word in name if not known.is_ordinary(word) and _tells(bones := skeleton(word))}
    telling = [[skeleton(word) for word in name if word not in english_words()] for name in bare]
    near = [pair for name in telling for pair in pairwise(name)]
    ends = [(name[0], name[-1]) for name in telling if len(name) > 2]
    pairs = {pair for pair in (*near, *ends) if all(pair) and sum(map(len, pair)) > LEAST_ALONE}
    return Spellings(frozenset(alone), frozenset({*pairs, *((right, left) for left, right in pairs)}), ordinary)


def _tells(bones: str) -> bool:
    return len(bones) >= LEAST_ALONE


def turned(name: Name) -> Iterator[Name]:
    """Yield a name with its surname first, and with an initial in the place of the rest.

    >>> list(turned(("rose", "baker")))
    [('baker', 'rose'), ('r', 'baker'), ('baker', 'r')]
    """
    if len(name) > 1:
        *given, surname = name
        yield (surname, *given)
        yield from ((given[0][0], surname), (surname, given[0][0]))


@cache
def _letters() -> dict[str, str]:
    return {letter: latin for script in _scripts().values() for letter, latin in script.items()}


@cache
def _scripts() -> dict[str, dict[str, str]]:
    return tomli.loads((files("dateline.data") / "transliteration.toml").read_text("utf-8"))

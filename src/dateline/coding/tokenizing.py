"""Where words begin and end: the rules of the language model's tokenizer, read without spaCy.

What stands between spaces is cut at marks before, behind and inside it, but for known words ("U.S.", "didn't") and
addresses; each such piece is cut once. A test compares the answers with spaCy's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from dateline.coding.language import read_msgpack
from dateline.coding.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHUNK = re.compile(r"\S+")
_LETTERS = re.compile("[A-Za-z]+")
_REMEMBERED = 1 << 16
_WRITTEN = 65
"""spaCy's number for how a word is written, in its file of known words."""


@dataclass(frozen=True)
class Tokenizer:
    """The rules.

    Attributes:
        before, behind, inside, whole: what is cut off, where is cut, and what never is.
        known: words that are cut in a way of their own -> the lengths of their parts.
    """

    before: re.Pattern[str]
    behind: re.Pattern[str]
    inside: re.Pattern[str]
    whole: re.Pattern[str]
    known: Mapping[str, tuple[int, ...]]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where each word of a text begins and ends.

        >>> text = "They didn't shell U.S.-held (old) Kano."
        >>> [text[start:end] for start, end in open_tokenizer().spans(text)]
        ['They', 'did', "n't", 'shell', 'U.S.-held', '(', 'old', ')', 'Kano', '.']
        """
        return [
            span
            for chunk in _CHUNK.finditer(text)
            for span in pairwise(accumulate(self._lengths[chunk.group()], initial=chunk.start()))
        ]

    @cached_property
    def _lengths(self) -> Memo[str, tuple[int, ...]]:
        return Memo(self._cut, _REMEMBERED)

    def _cut(self, chunk: str) -> tuple[int, ...]:
        """Return the lengths of the words in what stands between spaces; letters alone are one, unless known."""
        if known := self.known.get(chunk):
            return known
        if _LETTERS.fullmatch(chunk):
            return (len(chunk),)
        return tuple(self._joined(chunk, self._parts(chunk)))

    def _parts(self, chunk: str) -> list[int]:
        """Return the lengths of the parts of what stands between spaces."""
        before: list[int] = []
        behind: list[int] = []
        rest = chunk
        while rest and rest not in self.known:
            first, last = self._affixes(rest)
            if not first + last:
                break
            before += [first] if first else []
            behind += [last] if last else []
            rest = rest[first : len(rest) - last]
        return [*before, *self._middle(rest), *reversed(behind)]

    def _joined(self, chunk: str, lengths: list[int]) -> list[int]:
        """Return the lengths with two parts joined that are one known word together: "Va", "." and "'", "'"."""
        kept: list[int] = []
        end = 0
        for length in lengths:
            end += length
            pair = length + kept[-1] if kept else 0
            if pair and self.known.get(chunk[end - pair : end]) == (pair,):
                kept[-1] = pair
            else:
                kept.append(length)
        return kept

    def _affixes(self, word: str) -> tuple[int, int]:
        """Return how many characters are cut off before and behind; one alone, if that leaves a known word."""
        opening = self.before.search(word)
        first = len(opening.group()) if opening else 0
        if first and word[first:] in self.known:
            return first, 0
        closing = self.behind.search(word[first:])
        last = len(closing.group()) if closing else 0
        return (0, last) if last and word[:-last] in self.known else (first, last)

    def _middle(self, word: str) -> list[int]:
        """Return the lengths of the parts of a word with nothing to cut off around it."""
        if not word:
            return []
        if word in self.known:
            return list(self.known[word])
        if self.whole.match(word):
            return [len(word)]
        cuts = [place for found in self.inside.finditer(word) if found.start() for place in found.span()]
        return [end - start for start, end in pairwise([0, *cuts, len(word)]) if end > start]


@cache
def open_tokenizer() -> Tokenizer:
    """Return the tokenizer of the language model."""
    rules = read_msgpack("tokenizer")
    known = {word: tuple(len(part[_WRITTEN]) for part in parts) for word, parts in rules["exceptions"].items()}
    before, behind, inside, whole = (
        re.compile(rules[name]) for name in ("prefix_search", "suffix_search", "infix_finditer", "url_match")
    )
    return Tokenizer(before, behind, inside, whole, known)

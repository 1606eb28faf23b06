"""Sentences as word pieces: the same as the tokenizer cuts, each word cut once.

What holds plain letters, digits and known marks alone falls into words by one expression, and its pieces are those of
its words. All other sentences are cut by the tokenizer itself, which takes six times as long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.coding.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable

    Bounds = list[tuple[int, int]]

_MARKS = r"!-/:-@\\-`{-~‘’“”–—…•"
"""Each is a word. No opening bracket: the tokenizer takes "[SEP]" for its own."""
_WORD = re.compile(rf"[A-Za-z0-9]+|[{_MARKS}]")
_PLAIN = re.compile(rf"[A-Za-z0-9 \t\r\n{_MARKS}]*")
_LONGEST = 100
"""Letters of the longest word that is cut into pieces."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as pieces.

    Attributes:
        ids: its word pieces, without marks of start and end.
        bounds: asked for, the characters of each of its words.
    """

    ids: list[int]
    bounds: Callable[[], Bounds]


class Cutter:
    """What cuts sentences, by the vocabulary of a tokenizer."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer, self._known = tokenizer, tokenizer.get_vocab()
        self._pieces_of: Memo[str, list[int]] = Memo(lambda word: self._pieces(word.lower()))

    def _pieces(self, word: str) -> list[int]:
        """Return the longest pieces there are, from left to right (Wu et al. 2016), or the mark of what is none."""
        if (whole := self._known.get(word)) is not None and len(word) <= _LONGEST:
            return [whole]
        found: list[int] = []
        start, known = 0, self._known
        while start < len(word) <= _LONGEST:
            mark = "##" if start else ""
            end = next((it for it in range(len(word), start, -1) if mark + word[start:it] in known), start)
            if end == start:
                break
            found.append(known[mark + word[start:end]])
            start = end
        return found if start == len(word) else [known["[UNK]"]]

    def cut(self, sentence: str) -> Line:
        """Return the pieces of a sentence."""
        if not _PLAIN.fullmatch(sentence):
            encoded = self._tokenizer.encode(sentence, add_special_tokens=False)
            return Line(encoded.ids, lambda: _bounds(encoded))
        ids = [piece for word in _WORD.findall(sentence) for piece in self._pieces_of[word]]
        return Line(ids, lambda: [found.span() for found in _WORD.finditer(sentence)])


def _bounds(encoded: Any) -> Bounds:
    """Return the characters of each word, from the first of its first piece to the last of its last."""
    found: dict[int, tuple[int, int]] = {}
    for word, (start, end) in zip(encoded.word_ids, encoded.offsets, strict=True):
        found[word] = (found[word][0] if word in found else start, end)
    return list(found.values())

"""A sentence as a tree that can be walked down quickly, and words of it as spans of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dateline.model.parse import Sentence, Token

_EDGES = {",", ";", ":", "-", "–", "—", "--", "(", "’", "'"}
_ENDS = {*_EDGES, "."}


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed sentence with the children of every word at hand: `kids[token.index]`, left to right."""

    tokens: tuple[Token, ...]
    kids: tuple[tuple[int, ...], ...]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Return the words that hang on this one, left to right; only those in the given relations, if any."""
        found = [self.tokens[index] for index in self.kids[token.index]]
        return [child for child in found if child.dep in deps] if deps else found

    def child(self, token: Token, *deps: str) -> Token | None:
        """Return the first word that hangs on this one in one of the given relations."""
        return next(iter(self.children(token, *deps)), None)

    def head(self, token: Token) -> Token:
        """Return the word that this one hangs on; itself for a root."""
        return self.tokens[token.head]

    def below(self, token: Token, without: Collection[int] = ()) -> set[int]:
        """Return the indexes of a word and of all below it, leaving out the given words with all below them."""
        found: set[int] = set()
        waiting = [token.index]
        while waiting:
            index = waiting.pop()
            if index not in found and index not in without:
                found.add(index)
                waiting.extend(self.kids[index])
        return found

    def spans(self, indexes: Iterable[int], *, bridged: Collection[int] = ()) -> tuple[Span, ...]:
        """Return words as spans of the text: one a run of neighbours (or across `bridged` words), edges trimmed."""
        runs: list[list[int]] = []
        last = -2
        for index in sorted(indexes):
            if runs and all(between in bridged for between in range(last + 1, index)):
                runs[-1].append(index)
            else:
                runs.append([index])
            last = index
        trimmed = (self._trim(run) for run in runs)
        return tuple(Span(self.tokens[run[0]].start, self.tokens[run[-1]].end) for run in trimmed if run)

    def _trim(self, run: list[int]) -> list[int]:
        start, end = 0, len(run)
        while start < end and self.tokens[run[start]].text in _EDGES:
            start += 1
        while start < end and self.tokens[run[end - 1]].text in _ENDS:
            end -= 1
        return run[start:end]


def make_tree(sentence: Sentence) -> Tree:
    """Make the tree of a parsed sentence."""
    kids: list[list[int]] = [[] for _ in sentence.tokens]
    for token in sentence.tokens:
        if token.head != token.index:
            kids[token.head].append(token.index)
    return Tree(sentence.tokens, tuple(tuple(group) for group in kids))

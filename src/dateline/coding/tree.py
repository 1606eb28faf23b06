"""Walking a dependency tree: a parsed sentence with its children at hand, and the phrases in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.model.parse import Sentence, Token

_OUTSIDE_A_NAME = frozenset({"relcl", "acl", "appos", "punct", "advcl", "parataxis", "dep", "cc", "conj", "preconj"})
_KEPT_PREPOSITIONS = frozenset({"of", "from", "for"})


class Tree:
    """A parsed sentence, with the children of each token looked up once."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens

    @cached_property
    def _children(self) -> list[list[Token]]:
        found: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                found[token.head].append(token)
        return found

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Return the children of a token, left to right; with `deps`, only those so attached."""
        return [child for child in self._children[token.index] if not deps or child.dep in deps]

    def head(self, token: Token) -> Token:
        """Return the head of a token."""
        return self.tokens[token.head]

    def below(self, token: Token, but: frozenset[int] = frozenset()) -> list[Token]:
        """Return the token and all below it, left to right, leaving out the branches that start at `but`."""
        found = {token.index}
        waiting = [token]
        while waiting:
            for child in self._children[waiting.pop().index]:
                if child.index not in found and child.index not in but:
                    found.add(child.index)
                    waiting.append(child)
        return [self.tokens[index] for index in sorted(found)]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Yield the head of a token, the head's head and so on."""
        seen = {token.index}
        while token.head not in seen:
            token = self.tokens[token.head]
            seen.add(token.index)
            yield token

    def conjuncts(self, token: Token) -> list[Token]:
        """Return a token and those coordinated with it further right."""
        found = [token]
        for conjunct in self.children(token, "conj"):
            found += self.conjuncts(conjunct)
        return found

    def objects(self, token: Token, *prepositions: str) -> list[Token]:
        """Return the objects of these prepositions under a token (of any preposition, if none is named)."""
        return [
            noun
            for prep in self.children(token, "prep", "agent", "dative")
            if prep.pos in {"ADP", "SCONJ", "PART"} and (not prepositions or prep.lemma in prepositions)
            for noun in self.children(prep, "pobj", "pcomp")
        ]

    def phrase(self, head: Token) -> tuple[int, int]:
        """Return the token range [first, last] of a noun phrase: no relative clauses, no coordinated phrases."""
        wanted = {head.index}
        waiting = [head]
        while waiting:
            token = waiting.pop()
            for child in self._children[token.index]:
                if child.index not in wanted and self._is_inside(child, token):
                    wanted.add(child.index)
                    waiting.append(child)
        return _solid(wanted, head.index)

    def _is_inside(self, child: Token, parent: Token) -> bool:
        """Say whether a child belongs to the noun phrase of its parent."""
        if child.dep in {"cc", "conj"}:
            return child.index < parent.index or self._is_modifier(parent)
        if child.dep == "prep":
            return child.lemma in _KEPT_PREPOSITIONS
        if child.dep == "punct":
            return child.text in {"-", "–", "'", "’"}
        return child.dep not in _OUTSIDE_A_NAME

    @staticmethod
    def _is_modifier(token: Token) -> bool:
        return token.dep in {"amod", "compound", "nmod", "nummod"}


def _solid(indices: set[int], head: int) -> tuple[int, int]:
    """Return the largest unbroken range of the indices that holds the head."""
    first = last = head
    while first - 1 in indices:
        first -= 1
    while last + 1 in indices:
        last += 1
    return first, last


def lemmas(token: Token) -> tuple[str, ...]:
    """Return the lower-case forms by which a word list may hold a token.

    The model leaves names as they are written, so the plural of a capitalised word is undone here.
    """
    written = token.text.lower()
    if token.pos == "PROPN" and written.endswith("s"):
        return token.lemma, written, written[:-1]
    return token.lemma, written


def is_word(token: Token, words: Iterable[str]) -> bool:
    """Say whether a token is one of these words: lemma, written form, entity type (%PERSON), %PRON or %NUM."""
    marks = {*lemmas(token)}
    if token.entity:
        marks.add(f"%{token.entity}")
    if token.pos == "PRON":
        marks.add("%PRON")
    if token.tag == "CD":
        marks.add("%NUM")
    return not marks.isdisjoint(words)

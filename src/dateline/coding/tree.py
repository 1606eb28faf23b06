"""Walking a dependency tree: coordinations, objects of prepositions, and the extent of noun phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.model.parse import Sentence

if TYPE_CHECKING:
    from dateline.model.parse import Token

_OUTSIDE_A_NAME = frozenset({"relcl", "acl", "appos", "punct", "advcl", "parataxis", "dep", "cc", "conj", "preconj"})
_KEPT_PREPOSITIONS = frozenset({"of", "from", "for"})


class Tree(Sentence):
    """A parsed sentence with what a coder looks for in it: coordinations, objects of prepositions, noun phrases."""

    def conjuncts(self, token: Token) -> list[Token]:
        """Return a token and those coordinated with it further right."""
        found = [token]
        for conjunct in self.children(token, "conj"):
            found += self.conjuncts(conjunct)
        return found

    def first_conjunct(self, token: Token) -> Token:
        """Return the first of the words that a token is coordinated with; the token itself if it is that."""
        while token.dep == "conj" and self.head(token).index != token.index:
            token = self.head(token)
        return token

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
            for child in self.children(token):
                if token is head and child.dep == "case":
                    continue  # the 's of "the minister's offer" is no part of the minister
                if child.index not in wanted and self._is_inside(child, token):
                    wanted.add(child.index)
                    waiting.append(child)
        first, last = _solid(wanted, head.index)
        while first < head.index and self.tokens[first].pos == "PUNCT":
            first += 1
        return first, last

    def _is_inside(self, child: Token, parent: Token) -> bool:
        """Say whether a child belongs to the noun phrase of its parent."""
        if child.dep in {"cc", "conj"}:
            return child.index < parent.index or self._is_modifier(parent)
        if child.dep == "prep":
            return (
                child.lemma in _KEPT_PREPOSITIONS and bool(self.children(child)) and not self.children(child, "pcomp")
            )
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


def is_word(token: Token, words: frozenset[str]) -> bool:
    """Say whether a token is one of these words: lemma, written form, entity type (%PERSON), %PRON or %NUM."""
    return (
        not words.isdisjoint(lemmas(token))
        or (token.entity != "" and f"%{token.entity}" in words)
        or (token.pos == "PRON" and "%PRON" in words)
        or (token.tag == "CD" and "%NUM" in words)
    )

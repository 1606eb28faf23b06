"""A sentence and its words: what a coder's parser saw, offsets in code points of the report's text.

A parse is not stored: it travels from the coder to the grounding stage inside a `Coding`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a parsed sentence.

    Attributes:
        start, end: half-open span in the report's text, in code points.
        text: the cleaned word (`informing` for `in- forming`); the verbatim one is `report.text[start:end]`.
        lemma: lower-cased lemma.
        pos: universal part of speech (NOUN, VERB, PROPN ...); `tag` is the Penn tag.
        dep: ClearNLP dependency label, as of spaCy's English models (nsubj, dobj, nsubjpass, agent, pobj ...).
        head: index of the head in the sentence's tokens; a root is its own head.
        entity: OntoNotes entity type (PERSON, GPE, DATE ...) or "".
        begins: whether an entity begins here.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str = ""
    begins: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence of a report; `tokens` is empty where the coder saw no need to parse it."""

    index: int
    start: int
    end: int
    tokens: tuple[Token, ...] = ()

    @classmethod
    def of(cls, sentence: Sentence) -> Self:
        """Return a sentence as this kind of sentence: a stage may know more questions to ask of one."""
        return cls(sentence.index, sentence.start, sentence.end, sentence.tokens)

    @cached_property
    def _children(self) -> list[list[Token]]:
        found: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                found[token.head].append(token)
        return found

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Where the tokens start, and where they end; both ascend."""
        return [token.start for token in self.tokens], [token.end for token in self.tokens]

    def head(self, token: Token) -> Token:
        """Return the token's head (itself for a root)."""
        return self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Return the tokens that depend on this one, left to right; with `deps`, only those so attached."""
        found = self._children[token.index]
        return [child for child in found if child.dep in deps] if deps and found else found[:]

    def subtree(self, token: Token, but: frozenset[int] = frozenset()) -> list[Token]:
        """Return the token with everything below it, left to right, without the branches that start at `but`."""
        below = self._children
        if not below[token.index]:
            return [token]
        found = {token.index}
        waiting = [token]
        while waiting:
            for child in below[waiting.pop().index]:
                if child.index not in found and child.index not in but:
                    found.add(child.index)
                    waiting.append(child)
        return [self.tokens[index] for index in sorted(found)]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Yield the head, the head's head and so on, up to the root."""
        seen = {token.index}
        while token.head not in seen:
            token = self.tokens[token.head]
            seen.add(token.index)
            yield token

    def at(self, offset: int) -> Token | None:
        """Return the token that covers this code point, if any."""
        return next((token for token in self.tokens if token.start <= offset < token.end), None)

    def within(self, start: int, end: int) -> list[Token]:
        """Return the tokens that overlap [start, end)."""
        starts, ends = self._edges
        return list(self.tokens[bisect_right(ends, start) : bisect_left(starts, end)])


def place_behind(sentences: Sequence[Sentence], offset: int) -> int:
    """Return the number of the sentence that an offset lies in or behind; 0 before the first."""
    return max(0, bisect_right(sentences, offset, key=lambda one: one.start) - 1)


def place_at(sentences: Sequence[Sentence], offset: int) -> int | None:
    """Return the number of the sentence that holds an offset; None between sentences and outside of them."""
    place = place_behind(sentences, offset)
    return place if sentences and sentences[place].start <= offset < sentences[place].end else None


def sentence_at(sentences: Sequence[Sentence], offset: int) -> Sentence | None:
    """Return the sentence that holds an offset, parsed or not."""
    place = place_at(sentences, offset)
    return None if place is None else sentences[place]


def parsed_at(sentences: Sequence[Sentence], offset: int) -> Sentence | None:
    """Return the parsed sentence that holds an offset; None where the coder saw no need to parse."""
    sentence = sentence_at(sentences, offset)
    return sentence if sentence and sentence.tokens else None


def tops_of(words: Sequence[Token]) -> list[Token]:
    """Return the words, of some of one sentence, that hang on none of the others, in their order."""
    inside = {word.index for word in words}
    return [word for word in words if word.head not in inside or word.head == word.index]


def head_of(words: Sequence[Token]) -> Token:
    """Return the first of `tops_of`, for one word or more; the first word where heads run in a circle."""
    return next(iter(tops_of(words)), words[0])

"""A sentence and its words: what a coder's parser saw, offsets in code points of the report's text.

A parse is not stored: it travels from the coder to the grounding stage inside a `Coding`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator


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

    def head(self, token: Token) -> Token:
        """Return the token's head (itself for a root)."""
        return self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Return the tokens that depend on this one, left to right; with `deps`, only those so attached."""
        return [child for child in self._children[token.index] if not deps or child.dep in deps]

    def subtree(self, token: Token, but: frozenset[int] = frozenset()) -> list[Token]:
        """Return the token with everything below it, left to right, without the branches that start at `but`."""
        found = {token.index}
        waiting = [token]
        while waiting:
            for child in self._children[waiting.pop().index]:
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
        return [token for token in self.tokens if token.start < end and start < token.end]

"""The examples of a codebook, parsed: what patterns must find in them, and what they must not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coding.parser import parse_all
from dateline.coding.tree import Tree
from dateline.model.codebook import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.model.codebook import Codebook, Told
    from dateline.model.parse import Token

ARGUMENTS = ("actor", "recipient")


@dataclass(frozen=True, eq=False)
class Lesson:
    """A sentence of an example or of a counterexample.

    Attributes:
        key: where it stands in the codebook, as `types.STRIKE.examples[2]`.
        holds: whether it tells of an event of the type (of this form, if one is named), or of none.
        triggers: first and last token of the words that name the event; of a counterexample, of the words that name
            none: anywhere in the sentence, if no words are marked.
        parties: by role, the tokens that are marked for it.
    """

    type: str
    form: str | None
    key: str
    holds: bool
    tree: Tree
    triggers: tuple[tuple[int, int], ...]
    parties: tuple[tuple[str, tuple[Token, ...]], ...]

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return " ".join(token.text for token in self.tree.tokens)

    def concerns(self, first: int, last: int) -> bool:
        """Say whether the lesson is about a trigger in this range of tokens."""
        return any(first <= end and start <= last for start, end in self.triggers) or not (self.triggers or self.holds)


def lessons_of(codebook: Codebook) -> tuple[Lesson, ...]:
    """Return all lessons of a codebook, in its order."""
    all_told = list(told(codebook))
    parsed = parse_all([it.example.text for it in all_told])
    return tuple(
        lesson
        for it, sentences in zip(all_told, parsed, strict=True)
        for lesson in _lessons(it, [Tree.of(sentence) for sentence in sentences])
    )


def _lessons(it: Told, trees: Sequence[Tree]) -> Iterator[Lesson]:
    """Yield a lesson for each sentence of an example that has a trigger, or for all of a bare counterexample."""
    marks = it.example.of("trigger")
    for tree in trees:
        within = tuple(span for mark in marks if (span := _range(tree, mark.start, mark.end)))
        if within or not (marks or it.holds):
            parties = tuple(
                (role, tuple(token for mark in it.example.of(role) for token in tree.within(mark.start, mark.end)))
                for role in ARGUMENTS
            )
            yield Lesson(it.type, it.form, it.key, it.holds, tree, within, parties)


def _range(tree: Tree, start: int, end: int) -> tuple[int, int] | None:
    tokens = tree.within(start, end)
    return (tokens[0].index, tokens[-1].index) if tokens else None

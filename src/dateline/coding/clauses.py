"""Which stretch of a sentence speaks of one event and not of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.nominal import find_carrier
from dateline.model.text import Span

if TYPE_CHECKING:
    from dateline.coding.patterns import Match
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token


def clause_of(tree: Tree, match: Match, heads: frozenset[int]) -> Span:
    """Return the stretch of text that speaks of this event: what hangs from it, without the branches of other events.

    An event noun that a verb merely carries ("held a protest on Monday") has the verb's clause.
    """
    top = _clause_top(tree, match.head, heads)
    others = frozenset(index for index in heads if index not in {match.head.index, top.index})
    branches = others | _other_clauses(tree, top)
    kept = tree.subtree(top, branches - {match.head.index})
    solid = [token.index for token in kept if token.pos != "PUNCT" and token.dep != "cc"]
    if top.pos not in {"VERB", "AUX"}:
        solid = _up_to_rivals(tree, top, solid, branches)
    first = min([match.first, *solid])
    last = max([match.last, *solid])
    return Span(tree.tokens[first].start, tree.tokens[last].end)


def _up_to_rivals(tree: Tree, top: Token, solid: list[int], branches: frozenset[int]) -> list[int]:
    """Return what lies on the near side of coordinated events: parsers hang the last words of all from the first."""
    rivals = [tree.subtree(tree.tokens[index])[0].index for index in branches if index > top.index]
    edge = min((first for first in rivals if first > top.index), default=len(tree.tokens))
    return [index for index in solid if index < edge]


def _clause_top(tree: Tree, trigger: Token, heads: frozenset[int]) -> Token:
    if trigger.pos in {"VERB", "AUX"}:
        return trigger
    while (whole := _whole(tree, trigger)) is not None:
        trigger = whole
    verb = find_carrier(tree, trigger)
    if verb is None and trigger.dep in {"nsubj", "nsubjpass"} and tree.head(trigger).pos in {"VERB", "AUX"}:
        verb = tree.head(trigger)
    return trigger if verb is None or verb.index in heads else verb


def _whole(tree: Tree, noun: Token) -> Token | None:
    """Return the noun of which an event noun is only the content: the acts in "thousands of acts of protest"."""
    prep = tree.head(noun)
    over = tree.head(prep)
    is_content = noun.dep == "pobj" and prep.lemma == "of" and over.pos in {"NOUN", "NUM"} and over.lemma in _WHOLES
    return over if is_content else None


_WHOLES = words("rules", "wholes")


def _other_clauses(tree: Tree, top: Token) -> frozenset[int]:
    return frozenset(child.index for child in tree.children(top, "conj", "parataxis") if child.pos in {"VERB", "AUX"})

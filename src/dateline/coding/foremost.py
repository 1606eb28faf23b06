"""Which event is a sentence's main one: what its root says, before objects, asides and subordinate clauses.

Codebooks that hold one event a sentence (PLOVER's gold sentences, dyadic event data) mean this one.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.tree import Tree
from dateline.model.parse import tops_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Event
    from dateline.model.parse import Sentence, Token

_SAYING = words("status", "saying")
_COSTS = {"ccomp": 2, "xcomp": 2, "advcl": 4, "relcl": 5, "acl": 4, "appos": 4, "parataxis": 3, "conj": 1, "prep": 2}
_OBJECTS = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "pobj", "pcomp", "compound", "poss", "amod", "oprd"})


def main_event(events: Sequence[Event], sentences: Sequence[Sentence]) -> Event | None:
    """Return the event nearest to the root of the first sentence that tells any, the first of equals; None without any.

    Args:
        events: of a text, in order.
        sentences: of the text; those with events as parsed.
    """
    if not events:
        return None
    parsed = (it for it in sentences if it.tokens and it.start <= events[0].trigger.start < it.end)
    if (sentence := next(parsed, None)) is None:
        return events[0]  # a coder that hands on no parse
    tree = Tree.of(sentence)
    return min((it for it in events if it.trigger.start < sentence.end), key=lambda event: _depth(tree, event))


def _depth(tree: Tree, event: Event) -> int:
    heads = tops_of(tree.within(event.trigger.start, event.trigger.end))
    return min((_distance(tree, head) for head in heads), default=0)


def _distance(tree: Tree, token: Token) -> int:
    """Return how far below the root a word stands; what somebody is said to say stands as high as the saying."""
    path = [token, *tree.ancestors(token)]
    return sum(
        0 if below.dep == "ccomp" and above.lemma in _SAYING else _COSTS.get(below.dep, below.dep in _OBJECTS)
        for below, above in pairwise(path)
    )

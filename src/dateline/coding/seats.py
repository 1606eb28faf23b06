"""Where the parties of an event stand about its trigger, learnt from the words that examples mark for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.coding.nominal import find_carrier
from dateline.coding.slots import find_objects, find_subjects, is_passive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.coding.lessons import Lesson
    from dateline.coding.patterns import Pattern
    from dateline.coding.refining import Context
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

NOBODY = "none"
"""The seat of a party that events of a type do not have."""

_USUAL = ("subject", "by", "poss", "compound")


def with_seats(pattern: Pattern, right: Sequence[Context], all_right: Sequence[Context]) -> Pattern:
    """Return a pattern that knows where its actors and recipients stand.

    What its own examples show comes first, then what other examples of its type show, then where actors usually stand.
    A type whose examples mark no recipient has none.

    Args:
        pattern: as it will be used.
        right: where it fits rightly.
        all_right: where any pattern of its type fits rightly.
    """
    if not all_right:
        return pattern
    own = {role: _seats(right, role) for role in ("actor", "recipient")}
    others = {role: _seats(all_right, role) for role in ("actor", "recipient")}
    actor = _in_order(own["actor"], (*others["actor"], *_USUAL), but=own["recipient"])
    recipient = _in_order(own["recipient"], others["recipient"], but=own["actor"])
    return replace(pattern, actor=actor, recipient=recipient or (NOBODY,))


def _in_order(first: Iterable[str], then: Iterable[str], but: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *(seat for seat in then if seat not in but)]))


def _seats(contexts: Iterable[Context], role: str) -> list[str]:
    """Return where the words marked for a role stand, the most frequent seat first."""
    counts: Counter[str] = Counter()
    for context in contexts:
        marked = _marked(context.lesson, role)
        counts.update({seat for seat, token in _seated(context.lesson.tree, context.head) if token.index in marked})
    return sorted(counts, key=lambda seat: (-counts[seat], seat))


def _marked(lesson: Lesson, role: str) -> frozenset[int]:
    return frozenset(token.index for name, tokens in lesson.parties if name == role for token in tokens)


def _seated(tree: Tree, head: Token) -> Iterator[tuple[str, Token]]:
    """Yield the tokens at each seat about a trigger, as `roles` names the seats."""
    if head.pos in {"VERB", "AUX"}:
        passive = is_passive(tree, head)
        subjects = tree.objects(head, "by") if passive else find_subjects(tree, head)
        objects = find_subjects(tree, head) if passive else find_objects(tree, head)
        yield from (("subject", token) for token in subjects)
        yield from (("object", token) for token in objects)
    else:
        carrier = find_carrier(tree, head)
        yield from (("subject", token) for token in (find_subjects(tree, carrier) if carrier else ()))
        yield from ((token.dep, token) for token in tree.children(head, "poss", "compound"))
    for prep in tree.children(head, "prep"):
        yield from ((prep.lemma, token) for token in tree.objects(head, prep.lemma))

"""Who did it, to whom, with what: what the parse finds of an event, made up by what the network marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.roles import find_roles, is_passive, is_suffered
from dateline.model.event import Argument
from dateline.model.ground import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.coding.decoding import Marked
    from dateline.coding.judged import Judged
    from dateline.coding.patterns import Match
    from dateline.coding.tree import Tree
    from dateline.model.text import Span

SIDES = {"source": Role.ACTOR, "reciprocal": Role.ACTOR, "target": Role.RECIPIENT}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
PARTIES = {"actor": Role.ACTOR, "recipient": Role.RECIPIENT}


def arguments_of(
    known: Judged, tree: Tree, match: Match, clause: Span, others: Iterable[Match]
) -> tuple[Argument, ...]:
    """Return the arguments of an event, actors first.

    What the parse finds for a role counts. Where it finds nothing, what the network marks for the role in the event's
    clause counts, else what it marks next to the trigger: actors before (but of a passive), recipients behind, up to
    the next trigger. At last, of an event without `others` in its sentence, the sides of the sentence's main event.
    """
    rivals = list(others)
    marks = known.judgement.marked
    parsed = find_roles(known.report, tree, match)
    marked = _arguments(known, PARTIES, marks["roles"])
    sides = _arguments(known, SIDES, marks["sides"]) if not rivals else []
    found: list[Argument] = []
    for role in (Role.ACTOR, Role.RECIPIENT):
        near = [it for it in _only(role, marked) if not any(_overlap(it, other) for other in _but(role, parsed))]
        inside = [argument for argument in near if clause.overlaps(argument.evidence.span)]
        found += _only(role, parsed) or inside or _beside(tree, match, rivals, near) or _only(role, sides)
    return tuple(_apart(found) + _instruments(known, match))


def _beside(tree: Tree, match: Match, rivals: Iterable[Match], near: Sequence[Argument]) -> list[Argument]:
    """Return the mark next to a trigger: of actors the last before it, of recipients the first behind it."""
    if near and near[0].role is Role.ACTOR:
        start = tree.tokens[match.first].start
        before = [argument for argument in near if argument.evidence.end <= start]
        return [] if is_passive(tree, match.head) or is_suffered(tree, match.head) else before[-1:]
    end = tree.tokens[match.last].end
    until = min((tree.tokens[it.first].start for it in rivals if it.first > match.last), default=tree.tokens[-1].end)
    return [argument for argument in near if end <= argument.evidence.start < until][:1]


def _instruments(known: Judged, match: Match) -> list[Argument]:
    if match.pattern.type != "ASSAULT":
        return []
    return _arguments(known, {"instrument_id": Role.INSTRUMENT}, known.judgement.marked["fills"])


def _arguments(known: Judged, roles: dict[str, Role], marks: Iterable[Marked]) -> list[Argument]:
    """Return marks as arguments; a mark without a noun or a pronoun is nobody."""
    return [
        Argument(roles[mark.role], known.phrase(mark.start, mark.end))
        for mark in marks
        if mark.role in roles and any(token.pos in _NOMINAL for token in known.tokens(mark.start, mark.end))
    ]


def _but(role: Role, arguments: Iterable[Argument]) -> list[Argument]:
    return [argument for argument in arguments if argument.role is not role]


def _only(role: Role, arguments: Iterable[Argument]) -> list[Argument]:
    return [argument for argument in arguments if argument.role is role]


def _apart(arguments: Iterable[Argument]) -> list[Argument]:
    """Return the arguments, in order, without those that overlap an earlier one."""
    kept: list[Argument] = []
    for argument in arguments:
        if not any(_overlap(argument, other) for other in kept):
            kept.append(argument)
    return kept


def _overlap(left: Argument, right: Argument) -> bool:
    return left.evidence.span.overlaps(right.evidence.span)

"""Who did it, to whom, with what: what the parse finds of an event, set right by what the network marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.roles import find_roles
from dateline.model.event import Argument
from dateline.model.ground import Role
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.coding.encoder import Marked
    from dateline.coding.judged import Judged
    from dateline.coding.patterns import Match
    from dateline.coding.tree import Tree

SIDES = {"source": Role.ACTOR, "reciprocal": Role.ACTOR, "target": Role.RECIPIENT}
FILLS = {
    "perp_individual": Role.ACTOR,
    "perp_org": Role.ACTOR,
    "phys_tgt": Role.RECIPIENT,
    "hum_tgt_name": Role.RECIPIENT,
    "instrument_id": Role.INSTRUMENT,
}


def arguments_of(read: Judged, tree: Tree, match: Match, clause: Span, *, alone: bool) -> tuple[Argument, ...]:
    """Return the arguments of an event, actors first.

    A party that both find has the network's bounds; where the parse finds none for a role, what the network marks in
    the event's clause (of a lone event: in the sentence) counts.
    """
    marked = [argument for argument in _marked(read, match) if alone or clause.overlaps(argument.evidence.span)]
    parsed = find_roles(read.report, tree, match)
    found = [
        argument
        for role in (Role.ACTOR, Role.RECIPIENT)
        for argument in _of_role(role, _only(role, parsed), _only(role, marked))
    ]
    return tuple(_apart([*found, *_only(Role.INSTRUMENT, marked)]))


def _of_role(role: Role, parsed: Sequence[Argument], marked: Sequence[Argument]) -> list[Argument]:
    if not parsed:
        return list(marked)
    return [next((mark for mark in marked if _overlap(mark, one)), one) for one in parsed]


def _marked(read: Judged, match: Match) -> list[Argument]:
    """Return what the network marks as parties; in a sentence on an attack also its instruments."""
    judgement = read.judgement
    found = [_argument(read, SIDES[it.role], it) for it in judgement.marked["sides"]]
    if match.pattern.type == "ASSAULT":
        found += [_argument(read, FILLS[it.role], it) for it in judgement.marked["fills"]]
    found += [
        _argument(read, Role(it.role), it) for it in judgement.marked["roles"] if it.role in {"actor", "recipient"}
    ]
    return _apart(found)


def _argument(read: Judged, role: Role, mark: Marked) -> Argument:
    return Argument(role, read.report.cite(*read.back(mark.start, mark.end)))


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

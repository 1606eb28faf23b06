"""Who did it, to whom, with what: what the parse finds of an event, set right by what the network marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.roles import find_roles
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
PARTIES = {"actor": Role.ACTOR, "recipient": Role.RECIPIENT}


def arguments_of(known: Judged, tree: Tree, match: Match, clause: Span, *, alone: bool) -> tuple[Argument, ...]:
    """Return the arguments of an event, actors first.

    A party that parse and network both find has the network's bounds; one that the parse alone finds stands. Where the
    parse gives none for a role, what the network marks for it in the event's clause (of a lone event: in the sentence)
    counts, and of a lone event at last the side of the sentence's main event.
    """
    judgement = known.judgement
    parsed = find_roles(known.report, tree, match)
    marked = [
        argument
        for argument in _arguments(known, PARTIES, judgement.marked["roles"])
        if alone or clause.overlaps(argument.evidence.span)
    ]
    sides = _arguments(known, SIDES, judgement.marked["sides"]) if alone else []
    found = [
        argument
        for role in (Role.ACTOR, Role.RECIPIENT)
        for argument in _of_role(_only(role, parsed), _only(role, marked)) or _only(role, sides)
    ]
    return tuple(_apart(found) + _instruments(known, match))


def _of_role(parsed: Sequence[Argument], marked: Sequence[Argument]) -> list[Argument]:
    if not parsed:
        return list(marked)
    return [next((mark for mark in marked if _overlap(mark, one)), one) for one in parsed]


def _instruments(known: Judged, match: Match) -> list[Argument]:
    if match.pattern.type != "ASSAULT":
        return []
    return _arguments(known, {"instrument_id": Role.INSTRUMENT}, known.judgement.marked["fills"])


def _arguments(known: Judged, roles: dict[str, Role], marks: Iterable[Marked]) -> list[Argument]:
    return [
        Argument(roles[mark.role], known.report.cite(*known.back(mark.start, mark.end)))
        for mark in marks
        if mark.role in roles
    ]


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

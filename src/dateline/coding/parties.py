"""Who did it, to whom, with what: what the parse finds of an event, set right by what the network marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.roles import find_roles
from dateline.model.event import Argument
from dateline.model.ground import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.coding.encoder import Marked
    from dateline.coding.judged import Judged
    from dateline.coding.patterns import Match
    from dateline.coding.tree import Tree
    from dateline.model.text import Span

SIDES = {"source": Role.ACTOR, "reciprocal": Role.ACTOR, "target": Role.RECIPIENT}
PARTIES = {"actor": Role.ACTOR, "recipient": Role.RECIPIENT}


def main_event(known: Judged, tree: Tree, matches: Sequence[Match]) -> int | None:
    """Return whose the sides of the sentence are: the first event whose parties, by the parse, are most of them."""
    sides = _arguments(known, SIDES, known.judgement.marked["sides"])
    if not matches:
        return None
    shared = [sum(_is_shared(one, sides) for one in find_roles(known.report, tree, match)) for match in matches]
    return max(range(len(matches)), key=lambda place: (shared[place], -place))


def arguments_of(
    known: Judged, tree: Tree, match: Match, clause: Span, *, alone: bool, is_main: bool
) -> tuple[Argument, ...]:
    """Return the arguments of an event, actors first.

    The sides of the sentence are those of its main event. Of other events a party that parse and network both find has
    the network's bounds, and one that the parse alone finds stands. Where neither gives a role, what the network marks
    for it in the event's clause (of a lone event: in the sentence) counts.
    """
    judgement = known.judgement
    sides = _arguments(known, SIDES, judgement.marked["sides"]) if is_main else []
    marked = [
        argument
        for argument in _arguments(known, PARTIES, judgement.marked["roles"])
        if alone or clause.overlaps(argument.evidence.span)
    ]
    parsed = find_roles(known.report, tree, match)
    found = [
        argument
        for role in (Role.ACTOR, Role.RECIPIENT)
        for argument in _only(role, sides) or _of_role(_only(role, parsed), _only(role, marked))
    ]
    return tuple(_apart(found, sides) + _instruments(known, match))


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


def _is_shared(one: Argument, sides: Iterable[Argument]) -> bool:
    return any(one.role is side.role and _overlap(one, side) for side in sides)


def _apart(arguments: Iterable[Argument], firm: Sequence[Argument]) -> list[Argument]:
    """Return the arguments, in order, without those that overlap an earlier or a firm one."""
    kept: list[Argument] = []
    for argument in arguments:
        rivals = [*kept, *(one for one in firm if one is not argument)]
        if not any(_overlap(argument, other) for other in rivals):
            kept.append(argument)
    return kept


def _overlap(left: Argument, right: Argument) -> bool:
    return left.evidence.span.overlaps(right.evidence.span)

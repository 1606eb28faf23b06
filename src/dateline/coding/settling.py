"""Which of two judges of an event's status is heard: the network, by how sure it is, or a rule over the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.presupposed import may_deny
from dateline.coding.recalled import is_past
from dateline.coding.status import Reason, reason_of
from dateline.model.event import Status

if TYPE_CHECKING:
    from dateline.coding.patterns import Match
    from dateline.coding.tree import Tree

SURE = 0.85
"""How often a rule must be right to outweigh that an event is told as history."""
_SPOKEN = frozenset({"REQUEST", "THREATEN"})
"""Of 1,102 annotated events of these types 6 are called for."""
_AGAINST = {
    "aside": {Status.DENIED},
    "asked": {Status.DENIED},
    "counted": {Status.GENERIC},
    "over": {Status.PLANNED},
    "past": {Status.PLANNED, Status.CALLED_FOR},
    "unclaimed": {Status.DENIED},
    "undenied": {Status.DENIED},
    "unverified": {Status.DENIED},
}
"""Rules that tell against some statuses alone."""

_DONE = frozenset({"caused", "known of", "not foiled", "not kept", "punished for"})
"""Rules that say that it was done, not when: what is long past stays so."""
CEILING = 0.85
"""How sure the network may be against a rule. On sentences held back from it, where rules of a greater weight and a
network surer than they disagreed, rules were right four times and the network twice."""


def reason_against(tree: Tree, match: Match, status: Status) -> Reason | None:
    """Return what decides the status of a matched event to which a network gives one; None where nothing does.

    Where no word of a sentence can deny, nothing is denied; and what else nothing decides is no plan, if a verb in the
    past tense tells it. Who demands or threatens does so by the very words, which nobody calls for.
    """
    reason = reason_of(tree, match)
    if status is Status.DENIED and not _tells_against(reason, status) and not may_deny(tree):
        return Reason(Status.ASSERTED, match.head, "undenied")
    if reason is None and status is Status.CALLED_FOR and match.pattern.type in _SPOKEN:
        return Reason(Status.ASSERTED, match.head, "spoken")
    if reason is None and is_past(tree, match.head):
        return Reason(Status.ASSERTED, match.head, "past")
    return reason


def settle(reason: Reason | None, status: Status, score: float) -> tuple[Status, str]:
    """Return the status by the surer of two judges, and what to say of it: the network, by its score, or a rule.

    A rule is as sure as it was right on annotated sentences (`data/reasons.toml`). No rule is no evidence.
    """
    if reason is None or reason.status is status or reason.weight <= min(score, CEILING):
        return status, ""
    if not _tells_against(reason, status):
        return status, ""  # a figure tells against a mere kind, not against a plan
    if status is Status.BACKGROUND and (reason.weight < SURE or reason.rule in _DONE):
        return status, ""  # what is long past is told in other moods too: "demanded an inquiry into the massacre"
    return reason.status, f"; but {reason.told}"


def _tells_against(reason: Reason | None, status: Status) -> bool:
    return reason is not None and status in _AGAINST.get(reason.rule, {status})

"""What people's decisions come to: `reviewed`, a function of a mention and the decisions on it; no order changes it.

The rules, each tested, are those of judgements (`model.decided`):

1. A decision that was withdrawn does not count.
2. Of one person's decisions on a field the latest counts. `accept` says of each field that the person has not corrected
   that the machine's value is right; it lapses if the machine says something else since.
3. Decisions that settle hold over others, the latest of them over earlier ones.
4. A field on which people agree has the value that they say. Where they disagree nobody's word holds: the machine's
   value stays, and the field is shown as disputed until somebody withdraws or settles it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from dateline.model.decision import Act, Claim, Decision, Field, Kind, digest_of, value_of
from dateline.model.event import Mention, Review
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from datetime import datetime

    from dateline.model.decision import Value
    from dateline.model.ground import Actor, Figure, Place, When

EVENT = "event"
"""The question whether a mention tells of an event at all; the others are fields."""

Said = dict[str, "Value | bool"]
"""What one person says of a mention: by field, and `EVENT`."""


@dataclass(frozen=True, slots=True)
class Log:
    """Decisions that stand, by the mention that they are about, and those that are about none that is there.

    Attributes:
        unused: by id, oldest first.
    """

    about: Mapping[str, Mapping[str, Decision]]
    unused: Mapping[str, Decision]


def standing(decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """Return the decisions, by id, that their authors have not withdrawn, oldest first.

    Withdrawals can be withdrawn themselves. To overrule another's decision, add one that settles.
    """
    ordered = dict(sorted(decisions.items(), key=lambda item: (item[1].when, item[0])))
    taken: set[tuple[str, str]] = set()
    for name, it in reversed(ordered.items()):
        if it.act is Act.WITHDRAW and (name, it.who) not in taken:
            taken.add((it.withdraws, it.who))
    return {name: it for name, it in ordered.items() if it.act is not Act.WITHDRAW and (name, it.who) not in taken}


def log_of(decisions: Mapping[str, Decision], mentions: Iterable[Mention]) -> Log:
    """Return which decisions are about which mentions: by id, or else by the very words and type of the trigger."""
    known = list(mentions)
    ids = {mention.id for mention in known}
    words = {(it.report, it.type, it.trigger.start, it.trigger.end): it.id for it in reversed(known)}
    about: dict[str, dict[str, Decision]] = defaultdict(dict)
    unused: dict[str, Decision] = {}
    for name, decision in standing(decisions).items():
        target = decision.about
        key = (target.report, target.type, target.start, target.end)
        found = target.mention if target.mention in ids else words.get(key)
        (about[found] if found else unused)[name] = decision
    return Log(about, unused)


def reviewed(mention: Mention, decisions: Iterable[Decision]) -> Mention:
    """Return a mention as people left it.

    Args:
        mention: as the machine told it.
        decisions: those on it that stand.
    """
    ordered = sorted(decisions, key=_order)
    settled = _said(mention, [it for it in ordered if it.settles])
    people = list(said_by(mention, ordered).values())
    values, disputed = _agreed(people, settled)
    changed = {name: value for name, value in values.items() if not _is_machines(mention, name, value)}
    state = _state(values, changed, disputed, ordered)
    result = replace(mention, review=state, corrected=tuple(sorted(changed)), disputed=disputed)
    for name, value in sorted(changed.items()):
        result = _set(result, Field(name), cast("Value", value))
    return result


def said_by(mention: Mention, decisions: Iterable[Decision]) -> dict[str, Said]:
    """Return what each person says of a mention, by who; what settles is nobody's own word."""
    by: dict[str, list[Decision]] = defaultdict(list)
    for decision in sorted(decisions, key=_order):
        if not decision.settles:
            by[decision.who].append(decision)
    return {who: _said(mention, own) for who, own in sorted(by.items())}


def seen_by(mention: Mention, said: Said) -> Mention:
    """Return a mention as one person sees it."""
    result = mention
    for name, value in said.items():
        if name != EVENT:
            result = _set(result, Field(name), cast("Value", value))
    return result


def substance(name: str, value: Value | bool) -> Hashable:
    """Return what a value says, without the words that it rests on: two people who agree may mark other words."""
    if isinstance(value, Kind):
        return value.type, value.form
    if isinstance(value, Claim):
        return value.status
    if isinstance(value, Evidence):
        return value.start, value.end
    if isinstance(value, tuple):
        return frozenset(map(_figure if name == Field.FIGURES else _actor, value))  # type: ignore[arg-type]
    if name == Field.PLACE and value is not None:
        return _place(cast("Place", value))
    if name == Field.WHEN and value is not None:
        when = cast("When", value)
        return when.earliest, when.latest
    return cast("bool | None", value)


def _figure(it: Figure) -> Hashable:
    return it.counts, it.low, it.high, it.scope


def _actor(it: Actor) -> Hashable:
    return it.role, it.evidence.start, it.evidence.end, it.name, it.country, it.sector


def _place(it: Place) -> Hashable:
    return it.geonames or (it.name, it.country, it.admin1), it.precision


def _order(it: Decision) -> tuple[datetime, str, str, str]:
    return it.when, it.who, it.act.value, it.field or ""


def _said(mention: Mention, own: Iterable[Decision]) -> Said:
    """Return what decisions of one mind come to, oldest first."""
    said: Said = {}
    for decision in own:
        if decision.act is Act.CORRECT and decision.field:
            said |= {EVENT: True, decision.field.value: decision.value}
        elif decision.act is Act.ACCEPT and decision.seen in ("", digest_of(mention)):
            said = {it.value: value_of(mention, it) for it in Field} | said | {EVENT: True}
        elif decision.act is Act.REJECT:
            said = {EVENT: False}
        elif decision.act is Act.UNSURE:
            said = {}
    return said


def _agreed(people: Iterable[Said], settled: Said) -> tuple[Said, tuple[str, ...]]:
    """Return what holds of each field, and the fields on which people disagree."""
    values: dict[str, list[Value | bool]] = defaultdict(list)
    for said in people:
        for name, value in said.items():
            values[name].append(value)
    if settled.get(EVENT) is False:
        return settled, ()
    agreed: Said = {}
    disputed = []
    for name, given in sorted(values.items()):
        if name in settled:
            continue
        if len({substance(name, value) for value in given}) > 1:
            disputed.append(name)
        else:
            agreed[name] = given[-1]
    return settled if EVENT in disputed else agreed | settled, tuple(disputed)


def _is_machines(mention: Mention, name: str, value: Value | bool) -> bool:
    return name == EVENT or substance(name, value_of(mention, Field(name))) == substance(name, value)


def _state(values: Said, changed: Said, disputed: tuple[str, ...], decisions: list[Decision]) -> Review:
    if disputed:
        return Review.DISPUTED
    if values.get(EVENT) is False:
        return Review.REJECTED
    if changed:
        return Review.CORRECTED
    if values.get(EVENT):
        return Review.ACCEPTED
    return Review.UNSURE if any(it.act is Act.UNSURE for it in decisions) else Review.NEW


def _set(mention: Mention, field: Field, value: Value) -> Mention:
    if isinstance(value, Kind):
        return replace(mention, type=value.type, form=value.form)
    if isinstance(value, Claim):
        return replace(mention, status=value.status)
    if isinstance(value, Evidence):
        clause = replace(
            mention.clause, start=min(mention.clause.start, value.start), end=max(mention.clause.end, value.end)
        )
        return replace(mention, trigger=value, clause=clause)
    return replace(mention, **{field.value: value})  # type: ignore[arg-type]

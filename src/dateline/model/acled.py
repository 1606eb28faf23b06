"""ACLED's event types, told from ours by type and form and by who does it to whom. See `data/acled.toml`.

Each event gets the sub-event type of its type and form (`Codebook.acled`); then, as ACLED does:

- an attack on armed forces or an armed group is a clash: ACLED's attacks are on civilians, by definition;
- people seized by an armed group are abducted, not arrested;
- ground that state forces take is regained by the government, ground that others take is overtaken;
- a protest whose crowd fights, burns or loots is a violent demonstration;
- a protest at which state forces kill, shoot or beat is excessive force against protesters;
- a protest at which people are arrested or dispersed is a protest with intervention.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import tomli

from dateline.model.codebook import plover
from dateline.model.ground import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.codebook import Codebook
    from dateline.model.event import Mention
    from dateline.model.ground import Actor

TAKEN = ("Government regains territory", "Non-state actor overtakes territory")
STATE = frozenset({"COP", "MIL", "GOV", "PRM", "SPY"})
ARMED = frozenset({"COP", "MIL", "PRM", "REB", "UAF"})
REBEL = frozenset({"REB", "PRM", "UAF"})
CIVIL = frozenset({"CVL", "OPP", "LAB", "EDU", "CRM"})
"""Sectors of those who bear arms, of those who do so against the state, and of those who do not."""
CROWD_VIOLENCE = frozenset({"Looting/property destruction", "Violent demonstration", "Armed clash"})
INTERVENTION = frozenset({"Arrests", "Protest with intervention"})


@dataclass(frozen=True, slots=True)
class SubEvent:
    """One of ACLED's 25 sub-event types, with the event type and the disorder type that it is of."""

    name: str
    event_type: str
    disorder: str


@dataclass(frozen=True, slots=True)
class Inter:
    """What an actor is to ACLED: the code, its name, and the generic name of an actor that is not named."""

    code: int
    name: str
    generic: str


def sub_event(mention: Mention, codebook: Codebook | None = None) -> str | None:
    """Return the sub-event type of a mention: by type and form, and by who does it to whom, as ACLED does."""
    name = (codebook or plover()).acled(mention.type, mention.form)
    if name == "Attack" and _sectors(mention, Role.RECIPIENT) & ARMED and not _sectors(mention, Role.ACTOR) & CIVIL:
        return "Armed clash"
    if name == "Arrests" and _sectors(mention, Role.ACTOR) & REBEL and not is_by_state(mention):
        return "Abduction/forced disappearance"
    if name in TAKEN and any(actor.role is Role.ACTOR and inter_of(actor) for actor in mention.actors):
        return TAKEN[0] if is_by_state(mention) else TAKEN[1]
    return name


def at_protest(names: frozenset[str], happened: Sequence[Mention], codebook: Codebook | None = None) -> frozenset[str]:
    """Return the sub-event types of a protest and what else happened at it, given those of its mentions."""
    known = codebook or plover()
    if any(is_by_state(mention) and known.acled(mention.type, mention.form) == "Attack" for mention in happened):
        return frozenset({"Excessive force against protesters"})
    if names & CROWD_VIOLENCE:
        return frozenset({"Violent demonstration"})
    return frozenset({"Protest with intervention"}) if names & INTERVENTION else names


def sub_event_of(mentions: Iterable[Mention], codebook: Codebook | None = None) -> SubEvent | None:
    """Return the sub-event type of one incident; None if ACLED has none for it, or nobody says that it happened.

    Where its mentions differ, the one that stands first in ACLED's hierarchy counts.
    """
    happened = [mention for mention in mentions if mention.status.happened]
    names = frozenset(name for mention in happened if (name := sub_event(mention, codebook)))
    if any(mention.type == "PROTEST" for mention in happened):
        names = at_protest(names, happened, codebook)
    return next((it for it in sub_events() if it.name in names), None)


def is_by_state(mention: Mention) -> bool:
    """Say whether forces or a body of the state are an actor of it."""
    return any(actor.role is Role.ACTOR and actor.sector in STATE for actor in mention.actors)


def inter_of(actor: Actor) -> Inter | None:
    """Return what an actor is to ACLED; None where its words do not tell. Who demonstrates is known by the event."""
    return _by_sector().get(actor.sector or "")


def demonstrators(sub_event: SubEvent) -> Inter | None:
    """Return what those who demonstrate are in an event of this type; None where nobody does."""
    return {"Protests": _inter(6), "Riots": _inter(5)}.get(sub_event.event_type)


def civilians() -> Inter:
    """Return what civilians are to ACLED."""
    return _inter(7)


def interaction(first: Inter | None, second: Inter | None) -> str | None:
    """Return the interaction of two actors in words: the lower code first, but for civilians hit from outside.

    >>> interaction(inter_named("Protesters"), inter_named("State forces"))
    'State forces-Protesters'
    >>> interaction(inter_named("Protesters"), None)
    'Protesters only'
    """
    known = sorted((it for it in (first, second) if it), key=lambda it: it.code)
    if len(known) < 2:
        return f"{known[0].name} only" if known else None
    if [it.code for it in known] == [7, 8]:
        known.reverse()
    return "-".join(it.name for it in known)


def inter_named(name: str) -> Inter:
    """Return what an actor is to ACLED by its name there, one of eight."""
    return next(_inter(it["code"]) for it in _acled()["inter"] if it["name"] == name)


@cache
def sub_events() -> tuple[SubEvent, ...]:
    """Return ACLED's 25 sub-event types in the order of its hierarchy, highest first."""
    return tuple(
        SubEvent(name, kind["name"], kind.get("disorder_of", {}).get(name, kind["disorder"]))
        for kind in _acled()["types"]
        for name in kind["sub_events"]
    )


@cache
def _by_sector() -> dict[str, Inter]:
    return {
        sector: Inter(it["code"], it["name"], generic)
        for it in _acled()["inter"]
        for sector, generic in it["sectors"].items()
    }


def _inter(code: int) -> Inter:
    (found,) = [it for it in _acled()["inter"] if it["code"] == code]
    return Inter(code, found["name"], found.get("generic", found["name"]))


@cache
def _acled() -> dict[str, Any]:
    return tomli.loads((files("dateline.data") / "acled.toml").read_text("utf-8"))


def _sectors(mention: Mention, role: Role) -> frozenset[str | None]:
    return frozenset(actor.sector for actor in mention.actors if actor.role is role)

"""Who is on which side of an incident, as ACLED and UCDP name sides: the parties that most mentions name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model.acled import Inter, inter_of
from dateline.model.country import find_country
from dateline.model.ground import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.model.event import Mention
    from dateline.model.ground import Actor
    from dateline.publishing.dataset import Told

GROUPS = {
    "AGR": "Farmers",
    "EDU": "Students",
    "JRN": "Journalists",
    "LAB": "Labor Group",
    "MED": "Health Workers",
    "REF": "Refugees/IDPs",
}
"""ACLED's names for groups of people who are no body."""


@dataclass(frozen=True, slots=True)
class Party:
    """One side: its name, or the generic name of what it is; what it is to ACLED; and its PLOVER sector."""

    name: str
    inter: Inter
    sector: str


def parties(told: Told, role: Role) -> list[Party]:
    """Return who plays a role in what is said to have happened, those that most mentions name first."""
    return [party for party, _ in counted(told, role)]


def counted(told: Told, role: Role) -> list[tuple[Party, int]]:
    """Return who plays a role in what is said to have happened, each with how often it is named."""
    happened = [mention for mention in told.mentions if mention.status.happened]
    found = Counter(_parties(happened, role, told.incident.country))
    return sorted(found.items(), key=lambda it: (-it[1], it[0].name, it[0].sector))


def groups_of(told: Told, roles: Iterable[Role]) -> list[str]:
    """Return the bodies and groups of people that are named in these roles, sorted."""
    wanted = frozenset(roles)
    actors = [it for mention in told.mentions for it in mention.actors if it.role in wanted]
    place = _of_country(told.incident.country)
    named = {it.name for it in actors if it.name and it.public}
    return sorted(named | {f"{GROUPS[it.sector]}{place}" for it in actors if not it.name and it.sector in GROUPS})


def generic(inter: Inter, country: str | None) -> str:
    """Return ACLED's name of an actor that no report names: "Protesters (Iran)"."""
    return inter.generic + _of_country(country)


def _parties(mentions: Iterable[Mention], role: Role, country: str | None) -> Iterable[Party]:
    for mention in mentions:
        for actor in mention.actors:
            inter = inter_of(actor)
            if actor.role is role and inter is not None:
                yield Party(_name(actor, inter, country), inter, actor.sector or "")


def _name(actor: Actor, inter: Inter, country: str | None) -> str:
    if actor.name and actor.public:
        return actor.name
    home = find_country(actor.country or country)
    if inter.name == "State forces":
        return f"{inter.generic} of {home.name}" if home else inter.generic
    return generic(inter, actor.country or country)


def _of_country(code: str | None) -> str:
    country = find_country(code)
    return f" ({country.name})" if country else ""

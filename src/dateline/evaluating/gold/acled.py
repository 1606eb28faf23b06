"""class_case2021_task2: which of 25 ACLED-like classes is a snippet typical of? Zero-shot: nothing is tuned on it.

Each event that happened gets the ACLED sub-event type of its type and form (`Codebook.acled`); then, as ACLED does:

- an attack on armed forces or an armed group is a clash: ACLED's attacks are on civilians, by definition;
- people seized by an armed group are abducted, not arrested;
- ground that state forces take is regained by the government, ground that others take is overtaken;
- a protest whose crowd fights, burns or loots is a violent demonstration;
- a protest at which state forces kill, shoot or beat is excessive force against protesters;
- a protest at which people are arrested or dispersed is a protest with intervention;
- else the class is that of the main event (`coding.foremost`); where that is a bare attack, which ACLED uses only if
  no other class fits, and among what happens at a protest, the class that stands first in ACLED's hierarchy counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.foremost import main_event
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, judge, ratio, weighted_f1
from dateline.evaluating.stages import Stages, code_texts
from dateline.model.codebook import plover
from dateline.model.ground import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.event import Coding, Mention

HIERARCHY = {
    "Government regains territory": "GOV_REGAINS_TERIT",
    "Non-state actor overtakes territory": "NON_STATE_ACTOR_OVERTAKES_TER",
    "Armed clash": "ARMED_CLASH",
    "Excessive force against protesters": "FORCE_AGAINST_PROTEST",
    "Protest with intervention": "PROTEST_WITH_INTER",
    "Violent demonstration": "VIOL_DEMONSTR",
    "Mob violence": "MOB_VIOL",
    "Peaceful protest": "PEACE_PROTEST",
    "Chemical weapon": "CHEM_WEAP",
    "Air/drone strike": "AIR_STRIKE",
    "Suicide bomb": "SUIC_BOMB",
    "Shelling/artillery/missile attack": "ART_MISS_ATTACK",
    "Remote explosive/landmine/IED": "REM_EXPLOS",
    "Grenade": "GRENADE",
    "Sexual violence": "SEX_VIOL",
    "Attack": "ATTACK",
    "Abduction/forced disappearance": "ABDUCT_DISSAP",
    "Agreement": "AGREEMENT",
    "Arrests": "ARREST",
    "Change to group/activity": "CHANGE_TO_GROUP_ACT",
    "Disrupted weapons use": "DISR_WEAP",
    "Headquarters or base established": "HQ_ESTABLISHED",
    "Looting/property destruction": "PROPERTY_DISTRUCT",
    "Non-violent transfer of territory": "NON_VIOL_TERRIT_TRANSFER",
}
"""ACLED sub-event types, highest first, and the set's names for them. OTHER is never predicted.

Peaceful protest stands after the riots here: a snippet that tells of both is typical of the riot.
"""

RESIDUAL = "Attack"
TAKEN = ("Government regains territory", "Non-state actor overtakes territory")
STATE = frozenset({"COP", "MIL", "GOV", "PRM", "SPY"})
ARMED = frozenset({"COP", "MIL", "PRM", "REB", "UAF"})
REBEL = frozenset({"REB", "PRM", "UAF"})
CIVIL = frozenset({"CVL", "OPP", "LAB", "EDU", "CRM"})
"""Sectors of those who bear arms, of those who do so against the state, and of those who do not."""
CROWD_VIOLENCE = frozenset({"Looting/property destruction", "Violent demonstration", "Armed clash"})
INTERVENTION = frozenset({"Arrests", "Protest with intervention"})


def judge_snippets(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the one class of a snippet with its label; snippets of unseen classes are left out."""
    seen = [record for record in records if record["subtask"] == 1]
    coded = code_texts(stages, (record["text"] for record in seen))
    told = ((stages.ground(report, coding), coding) for report, coding in coded)
    return [
        _outcome(record, classify(mentions, find_main(mentions, coding)))
        for record, (mentions, coding) in zip(seen, told, strict=True)
    ]


def find_main(mentions: Sequence[Mention], coding: Coding) -> Mention | None:
    """Return the mention of the main event among those that happened and have a class."""
    classed = {(it.trigger.start, it.type): it for it in mentions if it.status.happened and _sub_event(it)}
    event = main_event([it for it in coding.events if (it.trigger.start, it.type) in classed], coding.sentences)
    return classed[event.trigger.start, event.type] if event else None


def classify(mentions: Iterable[Mention], main: Mention | None = None) -> str | None:
    """Return the class that a snippet with these mentions is typical of; None where no event has a class.

    Args:
        mentions: of the snippet.
        main: which of them is the main event, if that is known.
    """
    happened = [mention for mention in mentions if mention.status.happened]
    names = {_sub_event(mention) for mention in happened} - {None}
    if any(mention.type == "PROTEST" for mention in happened):
        names = _combine(names, happened)
    elif main is not None and (name := _sub_event(main)) != RESIDUAL:
        names = {name}
    return next((label for name, label in HIERARCHY.items() if name in names), None)


def _sub_event(mention: Mention) -> str | None:
    """Return the sub-event type of a mention: by type and form, and by who does it to whom, as ACLED does."""
    name = plover().acled(mention.type, mention.form)
    if name == "Attack" and _sectors(mention, Role.RECIPIENT) & ARMED and not _sectors(mention, Role.ACTOR) & CIVIL:
        return "Armed clash"
    if name == "Arrests" and _sectors(mention, Role.ACTOR) & REBEL and not _is_state(mention):
        return "Abduction/forced disappearance"
    if name in TAKEN and any(actor.role == "actor" and actor.sector for actor in mention.actors):
        return TAKEN[0] if _is_state(mention) else TAKEN[1]
    return name


def _combine(names: set[str | None], happened: Sequence[Mention]) -> set[str | None]:
    """Return the sub-event types of a protest and what else happened at it."""
    if any(_is_state(mention) and plover().acled(mention.type, mention.form) == "Attack" for mention in happened):
        return {"Excessive force against protesters"}
    if names & CROWD_VIOLENCE:
        return {"Violent demonstration"}
    if names & INTERVENTION:
        return {"Protest with intervention"}
    return names


def _sectors(mention: Mention, role: Role) -> frozenset[str | None]:
    return frozenset(actor.sector for actor in mention.actors if actor.role is role)


def _is_state(mention: Mention) -> bool:
    return any(actor.role == "actor" and actor.sector in STATE for actor in mention.actors)


def _outcome(record: Record, found: str | None) -> Outcome:
    tally = judge(record["labels"], [found] if found else [])
    tally["snippets", "all"] = 1
    tally["snippets", "right"] = found in record["labels"]
    return Outcome(record["id"], tally, tuple(record["labels"]), (found,) if found else ())


def measure(tally: Tally) -> dict[str, float]:
    """Return F1 weighted over the classes, the set's official metric, and accuracy."""
    return {"weighted_f1": weighted_f1(tally), "accuracy": ratio(tally["snippets", "right"], tally["snippets", "all"])}


ACLED = GoldSet("class_case2021_task2", judge_snippets, measure)

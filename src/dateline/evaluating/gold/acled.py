"""class_case2021_task2: which of 25 ACLED-like classes is a snippet typical of? Zero-shot: nothing is tuned on it.

Each event that happened gets ACLED's sub-event type as `model.acled` tells it, and what happened at a protest makes it
one of another type. The class of a snippet is that of its main event (`coding.foremost`); where that is a bare attack,
which ACLED uses only if no other class fits, and among what happens at a protest, the class that stands first in
ACLED's hierarchy counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.foremost import main_event
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, judge, ratio, weighted_f1
from dateline.evaluating.stages import Stages, code_texts
from dateline.model.acled import at_protest, sub_event

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
    classed = {(it.trigger.start, it.type): it for it in mentions if it.status.happened and sub_event(it)}
    event = main_event([it for it in coding.events if (it.trigger.start, it.type) in classed], coding.sentences)
    return classed[event.trigger.start, event.type] if event else None


def classify(mentions: Iterable[Mention], main: Mention | None = None) -> str | None:
    """Return the class that a snippet with these mentions is typical of; None where no event has a class.

    Args:
        mentions: of the snippet.
        main: which of them is the main event, if that is known.
    """
    happened = [mention for mention in mentions if mention.status.happened]
    names = frozenset(name for mention in happened if (name := sub_event(mention)))
    if any(mention.type == "PROTEST" for mention in happened):
        names = at_protest(names, happened)
    elif main is not None and (name := sub_event(main)) != RESIDUAL:
        names = frozenset({name} if name else ())
    return next((label for name, label in HIERARCHY.items() if name in names), None)


def _outcome(record: Record, found: str | None) -> Outcome:
    tally = judge(record["labels"], [found] if found else [])
    tally["snippets", "all"] = 1
    tally["snippets", "right"] = found in record["labels"]
    return Outcome(record["id"], tally, tuple(record["labels"]), (found,) if found else ())


def measure(tally: Tally) -> dict[str, float]:
    """Return F1 weighted over the classes, the set's official metric, and accuracy."""
    return {"weighted_f1": weighted_f1(tally), "accuracy": ratio(tally["snippets", "right"], tally["snippets", "all"])}


ACLED = GoldSet("class_case2021_task2", judge_snippets, measure)

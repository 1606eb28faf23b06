"""One number in the place of the words, under a named rule: at export, on demand, in a table of its own.

The rules are those of `model.imputation`; of an incident's several numbers the policy of the same name chooses.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model.amounts import sources_of
from dateline.model.imputation import COUNTS_OF_PEOPLE, RULES, STATED_FOR, Rule
from dateline.model.policy import estimate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dateline.model.event import Mention
    from dateline.model.incident import Incident


@dataclass(frozen=True, slots=True)
class Imputed:
    """One number that a rule puts in the place of a figure's words, or of an incident's figures.

    Attributes:
        id: id of the mention or incident, and the place of the figure in its list, from 1.
        of: mention or incident.
        owner: id of the mention or incident.
        number: place of the figure in its list, from 1.
        counts: what is counted.
        quote: the words that the number stands for; empty for an incident, whose figures are of many reports.
        low, high: what the words say, inclusive; None for an open end.
        value: the number imputed; None where the source of the rule states none for such words.
        rule: whose rule it is: acled, ccc.
        beyond: whether the rule is used for a count that its authors do not state it for.
    """

    id: str
    of: str
    owner: str
    number: int
    counts: str
    quote: str | None
    low: int | None
    high: int | None
    value: int | None
    rule: str
    beyond: bool


def describe_rule(rule: Rule) -> str:
    """Return what the data sheet says of a rule."""
    if rule is Rule.NONE:
        return "No number was imputed: figures are words and ranges."
    about = " ".join((inspect.getdoc(RULES[rule]) or "").split())
    return f"The table `imputed` holds one number a figure of people, imputed by the rule `{rule}`. {about}"


def impute(mentions: Iterable[Mention], incidents: Iterable[Incident], rule: Rule) -> tuple[Imputed, ...]:
    """Return the imputed numbers of a dataset, in its order: of each mention, then of each incident."""
    if rule is Rule.NONE:
        return ()
    known = {mention.id: mention for mention in mentions}
    told = (row for mention in known.values() for row in _of_mention(mention, rule))
    return (*told, *(row for incident in incidents for row in _of_incident(incident, known, rule)))


def _of_mention(mention: Mention, rule: Rule) -> Iterator[Imputed]:
    for number, it in enumerate(mention.figures, start=1):
        if it.counts in COUNTS_OF_PEOPLE:
            row = (it.counts, it.evidence.quote, it.low, it.high, RULES[rule](it), rule.value)
            yield Imputed(
                f"{mention.id}.{number}", "mention", mention.id, number, *row, it.counts not in STATED_FOR[rule]
            )


def _of_incident(incident: Incident, mentions: Mapping[str, Mention], rule: Rule) -> Iterator[Imputed]:
    known = [mentions[key] for key in incident.mentions if key in mentions]
    sources = sources_of(incident.groups, known, incident.status)
    for number, told in enumerate(incident.figures, start=1):
        if told.counts in COUNTS_OF_PEOPLE:
            value = estimate(rule.value, sources[told.counts]).best if told.counts in sources else None
            row = (told.counts, None, told.low, told.high, value, rule.value, told.counts not in STATED_FOR[rule])
            yield Imputed(f"{incident.id}.{number}", "incident", incident.id, number, *row)

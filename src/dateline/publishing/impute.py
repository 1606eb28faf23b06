"""One number in the place of the words, under a named rule: at export, on demand, in a table of its own.

Dateline keeps words and ranges. Who needs one number a figure chooses whose rule makes it: the rules contradict each
other ("hundreds" is 100 to one project and 200 to another). Where the source of a rule states no value, none is
imputed.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dateline.model.ground import Basis, Bound, Figure, Scope
from dateline.model.imprecise import Imprecise, find_imprecise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dateline.model.event import Mention
    from dateline.model.incident import Incident


class Rule(StrEnum):
    """Whose rule puts one number in the place of words."""

    NONE = "none"
    ACLED = "acled"
    CCC = "ccc"


IMPUTED = frozenset("people killed injured casualties arrested sentenced released abducted missing displaced".split())
"""Counts that are imputed: people. No rule says anything of cities, days or money."""

STATED_FOR = {Rule.ACLED: frozenset({"killed"}), Rule.CCC: frozenset({"people"})}
"""Counts that the authors of a rule state it for; it goes beyond that for the others, and each row says so."""


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


def acled(figure: Figure) -> int | None:
    """ACLED: the most conservative reading. Stated for fatalities.

    A number that is named is taken as it is ("at least 30" is 30), of two the lower; "tens" is 10, "dozens" 12,
    "hundreds" 100, "and so on"; "several", "few" and "many" are 3 or 10 by the setting, here always the lower. Figures
    that differ between reports: the lowest. No value for "up to 30", and for words of which it says nothing ("scores").
    Source: ACLED, FAQ on the coding of fatalities, 2023-2024 (acleddata.com), and the codebook's section on reported
    fatalities.
    """
    if figure.bound is Bound.AT_MOST:
        return None
    return figure.low if figure.bound is Bound.RANGE else _named(figure, lambda word: word.acled)


def ccc(figure: Figure) -> int | None:
    """Crowd Counting Consortium: the mean of the lowest and the highest count. Stated for participants.

    A number that is named is taken as it is; of two, the mean (`size_mean`), rounded; "hundreds" is 200, "thousands"
    2000, "tens of thousands" 20000, "hundreds of thousands" 200000. Figures that differ between reports: the mean of
    the lowest and the highest. No value for words that it leaves as text ("dozens", "several").
    Source: CCC, data dictionary of the compiled data, size_low, size_high and size_mean
    (github.com/nonviolent-action-lab/crowd-counting-consortium).
    """
    if figure.bound is Bound.RANGE and figure.low is not None and figure.high is not None:
        return round((figure.low + figure.high) / 2)
    return _named(figure, lambda word: word.ccc)


def _named(figure: Figure, value: Callable[[Imprecise], int | None]) -> int | None:
    """Return the number that is named, or the value that a rule has for the imprecise word."""
    if figure.bound is Bound.EXACT and figure.low == figure.high:
        return figure.low
    if figure.named is not None or figure.basis is Basis.RESOLVED:
        return figure.named
    word = find_imprecise(figure.evidence.quote)
    return value(word) if word else None


RULES: Mapping[Rule, Callable[[Figure], int | None]] = {Rule.ACLED: acled, Rule.CCC: ccc}
_AMONG: Mapping[Rule, Callable[[Sequence[int]], int]] = {
    Rule.ACLED: min,
    Rule.CCC: lambda values: round((min(values) + max(values)) / 2),
}


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
        if it.counts in IMPUTED:
            row = (it.counts, it.evidence.quote, it.low, it.high, RULES[rule](it), rule.value)
            yield Imputed(
                f"{mention.id}.{number}", "mention", mention.id, number, *row, it.counts not in STATED_FOR[rule]
            )


def _of_incident(incident: Incident, mentions: Mapping[str, Mention], rule: Rule) -> Iterator[Imputed]:
    figures = [it for key in incident.mentions if key in mentions for it in mentions[key].figures]
    for number, told in enumerate(incident.figures, start=1):
        if told.counts in IMPUTED:
            same = [it for it in figures if it.counts == told.counts and it.scope is Scope.WHOLE]
            values = [value for it in same if (value := RULES[rule](it)) is not None]
            value = _AMONG[rule](values) if values else None
            row = (told.counts, None, told.low, told.high, value, rule.value, told.counts not in STATED_FOR[rule])
            yield Imputed(f"{incident.id}.{number}", "incident", incident.id, number, *row)

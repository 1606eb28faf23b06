"""Are two mentions one incident? A table of features, each with its weight and its reason in words.

A weight is in bits: how often more likely a pair of mentions of one incident shows the feature in full than a pair of
two incidents does, as a power of two. Between reports weights are learned and stand in `data/link_weights.toml`; inside
one report they are set by reason and stand beside each feature. A feature finds a value between -1 and 1, and the bits
of a pair are the prior and the sum of weight times value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dateline.linking.conflict import COORDINATION, are_copied, conflict_of, gap_between, is_wave, is_within
from dateline.linking.figures import are_disjoint, likeness
from dateline.linking.forms import are_kin
from dateline.linking.gist import SIDE, share
from dateline.linking.places import Relation, is_inferred, name_of, proximity_of
from dateline.linking.spelling import fold
from dateline.linking.weights import shipped_weights
from dateline.model.ground import Actor, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.linking.profile import Profile
    from dateline.linking.weights import Weights
    from dateline.model.event import Mention

SCALE = 100
"""Bits are summed as whole hundredths, so that no order of summing changes a sum."""

PRIOR_WITHIN = -4.0
"""Of two mentions of one type in one report, about one pair in 16 tells the same twice."""

FORM_SAYS = 0.25
"""How much is left for the trigger to tell where both forms are known."""

CHANCE = 0.15
"""Which share of names and numbers the reports of one story have in common at the least; others have less."""

WAVE_DAYS = 62
"""A wave of more days than that says too little of when to be known by it."""

KIN_WAVES = 0.7
"""How much of that is left where one report calls it riots and another one protests."""

YEAR_DAYS, WEEK_DAYS = 365, 8
"""The days over which the events of an archive, and those of one report, spread."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a feature found: from -1 (two incidents) to 1 (one incident), and in words."""

    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One way to compare two mentions.

    Attributes:
        within: weight in bits inside one report.
        func: the comparison; None where it has nothing to say.
    """

    name: str
    within: float
    func: Callable[[Profile, Profile], Finding | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for one pair.

    Attributes:
        bits: hundredths of bits for one incident; above 0 is more likely one than two; 0 where there is a conflict.
        why: one clause a feature, or the conflict.
        conflict: why the two cannot be one, or the empty text.
    """

    bits: int
    why: tuple[str, ...]
    conflict: str = ""

    @property
    def score(self) -> float:
        """The bits as a number from 0 (surely two) to 1 (surely one); 0 where there is a conflict."""
        return 0.0 if self.conflict else round(1 / (1 + 2 ** -max(-60.0, min(60.0, self.bits / SCALE))), 4)


def compare(left: Profile, right: Profile, weights: Weights | None = None) -> Comparison:
    """Compare two mentions. The order of the two changes nothing but the order of words in a reason.

    Between reports the weights are those given, or those that ship.
    """
    conflict = conflict_of(left, right)
    if conflict:
        return Comparison(0, (conflict,), conflict)
    within = is_within(left, right)
    across = weights or shipped_weights()
    total, why = round((PRIOR_WITHIN if within else across.prior) * SCALE), []
    for feature, finding in findings_of(left, right):
        total += round(finding.value * (feature.within if within else across.bits[feature.name]) * SCALE)
        why.append(finding.why)
    return Comparison(total, tuple(why))


def findings_of(left: Profile, right: Profile) -> list[tuple[Feature, Finding]]:
    """Return what each feature that has something to say found."""
    return [(feature, finding) for feature in FEATURES if (finding := feature.func(left, right))]


# --- features: what makes one incident more or less likely -----------------------------------------------------------


def compare_form(left: Profile, right: Profile) -> Finding | None:
    """Compare how it was done. One report that changes the word may change the event; two reports just differ."""
    a, b = left.mention.form, right.mention.form
    if a is None or b is None:
        return None
    if a == b:
        return Finding(1, f"both {a}")
    if not are_kin(a, b):
        return Finding(-1, f"{a} is not {b}")
    return Finding(0 if is_within(left, right) else 0.3, f"{a} can be {b}")


def compare_days(left: Profile, right: Profile) -> Finding | None:
    """Compare times by how seldom two unrelated intervals of their length would meet; an inferred one weighs less."""
    a, b = left.days, right.days
    within = is_within(left, right)
    if a is None or b is None:
        return _compare_time_words(left, right) if within else None
    spread, gap = WEEK_DAYS if within else YEAR_DAYS, a.gap(b)
    value = max(0.0, 1 - math.log(a.count + b.count - 1) / math.log(spread))
    doubt = 0.3 if is_inferred(left.mention.when, right.mention.when) else 1.0
    if gap:
        against = value - 0.5 if gap == 1 else -1.0
        return Finding(doubt * against, f"{gap} day{'s' * (gap > 1)} apart")
    both = "same day" if a.count == b.count == 1 else f"times overlap ({a.count} and {b.count} days)"
    return Finding(value * (doubt + 1) / 2, both)


def compare_place(left: Profile, right: Profile) -> Finding | None:
    """Compare places by how seldom two unrelated incidents share one of that size."""
    proximity = proximity_of(left.mention.place, right.mention.place)
    if proximity is None:
        return None if is_within(left, right) else Finding(-0.3, "no place known for one of them")
    value = _PLACE_VALUE[proximity.precision]
    pair = f"{name_of(left.mention.place)} and {name_of(right.mention.place)}"
    names = f"{pair}: {proximity.relation.value} {proximity.precision.value}"
    doubt = 0.3 if is_inferred(left.mention.place, right.mention.place) else 1.0
    against = {Relation.APART: -1.0, Relation.DOUBTFUL: -0.5, Relation.NEAR: -0.3}
    if proximity.relation in against:
        return Finding(doubt * against[proximity.relation], names)
    return Finding(value * (doubt + 1) / 2, names)


def compare_actor(left: Profile, right: Profile) -> Finding | None:
    """Compare who did it."""
    return _compare_role(left.mention, right.mention, Role.ACTOR)


def compare_recipient(left: Profile, right: Profile) -> Finding | None:
    """Compare to whom it was done."""
    return _compare_role(left.mention, right.mention, Role.RECIPIENT)


def compare_figures(left: Profile, right: Profile) -> Finding | None:
    """Compare how many; inside one report two numbers that exclude each other are two events."""
    a, b = left.claims, right.claims
    alike = likeness(a, b)
    if alike is None:
        return None
    return Finding(-1 if is_within(left, right) and are_disjoint(a, b) else alike[0], alike[1])


def compare_trigger(left: Profile, right: Profile) -> Finding | None:
    """Compare the words that name the event, by how many they share; where both forms are known, words add little."""
    shared = sorted(left.stems & right.stems)
    if not shared:
        return None
    part = len(shared) / min(len(left.stems), len(right.stems))
    known = left.mention.form is not None and right.mention.form is not None
    value = 1 if is_within(left, right) else part * (FORM_SAYS if known else 1)
    return Finding(value, f"same word {shared[0]}-")


def compare_near(left: Profile, right: Profile) -> Finding | None:
    """Compare the names and numbers that stand in the clauses of the two."""
    return _compare_names_around("beside it", left.gist.near, right.gist.near)


def compare_report(left: Profile, right: Profile) -> Finding | None:
    """Compare the names and numbers of two reports, and with what any two reports share: is it one story at all?"""
    if is_within(left, right) or not (left.gist.report and right.gist.report):
        return None
    found = _compare_names_around("in both", left.gist.report, right.gist.report)
    return Finding(found.value - CHANCE, found.why) if found else Finding(-CHANCE, "no name or number in both")


def compare_story(left: Profile, right: Profile) -> Finding | None:
    """In reports of one story, the same words tell more than in any two reports."""
    alike, same = compare_report(left, right), compare_trigger(left, right)
    if not alike or not same or alike.value <= 0:
        return None
    return Finding(alike.value * same.value, "the same words in reports of one story")


def _compare_names_around(where: str, left: frozenset[str], right: frozenset[str]) -> Finding | None:
    alike = share(left, right)
    if not alike:
        return None
    shared = sorted(left & right, key=lambda it: (-len(it), it))
    return Finding(alike, f"{len(shared)} names and numbers {where}: {', '.join(shared[:3])}")


def compare_copied(left: Profile, right: Profile) -> Finding | None:
    """The same words before or after an event, in two reports: one is a copy, or both are of a third."""
    if is_within(left, right) or not are_copied(left, right):
        return None
    return Finding(1, f"the same {SIDE} words around it")


def compare_status(left: Profile, right: Profile) -> Finding | None:
    """Compare what is claimed: a denial can be of what others assert, a plan can be of what then happened.

    News and history differ in when they are told, not in what happened.
    """
    one, other = left.mention.status, right.mention.status
    if one is other or (one.happened and other.happened):
        return None
    return Finding(-0.5, "one {}, one {}".format(*sorted((one.value, other.value))))


def compare_wave(left: Profile, right: Profile) -> Finding | None:
    """Two waves over one land in the same weeks have few rivals: there is seldom more than one."""
    a, b, near = left.mention, right.mention, proximity_of(left.mention.place, right.mention.place)
    form = compare_form(left, right)
    if not (form and form.value > 0 and is_wave(a) and is_wave(b) and near and near.relation is Relation.SAME):
        return None
    if near.precision not in _LANDS or left.days is None or right.days is None:
        return None
    by = compare_actor(left, right)
    if left.days.gap(right.days) or max(left.days.count, right.days.count) > WAVE_DAYS or (by and by.value < 0):
        return None
    return Finding(1 if a.form == b.form else KIN_WAVES, f"the waves of {name_of(a.place)} in those weeks")


def compare_crowd(left: Profile, right: Profile) -> Finding | None:
    """Count how many such events one report tells apart on that day in that place: as many rivals for this pair."""
    crowd = min(left.crowd, right.crowd)
    if crowd < 2:
        return None
    return Finding(-min(1.0, math.log2(crowd) / 6), f"one report tells of {crowd} such events there that day")


def compare_words(left: Profile, right: Profile) -> Finding | None:
    """Two coders that read the same words, or two readings side by side in one sentence."""
    a, b = left.mention, right.mention
    if not is_within(left, right):
        return None
    if a.trigger.span.overlaps(b.trigger.span):
        return Finding(1, "the same words")
    return Finding(-0.2, "side by side in one sentence") if gap_between(a, b) <= COORDINATION else None


FEATURES = (
    Feature("form", 1.5, compare_form),  # some three forms of a type are common
    Feature("days", 3.0, compare_days),  # the events of one report share days
    Feature("place", 3.5, compare_place),  # the events of one report share places
    Feature("actor", 3.0, compare_actor),  # a handful of actors do most of it
    Feature("recipient", 2.0, compare_recipient),  # more often left out, and vaguer
    Feature("figures", 5.0, compare_figures),  # reports of one incident disagree nearly every second time
    Feature("trigger", 2.5, compare_trigger),  # words repeat inside a report
    Feature("near", 0.0, compare_near),  # the events of one report share names
    Feature("report", 0.0, compare_report),
    Feature("story", 0.0, compare_story),
    Feature("copied", 0.0, compare_copied),
    Feature("status", 3.0, compare_status),  # most that is planned or denied is told of as such
    Feature("wave", 0.0, compare_wave),  # one report that tells of two tells them apart
    Feature("crowd", 6.0, compare_crowd),  # up to 64 rivals
    Feature("words", 12.0, compare_words),  # the same words are the same event
)


# --- the parts -------------------------------------------------------------------------------------------------------

_LANDS = (Precision.PROVINCE, Precision.REGION, Precision.COUNTRY)

_PLACE_VALUE = {
    Precision.SITE: 1.0,
    Precision.DISTRICT: 0.9,
    Precision.CITY: 0.7,
    Precision.COUNTY: 0.55,
    Precision.PROVINCE: 0.4,
    Precision.REGION: 0.25,
    Precision.COUNTRY: 0.1,
    Precision.UNKNOWN: 0.4,
}


def _compare_time_words(left: Profile, right: Profile) -> Finding | None:
    """Two times of one report that could not be resolved are one if they share their words: "in the past year"."""
    words = [_long_words(it.mention.when.evidence.quote) for it in (left, right) if it.mention.when and not it.days]
    if len(words) < 2 or not words[0] & words[1] or not (words[0] <= words[1] or words[1] <= words[0]):
        return None
    return Finding(0.4, f"the same words for the time: {' '.join(sorted(words[0] & words[1]))}")


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) > 3)


def _compare_role(left: Mention, right: Mention, role: Role) -> Finding | None:
    """Return the best finding over the pairs of actors in a role: one that matches is enough."""
    pairs = [(a, b) for a in left.actors if a.role is role for b in right.actors if b.role is role]
    findings = [found for a, b in pairs if (found := _compare_actors(a, b))]
    return max(findings, key=lambda found: (found.value, found.why), default=None)


@cache
def _sectors(codes: str | None) -> frozenset[str]:
    """Return the codes of a sector that say something: "GOV PTY" is two, UNK is none."""
    return frozenset((codes or "").replace(",", " ").split()) - {"UNK"}


def _compare_actors(left: Actor, right: Actor) -> Finding | None:
    role = left.role.value
    if left.name and right.name:
        return _compare_names(left, right)
    if left.country and right.country and left.country != right.country:
        return Finding(-1, f"{role} of {left.country}, not of {right.country}")
    a, b = _sectors(left.sector), _sectors(right.sector)
    if not a or not b:
        return None
    if a & b:
        return Finding(0.5, f"{role}s both {' '.join(sorted(a & b))}")
    return None if "CVL" in a | b else Finding(-0.5, f"{role} {left.sector}, not {right.sector}")


def _compare_names(left: Actor, right: Actor) -> Finding:
    """Two names differ more often because reports name different people of one side than because events differ."""
    role = left.role.value
    if left.name and right.name and left.name.casefold() == right.name.casefold():
        return Finding(1, f"same {role} {left.name}")
    shared = _sectors(left.sector) & _sectors(right.sector)
    return Finding(-0.2 if shared else -0.6, f"{role} {left.name}, not {right.name}")

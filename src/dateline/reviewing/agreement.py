"""How far coders agree on a blind sample, field by field: Krippendorff's alpha with a bootstrap interval.

Alpha (Krippendorff 2004) is computed by NLTK. A unit is a mention; for figures, a mention and what is counted. A coder
who was unsure, rejected the mention or gave no number has no value for the unit, which is left out, not counted as a
disagreement; whether they saw an event, a place, a day, and which kinds of figures, are fields of their own.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dateline.model.decision import Act, Field, value_of
from dateline.model.review import EVENT, said_by, seen_by, substance

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from dateline.model.decision import Decision
    from dateline.model.event import Mention
    from dateline.model.review import Said

    Units = dict[str, dict[str, Hashable]]
    """By field and unit: what each coder says, by who."""

RESAMPLES = 1_000
SEED = 20_260_101

NOMINAL, INTERVAL, RATIO = "nominal", "interval", "ratio"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree in one field.

    Attributes:
        field, distance: the field, and how two values are compared: nominal (the same or not), interval (squared
            difference of days), ratio (squared difference over the sum, for counts).
        units: how many units at least two coders have a value for.
        same: on how many of them all say the same.
        alpha: 1 for agreement, 0 for what chance would give, below 0 for less; None if it cannot be computed: no unit,
            or one value only, which shows nothing.
        low, high: 95 % interval by resampling units; None with fewer than two units or without alpha.
    """

    field: str
    distance: str
    units: int
    same: int
    alpha: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A mention on which coders say different things: what each says, by field and who, for a person to settle."""

    mention: str
    fields: tuple[str, ...]


def agreement(
    mentions: Iterable[Mention], decisions: Iterable[Decision], resamples: int = RESAMPLES
) -> list[Agreement]:
    """Return how far coders agree, field by field.

    Args:
        mentions: of the sample, as the machine told them.
        decisions: those that stand and were made in the sample, settling ones left aside.
        resamples: how often units are drawn anew for the interval, with a fixed seed.
    """
    units = units_of(mentions, decisions)
    return [_measure(field, distance, units.get(field, {}), resamples) for field, distance in DISTANCES.items()]


def disagreements(mentions: Iterable[Mention], decisions: Iterable[Decision]) -> list[Disagreement]:
    """Return the mentions on which coders say different things, in the order of the mentions."""
    given = list(decisions)
    found = ((it.id, _differing(it, _of(given, it.id))) for it in mentions)
    return [Disagreement(name, fields) for name, fields in found if fields]


def units_of(mentions: Iterable[Mention], decisions: Iterable[Decision]) -> dict[str, Units]:
    """Return what coders say, by field, unit and coder."""
    given = list(decisions)
    units: dict[str, Units] = {field: {} for field in DISTANCES}
    for mention in mentions:
        for who, said in said_by(mention, _of(given, mention.id)).items():
            for field, unit, value in _values(mention, said):
                units[field].setdefault(unit, {})[who] = value
    return units


def _of(decisions: Sequence[Decision], mention: str) -> list[Decision]:
    return [it for it in decisions if it.about.mention == mention]


def _differing(mention: Mention, decisions: Sequence[Decision]) -> tuple[str, ...]:
    people = said_by(mention, decisions).values()
    names = sorted({name for said in people for name in said})
    return tuple(name for name in names if len({substance(name, said[name]) for said in people if name in said}) > 1)


def _values(mention: Mention, said: Said) -> Iterator[tuple[str, str, Hashable]]:
    """Yield field, unit and value of all that one coder says of a mention."""
    if EVENT not in said:
        return
    yield EVENT, mention.id, bool(said[EVENT])
    if not said[EVENT]:
        return
    seen = seen_by(mention, said)
    yield "type", mention.id, seen.type
    yield "form", mention.id, (seen.type, seen.form)
    for field in (Field.STATUS, Field.TRIGGER, Field.PLACE, Field.ACTORS):
        yield field.value, mention.id, substance(field, value_of(seen, field))
    yield "day known", mention.id, bool(seen.when and seen.when.earliest)
    if seen.when and seen.when.earliest:
        yield "first day", mention.id, seen.when.earliest.toordinal()
    yield "kinds of figures", mention.id, frozenset(it.counts for it in seen.figures)
    for figure in seen.figures:
        if (number := figure.low if figure.low is not None else figure.high) is not None:
            yield "figures", f"{mention.id} {figure.counts}", number


DISTANCES: Mapping[str, str] = {
    EVENT: NOMINAL,
    "type": NOMINAL,
    "form": NOMINAL,
    "status": NOMINAL,
    "trigger": NOMINAL,
    "place": NOMINAL,
    "day known": NOMINAL,
    "first day": INTERVAL,
    "kinds of figures": NOMINAL,
    "figures": RATIO,
    "actors": NOMINAL,
}
"""The fields that are compared, and by which distance."""


def _nominal(left: Hashable, right: Hashable) -> float:
    return float(left != right)


def _interval(left: int, right: int) -> float:
    return float(left - right) ** 2


def _ratio(left: int, right: int) -> float:
    return ((left - right) / (left + right)) ** 2 if left + right else 0.0


_MEASURES: Mapping[str, Callable[[Any, Any], float]] = {NOMINAL: _nominal, INTERVAL: _interval, RATIO: _ratio}


def _measure(field: str, distance: str, units: Units, resamples: int) -> Agreement:
    shared = [units[unit] for unit in sorted(units) if len(units[unit]) > 1]
    same = sum(len(set(values.values())) == 1 for values in shared)
    alpha = alpha_of(shared, distance)
    if alpha is None or len(shared) < 2:
        return Agreement(field, distance, len(shared), same, alpha)
    low, high = _bounds(shared, distance, resamples)
    return Agreement(field, distance, len(shared), same, alpha, low, high)


def alpha_of(units: Sequence[Mapping[str, Hashable]], distance: str) -> float | None:
    """Return Krippendorff's alpha of units, each with the value of two coders or more; None if all values are one."""
    if len({value for values in units for value in values.values()}) < 2:
        return None
    from nltk.metrics.agreement import AnnotationTask  # takes a second to import

    triples = [(who, str(number), value) for number, values in enumerate(units) for who, value in values.items()]
    return round(float(cast("Any", AnnotationTask(triples, distance=_MEASURES[distance])).alpha()), 4)


def _bounds(units: Sequence[Mapping[str, Hashable]], distance: str, resamples: int) -> tuple[float, float]:
    """Return the 2.5th and the 97.5th percentile over resampled units; a resample of one value only counts as 1."""
    rng = random.Random(SEED)  # noqa: S311  # no secret, and the same each time
    drawn = sorted(_or_one(alpha_of(rng.choices(units, k=len(units)), distance)) for _ in range(resamples))
    return drawn[int(0.025 * (resamples - 1))], drawn[int(0.975 * (resamples - 1))]


def _or_one(alpha: float | None) -> float:
    return 1.0 if alpha is None else alpha


def in_sample(decisions: Mapping[str, Decision], sample: str) -> list[Decision]:
    """Return the decisions that coders made in a sample; neither what settles nor withdrawals are among them."""
    return [it for it in decisions.values() if it.sample == sample and not it.settles and it.act is not Act.WITHDRAW]

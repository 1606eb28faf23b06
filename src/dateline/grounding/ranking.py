"""Which place a name stands for: the places of that name, ranked by features a person can read.

A *sense* is one name with one stated path ("Paris, Texas") in one report; all its mentions share one answer. The first
ranking looks at names, sizes, the countries and units that the report speaks of and its publisher; the second also at
where the ranking before it believes the report's other places to lie. Both are conditional logits, weights in
`data/place_weights.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import exp, log, log10
from typing import TYPE_CHECKING, NamedTuple

from dateline.grounding.gazetteer import Entry, Gazetteer, Kind, lies_in
from dateline.grounding.geonames import distance_km
from dateline.grounding.place_weights import Features, explain, load_weights, logistic, score
from dateline.grounding.surroundings import (
    Belief,
    Clues,
    believe,
    countries_told,
    features_of_clues,
    features_of_others,
    features_of_publisher,
    home_of,
    told_beside,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SURE = 0.5
"""Least certainty of an answer; one likelier wrong than right stays unresolved."""
_UNITS = (" county", " parish", " city", " province", " state")
_FAINT = 0.001
"""Probability below which a place is ranked no more."""
_ODDS = 5.0
_TELLING = (
    "others in its country", "some other near", "some other in its unit", "no other place", "path agrees",
    "path disagrees", "its country is named", "its unit is named", "in its publisher's country",
    "in its publisher's unit", "not in its publisher's country",
)  # fmt: skip
SAME_KM = 100.0
"""Places of one name that lie no farther apart are taken together."""
_PASSES = 2
"""How often the report's places are ranked anew by where the last ranking put the others."""
_ALONE = 0.8
"""Least share that a place must have among those of its name in the one country that a report names."""
_NOT_MEANT = {Kind.ADMIN1: ("", "city", "the", "district"), Kind.ADMIN2: ("", "city", "the")}
"""The words beside a name that do not say that the unit is meant: "a busy district of Tehran" is one of the city."""
_SEAT_SHARE = 0.1
"""Least share of a unit's people in the city of its name for the bare name to mean the city."""


class Sense(NamedTuple):
    """A name as used in one report: the name, the larger unit stated with it, and the unit word beside it, if any."""

    name: str
    path: str = ""
    unit: str = ""


Spread = list[tuple[Entry, float]]
"""The places that a sense may stand for, with their probabilities."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The place that a sense stands for, how sure that is, and why; `entry` is None where it is not sure enough.

    `certainty` is calibrated: of answers at 0.8, four in five are right. `spread` holds the places of that name with
    their probabilities.
    """

    entry: Entry | None
    certainty: float = 0.0
    spread: Spread = field(default_factory=list, repr=False)
    features: Features = field(default_factory=list, repr=False)
    note: str = ""

    @property
    def why(self) -> str:
        """The features that decided, with their weights, in words."""
        decided = explain(self.features, load_weights("second"))
        return "; ".join(part for part in (decided, self.note) if part)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sense, its places, what is known of each whatever the report's other places, and how likely that makes each.

    `scores` are what these features are worth in the second ranking, which adds where the other places lie.
    """

    sense: Sense
    entries: tuple[Entry, ...]
    features: list[Features]
    scores: list[float]
    spread: Spread


def resolve(
    candidates: Mapping[Sense, tuple[Entry, ...]],
    clues: Clues,
    gazetteer: Gazetteer,
    earlier: Mapping[Sense, Ranked] | None = None,
) -> dict[Sense, Answer]:
    """Return the answer to every sense of a report.

    Args:
        candidates: the places that each sense may stand for.
        clues: what the words of the report tell, and who published it.
        gazetteer: where stated paths are looked up.
        earlier: what `rank_alone` gave for some of them.
    """
    ranked = rank_alone(candidates, clues, gazetteer, earlier)
    belief, home = belief_of(spreads_of(ranked)), _only_country(clues)
    ranked = {sense: _likely(one, one.spread, clues, gazetteer) for sense, one in ranked.items()}
    for _ in range(_PASSES - 1):
        spreads = {sense: _spread_of(one.entries, _scores(one, belief)) for sense, one in ranked.items()}
        ranked = {sense: _likely(one, spreads[sense], clues, gazetteer) for sense, one in ranked.items()}
        belief = belief_of(spreads)
    return {sense: _settled(one, belief, home) for sense, one in ranked.items()}


def rank_alone(
    candidates: Mapping[Sense, tuple[Entry, ...]],
    clues: Clues,
    gazetteer: Gazetteer,
    earlier: Mapping[Sense, Ranked] | None = None,
) -> dict[Sense, Ranked]:
    """Rank every sense by the table of weights `first`; what was ranked `earlier` of the same places is kept."""
    known = earlier or {}
    return {
        sense: one
        if (one := known.get(sense)) and one.entries == entries
        else _rank_one(sense, entries, clues, gazetteer)
        for sense, entries in candidates.items()
    }


def spreads_of(ranked: Mapping[Sense, Ranked]) -> dict[Sense, Spread]:
    """Return how likely a ranking makes each place of every sense."""
    return {sense: one.spread for sense, one in ranked.items()}


def _rank_one(sense: Sense, entries: tuple[Entry, ...], clues: Clues, gazetteer: Gazetteer) -> Ranked:
    known = _know(sense, entries, clues, gazetteer)
    return _ranked(sense, entries, known, _spread_of(entries, _scores_of(known, load_weights("first"))))


def _ranked(sense: Sense, entries: tuple[Entry, ...], known: list[Features], spread: Spread) -> Ranked:
    return Ranked(sense, entries, known, _scores_of(known, load_weights("second")), spread)


def _scores_of(rows: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    """Return what the features of each place are worth; of the only place of a name, it does not matter what."""
    return [score(row, weights) for row in rows] if len(rows) > 1 else [0.0] * len(rows)


def _likely(one: Ranked, spread: Spread, clues: Clues, gazetteer: Gazetteer) -> Ranked:
    """Return a sense with the places alone that another ranking may still bring forward."""
    kept = [at for at, (_, probability) in enumerate(spread) if probability >= _FAINT]
    if len(kept) == len(one.entries):
        return one
    entries = tuple(one.entries[at] for at in kept)
    if _most(entries) != _most(one.entries):  # sizes are compared with the largest
        return _ranked(one.sense, entries, _know(one.sense, entries, clues, gazetteer), spread)
    return Ranked(one.sense, entries, [one.features[at] for at in kept], [one.scores[at] for at in kept], spread)


def belief_of(spreads: Mapping[Sense, Spread]) -> Belief:
    """Return where a ranking believes the places of a report to lie; each name counts once."""
    return believe({sense.name: spread for sense, spread in spreads.items()})


def rank_all(
    candidates: Mapping[Sense, tuple[Entry, ...]], clues: Clues, belief: Belief, gazetteer: Gazetteer
) -> dict[Sense, Answer]:
    """Answer every sense by the table of weights `second`, with a belief of where the others lie."""
    ranked = rank_alone(candidates, clues, gazetteer)
    home = _only_country(clues)
    return {sense: _settled(one, belief, home) for sense, one in ranked.items()}


def _scores(one: Ranked, belief: Belief) -> list[float]:
    """Return what all that is known of each place of a sense is worth, with where the others lie."""
    if len(one.entries) == 1:
        return one.scores
    weights, name = load_weights("second"), one.sense.name
    return [
        score(features_of_others(entry, name, belief), weights, known)
        for entry, known in zip(one.entries, one.scores, strict=True)
    ]


def _settled(one: Ranked, belief: Belief, home: str | None) -> Answer:
    """Answer a sense by what is known of it and by where the others lie."""
    return _seat(one.sense, _at_home(_answer(one, belief), home), one.entries)


def _only_country(clues: Clues) -> str | None:
    """Return the one country that a report speaks of; None if there are several or none."""
    told = countries_told(clues)
    return next(iter(told)) if len(told) == 1 else None


def _at_home(answer: Answer, home: str | None) -> Answer:
    """Return the place of a name in the one country that a report names, where the ranking alone is not sure enough.

    It is taken if it is the likeliest of all, and of that country's places of the name by far.
    """
    inside = [(entry, share) for entry, share in answer.spread if home and entry.country == home]
    if answer.entry is not None or not inside:
        return answer
    best, most = max(inside, key=lambda pair: pair[1])
    alike = sum(share for entry, share in inside if _is_same(best, entry))
    if most < max(share for _, share in answer.spread) or alike < _ALONE * sum(share for _, share in inside):
        return answer
    return replace(answer, entry=best, certainty=SURE, note="the one of that name in the country of the report")


def _shares(scores: Sequence[float]) -> list[float]:
    """Return how likely places of these scores are, beside the likeliest."""
    best = max(scores, default=0.0)
    return [exp(value - best) for value in scores]


def _spread_of(entries: Sequence[Entry], scores: Sequence[float]) -> Spread:
    shares = _shares(scores)
    total = sum(shares)
    return [(entry, share / total) for share, entry in zip(shares, entries, strict=True)]


def _answer(one: Ranked, belief: Belief) -> Answer:
    """Return the likeliest place by its score; its features are those that are known and those of the others."""
    entries, scores = one.entries, _scores(one, belief)
    if not entries:
        return Answer(None, note="no such name in the gazetteer")
    best = scores.index(max(scores))
    shares, spread = _shares(scores), _spread_of(entries, scores)
    total = sum(shares)
    entry = entries[best]
    known = one.features[best] + features_of_others(entry, one.sense.name, belief)
    alike = sum([share for share, other in zip(shares, entries, strict=True) if _is_same(entry, other)])
    certainty = logistic(score(features_of_answer(entry, known, alike / total, len(spread)), load_weights("sure")))
    return Answer(entry if certainty >= SURE else None, certainty, spread, known)


def features_of_answer(entry: Entry, features: Features, probability: float, places: int) -> Features:
    """Return what tells whether the likeliest place of a name is the right one: also when it is the only one."""
    odds = log(max(probability, 1e-3) / max(1 - probability, 1e-3))
    known = dict(features)
    return [
        ("always", 1.0),
        ("log-odds", max(-_ODDS, min(_ODDS, odds))),
        (f"kind {entry.kind}", 1.0),
        ("the only one", float(places == 1)),
        ("the only one, an alternate name", float(places == 1 and not entry.is_main)),
        ("alternate name", float(not entry.is_main)),
        ("population", log10(entry.population + 1) / 3),
        *((name, known[name]) for name in _TELLING if name in known),
    ]


def _seat(sense: Sense, answer: Answer, entries: Iterable[Entry]) -> Answer:
    """Take the city, not the province or county named after it, unless a word beside the name says which is meant."""
    unit = answer.entry
    if unit is None or unit.kind not in _NOT_MEANT or sense.unit not in _NOT_MEANT[unit.kind]:
        return answer
    least = _SEAT_SHARE * unit.population
    seats = (e for e in entries if e.kind is Kind.CITY and e.population >= least and lies_in(e, unit))
    return next((replace(answer, entry=seat, note="the city of that name") for seat in seats), answer)


def _is_same(one: Entry, other: Entry) -> bool:
    return one.id == other.id or (
        abs(one.lat - other.lat) < 1.0 and distance_km(one.lat, one.lon, other.lat, other.lon) <= SAME_KM
    )


def features_of(
    sense: Sense, entries: tuple[Entry, ...], clues: Clues, belief: Belief | None, gazetteer: Gazetteer
) -> list[tuple[Entry, Features]]:
    """Return each candidate with its features."""
    known = _know(sense, entries, clues, gazetteer)
    return [
        (entry, [*features, *(features_of_others(entry, sense.name, belief) if belief else ())])
        for entry, features in zip(entries, known, strict=True)
    ]


def _know(sense: Sense, entries: tuple[Entry, ...], clues: Clues, gazetteer: Gazetteer) -> list[Features]:
    """Return of each candidate the features that do not depend on where the other places lie."""
    stated = gazetteer.lookup(sense.path) if sense.path else ()
    units = gazetteer.abbreviation(sense.path)
    wide = units or tuple(entry for entry in stated if entry.kind is not Kind.CITY)
    most = _most(entries)
    told = told_beside(sense.name, clues)
    home = home_of(clues.publisher, gazetteer)
    return [
        [
            *_of_name(sense, entry),
            *_of_size(entry, most),
            *_of_path(sense, entry, wide),
            *features_of_clues(entry, told),
            *features_of_publisher(entry, sense.name, clues.publisher, home),
        ]
        for entry in entries
    ]


def _most(entries: Iterable[Entry]) -> int:
    return max((entry.population for entry in entries), default=0)


def _of_name(sense: Sense, entry: Entry) -> Features:
    features = [*_nature_of(entry).named]
    if entry.name.casefold() == sense.name.casefold():
        features.append((_nature_of(entry).alike, 1.0))
    if sense.unit:
        features.append((f"{sense.unit} beside it, {entry.kind}", 1.0))
    if sense.name.lower().endswith(_UNITS):
        features.append((f"ends in {sense.name.lower().rsplit(' ', 1)[1]}, {entry.kind}", 1.0))
    return features


class _Nature(NamedTuple):
    """What is the same of a place in every report: features of its kind and of its size, and one of its spelling."""

    named: Features
    alike: str
    people: tuple[str, float]
    fame: tuple[str, float]


@lru_cache(maxsize=50_000)
def _nature_of(entry: Entry) -> _Nature:
    size = _size(entry)
    return _Nature(
        [(f"kind {entry.kind}", 1.0), (f"{'main' if entry.is_main else 'alternate'} name, {size}", 1.0)],
        f"spelled alike, {size}",
        (f"population, {size}", log10(entry.population + 1) / 3),
        (f"fame, {size}", log10(entry.fame + 1)),
    )


def _size(entry: Entry) -> str:
    return "city" if entry.kind is Kind.CITY else "unit" if entry.kind in (Kind.ADMIN1, Kind.ADMIN2) else "wide"


def _of_size(entry: Entry, most: int) -> Features:
    if entry.kind is Kind.REGION:  # nobody counts the people of a sea
        return [("extent of a region", log10(entry.radius_km + 1)), ("continent", float(entry.population > 0))]
    nature = _nature_of(entry)
    if entry.population == most:
        return [nature.people, nature.fame]
    smaller = ("smaller than its namesakes", log10((most + 1) / (entry.population + 1)) / 3)
    return [nature.people, smaller, nature.fame]


def _of_path(sense: Sense, entry: Entry, wide: Iterable[Entry]) -> Features:
    if not sense.path:
        return []
    agrees = any(lies_in(entry, unit) for unit in wide)
    return [("path agrees" if agrees else "path disagrees", 1.0)]

"""Which place a name stands for: the places of that name, ranked by features a person can read.

A *sense* is one name with one stated path ("Paris, Texas") in one report; all its mentions share one answer. The first
ranking looks at names, sizes and the countries that the report speaks of; the second also at where the first put the
report's other places. Both are conditional logits, weights in `data/place_weights.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log10
from typing import TYPE_CHECKING

from dateline.grounding.gazetteer import Entry, Gazetteer, Kind, lies_in
from dateline.grounding.geonames import distance_km
from dateline.grounding.place_weights import Features, explain, load_weights, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Candidates = dict["Sense", tuple[Entry, ...]]

SURE = 0.35
"""Least probability of an answer; below it the name stays unresolved. Entries within `SAME_KM` are taken together."""
SAME_KM = 100.0
_NEAR_KM = 150.0
_PASSES = 2
"""How often the report's places are ranked anew by where the last ranking put the others."""
_SEAT_SHARE = 0.2
"""Least share of a unit's people in the city of its name for the bare name to mean the city."""


@dataclass(frozen=True, slots=True, order=True)
class Sense:
    """A name as used in one report: the name, the larger unit stated after it, and the unit word beside it, if any."""

    name: str
    path: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The place that a sense stands for, how probable, and why; `entry` is None where none is probable enough."""

    entry: Entry | None
    probability: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a report speaks of.

    Attributes:
        named: names that are a country's or a first-level unit's, with that country or unit and their mentions.
        demonyms: mentions of each country (alpha-3) by an adjective or demonym.
        found: the places that the last ranking found.
    """

    named: Mapping[Sense, tuple[Entry, int]]
    demonyms: Mapping[str, int]
    found: Mapping[Sense, Entry]


def resolve(
    candidates: Mapping[Sense, tuple[Entry, ...]],
    counts: Mapping[Sense, int],
    demonyms: Mapping[str, int],
    gazetteer: Gazetteer,
) -> dict[Sense, Answer]:
    """Return the answer to every sense of a report.

    Args:
        candidates: the places that each sense may stand for.
        counts: mentions of each sense.
        demonyms: mentions of each country (alpha-3) by an adjective or demonym.
        gazetteer: where stated paths are looked up.
    """
    around = survey(candidates, counts, demonyms)
    answers = rank_all(candidates, around, gazetteer, "first")
    for _ in range(_PASSES):
        found = {sense: answer.entry for sense, answer in answers.items() if answer.entry}
        answers = rank_all(candidates, replace(around, found=found), gazetteer, "second")
    return answers


def survey(
    candidates: Mapping[Sense, tuple[Entry, ...]], counts: Mapping[Sense, int], demonyms: Mapping[str, int]
) -> Surroundings:
    """Take stock of the countries and units that a report names outright, before anything is resolved."""
    named = {}
    for sense, entries in candidates.items():
        wide = {entry.kind: entry for entry in reversed(entries) if entry.is_main}
        outright = wide.get(Kind.COUNTRY) or wide.get(Kind.ADMIN1)
        if outright:
            named[sense] = (outright, counts[sense])
    return Surroundings(named, demonyms, {})


def rank_all(
    candidates: Mapping[Sense, tuple[Entry, ...]], around: Surroundings, gazetteer: Gazetteer, table: str
) -> dict[Sense, Answer]:
    """Answer every sense by one table of weights: `first`, or `second` with `around.found` filled in."""
    weights = load_weights(table)
    return {
        sense: _seat(sense, _rank(features_of(sense, entries, around, gazetteer), weights), entries)
        for sense, entries in candidates.items()
    }


def _rank(featured: Sequence[tuple[Entry, Features]], weights: Mapping[str, float]) -> Answer:
    if not featured:
        return Answer(None, why="no such name in the gazetteer")
    scores = [score(features, weights) for _, features in featured]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    shares = [exp(value - scores[best]) for value in scores]
    entry, features = featured[best]
    alike = sum(share for share, (other, _) in zip(shares, featured, strict=True) if _is_same(entry, other))
    probability = alike / sum(shares)
    why = explain(features, weights)
    return Answer(entry if probability >= SURE else None, probability, why)


def _seat(sense: Sense, answer: Answer, entries: Iterable[Entry]) -> Answer:
    """Take the city, not the province or county named after it, unless a word beside the name says which is meant."""
    unit = answer.entry
    if unit is None or unit.kind not in (Kind.ADMIN1, Kind.ADMIN2) or sense.unit not in ("", "city"):
        return answer
    least = _SEAT_SHARE * unit.population
    seats = (e for e in entries if e.kind is Kind.CITY and e.is_main and e.population >= least and lies_in(e, unit))
    return next((replace(answer, entry=seat, why=f"{answer.why}; the city of that name") for seat in seats), answer)


def _is_same(one: Entry, other: Entry) -> bool:
    return one.id == other.id or distance_km(one.lat, one.lon, other.lat, other.lon) <= SAME_KM


def features_of(
    sense: Sense, entries: Sequence[Entry], around: Surroundings, gazetteer: Gazetteer
) -> list[tuple[Entry, Features]]:
    """Return each candidate with its features."""
    stated = gazetteer.lookup(sense.path) if sense.path else ()
    unit = gazetteer.abbreviation(sense.path)
    wide = (unit,) if unit else tuple(entry for entry in stated if entry.kind is not Kind.CITY)
    most = max((entry.population for entry in entries), default=0)
    others = [entry for other, entry in around.found.items() if other.name != sense.name]
    named = [pair for other, pair in around.named.items() if other.name != sense.name]
    return [
        (
            entry,
            [
                *_of_name(sense, entry),
                *_of_size(entry, most),
                *_of_path(sense, entry, wide),
                *_of_report(entry, around.demonyms, named),
                *_of_others(entry, others),
            ],
        )
        for entry in entries
    ]


def _of_name(sense: Sense, entry: Entry) -> Features:
    features = [(f"kind {entry.kind}", 1.0), (f"{'main' if entry.is_main else 'alternate'} name, {_size(entry)}", 1.0)]
    if entry.code == "capital":
        features.append(("a capital", 1.0))
    if entry.name.casefold() == sense.name.casefold():
        features.append(("spelled alike", 1.0))
    if sense.unit:
        features.append((f"{sense.unit} beside it, {entry.kind}", 1.0))
    if sense.name.lower().endswith((" county", " parish", " city", " province", " state")):
        features.append((f"ends in {sense.name.lower().rsplit(' ', 1)[1]}, {entry.kind}", 1.0))
    return features


def _size(entry: Entry) -> str:
    return "city" if entry.kind is Kind.CITY else "unit" if entry.kind in (Kind.ADMIN1, Kind.ADMIN2) else "wide"


def _of_size(entry: Entry, most: int) -> Features:
    return [
        (f"population, {_size(entry)}", log10(entry.population + 1) / 3),
        ("smaller than its namesakes", log10((most + 1) / (entry.population + 1)) / 3),
        (f"fame, {_size(entry)}", log10(entry.fame + 1)),
    ]


def _of_path(sense: Sense, entry: Entry, wide: Iterable[Entry]) -> Features:
    if not sense.path:
        return []
    agrees = any(lies_in(entry, unit) for unit in wide)
    return [("path agrees" if agrees else "path disagrees", 1.0)]


def _of_report(entry: Entry, demonyms: Mapping[str, int], named: Sequence[tuple[Entry, int]]) -> Features:
    """Return how much the report speaks of the entry's country and unit, by adjectives and by other names."""
    unit = entry.id if entry.kind is Kind.ADMIN1 else entry.admin1_id
    countries = sum(count for other, count in named if other.country == entry.country)
    units = sum(count for other, count in named if other.id == unit)
    total = sum(count for _, count in named) or 1
    return [
        ("demonyms of its country", demonyms.get(entry.country or "", 0) / (sum(demonyms.values()) or 1)),
        ("its country's share of names", countries / total),
        ("its country is named", float(countries > 0)),
        ("its unit's share of names", units / total),
        ("its unit is named", float(units > 0)),
    ]


def _of_others(entry: Entry, others: Sequence[Entry]) -> Features:
    if not others:
        return []
    far = [distance_km(entry.lat, entry.lon, other.lat, other.lon) for other in others if other.id != entry.id]
    near = sum(km < _NEAR_KM for km in far)
    unit = entry.id if entry.kind is Kind.ADMIN1 else entry.admin1_id
    same = sum(other.country == entry.country for other in others)
    kin = sum(unit is not None and unit in (other.admin1_id, other.id) for other in others)
    return [
        ("others near", near / len(others)),
        ("some other near", float(near > 0)),
        ("distance to the nearest other", log10(min(far, default=0.0) + 10) - 1),
        ("others in its country", same / len(others)),
        ("others in its unit", kin / len(others)),
        ("some other in its unit", float(kin > 0)),
    ]

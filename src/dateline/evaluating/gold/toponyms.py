"""toponyms_lgl, _trnews, _geowebnews, _geovirus: which words name places, and where those are.

Detection: precision, recall and F1 of exact spans, and F1 of overlapping spans. Resolution, over toponyms for which the
corpus gives coordinates: the share put within 161 km (100 miles), of all of them (end to end) and of those found (with
overlap: "Evin prison in Tehran" is one place of ours); and the median error of those found and resolved.

`names_*` are the same with demonyms apart ("Russian", "Kenyans"): those that the corpus marks as such or as modifiers,
and those that our list of them has, are neither right nor wrong. `given_*` is resolution alone: the corpus's own spans
are given, adjectives and demonyms included, and an unresolved one is wrong; `given_names_acc161` leaves demonyms out;
`given_listed_acc161` counts those alone that the corpus could link to GeoNames.
"""

from __future__ import annotations

from itertools import accumulate
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, count_pairs, label_f1, match_overlapping, precision, ratio, recall
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.ground import Place

NEAR_KM = 161
EARTH_KM = 6371.0088
NOT_NAMES = frozenset({"Demonym", "Language", "Non_Literal_Modifier", "Literal_Modifier"})


def judge_articles(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the places found in each article with its toponyms."""
    return [_outcome(record, stages) for record in records]


def _outcome(record: Record, stages: Stages) -> Outcome:
    places = stages.find_places(record["text"], record.get("publisher"))
    gold = {Span(it["start"], it["end"]): it for it in record["toponyms"]}
    spans = [place.evidence.span for place in places]
    found = set(spans)
    tally = count_pairs("exact", len(gold.keys() & found), len(gold), len(found))
    pairs = match_overlapping(list(gold), spans)
    tally.add(count_pairs("overlap", len(pairs), len(gold), len(found)))
    optional = {span for span, it in gold.items() if _is_people(it, record["text"][span.start : span.end], stages)}
    names, given = gold.keys() - optional, found - optional
    tally.add(count_pairs("names", len(names & given), len(names), len(given)))
    answers = {ours: places[theirs] for ours, theirs in pairs}
    for number, (span, toponym) in enumerate(gold.items()):
        tally.add(_resolve(toponym, answers.get(number), is_name=span not in optional))
    tally.add(_given(record, gold, optional, stages))
    return Outcome(record["id"], tally, _offsets(gold.keys() - found), _offsets(found - gold.keys()))


def _is_people(toponym: Record, words: str, stages: Stages) -> bool:
    return toponym.get("type") in NOT_NAMES or stages.is_demonym(words)


def _given(record: Record, gold: Mapping[Span, Record], optional: Container[Span], stages: Stages) -> Tally:
    """Count the toponyms with coordinates that are put within 161 km when their spans are given."""
    spans = [span for span, it in gold.items() if it["lat"] is not None]
    places = stages.resolve_places(record["text"], tuple((s.start, s.end) for s in spans), record.get("publisher"))
    tally = Tally()
    for span, place in zip(spans, places, strict=True):
        error = _error(gold[span], place)
        kinds = ["given"] + ["given names"] * (span not in optional)
        for kind in kinds + ["given listed"] * bool(gold[span].get("geonames_id")):
            tally.add(Tally({(kind, "all"): 1, (kind, "near"): error is not None and error <= NEAR_KM}))
        if error is not None:
            tally.add(Tally({("given km", f"{round(error):05d}"): 1}))
    return tally


def _offsets(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(f"{span.start}-{span.end}" for span in sorted(spans))


def _resolve(toponym: Record, place: Place | None, *, is_name: bool) -> Tally:
    """Count one gold toponym that has coordinates: is it found, is it put somewhere, how far off."""
    if toponym["lat"] is None:
        return Tally()
    error = _error(toponym, place)
    near = error is not None and error <= NEAR_KM
    tally = Tally({("resolve", "all"): 1, ("resolve", "found"): place is not None, ("resolve", "near"): near})
    if error is not None:
        tally["km", f"{round(error):05d}"] = 1
    return tally.add(Tally({("names", "all"): 1, ("names", "near"): near})) if is_name else tally


def _error(toponym: Record, place: Place | None) -> float | None:
    """Return how far off a place is, in km; None for one that is put nowhere."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return distance_km((toponym["lat"], toponym["lon"]), (place.lat, place.lon))


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the great-circle distance of two points (latitude, longitude in degrees), by the haversine formula.

    >>> round(distance_km((51.34, 12.37), (52.52, 13.40)))
    149
    """
    lat, lon, other_lat, other_lon = map(radians, (*here, *there))
    chord = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def _median_km(tally: Tally, kind: str = "km") -> float:
    errors = sorted((int(what), count) for (label, what), count in tally.items() if label == kind)
    half = sum(count for _, count in errors) / 2
    reached = zip(errors, accumulate(count for _, count in errors), strict=True)
    return next((float(error) for (error, _), count in reached if count >= half), 0.0)


def measure(tally: Tally) -> dict[str, float]:
    """Return detection and resolution scores, the headline (detection F1, exact spans) first."""
    near = tally["resolve", "near"]
    return {
        "f1": label_f1(tally, "exact"),
        "precision": precision(tally, "exact"),
        "recall": recall(tally, "exact"),
        "overlap_f1": label_f1(tally, "overlap"),
        "acc161_end_to_end": ratio(near, tally["resolve", "all"]),
        "acc161_of_found": ratio(near, tally["resolve", "found"]),
        "median_km": _median_km(tally),
        "names_f1": label_f1(tally, "names"),
        "names_precision": precision(tally, "names"),
        "names_recall": recall(tally, "names"),
        "names_acc161": ratio(tally["names", "near"], tally["names", "all"]),
        "given_acc161": ratio(tally["given", "near"], tally["given", "all"]),
        "given_names_acc161": ratio(tally["given names", "near"], tally["given names", "all"]),
        "given_median_km": _median_km(tally, "given km"),
    }


def measure_listed(tally: Tally) -> dict[str, float]:
    """Return the scores of `measure`, and resolution alone of what GeoNames lists."""
    return measure(tally) | {"given_listed_acc161": ratio(tally["given listed", "near"], tally["given listed", "all"])}


TOPONYMS = (
    GoldSet("toponyms_lgl", judge_articles, measure),
    GoldSet("toponyms_trnews", judge_articles, measure),
    GoldSet("toponyms_geowebnews", judge_articles, measure_listed),
    GoldSet("toponyms_geovirus", judge_articles, measure),
)

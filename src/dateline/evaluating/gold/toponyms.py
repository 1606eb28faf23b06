"""toponyms_lgl, _trnews, _geowebnews, _geovirus: which words name places, and where those are.

Detection: precision, recall and F1 of exact spans, and F1 of overlapping spans. Resolution, over toponyms for which the
corpus gives coordinates: the share put within 161 km (100 miles), of all of them (end to end) and of those found (with
overlap: "Evin prison in Tehran" is one place of ours); and the median error of those found and resolved.

GeoWebNews also marks demonyms and modifiers ("Russian", "Paris mayor"): `f1` counts all, `names_f1` takes those as
neither right nor wrong.
"""

from __future__ import annotations

from itertools import accumulate
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, count_pairs, label_f1, match_overlapping, precision, ratio, recall
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.ground import Place

NEAR_KM = 161
EARTH_KM = 6371.0088
NOT_NAMES = frozenset({"Demonym", "Language", "Non_Literal_Modifier", "Literal_Modifier"})


def judge_articles(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the places found in each article with its toponyms."""
    return [_outcome(record, stages.find_places(record["text"])) for record in records]


def _outcome(record: Record, places: Sequence[Place]) -> Outcome:
    gold = {Span(it["start"], it["end"]): it for it in record["toponyms"]}
    spans = [place.evidence.span for place in places]
    found = set(spans)
    tally = count_pairs("exact", len(gold.keys() & found), len(gold), len(found))
    pairs = match_overlapping(list(gold), spans)
    tally.add(count_pairs("overlap", len(pairs), len(gold), len(found)))
    optional = {span for span, it in gold.items() if it.get("type") in NOT_NAMES}
    names, given = gold.keys() - optional, found - optional
    tally.add(count_pairs("names", len(names & given), len(names), len(given)))
    answers = {ours: places[theirs] for ours, theirs in pairs}
    for number, toponym in enumerate(gold.values()):
        tally.add(_resolve(toponym, answers.get(number)))
    return Outcome(record["id"], tally, _offsets(gold.keys() - found), _offsets(found - gold.keys()))


def _offsets(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(f"{span.start}-{span.end}" for span in sorted(spans))


def _resolve(toponym: Record, place: Place | None) -> Tally:
    """Count one gold toponym that has coordinates: is it found, is it put somewhere, how far off."""
    if toponym["lat"] is None:
        return Tally()
    tally = Tally({("resolve", "all"): 1, ("resolve", "found"): place is not None})
    if place is not None and place.lat is not None and place.lon is not None:
        error = distance_km((toponym["lat"], toponym["lon"]), (place.lat, place.lon))
        tally["resolve", "near"] = error <= NEAR_KM
        tally["km", f"{round(error):05d}"] = 1
    return tally


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the great-circle distance of two points (latitude, longitude in degrees), by the haversine formula.

    >>> round(distance_km((51.34, 12.37), (52.52, 13.40)))
    149
    """
    lat, lon, other_lat, other_lon = map(radians, (*here, *there))
    chord = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def _median_km(tally: Tally) -> float:
    errors = sorted((int(what), count) for (label, what), count in tally.items() if label == "km")
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
    }


def measure_names(tally: Tally) -> dict[str, float]:
    """Return the scores of `measure`, and detection F1 of names alone."""
    return measure(tally) | {"names_f1": label_f1(tally, "names")}


TOPONYMS = (
    GoldSet("toponyms_lgl", judge_articles, measure),
    GoldSet("toponyms_trnews", judge_articles, measure),
    GoldSet("toponyms_geowebnews", judge_articles, measure_names),
    GoldSet("toponyms_geovirus", judge_articles, measure),
)

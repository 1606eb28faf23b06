"""places_in_trouble: are the places of ten countries found and told right, under the names that reports give them?

A record is one name of one place, in Latin letters or the country's own. It is put into a sentence of ours, in a report
that names its country elsewhere, and in one that does not. It is right if the sentence's place lies in the country and
within the record's `km` of its point. `known` counts the names for which the gazetteer has such a place at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluating.gold.toponyms import distance_km
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.ground import Place

OPENING = "The interior ministry of {country} gave no figures.\n\n"
SENTENCE = "Shops were closed and crowds gathered in {name} on Monday, residents said."


def judge_names(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Look for each name in a report of ours, with and without its country."""
    return [_outcome(record, stages) for record in records]


def _outcome(record: Record, stages: Stages) -> Outcome:
    bare = SENTENCE.format(name=record["name"])
    told = OPENING.format(country=record["country_name"]) + bare
    tally = Tally({("all", "names"): 1, (record["country"], "names"): 1})
    if _is_found(record, told, stages):
        tally.add(Tally({("all", "right"): 1, (record["country"], "right"): 1}))
    tally["all", "bare"] = _is_found(record, bare, stages)
    tally["all", record["script"]] = 1
    tally["all", f"{record['script']} right"] = tally["all", "right"]
    tally["all", "known"] = any(_is_right(record, place) for place in stages.places_named(record["name"]))
    return Outcome(record["id"], tally, ("right",), ("right" if tally["all", "right"] else "wrong",), record["group"])


def _is_found(record: Record, text: str, stages: Stages) -> bool:
    start = text.index(record["name"], text.index("gathered in"))
    end = start + len(record["name"])
    found = [it for it in stages.find_places(text) if it.evidence.start < end and start < it.evidence.end]
    return any(_is_right(record, place) for place in found)


def _is_right(record: Record, place: Place) -> bool:
    if place.country != record["country"] or place.lat is None or place.lon is None:
        return False
    return bool(distance_km((record["lat"], record["lon"]), (place.lat, place.lon)) <= record["km"])


def measure(tally: Tally) -> dict[str, float]:
    """Return the share of names found and right, where the country is named; then parts of it."""
    names = tally["all", "names"]
    countries = sorted({label for label, what in tally if what == "names" and label != "all"})
    parts = {
        f"right_{script}": ratio(tally["all", f"{script} right"], tally["all", script])
        for script in ("latin", "native")
    }
    return {
        "right": ratio(tally["all", "right"], names),
        "right_country_not_named": ratio(tally["all", "bare"], names),
        "known": ratio(tally["all", "known"], names),
        **parts,
        **{f"right_{code}": ratio(tally[code, "right"], tally[code, "names"]) for code in countries},
    }


TROUBLE = GoldSet("places_in_trouble", judge_names, measure)

"""template_muc4, its numbers: are the dead and the wounded of a document found, as many as they were, and as what?

A template says how many its human targets were and what became of them (`hum_tgt_number`, `hum_tgt_effect`: DEATH, INJURY). The
gold numbers of a document are those of two and more, exact or marked as near (`~100`); one person is mostly a name, and
PLURAL no number. A number is found in its role if a figure of the document that counts killed (injured) names it, or a range around it, and found
at all if a figure of people does. Templates leave out what is history or of no relevance, so that many a figure found
beyond them is right: precision is told of documents that have gold numbers, and is a lower bound.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.evaluating.metrics import Tally, ratio
from dateline.model.ground import Bound, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.evaluating.goldset import Record
    from dateline.model.ground import Figure

EFFECTS = {"DEATH": "killed", "INJURY": "injured"}
PEOPLE = frozenset({"people", "killed", "injured", "casualties", "abducted", "released", "arrested", "missing"})
_NUMBER = re.compile(r"~?\s*(\d+)")
Number = tuple[str, int]
"""What became of them, and how many they were."""


def gold_numbers(record: Record) -> set[Number]:
    """Return the numbers of dead and injured that the templates of a document give."""
    return {number for raw in record["templates"] for number in _numbers(raw["slots"])}


def _numbers(slots: Record) -> Iterator[Number]:
    for fill in slots.get("hum_tgt_number", ()):
        match = _NUMBER.fullmatch(fill["value"])
        for effect in slots.get("hum_tgt_effect", ()):
            counts = EFFECTS.get(effect["value"])
            if match and counts and set(effect["of"]) & set(fill["of"]) and int(match[1]) > 1:
                yield counts, int(match[1])


def count_numbers(record: Record, figures: Iterable[Figure]) -> Tally:
    """Count the numbers of a document that are found in their role, found at all, and the figures that have one."""
    gold = gold_numbers(record)
    told = [it for it in figures if it.counts in PEOPLE and it.scope is not Scope.FORMER and not _is_one(it)]
    harm = [it for it in told if it.counts in EFFECTS.values()] if gold else []
    return Tally(
        {
            ("number", "gold"): len(gold),
            ("number", "found"): sum(_has(number, told) for _, number in gold),
            ("number", "role"): sum(_has(number, [it for it in harm if it.counts == counts]) for counts, number in gold),
            ("figure", "all"): len(harm),
            ("figure", "right"): sum(any(it.counts == counts and _has(size, [it]) for counts, size in gold) for it in harm),
        }
    )


def _is_one(figure: Figure) -> bool:
    return figure.high is not None and figure.high < 2  # noqa: PLR2004 - one person is mostly a name


def _has(number: int, figures: Sequence[Figure]) -> bool:
    """Say whether a figure names a number, or gives both ends of a range around it; `several` names none."""
    closed = (it for it in figures if it.bound is not Bound.ROUGH and it.low is not None and it.high is not None)
    return any(it.number == number for it in figures) or any((it.low or 0) <= number <= (it.high or 0) for it in closed)


def measure_numbers(tally: Tally) -> dict[str, float]:
    """Return the share of gold numbers found in their role and found at all, and of the figures that have a gold number."""
    return {
        "numbers_in_role": ratio(tally["number", "role"], tally["number", "gold"]),
        "numbers_found": ratio(tally["number", "found"], tally["number", "gold"]),
        "numbers_precision": ratio(tally["figure", "right"], tally["figure", "all"]),
    }

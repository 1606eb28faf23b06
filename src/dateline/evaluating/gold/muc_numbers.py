"""template_muc4, its numbers: are the dead and the wounded of a document found, as many as they were, and as what?

A template says how many its human targets were and what became of them (`hum_tgt_number`, `hum_tgt_effect`: DEATH,
INJURY). The gold numbers of a document are those of two and more, exact or marked as near (`~100`); one person is
mostly a name, and PLURAL no number. A number is found in its role if a figure of the document that counts killed
(injured) names it, or a range around it, and found at all if a figure of people does; the sum of all in the template to
whom the same befell will do. Templates leave out what is history or of no relevance, so that many a figure found beyond
them is right: precision is told of documents that have gold numbers, and is a lower bound.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.evaluating.metrics import Tally, ratio
from dateline.model.ground import Bound, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.evaluating.goldset import Record
    from dateline.model.ground import Figure

EFFECTS = {"DEATH": "killed", "INJURY": "injured"}
PEOPLE = frozenset({"people", "killed", "injured", "casualties", "abducted", "released", "arrested", "missing"})
_NUMBER = re.compile(r"~?\s*(\d+)")
Number = tuple[str, int, int]
"""What became of them, how many they were, and how many all of the template were to whom the same befell."""


def gold_numbers(record: Record) -> set[Number]:
    """Return the numbers of dead and injured that the templates of a document give."""
    return {number for raw in record["templates"] for number in _numbers(raw["slots"])}


def _numbers(slots: Record) -> Iterator[Number]:
    told = list(_sizes(slots))
    for counts, size in told:
        if size > 1:
            yield counts, size, sum(other for same, other in told if same == counts)


def _sizes(slots: Record) -> Iterator[tuple[str, int]]:
    """Yield what became of each group of people of a template, and how many they were."""
    numbers, effects = slots.get("hum_tgt_number", ()), slots.get("hum_tgt_effect", ())
    for place, fill in enumerate(numbers):
        rivals = [it for it in numbers if _share(it, fill)]
        fates = [it for it in effects if _share(it, fill)]
        # Two groups may go by one word ("PEOPLE", dead and wounded): then both lists have them in the same order.
        rank = sum(_share(it, fill) for it in numbers[:place])
        fate = fates[rank] if len(fates) == len(rivals) else fates[0] if len(fates) == 1 else None
        match, counts = _NUMBER.fullmatch(fill["value"]), EFFECTS.get(fate["value"]) if fate else None
        if match and counts:
            yield counts, int(match[1])


def _share(left: Record, right: Record) -> bool:
    return not set(left["of"]).isdisjoint(right["of"])


def count_numbers(record: Record, figures: Iterable[Figure]) -> Tally:
    """Count the numbers of a document that are found in their role, found at all, and the figures that have one."""
    gold = gold_numbers(record)
    told = [it for it in figures if it.counts in PEOPLE and it.scope is not Scope.FORMER and not _is_one(it)]
    harm = [it for it in told if it.counts in EFFECTS.values()] if gold else []
    role = [any(_tells(it, number) for it in harm) for number in sorted(gold)]
    right = [any(_tells(it, number) for number in gold) for it in harm]
    found = [any(_has(size, it) or _has(whole, it) for it in told) for _, size, whole in sorted(gold)]
    sums = {("number", "gold"): len(gold), ("number", "found"): sum(found), ("number", "role"): sum(role)}
    return Tally({**sums, ("figure", "all"): len(harm), ("figure", "right"): sum(right)})


def _tells(figure: Figure, number: Number) -> bool:
    counts, size, whole = number
    return figure.counts == counts and (_has(size, figure) or _has(whole, figure))


def _is_one(figure: Figure) -> bool:
    return figure.high is not None and figure.high < 2


def _has(size: int, figure: Figure) -> bool:
    """Say whether a figure names a number, or gives both ends of a range around it; `several` names none."""
    is_closed = figure.bound is not Bound.ROUGH and figure.low is not None and figure.high is not None
    return figure.named == size or (is_closed and (figure.low or 0) <= size <= (figure.high or 0))


def measure_numbers(tally: Tally) -> dict[str, float]:
    """Return the share of gold numbers found in their role and found at all, and of figures that have a gold number."""
    return {
        "numbers_in_role": ratio(tally["number", "role"], tally["number", "gold"]),
        "numbers_found": ratio(tally["number", "found"], tally["number", "gold"]),
        "numbers_precision": ratio(tally["figure", "right"], tally["figure", "all"]),
    }

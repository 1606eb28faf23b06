"""own_sides: sector and country of who acts and who is acted upon, given their words.

The file names spans of actors_cameo_st by record and offsets and holds no text. Sector and country were written down by
hand before the lexicon was run on them (`benchmarks/gold/README.md`). A country that acts stands for its government
(GOV); a place that is only a target has no sector (UNK). Where neither words nor sentence tell the country, it is null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.errors import MissingDataError
from dateline.evaluating.goldset import GoldSet, Outcome, Record, gold_file, load
from dateline.evaluating.metrics import Tally, judge, macro_f1, precision, ratio, recall
from dateline.grounding.actors import actors_of
from dateline.model.event import Argument, Coding, Event, Status
from dateline.model.ground import Actor, Role
from dateline.model.text import make_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages

SOURCE = "actors_cameo_st"


def judge_sides(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare sector and country of each side with the annotation."""
    texts = find_texts(records)
    found = (actor_at(texts[it["record"]], it["start"], it["end"], stages) for it in records)
    return [_outcome(record, actor) for record, actor in zip(records, found, strict=True)]


def find_texts(records: Sequence[Record]) -> dict[str, str]:
    """Return the texts of the records named.

    Raises:
        MissingDataError: if some are not there.
    """
    path = gold_file(records[0]["gold"], SOURCE, "dev")
    texts = {str(it["id"]): str(it["text"]) for it in load(path)} if path.is_file() else {}
    absent = sorted({record["record"] for record in records} - texts.keys())
    if absent:
        raise MissingDataError(f"{len(absent)} records that own_sides names are not in {path}, the first {absent[0]}")
    return texts


def actor_at(text: str, start: int, end: int, stages: Stages) -> Actor:
    """Return the actor that the words between two offsets name."""
    report = make_report(text, language="en")
    words = report.cite(start, end)
    event = Event(report.id, "X", None, Status.ASSERTED, words, words.span, (Argument(Role.ACTOR, words),))
    return actors_of(event, report, Coding(report.id, sentences=stages.parse(text)))[0]


def _outcome(record: Record, actor: Actor) -> Outcome:
    gold, found = (record["sector"], record["country"]), (actor.sector or "UNK", actor.country)
    tally = judge([gold[0]], [found[0]])
    tally.add(judge([gold[1]] if gold[1] else [], [found[1]] if found[1] else [], "country"))
    for name, is_right in (("sector", gold[0] == found[0]), ("country", gold[1] == found[1]), ("both", gold == found)):
        tally["right", name] = is_right
    tally["right", "all"] = 1
    return Outcome(record["id"], tally, tuple(map(str, gold)), tuple(map(str, found)), record["record"])


def measure(tally: Tally) -> dict[str, float]:
    """Return the mean F1 of the sectors, then how many sides have the right sector, country and both."""
    sectors = sorted({label for label, what in tally if what in ("tp", "fn") and label != "country"})
    return {
        "sector_macro_f1": macro_f1(tally, [label for label in sectors if tally[label, "tp"] + tally[label, "fn"]]),
        **{f"{name}_accuracy": ratio(tally["right", name], tally["right", "all"]) for name in ("sector", "country")},
        "both_accuracy": ratio(tally["right", "both"], tally["right", "all"]),
        "country_precision": precision(tally, "country"),
        "country_recall": recall(tally, "country"),
    }


OWN_SIDES = GoldSet("own_sides", judge_sides, measure, needs=(SOURCE,))

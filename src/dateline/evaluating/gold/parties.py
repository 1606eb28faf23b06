"""own_parties: who did it, and to whom? Short sentences of our own, over the constructions that name parties.

A record marks the words of one event and those of its parties. The event that counts is the first whose trigger
overlaps the marked words; one that is not found has missed its parties. A party is found if its own words, or those
that a pronoun stands for, overlap the marked ones, each mark once. One taken for the other side counts as swapped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, count_pairs, label_f1, precision, ratio, recall
from dateline.evaluating.stages import code_texts
from dateline.model.ground import Role
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.event import Mention
    from dateline.model.ground import Actor

ROLES = {"actors": Role.ACTOR, "recipients": Role.RECIPIENT}


def judge_cases(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the parties of each record's event with those marked."""
    coded = code_texts(stages, (record["text"] for record in records))
    return [
        _outcome(record, stages.ground(report, coding)) for record, (report, coding) in zip(records, coded, strict=True)
    ]


def _outcome(record: Record, mentions: Sequence[Mention]) -> Outcome:
    words = Span(*record["event"])
    event = next((it for it in mentions if it.trigger.span.overlaps(words)), None)
    found = {name: [it for it in event.actors if it.role is role] if event else [] for name, role in ROLES.items()}
    wanted = {name: [Span(*span) for span in record[name]] for name in ROLES}
    tally = Tally({("case", "all"): 1, ("case", "found"): event is not None})
    for name, other in (("actors", "recipients"), ("recipients", "actors")):
        met = _met(wanted[name], found[name])
        tally.add(count_pairs(name, met, len(wanted[name]), len(found[name])))
        tally["case", "swapped"] += _met(wanted[other], found[name])
    tally["case", "right"] = event is not None and not any(tally[name, what] for name in ROLES for what in ("fp", "fn"))
    return Outcome(record["id"], tally, _labels(wanted), _labels({name: _spans(it) for name, it in found.items()}))


def _met(wanted: Sequence[Span], found: Sequence[Actor]) -> int:
    """Return how many marked parties are met, by one found party each."""
    free = list(found)
    for span in wanted:
        hit = next((it for it in free if any(map(span.overlaps, _words(it)))), None)
        if hit is not None:
            free.remove(hit)
    return len(found) - len(free)


def _words(actor: Actor) -> list[Span]:
    return [it.span for it in (actor.evidence, *actor.support)]


def _spans(actors: Sequence[Actor]) -> list[Span]:
    return [it.evidence.span for it in actors]


def _labels(parties: dict[str, list[Span]]) -> tuple[str, ...]:
    return tuple(f"{name} {span.start}-{span.end}" for name, spans in parties.items() for span in spans) or ("nobody",)


def measure(tally: Tally) -> dict[str, float]:
    """Return the share of sentences with all parties right and none besides, and F1, precision and recall by role.

    `swapped` is the share of all parties found that are marked as the other side. Less is better.
    """
    given = sum(tally[name, what] for name in ROLES for what in ("tp", "fp"))
    scores = {"all_right": ratio(tally["case", "right"], tally["case", "all"])}
    for name, stem in (("actors", "actor"), ("recipients", "recipient")):
        scores |= {f"{stem}_f1": label_f1(tally, name), f"{stem}_precision": precision(tally, name)}
        scores[f"{stem}_recall"] = recall(tally, name)
    return scores | {
        "event_found": ratio(tally["case", "found"], tally["case", "all"]),
        "swapped": ratio(tally["case", "swapped"], given),
    }


OWN_PARTIES = GoldSet("own_parties", judge_cases, measure)

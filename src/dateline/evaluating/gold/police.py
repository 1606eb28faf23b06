"""sents_indiapolice: what did police do in a sentence? KILL, ARREST, FAIL (to act), FORCE, ANY_ACTION; several or none.

The sentences of a document are coded as one report, as its annotators saw them, each a paragraph of its own. A coder
that labels sentences is scored by its labels `police.*`; of another, the mentions in a sentence decide:

| label | a mention that happened, with police as actor, of |
|---|---|
| KILL | ASSAULT that kills: killing, execution, assassination, massacre, or with a figure of killed |
| ARREST | COERCE arrest |
| FORCE | ASSAULT of any form, COERCE dispersal; every KILL |
| FAIL | any type, its status denied: police did not act |
| ANY_ACTION | any type; every KILL, ARREST and FORCE |

Police are the sectors COP, MIL and PRM. With no stated actor, what only police do counts as theirs (arrests, raids,
dispersals, crowd control, deployments), and so does violence in a sentence that tells of violence by police ("three
were killed in police firing"). The text is partly mojibake and is repaired first, as the reading stage would.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import ftfy

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, judge, label_f1, macro_f1, micro_f1
from dateline.evaluating.stages import Stages, code_texts
from dateline.model.event import Status
from dateline.model.ground import Role
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.model.event import Coding, Mention

GAP = "\n\n"
LABELS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
POLICE = frozenset({"COP", "MIL", "PRM"})
DEADLY = frozenset({"killing", "execution", "assassination", "massacre"})
ONLY_POLICE = {
    "COERCE": frozenset({"arrest", "dispersal", "raid", "weapons_seizure"}),
    "ASSAULT": frozenset({"crowd_control"}),
    "MOBILIZE": frozenset({"police", "troops"}),
}


def judge_sentences(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare what police did in each sentence with its labels."""
    documents = [list(group) for _, group in groupby(records, key=lambda record: record["doc"])]
    texts = [[ftfy.fix_encoding(record["text"]).strip() for record in document] for document in documents]
    coded = code_texts(stages, (GAP.join(sentences) for sentences in texts))
    found = [
        labels
        for sentences, (report, coding) in zip(texts, coded, strict=True)
        for labels in _found(sentences, coding, stages.ground(report, coding) if coding.labels is None else ())
    ]
    return [_outcome(record, labels) for record, labels in zip(records, found, strict=True)]


def _found(sentences: Iterable[str], coding: Coding, mentions: Sequence[Mention]) -> Iterator[set[str]]:
    """Yield the labels of each sentence of a document."""
    start = 0
    for sentence in sentences:
        unit = Span(start, start + len(sentence) + len(GAP))
        start = unit.end
        if coding.labels is None:
            yield label(it for it in mentions if unit.contains(it.trigger.span))
        else:
            yield {name for name in _labelled(coding, unit) if name in LABELS}


def _labelled(coding: Coding, unit: Span) -> Iterator[str]:
    for it in coding.labels or ():
        if unit.start <= coding.sentences[it.sentence].start < unit.end:
            yield it.name.removeprefix("police.")


def label(mentions: Iterable[Mention]) -> set[str]:
    """Return the labels of a sentence with these mentions."""
    told = list(mentions)
    violent = any(mention.type == "ASSAULT" and is_by_police(mention) for mention in told)
    labels = {name for mention in told if is_by_police(mention, violent=violent) for name in _labels(mention)}
    if "KILL" in labels:
        labels.add("FORCE")
    if labels & {"ARREST", "FORCE"}:
        labels.add("ANY_ACTION")
    return labels


def is_by_police(mention: Mention, *, violent: bool = False) -> bool:
    """Say whether police did it: by the actor's sector, or where it has no stated actor by the act.

    `violent` says that the sentence tells of violence by police.
    """
    actors = [actor for actor in mention.actors if actor.role is Role.ACTOR]
    if not actors:
        return mention.form in ONLY_POLICE.get(mention.type, ()) or (violent and mention.type == "ASSAULT")
    return any(actor.sector in POLICE for actor in actors)


def _labels(mention: Mention) -> set[str]:
    if mention.status is Status.DENIED:
        return {"FAIL"}
    if not mention.status.happened:
        return set()
    is_assault = mention.type == "ASSAULT"
    kills = mention.form in DEADLY or any(it.counts == "killed" and it.high != 0 for it in mention.figures)
    is_force = is_assault or (mention.type, mention.form) == ("COERCE", "dispersal")
    is_arrest = (mention.type, mention.form) == ("COERCE", "arrest")
    claims = {"KILL": is_assault and kills, "FORCE": is_force, "ARREST": is_arrest, "ANY_ACTION": True}
    return {name for name, holds in claims.items() if holds}


def _outcome(record: Record, found: set[str]) -> Outcome:
    gold = sorted(record["labels"])
    return Outcome(record["id"], judge(gold, found), tuple(gold), tuple(sorted(found)), group=record["doc"])


def measure(tally: Tally) -> dict[str, float]:
    """Return macro and micro F1, and F1 of each label."""
    each = {name: label_f1(tally, name) for name in LABELS}
    return {"macro_f1": macro_f1(tally, LABELS), "micro_f1": micro_f1(tally, LABELS), **each}


POLICE_SENTENCES = GoldSet("sents_indiapolice", judge_sentences, measure)

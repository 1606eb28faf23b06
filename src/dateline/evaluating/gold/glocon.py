"""docs_glocon_sample, sents_glocon_sample: does a document, or a sentence, report a protest, past or going on?

It does if a sentence of it is labelled `protest`; from a coder that does not label, if at least one event of type
PROTEST in it is said to have happened. Records labelled `undecided` are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, judge, label_f1, macro_f1, precision, recall
from dateline.evaluating.stages import Stages, code_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Coding

LABELS = ("protest_event", "no_event")
SURE = 0.85
"""How likely one sentence of a document must be to tell of a protest: of many sentences, one is easily taken for it.

Chosen on the training split's documents.
"""


def judge_sentences(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare whether a sentence tells of a protest with the label."""
    return _judge(records, stages, 0.0)


def judge_documents(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare whether a document tells of a protest with the label."""
    return _judge(records, stages, SURE)


def _judge(records: Sequence[Record], stages: Stages, least: float) -> list[Outcome]:
    decided = [record for record in records if set(record["labels"]) & set(LABELS)]
    coded = code_texts(stages, (record["text"] for record in decided))
    return [_outcome(record, is_relevant(coding, least)) for record, (_, coding) in zip(decided, coded, strict=True)]


def is_relevant(coding: Coding, least: float = 0.0) -> bool:
    """Say whether the report tells of at least one protest that happened."""
    if coding.labels is not None:
        return any(label.name == "protest" and label.score >= least for label in coding.labels)
    return any(event.type == "PROTEST" and event.status.happened for event in coding.events)


def _outcome(record: Record, relevant: bool) -> Outcome:
    found = LABELS[0] if relevant else LABELS[1]
    return Outcome(record["id"], judge(record["labels"], [found]), tuple(record["labels"]), (found,), record["doc"])


def measure(tally: Tally) -> dict[str, float]:
    """Return macro F1, the set's official metric, and precision, recall and F1 of the positives."""
    wanted = LABELS[0]
    of_positives = {
        "protest_f1": label_f1(tally, wanted),
        "protest_precision": precision(tally, wanted),
        "protest_recall": recall(tally, wanted),
    }
    return {"macro_f1": macro_f1(tally, LABELS), **of_positives}


DOCUMENTS = GoldSet("docs_glocon_sample", judge_documents, measure)
SENTENCES = GoldSet("sents_glocon_sample", judge_sentences, measure)

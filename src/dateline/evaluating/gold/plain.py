"""plain_news: how often is an event found where there is none? Reports of sport, weather, markets, accidents, culture.

The file names documents of other gold sets by set, split and id and holds no text. They were chosen by hand, by what
they tell of, never by what a coder finds in them (`benchmarks/gold/README.md`). All that is found counts as a false
alarm, though a document may mention something in passing: 0 is not to be had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.sentences import find_sentences
from dateline.errors import MissingDataError
from dateline.evaluating.goldset import GoldSet, Outcome, Record, gold_file, load
from dateline.evaluating.metrics import Tally, ratio
from dateline.evaluating.stages import Stages, code_texts
from dateline.model.event import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Event

SOURCES = ("docs_glocon_sample", "linking_ecbplus", "toponyms_geowebnews", "toponyms_lgl", "toponyms_trnews")


def judge_documents(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Count the events that are found in each document."""
    texts = find_texts(records)
    coded = code_texts(stages, texts)
    told = zip(records, texts, coded, strict=True)
    return [_outcome(record, text, coding.events) for record, text, (_, coding) in told]


def find_texts(records: Sequence[Record]) -> list[str]:
    """Return the text of the document that each record names, from the other sets in its gold folder.

    Raises:
        MissingDataError: naming the documents that are not there.
    """
    files = {
        (record["set"], record["split"]): gold_file(record["gold"], record["set"], record["split"])
        for record in records
    }
    texts = {
        (*source, str(document["id"])): str(document["text"])
        for source, path in files.items()
        if path.is_file()
        for document in load(path)
    }
    wanted = [(record["set"], record["split"], record["doc"]) for record in records]
    absent = [" ".join(key) for key in wanted if key not in texts]
    if absent:
        raise MissingDataError(
            f"{len(absent)} of {len(wanted)} documents that plain_news names are not in {records[0]['gold']}, "
            f"the first {absent[0]}; expected the sets {', '.join(SOURCES)} as they were when it was made"
        )
    return [texts[key] for key in wanted]


def _outcome(record: Record, text: str, events: Sequence[Event]) -> Outcome:
    tally = Tally({("sentences", "all"): len(find_sentences(text)), ("documents", "all"): 1})
    tally["events", "all"] = len(events)
    tally["events", "asserted"] = sum(event.status is Status.ASSERTED for event in events)
    tally["documents", "none"] = not events
    return Outcome(record["id"], tally, (), tuple(f"{event.type}:{event.status}" for event in events))


def measure(tally: Tally) -> dict[str, float]:
    """Return events per 1,000 sentences, of any status and asserted (less is better), and documents without any."""
    sentences = tally["sentences", "all"]
    return {
        "events_per_1000": 1000 * ratio(tally["events", "all"], sentences),
        "asserted_per_1000": 1000 * ratio(tally["events", "asserted"], sentences),
        "documents_without": ratio(tally["documents", "none"], tally["documents", "all"]),
    }


PLAIN_NEWS = GoldSet("plain_news", judge_documents, measure, needs=SOURCES)

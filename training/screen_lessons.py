"""What the screen learns from: what the large network says of the sentences of permitted corpora, and our labels.

The network is asked once of all sentences of whole training documents, whatever they tell, and of all that it learnt
from itself; this takes nine minutes and is kept in a file. Our labels are those of sentences in which every event of
the codebook is marked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ftfy
import numpy as np

from dateline.coding.encoder import Encoder, Passage
from dateline.coding.parser import split
from dateline.coding.screen import words_of
from dateline.coding.sentences import find_sentences
from dateline.coding.skimming import curve, softmax
from training.corpora import load_all
from training.samples import Sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dateline.coding.decoding import Card

    _Numbers = NDArray[np.float32]

REPORTS = ("attribution_polnear", "linking_ecbplus", "docs_glocon_sample", "docs_indiapolice", "template_muc4")
"""Corpora of whole reports in which we labelled sentences: they show how much a sentence's company says."""
DOCUMENTS = (
    *REPORTS, "entities_re3d", "causal_cnc", "class_ngec_synthetic", "actors_cameo_st", "sents_indiapolice",
    "sents_glocon_sample",
)  # fmt: skip
"""Corpora whose sentences the network is asked about: their training splits."""
NAMES = {
    "template_muc4": "muc",
    "docs_indiapolice": "police",
    "sents_indiapolice": "police",
    "docs_glocon_sample": "glocon",
    "sents_glocon_sample": "glocon",
    "actors_cameo_st": "cameo",
}
"""Corpora that hold documents of another, by one name for both."""
QUESTIONS = ("types", "conduct", "protest", "attacks")
"""What a sentence can tell of: heads of the network."""
CHUNK = 512


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence: its words, how likely each of them names an event, and how likely it tells of one.

    Attributes:
        named, tells: 0 or 1 by a person's label, between them by the network. Where a corpus marks only some events,
            what it marks is told; of its other sentences the network is asked.
        labelled: a person marked every event of the codebook in it, if there is one.
        group: the document, which is never split.
    """

    source: str
    group: str
    text: str
    named: tuple[float, ...]
    tells: float
    labelled: bool


def read_lessons(bench: Path, encoder: Path, kept: Path) -> list[Lesson]:
    """Return the sentences that the screen learns from; what the network says is read from `kept`, if it is there."""
    documents = {record["id"]: record["doc"] for record in _records(bench, "docs_glocon_sample")}
    samples = [it for it in load_all(bench) if words_of(it.text)]
    groups = {it.text: group_of(it, documents) for it in samples}
    own = [lesson_of(it, groups[it.text]) for it in samples if it.triggers is not None and it.source != "aimed"]
    if not kept.exists():
        kept.write_text("\n".join(map(json.dumps, ask(Encoder(encoder), _sentences(bench, groups)))), "utf-8")
    lines = map(json.loads, kept.read_text("utf-8").splitlines())
    sure, known = {it.text for it in samples if is_told(it)}, {it.text for it in own}
    told = [
        Lesson(source, group, text, tuple(named), 1.0 if text in sure else tells, False)
        for source, group, text, named, tells in lines
        if text not in known
    ]
    return [*told, *own]


def is_told(sample: Sample) -> bool:
    """Say whether people marked anything in a sentence: a trigger, an action of police, a protest, a role."""
    known = sample.known
    acts = any(known.get("conduct", {}).values()) or known.get("protest", {}).get("protest", False)
    return bool(sample.triggers or sample.fills or acts)


def _sentences(bench: Path, groups: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return source, group and text of all sentences, each once."""
    found: dict[str, tuple[str, str]] = {}
    for name in DOCUMENTS:
        for record in _records(bench, name):
            group = _document(name, record)
            for text in split(ftfy.fix_encoding(record["text"])).sentences:
                found.setdefault(text, (name, groups.get(text, group)))
    for text, group in groups.items():
        found.setdefault(text, (group.partition(":")[0], group))
    return [(source, group, text) for text, (source, group) in found.items() if words_of(text)]


def ask(network: Encoder, sentences: Sequence[tuple[str, str, str]]) -> Iterator[list[Any]]:
    """Yield the sentences as lessons: what the network says of each, read alone as at run time."""
    for start in range(0, len(sentences), CHUNK):
        part = sentences[start : start + CHUNK]
        said = network.logits([Passage(text) for *_, text in part])
        for (source, group, text), (pieces, sentence, token) in zip(part, said, strict=True):
            named = [round(it, 4) for it in _by_word(text, pieces.offsets, _naming(network.card, token))]
            yield [source, group, text, named, round(_tells(network.card, sentence), 4)]


def _tells(card: Card, logits: _Numbers) -> float:
    """Return the probability of what is likeliest that a sentence tells of."""
    chances = curve(logits, *card.curves)
    return float(max(chances[card.places[head]].max() for head in QUESTIONS))


def _naming(card: Card, token: _Numbers) -> _Numbers:
    """Return the probability that each piece names an event."""
    return 1 - softmax(np.ascontiguousarray(token[:, card.token_places["trigger"]]))[:, 0]


def _by_word(text: str, offsets: Sequence[tuple[int, int]], naming: _Numbers) -> Iterator[float]:
    """Yield, for each word as the screen sees it, the greatest probability of its pieces."""
    starts, ends = np.array(offsets).reshape(-1, 2).T
    for start, end in _bounds(text):
        yield float(naming[(starts < end) & (ends > start)].max(initial=0.0))


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words that the screen sees stand."""
    at, lower = 0, text.lower()
    for word in words_of(text):
        start = lower.index(word, at)
        at = start + len(word)
        yield start, at


def lesson_of(sample: Sample, group: str) -> Lesson:
    """Return a sentence in which we marked all events as a lesson."""
    triggers = sample.triggers or ()
    named = tuple(
        float(any(it.start < end and start < it.end for it in triggers)) for start, end in _bounds(sample.text)
    )
    return Lesson(sample.source, group, sample.text, named, float(bool(triggers)), True)


def _records(bench: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (bench / name / "train.jsonl").read_text("utf-8").splitlines()]


def _document(name: str, record: Mapping[str, Any]) -> str:
    """Return the name of the document that a record is, or is of; one for all the corpora that hold it."""
    return f"{NAMES.get(name, name)}:{record.get('doc', record['id'])}"


def group_of(sample: Sample, documents: Mapping[str, str]) -> str:
    """Return the name of the document that a sample is of, as `_document` does; our own sentences go by file."""
    source = sample.source.removeprefix("labels_")
    name, document = NAMES.get(source, source), documents.get(sample.group, sample.group)
    return f"{name}:{document.split(':')[0] if name in {'own', 'aimed'} else document}"


def read_reports(bench: Path, lessons: Sequence[Lesson]) -> dict[str, list[str]]:
    """Return the sentences of the reports that our labels stand in, by group."""
    wanted = {it.group for it in lessons if it.labelled}
    found = {}
    for name in REPORTS:
        for record in _records(bench, name):
            group = _document(name, record)
            if group in wanted:
                text = record["text"]
                found[group] = [text[start:end] for start, end in find_sentences(text)]
    return found

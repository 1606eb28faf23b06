"""What the screen learns from: the sentences of the permitted corpora, and the reports that they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.coding.screen import words_of
from dateline.coding.sentences import find_sentences
from training.corpora import load_all
from training.samples import Sample

REPORTS = ("attribution_polnear", "linking_ecbplus", "docs_glocon_sample", "docs_indiapolice", "template_muc4")
"""Corpora of whole reports in which we labelled sentences: they show how much a sentence's company says."""
SAME = {
    "template_muc4": "muc",
    "docs_indiapolice": "police",
    "docs_glocon_sample": "glocon",
    "actors_cameo_st": "cameo",
}
"""Corpora that hold documents of another."""
EVENTS = frozenset({"verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"})
"""Classes of a sentence that tells of an event; a mere statement is none of ours."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence: its words, which of them name an event, and whether it tells of one.

    Attributes:
        full: every event of the codebook is marked in it, if there is one.
        group: the document, which is never split.
    """

    source: str
    group: str
    text: str
    named: tuple[bool, ...]
    tells: bool
    full: bool


def read_lessons(bench: Path) -> list[Lesson]:
    """Return the sentences that the screen learns from."""
    documents = {record["id"]: record["doc"] for record in _records(bench, "docs_glocon_sample")}
    samples = [it for it in load_all(bench) if it.source not in {"aimed", "cameo", "ngec"}]
    return [*(lesson_of(it, documents) for it in samples), *_read_cameo(bench)]


def lesson_of(sample: Sample, documents: Mapping[str, str]) -> Lesson:
    """Return a sample as a lesson: any trigger, police action, protest or filled role tells of an event."""
    known = sample.known
    tells = bool(sample.triggers or sample.fills)
    tells |= any(known.get("conduct", {}).values()) or known.get("protest", {}).get("protest", False)
    group = _group(sample.source, documents.get(sample.group, sample.group))
    return Lesson(sample.source, group, sample.text, tuple(_named(sample)), tells, sample.triggers is not None)


def _records(bench: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (bench / name / "train.jsonl").read_text("utf-8").splitlines()]


def _named(sample: Sample) -> Iterator[bool]:
    at, lower = 0, sample.text.lower()
    for word in words_of(sample.text):
        start = lower.index(word, at)
        at = start + len(word)
        yield any(it.start < at and start < it.end for it in sample.triggers or ())


def _read_cameo(bench: Path) -> Iterator[Lesson]:
    """Yield the sentences of one event each; a mere statement is none of ours, and no sentence is without event."""
    for record in _records(bench, "actors_cameo_st"):
        if EVENTS & set(record["labels"]):
            named = (False,) * len(words_of(record["text"]))
            yield Lesson("cameo", _group("cameo", str(record["id"])), record["text"], named, True, False)


def _group(source: str, document: str) -> str:
    """Return a document's name, one for all the corpora that hold it; our own sentences go by file."""
    name = SAME.get(source.removeprefix("labels_"), source.removeprefix("labels_"))
    return f"{name}:{document.split(':')[0] if name == 'own' else document}"


def read_reports(bench: Path, lessons: Sequence[Lesson]) -> dict[str, list[str]]:
    """Return the sentences of the reports that our labels stand in, by group."""
    wanted = {it.group for it in lessons if it.full}
    found = {}
    for name in REPORTS:
        for record in _records(bench, name):
            group = _group(name, record["doc"] if name == "docs_glocon_sample" else str(record["id"]))
            if group in wanted:
                text = record["text"]
                found[group] = [text[start:end] for start, end in find_sentences(text)]
    return found

"""The permitted corpora as samples. Each loader reads a train split alone; what is zero-shot has no loader."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import ftfy

from dateline.coding.sentences import find_sentences
from training.annotations import FOLDER, Example, read_examples
from training.context import BEFORE, context_of
from training.samples import ATTACKS, FILLS, LABELS, ROLES, Sample, Trigger, exactly

HERE = Path(__file__).parent
HELD = 8
"""Per cent of the groups of each corpus that are held back: thresholds and calibration are fitted on them."""


def load_all(bench: Path) -> list[Sample]:
    """Return the samples of every corpus; `bench` is the folder of the gold sets."""
    loaders = (load_police, load_glocon, load_cameo, load_muc, load_labels)
    return [*load_own(), *(sample for load in loaders for sample in load(bench))]


def _records(bench: Path, name: str) -> list[dict[str, Any]]:
    with (bench / name / "train.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_own(paths: Iterable[Path] | None = None) -> Iterator[Sample]:
    """Yield our own sentences."""
    for example in read_examples(sorted(FOLDER.glob("*.txt")) if paths is None else paths):
        yield own_sample(example)


def own_sample(example: Example) -> Sample:
    """Return an annotated sentence as a sample; the headline stands before where no sentence does."""
    events = {event.number: event for event in example.events}
    triggers = tuple(
        Trigger(mark.start, mark.end, events[number].type, events[number].form, events[number].status)
        for mark in example.marks
        if mark.role == "trigger"
        for number in mark.events[:1]
    )
    roles = tuple((mark.role, mark.start, mark.end) for mark in example.marks if mark.role in ROLES)
    before = context_of(example.text, example.before or example.headline)
    known = _knowledge(triggers) if example.is_marked else {}
    if example.conduct is not None:
        known["conduct"] = exactly("conduct", set(example.conduct))
    source = "aimed" if example.id.startswith("aimed") else "own"
    if not example.is_marked:
        return Sample(source, example.id, example.text, before, known)
    return Sample(source, example.id, example.text, before, known, triggers, roles)


def _knowledge(triggers: Iterable[Trigger]) -> dict[str, dict[str, bool]]:
    told = list(triggers)
    forms = {f"{it.type}.{it.form}" for it in told}
    vague = {it.type for it in told if it.form is None}
    known = {
        "types": exactly("types", {it.type for it in told}),
        "forms": {label: label in forms for label in LABELS["forms"] if label.split(".")[0] not in vague},
    }
    protests = {it.status for it in told if it.type == "PROTEST"}
    if protests & {"asserted", "background"} or not told:
        known["protest"] = {"protest": bool(protests)}
    known["conduct"] = _conduct(told)
    return known


def _conduct(told: list[Trigger]) -> dict[str, bool]:
    happened = {(it.type, it.form) for it in told if it.status == "asserted"}
    if not told:
        return exactly("conduct", set())
    known = {}
    if ("COERCE", "inaction") in happened:
        known["FAIL"] = True
    if ("COERCE", "arrest") in happened:
        known |= {"ARREST": True, "ANY_ACTION": True}
    if ("ASSAULT", "crowd_control") in happened:
        known |= {"FORCE": True, "ANY_ACTION": True}
    return known


def load_labels(bench: Path) -> Iterator[Sample]:
    """Yield the sentences of permitted corpora that we annotated; our files hold places and labels, no text."""
    for path in sorted((HERE / "labels").glob("*.jsonl")):
        texts = {record["id"]: record["text"] for record in _records(bench, path.stem)}
        for line in path.read_text("utf-8").splitlines():
            yield _labelled(path.stem, json.loads(line), texts)


def _labelled(corpus: str, label: dict[str, Any], texts: dict[str, str]) -> Sample:
    text = texts[label["doc"]]
    start, end = label["start"], label["end"]
    sentence = text[start:end]
    before = context_of(sentence, text[max(0, start - 2 * BEFORE) : start])
    triggers = tuple(Trigger(*it) for it in label["triggers"])
    return Sample(f"labels_{corpus}", str(label["doc"]), sentence, before, _knowledge(triggers), triggers)


def load_police(bench: Path) -> Iterator[Sample]:
    """Yield the sentences of IndiaPoliceEvents: what police did."""
    last: tuple[str, str] = ("", "")
    for record in _records(bench, "sents_indiapolice"):
        text = ftfy.fix_encoding(record["text"]).strip()
        before = last[1] if last[0] == record["doc"] else ""
        last = (record["doc"], text)
        if text:
            known = {"conduct": exactly("conduct", set(record["labels"]))}
            yield Sample("police", record["doc"], text, context_of(text, before), known)


def load_glocon(bench: Path) -> Iterator[Sample]:
    """Yield the sentences of GLOCON: is a protest reported?"""
    for record in _records(bench, "sents_glocon_sample"):
        if "undecided" not in record["labels"]:
            known = {"protest": {"protest": "protest_event" in record["labels"]}}
            yield Sample("glocon", record["doc"], record["text"].strip(), "", known)


def load_cameo(bench: Path) -> Iterator[Sample]:
    """Yield the sentences whose source and target are marked, of one event each."""
    for record in _records(bench, "actors_cameo_st"):
        if record["spans"] is not None:
            spans = tuple((it["role"], it["start"], it["end"]) for it in record["spans"])
            yield Sample("cameo", record["id"], record["text"], sides=spans)


def load_muc(bench: Path) -> Iterator[Sample]:
    """Yield the sentences of the MUC-4 documents: who and what fills the roles of an attack, and its type."""
    for record in _records(bench, "template_muc4"):
        fills = _muc_fills(record)
        for start, end in find_sentences(record["text"]):
            inside = [it for it in fills if start <= it[1] and it[2] <= end]
            spans = tuple(sorted({(role, a - start, b - start) for role, a, b, _ in inside}, key=lambda it: it[1:]))
            kinds = {kind for *_, kind in inside}
            known = {"attacks": exactly("attacks", kinds)}
            sentence = record["text"][start:end]
            before = context_of(sentence, record["text"][max(0, start - 2 * BEFORE) : start])
            yield Sample("muc", record["id"], sentence, before, known, fills=_apart(spans))


def _muc_fills(record: dict[str, Any]) -> list[tuple[str, int, int, str]]:
    found = []
    for template in record["templates"]:
        slots = template["slots"]
        kind = slots["type"][0]["value"].lower()
        for role in FILLS:
            for fill in slots.get(role, ()):
                for alternative in fill["alternatives"]:
                    found += [(role, start, end, kind) for start, end in alternative["spans"]]
    return [it for it in found if it[3] in ATTACKS]


def _apart(spans: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    """Return the spans without those inside a longer one."""
    kept: list[tuple[str, int, int]] = []
    for span in sorted(spans, key=lambda it: (it[1] - it[2], it[1])):
        if all(span[2] <= other[1] or other[2] <= span[1] for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda it: it[1]))


def by_source(samples: Iterable[Sample]) -> dict[str, list[Sample]]:
    """Return the samples of each corpus."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        found[sample.source].append(sample)
    return dict(found)


def is_held(sample: Sample) -> bool:
    """Say whether a sample is held back, by the hash of its group: the same in every run."""
    return int(hashlib.sha256(f"{sample.source}:{sample.group}".encode()).hexdigest(), 16) % 100 < HELD

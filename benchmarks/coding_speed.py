"""Speed of the coders beside spaCy's full small pipeline: same texts, same process, one thread.

    python benchmarks/coding_speed.py GOLD [--documents 150]

Two streams of documents from the development splits of the gold sets: `mixed`, a mixed news stream (a third each of
agency news at its natural base rate, local US news, and news chosen for its place names), and `police`, the
IndiaPoliceEvents articles, nearly all of them about riots. CPU seconds of this process, which starts itself anew with
one thread for numerical work if need be; the reading of files and the loading of models are not counted. All take the
same 96 documents in turn, then the next, so that what else the machine does slows all of them alike. Also says what
share of sentences each step of the cascade lets pass. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import ftfy
import spacy

from dateline.coding.cascade import RECALL, CascadeCoder, tells
from dateline.coding.language import MODEL
from dateline.coding.parser import split
from dateline.coding.registry import open_coder
from dateline.coding.screen import make_screen
from dateline.config import ONE_THREAD, one_thread_each
from dateline.model.text import make_report
from dateline.running.batches import BATCH_INPUTS
from dateline.running.garbage import settle

BATCH = BATCH_INPUTS
"""Documents that are read at once: as many as a run gives a coder."""
WARMING = "Police in Leipzig arrested nine students on Monday, and a crowd marched to the court in protest."
"""Read first, by all: it tells of events, so that every step has read its files."""
STREAMS = {
    "mixed": ("docs_glocon_sample", "toponyms_lgl", "toponyms_geowebnews"),
    "police": ("docs_indiapolice",),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--documents", type=int, default=150)
    given = parser.parse_args()
    _need_one_thread()
    pipeline = spacy.load(MODEL)  # all of it: Dateline itself leaves out what it does quicker
    for name, sets in STREAMS.items():
        texts = list(_texts(given.gold, sets, given.documents))
        words = sum(len(text.split()) for text in texts)
        print(f"{name}: {len(texts)} documents, {words / len(texts):.0f} words each")
        works: dict[str, Callable[[list[str]], object]] = {
            "spaCy small, all": lambda some: list(pipeline.pipe(some, batch_size=BATCH))
        }
        seconds = _measure(texts, works | {coder: _code(coder) for coder in ("swift", "cascade", "rules")})
        peer = seconds["spaCy small, all"]
        for name_of_work, taken in seconds.items():
            rate = f"{len(texts) / taken:8.1f} docs/s {words / taken:10,.0f} words/s"
            print(f"  {name_of_work:18}  {rate}   {peer / taken:5.2f} x spaCy")
        print(f"  {_passing(texts)}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB, all coders in one process")


def _need_one_thread() -> None:
    """Start anew with one thread, if there may be more: each would wait for work busily, and its time would count."""
    if os.environ.get(ONE_THREAD[0]) != "1":
        with one_thread_each():
            os.execv(sys.executable, [sys.executable, *sys.argv])


def _texts(gold: Path, sets: tuple[str, ...], wanted: int) -> Iterator[str]:
    for name in sets:
        with (gold / name / "dev.jsonl").open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        for record in records[: wanted // len(sets)]:
            yield ftfy.fix_encoding(record["text"])


def _code(name: str) -> Callable[[list[str]], object]:
    coder = open_coder(name)
    return lambda texts: coder.code([make_report(text, language="en") for text in texts])


def _measure(texts: list[str], works: dict[str, Callable[[list[str]], object]]) -> dict[str, float]:
    """Return the CPU seconds of each work over the texts; what is loaded for the first event is loaded before."""
    for work in works.values():
        work([WARMING, *texts[:2]])
    settle()  # as a worker does
    taken = dict.fromkeys(works, 0.0)
    for place in range(0, len(texts), BATCH):
        for name, work in works.items():
            start = time.process_time()
            work(texts[place : place + BATCH])
            taken[name] += time.process_time() - start
    return taken


def _passing(texts: list[str]) -> str:
    coder = CascadeCoder()
    splits = [split(text) for text in texts]
    total = sum(len(it.bounds) for it in splits)
    screened = sum(chain.from_iterable(make_screen(RECALL)(it.sentences) for it in splits))
    parsed = sum(tells(judgement) for it in splits for judgement in coder._judge(it).values())
    return f"of {total} sentences the screen passes {screened / total:.1%}, the network {parsed / total:.1%}"


if __name__ == "__main__":
    main()

"""Speed of the stages on this machine, each beside a peer that does a comparable job, in the same run.

    python benchmarks/speed.py [--documents 60]

Reads the sample archive over and over with varied numbers, so that no cache helps; prints documents and words a second
of CPU time of this process, one thread. A peer is a library that users would otherwise take for the job; its results
are not compared here. Nothing is asserted: the numbers are a report.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files

import spacy
from rich.console import Console
from rich.table import Table

from dateline.coding.language import MODEL
from dateline.coding.parser import parse_all
from dateline.coding.registry import open_coder
from dateline.config import load_config
from dateline.grounding.figures import find_figures
from dateline.grounding.gazetteer import open_gazetteer
from dateline.grounding.mentions import ground
from dateline.grounding.places import find_places
from dateline.grounding.sources import find_claims
from dateline.grounding.times import find_times
from dateline.linking import Origins, link
from dateline.reading.inputs import Input, find_inputs
from dateline.reading.reader import read

Measured = tuple[str, float, int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=60)
    wanted = parser.parse_args().documents
    inputs = list(_inputs(wanted))
    table = Table("stage", "docs/s", "words/s", "peer", "docs/s ", "words/s ", box=None, pad_edge=False)
    for ours, peer in _stages(inputs):
        table.add_row(*_cells(ours), *(_cells(peer) if peer else ("", "", "")))
    Console().print(table)


def _inputs(wanted: int) -> Iterator[Input]:
    """Yield the sample archive again and again; each round has a line of its own, so no two texts are the same."""
    folder = str(files("dateline.data") / "sample")
    found = [one for one in find_inputs([folder]) if one.kind == "text"]
    for number in range(wanted):
        one = found[number % len(found)]
        yield Input(one.source, one.kind, one.raw + f"\n\nEdition {number}.\n".encode())


def _stages(inputs: list[Input]) -> Iterator[tuple[Measured, Measured | None]]:
    reports = [report for one in inputs if (report := read(one).report) and report.language == "en"]
    texts = [report.text for report in reports]
    coder, gazetteer = open_coder("rules"), open_gazetteer(load_config().cache)
    coder.code(reports[:2])  # load the model before the clock runs
    pages = [f"<html><body><p>{text}</p></body></html>".encode() for text in texts]
    yield _time("reading: text", texts, lambda: [read(one) for one in inputs]), None
    yield (
        _time("reading: page", texts, lambda: [read(Input("page", "page", page)) for page in pages]),
        _time("justext", texts, lambda: _justext(pages)),
    )
    codings = coder.code(reports)
    pipeline = spacy.load(MODEL)  # all of it: Dateline itself leaves out what it does quicker
    yield (
        _time("coding: rules", texts, lambda: coder.code(reports)),
        _time("spaCy small, all sentences", texts, lambda: list(pipeline.pipe(texts, batch_size=16))),
    )
    yield (
        _time("times", texts, lambda: [find_times(text) for text in texts]),
        _time("dateparser search (first 3)", texts[:3], lambda: _dateparser(texts[:3])),
    )
    yield _time("figures", texts, lambda: [find_figures(text) for text in texts]), None
    parsed = parse_all(texts)
    pairs = list(zip(texts, parsed, strict=True))
    yield _time("places", texts, lambda: [find_places(*pair, gazetteer) for pair in pairs]), None
    yield _time("claims", texts, lambda: [find_claims(*pair) for pair in pairs]), None
    every = list(zip(reports, codings, strict=True))
    mentions = [mention for report, coding in every for mention in ground(report, coding, gazetteer)]
    yield _time("grounding: all", texts, lambda: [ground(*pair, gazetteer) for pair in every]), None
    publishers = {report.id: report.publisher for report in reports}
    yield _time("linking", texts, lambda: link(mentions, Origins(publishers))), None


def _time(name: str, texts: Iterable[str], work: Callable[[], object]) -> Measured:
    texts = list(texts)
    start = time.process_time()
    work()
    return name, time.process_time() - start, len(texts), sum(len(text.split()) for text in texts)


def _cells(measured: Measured) -> tuple[str, str, str]:
    name, seconds, documents, words = measured
    return name, f"{documents / max(seconds, 1e-9):,.1f}", f"{words / max(seconds, 1e-9):,.0f}"


def _justext(pages: list[bytes]) -> list[object]:
    import justext

    stop = justext.get_stoplist("English")
    return [justext.justext(page, stop) for page in pages]


def _dateparser(texts: list[str]) -> list[object]:
    from dateparser.search import search_dates

    return [search_dates(text, languages=["en"]) for text in texts]


if __name__ == "__main__":
    main()

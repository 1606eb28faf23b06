"""The real pipeline with a coder and a grounding that need no model; imported by worker processes."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from dateline.model.codebook import plover
from dateline.model.event import CoderId, Coding, Event, Mention, Status, make_mention
from dateline.model.ground import Figure, Granularity, When
from dateline.model.text import Evidence, Report, Span
from dateline.running.pipeline import Tools, process, quarantine

if TYPE_CHECKING:
    import pyarrow as pa


WORDS = CoderId("words", "1", "abc")


@dataclass(frozen=True)
class WordCoder:
    """Codes each "marched" as PROTEST; on "fabricate" it quotes what is not there."""

    id: CoderId = WORDS
    languages: frozenset[str] = frozenset({"en"})

    def code(self, reports: Sequence[Report], /) -> Sequence[Coding]:
        return [Coding(report.id, tuple(self._events(report))) for report in reports]

    def _events(self, report: Report) -> Iterator[Event]:
        for found in re.finditer("marched|fabricate", report.text):
            quote = found.group() if found.group() == "marched" else "invented"
            trigger = Evidence(found.start(), found.end(), quote)
            clause = Span(found.start(), found.end())
            yield Event(report.id, "PROTEST", None, Status.ASSERTED, trigger, clause, coder=str(self.id))


def ground_figures(report: Report, coding: Coding) -> list[Mention]:
    """Ground events in all numbers of the report, and a day; the number 666 is given with a wrong quote, 911 kills."""
    figures, when = tuple(_figures(report)), _day(report)
    return [make_mention(event, when=when, figures=figures) for event in coding.events]


def _day(report: Report) -> When | None:
    """Return the first day that is told as 1989-10-09."""
    found = re.search(r"\d{4}-\d\d-\d\d", report.text)
    if found is None:
        return None
    day = date.fromisoformat(found.group())
    return When(report.cite(*found.span()), day, day, Granularity.DAY, found.group())


def _figures(report: Report) -> Iterator[Figure]:
    for found in re.finditer(r"(?<![\d-])\d+(?![\d-])", report.text):
        if found.group() == "911":
            os.kill(os.getpid(), signal.SIGKILL)
        quote = "999" if found.group() == "666" else found.group()
        value = int(found.group())
        yield Figure(Evidence(found.start(), found.end(), quote), "people", value, value)


TOOLS = Tools(WordCoder(), ground_figures, plover())


@dataclass(frozen=True)
class WordStage:
    """The real pipeline with a coder and a grounding that need no model."""

    digest: str = "words"
    pause: float = 0.0

    def open(self) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
        return partial(_slowly, pause=self.pause)

    def give_up(self, row: pa.RecordBatch, kind: str, message: str) -> pa.RecordBatch:
        return quarantine(row, kind, message)


def _slowly(batch: pa.RecordBatch, pause: float) -> pa.RecordBatch:
    time.sleep(pause)
    return process(batch, TOOLS)

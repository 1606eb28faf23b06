"""The order of the stages. No other file knows it.

read -> can a coder read its language? -> code -> verify -> ground -> check the quotes     one input at a time
-> link                                                           over all mentions, see `running.relating`
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from dateline.coding.coder import verify
from dateline.coding.registry import open_coder
from dateline.errors import DatelineError, EvidenceError, Issue
from dateline.grounding.gazetteer import open_gazetteer
from dateline.grounding.lexicon import use_names
from dateline.grounding.mentions import ground
from dateline.grounding.own_places import add_places
from dateline.linking import Origins, gists_of, link
from dateline.model.codebook import plover
from dateline.model.event import Coding
from dateline.model.tables import from_table, schema, to_rows
from dateline.reading.inputs import Input
from dateline.reading.reader import read
from dateline.running.batches import input_id
from dateline.storing.blobs import fingerprint
from dateline.storing.results import Outcome, Result
from dateline.storing.writer import guard_mention

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from dateline.coding.coder import Coder
    from dateline.grounding.own_names import Names
    from dateline.grounding.own_places import OwnPlace
    from dateline.model.codebook import Codebook
    from dateline.model.event import Label, Mention
    from dateline.model.incident import Incident
    from dateline.model.text import Evidence, Reading, Report


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages need, opened once a process: a coder, how to ground its events, and the codebook in force."""

    coder: Coder
    ground: Callable[[Report, Coding], Sequence[Mention]]
    codebook: Codebook


@dataclass(frozen=True, slots=True)
class Told:
    """What one input tells: its report, if it gave one; the mentions in it, and what went wrong.

    `labels` are what the coder says of whole sentences, each with the words; none from a coder that does not label.
    """

    report: Report | None
    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()
    labels: tuple[tuple[Label, Evidence], ...] = ()


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The stage from inputs to mentions, as an engine takes it: batches of `Input` to batches of `Result`.

    Attributes:
        coder: its name; None for the default one.
        cache: folder of the compiled gazetteer.
        digest: see `versions.stage_digest`.
        codebook: a codebook of one's own; None for the one that ships.
        names: organisations and figures of one's own.
        places: places of one's own; see `grounding.own_places`.
    """

    coder: str | None
    cache: Path
    digest: str
    codebook: Codebook | None = None
    names: Names = ()
    places: Sequence[OwnPlace] = ()

    def open(self) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
        """Load coder and gazetteer."""
        return partial(process, tools=open_tools(self.coder, self.cache, self.codebook, self.names, self.places))

    def give_up(self, row: pa.RecordBatch, kind: str, message: str) -> pa.RecordBatch:
        """Return the result of an input that cannot be worked on."""
        return quarantine(row, kind, message)


def open_tools(
    coder: str | None,
    cache: Path,
    codebook: Codebook | None = None,
    names: Names = (),
    places: Sequence[OwnPlace] = (),
) -> Tools:
    """Open a coder (None: the default) and the gazetteer, first compiled where there is none; add places of one's own.

    Raises:
        UsageError: if there is no such coder, or it takes no codebook of one's own and one is given.
        CodebookError: if the coder cannot learn from the codebook.
    """
    use_names(names)
    gazetteer = add_places(open_gazetteer(cache), places)
    opened = open_coder(coder, codebook)
    return Tools(opened, lambda report, coding: ground(report, coding, gazetteer), codebook or plover())


def process(batch: pa.RecordBatch, tools: Tools) -> pa.RecordBatch:
    """Read, code and ground the inputs of a batch: one row of `Result` for each row of `Input`."""
    inputs = from_table(Input, pa.Table.from_batches([batch]))
    return _pack([_result(it, told) for it, told in zip(inputs, tell([read(it) for it in inputs], tools), strict=True)])


def quarantine(row: pa.RecordBatch, kind: str, message: str) -> pa.RecordBatch:
    """Return the result of a batch of one input that killed, stalled or broke its worker: an issue, and no report."""
    (input,) = from_table(Input, pa.Table.from_batches([row]))
    advice = "it was set aside: look at it, then run again with --retry"
    issue = Issue("running", kind, f"the report {message}; {advice}", input.source)
    return _pack([replace(_result(input, Told(None, (), (issue,))), outcome=Outcome.QUARANTINED)])


def tell(readings: Sequence[Reading], tools: Tools) -> list[Told]:
    """Return what each reading tells. The coder gets all reports that it can read at once."""
    reports = [reading.report for reading in readings if reading.report and _is_spoken(reading.report, tools.coder)]
    codings = tools.coder.code(reports)
    if [coding.report for coding in codings] != [report.id for report in reports]:
        raise DatelineError(f"coder {tools.coder.id} gave {len(codings)} codings for {len(reports)} reports, or others")
    by_report = {coding.report: coding for coding in codings}
    return [_told(reading, by_report, tools) for reading in readings]


def tell_alone(reading: Reading, tools: Tools) -> tuple[Told, tuple[Incident, ...]]:
    """Return what one reading tells, and the incidents in it as if there were no other report."""
    (told,) = tell([reading], tools)
    origins = Origins({told.report.id: told.report.publisher} if told.report else {})
    gists = gists_of(told.report, told.mentions) if told.report else {}
    return told, link(told.mentions, origins, gists=gists).incidents


def _told(reading: Reading, codings: dict[str, Coding], tools: Tools) -> Told:
    report = reading.report
    if report is None:
        return Told(None, (), reading.issues)
    if report.id not in codings:
        return Told(report, (), (*reading.issues, _unspoken(report, tools.coder)))
    coding = verify(report, codings[report.id], tools.codebook)
    mentions, doubts = _standing(report, tools.ground(report, coding))
    return Told(report, mentions, (*reading.issues, *_of(report, coding.issues), *doubts), _labels(report, coding))


def _labels(report: Report, coding: Coding) -> tuple[tuple[Label, Evidence], ...]:
    sentences = [coding.sentences[label.sentence] for label in coding.labels or ()]
    words = [report.cite(sentence.start, sentence.end) for sentence in sentences]
    return tuple(zip(coding.labels or (), words, strict=True))


def _is_spoken(report: Report, coder: Coder) -> bool:
    """Say whether a coder can read a report. One whose language could not be told is tried: it may be a short one."""
    return report.language is None or report.language in coder.languages


def _unspoken(report: Report, coder: Coder) -> Issue:
    known = ", ".join(sorted(coder.languages))
    message = f"a report in language {report.language!r} given; coder {coder.id.name} reads {known}: kept, not coded"
    return Issue("coding", "unknown-language", message, report.source, report.id)


def _of(report: Report, issues: Sequence[Issue]) -> list[Issue]:
    """Return a coder's issues with the report they are about, where the coder did not say."""
    return [replace(it, source=it.source or report.source, report=it.report or report.id) for it in issues]


def _standing(report: Report, mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], list[Issue]]:
    """Return the mentions whose every quote stands in the report, once each, and an issue for each of the others."""
    kept: dict[str, Mention] = {}
    doubts: list[Issue] = []
    for mention in mentions:
        try:
            guard_mention(report, mention)
        except EvidenceError as error:
            doubts.append(Issue("grounding", "false-quote", str(error), report.source, report.id))
            continue
        if mention.id in kept:
            message = f"{mention.type} at [{mention.trigger.start}, {mention.trigger.end}) given twice; one was kept"
            doubts.append(Issue("coding", "same-event-twice", message, report.source, report.id))
        kept.setdefault(mention.id, mention)
    return tuple(kept.values()), doubts


def _result(input: Input, told: Told) -> Result:
    return Result(
        input=input_id(input),
        source=input.source,
        raw=fingerprint(input.raw),
        content=input.raw if told.report else None,
        outcome=Outcome.READ if told.report else Outcome.UNREADABLE,
        report=told.report,
        mentions=told.mentions,
        issues=told.issues,
    )


def _pack(results: Sequence[Result]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(to_rows(results), schema=schema(Result))

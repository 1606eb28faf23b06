"""One run: inputs through an engine into a project, links over all of it, and the commit.

A run can be killed at any instant and made again with the same command: finished shards are taken up, nothing is lost
and nothing is there twice, and the project is in the end the same, to the byte, but for the clock in the manifest.
"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyarrow as pa

from dateline.coding.registry import open_coder
from dateline.errors import UsageError
from dateline.grounding.gazetteer import open_gazetteer
from dateline.grounding.own_names import load_names
from dateline.grounding.own_places import read_places
from dateline.model.codebook import codebook_bytes, codebook_digest, load_codebook, plover
from dateline.model.publisher import read_bytes, registry_of, shipped_registry
from dateline.model.review import log_of, reviewed
from dateline.model.tables import schema
from dateline.model.text import digest
from dateline.reading.inputs import NOTHING_GIVEN, Given, find_inputs
from dateline.running import versions
from dateline.running.allocating import from_the_system
from dateline.running.batches import cut, input_id
from dateline.running.local import Local
from dateline.running.pipeline import Pipeline
from dateline.running.relating import MOST_ASKED, relate
from dateline.storing.answers import Counts
from dateline.storing.archive import WORK
from dateline.storing.database import open_database, over
from dateline.storing.manifest import Clock, Manifest
from dateline.storing.results import Result
from dateline.storing.writer import Provenance, Writer, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dateline.config import Config
    from dateline.model.decision import Decision
    from dateline.model.publisher import Registry
    from dateline.reading.inputs import Input
    from dateline.running.engine import Engine, Stage


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        done: inputs whose results are stored, those that were there before included.
        skipped: of these, inputs that an earlier run had read already.
        mentions, issues: what the others gave.
    """

    done: int = 0
    skipped: int = 0
    mentions: int = 0
    issues: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, and what the project holds now.

    Attributes:
        run: its id; None if there was nothing new, and so nothing was written.
        inputs, skipped: how many inputs there were, and how many of them an earlier run had read already.
        added: rows by noun and inputs by outcome, as in the manifest; empty if nothing was written.
        total: what is current in the project.
        unused: judgements and decisions on mentions that are not there.
        seconds: wall-clock time.
    """

    project: Path
    run: str | None
    inputs: int
    skipped: int
    added: dict[str, int]
    total: Counts
    unused: int
    seconds: float


def run(
    paths: Sequence[str],
    project: Path,
    config: Config,
    *,
    given: Given = NOTHING_GIVEN,
    retry: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Read, code, ground and link what the paths hold, and add it to a project, which is made if there is none.

    Args:
        paths: files, folders, or `-` for standard input.
        project: a folder, new or of an earlier run.
        config: coder, codebook, places of one's own, workers, time budget and cache.
        given: what is known about all inputs.
        retry: read again the inputs that were set aside because they killed or stalled their worker.
        progress: called after each batch.

    Raises:
        UsageError: for paths that do not exist, and for a project inside of what is to be read.
        CodebookError: if a codebook of one's own cannot be used.
        ConfigError: if a file of places, names or publishers of one's own cannot be used.
        ArchiveError: if the project is in use or damaged.
    """
    inputs = find_inputs(paths, given)
    _check_apart(project, paths)
    own = load_codebook(config.codebook) if config.codebook else None
    places = read_places(config.places) if config.places else ()
    publishers = read_bytes(config.publishers) if config.publishers else None
    registry = registry_of(publishers, str(config.publishers))
    open_gazetteer(config.cache)  # compiled once here, not by each worker at the same time
    names = load_names(config.actors) if config.actors else ()
    coder, codebook = open_coder(config.coder, own).id, own or plover()
    options = (codebook_digest(codebook), *([digest([*map(str, names)])] if names else []), *map(repr, places))
    stage = Pipeline(config.coder, config.cache, versions.stage_digest(coder, *options), own, names, places)
    provenance = Provenance(
        stage.digest,
        versions.linker_digest(publishers),
        versions.with_publishers(versions.versions(coder, codebook), publishers),
        codebook_bytes(codebook),
        publishers,
    )
    engine = Local(project / WORK, config.workers, config.budget)
    with writing(project, stage.digest, retry=retry) as writer:
        return Run(writer, stage, engine, progress).carry_out(inputs, provenance, registry)


class Run:
    """One run on its way."""

    def __init__(
        self, writer: Writer, stage: Stage, engine: Engine, progress: Callable[[Progress], None] | None = None
    ) -> None:
        self._writer = writer
        self._stage = stage
        self._engine = engine
        self._progress = progress or (lambda _: None)
        self._skipped = 0
        self._folder = writer.archive.folder

    def carry_out(self, inputs: Iterable[Input], provenance: Provenance, registry: Registry | None = None) -> Summary:
        """Do all of it and return the summary."""
        clock, began = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
        with closing(self._engine.map(self._stage, cut(self._fresh(inputs)))) as results:
            for result in results:
                self._writer.append(result)
                self._tell()
        unused, manifest = 0, None
        judgements, decisions = self._writer.archive.judgements(), self._writer.archive.counting()
        if self._writer.has_news(provenance, judgements, decisions):
            unused = self._review(decisions)
            with from_the_system(), over(self._writer.files(), self._folder / WORK, MOST_ASKED) as database:
                memory = self._writer.archive.memory(provenance.linker)
                known = registry or shipped_registry()
                related = relate(database, list(judgements.values()), known, memory, self._folder / WORK)
                self._writer.relate(related.tables)
            unused += len(related.unused)
            took = Clock(clock, round(time.monotonic() - began, 3))
            manifest = self._writer.commit(provenance, judgements, took, decisions)
        self._tidy()
        return self._summary(manifest, unused, time.monotonic() - began)

    def _review(self, decisions: Mapping[str, Decision]) -> int:
        """Work out what people's decisions come to, and return how many are on mentions that are not there."""
        if not decisions:
            return 0
        with over(self._writer.files(), self._folder / WORK) as database:
            mentions = database.coded_of(sorted({it.about.report for it in decisions.values()}))
        log = log_of(decisions, mentions)
        self._writer.review(reviewed(it, log.about[it.id].values()) for it in mentions if it.id in log.about)
        return len(log.unused)

    def _fresh(self, inputs: Iterable[Input]) -> Iterator[Input]:
        for input in inputs:
            if self._writer.claim(input_id(input)):
                yield input
            else:
                self._skipped += 1

    def _tell(self) -> None:
        tally = self._writer.tally
        self._progress(Progress(self._skipped + tally["readings"], self._skipped, tally["mentions"], tally["issues"]))

    def _tidy(self) -> None:
        """Remove the shards whose every input is in the project now."""
        for path in sorted((self._folder / WORK).glob("*.arrow")):
            if self._writer.has_read(_inputs_in(path)):
                path.unlink()

    def _summary(self, manifest: Manifest | None, unused: int, seconds: float) -> Summary:
        with open_database(self._folder) as database:
            total = database.counts()
        return Summary(
            project=self._folder,
            run=manifest.run if manifest else None,
            inputs=self._skipped + self._writer.tally["readings"],
            skipped=self._skipped,
            added=dict(manifest.counts) if manifest else {},
            total=total,
            unused=unused,
            seconds=round(seconds, 3),
        )


def _inputs_in(shard: Path) -> list[str]:
    """Return the inputs whose results are in a shard, reading nothing else of it; none if the file is damaged."""
    only = pa.ipc.IpcReadOptions(included_fields=[schema(Result).get_field_index("input")])
    try:
        with pa.memory_map(str(shard)) as file, pa.ipc.open_stream(file, options=only) as reader:
            return cast("list[str]", reader.read_next_batch().column(0).to_pylist())
    except pa.ArrowInvalid:
        return []


def _check_apart(project: Path, paths: Sequence[str]) -> None:
    """Raise `UsageError` if a run would read its own project."""
    home = project.resolve()
    for path in paths:
        if path != "-" and home.is_relative_to(Path(path).resolve()):
            raise UsageError(
                f"project {project} lies inside {path!r}, which is to be read; name a folder outside of it"
            )

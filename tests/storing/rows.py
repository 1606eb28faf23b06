"""Small true-to-life rows for tests of the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from dateline.errors import Issue
from dateline.model.event import Event, Mention, Status, make_mention
from dateline.model.ground import Figure, Granularity, When
from dateline.model.incident import Incident, Link
from dateline.model.tables import schema, to_rows, to_table
from dateline.model.text import Published, PublishedBasis, Report, digest, make_report
from dateline.storing.blobs import fingerprint
from dateline.storing.manifest import Clock, Manifest
from dateline.storing.results import Outcome, Result
from dateline.storing.writer import Provenance, Writer, writing

TEXT = "On 12 May nine people marched in Kassel. Police arrested two."

PROVENANCE = Provenance("a" * 64, "linker-1", (("dateline", "0.1.0"),))

CLOCK = Clock("2026-01-01T00:00:00+00:00", 1.5)


def report(text: str = TEXT, source: str = "a.txt", publisher: str | None = None) -> Report:
    published = Published(date(2024, 5, 13), PublishedBasis.GIVEN)
    about = {"raw": fingerprint(text.encode()), "source": source, "publisher": publisher, "language": "en"}
    return make_report(text, published=published, **about)


def mention(of: Report, word: str = "marched", kind: str = "PROTEST") -> Mention:
    start = of.text.index(word)
    trigger = of.cite(start, start + len(word))
    event = Event(of.id, kind, None, Status.ASSERTED, trigger, trigger.span, coder="rules/1+abc")
    when = When(of.cite(3, 9), date(2024, 5, 12), date(2024, 5, 12), Granularity.DAY, "2024-05-12")
    return make_mention(event, when=when, figures=(Figure(of.cite(10, 14), "people", 9, 9),))


def result(of: Report, *mentions: Mention, issues: tuple[Issue, ...] = ()) -> Result:
    content = of.text.encode()
    identity = digest([of.source, fingerprint(content)])
    return Result(identity, of.source, of.raw, content, Outcome.READ, of, mentions, issues)


def failed(source: str, outcome: Outcome = Outcome.UNREADABLE) -> Result:
    issue = Issue("reading", "empty", "nothing given; expected a text", source)
    return Result(digest([source]), source, fingerprint(b""), None, outcome, None, (), (issue,))


def batch(*results: Result) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(to_rows(results), schema=schema(Result))


def incident(*mentions: Mention, **about: object) -> Incident:
    ids = tuple(sorted(mention.id for mention in mentions))
    reports = tuple(sorted({mention.report for mention in mentions}))
    fields = {"earliest": date(2024, 5, 12), "latest": date(2024, 5, 12), **about}
    first = mentions[0]
    return Incident(digest(ids), first.type, None, Status.ASSERTED, ids, reports, 1, **fields)  # type: ignore[arg-type]


def fill(writer: Writer, *results: Result) -> Manifest:
    """Add results and commit them, with one incident a mention and a link between the first two."""
    writer.append(batch(*results))
    mentions = [mention for result in results for mention in result.mentions]
    ids = sorted(mention.id for mention in mentions)
    links = [Link(ids[0], ids[1], 0.9, ("same day",))] if len(ids) > 1 else []
    incidents = [incident(it) for it in mentions]
    writer.relate([("links", to_table(Link, links)), ("incidents", to_table(Incident, incidents))])
    return writer.commit(PROVENANCE, (), CLOCK)


def regroup(folder: Path, stage: str, results: list[Result], *groups: tuple[Mention, ...]) -> list[str]:
    """Commit a run with these incidents, and return their ids."""
    incidents = sorted((incident(*group) for group in groups), key=lambda it: it.id)
    with writing(folder, stage) as writer:
        if results:
            writer.append(batch(*results))
        writer.relate([("incidents", to_table(Incident, incidents))])
        writer.commit(Provenance(stage, PROVENANCE.linker, PROVENANCE.versions), (), CLOCK)
    return [incident(*group).id for group in groups]


def two_reports() -> tuple[Result, Result]:
    first, second = report(), report("On 12 May some people marched.", "b.txt", "Radio Nord")
    return result(first, mention(first), mention(first, "arrested", "COERCE")), result(second, mention(second))


def tree(project: Path) -> dict[str, bytes]:
    """Return all files of a project but the lock and unfinished work."""
    paths = (path for path in sorted(project.rglob("*")) if path.is_file())
    named = {path.relative_to(project).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith((".", "work/"))}


def bare(results: Sequence[Result]) -> list[str]:
    return [result.source for result in results]

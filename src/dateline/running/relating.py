"""Links and copies over all that is current in a project, worked out for what is new since its last run: `relate`.

Every report is read once, when it is new: what linking needs of it goes into the project's memory (`model.memory`).
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dateline.linking import (
    Gist,
    Origins,
    Task,
    gists_of,
    imprint_of,
    is_real,
    profile_of,
    recopy,
    relink,
    trait_of,
)
from dateline.linking.columns import distinct, marked, numbers, split
from dateline.linking.relations import lead, promising, relations_of, ties_since
from dateline.model.copies import Copy
from dateline.model.decided import Decided, decide
from dateline.model.event import Mention
from dateline.model.incident import Incident
from dateline.model.judgement import Judgement
from dateline.model.memory import IMPRINTS, TRAITS
from dateline.model.publisher import owner_of
from dateline.model.relation import Relation
from dateline.model.tables import from_rows, from_table, to_table
from dateline.running.garbage import unsearched
from dateline.storing import relating
from dateline.storing.aside import Aside
from dateline.storing.merging import ordered
from dateline.storing.results import SINCE
from dateline.storing.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from dateline.linking import Profile, Recopied, Relinked
    from dateline.linking.columns import Marks, Numbers
    from dateline.linking.relations import Tied
    from dateline.model.judgement import Word
    from dateline.model.memory import Memory
    from dateline.model.publisher import Registry
    from dateline.storing.database import Database

Tables = list[tuple[str, pa.Table]]

ROWS_AT_ONCE = 20_000

MOST_ASKED = "3GB"
"""Memory for questions to the project; what needs more is done on disk."""

MOST_HELD = 250_000
"""Mentions that are kept at hand, some 5 kB each, unless one question needs more."""

MOST_READ = 2_000_000
"""Mentions of a project whose rows are read at one go by a run that adds to it, some 1 kB each."""


@dataclass(frozen=True, slots=True)
class Related:
    """What linking found.

    Attributes:
        tables: rows of links, incidents, copies, relations and memory, each after its noun; to be gone through once.
        unused: judgements on mentions that are not there (any more).
    """

    tables: Iterator[tuple[str, pa.Table]]
    unused: tuple[Judgement, ...]


@unsearched()
def relate(database: Database, words: Sequence[Word], registry: Registry, memory: Memory, spill: Path) -> Related:
    """Link all current mentions of a project, and find which of its reports are copies.

    Args:
        database: the project, with its last links, incidents and copies.
        words: people's judgements and withdrawals.
        registry: of publishers.
        memory: what the last run left, if the linker is the same.
        spill: folder for what is too large for memory; nothing stays there.
    """
    current = relating.current_mentions(database)
    reports = relating.current_reports(database)
    aside = Aside(spill, len(memory.traits))
    told = Told(database, is_held=len(memory.traits) > 0 and len(current) <= MOST_READ)
    seen = _places(_named(current), _named(memory.traits))
    unread = reports.filter(~_are_in(reports, memory.imprints["report"])) if len(memory.imprints) else None
    traits, imprints = _learn(told, unread, current.filter(seen < 0), aside)
    known = _Known(
        database,
        told,
        registry,
        spill,
        aside,
        pa.concat_tables([memory.traits, traits]).combine_chunks(),
        pa.concat_tables([memory.imprints, imprints]),
    )
    recopied = recopy(known.imprints, known.is_in_use(reports), memory, lambda ids: relating.texts_of(database, ids))
    known.copies = _copies(database if len(memory.imprints) else None, recopied, known.imprints)
    decided, judged = _decide(told, words)
    places = known.places_in(judged), known.places_in(_recopied(recopied, known.imprints))
    is_current = marked(np.concatenate([seen[seen >= 0], np.arange(aside.first, len(known.traits))]), len(known.traits))
    task = Task(known.traits, is_current, decided, *places, known.fetch, known.origins)
    ties = ties_since(task.traits, task.chosen(), memory)
    relinked = relink(task, memory)
    memories: Tables = [("traits", traits), ("imprints", imprints), ("matched", recopied.matched)]
    memories += [relinked.compared, ("clustered", relinked.clustered), ("copies", known.copies)]
    tables = _tables(memories, known, relinked, is_new=not len(memory.traits))
    return Related(_closing(aside, _with_relations(tables, database, task, relinked, ties)), decided.unused)


def _closing(aside: Aside, tables: Iterator[tuple[str, pa.Table]]) -> Iterator[tuple[str, pa.Table]]:
    with closing(aside), unsearched():
        yield from tables


def _words(table: pa.Table, name: str) -> list[str]:
    return cast("list[str]", table[name].to_pylist())


def _named(table: pa.Table) -> pa.ChunkedArray[Any]:
    """Return mention and version of each row, as one name."""
    sides: list[Any] = [table["mention"], table["version"]]
    return cast("pa.ChunkedArray[Any]", pc.binary_join_element_wise(*sides, " "))


def _are_in(some: pa.ChunkedArray[Any], known: pa.ChunkedArray[Any] | pa.Array[Any]) -> Marks:
    return cast("Marks", pc.is_in(some, known).to_numpy())


def _places(some: pa.ChunkedArray[Any], known: pa.ChunkedArray[Any]) -> Numbers:
    """Return the place of each word among the known ones, -1 where it is none of them."""
    found: Any = pc.index_in(some, known)
    return cast("Numbers", found.fill_null(-1).to_numpy().astype(np.int64))


def _learn(told: Told, unread: pa.ChunkedArray[Any] | None, fresh: pa.Table, aside: Aside) -> tuple[pa.Table, pa.Table]:
    """Lay mentions aside that are not remembered as they are, and return what is to be remembered of all this.

    Args:
        told: the mentions.
        unread: the reports that were never read; None for all.
        fresh: the mentions, as `relating.current_mentions`; others in their reports are remembered and not read again.
        aside: where to lay the mentions.
    """
    traits, imprints = [TRAITS.empty_table()], [IMPRINTS.empty_table()]
    new = None if unread is None else set(cast("list[str]", unread.to_pylist()))
    reports = None if new is None else sorted(new.union(_words(fresh, "report")))
    versions = dict(zip(_words(fresh, "mention"), _words(fresh, "version"), strict=True))
    rows: list[dict[str, object]] = []
    prints: list[dict[str, object]] = []
    for report, all_rows in told.by(reports):
        own = [row for row in all_rows if row["id"] in versions]
        aside.put(own)
        mentions = from_rows(Mention, own)
        gists = gists_of(report, mentions)
        prints += [imprint_of(report)] if new is None or report.id in new else []
        rows += [trait_of(profile_of(it, gists[it.id], 1), versions[it.id]) for it in mentions]
        if len(rows) + len(prints) > ROWS_AT_ONCE:
            traits.append(pa.Table.from_pylist(rows, schema=TRAITS))
            imprints.append(pa.Table.from_pylist(prints, schema=IMPRINTS))
            rows, prints = [], []
    traits.append(pa.Table.from_pylist(rows, schema=TRAITS))
    imprints.append(pa.Table.from_pylist(prints, schema=IMPRINTS))
    return pa.concat_tables(traits), pa.concat_tables(imprints)


def _copies(database: Database | None, recopied: Recopied, imprints: pa.Table) -> pa.Table:
    """Return all copies: those of the last run that still hold, if it is remembered, and the new ones."""
    names, new = imprints["report"], to_table(Copy, recopied.copies)
    lost = [sorted((names[a].as_py(), names[b].as_py())) for a, b in zip(*split(recopied.lost), strict=True)]
    kept = [relating.kept_copies(database, [(a, b) for a, b in lost]).cast(new.schema)] if database else []
    return ordered(pa.concat_tables([*kept, new]), ("left", "right"))


def _recopied(recopied: Recopied, imprints: pa.Table) -> set[str]:
    """Return the reports of which it is not the same as before what they share with others."""
    names = imprints["report"]
    lost = {names[place].as_py() for place in distinct(np.concatenate(split(recopied.lost))).tolist()}
    return lost | {name for copy in recopied.copies for name in (copy.left, copy.right)}


def _decide(told: Told, words: Sequence[Word]) -> tuple[Decided, set[str]]:
    """Return what people's words come to, and the reports that they speak of or spoke of."""
    reports = {it.report for word in words if isinstance(word, Judgement) for it in (*word.left, *word.right)}
    mentions = told.of(sorted(reports)) if reports else []
    return decide(words, [it for it in mentions if is_real(it.status)]), reports


@dataclass(slots=True)
class _Known:
    """All that is remembered, with where to find the rest."""

    database: Database
    told: Told
    registry: Registry
    spill: Path
    aside: Aside
    traits: pa.Table
    imprints: pa.Table
    copies: pa.Table = field(init=False)
    last: dict[int, Profile] = field(default_factory=dict)
    reads: Numbers | None = None

    def is_in_use(self, reports: pa.ChunkedArray[Any]) -> Marks:
        """Say of each imprint whether it is of one of these reports."""
        return _are_in(self.imprints["report"], reports)

    def places_in(self, reports: set[str]) -> Numbers:
        """Return the places of the mentions of these reports."""
        return np.flatnonzero(_are_in(self.traits["report"], pa.array(sorted(reports), pa.string())))

    def fetch(self, places: Numbers, crowds: Numbers) -> dict[int, Profile]:
        """Return the profiles of some places and those still at hand, given the crowd of each."""
        missing = [place for place in places.tolist() if place not in self.last]
        rows = self.traits.select(["mention", "report", "near", "sides"]).take(np.array(missing, np.int64)).to_pylist()
        wholes = self._wholes(np.array(missing, np.int64))
        is_room = len(self.last) + len(missing) <= MOST_HELD
        found = dict(self.last) if is_room else {it: self.last[it] for it in places.tolist() if it in self.last}
        for (place, row), mention in zip(zip(missing, rows, strict=True), self._mentions(missing, rows), strict=True):
            gist = Gist(frozenset(row["near"]), wholes[mention.report], sides=tuple(row["sides"]))
            found[place] = profile_of(mention, gist, int(crowds[place]))
        self.last = found
        return found

    def _mentions(self, places: Sequence[int], rows: Sequence[Mapping[str, Any]]) -> Iterator[Mention]:
        """Yield the mentions of these places, sorted, whose traits these are: old ones first."""
        old = [row["mention"] for place, row in zip(places, rows, strict=True) if place < self.aside.first]
        found = {it.id: it for it in self.told.some(sorted(old))} if old else {}
        yield from (found[name] for name in old)
        yield from self.aside.take(places[len(old) :])

    def _wholes(self, places: Numbers) -> dict[str, frozenset[str]]:
        """Return the names in the reports of these mentions."""
        if self.reads is None:
            self.reads = _places(self.traits["report"], self.imprints["report"])
        rows = self.imprints.select(["report", "names"]).take(distinct(self.reads[places])).to_pylist()
        return {row["report"]: frozenset(row["names"]) for row in rows}

    def origins(self, reports: set[str]) -> Origins:
        """Return where these reports come from."""
        publishers: dict[str, str | None] = {}
        owners: dict[str, str] = {}
        days: dict[str, int] = {}
        for name, publisher, url, day in relating.sources_of(self.database, sorted(reports)):
            publishers[name] = publisher
            if day:
                days[name] = day.toordinal()
            if owner := owner_of(self.registry.find(publisher, url)):
                owners[name] = owner
        some = pa.array(sorted(reports), pa.string())
        both = pc.and_(pc.is_in(self.copies["left"], some), pc.is_in(self.copies["right"], some))
        copies = from_table(Copy, self.copies.filter(both))
        return Origins(publishers, owners, {(it.left, it.right): it for it in copies}, days)


def _tables(memories: Tables, known: _Known, relinked: Relinked, *, is_new: bool) -> Iterator[tuple[str, pa.Table]]:
    """Yield memories, and links and incidents: new ones, and those that still hold if the last run is remembered.

    Of links what has changed, if that is all that is to be remembered of the pairs compared.
    """
    yield from memories
    with closing(relating.Spool(known.spill)) as spool:
        for links in relinked.links:
            spool.add("links", links)
        for incidents in relinked.incidents:
            spool.add("incidents", to_table(Incident, incidents))
        unlinked = None if is_new else relinked.unlinked
        dropped = None if is_new else _words(known.traits.take(relinked.dropped), "mention")
        if relinked.compared[0] in SINCE.values():
            yield from ((SINCE["links"], table) for table in spool.links_since(known.database, relinked.unlinked))
        else:
            yield from (("links", table) for table in spool.links(known.database, unlinked))
        if dropped is not None and relating.are_added(
            known.database, "incidents", spool.rows["incidents"] + len(dropped)
        ):
            yield from ((SINCE["incidents"], table) for table in spool.incidents_since(known.database, dropped))
        else:
            yield from (("incidents", table) for table in spool.incidents(known.database, dropped))


def _with_relations(
    tables: Iterator[tuple[str, pa.Table]], database: Database, task: Task, relinked: Relinked, ties: Tied
) -> Iterator[tuple[str, pa.Table]]:
    """Yield these tables, and how the incidents in them, and those that are as they were, are related."""
    told: list[pa.Table] = []
    for noun, table in tables:
        if noun in ("incidents", SINCE["incidents"]):
            told.append(table.select(["id", "mentions"]))
        yield noun, table
    leads = lead(ties, numbers(relinked.clustered, "crowd"), task.fetch)
    found = promising(leads, task.traits)
    asked = {name for it in found for name in (it.mention, it.of)}
    asked |= {name for _, a, b in task.decided.related for name in (a, b)}
    home = {name: identity for some in told for name, identity in _homes(some, asked)}
    if rest := sorted(asked - home.keys()):
        home |= _homes(relating.homes_of(database, rest), set(rest))
    yield "leads", leads
    yield "relations", to_table(Relation, relations_of(found, home, task.decided))


def _homes(incidents: pa.Table, mentions: set[str]) -> Iterator[tuple[str, str]]:
    """Yield those of these mentions that are in incidents, each with the id of its own."""
    table = incidents.combine_chunks()
    names: Any = pc.list_flatten(table["mentions"])
    found = pc.indices_nonzero(pc.is_in(names, pa.array(sorted(mentions), pa.string())))
    rows = pc.list_parent_indices(table["mentions"]).take(found)
    yield from zip(names.take(found).to_pylist(), table["id"].take(rows).to_pylist(), strict=True)

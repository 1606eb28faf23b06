"""What a stage answers for each input, `Result`, and what the archive notes of it, `Receipt`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from dateline.errors import Issue
from dateline.model.copies import Copy
from dateline.model.event import Mention
from dateline.model.incident import Incident, Link
from dateline.model.memory import CLUSTERED, COMPARED, COMPARED_SINCE, IMPRINTS, LEADS, MATCHED, TRAITS
from dateline.model.relation import Relation
from dateline.model.tables import schema
from dateline.model.text import Report


class Outcome(StrEnum):
    """What became of an input.

    `read`: it gave a report that was new, or new to this stage. `duplicate`: it gave a report that another input had
    given already. `unreadable`: it gave none, and an issue says why. `quarantined`: it killed or stalled its worker.
    """

    READ = "read"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Result:
    """A row of a stage's answer: all that one input gave.

    Attributes:
        input: the input's fingerprint: a hash of its name, its bytes and what was known about them.
        source: the input as the user named it.
        raw: sha256 of the bytes.
        content: the bytes themselves where they gave a report, to be kept beside it.
    """

    input: str
    source: str
    raw: str
    content: bytes | None
    outcome: Outcome
    report: Report | None = None
    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an input was read: by which stage, with which outcome, and which report it gave."""

    input: str
    source: str
    raw: str
    outcome: Outcome
    report: str | None
    stage: str


_RUN = pa.field("run", pa.int32(), nullable=False)
_INPUT = pa.field("input", pa.string(), nullable=False)

PARTS: dict[str, pa.Schema] = {
    "readings": schema(Receipt).append(_RUN),
    "reports": schema(Report).append(_RUN),
    "mentions": schema(Mention).append(_RUN),
    "issues": schema(Issue).append(_INPUT).append(_RUN),
    "links": schema(Link),
    "incidents": schema(Incident),
    "copies": schema(Copy),
    "relations": schema(Relation),
    "reviewed": schema(Mention),
}
"""The tables of an archive. `run` is the number of the run that added the row."""

GROWING = ("readings", "reports", "mentions", "issues")
"""Tables that every run adds to. The others are computed anew by each run from all mentions."""

MEMORY: dict[str, pa.Schema] = {
    "traits": TRAITS,
    "imprints": IMPRINTS,
    "compared": COMPARED,
    "compared_since": COMPARED_SINCE,
    "clustered": CLUSTERED,
    "matched": MATCHED,
    "leads": LEADS,
}
"""What linking remembers for the next run; see `model.memory`."""

SINCE = {"links": "links_since", "incidents": "incidents_since", "compared": "compared_since"}
"""Large tables of which a run writes what has changed, under another name, instead of the whole (`memory.is_added`).

What holds is the last whole one with the changes of all runs after it. A run that wrote changes has such a part, if an
empty one; a run that has none wrote the whole.
"""

_IS_GONE = pa.field("is_gone", pa.bool_(), nullable=False)

CHANGES: dict[str, pa.Schema] = {
    SINCE[noun]: pa.schema([it.with_nullable(True) for it in PARTS[noun]]).append(_IS_GONE).append(_RUN)
    for noun in ("links", "incidents")
}
"""Changes of tables of an archive. `is_gone`: the row with this key no longer holds, and nothing else of it is told; a
run that puts another in its place writes both."""

KEYS = {"links": ("left", "right"), "incidents": ("id",)}
"""The columns by which a row of such a table is told from others."""

ADDED = ("traits", "imprints")
"""Of these, what every run adds to, as long as the linker is the same."""

"""People's words in a project: give one on incidents or mentions, take it back, and see how each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.model.decided import decide, standing
from dateline.model.event import Mention
from dateline.model.judgement import Judgement, Withdrawal
from dateline.model.tables import from_rows
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database, stream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from dateline.model.decided import Conflict, Decided
    from dateline.model.judgement import Word

_NAMED = """
SELECT id, mentions FROM incidents WHERE starts_with(id, $start)
UNION ALL BY NAME SELECT id, [id] AS mentions FROM mentions WHERE starts_with(id, $start)
"""
_JUDGED = "SELECT * FROM mentions WHERE report IN (SELECT unnest($ids))"


class State(StrEnum):
    """How a judgement stands.

    `counts`: it is weighed and contradicted by nobody. `open`: it is part of a conflict that nobody has settled.
    `replaced`: the same person said something later, or somebody settled it. `withdrawn`: taken back. `unused`: what it
    is about is not in the project (any more).
    """

    COUNTS = "counts"
    OPEN = "open"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Heard:
    """All words of a project.

    Attributes:
        words: judgements and withdrawals by id, oldest first.
        states: how each judgement stands, by id.
        conflicts: what is open, and between which judgements.
    """

    words: Mapping[str, Word]
    states: Mapping[str, State]
    conflicts: tuple[Conflict, ...]


def mentions_named(project: Path, name: str) -> list[Mention]:
    """Return the mentions of an incident, or one mention, for a judgement on it.

    Args:
        project: the folder.
        name: id of an incident or a mention, or a beginning that no other id has.

    Raises:
        UsageError: if it is the id of none in the project, or of more than one.
        ArchiveError: if the folder is no project.
    """
    with open_database(project) as database:
        rows = [row for rows in stream(database.ask(_NAMED, {"start": name})) for row in rows] if name else []
        if len(rows) != 1:
            raise UsageError(
                f"id {name!r} given, with which {len(rows)} incidents and mentions begin; expected one: "
                "the explorer shows ids at the foot of each page"
            )
        return database.mentions(rows[0]["mentions"])


def withdraw_in(project: Path, judgement: str, *, who: str, when: datetime, reason: str = "") -> str:
    """Take back a judgement of one's own and return the id of the withdrawal. It counts from the next run on.

    Args:
        project: the folder.
        judgement: its id, or a beginning that no other has.
        who: its author.
        when: with its time zone.
        reason: in words.

    Raises:
        UsageError: if there is no such judgement, or it is somebody else's.
    """
    archive = open_archive(project)
    known = [name for name, word in archive.judgements().items() if isinstance(word, Judgement)]
    found = [name for name in known if judgement and name.startswith(judgement)]
    if len(found) != 1:
        raise UsageError(
            f"judgement {judgement!r} given, with which {len(found)} of {len(known)} judgements begin; expected one: "
            "`dateline judgements list` shows them"
        )
    return archive.judge(Withdrawal(found[0], who, when, reason))


def heard(project: Path) -> Heard:
    """Return all words of a project and how each of them stands.

    Raises:
        ArchiveError: if the folder is no project, or a judgement in it is damaged.
    """
    words = open_archive(project).judgements()
    judgements = {name: word for name, word in words.items() if isinstance(word, Judgement)}
    reports = sorted({it.report for word in judgements.values() for it in (*word.left, *word.right)})
    with open_database(project) as database:
        rows = [row for rows in stream(database.ask(_JUDGED, {"ids": reports})) for row in rows] if reports else []
    decided = decide(words.values(), from_rows(Mention, rows))
    return Heard(words, states_of(words, decided), decided.conflicts)


def states_of(words: Mapping[str, Word], decided: Decided) -> dict[str, State]:
    """Return how each judgement among these words stands, by id, given what they decide."""
    kept = standing(words.values())
    return {name: _state(name, it, kept, decided) for name, it in words.items() if isinstance(it, Judgement)}


def _state(name: str, word: Judgement, kept: Mapping[str, Judgement], decided: Decided) -> State:
    if name not in kept:
        return State.WITHDRAWN
    if word in decided.unused:
        return State.UNUSED
    if any(name in conflict.judgements for conflict in decided.conflicts):
        return State.OPEN
    return State.COUNTS if name in decided.heard else State.REPLACED

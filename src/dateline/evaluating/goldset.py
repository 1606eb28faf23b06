"""A gold set, the records of its file, and what became of each: `GoldSet`, `load`, `Outcome`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.errors import MissingDataError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from dateline.evaluating.metrics import Tally
    from dateline.evaluating.stages import Stages

Record = dict[str, Any]
"""One line of a gold file. `load` adds `folder`, the folder of the set, for sets that keep files beside it, and `gold`,
the folder of all gold sets, for sets that draw on others."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one gold unit: its counts, and labels for a person to look at.

    Attributes:
        id: the record's id.
        tally: sums that the set's `measure` turns into scores.
        gold, found: labels, never text; of places and times only the offsets of those on which the two differ.
        group: the unit that is resampled for intervals (the document of a sentence); "" for the record itself.
    """

    id: str
    tally: Tally
    gold: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """How one gold set is scored.

    Attributes:
        name: its folder.
        judge: from records and the stages under test to one outcome a unit.
        measure: from the sum of the outcomes' tallies to scores, the headline first.
        limit: at most so many records are scored, chosen by the hash of their id; None for all.
        needs: other sets whose documents its records name.
    """

    name: str
    judge: Callable[[Sequence[Record], Stages], list[Outcome]]
    measure: Callable[[Tally], dict[str, float]]
    limit: int | None = None
    needs: tuple[str, ...] = ()


def gold_file(gold: Path, name: str, split: str, own: Path | None = None) -> Path:
    """Return where a set's split lies in a folder of gold sets: `gold/name/split.jsonl`.

    `own` is the folder of the sets that are our own; a set is looked for there if the first folder lacks it.
    """
    path = gold / name / f"{split}.jsonl"
    if own is None or path.is_file():
        return path
    ours = own / name / path.name
    return ours if ours.is_file() else path


def load(path: Path, limit: int | None = None, gold: Path | None = None) -> list[Record]:
    """Return the records of a gold file, or `limit` of them, chosen by the hash of their id, in the file's order.

    `gold` is the folder of all gold sets; by default the one that the set's own folder lies in.

    Raises:
        MissingDataError: if a line is not a JSON object.
    """
    with path.open(encoding="utf-8") as lines:
        parsed = [_parse(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    records = [{**record, "folder": path.parent, "gold": gold or path.parents[1]} for record in parsed]
    if limit is None or len(records) <= limit:
        return records
    chosen = set(sorted(range(len(records)), key=lambda place: _shuffle(records[place]))[:limit])
    return [record for place, record in enumerate(records) if place in chosen]


def _parse(line: str, path: Path, number: int) -> Record:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise MissingDataError(f"{path}, line {number}: {error}; expected one JSON object a line") from error
    if not isinstance(record, dict):
        raise MissingDataError(f"{path}, line {number}: a {type(record).__name__}; expected one JSON object a line")
    return record


def _shuffle(record: Record) -> str:
    return hashlib.sha256(str(record.get("id", "")).encode()).hexdigest()

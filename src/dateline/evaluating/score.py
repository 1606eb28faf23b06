"""Score the stages on gold data: from a folder of gold sets to one row a metric."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table

from dateline.errors import MissingDataError
from dateline.evaluating import metrics
from dateline.evaluating.goldset import gold_file, load
from dateline.evaluating.metrics import Tally
from dateline.evaluating.peers import peers
from dateline.evaluating.sets import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from dateline.evaluating.goldset import GoldSet, Outcome
    from dateline.evaluating.stages import Stages


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of one gold set.

    Attributes:
        value: the score; None where the set was skipped, and `note` says why.
        low, high: 95 % bootstrap interval, where there are enough units to resample.
        units: how many gold units (sentences, documents, topics) it was scored on.
        groups: how many groups of them (the documents of sentences) the interval resamples.
        sha256: of the gold file.
        floor: what the value must not fall below.
        peer: the best published or measured score of others, and whose.
    """

    set: str
    metric: str
    value: float | None
    low: float | None = None
    high: float | None = None
    units: int = 0
    groups: int = 0
    sha256: str = ""
    floor: float | None = None
    peer: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A gold unit that was not judged as in the gold data: labels only, never text."""

    id: str
    gold: tuple[str, ...]
    found: tuple[str, ...]


def score(
    gold: Path,
    split: str,
    sets: Sequence[str] | None,
    stages: Stages,
    tell: Callable[[str], None] = lambda _: None,
    own: Path | None = None,
) -> list[Row]:
    """Score the stages on gold sets and return one row a metric; a set that is not there is one row that says so.

    Args:
        gold: a folder that holds `<set>/<split>.jsonl` for each set.
        split: train, dev, test, or any other name of a file.
        sets: names of sets; None for all.
        stages: what is scored.
        tell: called with the name of each set before it is scored.
        own: a folder of the same layout for the sets that are our own; a set is looked for there last.

    Raises:
        MissingDataError: if neither folder is there or holds any of the sets.
        UsageError: if a name is not that of a gold set.
    """
    chosen = choose(sets)
    check_folder(gold, split, chosen, own)
    rows: list[Row] = []
    for goldset in chosen:
        tell(goldset.name)
        rows += score_set(goldset, gold, split, stages, own)
    return rows


def check_folder(gold: Path, split: str, chosen: Iterable[GoldSet], own: Path | None = None) -> None:
    """Raise `MissingDataError` unless at least one of these sets lies in one of the folders."""
    if any(gold_file(gold, goldset.name, split, own).is_file() for goldset in chosen):
        return
    if not gold.is_dir():
        raise MissingDataError(
            f"gold data looked for in {gold}, which is no folder; name the folder with --gold DIR, with `bench` "
            "in dateline.toml or with DATELINE_BENCH"
        )
    wanted = ", ".join(goldset.name for goldset in chosen)
    raise MissingDataError(f"{gold} holds no <set>/{split}.jsonl for any of: {wanted}; expected one folder a set")


def score_set(goldset: GoldSet, gold: Path, split: str, stages: Stages, own: Path | None = None) -> list[Row]:
    """Return the rows of one set, the headline first."""
    path = gold_file(gold, goldset.name, split, own)
    absent = [name for name in goldset.needs if not (gold / name).is_dir()]
    if not path.is_file():
        return [_skipped(goldset, f"no {goldset.name}/{split}.jsonl")]
    if absent:
        return [_skipped(goldset, f"its documents are of {', '.join(absent)}, not there")]
    outcomes = goldset.judge(load(path, goldset.limit, gold), stages)
    if not outcomes:
        return [_skipped(goldset, f"nothing to score in {goldset.name}/{split}.jsonl")]
    return list(_rows(goldset, outcomes, hashlib.sha256(path.read_bytes()).hexdigest()))


def _skipped(goldset: GoldSet, why: str) -> Row:
    return Row(goldset.name, "", None, note=f"skipped: {why}")


def _rows(goldset: GoldSet, outcomes: Sequence[Outcome], sha256: str) -> Iterator[Row]:
    values = goldset.measure(metrics.total(outcome.tally for outcome in outcomes))
    groups = _groups(outcomes)
    bounds = metrics.interval(groups, goldset.measure)
    for metric, value in values.items():
        low, high = bounds.get(metric, (None, None))
        peer = peers().get((goldset.name, metric))
        yield Row(
            set=goldset.name,
            metric=metric,
            value=value,
            low=low,
            high=high,
            units=len(outcomes),
            groups=len(groups),
            sha256=sha256,
            peer=str(peer) if peer else None,
        )


def _groups(outcomes: Iterable[Outcome]) -> list[Tally]:
    """Return the tallies of the units that are resampled."""
    groups: dict[str, Tally] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.group or outcome.id, Tally()).add(outcome.tally)
    return list(groups.values())


def disagreements(
    gold: Path, split: str, name: str, stages: Stages, limit: int, own: Path | None = None
) -> list[Disagreement]:
    """Return the first gold units of a set whose labels were not found as they are."""
    (goldset,) = choose([name])
    check_folder(gold, split, [goldset], own)
    outcomes = goldset.judge(load(gold_file(gold, name, split, own), goldset.limit, gold), stages)
    wrong = [Disagreement(it.id, it.gold, it.found) for it in outcomes if sorted(it.gold) != sorted(it.found)]
    return wrong[:limit]


def rows_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return rows as JSON objects."""
    return [asdict(row) for row in rows]


def render(rows: Sequence[Row]) -> Table:
    """Return rows as a table for a terminal."""
    table = Table("set", "metric", box=None, pad_edge=False, header_style="bold")
    for heading in ("value", "95 %", "floor", "n"):
        table.add_column(heading, justify="right")
    table.add_column("peer")
    before = ""
    for row in rows:
        name = "" if row.set == before else row.set
        bounds = f"{_number(row.low)} {_number(row.high)}" if row.low is not None else ""
        last = row.peer or row.note
        table.add_row(name, row.metric, _number(row.value), bounds, _number(row.floor), _units(row), last)
        before = row.set
    return table


def _units(row: Row) -> str:
    if row.value is None:
        return ""
    return f"{row.units}" if row.groups == row.units else f"{row.units} in {row.groups}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value > 1 else f"{value:.3f}"

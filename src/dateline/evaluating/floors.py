"""Floors: what each metric must not fall below. Kept in a file, raised freely, lowered only on purpose.

Those of the default coder stand under the name of the set, those of another under `coder:set`.

After trafilatura's `eval_gate.py`: four digits, an epsilon for noise, and the gold file's hash beside its floors, for a
floor means nothing on other data.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.errors import MissingDataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from dateline.evaluating.score import Row

EPSILON = 0.0005
DIGITS = 4
UNPINNED = (
    "precision",
    "recall",
    "coded",
    "median_km",
    "_per_1000",
    "wrongly_asserted",
    "wrongly_asserted_of_all",
    "ece",
    "alone_f1",
    "swapped",
)
"""Metrics, by the end of their name, without a floor: traded for one another, better if less, or not Dateline's own."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """The floors of one set, and the sha256 of the gold file that they were measured on."""

    sha256: str
    floors: Mapping[str, float] = field(default_factory=dict)


Floors = dict[str, Pinned]


def load_floors(path: Path) -> Floors:
    """Return the floors in a file; none if the file is not there.

    Raises:
        MissingDataError: if the file is there and is not a file of floors.
    """
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text("utf-8"))
        return {name: Pinned(it["sha256"], dict(it["floors"])) for name, it in data.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MissingDataError(
            f"{path}: {error!r}; expected JSON as `dateline score --update` writes it: "
            '{"set": {"sha256": "...", "floors": {"metric": 0.1234}}}'
        ) from error


def save_floors(path: Path, floors: Floors) -> None:
    """Write floors to a file, sorted, so that a change reads well in a diff."""
    data = {name: {"sha256": it.sha256, "floors": dict(sorted(it.floors.items()))} for name, it in floors.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=2, sort_keys=True) + "\n", "utf-8")


def floors_of(floors: Floors, coder: str | None) -> Floors:
    """Return the floors of the default coder (None), or those of another, which stand under its name and the set's."""
    parted = ((name.rpartition(":"), it) for name, it in floors.items())
    return {name: it for (whose, _, name), it in parted if whose == (coder or "")}


def merge_floors(floors: Floors, own: Floors, coder: str | None) -> Floors:
    """Return all floors, with these for those of a coder; see `floors_of`."""
    return floors | {f"{coder}:{name}" if coder else name: it for name, it in own.items()}


def with_floors(rows: Iterable[Row], floors: Floors) -> list[Row]:
    """Return the rows with their floors beside them."""
    return [replace(row, floor=_floor(row, floors)) for row in rows]


def check_floors(rows: Sequence[Row], floors: Floors) -> list[str]:
    """Return what is wrong: values below their floor, and gold files that are not those the floors were pinned on."""
    changed = [
        f"{name}: the gold file is not the one its floors were pinned on ({floors[name].sha256[:12]}); "
        "if it was meant to change, pin anew with --update"
        for name in _changed(rows, floors)
    ]
    fallen = [_describe(row, floors) for row in rows if _is_below(row, _floor(row, floors))]
    return changed + fallen


def update_floors(rows: Sequence[Row], floors: Floors, *, allow_regression: bool = False) -> tuple[Floors, list[str]]:
    """Return floors raised to these rows' values, with new ones added; and what was refused, for it would lower one.

    A set of which one floor would fall keeps all its floors, unless `allow_regression` says otherwise; then all of them
    become what was measured. Sets with no rows keep theirs.
    """
    updated, refused = dict(floors), []
    for name in dict.fromkeys(row.set for row in rows if row.value is not None):
        chosen = [row for row in rows if row.set == name and is_pinned(row.metric)]
        fallen = [row for row in chosen if _is_below(row, _floor(row, floors))]
        if fallen and not allow_regression:
            refused += [_describe(row, floors) + "; give --allow-regression to lower it" for row in fallen]
        elif chosen:
            updated[name] = _pin(chosen, floors.get(name), keep_best=not allow_regression)
    return updated, refused


def _pin(rows: Sequence[Row], before: Pinned | None, *, keep_best: bool) -> Pinned:
    """Return the floors of one set: its values, or with `keep_best` the old floors where they are higher."""
    old = before.floors if before and keep_best else {}
    values = {row.metric: row.value or 0.0 for row in rows}
    best = {metric: round(max(value, old.get(metric, value)), DIGITS) for metric, value in values.items()}
    return Pinned(rows[0].sha256, {**old, **best})


def _describe(row: Row, floors: Floors) -> str:
    return f"{row.set} {row.metric}: {row.value:.4f}, floor {_floor(row, floors):.4f}"


def is_pinned(metric: str) -> bool:
    """Say whether a metric has a floor."""
    return not metric.endswith(UNPINNED)


def _floor(row: Row, floors: Floors) -> float | None:
    pinned = floors.get(row.set)
    return pinned.floors.get(row.metric) if pinned else None


def _is_below(row: Row, floor: float | None) -> bool:
    if floor is None or row.value is None:
        return False
    return row.value < floor - EPSILON


def _changed(rows: Iterable[Row], floors: Floors) -> list[str]:
    scored = {row.set: row.sha256 for row in rows if row.value is not None}
    return [name for name, sha256 in scored.items() if name in floors and floors[name].sha256 != sha256]

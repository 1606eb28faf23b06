"""The time line of a published page as bars: what `drawing.timeline` counts, in the places where a page draws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateline.drawing.timeline import WIDTH, make_axis
from dateline.publishing.laid import column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.drawing.timeline import Axis, Bin
    from dateline.model.incident import Incident

HEIGHT, HIGHEST, LOWEST = 120.0, 112.0, 1.5
"""Of the drawing, of its highest bar and of the lowest that is not empty."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit of the calendar: days `first` to `last`, how many incidents fall into it, and where it is drawn."""

    first: date
    last: date
    label: str
    count: float
    x: float
    width: float
    y: float
    height: float


def bars_of(incidents: Sequence[Incident]) -> tuple[str, list[Bar]]:
    """Return the unit and the bars of all incidents whose time is known, at one end at least; none if none is."""
    columns = (column(incidents, name) for name in ("earliest", "latest", "contested"))
    told = [(first, last, contested) for first, last, contested in zip(*columns, strict=True) if first or last]
    days = {day for first, last, _ in told for day in (first, last) if day}
    if not days:
        return "day", []
    spells = [(first, last, 1, int(contested)) for first, last, contested in told]
    axis = make_axis(min(days), max(days), spells)
    return axis.unit, [_bar(each, number, axis) for number, each in enumerate(axis.bins)]


def _bar(each: Bin, number: int, axis: Axis) -> Bar:
    count, wide = each.exact + each.vague, WIDTH / len(axis.bins)
    height = round(max(LOWEST, HIGHEST * count / axis.most), 2) if count else 0.0
    place = (round(number * wide, 2), round(wide * 0.86, 2), round(HEIGHT - height, 2), height)
    return Bar(each.first, each.last, _label(each.first, axis.unit), round(count, 1), *place)


def _label(day: date, unit: str) -> str:
    known = {"day": f"{day.day} {day:%B} {day.year}", "month": f"{day:%B} {day.year}"}
    return known.get(unit, str(day.year))

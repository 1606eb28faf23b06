"""Plots: a bar for each period and type, a mark for each policy, and what could not be drawn is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dateline.drawing.plots import Dispute, dispute_of, period_of, plot_disputes, plot_times, save
from dateline.model.event import Status
from dateline.model.incident import Incident
from dateline.model.policy import Estimate

NINTH, TENTH = date(1989, 10, 9), date(1989, 10, 10)


def incident(kind: str = "PROTEST", first: date | None = NINTH, last: date | None = TENTH, **about: Any) -> Incident:
    return Incident("i", kind, None, about.get("status", Status.ASSERTED), (), (), 1, first, last, place="Leipzig")


@pytest.mark.parametrize(
    ("first", "last", "month", "year"),
    [
        (NINTH, TENTH, "1989-10", "1989"),
        (NINTH, date(1989, 11, 1), None, "1989"),
        (NINTH, None, None, None),
        (None, None, None, None),
    ],
)
def test_an_incident_is_drawn_where_all_of_its_days_lie(first: Any, last: Any, month: Any, year: Any) -> None:
    told = incident(first=first, last=last)
    assert (period_of(told, "month"), period_of(told, "year")) == (month, year)


def test_bars_are_stacked_by_type_and_what_has_no_bar_is_counted() -> None:
    told = [incident(), incident(), incident("COERCE"), incident("COERCE", date(1989, 12, 1), date(1989, 12, 2))]
    told += [incident(last=None), incident(status=Status.PLANNED)]
    (axes,) = plot_times(told).axes
    heights = {bars.get_label(): [bar.get_height() for bar in bars] for bars in axes.containers}
    assert heights == {"coerce": [1, 0, 1], "protest": [2, 0, 0]}
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1989-10", "1989-11", "1989-12"]
    assert axes.get_title(loc="left") == "Incidents by month: 4, and 1 whose time is not known as exactly"


def test_types_beyond_the_largest_are_one() -> None:
    (axes,) = plot_times([incident(f"TYPE{number}") for number in range(9)], "year").axes
    assert [bars.get_label() for bars in axes.containers][-1] == "other"
    assert sum(bar.get_height() for bars in axes.containers for bar in bars) == 9


CHOSEN = {"lowest": Estimate(3, 3, 3), "median": Estimate(3, 5, 9), "highest": Estimate(90, 90, 90)}


def test_a_dispute_reaches_from_the_lowest_to_the_highest() -> None:
    row = dispute_of(incident(), CHOSEN | {"acled": Estimate()})
    assert row == Dispute("Leipzig, 9 to 10 October 1989", 3, 90, {"lowest": 3, "median": 5, "highest": 90})
    assert dispute_of(incident(), dict.fromkeys(CHOSEN, Estimate(3, 3, 3))) is None


def test_each_policy_has_its_mark_in_each_row() -> None:
    row = dispute_of(incident(), CHOSEN)
    assert row is not None
    (axes,) = plot_disputes([row, row], "killed", 7).axes
    marks = {str(it.get_label()): [number for number, _ in np.asarray(it.get_offsets())] for it in axes.collections}
    assert (marks["median"], marks["acled"]) == ([5, 5], [])
    assert axes.get_title(loc="left") == "How many killed: 2 of 7 incidents whose sources differ"


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_same_data_give_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        save(plot_times([incident()]), str(tmp_path / f"{name}.{ending}"))
    assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()


def test_a_project_without_disputes_gives_an_empty_plot() -> None:
    (axes,) = plot_disputes([], "killed", 0).axes
    assert len(axes.get_yticklabels()) == 0
    (empty,) = plot_times([]).axes
    assert len(empty.containers) == 0

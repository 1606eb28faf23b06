"""An export carries the policy: the values settled under it, and its name and source where people and programs look."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dateline.linking import Origins, link
from dateline.model.policy import POLICIES
from dateline.model.text import make_report
from dateline.publishing import Material, Order, publish

if TYPE_CHECKING:
    Data = Any


@pytest.fixture(scope="module")
def two_sources(data: Data) -> Material:
    """Return the arrest as two independent reports tell it, of two and of seven people."""
    (report, *_), (arrest, *_) = data.reports, data.mentions
    other = make_report(report.text + " We saw it ourselves.", publisher="Elbe Courier", published=report.published)
    (figure,) = arrest.figures
    seven = replace(arrest, id="other", report=other.id, figures=(replace(figure, low=7, high=7),))
    told = [arrest, seven]
    linked = link(told, Origins({report.id: "Church newsletter", other.id: "Elbe Courier"}))
    assert len(linked.incidents) == 1
    return Material([report, other], told, linked.incidents)


@pytest.mark.parametrize(
    ("policy", "numbers"),
    [("range", ("2", "", "7")), ("lowest", ("2", "2", "2")), ("median", ("4", "4", "4")), ("ucdp", ("2", "2", "7"))],
)
def test_figures_are_those_of_the_policy(
    two_sources: Material, tmp_path: Path, policy: str, numbers: tuple[str, ...]
) -> None:
    publish(two_sources, tmp_path / "out", Order(policy=policy))
    with (tmp_path / "out" / "data" / "incident_figures.csv").open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["low"], row["best"], row["high"], row["contested"]) == (*numbers, "true")
    package = (tmp_path / "out" / "datapackage.json").read_text("utf-8")
    assert POLICIES[policy].about in json.loads(package)["description"]
    assert f"the policy `{policy}`" in (tmp_path / "out" / "dictionary.md").read_text("utf-8")


def test_by_default_nothing_is_settled(two_sources: Material, tmp_path: Path) -> None:
    publish(two_sources, tmp_path / "one")
    publish(two_sources, tmp_path / "two", Order(policy="range"))
    hashes = [(tmp_path / name / "SHA256SUMS").read_bytes() for name in ("one", "two")]
    assert hashes[0] == hashes[1]

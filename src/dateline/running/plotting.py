"""Read what a plot shows from a project. Needs matplotlib, which is asked for when a plot is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.model.amounts import sources_of
from dateline.model.policy import POLICIES, Estimate, estimate
from dateline.model.settled import uses
from dateline.storing.database import open_database
from dateline.storing.filters import Filters

try:
    from dateline.drawing.plots import Dispute, dispute_of, plot_disputes, plot_times, save
except ImportError as error:
    raise UsageError(
        "a plot was asked for, and matplotlib is not installed; expected it beside Dateline: pip install matplotlib"
    ) from error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from dateline.model.incident import Incident
    from dateline.storing.database import Database

ENDINGS = (".png", ".svg", ".pdf")


def draw_times(project: Path, unit: str = "month") -> Figure:
    """Return the plot of a project's incidents over time, by type; a bar is a year or a month."""
    if unit not in ("year", "month"):
        raise UsageError(f"unit {unit!r} given for bars; expected year or month")
    with open_database(project) as database:
        return plot_times(database.incidents(), unit)


def draw_disputes(project: Path, counts: str = "killed", most: int = 25) -> Figure:
    """Return the plot of the incidents whose independent sources are furthest apart on a number."""
    with open_database(project) as database:
        found = disputes(database, counts)
    return plot_disputes(found[:most], counts, len(found))


def write_figure(figure: Figure, file: Path) -> None:
    """Write a figure to a file, in the form that its ending says.

    Raises:
        UsageError: if it is none of `ENDINGS`.
    """
    if file.suffix.lower() not in ENDINGS:
        raise UsageError(f"file {file} given; expected a name that ends in {', '.join(ENDINGS)}")
    save(figure, str(file))


def disputes(database: Database, counts: str) -> Sequence[Dispute]:
    """Return the incidents whose sources differ on a count, those furthest apart by ratio first."""
    contested = [it for it in database.incidents(Filters(disputed=counts)) if it.status.happened]
    rows = (dispute_of(it, chosen) for it in contested if (chosen := _chosen(it, database, counts)))
    return sorted((row for row in rows if row), key=lambda row: (-row.high / max(1, row.low), row.label))


def _chosen(incident: Incident, database: Database, counts: str) -> dict[str, Estimate]:
    """Return what each policy takes of the count; nothing where no source gives a number."""
    sources = sources_of(incident.groups, database.mentions(incident.mentions), incident.status).get(counts, ())
    used = (name for name, policy in POLICIES.items() if name != "every_report" and uses(policy, counts))
    return {name: estimate(name, sources) for name in used} if sources else {}

"""The commands that add a project up, draw it, and list what is captured by whom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.commands import POLICIES

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROJECT = click.Path(path_type=Path, file_okay=False, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_PARTS = ("within", "added")
_BY = ("type", "form", "country", "admin1", "year", "month")


@click.command("totals")
@click.argument("project", type=_PROJECT)
@click.option("--policy", "policies", multiple=True, type=click.Choice(POLICIES), help="Default: all of them.")
@click.option("--by", multiple=True, type=click.Choice(_BY), help="Tell totals apart by this; can be given twice.")
@click.option(
    "--parts",
    type=click.Choice(_PARTS),
    default=_PARTS[0],
    show_default=True,
    help="Of a wave or a protest, and its parts: count the larger number, or add both.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def totals_command(project: Path, policies: Sequence[str], by: Sequence[str], parts: str, as_json: bool) -> None:
    """Add up how many were killed, arrested, took part ... under every policy for sources that disagree.

    Each incident counts once, whichever number of reports tell of it; `told` is how many of the incidents have a number
    at all. `every_report` adds up reports, copies and parts too, to show what that does to a total.

    \b
    Examples:
      dateline totals project
      dateline totals project --policy lowest --policy ucdp --by country --by year
      dateline totals project --by type --json
      dateline totals project --parts added
    """
    from dateline.cli.output import show_totals
    from dateline.running.project import open_project

    found = open_project(project).totals(policies, by, parts).to_pylist()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        show_totals(found, by, parts)


@click.command("captures")
@click.argument("project", type=_PROJECT)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--lists", default=10, show_default=True, type=click.IntRange(1), help="Lists with a column of their own."
)
@click.option("--publishers", type=_FILE, metavar="FILE", help="A file of publishers and owners of your own.")
def captures_command(project: Path, file: Path, lists: int, publishers: Path | None) -> None:
    """Write which publisher holds which incident first-hand, as CSV, for multiple-systems estimation elsewhere.

    A copy is no capture. The lines above the header, with # in front, say what an estimate from the file assumes. The
    file is for your own use: publishers are named as they are in the reports.

    \b
    Example:
      dateline captures project capture_histories.csv
    """
    from dateline.model.captures import Capture
    from dateline.model.tables import from_table
    from dateline.publishing.captures import write_captures
    from dateline.running.project import open_project

    found = from_table(Capture, open_project(project).captures(publishers).arrow)
    file.write_bytes(write_captures(found, lists))
    click.echo(f"{file}: {len({it.incident for it in found}):,} incidents in {len({it.list for it in found}):,} lists")


@click.command("plot")
@click.argument("project", type=_PROJECT)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--what", type=click.Choice(["times", "disputes"]), default="times", show_default=True)
@click.option("--unit", type=click.Choice(["month", "year"]), default="month", show_default=True, help="Of a bar.")
@click.option(
    "--counts", default="killed", show_default=True, help="What sources differ on: killed, people, arrested ..."
)
@click.option("--most", default=25, show_default=True, type=click.IntRange(1), help="Incidents that are drawn.")
def plot_command(project: Path, file: Path, what: str, unit: str, counts: str, most: int) -> None:
    """Draw a project for a paper: FILE ends in .png, .svg or .pdf. Needs matplotlib beside Dateline.

    `times` draws incidents over time by type; `disputes` the incidents whose independent sources are furthest apart on
    a number, from the lowest to the highest, with what each policy takes.

    \b
    Examples:
      dateline plot project times.svg --unit year
      dateline plot project disputes.png --what disputes --counts people
    """
    from dateline.running.plotting import draw_disputes, draw_times, write_figure

    figure = draw_times(project, unit) if what == "times" else draw_disputes(project, counts, most)
    write_figure(figure, file)
    click.echo(str(file))


TABLES = (totals_command, captures_command, plot_command)

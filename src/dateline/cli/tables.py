"""The commands that add a project up: totals under every policy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROJECT = click.Path(path_type=Path, file_okay=False, exists=True)
_POLICIES = ("range", "lowest", "median", "highest", "most_precise", "acled", "ucdp", "ccc", "every_report")
_BY = ("type", "form", "country", "admin1", "year", "month")


@click.command("totals")
@click.argument("project", type=_PROJECT)
@click.option("--policy", "policies", multiple=True, type=click.Choice(_POLICIES), help="Default: all of them.")
@click.option("--by", multiple=True, type=click.Choice(_BY), help="Tell totals apart by this; can be given twice.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def totals_command(project: Path, policies: Sequence[str], by: Sequence[str], as_json: bool) -> None:
    r"""Add up how many were killed, arrested, took part ... under every policy for sources that disagree.

    Each incident counts once, whichever number of reports tell of it; `told` is how many of the incidents have a number
    at all. `every_report` adds up reports, copies too, to show what that does to a total.

    \b
    Examples:
      dateline totals project
      dateline totals project --policy lowest --policy ucdp --by country --by year
      dateline totals project --by type --json
    """
    from dateline.cli.output import show_totals
    from dateline.running.project import open_project

    found = open_project(project).totals(policies, by).to_pylist()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        show_totals(found, by)


TABLES = (totals_command,)

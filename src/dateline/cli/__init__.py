"""The command line: parse, call, print. Heavy modules are imported by the command that needs them, never at start."""

from __future__ import annotations

import sys
from importlib.metadata import version

import click

from dateline.cli.commands import COMMANDS
from dateline.cli.judging import judgements_group, link_command
from dateline.cli.tables import TABLES
from dateline.config import one_thread_each
from dateline.drawing.wording import visible
from dateline.errors import DatelineError

DONE, USAGE, WITH_ISSUES = 0, 1, 2


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  dateline run clippings/ -o project       read a folder of reports into a project
  dateline explore project                 look at it in the browser, on this machine alone
  dateline code report.txt                 what one report tells, for a person
  dateline code - --json < report.txt      the same for a program
  dateline totals project                  how many in all, under every policy
  dateline publish project out/            files to share, private persons masked

Exit codes: 0 done, 1 wrong usage, 2 done with issues.
""",
)
@click.version_option(version("dateline"), prog_name="dateline")
def cli() -> None:
    """Read reports about protest, repression and political violence into events whose every value can be checked."""


for _command in (*COMMANDS, *TABLES):
    cli.add_command(_command)
cli.add_command(judgements_group)
cli.add_command(link_command)


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        with one_thread_each():  # what numpy would give a second thread takes longer so
            code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = USAGE
    except click.Abort:
        code = USAGE
    except DatelineError as error:
        click.echo(f"dateline: {visible(str(error))}", err=True)
        code = USAGE
    sys.exit(code or DONE)

"""`dateline judgements`: people's word over the machine's, from the command line."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.drawing import wording
from dateline.model.judgement import Judgement, Verdict, judge, word_json

if TYPE_CHECKING:
    from dateline.model.decided import Conflict
    from dateline.model.judgement import Anchor
    from dateline.storing.judging import Heard

WITH_CONFLICTS = 2
SHOWN = 10
"""Digits of an id: enough to tell words apart, and all that a command needs."""

_PROJECT = click.Path(path_type=Path, file_okay=False, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False)
_VERDICT = click.Choice([it.value.replace("_", "-") for it in Verdict])
_WHO = click.option("--who", required=True, metavar="NAME", help="Who says so.")
_REASON = click.option("--reason", default="", metavar="WORDS", help="Why, in words.")


@click.command("link")
@click.argument("project", type=_PROJECT)
def link_command(project: Path) -> None:
    """Work out the incidents anew after judgements and decisions of people. Nothing is read or coded again.

    It comes to what `dateline run` over the same reports would, and does nothing if nobody has said anything new.

    \b
    Example:
      dateline link project
    """
    from dateline.running.relinking import link_again

    done = link_again(project)
    total = done.total
    incidents = wording.plural(total.incidents, "incident")
    told = f"{incidents}, {total.contested:,} contested, {total.single_source:,} of a single source"
    unused = f"; {done.unused:,} words of people are on what is not there" if done.unused else ""
    click.echo(f"{told}{unused}: run {done.run}, {done.seconds:.1f} s" if done.run else f"{told}: nothing new was said")


@click.group("judgements")
def judgements_group() -> None:
    """Say what is one incident and what is not, take it back, and share it with a colleague.

    \b
    Examples:
      dateline judgements add project same 3f2a 91cc --who Ana
      dateline judgements list project
      dateline judgements merge project ben.jsonl
    """


@judgements_group.command("add")
@click.argument("project", type=_PROJECT)
@click.argument("verdict", type=_VERDICT)
@click.argument("left")
@click.argument("right")
@_WHO
@_REASON
@click.option("--settles", is_flag=True, help="Settle what others disagree on.")
def add_command(project: Path, verdict: str, left: str, right: str, settles: bool, **about: Any) -> None:
    """Add a judgement on two incidents or mentions, LEFT and RIGHT. It counts after `dateline link`, or the next run.

    part-of: LEFT is a part of RIGHT. follow-up: LEFT is a consequence of RIGHT. unrelated: neither.

    \b
    Example:
      dateline judgements add project part-of 3f2a 91cc --who Ana --reason "one of the marches"
    """
    from dateline.storing.archive import open_archive
    from dateline.storing.judging import mentions_named

    sides = mentions_named(project, left), mentions_named(project, right)
    word = judge(*sides, Verdict(verdict.replace("-", "_")), when=datetime.now(UTC), **about)
    click.echo(open_archive(project).judge(replace(word, settles=settles)))


@judgements_group.command("withdraw")
@click.argument("project", type=_PROJECT)
@click.argument("judgement")
@_WHO
@_REASON
def withdraw_command(project: Path, judgement: str, **about: Any) -> None:
    """Take back a judgement of your own. All is as if it had not been given, after `dateline link` or the next run.

    \b
    Example:
      dateline judgements withdraw project 5be1 --who Ana
    """
    from dateline.storing.judging import withdraw_in

    click.echo(withdraw_in(project, judgement, when=datetime.now(UTC), **about))


@judgements_group.command("list")
@click.argument("project", type=_PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: words, states and conflicts.")
def list_command(project: Path, as_json: bool) -> int:
    """Show who said what, how each word stands, and what people disagree on.

    Exit code 2 if something is open.

    \b
    Example:
      dateline judgements list project
    """
    from dateline.storing.judging import heard

    found = heard(project)
    if as_json:
        click.echo(json.dumps(_json(found), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(map(wording.line, _lines(found))) or "Nobody has judged anything.")
    return WITH_CONFLICTS if found.conflicts else 0


@judgements_group.command("export")
@click.argument("project", type=_PROJECT)
@click.argument("file", type=_FILE)
def export_command(project: Path, file: Path) -> None:
    """Write all judgements and withdrawals to FILE, one JSON object a line. Names of judges and reasons stand in it.

    \b
    Example:
      dateline judgements export project ana.jsonl
    """
    from dateline.storing.archive import open_archive
    from dateline.storing.judgements import export_words

    lines = export_words(open_archive(project).folder)
    file.write_text(lines, "utf-8")
    click.echo(f"{lines.count(chr(10)):,} words written to {file}")


@judgements_group.command("merge")
@click.argument("project", type=_PROJECT)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def merge_command(project: Path, file: Path) -> None:
    """Add the judgements and withdrawals of FILE, written by `export`. Merging twice adds nothing.

    \b
    Example:
      dateline judgements merge project ben.jsonl
    """
    from dateline.storing.archive import open_archive
    from dateline.storing.judgements import merge_words

    merged = merge_words(open_archive(project).folder, file.read_text("utf-8").split("\n"))
    told = f"{len(merged.added):,} words added, {merged.known:,} were there already"
    click.echo(f"{told}; they count after `dateline link` or the next run")


def _json(found: Heard) -> dict[str, Any]:
    return {
        "words": {name: word_json(word) for name, word in found.words.items()},
        "states": {name: state.value for name, state in found.states.items()},
        "conflicts": [asdict(it) for it in found.conflicts],
    }


def _lines(found: Heard) -> list[str]:
    lines = [_line(name, word, found.states[name]) for name, word in found.words.items() if isinstance(word, Judgement)]
    return lines + [line for conflict in found.conflicts for line in _conflict(conflict, found)]


def _line(name: str, word: Judgement, state: str) -> str:
    sides = f"{_side(word.left)} {word.verdict.value.replace('_', ' ')} {_side(word.right)}"
    settles = ", settles" if word.settles else ""
    reason = f" ({word.reason})" if word.reason else ""
    return f"{name[:SHOWN]}  {state:<9}  {word.when:%Y-%m-%d %H:%M}  {word.who}{settles}: {sides}{reason}"


def _side(anchors: tuple[Anchor, ...]) -> str:
    more = f" and {len(anchors) - 1} more" if len(anchors) > 1 else ""
    return f"“{anchors[0].quote}” [{anchors[0].mention[:SHOWN]}]{more}"


def _conflict(conflict: Conflict, found: Heard) -> list[str]:
    number = len(conflict.pairs)
    yes = f"open ({conflict.question.value}), {number} pair{'s' * (number != 1)} of mentions; nobody's word holds:"
    if conflict.question == "chain":
        yes = f"open (chain), {number} join{'s' * (number != 1)} left out, since others keep apart what they bring in:"
    said = [(name, word) for name in conflict.judgements if isinstance(word := found.words[name], Judgement)]
    return [yes, *(f"  {word.who} says {word.verdict.value.replace('_', ' ')} ({name[:SHOWN]})" for name, word in said)]

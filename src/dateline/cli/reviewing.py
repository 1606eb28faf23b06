"""Commands for people who review together: draw a sample, measure agreement, merge projects, teach a coder."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.model.sample import Sample
    from dateline.storing.archive import Archive

WITH_ISSUES = 2

_PROJECT = click.Path(path_type=Path, file_okay=False, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("sample")
@click.argument("project", type=_PROJECT)
@click.option("--coders", required=True, metavar="NAMES", help="Pseudonyms of two coders or more, with commas between.")
@click.option("--size", required=True, type=click.IntRange(1), help="How many mentions.")
@click.option("--seed", default=1, show_default=True, help="Another seed draws others.")
@click.option("--query", default="", metavar="QUERY", help="Only of incidents that an address of the explorer shows.")
def sample_command(project: Path, coders: str, size: int, seed: int, query: str) -> None:
    """Draw mentions that several people then review blind: none sees another's decisions before all are done.

    \b
    Examples:
      dateline sample project --coders amber,birch --size 50
      dateline sample project --coders amber,birch --size 50 --query "type=PROTEST&country=DEU"
    """
    from dateline.model.sample import Sample, draw
    from dateline.storing.archive import open_archive
    from dateline.storing.database import open_database

    with open_database(project) as database:
        frame = [it for incident in database.incidents(_filters(query)) for it in incident.mentions]
    names = tuple(name.strip() for name in coders.split(","))
    sample = Sample(draw(frame, size, seed), names, seed, len(frame), datetime.now(UTC), query)
    name = open_archive(project).sample(sample)
    click.echo(f"{name[:12]}: {size} of {len(frame)} mentions, drawn with seed {seed}, for {', '.join(names)}")


def _filters(query: str) -> Any:
    from urllib.parse import parse_qsl

    from dateline.exploring.address import parse_address

    return parse_address(dict(parse_qsl(query.lstrip("?")))).filters


@click.command("agreement")
@click.argument("project", type=_PROJECT)
@click.option(
    "--sample", "prefix", default="", metavar="ID", help="The sample, if there are several: how its id begins."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def agreement_command(project: Path, prefix: str, as_json: bool) -> None:
    """Say how far the coders of a blind sample agree: Krippendorff's alpha, field by field, with a 95 % interval.

    \b
    Example:
      dateline agreement project
    """
    from dateline.model.review import standing
    from dateline.model.sample import is_open
    from dateline.reviewing.agreement import agreement, disagreements, in_sample
    from dateline.storing.archive import open_archive
    from dateline.storing.database import open_database

    archive = open_archive(project)
    name, sample = _chosen(archive, prefix)
    decisions = archive.decisions()
    if not is_open(name, sample, {key: it for key, it in decisions.items() if it.sample == name}):
        raise UsageError(
            f"sample {name[:12]} is not done: {_left(name, sample, decisions)}; agreement is told at the end"
        )
    given = in_sample(standing(decisions), name)
    with open_database(project) as database:
        mentions = database.coded(sample.mentions)
    rows, open_ones = agreement(mentions, given), disagreements(mentions, given)
    told = {"sample": name, "coders": sample.coders, "seed": sample.seed, "frame": sample.frame}
    told |= {"mentions": len(sample.mentions), "fields": [asdict(row) for row in rows]}
    told |= {"disagreements": [asdict(it) for it in open_ones]}
    if as_json:
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(told)))


def _left(name: str, sample: Sample, decisions: Any) -> str:
    from dateline.model.sample import left_to

    left = {who: len(left_to(who, name, sample, decisions)) for who in sample.coders}
    return ", ".join(f"{who} has {count} of {len(sample.mentions)} left" for who, count in left.items() if count)


def _chosen(archive: Archive, prefix: str) -> tuple[str, Sample]:
    found = {name: it for name, it in archive.samples().items() if name.startswith(prefix)}
    if len(found) != 1:
        known = ", ".join(name[:12] for name in archive.samples()) or "none: draw one with `dateline sample`"
        raise UsageError(f"{prefix or 'no sample'} given; expected the beginning of one of: {known}")
    return next(iter(found.items()))


def _lines(told: dict[str, Any]) -> list[str]:
    head = f"{told['mentions']} of {told['frame']} mentions (seed {told['seed']}), coded by {', '.join(told['coders'])}"
    lines = [head, f"{'field':<17}{'distance':<10}{'units':>6}{'same':>6}{'alpha':>8}  95 % interval"]
    for row in told["fields"]:
        alpha = "-" if row["alpha"] is None else f"{row['alpha']:.3f}"
        interval = "" if row["low"] is None else f"{row['low']:.3f} to {row['high']:.3f}"
        lines.append(f"{row['field']:<17}{row['distance']:<10}{row['units']:>6}{row['same']:>6}{alpha:>8}  {interval}")
    return [*lines, f"{len(told['disagreements'])} mentions to settle: `dateline explore`, then Review, Adjudication"]


@click.command("merge")
@click.argument("project", type=_PROJECT)
@click.argument("other", type=_PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def merge_command(project: Path, other: Path, as_json: bool) -> int:
    """Add to PROJECT all reports, judgements, decisions and samples of OTHER, and say what people disagree on.

    OTHER is only read. Both must have been coded by the same coder and version.

    \b
    Example:
      dateline merge mine theirs
    """
    from dateline.config import load_config
    from dateline.running.merge import merge

    done = merge(project, other, load_config().publishers)
    told = {
        "run": done.summary.run,
        "reports": done.summary.added.get("reports", 0),
        "judgements": done.judgements,
        "decisions": done.decisions,
        "samples": done.samples,
        "unused": done.summary.unused,
        "disputed": done.disputed,
        "conflicts": [asdict(it) for it in done.conflicts],
    }
    if as_json:
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(f"{name}: {len(it) if isinstance(it, tuple | list) else it}" for name, it in told.items()))
    return WITH_ISSUES if done.disputed or done.conflicts else 0


@click.command("corrections")
@click.argument("project", type=_PROJECT)
@click.argument("out", type=_FILE)
def corrections_command(project: Path, out: Path) -> None:
    """Write the sentences that people reviewed as lessons for a coder, in the format of training/GUIDELINES.md.

    The file holds words of the reports, with the names in them: it is for your own machine. `dateline publish` masks.

    \b
    Example:
      dateline corrections project reviewed.txt
    """
    from dateline.running.corrections import HEAD, corrections

    records = list(corrections(project))
    out.write_text(HEAD + "\n".join(records), "utf-8")
    click.echo(f"{len(records)} sentences written to {out}; names in them are not masked: keep it on your own machine")


REVIEWING = (sample_command, agreement_command, merge_command, corrections_command)

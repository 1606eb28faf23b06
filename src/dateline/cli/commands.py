"""The commands. Each parses what was given, calls one function and prints what came back."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import asdict, replace
from datetime import date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import click

from dateline.cli.reviewing import REVIEWING
from dateline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.reading.inputs import Given
    from dateline.reading.listing import Listing

WITH_ISSUES = 2

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)
_PROJECT = click.Path(path_type=Path, file_okay=False, exists=True)
_CODER = click.option("--coder", help="Name of the coder; default: swift, or cascade with a codebook of one's own.")
_FORMATS = ("csv", "parquet", "jsonl", "geojson", "acled", "ucdp", "huridocs", "ftm", "captures", "pages")
_RULES = ("none", "acled", "ccc")
POLICIES = ("range", "lowest", "median", "highest", "most_precise", "acled", "ucdp", "ccc", "every_report")


def _about_inputs(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what the user knows of all inputs."""
    day = click.DateTime(["%Y-%m-%d"])
    command = click.option("--language", metavar="CODE", help="Their language, ISO 639-1.")(command)
    command = click.option("--published", type=day, help="The day they were published.")(command)
    return click.option("--publisher", metavar="NAME", help="Who published them, if they do not say.")(command)


def _listing(about: Path | None, paths: tuple[str, ...]) -> Listing | None:
    """Return what a table says of files, and tell what does not fit together."""
    from dateline.cli import output
    from dateline.reading.inputs import named_files
    from dateline.reading.listing import read_listing

    if about is None:
        return None
    listing = read_listing(about, named_files(paths))
    output.say_unfit(listing)
    return listing


def _given(publisher: str | None, published: datetime | None, language: str | None) -> Given:
    from dateline.reading.inputs import Given

    return Given(publisher, published.date() if published else None, language)


@click.command("run")
@click.argument("paths", nargs=-1)
@click.option("-o", "--output", "project", required=True, type=_FOLDER, help="The project folder, new or not.")
@click.option("--sample", is_flag=True, help="Read the sample archive that comes with Dateline.")
@click.option("--workers", type=click.IntRange(1), help="Processes; default: one a core.")
@_CODER
@click.option("--codebook", type=_FILE, metavar="FILE", help="A codebook of your own; default: PLOVER.")
@click.option("--actors", type=_FILE, metavar="FILE", help="Organisations and public figures of your own.")
@click.option("--places", type=_FILE, metavar="FILE", help="A CSV file of places of your own, beside the gazetteer.")
@click.option("--retry", is_flag=True, help="Read again what was set aside because it killed or stalled its worker.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a report, one a line.")
@click.option("--about", type=_FILE, metavar="FILE", help="A table of who published which file, when, and where.")
@_about_inputs
def run_command(paths: tuple[str, ...], project: Path, sample: bool, as_json: bool, retry: bool, **options: Any) -> int:
    """Read PATHS (files, folders, - for standard input) into a project: code, ground and link all reports.

    Reports are .txt, .md and .html files, or rows of .csv, .jsonl and .parquet. What a text file does not say of itself
    stands in a table, a row a file, with the columns file, publisher, published (2019-11-17), url, title: --about.

    A run that was stopped goes on where it stopped: give the same command again. Reports that are in the project
    already are not read twice.

    \b
    Examples:
      dateline run clippings/ -o project
      dateline run clippings/ -o project --about clippings.csv
      dateline run wire.jsonl pages/ -o project --workers 4
      dateline run clippings/ -o strikes --codebook labour.toml
      cat bulletin.txt | dateline run - -o project --publisher "Town bulletin" --published 1989-10-10
    """
    from dateline.cli import output
    from dateline.running.run import run
    from dateline.storing.laying import QUICKLY_LAID, lay_out

    if bool(paths) == sample:
        raise UsageError("give the PATHS to read, or --sample for the sample archive, and not both")
    config = _prepared(**{name: options.pop(name) for name in ("workers", "coder", "codebook", "actors", "places")})
    listing = _listing(options.pop("about"), paths)
    given = replace(_given(**options), listing=listing)
    source = as_file(files("dateline.data") / "sample") if sample else nullcontext()
    with source as folder, output.progress(quiet=as_json) as tell:
        summary = run([str(folder)] if folder else paths, project, config, given=given, retry=retry, progress=tell)
    if summary.total.incidents > QUICKLY_LAID:
        lay_out(project)
    if as_json:
        _print_told(project)
    else:
        output.show_summary(summary)
    return WITH_ISSUES if summary.total.issues else 0


def _print_told(project: Path) -> None:
    from dateline.running.project import open_project

    for told in open_project(project).told():
        _print_json(told.json(), indent=None)


@click.command("code")
@click.argument("what", metavar="TEXT|FILE|-")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the report, its mentions, incidents and issues.")
@_CODER
@click.option("--codebook", type=_FILE, metavar="FILE", help="A codebook of your own; default: PLOVER.")
@click.option("--actors", type=_FILE, metavar="FILE", help="Organisations and public figures of your own.")
@click.option("--places", type=_FILE, metavar="FILE", help="A CSV file of places of your own, beside the gazetteer.")
@click.option("--explain", is_flag=True, help="Say for each mention what fired.")
@_about_inputs
def code_command(what: str, as_json: bool, explain: bool, **options: Any) -> int:
    """Say what one report tells, value by value, each with its words. Nothing is stored.

    \b
    Examples:
      dateline code "Police arrested nine students in Leipzig on Monday." --published 1989-09-12
      dateline code report.html
      dateline code report.txt --json
    """
    from dateline.cli import output
    from dateline.running.face import code_path, code_plain

    config = _prepared(**{name: options.pop(name) for name in ("coder", "codebook", "actors", "places")})
    given = _given(**options)
    is_path = what == "-" or (len(what) < 4096 and "\n" not in what and Path(what).exists())
    reports = code_path(what, given, config) if is_path else iter([code_plain(what, given, config)])
    issues = 0
    for told in reports:
        issues += len(told.issues)
        if as_json:
            _print_json(told.json())
        else:
            output.show_told(told, explain=explain)
    return WITH_ISSUES if issues else 0


@click.command("explore")
@click.argument("project", type=_PROJECT)
@click.option("--port", default=8765, show_default=True, help="Port on this machine; 0 for any that is free.")
@click.option("--read-only", is_flag=True, help="Refuse every change: no judgement can be added.")
def explore_command(project: Path, port: int, read_only: bool) -> None:
    """Look at a project in the browser. The page is served on this machine alone and loads nothing from elsewhere.

    \b
    Example:
      dateline explore project
    """
    from dateline.exploring.app import serve

    told = "Open {} in a browser; it holds the key of this launch. Press Ctrl-C to stop."
    serve(project, port, read_only=read_only, ready=lambda url: click.echo(told.format(url)))


@click.command("publish")
@click.argument("project", type=_PROJECT)
@click.argument("folder", type=_FOLDER)
@click.option("--filter", "query", default="", metavar="QUERY", help="Only these incidents: type=PROTEST&country=IRN.")
@click.option("--format", "formats", multiple=True, type=click.Choice(_FORMATS), help="Default: all.")
@click.option("--quotes", type=click.IntRange(0), default=280, show_default=True, help="Longest quote; 0 for none.")
@click.option("--texts", is_flag=True, help="Publish the texts of reports too, masked.")
@click.option("--least", "--k", type=click.IntRange(1), default=1, help="Leave out places with fewer incidents.")
@click.option("--mask", "names", multiple=True, metavar="NAME", help="One more name to mask, whoever bears it.")
@click.option("--public", multiple=True, metavar="NAME", help="One more name that may be published.")
@click.option(
    "--impute", type=click.Choice(_RULES), default="none", help="Whose rule makes numbers of words; default: none."
)
@click.option(
    "--policy", type=click.Choice(POLICIES), default="range", help="What settles a disagreement; default: range."
)
@click.option("--pseudonyms", is_flag=True, help="Tell masked persons apart by numbers, made with a key of yours.")
@click.option("--key", type=_FOLDER, metavar="FILE", help="The key; default: in your settings folder, made if absent.")
@click.option("--title", help="Of the dataset.")
@click.option("--creator", "creators", multiple=True, metavar="NAME", help="Who publishes it.")
@click.option("--licence", metavar="SPDX", help="Of the data, as CC-BY-4.0.")
@click.option("--released", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it is published.")
@click.option("--yes", is_flag=True, help="Agree to what leaves without being asked.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON; asks nothing, as --yes.")
def publish_command(project: Path, folder: Path, query: str, yes: bool, as_json: bool, **options: Any) -> None:
    """Write a project as files to share, described for people and tools. Private persons are masked.

    Every byte is searched for private names; if one is found, nothing is left behind. Then you are shown what leaves,
    files, rows, columns, names, precision, quotes, and asked.

    Figures are published as words and ranges. With --impute a table `imputed` holds one number for each besides, made
    by the named rule ("hundreds" is 100 to ACLED and 200 to the Crowd Counting Consortium).

    \b
    Examples:
      dateline publish project out/
      dateline publish project out/ --filter "type=PROTEST&since=1989-10-01"
      dateline publish project out/ --format csv --format acled --quotes 80
      dateline publish project out/ --impute ccc --pseudonyms --yes
    """
    from dateline.cli.publishing import agreement, order_of, show_release
    from dateline.exploring.address import parse_address
    from dateline.publishing import publish
    from dateline.publishing.material import read_material

    order = order_of(_key(project, folder, options.pop("pseudonyms"), options.pop("key")), **options)
    filters = parse_address(dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True))).filters
    material = read_material(project, filters, query.removeprefix("?"))
    release = publish(material, folder, order, agreement(ask=not (yes or as_json)))
    _print_json(asdict(release)) if as_json else show_release(release)


def _key(project: Path, folder: Path, pseudonyms: bool, key: Path | None) -> bytes | None:
    from dateline.config import key_file
    from dateline.publishing.pseudonyms import read_key

    return read_key(key or key_file(), (project, folder)) if pseudonyms or key else None


@click.command("verify")
@click.argument("project", type=_PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
def verify_command(project: Path, as_json: bool) -> int:
    """Hash all of a project again and look whether every quote stands in its report.

    \b
    Example:
      dateline verify project
    """
    from dateline.drawing import wording
    from dateline.storing.verify import verify

    faults = verify(project)
    if as_json:
        _print_json([asdict(fault) for fault in faults])
    else:
        click.echo("\n".join(wording.line(str(fault)) for fault in faults) or "All of it is as it was written.")
    return WITH_ISSUES if faults else 0


@click.command("score")
@click.option("--gold", type=_FOLDER, help="Folder of gold sets: <set>/<split>.jsonl.")
@click.option("--split", default="dev", show_default=True)
@click.option("--set", "sets", multiple=True, metavar="NAME", help="Only these sets.")
@_CODER
@click.option("--errors", type=click.IntRange(1), metavar="N", help="List N units that were judged otherwise, by id.")
@click.option("--update", is_flag=True, help="Pin floors that were raised.")
@click.option("--allow-regression", is_flag=True, help="With --update: lower floors too.")
@click.option("--json", "as_json", is_flag=True)
def score_command(gold: Path | None, split: str, sets: tuple[str, ...], as_json: bool, **options: Any) -> int:
    """Score every stage on gold data and compare with the pinned floors.

    \b
    Examples:
      dateline score
      dateline score --set timex_tbaq --errors 20
      dateline score --coder cascade --set class_plover_gsr
      dateline score --gold held-apart/ --split test
    """
    from dateline.cli import output
    from dateline.evaluating.score import rows_json, score
    from dateline.evaluating.spine import OWN_GOLD, Spine, gold_folder

    config = _prepared(coder=options["coder"])
    if config.codebook:
        output.say(f"gold sets are coded by the codebook that ships; {config.codebook} of the settings is left aside")
    folder, stages = gold_folder(config, gold), Spine(config)
    if options["errors"]:
        return _show_errors(folder, split, sets, stages, options["errors"])
    rows = score(folder, split, sets or None, stages, output.say, OWN_GOLD)
    if split == "dev":
        rows, faults = _against_floors(rows, config.coder, options["update"], options["allow_regression"])
    else:
        faults = []
    _print_json(rows_json(rows)) if as_json else output.show_scores(rows)
    for fault in faults:
        click.echo(f"below its floor: {fault}", err=True)
    return 1 if faults else 0


def _show_errors(folder: Path, split: str, sets: tuple[str, ...], stages: Any, limit: int) -> int:
    from dateline.evaluating.score import disagreements
    from dateline.evaluating.spine import OWN_GOLD

    if len(sets) != 1:
        raise UsageError(f"--errors looks at one set; {len(sets)} given with --set")
    for it in disagreements(folder, split, sets[0], stages, limit, OWN_GOLD):
        click.echo(f"{it.id}\tgold {' '.join(it.gold) or '-'}\tfound {' '.join(it.found) or '-'}")
    return 0


def _against_floors(rows: Any, coder: str | None, update: bool, allow_regression: bool) -> tuple[Any, list[str]]:
    from dateline.coding.registry import DEFAULT
    from dateline.evaluating.floors import (
        check_floors,
        floors_of,
        load_floors,
        merge_floors,
        save_floors,
        update_floors,
        with_floors,
    )

    whose = None if coder in {None, DEFAULT} else coder
    path = Path("benchmarks/floors.json")
    if not path.is_file() and not update:
        click.echo(f"no floors to compare with: {path} is not here; run from the checkout", err=True)
    every = load_floors(path)
    floors = floors_of(every, whose)
    faults = check_floors(rows, floors)
    if update:
        floors, faults = update_floors(rows, floors, allow_regression=allow_regression)
        save_floors(path, merge_floors(every, floors, whose))
    return with_floors(rows, floors), faults


def _config(**overrides: Any) -> Any:
    """Return the settings in force, with what the command line says instead."""
    from dateline.config import load_config

    return replace(load_config(), **{key: value for key, value in overrides.items() if value is not None})


def _prepared(**overrides: Any) -> Any:
    """Return the settings in force, after the gazetteer has been compiled, which is told if it takes a while."""
    from dateline.cli import output
    from dateline.grounding.gazetteer import open_gazetteer

    config = _config(**overrides)
    open_gazetteer(config.cache, progress=output.say)
    return config


def _print_json(value: Any, indent: int | None = 1) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


COMMANDS = (run_command, code_command, explore_command, publish_command, verify_command, score_command, *REVIEWING)

"""What `dateline publish` asks and shows: the order as given, all that is about to leave, and what was written."""

from __future__ import annotations

import sys
from datetime import datetime
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import click

from dateline.drawing import wording
from dateline.errors import UsageError
from dateline.model.imputation import Rule
from dateline.publishing.leaving import File
from dateline.publishing.order import About, Format, Order
from dateline.publishing.vocabulary import MASK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dateline.publishing.export import Release
    from dateline.publishing.leaving import Leaving

MOST_NAMES = 40
"""Names that are listed before what leaves; the others are counted."""


def order_of(  # noqa: PLR0913 - the options of one command
    key: bytes | None,
    *,
    formats: tuple[str, ...],
    names: tuple[str, ...],
    public: tuple[str, ...],
    impute: str,
    policy: str,
    quotes: int,
    least: int,
    texts: bool,
    title: str | None,
    creators: tuple[str, ...],
    licence: str | None,
    released: datetime | None,
) -> Order:
    """Return the order that the command line gives."""
    given = {"title": title, "creators": creators, "licence": licence, "released": released and released.date()}
    about = About(**{name: value for name, value in given.items() if value})  # type: ignore[arg-type]
    chosen = tuple(Format(name) for name in formats) or tuple(Format)
    return Order(chosen, names, Rule(impute), policy, key, quotes, least, texts, about, public)


def agreement(*, ask: bool) -> Callable[[Leaving], bool]:
    """Return who is asked whether something may leave: a person at the terminal, or nobody."""
    return _ask if ask else lambda leaving: True


def show_release(release: Release) -> None:
    """Print what was published."""
    click.echo("\n".join(str(release.folder / name) for name in release.files))
    counts = [wording.plural(release.incidents, "incident"), wording.plural(release.mentions, "mention")]
    told = f"{', '.join(counts)} of {wording.plural(release.reports, 'report')}"
    click.echo(f"{told}; a private name was masked in {wording.plural(release.masked, 'mention')}")


def tell(leaving: Leaving) -> Iterator[str]:
    """Yield what is about to leave, a line each."""
    yield "About to leave:"
    for file in _grouped(leaving.files):
        rows = f"{file.rows:,} rows x {len(file.columns)} columns" if file.columns else f"{file.rows:,} lines"
        yield f"  {file.path:<34} {file.size:>11,} bytes  {rows}"
        yield from [f"      {', '.join(file.columns)}"] if file.columns and file.path.endswith(".csv") else []
    yield f"Public by name ({len(leaving.names):,}): {_listed(f'{name} ({count})' for name, count in leaving.names)}"
    yield f"Publishers ({len(leaving.publishers):,}): {_listed(leaving.publishers)}"
    if hidden := sum(MASK in name for name in leaving.publishers):
        yield f"  {hidden:,} of these are masked, since they may be names of persons; --public NAME lets one stand"
    yield f"Precision of places: {_listed(f'{name} {count:,}' for name, count in leaving.precision)}"
    yield f"Quotes: {leaving.quotes:,}, the longest of {leaving.longest:,} characters; {leaving.cut:,} are cut off"
    yield f"Masked: {leaving.masked:,} mentions; {leaving.masks:,} masks in quotes"
    yield f"Reports with their address: {leaving.addresses:,}"
    yield f"Reports with their whole text, masked: {leaving.texts:,}"
    yield from [f"Left out, too few at their place: {leaving.left_out:,}"] if leaving.left_out else []
    yield "No byte of this holds a name that was masked, or a spelling of one. Names that nothing took for private may."


def _grouped(files: Iterable[File]) -> Iterator[File]:
    """Yield files, the many pages of one folder as one."""
    for (folder, is_page), group in groupby(
        files, lambda it: (str(PurePosixPath(it.path).parent), it.path.endswith(".html"))
    ):
        several = list(group)
        if is_page and len(several) > 1:
            path = f"{folder}/*.html ({len(several):,} pages)"
            yield File(path, sum(it.size for it in several), sum(it.rows for it in several))
        else:
            yield from several


def _ask(leaving: Leaving) -> bool:
    click.echo("\n".join(tell(leaving)), err=True)
    if not sys.stdin.isatty():
        raise UsageError("nobody is at the terminal to agree to what leaves; look at it above, and give --yes to agree")
    return click.confirm("Publish this?", default=False, err=True)


def _listed(names: Iterable[str]) -> str:
    known = [wording.line(name) for name in names]
    rest = len(known) - MOST_NAMES
    return ", ".join(known[:MOST_NAMES]) + (f" and {rest:,} more" if rest > 0 else "") if known else "none"

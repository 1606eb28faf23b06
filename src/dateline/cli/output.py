"""What a person sees in the terminal: the progress of a run, its summary, one report told value by value."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich import markup
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from dateline.drawing import wording
from dateline.model.ground import Scope, VoiceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dateline.evaluating.score import Row
    from dateline.model.event import Mention
    from dateline.model.ground import Actor, Place, Voice, When
    from dateline.model.incident import Incident
    from dateline.reading.listing import Listing
    from dateline.running.run import Progress as RunProgress
    from dateline.running.run import Summary
    from dateline.running.told import Told
    from dateline.storing.answers import Counts

SHOWN = 12
"""Incidents in the summary of a run."""

_NAMED = 5
"""Names that a message lists; the others are counted."""

_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


def escape(text: str) -> str:
    """Return a text that a terminal shows and does not obey: no markup, no control or bidirectional character."""
    return markup.escape(str(wording.visible(text)))


def say(message: str) -> None:
    """Tell what is being done, on standard error."""
    _err.print(escape(message), style="dim", soft_wrap=True)


def say_unfit(listing: Listing) -> None:
    """Tell which rows of a table name no file that is read, and of which files it says nothing."""
    table = listing.path.name
    if count := len(listing.alone):
        words = f"row of {table} names" if count == 1 else f"rows of {table} name"
        say(f"{count:,} {words} no file that is read: {_first(listing.alone)}")
    if count := len(listing.unlisted):
        words = "file is" if count == 1 else "files are"
        say(f"{count:,} {words} read of which {table} says nothing: {_first(listing.unlisted)}")


def _first(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[RunProgress], None]]:
    """Show how far a run is, and give the function that it calls to tell."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(pulse_style="cyan"), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True, disable=quiet or not _err.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def tell(state: RunProgress) -> None:
            words = f"{state.done:,} reports · {state.mentions:,} mentions · {state.issues:,} issues"
            bar.update(task, description=words)

        yield tell


def show_summary(summary: Summary) -> None:
    """Print what a run did, what the project holds, and the incidents that most reports tell of."""
    from dateline.storing.database import open_database  # DuckDB takes half a second to import

    with open_database(summary.project) as database:
        incidents, kinds = database.incidents(), database.issue_kinds()
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right", style="bold")
    table.add_column()
    for number, words in (*_counted(summary.total), *(_issues_of(*kind) for kind in kinds)):
        table.add_row(f"{number:,}", words)
    _out.print()
    _out.print(table)
    for hint in _missing(summary.total):
        _out.print(f"\n[yellow]{hint}[/]", soft_wrap=True)
    _out.print()
    _out.print(_incidents(incidents))
    news = "" if summary.run else " (nothing new)"
    _out.print(f"\n{summary.inputs:,} inputs in {summary.seconds:.1f} s{news}. Look at every value and its words:")
    _out.print(f"  dateline explore {summary.project}", style="bold", soft_wrap=True)


def _counted(total: Counts) -> tuple[tuple[int, str], ...]:
    return (
        (total.reports, f"reports ({total.readings:,} inputs, {total.duplicates:,} of them the same text again)"),
        (total.mentions, "mentions: an event as one report tells it"),
        (total.incidents, "incidents: what happened, from linked mentions"),
        (total.single_source, "of these with a single independent source"),
        (total.contested, "of these contested: accounts that cannot all be right"),
        (total.issues, f"issue{'s' * (total.issues != 1)}: what could not be read or coded, kept with the reason"),
    )


def _issues_of(stage: str, kind: str, number: int) -> tuple[int, str]:
    return number, f"  {stage}: {kind.replace('-', ' ')}"


def _missing(total: Counts) -> Iterator[str]:
    """Yield what the user may know of the reports and they do not say, with what is lost by it."""
    hint = "If you know it, say it with --about, in a new project (dateline run --help)."
    if total.undated:
        yield (
            f"{wording.plural(total.undated, 'report')} without a day of publication: what they date by it "
            f"(“on Monday”) has no day. {hint}"
        )
    if total.unsigned:
        yield (
            f"{wording.plural(total.unsigned, 'report')} without a publisher: several reports of one publisher then "
            f"pass for independent sources. {hint}"
        )


def _incidents(incidents: Sequence[Incident]) -> Table:
    ranked = sorted(incidents, key=lambda it: (-it.independent, -len(it.mentions), it.id))[:SHOWN]
    table = Table(title="Told by most independent sources", title_justify="left", box=None, pad_edge=False)
    for heading, width in (("when", 22), ("what", 20), ("where", 14), ("claims", 18)):
        table.add_column(heading, max_width=width)
    table.add_column("sources", justify="right")
    for it in sorted(ranked, key=lambda it: (it.earliest is None, it.earliest, it.id)):
        when = wording.days(it.earliest, it.latest, it.granularity)
        what = wording.kind(it.type, it.form)
        what += "" if it.status == "asserted" else f" ({wording.status(it.status)})"
        table.add_row(when, what, escape(it.place or it.country or "?"), _claims(it), str(it.independent))
    return table


def _claims(incident: Incident) -> str:
    disputed = [f"contested: {wording.disputed(incident.disputed)}"] if incident.contested else []
    return "\n".join([*(wording.count(it.counts, it.low, it.high) for it in incident.figures), *disputed])


def show_told(told: Told, *, explain: bool = False) -> None:
    """Print one report's mentions, value by value, each with its words, and its issues."""
    if told.report:
        name = told.report.title or told.report.source
        about = [told.report.publisher, told.report.published.day, told.report.language]
        _out.print(f"[bold]{escape(name)}[/]  {escape(', '.join(str(it) for it in about if it))}")
    for mention in told.mentions:
        _show_mention(mention, explain=explain)
    for label, sentence in told.labels if explain else ():
        _out.print(f"\n[bold]{label.name}[/] {label.score:.2f}  “{escape(sentence.quote)}”")
    for issue in told.issues:
        _out.print(f"[yellow]issue[/] {issue.stage} {issue.kind}: {escape(issue.message)}")
    nouns = {"mention": told.mentions, "incident": told.incidents, "issue": told.issues}
    _out.print(", ".join(wording.plural(len(those), noun) for noun, those in nouns.items()))


def _show_mention(mention: Mention, *, explain: bool) -> None:
    form = f" {mention.form}" if mention.form else ""
    _out.print(f"\n[bold]{mention.type}{form}[/] [cyan]{mention.status}[/]  “{escape(mention.trigger.quote)}”")
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
    for name, value, words in _values(mention):
        table.add_row(f"  {name}", escape(value), escape(f"“{words}”" if words else ""))
    if explain:
        table.add_row("  why", escape(mention.why), f"confidence {mention.confidence:.2f}")
    _out.print(table)


def _values(mention: Mention) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and words of each field of a mention."""
    for actor in mention.actors:
        yield actor.role.value, _actor(actor), actor.evidence.quote
    if mention.place:
        yield "where", _place(mention.place), mention.place.evidence.quote
    if mention.when:
        yield "when", _when(mention.when), mention.when.evidence.quote
    for figure in mention.figures:
        low, high = ("?" if it is None else f"{it:,}" for it in (figure.low, figure.high))
        scope = "" if figure.scope is Scope.WHOLE else f" ({figure.scope.value})"
        yield "how many", f"{low if low == high else f'{low} to {high}'} {figure.counts}{scope}", figure.evidence.quote
    for voice in mention.attribution.voices:
        yield "says", _voice(voice), voice.evidence.quote if voice.evidence else ""


def _actor(actor: Actor) -> str:
    parts = [actor.name, actor.country, actor.sector, "" if actor.public else "not public"]
    return " · ".join(part for part in parts if part)


def _place(place: Place) -> str:
    name = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    return f"{name or '?'} ({place.precision}, {place.basis})"


def _when(when: When) -> str:
    return f"{when.edtf or '?'} ({when.granularity}, {when.basis})"


def _voice(voice: Voice) -> str:
    if voice.kind is VoiceKind.REPORT:
        return "the report itself"
    cue = f", “{voice.cue.quote}”" if voice.cue else ""
    return f"{voice.name or voice.kind.value}{cue}"


def show_scores(rows: Sequence[Row]) -> None:
    """Print the scoreboard."""
    from dateline.evaluating.score import render

    _out.print(render(rows))


_RULES = {
    "within": "of a wave or protest and the incidents that are part of it, the larger number counts (docs/policies.md)",
    "added": "incidents that are part of others are added to them: people can be counted twice (docs/policies.md)",
}


def show_totals(totals: Sequence[dict[str, Any]], by: Sequence[str], parts: str) -> None:
    """Print totals, a row each, and the rule for parts. An end that some incidents leave open is marked."""
    table = Table(box=None, pad_edge=False)
    for name in ("policy", *by, "counts"):
        table.add_column(name)
    for name in ("low", "best", "high", "told", "parts", "incidents"):
        table.add_column(name, justify="right", no_wrap=True)
    for it in totals:
        named = [escape(it[name] or "-") for name in ("policy", *by, "counts")]
        low, best, high = ("" if it[name] is None else f"{it[name]:,}" for name in ("low", "best", "high"))
        ends = ("≤ " * bool(it["open_low"]) + low, best, "≥ " * bool(it["open_high"]) + high)
        table.add_row(*named, *ends, *(f"{it[name]:,}" for name in ("told", "parts", "incidents")))
    _out.print(table if totals else "no incident that happened has a number")
    if totals:
        _out.print(f"[dim]parts {parts}: {_RULES[parts]}[/]")

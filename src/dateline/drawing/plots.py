"""Figures of a dataset for a paper: events over time by type, and how far sources are apart under each policy.

Drawn by matplotlib, which is no part of what Dateline needs. The same data give the same picture.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dateline.drawing import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes

    from dateline.model.incident import Incident
    from dateline.model.policy import Estimate

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999")
"""Told apart by people who see colours otherwise, in print too. Source: Okabe and Ito 2008."""

MARKS = {"lowest": "<", "median": "o", "most_precise": "D", "acled": "^", "ucdp": "s", "ccc": "x", "highest": ">"}
"""The marks of policies, which need no colour."""

LARGEST = 6
"""Types with a colour of their own; all others are one."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One row of the plot of disagreement: what it is, its range, and the number that each policy takes."""

    label: str
    low: int
    high: int
    chosen: Mapping[str, int]


def plot_times(incidents: Iterable[Incident], unit: str = "month") -> Figure:
    """Return a plot of the incidents that happened, over time and by type.

    Those whose days do not lie within one unit are in no bar; the plot says how many these are.

    Args:
        incidents: settled or not.
        unit: of a bar: year or month.
    """
    happened = [it for it in incidents if it.status.happened]
    placed = [(kind.type, period) for kind in happened if (period := period_of(kind, unit))]
    figure, axes = _axes(9.0, 4.5)
    _stack(axes, Counter(placed))
    left_out = len(happened) - len(placed)
    axes.set_title(
        f"Incidents by {unit}: {len(placed):,}, and {left_out:,} whose time is not known as exactly", loc="left"
    )
    axes.set_ylabel("incidents")
    return figure


def period_of(incident: Incident, unit: str) -> str | None:
    """Return the year or month in which all days of an incident lie; None if they do not, or are not known."""
    length = {"year": 4, "month": 7}[unit]
    first, last = (day.isoformat()[:length] if day else None for day in (incident.earliest, incident.latest))
    return first if first == last else None


def _stack(axes: Axes, counts: Mapping[tuple[str, str], int]) -> None:
    """Draw a bar a period, the largest types first; periods without incidents keep their place."""
    sizes = Counter({kind: 0 for kind, _ in counts})
    for (kind, _), count in counts.items():
        sizes[kind] += count
    named = sorted(sizes, key=lambda kind: (-sizes[kind], kind))
    shown = [*named[:LARGEST], *(["other"] if named[LARGEST:] else [])]
    periods = all_periods({period for _, period in counts})
    below = [0] * len(periods)
    for colour, kind in zip(COLOURS, shown, strict=False):
        kinds = named[LARGEST:] if kind == "other" and kind not in named else [kind]
        heights = [sum(counts.get((it, period), 0) for it in kinds) for period in periods]
        axes.bar(range(len(periods)), heights, bottom=below, color=colour, label=wording.code(kind), width=0.9)
        below = [one + other for one, other in zip(below, heights, strict=True)]
    step = max(1, len(periods) // 12)
    axes.set_xticks(range(0, len(periods), step), periods[::step], rotation=45, ha="right")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    if shown:
        axes.legend(frameon=False, ncols=len(shown), loc="upper left", bbox_to_anchor=(0, -0.25))


def all_periods(known: Iterable[str]) -> list[str]:
    """Return all years, or all months, from the first to the last of these.

    >>> all_periods({"1989-11", "1990-01"}), all_periods({"1989", "1991"}), all_periods(())
    (['1989-11', '1989-12', '1990-01'], ['1989', '1990', '1991'], [])
    """
    ends = sorted(known)
    if not ends:
        return []
    if len(ends[0]) == 4:
        return [f"{year:04}" for year in range(int(ends[0]), int(ends[-1]) + 1)]
    first, last = (date.fromisoformat(f"{end}-01") for end in (ends[0], ends[-1]))
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]


def dispute_of(incident: Incident, chosen: Mapping[str, Estimate]) -> Dispute | None:
    """Return the row of an incident from what each policy takes; None where lowest and highest are the same."""
    ends = chosen["lowest"].low, chosen["highest"].high
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return None
    where = wording.area(incident.place, None, incident.country)
    label = f"{where}, {wording.days(incident.earliest, incident.latest, incident.granularity)}"
    return Dispute(label, ends[0], ends[1], {name: it.best for name, it in chosen.items() if it.best is not None})


def plot_disputes(disputes: Sequence[Dispute], counts: str, total: int) -> Figure:
    """Return a plot of how far sources are apart: a line from the lowest to the highest number, a mark a policy.

    Args:
        disputes: one an incident, in the order of their rows.
        counts: what is counted.
        total: of how many such incidents these were chosen.
    """
    figure, axes = _axes(9.0, 1.4 + 0.42 * max(3, len(disputes)))
    for row, it in enumerate(disputes):
        axes.plot([it.low, it.high], [row, row], color="#DDDDDD", linewidth=9, solid_capstyle="butt", zorder=1)
    for place, (colour, (policy, mark)) in enumerate(zip(COLOURS, MARKS.items(), strict=True)):
        aside = 0.09 * (place - len(MARKS) // 2)  # marks of one number stand above each other
        points = [(it.chosen[policy], row + aside) for row, it in enumerate(disputes) if policy in it.chosen]
        numbers, rows = [number for number, _ in points], [row for _, row in points]
        axes.scatter(numbers, rows, marker=mark, color=colour, label=policy, s=22, zorder=2)
    axes.set_yticks(range(len(disputes)), [it.label for it in disputes])
    axes.invert_yaxis()
    _scale(axes, disputes)
    told = f"How many {wording.code(counts)}: {len(disputes):,} of {total:,} incidents whose sources differ"
    axes.set_title(told, loc="left")
    axes.legend(
        frameon=False, ncols=len(MARKS), loc="upper left", bbox_to_anchor=(-0.15, -0.6 / figure.get_figheight())
    )
    return figure


def _scale(axes: Axes, disputes: Sequence[Dispute]) -> None:
    """Draw equal ratios as equal lengths where numbers are far apart; zero keeps its place."""
    lows, highs = [it.low for it in disputes], [it.high for it in disputes]
    if disputes and max(highs) > 20 * max(1, min(lows)):
        axes.set_xscale("symlog", linthresh=1)
        axes.set_xlim(min(lows) / 2, max(highs) * 2)
    axes.xaxis.set_major_formatter(lambda number, _place: f"{number:,.0f}")


def save(figure: Figure, path: str) -> None:
    """Write a figure in the form that the ending of the name says; the same figure gives the same bytes."""
    from matplotlib import rc_context

    kind = path.rpartition(".")[2].lower()
    dateless = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind, {})
    with rc_context({"svg.hashsalt": "dateline"}):
        figure.savefig(path, dpi=200, bbox_inches="tight", metadata=dateless)


def _axes(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height))
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes

"""How many, as numbers that policies choose among: of one figure, of one report, of one independent source.

What is said several times in the same words counts once: a copy adds nothing to an amount.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

from dateline.model.ground import Bound, Scope
from dateline.model.imputation import acled, ccc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.model.event import Mention, Status
    from dateline.model.ground import Figure
    from dateline.model.incident import Group


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of people or things as some words give it; `low` <= `best` <= `high`.

    Attributes:
        low, high: the lowest and the highest number that the words allow or, where they leave that end open, the number
            that they name: `low` of "up to 30" and `high` of "at least 30" are 30.
        best: the number that the words name, of two the mean (rounded down); where they name none ("dozens"), the
            lowest that they allow.
        open_low, open_high: whether the words leave that end open.
        acled, ccc: the number by the rules of these projects (`model.imputation`); None where they state none.
    """

    low: int
    best: int
    high: int
    open_low: bool = False
    open_high: bool = False
    acled: int | None = None
    ccc: int | None = None


Said = tuple[Amount, ...]
"""What one report says of a count: its amounts, each once."""

Sources = tuple[tuple[Said, ...], ...]
"""Of one count of one incident: for each independent source that gives it, what each of its reports says."""


def counted(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Return what figures say of each count.

    A part of a number, or what comes on top of one, says only that there were at least so many, and nothing beside a
    whole; a toll that the words replace says nothing.
    """
    whole: dict[str, list[Figure]] = defaultdict(list)
    partial: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.scope is Scope.WHOLE:
            whole[figure.counts].append(figure)
        elif figure.scope is not Scope.FORMER:
            partial[figure.counts].append(replace(figure, high=None))
    return partial | whole


def amount_of(figure: Figure) -> Amount | None:
    """Return the amount of a figure; None where its words give neither a number nor a bound of one."""
    low, high = figure.low, figure.high
    ends = [end for end in (low, high) if end is not None]
    if not ends:
        return None
    named = figure.named if figure.named is not None else _named_by(figure)
    best = named if low is None else max(named, low)
    best = best if high is None else min(best, high)
    whole = figure.scope is Scope.WHOLE
    return Amount(
        best if low is None else low,
        best,
        best if high is None else high,
        low is None,
        high is None,
        acled(figure) if whole else None,
        ccc(figure) if whole else None,
    )


def _named_by(figure: Figure) -> int:
    """Return the number that stands for words that name two ("20 to 30") or none ("dozens", "scores")."""
    ends = [end for end in (figure.low, figure.high) if end is not None]
    return sum(ends) // len(ends) if figure.bound is Bound.RANGE else ends[0]


def together(amounts: Iterable[Amount]) -> Amount:
    """Return what some amounts, at least one, say together: all their range, and the median of what they name.

    >>> together([Amount(3, 3, 3), Amount(5, 5, 5), Amount(5, 5, 5), Amount(9, 9, 9, open_high=True)]).best
    5
    """
    known = set(amounts)
    if len(known) == 1:
        return known.pop()
    own = [it.acled for it in known if it.acled is not None]
    crowd = [it.ccc for it in known if it.ccc is not None]
    return Amount(
        min(it.low for it in known),
        median([it.best for it in known]),
        max(it.high for it in known),
        any(it.open_low for it in known),
        any(it.open_high for it in known),
        min(own, default=None),
        middle(crowd) if crowd else None,
    )


def heard(sources: Sources) -> list[Amount]:
    """Return what each independent source says, all of its reports together: a copy, whole or in part, adds nothing."""
    return [together(amount for report in reports for amount in report) for reports in sources]


def median(values: Sequence[int]) -> int:
    """Return the median of some whole numbers, of two in the middle their mean, rounded down."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2


def middle(values: Sequence[int]) -> int:
    """Return the mean of the lowest and the highest value, rounded."""
    return round((min(values) + max(values)) / 2)


def sources_of(groups: Sequence[Group], mentions: Iterable[Mention], status: Status) -> dict[str, Sources]:
    """Return, for each count, what each independent source says of it, by the order of the groups.

    Only mentions of the incident's status count: the number in a plan is no count of what happened.
    """
    group_of = {report: index for index, group in enumerate(groups) for report in group.reports}
    return gather(
        (counts, group_of[mention.report], mention.report, amounts)
        for mention in mentions
        if mention.status.tells_of(status)
        for counts, amounts in amounts_of(mention.figures).items()
    )


def amounts_of(figures: Iterable[Figure]) -> dict[str, tuple[Amount, ...]]:
    """Return the amounts of each count that the figures of one mention say something of."""
    told = {counts: tuple(it for it in map(amount_of, its) if it) for counts, its in counted(figures).items()}
    return {counts: amounts for counts, amounts in told.items() if amounts}


def gather(told: Iterable[tuple[str, int, str, Sequence[Amount]]]) -> dict[str, Sources]:
    """Return the sources of each count from what each mention tells: count, place of its source, report, amounts."""
    said: dict[str, dict[int, dict[str, list[Amount]]]] = {}
    for counts, group, report, amounts in told:
        said.setdefault(counts, {}).setdefault(group, {}).setdefault(report, []).extend(amounts)
    return {counts: tuple(_reports(it.values()) for _, it in sorted(said[counts].items())) for counts in sorted(said)}


def _reports(told: Iterable[Sequence[Amount]]) -> tuple[Said, ...]:
    """Return what the reports of a source say, whatever order it came in."""
    said = (tuple(sorted(set(amounts), key=_rank)) for amounts in told)
    return tuple(sorted(said, key=lambda it: [_rank(amount) for amount in it]))


def _rank(amount: Amount) -> tuple[int, ...]:
    """Return what amounts are sorted by, so that equal sources are equal values."""
    return tuple(-1 if it is None else int(it) for it in astuple(amount))

"""Totals of a dataset under every policy: how many killed, arrested, ... by type, country, year.

Each incident counts once, whichever number of reports tell of it, and so do a wave and its local events together
(`wholes`). An incident with no number is none in a total: it is told apart, since unknown is not zero. Only what
happened counts; a policy may settle it as denied.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dateline.errors import UsageError
from dateline.model.amounts import Amount, Sources, amounts_of, gather
from dateline.model.event import Status
from dateline.model.ground import Basis, Bound, Figure, Scope
from dateline.model.imputation import COUNTS_OF_PEOPLE
from dateline.model.policy import POLICIES, Estimate, Policy, estimate, policy_of
from dateline.model.settled import settled_status, votes
from dateline.model.text import Evidence
from dateline.model.wholes import Sum, add_up, sum_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BY = ("type", "form", "country", "admin1", "year", "month")
"""What totals can be told apart by. Year and month are those of the first day on which the sources agree."""

WITHIN, ADDED = "within", "added"
"""What is done with an incident that is a part of another: it counts within that, or is added to it."""

ADDS_ALL = "every_report"
"""The policy under which parts are always added."""


@dataclass(frozen=True, slots=True)
class Case:
    """What totals need of an incident.

    Attributes:
        about: its values of `BY`.
        votes: how many independent sources assert it, and how many deny it outright.
        sources: for each count, what each independent source says of it.
    """

    incident: str
    status: Status
    about: Mapping[str, str | None]
    votes: tuple[int, int]
    sources: Mapping[str, Sources]


@dataclass(frozen=True, slots=True)
class Total:
    """How many in all, of one count under one policy.

    Attributes:
        key: the values of what was asked to be told apart, in that order.
        incidents: all incidents of this key that happened, as the policy settles it.
        told: how many of them have a number: the total is of these, and nothing is known of the others.
        parts: how many of those told lie within another one told, and so are not added to it.
        low, high: the sum of the lowest and highest numbers; where some are open, of the numbers that are named there.
        best: the sum of the best numbers; None under a policy that chooses none.
        open_low, open_high: how many incidents leave that end open, so that the true end lies beyond the sum.
    """

    policy: str
    key: tuple[str | None, ...]
    counts: str
    incidents: int
    told: int
    low: int
    best: int | None
    high: int
    open_low: int = 0
    open_high: int = 0
    parts: int = 0


@dataclass(slots=True)
class _Cell:
    """Sums by count: of incidents that are neither parts nor wholes, and of each of the others."""

    incidents: int = 0
    alone: dict[str, list[Sum]] = field(default_factory=lambda: defaultdict(list))
    related: dict[str, dict[str, Sum]] = field(default_factory=lambda: defaultdict(dict))


def totals_of(
    cases: Iterable[Case],
    policies: Sequence[str] = (),
    by: Sequence[str] = (),
    whole_of: Mapping[str, str] | None = None,
) -> tuple[Total, ...]:
    """Return the totals of all counts of people, by policy, key and count; the order of cases changes nothing.

    A part counts within its whole where both are of one key; under `every_report` it is added, to show what that does.

    Args:
        cases: one an incident.
        policies: names; all of them by default.
        by: what to tell apart, of `BY`.
        whole_of: the whole of each incident that is a part (`wholes.forest_of`); by default none is.

    Raises:
        UsageError: if there is no such policy, or incidents cannot be told apart so.
    """
    chosen = [policy_of(name) for name in policies] or [*POLICIES.values()]
    if unknown := [name for name in by if name not in BY]:
        raise UsageError(f"{unknown[0]!r} given to tell totals apart by; expected some of {', '.join(BY)}")
    cells: dict[tuple[str, tuple[str | None, ...]], _Cell] = defaultdict(_Cell)
    forest = whole_of or {}
    related = forest.keys() | set(forest.values())
    for case in cases:
        key = tuple(case.about.get(name) for name in by)
        for policy in chosen:
            numbers = numbers_of(case, policy)
            if numbers is not None:
                _count(cells[policy.name, key], case.incident, numbers, case.incident in related, policy.name)
    order = {policy.name: place for place, policy in enumerate(chosen)}
    ranked = sorted(cells.items(), key=lambda it: (order[it[0][0]], [(part is None, part or "") for part in it[0][1]]))
    return tuple(total for (policy, key), cell in ranked for total in _totals(policy, key, cell, forest))


def numbers_of(case: Case, policy: Policy) -> dict[str, Sum] | None:
    """Return what an incident adds to the total of each count under a policy; None if by it nothing happened."""
    if not settled_status(policy, case.status, case.votes).happened:
        return None
    found = ((counts, _number(policy.name, told)) for counts, told in case.sources.items())
    return {counts: number for counts, number in found if number is not None}


def _count(cell: _Cell, incident: str, numbers: Mapping[str, Sum], is_related: bool, policy: str) -> None:
    cell.incidents += 1
    for counts, number in numbers.items():
        if is_related and policy != ADDS_ALL:
            cell.related[counts][incident] = number
        else:
            cell.alone[counts].append(number)


@lru_cache(maxsize=65_536)
def _number(policy: str, sources: Sources) -> Sum | None:
    """Return an estimate, in the place of an end that is open the number that is named; None if there is none."""
    found = closed = estimate(policy, sources)
    if policy == "range":
        closed = Estimate(estimate("lowest", sources).low, None, estimate("highest", sources).high)
    return None if closed.low is None else Sum.of(found, closed)


def _totals(policy: str, key: tuple[str | None, ...], cell: _Cell, whole_of: Mapping[str, str]) -> Iterator[Total]:
    for counts in sorted(cell.alone.keys() | cell.related.keys()):
        it = add_up((*cell.alone[counts], sum_up(cell.related[counts], whole_of)))
        yield total_of(policy, key, counts, cell.incidents, it)


def total_of(policy: str, key: tuple[str | None, ...], counts: str, incidents: int, it: Sum) -> Total:
    """Return the total that a sum over the incidents of a key is."""
    ends = (it.low, it.best, it.high, it.open_low, it.open_high)
    return Total(policy, key, counts, incidents, it.told, *ends, it.parts)


def totals_table(totals: Iterable[Total], by: Sequence[str] = (), rule: str = ADDED) -> pa.Table:
    """Return totals as a table: policy, rule for parts, what they are told apart by, counts, and numbers of `Total`."""
    numbers = ("incidents", "told", "parts", "low", "best", "high", "open_low", "open_high")
    columns: dict[str, pa.DataType] = dict.fromkeys(("policy", "rule", *by, "counts"), pa.string())
    columns |= dict.fromkeys(numbers, pa.int64())
    rows = [
        {"policy": it.policy, "rule": ADDED if it.policy == ADDS_ALL else rule}
        | {**dict(zip(by, it.key, strict=True)), "counts": it.counts}
        | {name: getattr(it, name) for name in numbers}
        for it in totals
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(columns))


def cases_of(incidents: Iterable[tuple[Any, ...]], stated: Iterable[tuple[Any, ...]]) -> Iterator[Case]:
    """Yield the cases of plain rows, as a database gives them, both by incident.

    Args:
        incidents: id, status, type, form, country, admin1, first day.
        stated: incident, place of an independent source, report, status, figures: one row a mention.
    """
    told = groupby(stated, itemgetter(0))
    ahead = next(told, None)
    for incident, status, type_, form, country, admin1, first in incidents:
        own: list[tuple[Any, ...]] = []
        if ahead and ahead[0] == incident:
            own = list(ahead[1])
            ahead = next(told, None)
        day = first.isoformat() if first else None
        values = (type_, form, country, admin1, day and day[:4], day and day[:7])
        yield _case(incident, Status(status), dict(zip(BY, values, strict=True)), own)


def _case(incident: str, status: Status, about: dict[str, str | None], stated: Sequence[tuple[Any, ...]]) -> Case:
    told = [(group, report, Status(claims), figures) for _, group, report, claims, figures in stated]
    amounts = (
        (counts, group, report, its)
        for group, report, claims, figures in told
        if claims.tells_of(status)
        for counts, its in _amounts(tuple(tuple(it.values()) for it in figures))
        if counts in COUNTS_OF_PEOPLE
    )
    return Case(incident, status, about, votes((group, claims) for group, _, claims, _ in told), gather(amounts))


@lru_cache(maxsize=65_536)
def _amounts(figures: tuple[tuple[Any, ...], ...]) -> tuple[tuple[str, tuple[Amount, ...]], ...]:
    return tuple(amounts_of(map(_figure, figures)).items())


def _figure(values: tuple[Any, ...]) -> Figure:
    """Return the figure of values that decide its amount; its words only where they name no number."""
    counts, low, high, named, bound, scope, basis, quote = values
    words = Evidence(0, len(quote or ""), quote or "")
    return Figure(words, counts, low, high, (), Bound(bound), named, Scope(scope), Basis(basis))

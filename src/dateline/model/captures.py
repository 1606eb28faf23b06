"""Capture histories: which list of incidents holds which incident, for multiple-systems estimation elsewhere.

A list is what one publisher, or the outlets of one owner, report first-hand. A copy is no capture: each independent
source of an incident counts for the list of its origin alone. Nothing is estimated here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateline.model.publisher import owner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.model.incident import Group, Incident
    from dateline.model.publisher import Publisher

ASSUMPTIONS = (
    "One row an incident that happened; 1 where a list holds it, 0 where not. `other` is any list without a column.",
    "Incidents are listed, not victims: an estimate from this table is of incidents, and of no number of dead.",
    "Assumed by multiple-systems estimation, and not tested here:",
    "1. Closed: no incident enters or leaves. Choose one place and one period.",
    "2. Linked without error: an incident split in two raises an estimate, two merged lower it. See the model card.",
    "3. Lists are independent, or their dependence is modelled. Copies, outlets of one owner and reports on the word of"
    " one voice count once; outlets that follow each other or fear the same censor still depend on each other.",
    "4. Every incident is as likely to be listed as any other of its stratum. Large ones are told more often: so"
    " stratify.",
    "5. An incident that no list can hold is not estimated either.",
    "A source whose reports name no publisher is in no list and gives no capture.",
)
"""What whoever estimates from capture histories must know. Source: HRDAG on multiple systems estimation (hrdag.org)."""


@dataclass(frozen=True, slots=True)
class Capture:
    """That an independent source of an incident counts for a list.

    Attributes:
        group: place of the source in the list of the incident, from 1.
        list: name of the publisher or owner that is the origin of the source.
    """

    incident: str
    group: int
    list: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a report: the list it would count for, and the day it was published."""

    list: str | None
    day: date | None = None


def origin_of(known: Publisher | None, given: str | None, day: date | None) -> Origin:
    """Return the list that a report counts for: the owner of its publisher where that is known, else the publisher.

    Args:
        known: its publisher, where the project's registry has it by name or address.
        given: the name as the report has it.
        day: on which it was published.
    """
    return Origin(owner_of(known) or (known.name if known else given), day)


@dataclass(frozen=True, slots=True)
class History:
    """Which lists hold an incident: 0 or 1 for each list, in their order, and last for any other."""

    incident: str
    captured: tuple[int, ...]


def captures_of(incidents: Iterable[Incident], origins: Mapping[str, Origin]) -> tuple[Capture, ...]:
    """Return the captures of incidents that happened, by incident and source; `origins` are by report id."""
    found = (
        Capture(incident.id, number, name)
        for incident in incidents
        if incident.status.happened
        for number, group in enumerate(incident.groups, start=1)
        if (name := list_of(group, origins))
    )
    return tuple(sorted(found, key=lambda it: (it.incident, it.group)))


def list_of(group: Group, origins: Mapping[str, Origin]) -> str | None:
    """Return the list of the first report of a source; without days, that of most reports; None if none is known."""
    told = [origins[report] for report in group.reports if report in origins and origins[report].list]
    often = Counter(it.list for it in told)
    first = min(told, key=lambda it: (it.day or date.max, -often[it.list], it.list or ""), default=None)
    return first.list if first else None


def histories_of(captures: Iterable[Capture], columns: int = 10) -> tuple[tuple[str, ...], tuple[History, ...]]:
    """Return the lists that hold most incidents, and the history of each incident in them and in any other."""
    held: dict[str, set[str]] = {}
    for it in captures:
        held.setdefault(it.incident, set()).add(it.list)
    often = Counter(name for names in held.values() for name in names)
    chosen = tuple(sorted(often, key=lambda name: (-often[name], name))[:columns])
    return chosen, tuple(History(incident, _history(held[incident], chosen)) for incident in sorted(held))


def _history(names: set[str], chosen: Sequence[str]) -> tuple[int, ...]:
    return (*(int(name in names) for name in chosen), int(not names.issubset(chosen)))

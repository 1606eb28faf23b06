"""What an incident says, computed from its mentions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dateline.linking.incidents import incident_of
from dateline.linking.independence import Origins
from dateline.model.event import Mention, Status
from dateline.model.ground import Basis, Granularity, Precision
from dateline.model.incident import Range

Make = Callable[..., Mention]
NINTH, TENTH = date(1989, 10, 9), date(1989, 10, 10)


def told(mention: Make, *accounts: dict[str, Any]) -> list[Mention]:
    return [mention(**{"report": f"r{index}", **about}) for index, about in enumerate(accounts)]


DAYS: dict[str, tuple[list[dict[str, Any]], tuple[date | None, date | None, Granularity, bool]]] = {
    "none known": ([{}, {}], (None, None, Granularity.UNKNOWN, False)),
    "agree": ([{"day": "1989-10-09"}, {}], (NINTH, NINTH, Granularity.DAY, False)),
    "narrowest": (
        [{"day": "1989-10-09"}, {"day": "1989-10-01", "last": "1989-10-31"}],
        (NINTH, NINTH, Granularity.DAY, False),
    ),
    "overlap that no account names": (
        [{"day": "1989-10-01", "last": "1989-10-10"}, {"day": "1989-10-09", "last": "1989-10-31"}],
        (NINTH, TENTH, Granularity.INTERVAL, False),
    ),
    "exclude each other": (
        [{"day": "1989-10-09"}, {"day": "1989-10-10"}],
        (NINTH, TENTH, Granularity.INTERVAL, True),
    ),
    "the denial names no day of what happened": (
        [{"day": "1989-10-09"}, {"day": "1989-10-10", "status": Status.DENIED}],
        (NINTH, NINTH, Granularity.DAY, False),
    ),
}


@pytest.mark.parametrize("case", DAYS.values(), ids=DAYS)
def test_days(mention: Make, case: tuple[list[dict[str, Any]], tuple[Any, ...]]) -> None:
    accounts, expected = case
    found = incident_of(told(mention, *accounts), Origins())
    assert (found.earliest, found.latest, found.granularity, "when" in found.disputed) == expected


FIGURES: dict[str, tuple[list[dict[str, Any]], tuple[Range, ...]]] = {
    "none": ([{}, {}], ()),
    "one account": ([{"figures": {"people": (300, 300)}}, {}], (Range("people", 300, 300, False),)),
    "overlapping": (
        [{"figures": {"people": (24, 99)}}, {"figures": {"people": (50, 50)}}],
        (Range("people", 24, 99, False),),
    ),
    "disjoint": (
        [{"figures": {"people": (70_000, 70_000)}}, {"figures": {"people": (20_000, 20_000)}}],
        (Range("people", 20_000, 70_000, True),),
    ),
    "open end": (
        [{"figures": {"killed": (30, None)}}, {"figures": {"killed": (10, 12)}}],
        (Range("killed", 10, None, True),),
    ),
    "two counts": (
        [{"figures": {"killed": (3, 3), "arrested": (9, 9)}}, {"figures": {"killed": (3, 3)}}],
        (Range("arrested", 9, 9, False), Range("killed", 3, 3, False)),
    ),
    "what is planned counts nothing": (
        [{"figures": {"people": (100, 100)}}, {"figures": {"people": (900, 900)}, "status": Status.PLANNED}],
        (Range("people", 100, 100, False),),
    ),
}


@pytest.mark.parametrize("case", FIGURES.values(), ids=FIGURES)
def test_figures(mention: Make, case: tuple[list[dict[str, Any]], tuple[Range, ...]]) -> None:
    accounts, expected = case
    assert incident_of(told(mention, *accounts), Origins()).figures == expected


@pytest.mark.parametrize(
    ("accounts", "place", "precision", "disputed"),
    [
        ([{}, {}], None, Precision.UNKNOWN, False),
        ([{"place": "Saxony"}, {"place": "Leipzig"}], "Leipzig", Precision.CITY, False),
        ([{"place": "Leipzig"}, {"place": "Dresden"}, {"place": "Leipzig"}], "Leipzig", Precision.CITY, True),
        ([{"place": "Berlin", "basis": Basis.INFERRED}, {"place": "Leipzig"}], "Leipzig", Precision.CITY, False),
        ([{"place": "Berlin", "basis": Basis.INFERRED}, {}], "Berlin", Precision.CITY, False),
    ],
)
def test_place(
    mention: Make, accounts: list[dict[str, Any]], place: str | None, precision: Precision, disputed: bool
) -> None:
    found = incident_of(told(mention, *accounts), Origins())
    assert (found.place, found.precision, "where" in found.disputed) == (place, precision, disputed)


@pytest.mark.parametrize(
    ("outlets", "count", "single"),
    [
        ((None, None), 2, False),
        (("Wire", "wire "), 1, True),
        (("Wire", "Gazette"), 2, False),
        (("Wire", None), 2, False),
        (("Wire",), 1, True),
        ((None,), 1, True),
    ],
)
def test_publishers(mention: Make, outlets: tuple[str | None, ...], count: int, single: bool) -> None:
    publishers = {f"r{index}": outlet for index, outlet in enumerate(outlets)}
    found = incident_of(told(mention, *[{} for _ in outlets]), Origins(publishers))
    assert (found.publishers, found.single_source) == (count, single)


@pytest.mark.parametrize(
    ("statuses", "status", "disputed"),
    [
        ([Status.ASSERTED, Status.DENIED], Status.ASSERTED, ("status",)),
        ([Status.PLANNED, Status.ASSERTED], Status.ASSERTED, ()),
        ([Status.PLANNED, Status.CALLED_FOR], Status.PLANNED, ()),
        ([Status.DENIED], Status.DENIED, ()),
    ],
)
def test_status(mention: Make, statuses: list[Status], status: Status, disputed: tuple[str, ...]) -> None:
    found = incident_of(told(mention, *[{"status": it} for it in statuses]), Origins())
    assert (found.status, found.disputed, found.contested) == (status, disputed, bool(disputed))


def test_type_and_form_of_the_most(mention: Make) -> None:
    forms = ["march", "riot", "march", None]
    assert incident_of(told(mention, *[{"form": form} for form in forms]), Origins()).form == "march"
    assert incident_of(told(mention, {}, {}), Origins()).form is None


def test_an_incident_is_called_after_the_first_mention_of_the_report_published_first(mention: Make) -> None:
    early, late = mention(report="r2", at=9), mention(report="r1")
    earlier = mention(report="r2", at=3)
    dated = Origins(days={"r2": 100, "r1": 200})
    name = incident_of([earlier], dated).id
    assert incident_of([late, early, earlier], dated).id == name
    assert incident_of([late, early], dated).id != name
    assert incident_of([late, earlier], Origins()).id == incident_of([late], Origins()).id

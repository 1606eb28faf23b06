"""Which list holds which incident: copies are none, and each source counts for its first publisher."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateline.model.captures import ASSUMPTIONS, Capture, Origin, captures_of, histories_of, list_of
from dateline.model.event import Status
from dateline.model.incident import Group, Incident
from dateline.publishing.captures import write_captures

ORIGINS = {
    "r1": Origin("Morning", date(1989, 10, 10)),
    "r2": Origin("Evening", date(1989, 10, 11)),
    "r3": Origin("Radio"),
    "r4": Origin(None, date(1989, 10, 9)),
}


def incident(name: str, *groups: tuple[str, ...], status: Status = Status.ASSERTED) -> Incident:
    reports = tuple(sorted(report for group in groups for report in group))
    sources = tuple(Group(group) for group in groups)
    return Incident(name, "PROTEST", None, status, (), reports, 1, groups=sources)


def test_a_source_counts_for_the_list_that_published_it_first() -> None:
    assert list_of(Group(("r1", "r2")), ORIGINS) == "Morning"
    assert list_of(Group(("r2", "r4")), ORIGINS) == "Evening"  # the earlier one names no publisher
    assert list_of(Group(("r4",)), ORIGINS) is None
    assert list_of(Group(("r3", "r9")), ORIGINS) == "Radio"


CAPTURES = captures_of(
    [
        incident("b", ("r1", "r2"), ("r3",)),
        incident("a", ("r2",)),
        incident("c", ("r3",), status=Status.PLANNED),
        incident("d", ("r4",)),
    ],
    ORIGINS,
)


def test_what_did_not_happen_is_captured_by_nobody() -> None:
    assert (Capture("a", 1, "Evening"), Capture("b", 1, "Morning"), Capture("b", 2, "Radio")) == CAPTURES


def test_histories_have_a_column_for_each_large_list_and_one_for_the_rest() -> None:
    more = (*CAPTURES, Capture("e", 1, "Radio"))
    names, histories = histories_of(more, 1)
    assert names == ("Radio",)
    assert [(it.incident, it.captured) for it in histories] == [("a", (0, 1)), ("b", (1, 1)), ("e", (1, 0))]


def test_the_file_states_what_an_estimate_assumes_and_runs_no_formula() -> None:
    lines = write_captures([*CAPTURES, replace(CAPTURES[0], incident="f", list="=cmd()")]).decode().split("\r\n")
    assert lines[: len(ASSUMPTIONS)] == [f"# {line}" for line in ASSUMPTIONS]
    header, *rows, last = lines[len(ASSUMPTIONS) :]
    assert header == "incident,'=cmd(),Evening,Morning,Radio,other"
    assert rows == ["a,0,1,0,0,0", "b,0,0,1,1,0", "f,1,0,0,0,0"]
    assert last == ""

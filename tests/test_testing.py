"""The contract suite, over every installed coder; and that it catches a coder that breaks a promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dateline.coding.registry import coder_names, open_coder
from dateline.errors import UsageError
from dateline.model.event import CoderId, Coding, Event, Status
from dateline.model.text import Evidence, Report, Span
from dateline.testing import check_coder


class EchoCoder:
    """A coder that calls the first word of each report a protest, or breaks a promise as told."""

    languages = frozenset({"en"})
    id = CoderId("echo", "1", "0" * 64)

    def __init__(self, fault: str = "") -> None:
        self._fault = fault

    def code(self, reports: Sequence[Report], /) -> list[Coding]:
        codings = [Coding(report.id, self._events(report)) for report in reports if report.text.strip()]
        codings = codings if self._fault == "drops" else self._all(reports)
        return codings[::-1] if self._fault == "reorders" else codings

    def _all(self, reports: Sequence[Report]) -> list[Coding]:
        return [Coding(report.id, self._events(report)) for report in reports]

    def _events(self, report: Report) -> tuple[Event, ...]:
        if not report.text.strip():
            return ()
        trigger = report.cite(0, 3)
        kind = "PARTY" if self._fault == "invents a type" else "PROTEST"
        event = Event(report.id, kind, None, Status.ASSERTED, trigger, Span(0, 3))
        if self._fault == "invents a quote":
            return (replace(event, trigger=Evidence(0, 3, "mob")),)
        return (event,)


@pytest.mark.parametrize("name", coder_names())
def test_installed_coders_keep_all_promises(name: str) -> None:
    check_coder(open_coder(name))


def test_a_sound_coder_passes() -> None:
    check_coder(EchoCoder())


@pytest.mark.parametrize("fault", ["drops", "reorders", "invents a type", "invents a quote"])
def test_a_broken_promise_is_caught(fault: str) -> None:
    with pytest.raises(AssertionError, match="echo"):
        check_coder(EchoCoder(fault))


def test_an_unknown_coder_names_the_installed_ones() -> None:
    with pytest.raises(UsageError, match=r"'magic' given; installed coders: cascade, rules, swift"):
        open_coder("magic")

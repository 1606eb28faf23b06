"""What a time line draws: exact days where they are, vague ones spread over all that they may be."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.drawing.timeline import WIDTH, make_axis, unit_for

MAY = (date(2024, 5, 1), date(2024, 5, 31))


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        (date(2024, 5, 1), date(2024, 5, 1), "day"),
        (date(2024, 5, 1), date(2024, 7, 31), "day"),
        (date(2024, 5, 1), date(2024, 8, 1), "month"),
        (date(2000, 1, 1), date(2011, 12, 31), "month"),
        (date(2000, 1, 1), date(2013, 1, 1), "year"),
        (date(1, 1, 1), date(9999, 12, 31), "decade"),
    ],
)
def test_the_unit_fits_the_period(first: date, last: date, unit: str) -> None:
    assert unit_for(first, last) == unit
    axis = make_axis(first, last, ())
    assert len(axis.bins) <= 1001
    assert axis.bins[0].first <= first
    assert axis.bins[-1].last >= last


def test_a_day_is_counted_where_it_is() -> None:
    axis = make_axis(*MAY, [(date(2024, 5, 9), date(2024, 5, 9), 3, 2)])
    (held,) = [each for each in axis.bins if each.exact]
    assert (held.first, held.last, held.exact, held.contested, held.vague) == (*[date(2024, 5, 9)] * 2, 3, 2, 0)


def test_what_is_known_less_exactly_is_spread_over_all_that_it_may_be() -> None:
    axis = make_axis(*MAY, [(date(2024, 5, 11), date(2024, 5, 20), 5, 0)])
    assert [each.first.day for each in axis.bins if each.vague] == list(range(11, 21))
    assert sum(each.vague for each in axis.bins) == pytest.approx(5)
    assert not any(each.exact for each in axis.bins)


def test_an_open_end_is_never_exact() -> None:
    axis = make_axis(*MAY, [(None, date(2024, 5, 9), 1, 0)])
    assert [(each.exact, each.vague) for each in axis.bins if each.vague] == [(0, 1)]


def test_an_interval_is_drawn_from_its_first_day_to_the_end_of_its_last() -> None:
    axis = make_axis(date(2024, 4, 1), date(2024, 4, 30), ())
    assert axis.extent(date(2024, 4, 1), date(2024, 4, 30)) == (0, WIDTH)
    assert axis.extent(date(2024, 4, 16), None) == (500, 500)
    assert axis.extent(date(2024, 3, 1), date(2024, 4, 15)) == (0, 500)


def test_ticks_are_few_and_in_order() -> None:
    for last in (date(2024, 5, 20), date(2025, 5, 1), date(2032, 1, 1), date(2190, 1, 1)):
        ticks = make_axis(date(2024, 5, 1), last, ()).ticks
        assert 1 <= len(ticks) <= 10
        assert ticks == sorted(ticks)

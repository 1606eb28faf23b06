"""Days stated in metadata and in datelines: only what is complete and unambiguous."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.reading.dates import find_dateline, parse_day, parse_moment

NOV_17 = date(2019, 11, 17)


@pytest.mark.parametrize(
    "stated",
    [
        "2019-11-17",
        "2019/11/17",
        "20191117",
        "2019-11-17T23:30:00-05:00",
        "2019-11-17 08:00:00+00:00",
        " 2019-11-17 ",
        "17 November 2019",
        "17th Nov 2019",
        "November 17, 2019",
        "Nov. 17, 2019",
        "Sunday, November 17, 2019",
        "Sun, 17 Nov 2019 10:00:00 GMT",
        "17 NOV 19",
    ],
)
def test_a_full_date_is_read(stated: str) -> None:
    assert parse_day(stated) == NOV_17


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "2019",
        "November 2019",
        "03/04/2019",
        "17-11-2019",
        "2019-13-01",
        "2019-02-30",
        "0001-01-01",
        "1573948800",
        "Nov 17",
        "yesterday",
        "2019-1117",
        "17 Nov 2019x",
    ],
)
def test_anything_less_is_no_day(stated: str) -> None:
    assert parse_day(stated) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("TEHRAN, Nov 17, 2019 (AFP) - Shops stayed shut.", NOV_17),
        ("GUATEMALA CITY, 4 FEB 90 (ACAN-EFE) -- Unions met.", date(1990, 2, 4)),
        ("LEIPZIG, 10 October 1989 (ADN) — Thousands marched.", date(1989, 10, 10)),
        ("Leipzig, Oct. 10, 1989 – Thousands marched.", date(1989, 10, 10)),
        ("Marchers ask for talks\n\nST. PETERSBURG, Russia, Monday, May 4, 1998 (Wire) - They met.", date(1998, 5, 4)),
        ("SAN JOSE (COSTA RICA), 26 Aug 89 (RADIO) -- They met.", date(1989, 8, 26)),
        ("NEW DELHI, 3 Jan 05 [Wire] -- They met.", date(2005, 1, 3)),
    ],
)
def test_a_full_dateline_dates_the_report(text: str, day: date) -> None:
    assert find_dateline(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "LEIPZIG, Oct. 10 - Thousands marched.",
        "BEIJING, Nov. 17 (Wire) -- Thousands marched.",
        "Wednesday, May 25, 2022",
        "Wednesday, May 25, 2022 - Today's paper",
        "Updated Monday, May 25, 2022 - by our staff",
        "HomeWorld NewsOpinion\nWednesday, May 25, 2022\nMarchers ask for talks",
        "On May 20, 2019, a court - in the capital - sentenced nine.",
        "The court met on May 20, 2019 - it was a Monday.",
        "A court in Tehran, May 20, 2019, sentenced nine people.",
        "one\ntwo\nthree\nfour\nTEHRAN, Nov 17, 2019 (AFP) - Shops stayed shut.",
        "TEHRAN, Feb 30, 2019 (AFP) - Shops stayed shut.",
        "",
    ],
)
def test_no_other_date_does(text: str) -> None:
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2022-05-25", datetime(2022, 5, 25, tzinfo=UTC)),
        ("2022-05-25T10:00:00+02:00", datetime(2022, 5, 25, 8, tzinfo=UTC)),
        ("2022-05-25T10:00Z", datetime(2022, 5, 25, 10, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("last week", None),
    ],
)
def test_moments_are_in_utc(stated: str, moment: datetime | None) -> None:
    assert parse_moment(stated) == moment

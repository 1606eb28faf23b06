"""When: a table of time phrases, and what must hold for every text."""

from __future__ import annotations

import doctest
import re
from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.grounding.times import find_times
from dateline.grounding.times_calendar import day_of, month_of, opened, part_of, season_of, unite, week_of, year_of
from dateline.grounding.times_feasts import feast_in
from dateline.grounding.times_grammar import _RULES, NEVER_FIRST, _compiled
from dateline.grounding.times_hijri import gregorian_of
from dateline.grounding.timex import find_timexes
from dateline.model.ground import Basis, Granularity, When

PUBLISHED = date(2019, 5, 22)  # a Wednesday

# Text -> the EDTF form of every time in it. No publication date.
STATED = [
    ("On May 20, 2019, a court sat.", ["2019-05-20"]),
    ("on 20 May 2019", ["2019-05-20"]),
    ("the 20th of May 2019", ["2019-05-20"]),
    ("20th May, 2019", ["2019-05-20"]),
    ("MAY 20, 2019", ["2019-05-20"]),
    ("May 20th 2019", ["2019-05-20"]),
    ("It closed on 20.5.1989 for good.", ["1989-05-20"]),
    ("20. 5. 1989", ["1989-05-20"]),
    ("2019-05-20", ["2019-05-20"]),
    ("2019/05/20", ["2019-05-20"]),
    ("25/12/2019", ["2019-12-25"]),
    ("12/25/2019", ["2019-12-25"]),
    ("05/04/2019", ["[2019-04-05,2019-05-04]"]),
    ("07/07/2019", ["2019-07-07"]),
    ("Sept. 4, 1989", ["1989-09-04"]),
    ("4 Sept 1989", ["1989-09-04"]),
    ("Oct. 9, 1989", ["1989-10-09"]),
    ("Monday, 9 October 1989", ["1989-10-09"]),
    ("Mon., Oct. 9, 1989", ["1989-10-09"]),
    ("the night of 9 October 1989", ["1989-10-09"]),
    ("on the evening of October 9, 1989", ["1989-10-09"]),
    ("On May\u00a020,\n2019", ["2019-05-20"]),
    ("in May 2019", ["2019-05"]),
    ("in May, 2019", ["2019-05"]),
    ("November of 1989", ["1989-11"]),
    ("the November 2019 uprising", ["2019-11"]),
    ("in 1989", ["1989"]),
    ("the 1989 protests", ["1989"]),
    ("a law (1989)", ["1989"]),
    ("early 2020", ["2020-01/2020-06"]),
    ("mid-2020", ["2020-04/2020-09"]),
    ("late 2020", ["2020-07/2020-12"]),
    ("the end of 1990", ["1990-07/1990-12"]),
    ("early October 1989", ["1989-10-01/1989-10-15"]),
    ("mid-October 1989", ["1989-10-08/1989-10-24"]),
    ("late October 1989", ["1989-10-16/1989-10-31"]),
    ("at the beginning of October 1989", ["1989-10-01/1989-10-15"]),
    ("the 1980s", ["198X"]),
    ("the 1980's", ["198X"]),
    ("the early 1980s", ["1980/1984"]),
    ("the mid-1990s", ["1993/1997"]),
    ("the '80s", ["198X"]),
    ("the eighties", ["198X"]),
    ("the 19th century", ["1801/1900"]),
    ("October '89", ["1989-10"]),
    ("the summer of 1989", ["1989-22"]),
    ("autumn 1989", ["1989-23"]),
    ("the third quarter of 2019", ["2019-35"]),
    ("the first half of 1990", ["1990-40"]),
    ("the second half of 1990", ["1990-41"]),
    ("from 3 to 7 October 1989", ["1989-10-03/1989-10-07"]),
    ("3-7 October 1989", ["1989-10-03/1989-10-07"]),
    ("3–7 October 1989", ["1989-10-03/1989-10-07"]),
    ("October 4-5, 1989", ["1989-10-04/1989-10-05"]),
    ("October 4 to 5, 1989", ["1989-10-04/1989-10-05"]),
    ("October 4 and 5, 1989", ["1989-10-04/1989-10-05"]),
    ("on 4, 5 and 7 October 1989", ["1989-10-04/1989-10-07"]),
    ("between 3 October and 7 November 1989", ["1989-10-03/1989-11-07"]),
    ("between 3 and 7 October 1989", ["1989-10-03/1989-10-07"]),
    ("October 30 - November 2, 2019", ["2019-10-30/2019-11-02"]),
    ("from December 30 to January 2, 2020", ["2019-12-30/2020-01-02"]),
    ("from 30 October 1989 to 2 November 1989", ["1989-10-30/1989-11-02"]),
    ("from September to November 1989", ["1989-09/1989-11"]),
    ("Sept-Nov 1989", ["1989-09/1989-11"]),
    ("September and October 1989", ["1989-09/1989-10"]),
    ("between May 1988 and June 1989", ["1988-05/1989-06"]),
    ("2019-05-20 to 2019-05-23", ["2019-05-20/2019-05-23"]),
    ("1989-90", ["1989/1990"]),
    ("from 1988 to 1990", ["1988/1990"]),
    ("between 1988 and 1990", ["1988/1990"]),
    ("1988–1991", ["1988/1991"]),
    ("since May 2019", ["2019-05/.."]),
    ("since 1989", ["1989/.."]),
    ("until March 2020", ["../2020-03"]),
    ("by 5 May 2019", ["../2019-05-05"]),
    ("before 2019, they had", ["../2019"]),
    ("after May 20, 2019, he", ["2019-05-20/.."]),
    ("after the May 20, 2019 shooting", ["2019-05-20"]),
    ("two days after 4 May 1980", ["1980-05-06"]),
    ("a year before 4 May 1980", ["1979"]),
    ("22 Bahman 1357", ["1979-02-11"]),
    ("Khordad 1388", ["2009-05-22/2009-06-21"]),
    ("LEIPZIG, Oct. 9, 1989 (Wire) - Crowds came.", ["1989-10-09"]),
    ("the week of 9 October 1989", ["1989-10-09/1989-10-15"]),
]

# Text -> EDTF forms, of times that lean on other words of the text, or stay open. No publication date.
TOLD = [
    ("On November 17 they met.", ["XXXX-11-17"]),
    ("during January", ["XXXX-01"]),
    ("Two died on July 30 and 31.", ["XXXX-07-30/XXXX-07-31"]),
    ("from 3 to 7 October", ["XXXX-10-03/XXXX-10-07"]),
    ("He spoke on November 15, 2019. On November 17, he wept.", ["2019-11-15", "2019-11-17"]),
    ("On Dec. 30, 2019, they met. On January 2, they left.", ["2019-12-30", "2020-01-02"]),
    ("On Jan. 2, 2020, they met. It began on December 30.", ["2020-01-02", "2019-12-30"]),
    ("In May 2019 he left. On June 2 he returned.", ["2019-05", "2019-06-02"]),
    ("the November 2019 uprising and the protests during January", ["2019-11", "2020-01"]),
    ("the March 2019 riots and the June strike", ["2019-03", "2019-06"]),
    ("the March 2019 riots and the February strike", ["2019-03", "XXXX-02"]),
    ("It rose in March 2019. It fell in June.", ["2019-03", "XXXX-06"]),
    ("They met on 4 May 1980. Two days later, he died.", ["1980-05-04", "1980-05-06"]),
    ("They met on 4 May 1980. The same day, he died.", ["1980-05-04", "1980-05-04"]),
    ("They met on 4 May 1980. He died that night.", ["1980-05-04", "1980-05-04"]),
    ("They met on 4 May 1980. He died the following morning.", ["1980-05-04", "1980-05-05"]),
    ("They met on 4 May 1980. He died the next day.", ["1980-05-04", "1980-05-05"]),
    ("They met on 4 May 1980. He fell ill the previous day.", ["1980-05-04", "1980-05-03"]),
    ("They met on 4 May 1980. A week later he died.", ["1980-05-04", "1980-05-08/1980-05-14"]),
    ("They met on 4 May 1980. Three months later he died.", ["1980-05-04", "1980-08"]),
    ("They met in May 1980. The following year he died.", ["1980-05", "1981"]),
    ("On November 17, 2019, on the third day of the uprising", ["2019-11-17", "2019-11-17"]),
    ("on the third day of the uprising", [None]),
    ("From May to July 1980 they met. Two days later he died.", ["1980-05/1980-07", None]),
    ("Two days later, he died.", [None]),
    ("That day he died.", [None]),
    ("two days before the vote", [None]),
    ("today", [None]),
    ("yesterday morning", [None]),
    ("last Thursday", [None]),
    ("on Monday", [None]),
    ("last week", [None]),
    ("two weeks ago", [None]),
    ("over the past year", [None]),
    ("since September", [None]),
    ("in recent days", [None]),
    ("On 4 May 1980 they met. They left on Friday.", ["1980-05-04", "[1980-05-02,1980-05-09]"]),
    ("They meet every Monday.", [None]),
    ("They met on Mondays.", [None]),
    ("On Monday nights they met.", [None]),
    ("30 February 2019", [None]),
    ("They came at dawn on October 7.", ["XXXX-10-07"]),
    ("They met in May and again in June.", ["XXXX-05", "XXXX-06"]),
    ("They had met several years earlier.", [None]),
    ("Recently he fled.", [None]),
]

# Text -> EDTF forms against publication on Wednesday, 22 May 2019.
RELATIVE = [
    ("Three died today.", ["2019-05-22"]),
    ("Three died yesterday morning.", ["2019-05-21"]),
    ("Three died late yesterday.", ["2019-05-21"]),
    ("the day before yesterday", ["2019-05-20"]),
    ("They will meet tomorrow.", ["2019-05-23"]),
    ("They met last night.", ["2019-05-21"]),
    ("They met this morning.", ["2019-05-22"]),
    ("Fires burned overnight.", ["2019-05-21/2019-05-22"]),
    ("They met on Monday.", ["2019-05-20"]),
    ("They met on Wednesday.", ["2019-05-22"]),
    ("They met on Thursday.", ["2019-05-16"]),
    ("They will meet on Thursday.", ["2019-05-23"]),
    ("On Friday, the court will hear him.", ["2019-05-24"]),
    ("Police said on Thursday they will appeal.", ["2019-05-16"]),
    ("They met last Thursday.", ["2019-05-16"]),
    ("For Friday, marches are expected.", ["2019-05-24"]),
    (
        "They met on Monday. They will meet next Monday. He died the same night.",
        ["2019-05-20", "2019-05-27", "2019-05-20"],
    ),
    ("They met on Sunday. Police said on Monday he died the same night.", ["2019-05-19", "2019-05-20", "2019-05-19"]),
    ("They met last Wednesday.", ["2019-05-15"]),
    ("They meet next Monday.", ["2019-05-27"]),
    ("They met on Monday night.", ["2019-05-20"]),
    ("They met from Monday to Wednesday.", ["2019-05-20/2019-05-22"]),
    ("They met at the weekend.", ["2019-05-18/2019-05-19"]),
    ("last weekend", ["2019-05-18/2019-05-19"]),
    ("last week", ["2019-05-13/2019-05-19"]),
    ("this week", ["2019-05-20/2019-05-26"]),
    ("next week", ["2019-05-27/2019-06-02"]),
    ("last month", ["2019-04"]),
    ("this month", ["2019-05"]),
    ("earlier this month", ["2019-05-01/2019-05-22"]),
    ("later this month", ["2019-05-22/2019-05-31"]),
    ("last year", ["2018"]),
    ("earlier this year", ["2019-01-01/2019-05-22"]),
    ("early next year", ["2020-01/2020-06"]),
    ("two days ago", ["2019-05-20"]),
    ("two weeks ago", ["2019-05-05/2019-05-11"]),
    ("a month ago", ["2019-04"]),
    ("three years ago", ["2016"]),
    ("a decade ago", ["2008/2010"]),
    ("several months ago", ["2018-08/2019-03"]),
    ("over the past year", ["2018-05-22/2019-05-22"]),
    ("in the last two days", ["2019-05-20/2019-05-22"]),
    ("during the past 48 hours", ["2019-05-20/2019-05-22"]),
    ("in the past few weeks", ["2019-03-20/2019-05-22"]),
    ("in the next three days", ["2019-05-22/2019-05-25"]),
    ("in recent days", ["../2019-05-22"]),
    ("in the coming weeks", ["2019-05-22/.."]),
    ("Prices rose since September.", ["2018-09/2019-05-22"]),
    ("They met on November 17.", ["2018-11-17"]),
    ("They met on May 3.", ["2019-05-03"]),
    ("They will meet on June 9.", ["2019-06-09"]),
    ("They will meet on January 9.", ["2020-01-09"]),
    ("They met in January.", ["2019-01"]),
    ("They met in November.", ["2018-11"]),
    ("last November", ["2018-11"]),
    ("last summer", ["2018-22"]),
    ("Two died on July 30 and 31.", ["2018-07-30/2018-07-31"]),
    ("They came around 9 p.m. on Friday.", ["2019-05-17"]),
    ("on the anniversary of 4 June 1989", ["2019-06-04"]),
    ("over the summer", ["2018-22"]),
    ("next fiscal year", ["2019-07-01/2021-06-30"]),
    ("the fiscal year", [None]),
    ("at the start of the month", ["2019-05-01/2019-05-15"]),
    ("during Ramadan", ["2019-05-05/2019-06-05"]),
    ("on Easter Sunday", ["[2019-04-21,2019-04-28]"]),
    ("last Thanksgiving", ["2018-11-22"]),
    ("They fled weeks ago.", ["../2019-05-22"]),
    ("They met in the first week of May.", ["2019-05-01/2019-05-12"]),
    ("They met on May 4, 2012. On June 12, he fled.", ["2012-05-04", "2012-06-12"]),
]

NO_TIME = [
    "Police arrested 1989 people.",
    "They killed 1990 protesters.",
    "They marched for three days.",
    "a four-day strike",
    "a 34-year-old man",
    "Resolution 1973 was passed.",
    "Flight 1989 was late.",
    "It cost $1989.",
    "The June 4 Movement",
    "He lives at October Square.",
    "the January Revolution",
    "Good Friday and Bloody Sunday",
    "They may march in the sun.",
    "March on, she said.",
    "April Jones spoke.",
    "at 10:30 a.m.",
    "call 555 1989 2020",
    "They won 3-1.",
    "five years in prison",
    "the Sunday Times",
    "Christmas came.",
    "a 2013 Toyota Camry",
    "after the fall of the town",
    "the Winter Night Shelter",
    "a fiscal year",
    "Sawr Khan spoke.",
    "Rajab spoke.",
    "In all, 1200 were held.",
    "He is in room 12.",
]


def edtfs(text: str, published: date | None = None) -> list[str | None]:
    return [when.edtf for when in find_times(text, published=published)]


@pytest.mark.parametrize(("text", "expected"), [*STATED, *TOLD])
def test_times_of_a_text_alone(text: str, expected: list[str | None]) -> None:
    assert edtfs(text) == expected


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_times_against_the_publication_date(text: str, expected: list[str | None]) -> None:
    assert edtfs(text, PUBLISHED) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It began late (2045 GMT).",
        "Shots rang out at 1945 UTC.",
        "At 2000 local time they marched.",
        "It fell (1900 EST).",
    ],
)
def test_an_hour_of_four_digits_is_no_year(text: str) -> None:
    assert find_times(text) == []


@pytest.mark.parametrize("text", ["In 2012 GMT trains stood still.", "In 1945 they marched."])
def test_a_year_before_a_name_of_letters_is_one(text: str) -> None:
    (when,) = find_times(text)
    assert when.edtf == text.split()[1]


@pytest.mark.parametrize("text", NO_TIME)
def test_no_time(text: str) -> None:
    assert find_times(text) == []


def test_the_tables_are_long_enough() -> None:
    assert len(STATED) + len(TOLD) + len(RELATIVE) + len(NO_TIME) >= 200


@pytest.mark.parametrize(
    ("text", "basis", "granularity", "support"),
    [
        ("on 20 May 2019", Basis.STATED, Granularity.DAY, []),
        ("On November 17 they met.", Basis.STATED, Granularity.DAY, []),
        (
            "He spoke on November 15, 2019. On November 17, he wept.",
            Basis.RESOLVED,
            Granularity.DAY,
            ["November 15, 2019"],
        ),
        (
            "the November 2019 uprising and the protests in January",
            Basis.INFERRED,
            Granularity.MONTH,
            ["November 2019"],
        ),
        ("They met on 4 May 1980. Two days later, he died.", Basis.RESOLVED, Granularity.DAY, ["4 May 1980"]),
        ("over the past year", Basis.UNKNOWN, Granularity.INTERVAL, []),
        ("last Thursday", Basis.UNKNOWN, Granularity.DAY, []),
        ("every Monday", Basis.UNKNOWN, Granularity.UNKNOWN, []),
        ("22 Bahman 1357", Basis.RESOLVED, Granularity.DAY, []),
        ("October '89", Basis.INFERRED, Granularity.MONTH, []),
    ],
)
def test_how_a_time_is_known(text: str, basis: Basis, granularity: Granularity, support: list[str]) -> None:
    when = find_times(text)[-1]
    assert (when.basis, when.granularity, [evidence.quote for evidence in when.support]) == (
        basis,
        granularity,
        support,
    )


def test_a_time_against_publication_names_its_anchor() -> None:
    (when,) = find_times("Three died yesterday.", published=PUBLISHED)
    assert (when.basis, when.anchor) == (Basis.RESOLVED, PUBLISHED)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("LEIPZIG, Oct. 9, 1989 (Wire) - ", "1989-10-06"),
        ("PORT-AU-PRINCE, Haiti, 9 October 1989 -- ", "1989-10-06"),
        ("On Oct. 9, 1989 - ", "[1989-10-06,1989-10-13]"),
        ("LEIPZIG, October 1989 - ", None),
    ],
)
def test_a_dateline_stands_for_a_publication_date_that_is_not_given(head: str, expected: str | None) -> None:
    dateline, friday = find_times(f"{head}Crowds marched on Friday.")
    assert friday.edtf == expected
    assert friday.anchor is None
    assert [evidence.quote for evidence in friday.support] == ([dateline.evidence.quote] if expected else [])


@pytest.mark.parametrize(
    "head",
    [
        "Wednesday, May 25, 2022\n",
        "May 25, 2022\n\n",
        "Shops closed\n25 May 2022\n",
    ],
)
def test_a_masthead_date_dates_nothing_and_lends_no_year(head: str) -> None:
    assert edtfs(head + "The shops of the town closed.\nOn November 17, they opened again.") == ["XXXX-11-17"]


def test_a_stamp_with_an_hour_stands_for_a_publication_date_that_is_not_given() -> None:
    text = "Shops closed on a square.\nWEDNESDAY, MAY 25, 2022, 9:29 PM\nThe shops closed on Friday.\nThey hope."
    (when,) = find_times(text)
    assert (when.edtf, when.anchor) == ("2022-05-20", None)
    assert [evidence.quote for evidence in when.support] == ["WEDNESDAY, MAY 25, 2022, 9:29 PM"]
    (given,) = find_times(text, published=date(2022, 6, 1))
    assert (given.edtf, given.support) == ("2022-05-27", ())


def test_a_date_alone_is_no_masthead() -> None:
    assert edtfs("May 25, 2022") == ["2022-05-25"]
    assert edtfs("They came.\nMay 25, 2022\nThey left.") == ["2022-05-25"]


EDTF_LEVELS = re.compile(
    r"\d{4}(?:-\d\d){0,2}[~?]|(?:(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?|\d{3}X|\.\.)(?:/(?:(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?|\.\.))?"
    r"|\[\d{4}-\d\d-\d\d,\d{4}-\d\d-\d\d\]"
)


def bounds(edtf: str) -> tuple[date, date]:
    """Read back the first and last day of one side of an EDTF form."""
    if edtf.endswith("X"):
        return date(int(edtf[:3]) * 10, 1, 1), date(int(edtf[:3]) * 10 + 9, 12, 31)
    numbers = [int(part) for part in edtf.split("-")]
    interval = (
        year_of(numbers[0])
        if len(numbers) == 1
        else day_of(date(*numbers))
        if len(numbers) == 3
        else season_of(*numbers)
        if numbers[1] > 12
        else month_of(*numbers)
    )
    assert interval.earliest is not None
    assert interval.latest is not None
    return interval.earliest, interval.latest


def assert_sound(when: When, text: str) -> None:
    assert text[when.evidence.start : when.evidence.end] == when.evidence.quote
    assert (when.earliest is None or when.latest is None) or when.earliest <= when.latest
    if when.edtf is None:
        assert when.earliest is None
        assert when.latest is None
        assert when.basis is Basis.UNKNOWN
        return
    assert EDTF_LEVELS.fullmatch(when.edtf)
    if "XXXX" in when.edtf:
        assert when.earliest is None
        return
    if when.edtf[-1] in "~?":
        first, last = bounds(when.edtf[:-1])
        assert when.earliest is not None
        assert when.latest is not None
        assert (when.earliest < first and last < when.latest) == (when.edtf[-1] == "~")
        return
    sides = when.edtf.strip("[]").replace(",", "/").split("/")
    assert when.earliest == (None if sides[0] == ".." else bounds(sides[0])[0])
    assert when.latest == (None if sides[-1] == ".." else bounds(sides[-1])[1])


@pytest.mark.parametrize("text", [text for text, _ in [*STATED, *TOLD, *RELATIVE]])
def test_edtf_says_what_the_interval_says(text: str) -> None:
    for published in (None, PUBLISHED):
        for when in find_times(text, published=published):
            assert_sound(when, text)


WORDS = st.sampled_from(
    (
        "On on in May March November Monday Sept. 17 4 31 1989 2019 '89 , , . and to - from between the last "
        "next past this two a day days week year years ago later before after since until by early mid- end "
        "of quarter first third summer 1980s weekend night today yesterday every of 2019-02-30 05/04/2019 "
        "Bahman 1357 several around possibly "
        "Ramadan Eid May Day anniversary fortnight weeks circa in the week Q3 fiscal 10 p.m. BE "
        "fifth quarter year-earlier daily half an hour \n \n\n people"
    ).split(" ")
)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(st.lists(WORDS, max_size=30), st.none() | DAYS)
def test_any_words_make_sound_times_in_order(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    times = find_times(text, published=published)
    for when in times:
        assert_sound(when, text)
    assert all(left.evidence.end <= right.evidence.start for left, right in pairwise(times))


@given(st.lists(WORDS, max_size=30), st.none() | DAYS)
def test_any_words_make_time_expressions_in_order(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    found = find_timexes(text, published=published)
    assert all(
        timex.value and text[timex.evidence.start : timex.evidence.end] == timex.evidence.quote for timex in found
    )
    assert all(left.evidence.end <= right.evidence.start for left, right in pairwise(found))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for when in find_times(text, published=PUBLISHED):
        assert_sound(when, text)


@given(DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%A, %d %B %Y"]))
def test_every_day_is_found_however_written(day: date, form: str) -> None:
    (when,) = find_times(f"It began on {day.strftime(form)} in the town.")
    assert (when.earliest, when.latest, when.edtf) == (day, day, day.isoformat())


@given(DAYS, st.integers(1, 60))
def test_days_ago_count_from_publication(published: date, count: int) -> None:
    (when,) = find_times(f"It began {count} days ago.", published=published)
    assert when.earliest == when.latest == published - timedelta(days=count)


@given(DAYS, DAYS)
def test_a_union_narrows_neither_side(one: date, other: date) -> None:
    first, last = sorted((one, other))
    whole = unite(week_of(first), month_of(last.year, last.month))
    if whole.earliest is not None:
        assert whole.earliest <= first
    if whole.latest is not None:
        assert whole.latest >= last


@given(DAYS, st.sampled_from(["early", "mid", "late"]))
def test_parts_lie_inside_and_cover_the_whole(day: date, part: str) -> None:
    for whole in (month_of(day.year, day.month), year_of(day.year)):
        piece = part_of(whole, part)
        assert whole.earliest is not None
        assert piece.earliest is not None
        assert whole.earliest <= piece.earliest
        assert part_of(whole, "early").latest == (part_of(whole, "late").earliest or day) - timedelta(days=1)


@given(DAYS)
def test_an_opened_interval_keeps_the_named_day(day: date) -> None:
    assert opened(day_of(day), since=True).earliest == day
    assert opened(day_of(day), since=False).latest == day


@pytest.mark.parametrize(
    ("hijri", "expected"),
    [
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1388, 3, 22), date(2009, 6, 12)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1332, 5, 28), date(1953, 8, 19)),
        ((1400, 12, 30), None),
        ((1250, 1, 1), None),
    ],
)
def test_solar_hijri_days(hijri: tuple[int, int, int], expected: date | None) -> None:
    assert gregorian_of(*hijri) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", "DATE 2019-05-21"),
        ("yesterday evening", "TIME 2019-05-21TEV"),
        ("at 5 p.m. on Monday", "TIME 2019-05-20T17:00"),
        ("at 10:30 a.m.", "TIME 2019-05-22T10:30"),
        ("last week", "DATE 2019-W20"),
        ("last month", "DATE 2019-04"),
        ("the 1980s", "DATE 198"),
        ("the 19th century", "DATE 18"),
        ("the summer of 1989", "DATE 1989-SU"),
        ("the third quarter of 2018", "DATE 2018-Q3"),
        ("last weekend", "DATE 2019-W20-WE"),
        ("until March 2019", "DATE 2019-03"),
        ("around March 2019", "DATE 2019-03"),
        ("the past year", "DATE 2018"),
        ("now", "DATE PRESENT_REF"),
        ("the future", "DATE FUTURE_REF"),
        ("the current government", "DATE PRESENT_REF"),
        ("for two weeks", "DURATION P2W"),
        ("a 16-hour flight", "DURATION PT16H"),
        ("half an hour", "DURATION PT30M"),
        ("a year and a half", "DURATION P1Y6M"),
        ("5 1/2 hours", "DURATION PT5H30M"),
        ("two decades", "DURATION P20Y"),
        ("for weeks", "DURATION PXW"),
        ("the past two months", "DURATION P2M"),
        ("the first nine months", "DURATION P9M"),
        ("three days after the vote", "DURATION P3D"),
        ("daily", "SET P1D"),
        ("every two weeks", "SET P2W"),
        ("every Monday", "SET XXXX-WXX-1"),
        ("fiscal 2018", "DATE 2018"),
        ("by year-end", "DATE 2019-12-31"),
    ],
)
def test_time_expressions(text: str, expected: str) -> None:
    assert [f"{timex.type} {timex.value}" for timex in find_timexes(text, published=PUBLISHED)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 1991 to 1997", [("1991", "1991"), ("1997", "1997")]),
        ("on April 24 and 25, 1999", [("April 24", "1999-04-24"), ("25, 1999", "1999-04-25")]),
        (
            "Net rose in the third quarter from a year earlier.",
            [("the third quarter", "2018-Q3"), ("a year earlier", "2017-Q3")],
        ),
        (
            "Net fell in the quarter, against the year-earlier quarter.",
            [("the quarter", "2019-Q1"), ("the year-earlier quarter", "2018-Q1")],
        ),
        ("nearly two years ago", [("nearly two years ago", "2017")]),
    ],
)
def test_words_of_time_expressions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(timex.evidence.quote, timex.value) for timex in find_timexes(text, published=PUBLISHED)] == expected


WEEKDAY_TEXTS = st.sampled_from(
    [
        f"{before} {day}"
        for day in ("Monday", "Thursday", "Sunday")
        for before in (
            "They met on",
            "They met last",
            "They will meet next",
            "They meet this",
            "They have met since",
            "They met from Monday to",
        )
    ]
    + [
        "They met last week.",
        "They met at the weekend.",
        "They met two weeks ago.",
        "They met yesterday.",
        "Fires burned overnight.",
    ]
)


@given(DAYS, st.integers(-300, 300), WEEKDAY_TEXTS)
def test_a_shift_of_the_anchor_by_weeks_shifts_weekdays_by_the_same(published: date, weeks: int, text: str) -> None:
    shift = timedelta(weeks=weeks)
    before, after = find_times(text, published=published), find_times(text, published=published + shift)
    ends = [(when.earliest, when.latest) for when in before]
    assert [(first and first + shift, last and last + shift) for first, last in ends] == [
        (when.earliest, when.latest) for when in after
    ]


@pytest.mark.parametrize(
    "name",
    [f"times{name}" for name in ("", *"_calendar _calendars _feasts _grammar _hijri _lengths _lexer".split())]
    + ["timex"],
)
def test_the_examples_in_the_code_run(name: str) -> None:
    tried = doctest.testmod(import_module(f"dateline.grounding.{name}"))
    assert tried.attempted > 0
    assert tried.failed == 0


NAMED = ("%d %B %Y", "%B %d, %Y", "%B %Y", "%Y")
WRAPPED = st.sampled_from(
    [
        "{}",
        "since {}",
        "until {}",
        "before {}",
        "around {}",
        "circa {}",
        "possibly in {}",
        "the night of {}",
        "by {}",
        "the week of {}",
    ]
)


@given(DAYS, st.sampled_from(NAMED), WRAPPED)
def test_an_interval_is_never_narrower_than_the_day_its_words_name(day: date, form: str, wrapped: str) -> None:
    named = day.strftime(form)
    for when in find_times(f"It began {wrapped.format(named)}, they said."):
        assert when.earliest is None or when.earliest <= day
        assert when.latest is None or when.latest >= day


@given(DAYS, st.integers(0, 400), st.sampled_from(["from {} to {}", "between {} and {}", "{} - {}"]))
def test_a_range_holds_both_ends_and_reads_back(first: date, length: int, form: str) -> None:
    last = first + timedelta(days=length)
    names = [day.strftime("%d %B %Y") for day in (first, last)]
    (when,) = find_times(form.format(*names))
    assert (when.earliest, when.latest) == (first, last)


@given(DAYS)
def test_feasts_and_other_calendars_are_read_back(day: date) -> None:
    for feast in ("May Day", "Christmas Eve", "New Year's Day"):
        (when,) = find_times(f"They met on {feast} {day.year}.")
        assert when.edtf == feast_in(feast, day.year).edtf
    if day >= date(1950, 1, 1):
        year, month, number = next(
            (year, month, (day - first).days + 1)
            for year in (day.year - 621, day.year - 622)
            for month in range(12, 0, -1)
            if (first := gregorian_of(year, month, 1)) is not None and first <= day
        )
        (solar,) = find_times(f"He died on {number} {SOLAR[month - 1]} {year}.")
        assert (solar.earliest, solar.latest) == (day, day)


@given(st.sampled_from(NEVER_FIRST), st.text("MWwVDYyIJjTK2NOUEBGHSPHZXFQRCmLAervlzsiubxpqfkgdncho_ta3", max_size=6))
def test_classes_that_are_passed_over_open_no_rule(opening: str, classes: str) -> None:
    fits_any = re.compile("|".join(f"(?:{form})" for _, form in _RULES))
    assert fits_any.match(opening + classes) is None
    assert [match.span() for match in _compiled(_RULES).finditer(classes)] == [
        match.span() for match in fits_any.finditer(classes)
    ]


SOLAR = "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand".split()


@pytest.mark.parametrize(
    "piece",
    [
        "May ",
        "the first ",
        "1 ",
        "on Monday and ",
        "from 3 to ",
        "a year earlier ",
        "two days after ",
        "a, ",
        "\n \n",
        "5 p.m. ",
        "Rabi al-",
        "12/",
        "the end of ",
        "-" * 9,
        "’" * 9,
    ],
)
def test_time_is_linear_in_the_text(piece: str) -> None:
    """Hostile repetition costs in proportion: eight times the text, well under forty times the time."""

    def seconds(text: str) -> float:
        start = process_time()
        find_timexes(text, published=PUBLISHED)
        return process_time() - start

    small, large = (min(seconds(piece * count + "x" * turn) for turn in range(2)) for count in (1_000, 8_000))
    assert large < max(small, 0.002) * 40

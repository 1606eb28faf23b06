"""own_scenes: where and on which day did each event of a report take place? Reports of ours, of several events each.

Texts are coded by our coder; a marked event is met by the mention whose trigger overlaps its words, and one that is
not coded is judged by nothing but `event_found`. A place is right if it has one of the names of the case, and is none
where the case allows for none. A time is right if it is the interval of the case, or a choice of days with its day
(`[a,b]`). A weekday that nothing dates counts as no time.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, ratio
from dateline.grounding.names import fold
from dateline.model.ground import Basis
from dateline.model.text import Published, PublishedBasis, Span, make_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.event import Mention
    from dateline.model.ground import Place, When
    from dateline.model.text import Report

NONE = "none"
_CERTAIN = (Basis.STATED, Basis.RESOLVED)
_LAST_DAYS = {4: 30, 6: 30, 9: 30, 11: 30, 2: 28}


def judge_reports(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare place and time of each marked event with what the report tells, one outcome a report."""
    reports = [_report(record) for record in records]
    codings = stages.code(reports)
    return [
        _outcome(record, stages.ground(report, coding))
        for record, report, coding in zip(records, reports, codings, strict=True)
    ]


def _report(record: Record) -> Report:
    day = record["published"]
    published = Published(date.fromisoformat(day), PublishedBasis.GIVEN) if day else Published()
    return make_report(record["text"], published=published, language="en")


def _outcome(record: Record, mentions: Sequence[Mention]) -> Outcome:
    tally, wanted, given = Tally(), [], []
    for event in record["events"]:
        span = Span(*event["span"])
        mention = next((it for it in mentions if it.trigger.span.overlaps(span)), None)
        tally["event", "all"] += 1
        if mention is None:
            continue
        place, when = is_right_place(mention.place, event["places"]), is_right_time(mention.when, event["times"])
        tally.add(_tally(mention, place, when))
        if not (place and when):
            wanted.append(f"{span.start}: {'|'.join(event['places'])}, {'|'.join(event['times'])}")
            given.append(f"{span.start}: {_place(mention.place)}, {_time(mention.when)}")
    return Outcome(record["id"], tally, tuple(wanted), tuple(given))


def _tally(mention: Mention, place: bool, when: bool) -> Tally:
    where, day = mention.place, mention.when
    sure = [(place, where is not None and where.basis in _CERTAIN), (when, day is not None and day.basis in _CERTAIN)]
    return Tally(
        {
            ("event", "found"): 1,
            ("place", "right"): place,
            ("time", "right"): when,
            ("both", "right"): place and when,
            ("place", "wrong"): bool(where and where.name) and not place,
            ("time", "wrong"): bool(day and day.edtf) and not when,
            ("certain", "all"): sum(is_sure for _, is_sure in sure),
            ("certain", "wrong"): sum(is_sure and not is_right for is_right, is_sure in sure),
        }
    )


def is_right_place(place: Place | None, names: Sequence[str]) -> bool:
    """Say whether a place has one of these names; no place is right where `none` is one of them."""
    if place is None or place.name is None:
        return NONE in names
    return fold(place.name) in set(map(fold, names))


def is_right_time(when: When | None, times: Sequence[str]) -> bool:
    """Say whether a time is one of these: a day, month, year or interval in ISO 8601; `none` for no time."""
    if when is None or when.edtf is None:
        return NONE in times
    ours = when.earliest, when.latest
    return any(ours == (first, last) or (when.edtf.startswith("[") and _holds(ours, first, last))
               for first, last in map(interval, times) if first)  # fmt: skip


def _holds(ours: tuple[date | None, date | None], first: date | None, last: date | None) -> bool:
    earliest, latest = ours
    return bool(earliest and latest and first and last and earliest <= first and last <= latest)


def interval(time: str) -> tuple[date | None, date | None]:
    """Return first and last day of `2021`, `2021-06`, `2021-06-16` or `2021-06-09/2021-06-15`; None, None of `none`."""
    if time == NONE:
        return None, None
    first, _, last = time.partition("/")
    return _day(first, is_last=False), _day(last or first, is_last=True)


def _day(time: str, *, is_last: bool) -> date:
    year, month, day = ([*map(int, re.findall(r"\d+", time)), 0, 0])[:3]
    month = month or (12 if is_last else 1)
    last = 29 if month == 2 and year % 4 == 0 else _LAST_DAYS.get(month, 31)
    return date(year, month, day or (last if is_last else 1))


def _place(place: Place | None) -> str:
    return f"{place.name} ({place.basis})" if place and place.name else NONE


def _time(when: When | None) -> str:
    return f"{when.edtf} ({when.basis})" if when and when.edtf else NONE


def measure(tally: Tally) -> dict[str, float]:
    """Return the shares of found events with place and time right, each alone, and how far what claims certainty is.

    `certain_wrong`: of the places and times that are stated or resolved, how many are wrong. Less is better.
    """
    found = tally["event", "found"]
    return {
        "both_right": ratio(tally["both", "right"], found),
        "place_right": ratio(tally["place", "right"], found),
        "time_right": ratio(tally["time", "right"], found),
        "event_found": ratio(found, tally["event", "all"]),
        "place_wrong": ratio(tally["place", "wrong"], found),
        "time_wrong": ratio(tally["time", "wrong"], found),
        "certain_wrong": ratio(tally["certain", "wrong"], tally["certain", "all"]),
    }


OWN_SCENES = GoldSet("own_scenes", judge_reports, measure)

"""From a form to the value that a person sets: words are looked up in the report to the letter, never guessed at."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from dateline.drawing import wording
from dateline.errors import UsageError
from dateline.model.decision import Claim, Field, Kind
from dateline.model.event import Mention, Status
from dateline.model.ground import Actor, Basis, Figure, Granularity, Place, Precision, Role, When

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dateline.model.decision import Value
    from dateline.model.text import Evidence, Report

    Form = Mapping[str, str]
    """The fields of a form, as they were sent."""

Noun = TypeVar("Noun")
Choice = TypeVar("Choice", Status, Precision, Role)

_MOST = 12

_LONGEST = 1_000  # code points that a field for words takes


def value_from(field: Field, form: Form, mention: Mention, report: Report, places: Sequence[Place]) -> Value:
    """Return the value that a form sets.

    Args:
        field: which field of the mention.
        form: what the person filled in.
        mention: as the person sees it: what is left empty stays as it is here.
        report: the report that the words must stand in.
        places: those that the form offers by number.

    Raises:
        UsageError: if the words do not stand in the report, or stand there more than once and none was chosen; or if
            another part of the form cannot be read.
    """
    return _READERS[field](form, mention, report, places)


def words_from(form: Form, report: Report, otherwise: Evidence | None, row: str = "") -> Evidence:
    """Return the words that a form names, or else those they rested on before."""
    words = " ".join(form.get(f"words{row}", "").split())
    if not words or (otherwise and words == shown_words(otherwise.quote) and not form.get(f"at{row}")):
        if otherwise is None:
            raise UsageError("no words given; expected the words of the report that the value rests on")
        return otherwise
    places = occurrences(report.text, words)
    if not places:
        raise UsageError(f"{words[:80]!r} does not stand in the report; expected its words to the letter")
    at = form.get(f"at{row}", "")
    if len(places) > 1 and at not in map(str, places):
        told = "; ".join(f"{it}: …{report.text[max(0, it - 30) : end + 30]}…" for it, end in [*places.items()][:_MOST])
        raise UsageError(f"{words[:80]!r} stands in the report {len(places)} times; give one of these places: {told}")
    start = int(at) if at in map(str, places) else next(iter(places))
    return report.cite(start, places[start])


def shown_words(quote: str) -> str:
    """Return what a field of a form shows of a quote: one line, the unseen spelt out; "" for more than it can take.

    >>> shown_words("broke up" + chr(10) + "a gathering"), shown_words("x" * 2000)
    ('broke up a gathering', '')
    """
    words = " ".join(str(wording.visible(quote)).split())
    return words if len(words) <= _LONGEST else ""


def occurrences(text: str, words: str) -> dict[int, int]:
    """Return where words begin and end in a text, in code points, overlapping ones included; white space is all one.

    >>> occurrences("a man,  a plan, a man", "man, a")
    {2: 9}
    """
    pattern = r"\s+".join(map(re.escape, words.split()))
    return {found.start(): found.end(1) for found in re.finditer(f"(?=({pattern}))", text)}


def _kind(form: Form, mention: Mention, report: Report, _places: Sequence[Place]) -> Value:
    kind, _, name = form.get("kind", "").partition(".")
    return Kind(kind, name or None, words_from(form, report, mention.trigger))


def _claim(form: Form, mention: Mention, report: Report, _places: Sequence[Place]) -> Value:
    return Claim(_one_of(Status, form, "status"), words_from(form, report, mention.trigger))


def _trigger(form: Form, _mention: Mention, report: Report, _places: Sequence[Place]) -> Value:
    return words_from(form, report, None)


def _place(form: Form, mention: Mention, report: Report, places: Sequence[Place]) -> Value:
    if form.get("unknown"):
        return None
    words = words_from(form, report, mention.place.evidence if mention.place else None)
    chosen = form.get("known", "")
    if chosen:
        if not (chosen.isdigit() and int(chosen) < len(places)):
            raise UsageError(f"place number {chosen[:20]!r} given; expected one of the {len(places)} that are offered")
        return replace(places[int(chosen)], evidence=words, basis=Basis.PERSON, support=())
    if not form.get("name", "").strip():
        raise UsageError("no place given; expected one of those offered, or a name, or the mark that none is told")
    lat, lon = _decimal(form, "lat", 90), _decimal(form, "lon", 180)
    return Place(
        words,
        form["name"].strip(),
        country=form.get("country", "").strip().upper() or None,
        admin1=form.get("admin1", "").strip() or None,
        lat=lat,
        lon=lon,
        radius_km=_decimal(form, "radius_km", 20_000),
        precision=_one_of(Precision, form, "precision"),
        basis=Basis.PERSON,
    )


def _when(form: Form, mention: Mention, report: Report, _places: Sequence[Place]) -> Value:
    if form.get("unknown"):
        return None
    words = words_from(form, report, mention.when.evidence if mention.when else None)
    first, last = _day(form, "earliest"), _day(form, "latest")
    if first is None and last is None:
        raise UsageError("no day given; expected a first or a last day, or the mark that none is told")
    if first and last and first > last:
        raise UsageError(f"{first} to {last} given; expected the first day not to be after the last")
    return When(words, first, last, unit_of(first, last), _edtf(first, last), Basis.PERSON)


def unit_of(first: date | None, last: date | None) -> Granularity:
    """Return the calendar unit that two days make up, or that they are an interval."""
    if first is None or last is None:
        return Granularity.INTERVAL
    if first == last:
        return Granularity.DAY
    whole_months = first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first.year == last.year
    if whole_months and first.month == last.month:
        return Granularity.MONTH
    return Granularity.YEAR if whole_months and (first.month, last.month) == (1, 12) else Granularity.INTERVAL


def _edtf(first: date | None, last: date | None) -> str:
    if first and first == last:
        return first.isoformat()
    return f"{first or '..'}/{last or '..'}"


def _figures(form: Form, mention: Mention, report: Report, _places: Sequence[Place]) -> Value:
    return tuple(it for row, old in _rows(mention.figures) if (it := _figure(form, row, old, report)))


def _figure(form: Form, row: str, old: Figure | None, report: Report) -> Figure | None:
    counts = form.get(f"counts{row}", "")
    if not counts:
        return None
    low, high = _whole(form, f"low{row}"), _whole(form, f"high{row}")
    words = words_from(form, report, old.evidence if old else None, row)
    if old and (counts, low, high, words) == (old.counts, old.low, old.high, old.evidence):
        return old
    if low is None and high is None:
        raise UsageError(f"no number given for {counts}; expected a lowest or a highest, or both")
    if low is not None and high is not None and low > high:
        raise UsageError(f"{low} to {high} {counts} given; expected the lowest not to be above the highest")
    return Figure(words, counts, low, high, named=low if low == high else None, basis=Basis.PERSON)


def _actors(form: Form, mention: Mention, report: Report, _places: Sequence[Place]) -> Value:
    return tuple(it for row, old in _rows(mention.actors) if (it := _actor(form, row, old, report)))


def _actor(form: Form, row: str, old: Actor | None, report: Report) -> Actor | None:
    if not form.get(f"role{row}"):
        return None
    role = _one_of(Role, form, f"role{row}")
    country = form.get(f"country{row}", "").strip().upper() or None
    sector = form.get(f"sector{row}", "").strip().upper() or None
    words = words_from(form, report, old.evidence if old else None, row)
    if old and (role, country, sector, words) == (old.role, old.country, old.sector, old.evidence):
        return old
    start = replace(old, support=()) if old and words == old.evidence else Actor(role, words)
    return replace(start, role=role, country=country, sector=sector, basis=Basis.PERSON)


def _rows(values: Sequence[Noun]) -> list[tuple[str, Noun | None]]:
    """Return the rows of a form: those that are there, by number, and one more."""
    return [(str(number), it) for number, it in enumerate((*values, None))]


def _one_of(choices: type[Choice], form: Form, name: str) -> Choice:
    try:
        return choices(form.get(name, ""))
    except ValueError as error:
        raise UsageError(f"{name} {form.get(name, '')[:40]!r} given; expected one of {', '.join(choices)}") from error


def _whole(form: Form, name: str) -> int | None:
    word = form.get(name, "").strip().replace(",", "")
    if word and not (word.isascii() and word.isdigit() and len(word) < 13):
        raise UsageError(f"number {word[:40]!r} given; expected digits, or nothing for an end that is open")
    return int(word) if word else None


def _decimal(form: Form, name: str, most: float) -> float | None:
    word = form.get(name, "").strip()
    try:
        value = float(word) if word else None
    except ValueError as error:
        raise UsageError(f"{name} {word[:40]!r} given; expected a number") from error
    if value is not None and not -most <= value <= most:
        raise UsageError(f"{name} {value} given; expected -{most} to {most}")
    return value


def _day(form: Form, name: str) -> date | None:
    word = form.get(name, "").strip()
    try:
        return date.fromisoformat(word) if word else None
    except ValueError as error:
        raise UsageError(f"day {word[:40]!r} given; expected one as 1989-10-09") from error


_READERS: dict[Field, Callable[[Form, Mention, Report, Sequence[Place]], Value]] = {
    Field.TYPE: _kind,
    Field.STATUS: _claim,
    Field.TRIGGER: _trigger,
    Field.PLACE: _place,
    Field.WHEN: _when,
    Field.FIGURES: _figures,
    Field.ACTORS: _actors,
}

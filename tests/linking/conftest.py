"""A builder of mentions for the tests of linking: every field in a word, evidence made up around it."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

import pytest

from dateline.model.event import Mention, Status
from dateline.model.ground import Actor, Basis, Figure, Granularity, Place, Precision, Role, When
from dateline.model.text import Evidence, Span, digest

CITIES = {
    "Leipzig": ("Saxony", 51.34, 12.37),
    "Dresden": ("Saxony", 51.05, 13.74),
    "Plauen": ("Saxony", 50.50, 12.13),
    "Berlin": ("Berlin", 52.52, 13.41),
}


class Make(Protocol):
    def __call__(self, trigger: str = ..., **about: Any) -> Mention: ...


def words(text: str, start: int = 0) -> Evidence:
    return Evidence(start, start + len(text), text)


def where(name: str | None, basis: Basis = Basis.STATED) -> Place | None:
    if name is None:
        return None
    if name == "East Germany":
        return Place(words(name), name, country="DDR", precision=Precision.COUNTRY, basis=basis)
    if name == "Saxony":
        return Place(words(name), name, None, "DDR", name, None, 51.0, 13.4, 110.0, Precision.PROVINCE, basis)
    admin1, lat, lon = CITIES[name]
    return Place(words(name), name, None, "DDR", admin1, None, lat, lon, 10.0, Precision.CITY, basis)


def when(day: str | None, last: str | None = None, basis: Basis = Basis.STATED) -> When | None:
    if day is None:
        return None
    ends = date.fromisoformat(day), date.fromisoformat(last or day)
    unit = Granularity.DAY if ends[0] == ends[1] else Granularity.INTERVAL
    return When(words(day), *ends, unit, basis=basis)


def actor(text: str, role: Role) -> Actor:
    """`police` is an unnamed police actor; `Honecker/GOV` a named one with its sector."""
    name, _, sector = text.partition("/")
    plain = {"police": "COP", "students": "EDU", "army": "MIL"}.get(name)
    return Actor(role, words(name), None if plain else name, "DDR", plain or sector or None, public=True)


def build(trigger: str = "marched", **about: Any) -> Mention:
    """Make a mention. `at` is where in the report the trigger stands; `figures` maps counts to (low, high)."""
    report, at = about.get("report", "r1"), about.get("at", 0)
    form, kind, status = about.get("form"), about.get("type", "PROTEST"), about.get("status", Status.ASSERTED)
    actors = [actor(text, Role.ACTOR) for text in about.get("actors", ())]
    actors += [actor(text, Role.RECIPIENT) for text in about.get("recipients", ())]
    figures = [Figure(words("many"), counts, *ends) for counts, ends in about.get("figures", {}).items()]
    basis = about.get("basis", Basis.STATED)
    return Mention(
        id=digest([report, at, trigger, kind, form]),
        report=report,
        type=kind,
        form=form,
        status=status,
        trigger=words(trigger, at),
        clause=Span(at, about.get("end", at + len(trigger) + 20)),
        actors=tuple(actors),
        place=where(about.get("place"), basis),
        when=about.get("time") or when(about.get("day"), about.get("last"), about.get("day_basis", Basis.STATED)),
        figures=tuple(figures),
    )


@pytest.fixture(scope="session")
def mention() -> Make:
    """Return the builder of mentions."""
    return build

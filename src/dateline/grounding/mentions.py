"""Event -> Mention: the grounding of one report's events, all questions asked in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.grounding.actors import actors_of
from dateline.grounding.attribution import attribution_of, hear
from dateline.grounding.cast import read_cast
from dateline.grounding.entities import bring_together
from dateline.grounding.figures import figures_of, find_figures
from dateline.grounding.headings import places_below, times_below
from dateline.grounding.places import find_places, places_of
from dateline.grounding.quotations import find_quotations
from dateline.grounding.referents import find_referents
from dateline.grounding.sources import find_claims
from dateline.grounding.times import find_times, is_dateline, times_of
from dateline.model.event import Coding, Mention, make_mention

if TYPE_CHECKING:
    from dateline.grounding.gazetteer import Gazetteer
    from dateline.model.text import Report


def ground(report: Report, coding: Coding, gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions of a report: its events, with who, where, when, how many and who says so.

    Places, times, figures, claims and actors are looked for once in the whole report; each event then takes its own.
    """
    if not coding.events:
        return []
    times = find_times(report.text, published=report.published.day)
    told = [when for when in times if not is_dateline(report.text, when)]
    whens = times_below(coding, told, times_of(coding, told), report.text)
    figures = find_figures(report.text)
    places = find_places(report.text, coding.sentences, gazetteer, report.publisher)
    near = places_of(coding, places, lambda place: gazetteer.is_capital(place.geonames), report.text)
    wheres = places_below(coding, places, near, report.text)
    cast = read_cast(report.text, coding.sentences, places)
    known = find_referents(report.text, coding.sentences, cast, find_quotations(report.text))
    claims = find_claims(report.text, coding.sentences, cast, known)
    actors = bring_together([actors_of(event, report, coding, cast, claims, known) for event in coding.events], cast)
    hearing = hear(report.text, coding.sentences, claims, times)
    return [
        make_mention(
            event,
            actors=those,
            place=where,
            when=when,
            figures=figures_of(event, coding, figures),
            attribution=attribution_of(event, hearing),
        )
        for event, those, where, when in zip(coding.events, actors, wheres, whens, strict=True)
    ]

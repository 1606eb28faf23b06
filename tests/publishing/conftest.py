"""A small dataset about made-up people, with their names in every place where a name can hide."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.nouns import cite, mention

from dateline.coding.registry import open_coder
from dateline.config import load_config
from dateline.grounding.gazetteer import open_gazetteer
from dateline.grounding.mentions import ground
from dateline.linking import Origins, link
from dateline.model.event import Argument, Event, Mention, Status, make_mention
from dateline.model.ground import (
    Actor,
    Attribution,
    Figure,
    Granularity,
    Place,
    Precision,
    Role,
    Voice,
    VoiceKind,
    When,
)
from dateline.model.text import Published, PublishedBasis, Report, Span, make_report
from dateline.publishing import Material

from .planted import PLANTED, Planted

TEXT = (
    "On 9 October 1989 police arrested Lena Weberling, a student of physics, and two others in Leipzig. "
    "The students had carried a banner. Her brother Ärne Weberling said that Weberling's flat was searched. "
    "Interior Minister Friedrich Dickel said the students broke the law. Students gathered, and the police watched "
    "the students. Witness Tomasz van der Zwieback said the police beat Zwieback and the students."
)

PRIVATE = ("Lena Weberling", "Weberling", "Ärne Weberling", "Ärne", "Zwieback", "Tomasz")


def arrest(report: Report) -> Mention:
    leipzig = Place(
        cite(report, "Leipzig"), "Leipzig", 2879139, "DDR", "Saxony", None, 51.33962, 12.37129, 10.0, Precision.CITY
    )
    day = When(cite(report, "On 9 October 1989"), date(1989, 10, 9), date(1989, 10, 9), Granularity.DAY, "1989-10-09")
    actors = (
        Actor(Role.ACTOR, cite(report, "police"), None, "DDR", "COP", public=True),
        Actor(Role.RECIPIENT, cite(report, "Lena Weberling, a student of physics"), None, "DDR", "EDU"),
    )
    figures = (Figure(cite(report, "two others"), "arrested", 2, 2, (cite(report, "Lena Weberling"),)),)
    told = {"type": "COERCE", "form": "arrest", "clause": Span(0, 98), "coder": "test"}
    return mention(report, "arrested Lena Weberling", **told, actors=actors, place=leipzig, when=day, figures=figures)


def search(report: Report) -> Mention:
    brother = Voice(VoiceKind.PERSON, None, cite(report, "Her brother Ärne Weberling"), cite(report, "said"))
    told = {"type": "COERCE", "form": "raid", "clause": Span(134, 202)}
    voices = Attribution((Voice(VoiceKind.REPORT), brother))
    return mention(report, "Weberling's flat was searched", **told, attribution=voices)


def accusation(report: Report) -> Mention:
    minister = Actor(
        Role.ACTOR, cite(report, "Interior Minister Friedrich Dickel"), "Friedrich Dickel", "DDR", "GOV", public=True
    )
    told = {"type": "ACCUSE", "form": "allege", "clause": Span(203, 270)}
    return mention(report, "said the students broke", **told, actors=(minister,))


def beating(report: Report) -> Mention:
    witness = Voice(VoiceKind.PERSON, None, cite(report, "Witness Tomasz van der Zwieback"), cite(report, "said"))
    told = {"type": "ASSAULT", "form": "beating", "clause": Span(340, 420), "why": "beat + Zwieback"}
    return mention(report, "beat Zwieback", **told, attribution=Attribution((Voice(VoiceKind.REPORT), witness)))


def build() -> Material:
    report = make_report(
        TEXT,
        publisher="Church newsletter",
        title="Student Lena Weberling Arrested in Leipzig",
        url="https://news.example/1989/lena-weberling-arrested",
        published=Published(date(1989, 10, 11), PublishedBasis.METADATA),
        language="en",
        retrieved=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        source="/home/someone/clippings/1.txt",
    )
    mentions = [arrest(report), search(report), accusation(report), beating(report)]
    return Material([report], mentions, list(link(mentions, Origins({report.id: report.publisher})).incidents))


@pytest.fixture(scope="session")
def data() -> Material:
    """Return the dataset."""
    return build()


def report_of(planted: Planted) -> Report:
    return make_report(
        planted.text,
        title=planted.title,
        url=planted.url,
        publisher=planted.publisher,
        source=planted.source or "memory",
        language="en",
    )


def quoted(report: Report) -> Mention:
    """The worst mention that a coder could make: whatever it cites, it cites the whole text."""
    whole = report.cite(0, len(report.text))
    event = Event(report.id, "ASSAULT", None, Status.ASSERTED, whole, whole.span, (Argument(Role.ACTOR, whole),))
    voices = (Voice(VoiceKind.REPORT), Voice(VoiceKind.PERSON, None, whole, whole))
    return make_mention(
        event,
        actors=(Actor(Role.ACTOR, whole), Actor(Role.RECIPIENT, whole, support=(whole,))),
        figures=(Figure(whole, "people", 1, 1),),
        attribution=Attribution(voices),
        place=None,
        when=None,
    )


@pytest.fixture(scope="session")
def planted() -> Material:
    """Return a dataset of two hundred private names, each in a report of its own."""
    reports = [report_of(it) for it in PLANTED]
    coder = open_coder("rules")
    gazetteer = open_gazetteer(load_config().cache)
    coded = zip(reports, coder.code(reports), strict=True)
    mentions = [mention for report, coding in coded for mention in ground(report, coding, gazetteer)]
    mentions += [quoted(report) for report in reports]
    incidents = link(mentions, Origins({report.id: report.publisher for report in reports})).incidents
    return Material(reports, mentions, list(incidents))

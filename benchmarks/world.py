"""A made-up world of incidents, and the reports that tell of them, for measuring how linking grows. Seeded.

Its density is that of a feed of world news: some 270 mentions a day, a hundred thousand a year. Places, actors and
publishers are used by Zipf's law; on some days a place sees many incidents at once. An incident is told by one report
or by up to `MOST_TOLD`; every third report takes over the words of an earlier one, and a third tells of a second
incident of its country and day, or recalls an old one. What reports say differs as it does in life: a place is left out
or given coarsely, a day is off by one or known to the month, figures disagree, forms and words for the event vary.
Names and texts are made of syllables and stand for nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from dateline.model.event import Event, Mention, Status, make_mention
from dateline.model.ground import Actor, Figure, Granularity, Place, Precision, Role, When
from dateline.model.text import Evidence, Published, PublishedBasis, Report, Span, make_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST_DAY = date(2000, 1, 1)
INCIDENTS_A_DAY = 57
MOST_TOLD = 150

KINDS: tuple[tuple[str, int, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("PROTEST", 40, ("march", "rally", "sit_in", "strike", "blockade"), ("marched", "protest", "rallied"), "people"),
    ("ASSAULT", 18, ("shooting", "bombing", "beating", "massacre"), ("killed", "attack", "shot"), "killed"),
    ("COERCE", 16, ("arrest", "dispersal", "curfew", "raid"), ("arrested", "detained", "dispersed"), "arrested"),
    ("ACCUSE", 10, ("disapprove", "allege"), ("accused", "blamed", "condemned"), ""),
    ("MOBILIZE", 6, (), ("deployed", "mobilised"), "people"),
    ("THREATEN", 5, (), ("threatened", "warned"), ""),
    ("DEMAND", 5, (), ("demanded", "called"), ""),
)
"""Type, weight, forms, words for it, and what is counted."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, as nobody knows it."""

    number: int
    kind: int
    form: str | None
    place: Place
    day: date
    names: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Told:
    """A report, its mentions, and the number of the incident that each tells of."""

    report: Report
    mentions: tuple[Mention, ...]
    truth: tuple[int, ...]


class World:
    """Places, actors, publishers and words, made once."""

    def __init__(self, seed: int = 0) -> None:
        dice = random.Random(seed)
        self.lexicon = [_name(dice, 2).lower() for _ in range(4_000)]
        self.publishers = [f"{_name(dice, 2)} Post {number}" for number in range(400)]
        self.places = [place for country in range(40) for place in _country(dice, country)]
        dice.shuffle(self.places)
        self.actors = [f"{_name(dice, 2)} {_name(dice, 3)}" for _ in range(3_000)]
        self._by_place, self._by_rank = _zipf(len(self.places), 8), _zipf(len(self.publishers), 5)
        self._weights = list(accumulate(weight for _, weight, *_ in KINDS))

    def days(self, first: int, end: int, seed: int = 1) -> Iterator[list[Told]]:
        """Yield what is told of the incidents of each day. A day depends on the seed and on the week before it."""
        past: list[Incident] = []
        for number in range(max(0, first - 8), end):
            dice = random.Random(f"{seed} {number}")
            today = list(self._incidents(dice, number))
            if number >= first:
                yield [told for incident in today for told in self._reports(dice, incident, today, past)]
            past = (past + today)[-4 * INCIDENTS_A_DAY :]

    def _incidents(self, dice: random.Random, number: int) -> Iterator[Incident]:
        day = FIRST_DAY + timedelta(number)
        total = dice.randint(INCIDENTS_A_DAY - 15, INCIDENTS_A_DAY + 15)
        burst = dice.choices(self.places, cum_weights=self._by_place)[0] if dice.random() < 0.15 else None
        for index in range(total):
            here = burst if burst and index % 3 == 0 else dice.choices(self.places, cum_weights=self._by_place)[0]
            (kind,) = dice.choices(range(len(KINDS)), cum_weights=self._weights)
            forms = KINDS[kind][2]
            home = int(here.country[1:]) * 75 if here.country else 0
            names = tuple(
                self.actors[home + min(74, int(dice.expovariate(0.1)))] for _ in range(dice.choice((0, 1, 1, 2)))
            )
            size = int(10 ** dice.uniform(0, 4 if KINDS[kind][4] == "people" else 2))
            yield Incident(number * 1_000 + index, kind, dice.choice(forms) if forms else None, here, day, names, size)

    def _reports(
        self, dice: random.Random, incident: Incident, today: Sequence[Incident], past: Sequence[Incident]
    ) -> Iterator[Told]:
        first: Told | None = None
        for _ in range(min(MOST_TOLD, int(dice.paretovariate(1.2)))):
            publisher = dice.choices(self.publishers, cum_weights=self._by_rank)[0]
            published = incident.day + timedelta(dice.choice((0, 0, 1, 1, 1, 2, 3)))
            if first and dice.random() < 0.36:
                yield _copy(dice, first, publisher, published)
                continue
            others = [it for it in today if it.place.country == incident.place.country and it is not incident]
            told = [incident]
            if others and dice.random() < 0.35:
                told.append(dice.choice(others))
            if past and dice.random() < 0.1:
                told.append(dice.choice(past))
            made = _Writer(dice, self).write(told, publisher, published)
            first = first or made
            yield made


class _Writer:
    """Writes one report: a paragraph of filler, and a sentence for each incident, of which a mention is made."""

    def __init__(self, dice: random.Random, world: World) -> None:
        self._dice, self._world = dice, world
        self._text = ""

    def write(self, told: Sequence[Incident], publisher: str, published: date) -> Told:
        marks = []
        for incident in told:
            self._filler(30)
            marks.append(self._sentence(incident))
        self._filler(20)
        report = make_report(
            self._text,
            publisher=publisher,
            title=f"{told[0].place.name} news",
            language="en",
            published=Published(published, PublishedBasis.GIVEN),
        )
        mentions = tuple(_mention(self._dice, it, report, *mark) for it, mark in zip(told, marks, strict=True))
        return Told(report, mentions, tuple(it.number for it in told))

    def _filler(self, words: int) -> None:
        self._text += " ".join(self._dice.choices(self._world.lexicon, k=words)).capitalize() + ". "

    def _sentence(self, incident: Incident) -> tuple[int, int, str]:
        """Write of an incident; return where the sentence and the trigger begin, and the trigger."""
        dice, begin = self._dice, len(self._text)
        trigger = dice.choice(KINDS[incident.kind][3])
        names = [name for name in incident.names if dice.random() < 0.8]
        size = [str(_told_size(dice, incident))] if dice.random() < 0.5 else []
        before = f"It was said in {incident.place.name} that {' and '.join([*names, *size])} "
        self._text += f"{before}{trigger} on {dice.choice(self._world.lexicon)}. "
        return begin, begin + len(before), trigger


def _mention(dice: random.Random, incident: Incident, report: Report, begin: int, at: int, trigger: str) -> Mention:
    end = report.text.index(". ", at) + 1
    words, clause = Evidence(at, at + len(trigger), trigger), report.text[begin:end]
    kind, _, forms, _, counts = KINDS[incident.kind]
    if dice.random() < 0.04:
        kind = dice.choice(KINDS)[0]
    form = incident.form if dice.random() < 0.6 else (dice.choice(forms) if forms and dice.random() < 0.2 else None)
    status = Status.PLANNED if dice.random() < 0.03 else Status.ASSERTED
    event = Event(report.id, kind, form, status, words, Span(begin, end), coder="made up")
    actors = [Actor(Role.ACTOR, words, name, incident.place.country, "OPP", public=True) for name in incident.names]
    told = [figure for figure in clause.split() if figure.isdigit()]
    figures = [Figure(words, counts, int(it), int(it)) for it in told if counts]
    return make_mention(
        event,
        actors=tuple(it for it in actors if it.name and it.name in clause),
        place=_told_place(dice, incident.place, words),
        when=_told_day(dice, incident.day, words),
        figures=tuple(figures[:1]),
    )


def _told_size(dice: random.Random, incident: Incident) -> int:
    return incident.size if dice.random() < 0.6 else max(1, int(incident.size * 2 ** dice.gauss(0, 1)))


def _told_place(dice: random.Random, place: Place, words: Evidence) -> Place | None:
    chance = dice.random()
    if chance < 0.12:
        return None
    if chance < 0.2:
        return Place(words, place.country, country=place.country, precision=Precision.COUNTRY)
    if chance < 0.27:
        return replace(place, evidence=words, name=place.admin1, geonames=None, precision=Precision.PROVINCE)
    return replace(place, evidence=words)


def _told_day(dice: random.Random, day: date, words: Evidence) -> When | None:
    chance = dice.random()
    if chance < 0.15:
        return None
    if chance < 0.2:
        first = day.replace(day=1)
        last = (first + timedelta(31)).replace(day=1) - timedelta(1)
        return When(words, first, last, Granularity.MONTH)
    off = dice.choice((-1, 1)) if chance < 0.26 else 0
    return When(words, day + timedelta(off), day + timedelta(off), Granularity.DAY)


def _copy(dice: random.Random, first: Told, publisher: str, published: date) -> Told:
    """Return what a second paper made of a report: its words under another name, at times with a line before them."""
    text = first.report.text
    lead = f"Our desk has this from {dice.randint(1, 99_999)}. " if dice.random() < 0.5 else ""
    report = make_report(
        lead + text,
        publisher=publisher,
        title=first.report.title,
        language="en",
        published=Published(published, PublishedBasis.GIVEN),
    )
    mentions = tuple(_moved(mention, report, len(lead)) for mention in first.mentions)
    return Told(report, mentions, first.truth)


def _moved(mention: Mention, report: Report, by: int) -> Mention:
    words = Evidence(mention.trigger.start + by, mention.trigger.end + by, mention.trigger.quote)
    clause = Span(mention.clause.start + by, mention.clause.end + by)
    event = Event(report.id, mention.type, mention.form, mention.status, words, clause, coder=mention.coder)
    return make_mention(
        event,
        actors=tuple(replace(it, evidence=words) for it in mention.actors),
        place=replace(mention.place, evidence=words) if mention.place else None,
        when=replace(mention.when, evidence=words) if mention.when else None,
        figures=tuple(replace(it, evidence=words) for it in mention.figures),
    )


def _country(dice: random.Random, number: int) -> Iterator[Place]:
    """Yield the places of a country: towns of a few provinces, around its middle."""
    lat, lon = dice.uniform(-50, 60), dice.uniform(-170, 170)
    nowhere = Evidence(0, 1, "x")
    for province in range(6):
        north, east, name = lat + dice.gauss(0, 2), lon + dice.gauss(0, 2), _name(dice, 3)
        for town in range(5):
            yield Place(
                nowhere,
                _name(dice, 3),
                number * 100 + province * 10 + town,
                f"C{number:02}",
                name,
                None,
                round(north + dice.gauss(0, 0.4), 3),
                round(east + dice.gauss(0, 0.4), 3),
                12.0,
                Precision.CITY,
            )


def _name(dice: random.Random, syllables: int) -> str:
    return "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(syllables)).capitalize()


def _zipf(count: int, flat: int) -> list[float]:
    return list(accumulate(1 / (rank + flat) for rank in range(count)))

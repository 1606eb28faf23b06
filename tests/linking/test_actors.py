"""Public actors across reports: which are brought together, which are refused, and that order is of no account."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

import pytest

from dateline.linking.actors import resolve
from dateline.model.event import Event, Mention, Status, make_mention
from dateline.model.ground import Actor, ActorKind, Basis, Granularity, Role, When
from dateline.model.text import make_report


@dataclass(frozen=True)
class Who:
    name: str | None
    kind: ActorKind = ActorKind.ORGANISATION
    country: str | None = None
    sector: str = "UNK"
    head: str | None = None
    public: bool = True
    year: int | None = None
    basis: Basis = Basis.STATED


def mention(number: int, who: Who) -> Mention:
    report = make_report(f"{who.name or who.head} acted. Report {number}.")
    words = report.cite(0, 3)
    event = Event(report.id, "ASSAULT", None, Status.ASSERTED, words, words.span)
    actor = Actor(
        Role.ACTOR, words, who.name, who.country, who.sector, who.public, who.basis, kind=who.kind, head=who.head
    )
    day = date(who.year, 1, 1) if who.year else None
    return make_mention(event, actors=(actor,), when=When(words, day, day, Granularity.DAY) if day else None)


PERSON = ActorKind.INDIVIDUAL
STATE = ActorKind.STATE
ONE = [
    (Who("Front for Change", country="TCD", sector="REB"), Who("Front for Change", sector="REB")),
    (Who("Georgi Stoyanov", PERSON, "BGR", "GOV"), Who("Georgi Stoyanov", PERSON, None, "GOV")),
    (Who("Georgi Stoyanov", PERSON, "BGR", "GOV"), Who("Georgi P. Stoyanov", PERSON, "BGR", "GOV")),
    (Who("Georgi Stoyanov", PERSON, "BGR", "GOV"), Who("Georgi Stoyanov", PERSON, "BGR", "ELI")),
    (Who("Union of Free Miners", country="BGR", sector="LAB"), Who("UFM", country="BGR", sector="LAB")),
    (Who(None, STATE, "TUR", "COP", "police"), Who(None, STATE, "TUR", "COP", "police", basis=Basis.INFERRED)),
]
APART = [
    (Who("National Front", country="FRA", sector="PTY"), Who("National Front", country="IRN", sector="PTY")),
    (Who("Stoyanov", PERSON, "BGR", "GOV"), Who("Georgi Stoyanov", PERSON, "BGR", "GOV")),
    (Who("Ana Stoyanova", PERSON, "BGR", "GOV"), Who("Mira Stoyanova", PERSON, "BGR", "GOV")),
    (Who("Georgi Stoyanov", PERSON, None, "GOV", year=1924), Who("Georgi Stoyanov", PERSON, None, "COP", year=2019)),
    (Who(None, STATE, "TUR", "COP", "police"), Who(None, STATE, "TUR", "MIL", "army")),
    (Who(None, STATE, "TUR", "COP", "police"), Who(None, STATE, "GRC", "COP", "police")),
    (Who("Fatah", country="PSE", sector="PTY"), Who("Fatah", PERSON, "PSE", "PTY")),
]


@pytest.mark.parametrize("pair", ONE)
def test_the_same_actor_is_one(pair: tuple[Who, Who]) -> None:
    (found,) = resolve([mention(number, who) for number, who in enumerate(pair)])
    assert len(found.reports) == 2
    assert len(found.why) == 1
    assert found.score is not None


@pytest.mark.parametrize("pair", APART)
def test_in_doubt_they_stay_apart(pair: tuple[Who, Who]) -> None:
    assert len(resolve([mention(number, who) for number, who in enumerate(pair)])) == 2


def test_private_and_unnamed_people_are_left_out() -> None:
    people = [Who("Lena Weberling", PERSON, public=False), Who(None, ActorKind.CROWD, "TUR", "CVL", "protester")]
    assert resolve([mention(number, who) for number, who in enumerate(people)]) == ()


def test_a_chain_does_not_bring_two_countries_together() -> None:
    chain = [
        Who("Red Front", country="BGR", sector="REB"),
        Who("Red Front", sector="REB"),
        Who("Red Front", country="PER", sector="REB"),
    ]
    found = resolve([mention(number, who) for number, who in enumerate(chain)])
    assert sorted(it.country or "" for it in found) == ["BGR", "PER"]


def test_order_is_of_no_account() -> None:
    mentions = [mention(number, who) for number, who in enumerate([who for pair in (*ONE, *APART) for who in pair])]
    expected = resolve(mentions)
    for seed in range(5):
        shuffled = mentions.copy()
        random.Random(seed).shuffle(shuffled)
        assert resolve(shuffled) == expected


def test_reasons_are_told() -> None:
    (found,) = resolve([mention(number, who) for number, who in enumerate(ONE[0])])
    assert found.why == ("Front for Change = Front for Change: 5 (same name +4, same sector +1)",)

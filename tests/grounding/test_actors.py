from __future__ import annotations

from functools import cache

import pytest

from dateline.coding.parser import parse
from dateline.grounding.actors import _may_be_personal, actors_of, private_names
from dateline.grounding.cast import read_cast
from dateline.grounding.sources import find_claims
from dateline.model.event import Argument, Coding, Event, Status
from dateline.model.ground import Actor, Basis, Role
from dateline.model.text import Evidence, evidence_in, make_report


@cache
def actor(text: str, words: str, *, parsed: bool = True) -> Actor:
    report = make_report(text)
    sentences = parse(text, None if parsed else lambda _: False)
    start = text.rindex(words)
    evidence = Evidence(start, start + len(words), words)
    event = Event(report.id, "X", None, Status.ASSERTED, evidence, evidence.span, (Argument(Role.ACTOR, evidence),))
    claims = find_claims(text, sentences)
    return actors_of(event, report, Coding(report.id, sentences=sentences), claims=claims)[0]


# text, words of the actor, name, country, sector, public
ACTORS = [
    ("Turkish police beat students.", "Turkish police", None, "TUR", "COP", True),
    ("Turkish police beat students.", "students", None, None, "EDU", False),
    ("Riot police cleared the square.", "Riot police", None, None, "COP", True),
    ("A revolutionary court in Iran sentenced him.", "A revolutionary court", None, "IRN", "JUD", True),
    ("The IRGC arrested forty men.", "The IRGC", "Islamic Revolutionary Guard Corps", "IRN", "MIL", True),
    ("Hezbollah fighters shelled the town.", "Hezbollah fighters", "Hezbollah", "LBN", "REB", True),
    ("A MEK activist was hanged.", "A MEK activist", None, "IRN", "CVL", False),
    (
        "Members of the Bharatiya Janata Party marched.",
        "Members of the Bharatiya Janata Party",
        "Bharatiya Janata Party",
        "IND",
        "PTY",
        True,
    ),
    ("A group of masked gunmen stormed the bank.", "A group of masked gunmen", None, None, "UAF", False),
    ("Thousands of farmers blocked roads.", "Thousands of farmers", None, None, "AGR", False),
    ("Soldiers from the Peruvian army killed two.", "Soldiers from the Peruvian army", None, "PER", "MIL", False),
    ("Sendero Luminoso guerrillas burned a bus.", "Sendero Luminoso guerrillas", "Shining Path", "PER", "REB", True),
    ("President Daniel Ortega spoke.", "President Daniel Ortega", "Daniel Ortega", "NIC", "GOV", True),
    (
        "Interior Minister Georgi Stoyanov resigned.",
        "Interior Minister Georgi Stoyanov",
        "Georgi Stoyanov",
        None,
        "GOV",
        True,
    ),
    ("Georgi Stoyanov, the interior minister, fell. Stoyanov fled.", "Stoyanov", "Georgi Stoyanov", None, "GOV", True),
    ("Mira Petrova, a nurse, was beaten.", "Mira Petrova", None, None, "CVL", False),
    (
        "The Varna Port Authority closed. The authority sacked forty men.",
        "The authority",
        "Varna Port Authority",
        None,
        "GOV",
        True,
    ),
    (
        "The National Salvation Front (NSF) met. The NSF marched.",
        "The NSF",
        "National Salvation Front",
        None,
        "PTY",
        True,
    ),
    ("Tanks rolled in.", "Tanks", None, None, "MIL", False),
    ("Something was done.", "Something", None, None, "UNK", False),
]


@pytest.mark.parametrize(("text", "words", "name", "country", "sector", "public"), ACTORS)
def test_an_actor_has_name_country_and_sector(
    text: str, words: str, name: str | None, country: str | None, sector: str, public: bool
) -> None:
    found = actor(text, words)
    assert (found.name, found.country, found.sector, found.public) == (name, country, sector, public)


def test_a_state_role_takes_the_country_of_the_report_and_says_so() -> None:
    found = actor("Crowds marched in Chile on Friday. The regime sent tanks.", "The regime")
    assert (found.country, found.sector, found.basis) == ("CHL", "GOV", Basis.INFERRED)
    assert [support.quote for support in found.support] == ["Chile"]


def test_no_country_is_guessed_between_two() -> None:
    assert actor("Iran and Iraq met. The police came.", "The police").country is None


RESOLVED = [
    ("Soldiers entered the town. They shot two men.", "They", "MIL", "Soldiers"),
    ("The rebels who burned the school fled.", "who", "REB", "The rebels"),
    ("The ministry closed. It banned rallies.", "It", "GOV", "The ministry"),
    ("“We shot at them,” said a soldier.", "We", "MIL", "a soldier"),
]


@pytest.mark.parametrize(("text", "words", "sector", "support"), RESOLVED)
def test_a_pronoun_goes_back_to_what_it_stands_for(text: str, words: str, sector: str, support: str) -> None:
    found = actor(text, words)
    assert (found.sector, found.basis, [one.quote for one in found.support]) == (sector, Basis.RESOLVED, [support])


def test_a_pronoun_that_fits_nothing_stays_unknown() -> None:
    found = actor("It rained. They shot two men.", "They")
    assert (found.name, found.country, found.sector, found.basis) == (None, None, "UNK", Basis.UNKNOWN)


@pytest.mark.parametrize(("text", "words", "name", "country", "sector", "public"), ACTORS)
def test_all_evidence_stands_in_the_text(
    text: str, words: str, name: str | None, country: str | None, sector: str, public: bool
) -> None:
    for parsed in (True, False):
        for evidence in evidence_in(actor(text, words, parsed=parsed)):
            assert text[evidence.start : evidence.end] == evidence.quote


def test_without_a_parse_role_and_country_are_still_read() -> None:
    found = actor("Turkish police beat students.", "Turkish police", parsed=False)
    assert (found.country, found.sector) == ("TUR", "COP")


PRIVATE = [
    ("Mira Petrova, 41, was shot. Petrova had two sons.", ["Mira Petrova", "Petrova"]),
    ("Interior Minister Georgi Stoyanov met Mira Petrova.", ["Mira Petrova"]),
    ("President Vladimir Putin met Amnesty International in Minsk.", []),
    ("Ms. Petrova said that Hamas and the IRGC were there.", ["Petrova"]),
]


@pytest.mark.parametrize(("text", "expected"), PRIVATE)
def test_private_persons_names_are_found(text: str, expected: list[str]) -> None:
    assert [one.quote for one in private_names(text, parse(text))] == expected


def test_names_of_one_person_are_brought_together() -> None:
    text = "Governor Ana Ruiz spoke. Ruiz denied it. Mrs. Ruiz left."
    assert {person.name for _, person in read_cast(text, parse(text)).persons.items} == {"Ana Ruiz"}


@pytest.mark.parametrize(
    ("name", "personal"),
    [
        ("Gisela Brandhorst", True),
        ("Babar Qadri", True),
        ("UNITA", False),
        ("Bank of Commerce", False),
        ("AKB Group", False),
    ],
)
def test_a_name_of_a_person_s_shape_is_not_made_public_by_a_tagger(name: str, personal: bool) -> None:
    assert _may_be_personal(name) is personal


def acting(text: str, trigger: str, *recipients: str) -> list[Actor]:
    """Return the parties of an accusation of which the coder found the recipients alone."""
    report, sentences = make_report(text), parse(text)
    spans = [Evidence(text.index(words), text.index(words) + len(words), words) for words in (trigger, *recipients)]
    arguments = tuple(Argument(Role.RECIPIENT, it) for it in spans[1:])
    event = Event(report.id, "ACCUSE", None, Status.ASSERTED, spans[0], spans[0].span, arguments)
    return list(actors_of(event, report, Coding(report.id, sentences=sentences), claims=find_claims(text, sentences)))


def test_an_act_of_words_that_names_no_actor_is_its_speakers() -> None:
    actor, recipient = acting("“The law is disgraceful,” the union leader Tomas Reig said.", "disgraceful", "The law")
    assert (actor.role, actor.basis, actor.evidence.quote) == (
        Role.ACTOR, Basis.INFERRED, "the union leader Tomas Reig",
    )  # fmt: skip
    assert recipient.role is Role.RECIPIENT
    assert acting("The law is disgraceful.", "disgraceful") == []


def test_one_side_of_an_act_is_not_the_other() -> None:
    text = "Mayor Goran Petrak came. Deputy Luc Besnard hit him."
    report, sentences = make_report(text), parse(text)
    sides = [(Role.ACTOR, "Deputy Luc Besnard"), (Role.RECIPIENT, "him")]
    arguments = tuple(Argument(role, Evidence(text.index(it), text.index(it) + len(it), it)) for role, it in sides)
    trigger = Evidence(text.index("hit"), text.index("hit") + 3, "hit")
    event = Event(report.id, "ASSAULT", None, Status.ASSERTED, trigger, trigger.span, arguments)
    found = actors_of(event, report, Coding(report.id, sentences=sentences))
    assert found[1].support[0].quote == "Mayor Goran Petrak"

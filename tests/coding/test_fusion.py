"""Where network and patterns disagree about a sentence: which is heard. The network's numbers here are made up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dateline.coding.decoding import Judgement, Named
from dateline.coding.fusion import WEAK, events_of
from dateline.coding.judged import Judged
from dateline.coding.parser import parse
from dateline.coding.patterns import load_patterns
from dateline.coding.tree import Tree
from dateline.model.codebook import plover
from dateline.model.event import Event, Status
from dateline.model.ground import Role
from dateline.model.text import make_report


def _events(text: str, trigger: str, kind: str, form: str, sure: float, told: dict[str, float]) -> list[Event]:
    start = text.index(trigger)
    named = Named(start, start + len(trigger), kind, sure, form, 0.9, "asserted", 0.9)
    return _events_of(text, [named], told)


def _events_of(text: str, named: Sequence[Named], told: dict[str, float]) -> list[Event]:
    judgement = Judgement({"types": told}, tuple(named), defaultdict(tuple))
    tree, report = Tree.of(parse(text)[0]), make_report(text, language="en")
    return events_of(Judged(report, tree, judgement, lambda first, last: (first, last)), load_patterns(plover()), "x")


@pytest.mark.parametrize(("sure", "kind"), [(WEAK - 0.05, "REJECT"), (WEAK + 0.05, "COERCE")])
def test_a_weak_type_yields_to_a_pattern(sure: float, kind: str) -> None:
    text = "The miners refused to leave the pit."
    (event,) = _events(text, "refused", "COERCE", "inaction", sure, {"COERCE": 0.7, "REJECT": 0.1})
    assert (event.type, event.confidence) == (kind, sure)


def test_what_is_done_to_a_protest_is_no_protest() -> None:
    (event,) = _events("The mayor banned demonstrations.", "banned demonstrations", "PROTEST", "demonstration", 0.9, {})
    assert (event.type, [it.quote for it in event.of(Role.ACTOR)]) == ("COERCE", ["The mayor"])


def test_an_uprising_is_a_protest_whatever_the_network_says() -> None:
    (event,) = _events("The uprising of May swept nine towns.", "uprising", "ASSAULT", "attack", 0.9, {"ASSAULT": 0.9})
    assert (event.type, event.form) == ("PROTEST", "wave")


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("Farmers dumped milk by the gate.", "dumped", "Farmers"),
        ("A gathering of nurses was held.", "gathering", "nurses"),
    ],
)
def test_who_protests_where_no_pattern_knows(text: str, trigger: str, actor: str) -> None:
    (event,) = _events(text, trigger, "PROTEST", "rally", 0.9, {})
    assert [(it.role, it.evidence.quote) for it in event.arguments] == [(Role.ACTOR, actor)]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Police fired on the miners, killing nine.", "fired"),
        ("A car bomb outside the town hall killed six people.", "car bomb"),
    ],
)
def test_what_an_attack_did_is_no_event_beside_it(text: str, trigger: str) -> None:
    (event,) = _events(text, trigger, "ASSAULT", "shooting", 0.9, {"ASSAULT": 0.9})
    assert event.trigger.quote == trigger


def test_a_killing_of_its_own_is_told_beside_an_attack() -> None:
    text = "Gunmen attacked the depot on Monday; rebels killed two guards at the port."
    events = _events(text, "attacked", "ASSAULT", "attack", 0.9, {"ASSAULT": 0.9})
    assert [event.trigger.quote.split()[0] for event in events] == ["attacked", "killed"]


@pytest.mark.parametrize(("text", "status"), [("hundreds of acts of", "asserted"), ("acts of", "generic")])
def test_a_figure_makes_a_row_of_events_certain(text: str, status: str) -> None:
    text = f"They lived through {text} sabotage and strikes."
    told = {"sabotage": ("ASSAULT", "destruction", "asserted", 0.6), "strikes": ("PROTEST", "strike", "generic", 0.8)}
    named = [
        Named(text.index(it), text.index(it) + len(it), kind, 0.9, form, 0.9, said, sure)
        for it, (kind, form, said, sure) in told.items()
    ]
    assert {it.status.value for it in _events_of(text, named, {})} == {status}


def _named(text: str, *told: tuple[str, str, str]) -> list[Named]:
    places = [(text.index(words), words, kind, form) for words, kind, form in told]
    return [Named(at, at + len(words), kind, 0.9, form, 0.9, "asserted", 0.9) for at, words, kind, form in places]


@pytest.mark.parametrize(
    ("text", "told", "triggers"),
    [
        ("The junta imposed a curfew.", {"imposed": "curfew", "curfew": "curfew"}, ["curfew"]),
        ("A curfew was imposed.", {"curfew": "curfew", "imposed": "curfew"}, ["curfew"]),
        ("A judge sentenced him to six years in prison.", {"sentenced": "jail", "years": "jail"}, ["sentenced"]),
        ("Judges gave nine weavers four years in prison.", {"gave": "jail", "prison": "jail"}, ["gave"]),
        ("They were held in the arrests and detentions.", {"arrests": "arrest", "detentions": "arrest"}, ["arrests"]),
        ("The arrest of the cook and the detention of the clerk ended.", {"arrest": "arrest", "detention": "arrest"},
         ["arrest", "detention"]),
        ("Two were jailed after the arrests.", {"jailed": "arrest", "arrests": "arrest"}, ["jailed", "arrests"]),
        ("The junta imposed a curfew.", {"imposed": "ban", "curfew": "curfew"}, ["imposed", "curfew"]),
        ("Guards dispersed them using tear gas.", {"dispersed": "crowd", "using": "crowd"}, ["dispersed"]),
        ("Guards used tear gas to disperse them.", {"used": "crowd", "disperse": "crowd"}, ["disperse"]),
        ("They began throwing stones.", {"throwing": "crowd", "stones": "riot"}, ["throwing"]),
        ("It lived through sit-ins and strikes.", {"sit-ins": "sit_in", "strikes": "sit_in"}, ["sit-ins", "strikes"]),
        ("Nurses staged a sit-in to protest.", {"sit-in": "sit_in", "protest": "demonstration"}, ["sit-in"]),
    ],
)  # fmt: skip
def test_one_act_told_by_two_words_is_one_event(text: str, told: dict[str, str], triggers: list[str]) -> None:
    kind = "PROTEST" if "sit_in" in told.values() else "COERCE"
    events = _events_of(text, _named(text, *((words, kind, form) for words, form in told.items())), {})
    assert [it.trigger.quote for it in events] == triggers


def test_who_uses_a_weapon_does_what_its_name_tells() -> None:
    for words in ("fired tear gas", "fired tear gas and stun grenades"):
        text = f"Police {words} at the crowd."
        (event,) = _events_of(text, _named(text, ("fired tear gas", "ASSAULT", "crowd_control")), {})
        parties = {argument.role.value: argument.evidence.quote for argument in event.arguments}
        assert parties == {"actor": "Police", "recipient": "the crowd"}


def test_who_uses_force_is_its_actor() -> None:
    text = "Guards used excessive force on the miners."
    (event,) = _events_of(text, _named(text, ("excessive force", "ASSAULT", "crowd_control")), {})
    assert [it.evidence.quote for it in event.arguments] == ["Guards", "the miners"]


def test_what_is_fired_is_nobody() -> None:
    (event,) = _events_of("Shots were fired.", _named("Shots were fired.", ("fired", "ASSAULT", "shooting")), {})
    assert event.arguments == ()


def test_what_is_over_is_no_plan() -> None:
    text = "The mayor said that 300 families had been evicted."
    start = text.index("evicted")
    named = [Named(start, start + 7, "COERCE", 0.9, "eviction", 0.9, "planned", 0.8)]
    assert [it.status.value for it in _events_of(text, named, {})] == ["asserted"]


@pytest.mark.parametrize(
    ("text", "trigger", "told", "status"),
    [
        ("Clerks demanding their wages marched to the port.", "marched", "called_for", "asserted"),
        ("They said that they had shelled the port.", "shelled", "denied", "asserted"),
        ("They said that they had not shelled the port.", "shelled", "denied", "denied"),
        ("If they marched, they would be shot.", "marched", "called_for", "hypothetical"),
    ],
)
def test_what_a_sentence_tells_plainly_was_done(text: str, trigger: str, told: str, status: str) -> None:
    start = text.index(trigger)
    named = [Named(start, start + len(trigger), "PROTEST", 0.9, "march", 0.9, told, 0.8)]
    assert [it.status.value for it in _events_of(text, named, {})] == [status]


def test_who_demands_does_so_by_the_very_words() -> None:
    text = "Clerks took to the streets to demand a vote."
    named = [Named(30, 36, "REQUEST", 0.9, "change", 0.9, "called_for", 0.8)]
    assert [(it.trigger.quote, it.status.value) for it in _events_of(text, named, {})] == [("demand", "asserted")]


def test_who_is_alleged_to_do_it_is_accused() -> None:
    (event,) = _events("They alleged that guards had beaten them.", "alleged", "ACCUSE", "allege", 0.9, {})
    assert [it.evidence.quote for it in event.arguments] == ["They", "guards"]


def test_no_one_is_no_party() -> None:
    named = [Named(16, 24, "COERCE", 0.9, "arrest", 0.9, "denied", 0.8)]
    (event,) = _events_of("No one has been arrested.", named, {})
    assert (event.status, event.arguments) == (Status.DENIED, ())


@pytest.mark.parametrize(
    ("text", "trigger", "kinds"),
    [
        ("Police broke up a sit-in by nurses.", "broke up a sit-in by", ["COERCE", "PROTEST"]),
        ("Police attacked a demonstration of nurses.", "attacked a demonstration", ["ASSAULT", "PROTEST"]),
    ],
)
def test_what_is_done_to_a_protest_is_told_beside_it(text: str, trigger: str, kinds: list[str]) -> None:
    done, protest = _events(text, trigger, "PROTEST", "sit_in", 0.9, {})
    assert [done.type, protest.type] == kinds
    assert [it.quote for it in done.of(Role.ACTOR)] == ["Police"]
    assert "Police" not in [it.quote for it in protest.of(Role.ACTOR)]


def test_a_strike_on_a_building_is_no_walkout() -> None:
    (event,) = _events("The strike on a school killed nine.", "strike", "PROTEST", "strike", 0.9, {})
    assert (event.type, event.form) == ("ASSAULT", "air_strike")


def test_who_takes_ground_tells_which_form_it_has() -> None:
    (event,) = _events("Insurgents seized a village.", "seized", "ASSAULT", "abduction", 0.9, {})
    assert event.form == "capture_nonstate"


def test_no_box_is_a_party_but_who_is_counted_with_the_first_one() -> None:
    text = "A bomb killed a governor and two of his guards."
    (event,) = _events(text, "killed", "ASSAULT", "bombing", 0.9, {})
    assert [it.quote for it in event.of(Role.RECIPIENT)] == ["a governor", "two of his guards"]
    (event,) = _events("Police seized two boxes of shells.", "seized", "COERCE", "weapons_seizure", 0.9, {})
    assert event.of(Role.RECIPIENT) == ()


@pytest.mark.parametrize(
    ("text", "noun", "forms"),
    [
        ("A court sentenced two printers to death.", "to death", ["death_sentence"]),
        ("A court sentenced two printers to death.", "death", ["death_sentence"]),
        ("A court sentenced two printers after the death of a third.", "death", ["prison_sentence", "death_sentence"]),
    ],
)
def test_who_is_sentenced_is_so_to_what_stands_behind_it(text: str, noun: str, forms: list[str]) -> None:
    told = [("sentenced", "COERCE", "prison_sentence"), (noun, "COERCE", "death_sentence")]
    events = _events_of(text, _named(text, *told), {})
    assert [it.form for it in events] == forms
    assert [it.evidence.quote for it in events[0].arguments] == ["A court", "two printers"]


def test_who_defuses_a_bomb_has_not_laid_it() -> None:
    text = "Sappers defused a bomb near the school."
    (event,) = _events_of(text, _named(text, ("defused a bomb", "ASSAULT", "bombing")), {})
    assert event.status is Status.PLANNED
    assert event.arguments == ()


def test_two_words_of_one_act_have_the_surer_status() -> None:
    text = "Guards used tear gas to disperse them."
    used, disperse = _named(text, ("used", "ASSAULT", "crowd_control"), ("disperse", "ASSAULT", "crowd_control"))
    (event,) = _events_of(text, [used, replace(disperse, status="denied", status_score=0.3)], {})
    assert event.status is Status.ASSERTED

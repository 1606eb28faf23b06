"""What the rules coder reads in single sentences: types, forms, status, roles. All sentences are our own."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.coding.gate import inflect, make_gate
from dateline.coding.patterns import load_patterns
from dateline.coding.rules import RulesCoder
from dateline.errors import CodebookError
from dateline.model.codebook import plover
from dateline.model.event import Event
from dateline.model.ground import Role
from dateline.model.text import make_report


@cache
def _coder() -> RulesCoder:
    return RulesCoder()


def _events(text: str) -> list[Event]:
    return list(_coder().code([make_report(text)])[0].events)


def _read(text: str) -> set[tuple[str, str | None, str]]:
    return {(event.type, event.form, event.status.value) for event in _events(text)}


FORMS = [
    ("Thousands of students protested outside the ministry.", "PROTEST", "demonstration"),
    ("Tens of thousands took to the streets of the capital.", "PROTEST", "demonstration"),
    ("About 400 miners marched to the town hall.", "PROTEST", "march"),
    ("Villagers blocked the highway for six hours.", "PROTEST", "blockade"),
    ("Bus drivers went on strike over unpaid wages.", "PROTEST", "strike"),
    ("Three inmates began a hunger strike.", "PROTEST", "hunger_strike"),
    ("Youths wrote slogans on the walls of the barracks.", "PROTEST", "symbolic"),
    ("Rioters torched two buses and looted shops.", "PROTEST", "riot"),
    ("Protests broke out in 12 cities.", "PROTEST", "wave"),
    ("Police arrested nine people.", "COERCE", "arrest"),
    ("Nine people were taken into custody.", "COERCE", "arrest"),
    ("The court sentenced two brothers to death.", "COERCE", "death_sentence"),
    ("A judge sentenced the blogger to six years in prison.", "COERCE", "prison_sentence"),
    ("Police dispersed the crowd.", "COERCE", "dispersal"),
    ("The demonstration was dispersed by riot police.", "COERCE", "dispersal"),
    ("The government blocked the internet.", "COERCE", "internet_shutdown"),
    ("The authorities imposed a curfew.", "COERCE", "curfew"),
    ("The president declared a state of emergency.", "COERCE", "martial_law"),
    ("Agents raided the offices of the newspaper.", "COERCE", "raid"),
    ("The governor banned all rallies.", "COERCE", "ban"),
    ("Soldiers killed five villagers.", "ASSAULT", "killing"),
    ("Guards tortured the detainees.", "ASSAULT", "torture"),
    ("Four men were executed at dawn.", "ASSAULT", "execution"),
    ("Police fired tear gas at the marchers.", "ASSAULT", "crowd_control"),
    ("Gunmen kidnapped an engineer.", "ASSAULT", "abduction"),
    ("A suicide bomber struck a market.", "ASSAULT", "suicide_bombing"),
    ("A man detonated the explosives near a checkpoint.", "ASSAULT", "bombing"),
    ("Warplanes bombed the village.", "ASSAULT", "air_strike"),
    ("Rebels clashed with soldiers near the border.", "ASSAULT", "clash"),
    ("Officers beat a man with batons.", "ASSAULT", "beating"),
    ("The army deployed troops along the river.", "MOBILIZE", "troops"),
    ("The minister accused the union of sabotage.", "ACCUSE", "allege"),
    ("The bishop condemned the arrests.", "ACCUSE", "disapprove"),
    ("The mayor resigned.", "RETREAT", "resign"),
    ("Forty prisoners were released.", "RETREAT", "release"),
    ("The government lifted the curfew.", "CONCEDE", "ease"),
    ("The president pardoned the students.", "CONCEDE", "pardon"),
    ("The two sides reached a peace agreement.", "AGREE", "agreement"),
    ("The foreign minister met the envoy.", "CONSULT", "meeting"),
]


@pytest.mark.parametrize(("text", "kind", "form"), FORMS, ids=[text[:40] for text, *_ in FORMS])
def test_type_and_form(text: str, kind: str, form: str) -> None:
    assert (kind, form, "asserted") in _read(text)


STATUSES = [
    ("Police did not arrest anyone.", "arrest", "denied"),
    ("The ministry denied arresting the students.", "arrest", "denied"),
    ("No arrests were made.", "arrest", "denied"),
    ("No one was arrested.", "arrest", "denied"),
    ("Police arrested nobody.", "arrest", "denied"),
    ("It is not true that police arrested students.", "arrest", "denied"),
    ("State television showed no pictures of the march.", "march", "asserted"),
    ("The union said that it would march on Monday.", "march", "planned"),
    ("The union plans to strike on Friday.", "strike", "planned"),
    ("Workers will march on Saturday.", "march", "planned"),
    ("If police arrest the leaders, the town will burn.", "arrest", "hypothetical"),
    ("Soldiers could arrest them.", "arrest", "hypothetical"),
    ("Activists called for a boycott of the vote.", "boycott", "called_for"),
    ("The opposition urged the people to demonstrate.", "demonstration", "called_for"),
    ("Everyone has the right to demonstrate.", "demonstration", "generic"),
    ("A riot can begin with a rumour.", "riot", "generic"),
    ("Police arrested the leader.", "arrest", "asserted"),
    ("Police have arrested the leader.", "arrest", "asserted"),
]


@pytest.mark.parametrize(("text", "form", "status"), STATUSES, ids=[text[:40] for text, *_ in STATUSES])
def test_status(text: str, form: str, status: str) -> None:
    assert status in {event.status.value for event in _events(text) if event.form == form}


NOTHING = [
    "The senate killed the bill in committee.",
    "The coach was fired after the third defeat.",
    "They met on 12 March 2001.",
    "A heart attack ended his career.",
    "Shares rallied after the market opened.",
    "The film was shot in Prague.",
    "An arrest warrant is a document.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_event_of_ours(text: str) -> None:
    assert not {event.type for event in _events(text)} & {"PROTEST", "COERCE", "ASSAULT"}


ROLES = [
    ("Police arrested nine students.", ["Police"], ["nine students"]),
    ("Nine students were arrested by the police.", ["the police"], ["nine students"]),
    ("The arrest of nine students by military police caused anger.", ["military police"], ["nine students"]),
    ("Students and workers demonstrated.", ["Students", "workers"], []),
    ("Nurses staged a protest against the ministry.", ["Nurses"], ["the ministry"]),
    ("The prisoners endured torture.", [], ["The prisoners"]),
    ("A patrol came under attack by gunmen.", ["gunmen"], ["A patrol"]),
    ("The boat came under fire from rebels.", ["rebels"], ["The boat"]),
    ("A patrol came under fire near the ford.", [], ["A patrol"]),
    ("A judge acquitted two guards of torturing a cook.", ["two guards"], ["a cook"]),
    ("A judge acquitted two guards of the murder of a cook.", [], ["a cook"]),
    ("The cabinet introduced a curfew.", ["The cabinet"], []),
    ("Two men were killed in police firing.", ["police"], ["Two men"]),
    ("Two men were killed by IED attacks.", [], ["Two men"]),
    ("Three nurses were killed by a raid of gunmen.", [], ["Three nurses"]),
    ("Three nurses were killed by a raid by gunmen.", ["gunmen"], ["Three nurses"]),
    ("Six were wounded by army attacks.", ["army"], ["Six"]),
    ("Two cooks were shot by soldiers firing at a crowd.", ["soldiers"], ["Two cooks"]),
    ("The priest called on the faithful to boycott the ministry.", ["the faithful"], ["the ministry"]),
    ("Three villagers died in army shelling.", ["army"], ["Three villagers"]),
    ("Troops opened fire on a crowd.", ["Troops"], ["a crowd"]),
    ("They won concessions through years of protest.", ["They"], []),
    ("The union rejected the minister's offer.", ["The union"], ["the minister"]),
    ("A court that sentenced six men to death sat in secret.", ["A court"], ["six men"]),
]


@pytest.mark.parametrize(("text", "actors", "recipients"), ROLES, ids=[text[:40] for text, *_ in ROLES])
def test_roles(text: str, actors: list[str], recipients: list[str]) -> None:
    events = [event for event in _events(text) if event.type in {"COERCE", "PROTEST", "ASSAULT", "REJECT"}]
    found = {role: [evidence.quote.lower() for evidence in events[0].of(role)] for role in (Role.ACTOR, Role.RECIPIENT)}
    assert found == {
        Role.ACTOR: [words.lower() for words in actors],
        Role.RECIPIENT: [words.lower() for words in recipients],
    }


def test_coordination_gives_two_events_with_one_actor() -> None:
    text = "On Friday a court sentenced a teacher to death and gave two others ten years in prison."
    forms = {event.form: event for event in _events(text)}
    assert {"death_sentence", "prison_sentence"} <= set(forms)
    assert forms["prison_sentence"].of(Role.ACTOR)[0].quote == "a court"
    assert forms["prison_sentence"].of(Role.RECIPIENT)[0].quote == "two others"
    assert not forms["death_sentence"].clause.overlaps(forms["prison_sentence"].trigger.span)


@pytest.mark.parametrize("text", ["Days of protest.", "Years of strikes of days of protest.", "Thousands of acts of"])
def test_fragments_come_to_an_end(text: str) -> None:
    _events(text)


def test_one_event_told_with_two_words_is_one() -> None:
    text = "Farmers staged a protest march."
    assert [(event.type, event.form) for event in _events(text)] == [("PROTEST", "march")]


def test_an_event_says_what_fired() -> None:
    (event,) = _events("Police arrested nobody's friend.")
    assert "pattern arrest at 'arrested'" in event.why


def test_the_gate_never_holds_back_what_a_pattern_would_match() -> None:
    is_wanted = make_gate(load_patterns(plover()))
    assert [text for text, *_ in FORMS if not is_wanted(text)] == []


def test_the_gate_holds_back_the_rest() -> None:
    is_wanted = make_gate(load_patterns(plover()))
    assert not is_wanted("The museum opens at nine and closes at six.")


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("carry", "carried"),
        ("stab", "stabbed"),
        ("raze", "razing"),
        ("shoot", "shot"),
        ("beat", "beaten"),
        ("die", "dying"),
    ],
)
def test_inflection(lemma: str, form: str) -> None:
    assert form in set(inflect(lemma))


def test_all_faults_of_a_pattern_file_are_named_at_once() -> None:
    data = b"""
[[patterns]]
id = "one"
type = "PROTEST"
form = "sitin"
verbs = "@nobody"
[[patterns]]
id = "two"
type = "ASSAULT"
colour = "red"
"""
    with pytest.raises(CodebookError) as caught:
        load_patterns(plover(), data)
    for part in ("pattern one: form 'sitin'", "word class @nobody", "pattern two: unknown key 'colour'"):
        assert part in str(caught.value)

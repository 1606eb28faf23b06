"""Whose words an event is in: uncertain voices, stances, occasions, speakers traced back."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.coding.parser import parse
from dateline.grounding.attribution import attribution_of, hear
from dateline.grounding.frames import subject_of
from dateline.grounding.sources import find_claims
from dateline.grounding.times import find_times
from dateline.grounding.trees import Tree
from dateline.model.event import Event, Status
from dateline.model.ground import Attribution, Basis, Manner, VoiceRole
from dateline.model.parse import Token
from dateline.model.text import Evidence, Span, evidence_in


def attribution(text: str, words: str, published: date | None = None) -> Attribution:
    sentences = parse(text)
    start = text.index(words)
    trigger = Evidence(start, start + len(words), words)
    sentence = next(one for one in sentences if one.start <= start < one.end)
    event = Event("r", "ASSAULT", None, Status.ASSERTED, trigger, Span(sentence.start, sentence.end))
    times = find_times(text, published=published)
    found = attribution_of(event, hear(text, sentences, find_claims(text, sentences), times))
    assert all(text[it.start : it.end] == it.quote for it in evidence_in(found))
    return found


RUNNING_ON = [
    ("Police said rioters burned two cars. They then beat a driver with sticks.", "beat", Basis.INFERRED),
    ("Police said rioters burned two cars.\n\nThey then beat a driver with sticks.", "beat", None),
    ("Police said rioters burned two cars. Meanwhile, guards beat a driver.", "beat", None),
    ("Police marched past the gate. They beat a driver with sticks.", "beat", None),
    ("Police said rioters burned two cars. The union said guards beat a driver.", "beat", Basis.STATED),
]


@pytest.mark.parametrize(("text", "trigger", "basis"), RUNNING_ON)
def test_words_that_run_on_are_inferred_and_never_stated(text: str, trigger: str, basis: Basis | None) -> None:
    found = attribution(text, trigger)
    assert (None if found.is_own else found.speaker.basis) is basis
    if basis is Basis.INFERRED:
        assert found.speaker.manner is Manner.FREE
        assert [it.quote for it in found.speaker.support] == ["Police"]


def test_a_quotation_that_nobody_introduces_is_somebodys_and_not_known_whose() -> None:
    found = attribution("The hall fell silent.\n\n“They beat my brother on Monday and nobody came.”", "beat")
    assert not found.is_own
    assert found.speaker.basis is Basis.UNKNOWN


STANCES = [
    ("A so-called people's court sentenced two men.", "sentenced", ["so-called"]),
    ("Guards beat the “saboteurs” in the yard.", "beat", ["“saboteurs”"]),
    ("Guards beat two men in the yard.", "beat", []),
]


@pytest.mark.parametrize(("text", "trigger", "words"), STANCES)
def test_the_distance_of_the_report_is_a_stance_and_no_voice(text: str, trigger: str, words: list[str]) -> None:
    found = attribution(text, trigger)
    assert found.is_own
    assert [it.quote for it in found.stance] == words


def test_medium_and_day_of_a_saying_are_told_apart_from_those_of_what_is_said() -> None:
    text = "The governor said in a speech on state radio on May 3, 2021 that guards shot two men on April 9, 2021."
    speaker = attribution(text, "shot").speaker
    assert speaker.medium is not None
    assert speaker.medium.quote == "in a speech on state radio"
    assert speaker.said is not None
    assert speaker.said.edtf == "2021-05-03"


def test_a_named_speaker_goes_on_speaking_on_the_same_occasion_by_inference() -> None:
    calm = "On May 3, 2021, Governor Ana Ruiz said that the town was calm."
    text = f"{calm} “Guards shot two thieves,” Governor Ana Ruiz said."
    said = attribution(text, "shot").speaker.said
    assert said is not None
    assert (said.edtf, said.basis) == ("2021-05-03", Basis.INFERRED)


FORCES = [
    ("The ministry denied that guards shot two men.", "shot", "denied"),
    ("The rebels believe that guards shot two men.", "shot", "believed"),
    ("The bishop warned that guards would shoot.", "shoot", "warned"),
]


@pytest.mark.parametrize(("text", "trigger", "force"), FORCES)
def test_a_voice_keeps_its_force(text: str, trigger: str, force: str) -> None:
    assert attribution(text, trigger).speaker.force == force


ROLES = [
    ("Witnesses said guards shot two men.", VoiceRole.WITNESS),
    ("Hospital staff said guards shot two men.", VoiceRole.MEDICAL),
    ("Her mother said guards shot two men.", VoiceRole.RELATIVE),
    ("A lawyer for the family said guards shot two men.", VoiceRole.LAWYER),
    ("Attorney General Ana Ruiz said guards shot two men.", VoiceRole.OFFICIAL),
    ("A leaked report said guards shot two men.", VoiceRole.DOCUMENT),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_an_unnamed_voice_is_of_a_kind(text: str, role: VoiceRole) -> None:
    assert attribution(text, "shot").speaker.role is role


TRACED = [
    ("Defence Minister Goran Petrak came. He said that guards shot two men.", ["Defence Minister Goran Petrak"]),
    ("A truck burned. He said that guards shot two men.", []),
    ("The Free Miners' Union met. The union said that guards shot two men.", ["The Free Miners' Union"]),
    ("A clerk fled. A clerk said that guards shot two men.", []),
    ("The White Cross sent a van. The charity said that guards shot two men.", ["The White Cross"]),
    ("A mother of three lay in the road. The woman said that guards shot two men.", ["A mother"]),
    ("The temple was shut. He said that guards shot two men.", []),
    ("No law enforcement came. He said that guards shot two men.", []),
]


@pytest.mark.parametrize(("text", "support"), TRACED)
def test_short_forms_are_traced_back_with_the_words_of_both(text: str, support: list[str]) -> None:
    speaker = attribution(text, "shot").speaker
    assert [it.quote for it in speaker.support] == support
    assert (speaker.basis is Basis.RESOLVED) == bool(support)


def test_nobody_vouches_for_what_one_could_say() -> None:
    assert attribution("You could say that guards shot two men.", "shot").is_own


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plauen: mayor Tamara Voss said guards shot two men.", "mayor Tamara Voss"),
        ("The union on Sunday said guards shot two men.", "The union"),
    ],
)
def test_neither_town_nor_day_belongs_to_the_speaker(text: str, words: str) -> None:
    speaker = attribution(text, "shot").speaker
    assert speaker.evidence is not None
    assert speaker.evidence.quote == words


def test_one_speaker_stands_once_in_a_chain() -> None:
    found = attribution("Nurse Ada Brun came. She said that, she believed, guards shot two men.", "shot")
    assert len(found.voices) == 2


def test_nobody_says_what_stands_in_a_long_preposition() -> None:
    assert attribution("Shops shut in view of the shooting.", "shooting").is_own


def test_marks_broken_in_decoding_are_quotation_marks() -> None:
    found = attribution("â€œGuards shot two men,â€\x9d said a nurse.", "shot")
    assert found.speaker.role is VoiceRole.MEDICAL
    assert found.speaker.manner is Manner.DIRECT


def test_a_name_without_capitals_at_its_head_is_traced_back_without_a_slip() -> None:
    text = "The bandit al-Naser fled. He said that guards shot two men. The bandit al-Naser said that guards beat one."
    assert not attribution(text, "beat").is_own


def test_an_owner_is_no_speaker_where_its_verb_has_another_subject() -> None:
    words = [("The", "DET", "det", 1), ("union", "NOUN", "nsubj", 4), ("'s", "PART", "case", 1)]
    words += [("Lind", "PROPN", "nsubj", 4), ("spoke", "VERB", "ROOT", 4)]
    tokens = tuple(
        Token(i, 6 * i, 6 * i + 5, text, text, pos, "", dep, at) for i, (text, pos, dep, at) in enumerate(words)
    )
    assert subject_of(Tree(0, 0, 30, tokens), tokens[4]) == tokens[3]

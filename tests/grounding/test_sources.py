from __future__ import annotations

from functools import cache

import pytest

from dateline.coding.parser import parse
from dateline.grounding.attribution import attribution_of, hear
from dateline.grounding.sources import Claim, find_claims
from dateline.model.event import Event, Status
from dateline.model.ground import VoiceKind
from dateline.model.parse import Sentence
from dateline.model.text import Evidence, Span, evidence_in

PERSON, BODY, UNNAMED, REPORT = VoiceKind.PERSON, VoiceKind.ORGANISATION, VoiceKind.UNNAMED, VoiceKind.REPORT


@cache
def claims_in(text: str) -> tuple[Claim, ...]:
    return tuple(find_claims(text, parse(text)))


@cache
def unparsed(text: str) -> tuple[Claim, ...]:
    bare = tuple(Sentence(one.index, one.start, one.end) for one in parse(text))
    return tuple(find_claims(text, bare))


def event_at(text: str, words: str) -> Event:
    start = text.index(words)
    trigger = Evidence(start, start + len(words), words)
    return Event("r", "ASSAULT", None, Status.ASSERTED, trigger, trigger.span)


def chain(text: str, trigger: str) -> list[tuple[VoiceKind, str | None, str | None]]:
    voices = attribution_of(event_at(text, trigger), hear(text, parse(text), claims_in(text))).voices
    return [(voice.kind, voice.name, voice.evidence.quote if voice.evidence else None) for voice in voices]


HENGAW = (BODY, "Hengaw Organization for Human Rights", "Hengaw, which is based in Norway")

# text, trigger, the voices behind it apart from the report's own: kind, name, words
CHAINS = [
    ("Police beat marchers in Plovdiv.", "beat", []),
    ("Witnesses said police beat marchers.", "beat", [(UNNAMED, None, "Witnesses")]),
    ("Police beat marchers, witnesses said.", "beat", [(UNNAMED, None, "witnesses")]),
    ("Police, witnesses said, beat the marchers.", "beat", [(UNNAMED, None, "witnesses")]),
    (
        "State television reported that troops shot two men.",
        "shot",
        [(BODY, "State television", "State television")],
    ),
    ("According to Reuters, soldiers shot two men.", "shot", [(BODY, "Reuters", "Reuters")]),
    (
        "Soldiers shot two men, according to Amnesty International.",
        "shot",
        [(BODY, "Amnesty International", "Amnesty International")],
    ),
    ("“They shot two men,” said a nurse.", "shot", [(UNNAMED, None, "a nurse")]),
    (
        "“They shot two men,” the Interior Ministry said. “We regret that they died.”",
        "died",
        [(BODY, "Interior Ministry", "the Interior Ministry")],
    ),
    ("The minister denied that police had beaten anyone.", "beaten", [(PERSON, None, "The minister")]),
    ("The governor accused the rebels of burning the school.", "burning", [(PERSON, None, "The governor")]),
    ("The governor accused the rebels of burning the school.", "accused", []),
    ("She condemned the killing of two students.", "killing", []),
    ("He was reportedly tortured in the barracks.", "tortured", [(UNNAMED, None, "reportedly")]),
    ("The army allegedly shelled the market.", "shelled", [(UNNAMED, None, "allegedly")]),
    (
        "Reuters, citing hospital officials, reported that thirty people were wounded.",
        "wounded",
        [(BODY, "Reuters", "Reuters"), (UNNAMED, None, "hospital officials")],
    ),
    (
        "Xinhua said the president told the BBC that soldiers shot two men.",
        "shot",
        [(BODY, "Xinhua News Agency", "Xinhua"), (PERSON, None, "the president")],
    ),
    ("The army expanded its “Freedom Brigades,” and arrested forty men.", "arrested", []),
    (
        "Interior Minister Georgi Stoyanov spoke on Monday. He said that police shot two men.",
        "shot",
        [(PERSON, "Georgi Stoyanov", "He")],
    ),
    (
        "The Interior Ministry met the press. The ministry said that rioters beat nine officers.",
        "beat",
        [(BODY, "Interior Ministry", "The ministry")],
    ),
    ("Mira Petrova, a nurse, said that soldiers shot two men.", "shot", [(PERSON, None, "Mira Petrova, a nurse")]),
    (
        "“The army is ours.\n\n“It will never shoot again,” the president said.",
        "shoot",
        [(PERSON, None, "the president")],
    ),
    ("Police continued to beat the marchers.", "beat", []),
    ("A reporter saw police beat the marchers.", "beat", []),
    ("The marchers seemed to have fled.", "fled", []),
    ("“They beat my brother. Nobody knows why.”", "beat", [(UNNAMED, None, "“")]),
    ("“They beat my brother on Monday.” — Mira Petrova", "beat", [(PERSON, None, "Mira Petrova")]),
    ("Hengaw, which is based in Norway, said two men were hanged.", "hanged", [HENGAW]),
    (
        "“A clerk was arrested, and the army had a part” in the search, police spokesman Capt. Ned Lang said.",
        "arrested",
        [(PERSON, None, "Ned Lang")],
    ),
    (
        "“A man shot a guard,” police Const. Ned Lang told reporters.\n\n“Our people then arrested him at the pier.”",
        "arrested",
        [(PERSON, None, "Ned Lang")],
    ),
    ("The colonel was quoted as saying that the unit shot two men.", "shot", [(PERSON, None, "The colonel")]),
]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"), CHAINS, ids=[text[:40] + "/" + word for text, word, _ in CHAINS]
)
def test_the_voices_behind_an_event(text: str, trigger: str, expected: list[tuple[VoiceKind, str | None, str]]) -> None:
    assert chain(text, trigger) == [(REPORT, None, None), *expected]


FORCES = [
    ("The ministry denied that shots were fired.", "denied"),
    ("The rebels threatened to burn the town.", "threatened"),
    ("The union warned that more strikes would follow.", "warned"),
    ("The general promised to withdraw.", "promised"),
    ("The minister accused students of arson.", "accused"),
    ("The bishop told the crowd to go home.", "urged"),
]


@pytest.mark.parametrize(("text", "force"), FORCES)
def test_a_claim_keeps_its_force(text: str, force: str) -> None:
    assert [claim.force for claim in claims_in(text)] == [force]


PLAIN = [
    ("“They shot two men,” said Mira Petrova.", "shot", "Mira Petrova"),
    ("“They shot two men,” the minister said.", "shot", "the minister"),
    ("The minister said that police shot two men.", "shot", "The minister"),
    ("Police shot two men, witnesses said.", "shot", "witnesses"),
    ("Police shot two men, according to Reuters.", "shot", "Reuters"),
]


@pytest.mark.parametrize(("text", "trigger", "speaker"), PLAIN)
def test_sentences_that_nobody_parsed_have_speakers_too(text: str, trigger: str, speaker: str) -> None:
    voices = attribution_of(event_at(text, trigger), hear(text, parse(text), unparsed(text))).voices
    assert [voice.evidence.quote for voice in voices if voice.evidence] == [speaker]


def test_first_person_in_a_quotation_is_its_speaker() -> None:
    text = "“I think that the army shot them,” said Interior Minister Georgi Stoyanov."
    assert [
        voice.name for voice in attribution_of(event_at(text, "shot"), hear(text, parse(text), claims_in(text))).voices
    ] == [
        None,
        "Georgi Stoyanov",
    ]


def test_a_claim_knows_the_claim_it_is_told_in() -> None:
    text = "The agency reported that the general had denied that troops fired."
    outer, inner = claims_in(text)
    assert (outer.parent, inner.parent) == (None, 0)
    assert outer.content.contains(Span(inner.cue.start, inner.cue.end))


@pytest.mark.parametrize("text", [text for text, _, _ in CHAINS])
def test_all_evidence_stands_in_the_text(text: str) -> None:
    for claim in (*claims_in(text), *unparsed(text)):
        assert claim.contents
        for evidence in evidence_in(claim):
            assert text[evidence.start : evidence.end] == evidence.quote


def test_no_text_no_claims() -> None:
    assert find_claims("", ()) == []


HOSTILE = {
    "marks": "“" * 20_000,
    "one word": "Aa-" * 10_000,
    "cues": "said " * 8_000,
    "capitals": "Aa " * 10_000,
    "speakers": "X said, " * 4_000,
    "spaces": " " * 50_000 + "said",
    "open quotations": "\n“a" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_searched_all_the_same(text: str) -> None:
    for claim in find_claims(text, parse(text, lambda _: False)):
        assert text[claim.cue.start : claim.cue.end] == claim.cue.quote

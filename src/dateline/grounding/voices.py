"""Who speaks: the words of a source -> a `Voice`, with pronouns and short forms resolved inside the report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.grounding.lexicon import load_lexicon
from dateline.grounding.phrases import Phrase, bearer_of, person_of, read_phrase
from dateline.model.ground import Voice, VoiceKind
from dateline.model.text import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.grounding.cast import Cast, Person
    from dateline.grounding.lexicon import Known
    from dateline.model.parse import Sentence

_PERSONAL = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
_PLURAL = {"they", "them", "their", "theirs", "themselves"}
_THING = {"it", "its", "itself"}
_OWN = {"i", "we", "me", "us", "my", "our", "myself", "ourselves"}
_RELATIVE = {"who", "which", "that", "whom", "whose"}
_SPOKEN_FOR = {"spokesman", "spokeswoman", "spokesperson", "representative", "source"}
_DETERMINER = re.compile(r"^(?:the|a|an|its|his|her|their|this|that)\s+", re.IGNORECASE)
NEAR = 1500
"""How far back, in characters, a pronoun may look for its speaker."""


@dataclass(frozen=True, slots=True)
class Source:
    """The words of a source, and the sentence they stand in."""

    evidence: Evidence
    cue: Evidence
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class Heard:
    """Who spoke before: voices of earlier claims, in order of the text, and of the claim that this one is told in."""

    earlier: tuple[Voice, ...] = ()
    parent: Voice | None = None


def voice_of(source: Source | None, cue: Evidence, cast: Cast, heard: Heard) -> Voice:
    """Return the voice of a claim.

    A claim without a source ("reportedly", "was accused of") has an unnamed voice with its cue as evidence.
    """
    if source is None:
        return Voice(VoiceKind.UNNAMED, evidence=cue, cue=cue)
    phrase = read_phrase(source.evidence, source.sentence)
    head = phrase.noun
    if head in _OWN | _PERSONAL | _PLURAL | _THING | _RELATIVE:
        return _of_pronoun(head, source, cast, heard)
    return _of_noun(phrase, source, cast, heard)


def _of_pronoun(head: str, source: Source, cast: Cast, heard: Heard) -> Voice:
    """Return the voice that a pronoun stands for: what its clause hangs on, or the last speaker that fits."""
    if head in _RELATIVE:
        nearer = _antecedent(source)
        if nearer is not None:
            found = voice_of(nearer, source.cue, cast, heard)
            return _said_here(found, source)
    if head in _OWN:
        return _said_here(heard.parent, source) if heard.parent else Voice(VoiceKind.REPORT)
    wanted = {
        **dict.fromkeys(_PERSONAL, (VoiceKind.PERSON,)),
        **dict.fromkeys(_THING, (VoiceKind.ORGANISATION,)),
        **dict.fromkeys(_PLURAL, (VoiceKind.UNNAMED, VoiceKind.ORGANISATION)),
        "which": (VoiceKind.ORGANISATION,),
    }.get(head, (VoiceKind.PERSON,))
    last = next((voice for voice in reversed(heard.earlier) if _fits(voice, wanted, source)), None)
    person = _last_person(source, cast) if VoiceKind.PERSON in wanted else None
    if person is not None and (last is None or last.evidence is None or person[0].start > last.evidence.end):
        return _of_person(person[1], source)
    if last is not None:
        return _said_here(last, source)
    return Voice(wanted[0], evidence=source.evidence, cue=source.cue)


def _antecedent(source: Source) -> Source | None:
    """Return the noun phrase that a relative clause hangs on."""
    head, sentence = read_phrase(source.evidence, source.sentence).head, source.sentence
    if head is None or sentence is None:
        return None
    verb = next((token for token in (sentence.head(head), *sentence.ancestors(head)) if token.dep == "relcl"), None)
    if verb is None or verb.head == verb.index:
        return None
    noun = sentence.head(verb)
    below = {token.index for token in sentence.subtree(verb)}
    words = [token for token in sentence.subtree(noun) if token.index not in below and token.index <= verb.index]
    start, end = words[0].start, max(noun.end, words[0].end)
    quote = " ".join(token.text for token in words if token.start < end)
    return Source(Evidence(start, end, quote), source.cue, sentence)


def _fits(voice: Voice, wanted: Sequence[VoiceKind], source: Source) -> bool:
    return voice.kind in wanted and voice.evidence is not None and source.evidence.start - voice.evidence.end < NEAR


def _last_person(source: Source, cast: Cast) -> tuple[Span, Person] | None:
    """Return the person named last before a pronoun."""
    near = cast.persons.inside(max(0, source.evidence.start - NEAR), source.evidence.start)
    return near[-1] if near else None


def _said_here(voice: Voice, source: Source) -> Voice:
    """Return a voice met before, with the words that stand for it here."""
    return Voice(voice.kind, voice.name, source.evidence, source.cue, voice.public)


def _of_person(person: Person, source: Source) -> Voice:
    name = person.name if person.public else None
    return Voice(VoiceKind.PERSON, name, source.evidence, source.cue, person.public)


def _of_noun(phrase: Phrase, source: Source, cast: Cast, heard: Heard) -> Voice:
    """Return the voice of a noun phrase: a person, a body, a title, or people without a name."""
    person = person_of(phrase, cast) or _named_outright(phrase, cast)
    if person is not None:
        return _of_person(person, source)
    known = _known_in(phrase, cast)
    if known is not None:
        kind = VoiceKind.PERSON if known.is_person else VoiceKind.ORGANISATION
        return Voice(kind, known.name, source.evidence, source.cue, public=True)
    if _is_body(phrase):
        return Voice(VoiceKind.ORGANISATION, _name_of(phrase, cast), source.evidence, source.cue, public=True)
    if phrase.is_title() and phrase.noun not in _SPOKEN_FOR:
        bearer = bearer_of(phrase, cast)
        return Voice(VoiceKind.PERSON, bearer.name if bearer else None, source.evidence, source.cue, public=True)
    if phrase.head is not None and phrase.head.tag == "NNP" and not _has_role(phrase):
        return Voice(VoiceKind.PERSON, evidence=source.evidence, cue=source.cue)
    return Voice(VoiceKind.UNNAMED, evidence=source.evidence, cue=source.cue)


def _named_outright(phrase: Phrase, cast: Cast) -> Person | None:
    """Return the person of a phrase that has a name in apposition to any word: "a shopkeeper, Anna Kos"."""
    found = cast.persons.inside(phrase.core, phrase.evidence.end) if phrase.core < phrase.evidence.end else []
    between = phrase.evidence.quote[phrase.core - phrase.evidence.start :][:3]
    return found[0][1] if found and between.startswith(",") and found[0][0].start <= phrase.core + 2 else None


def _known_in(phrase: Phrase, cast: Cast) -> Known | None:
    """Return the known name at the head of a phrase; for a spokesman, the one he speaks for."""
    start, end = phrase.evidence.start, phrase.evidence.end
    headed = [one for span, one in cast.known.inside(start, end) if span.start < phrase.core <= span.end]
    if not headed and phrase.noun in _SPOKEN_FOR:
        headed = [one for _, one in cast.known.inside(start, end) if not one.is_person]
    return headed[0] if headed else None


def _is_body(phrase: Phrase) -> bool:
    """Say whether the head is an organisation, by its word or as the parser saw it."""
    if any(role in load_lexicon().bodies for role in phrase.roles()):
        return True
    if phrase.head is not None and phrase.head.tag == "NNP" and ", which " in f"{phrase.evidence.quote} ":
        return True
    head = phrase.head
    return head is not None and head.entity in {"ORG", "GPE", "NORP"} and head.pos == "PROPN" and not _has_role(phrase)


def _has_role(phrase: Phrase) -> bool:
    return any(role in load_lexicon().sectors for role in phrase.roles())


def _name_of(phrase: Phrase, cast: Cast) -> str | None:
    """Return the name of a body: its capitalised words, or the last body whose name ends in the same word."""
    words = phrase.evidence.quote[: phrase.core - phrase.evidence.start].strip(" ,")
    name = " ".join(re.sub(r"['’]s\b", "", _DETERMINER.sub("", words)).split())
    if any(word[:1].isupper() for word in name.split()[1:]) or name.isupper():
        return name
    return cast.body_called(phrase.noun, phrase.evidence.start) or (
        name if name[:1].isupper() and " " in name else None
    )

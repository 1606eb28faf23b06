"""Who speaks: the words of a source -> a `Voice`, with pronouns and short forms resolved inside the report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.grounding.antecedents import PERSONAL, PLURAL, THING, antecedent_of
from dateline.grounding.cues import load_cues
from dateline.grounding.lexicon import load_lexicon
from dateline.grounding.phrases import Phrase, bearer_of, person_of, read_phrase
from dateline.grounding.referents import role_words
from dateline.model.ground import Basis, Voice, VoiceKind, VoiceRole
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from dateline.grounding.cast import Cast, Person
    from dateline.grounding.lexicon import Known
    from dateline.grounding.referents import Referents
    from dateline.model.parse import Sentence
    from dateline.model.text import Span

_OWN = {"i", "we", "me", "us", "my", "our", "myself", "ourselves"}
_RELATIVE = {"who", "which", "that", "whom", "whose"}
_SPOKEN_FOR = {"spokesman", "spokeswoman", "spokesperson", "representative", "source"}
_DETERMINER = re.compile(r"^(?:the|a|an|its|his|her|their|this|that)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """The words of a source, and the sentence they stand in."""

    evidence: Evidence
    cue: Evidence
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known when a speaker is met.

    Attributes:
        text: the report.
        referents: everyone in it.
        earlier: voices of earlier claims, in order of the text.
        parent: the voice of the claim that this one is told in.
    """

    text: str
    referents: Referents
    earlier: tuple[Voice, ...] = ()
    parent: Voice | None = None

    def spoken(self) -> tuple[Span, ...]:
        """Return the words for those who spoke before: the fuller ones where they were resolved."""
        words = (one.support[0] if one.support else one.evidence for one in self.earlier)
        return tuple(evidence.span for evidence in words if evidence is not None)


def voice_of(source: Source | None, cue: Evidence, cast: Cast, heard: Heard) -> Voice:
    """Return the voice of a claim, with the kind of people that its words name."""
    voice = _voice(source, cue, cast, heard)
    words = next(iter(voice.support), voice.evidence if source else None)
    return replace(voice, role=role_of(words)) if words is not None else voice


def role_of(words: Evidence) -> VoiceRole | None:
    """Return which kind of people the words for a speaker name: its last role word, else that word's sector."""
    cues, sectors = load_cues(), load_lexicon().sectors
    for noun in reversed(role_words(words.quote)):
        role = cues.roles.get(noun) or cues.sector_roles.get(sectors.get(noun, ""))
        if role is not None:
            return role
    return None


def _voice(source: Source | None, cue: Evidence, cast: Cast, heard: Heard) -> Voice:
    """Return the voice of a claim, its role not told yet.

    A claim without a source ("reportedly", "was accused of") has an unnamed voice with its cue as evidence.
    """
    if source is None:
        return Voice(VoiceKind.UNNAMED, evidence=cue, cue=cue)
    phrase = read_phrase(source.evidence, source.sentence)
    if phrase.noun in _OWN:
        return _of_first_person(source, heard.parent)
    if phrase.noun in _RELATIVE:
        nearer = _antecedent(source, heard.text)
        if nearer is not None:
            return _said_here(voice_of(nearer, source.cue, cast, heard), nearer.evidence, source)
    found = _of_noun(phrase, source, cast)
    words = antecedent_of(source.evidence, heard.referents, heard.spoken())
    if words is None:
        is_open = source.evidence.quote.lower() in PERSONAL | PLURAL | THING
        return replace(found, kind=_kind_of(source), basis=Basis.UNKNOWN) if is_open else found
    number = heard.referents.sentence_at(words.start)
    earlier = Source(words, source.cue, heard.referents.sentences[number])
    named = _of_noun(read_phrase(words, earlier.sentence), earlier, cast)
    return _said_here(named if found.name is None else found, words, source)


def _of_first_person(source: Source, parent: Voice | None) -> Voice:
    """Return "I" and "we": whoever speaks the words they stand in; outside all claims, the report itself."""
    if parent is None:
        return Voice(VoiceKind.REPORT)
    words = next(iter(parent.support), parent.evidence)
    if words is not None:
        return _said_here(parent, words, source)
    unknown = Voice(VoiceKind.UNNAMED, evidence=source.evidence, cue=source.cue, basis=Basis.UNKNOWN)
    return parent if parent.kind is VoiceKind.REPORT else unknown


def _kind_of(source: Source) -> VoiceKind:
    """Return what a pronoun that nothing stands for must be: one person, a body, or people."""
    pronoun = source.evidence.quote.lower()
    return (
        VoiceKind.PERSON if pronoun in PERSONAL else VoiceKind.ORGANISATION if pronoun in THING else VoiceKind.UNNAMED
    )


def _antecedent(source: Source, text: str) -> Source | None:
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
    return Source(Evidence(start, end, text[start:end]), source.cue, sentence)


def _said_here(voice: Voice, earlier: Evidence, source: Source) -> Voice:
    """Return a speaker met before, with the words that stand for it here; `earlier` are those it was met in."""
    return replace(voice, evidence=source.evidence, cue=source.cue, basis=Basis.RESOLVED, support=(earlier,))


def _of_person(person: Person, source: Source) -> Voice:
    name = person.name if person.public else None
    return Voice(VoiceKind.PERSON, name, source.evidence, source.cue, person.public)


def _of_noun(phrase: Phrase, source: Source, cast: Cast) -> Voice:
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

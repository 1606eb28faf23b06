"""Who says so: the chain of voices behind one event, from the claims of its report."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from dateline.grounding.antecedents import PERSONAL, PLURAL, THING
from dateline.grounding.cues import load_cues
from dateline.grounding.occasions import medium_of, time_of_saying
from dateline.grounding.quotations import find_quotations, is_speech
from dateline.model.ground import Attribution, Basis, Manner, Voice, VoiceKind
from dateline.model.parse import place_behind
from dateline.model.text import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.grounding.quotations import Quotation
    from dateline.grounding.sources import Claim
    from dateline.model.event import Event
    from dateline.model.ground import When
    from dateline.model.parse import Sentence

_CLAUSES = {"that", "around", "as-clause", "according", "light", "signed", "headed", "orphan"}
_STATING = frozenset(
    "said reported claimed confirmed announced denied argued accused estimated admitted recalled".split()
)
_NEW_SCENE = re.compile(
    r"\W{0,3}(?:meanwhile|elsewhere|separately|however|earlier|later|last|in a separate"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj"}
_MOST = 0.5
"""Which share of a sentence must be told for the next to go on with it."""

_MOST_RUNNING_ON = 3
"""How many sentences may go on with what somebody said before."""

_NEAR = 600
"""How far behind a dated claim, in characters, its speaker may be taken to speak on the same occasion."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """All that is known of who says what in a report: its text, sentences, claims, quotations and times."""

    text: str
    sentences: Sequence[Sentence]
    claims: Sequence[Claim]
    quotations: Sequence[Quotation]
    times: Sequence[When] = ()


def hear(text: str, sentences: Sequence[Sentence], claims: Sequence[Claim], times: Sequence[When] = ()) -> Hearing:
    """Return what is known of who says what in a report."""
    return Hearing(text, sentences, claims, find_quotations(text), times)


def attribution_of(event: Event, hearing: Hearing) -> Attribution:
    """Return the chain of voices behind an event, the report's own first, then outermost to innermost.

    A claim counts if its content holds the event's trigger. A speech act is not inside its own content: that somebody
    accused, demanded or threatened is the word of whoever reports it. Where no claim holds the trigger, and the words
    are somebody's all the same, or may be, the chain ends in a voice whose basis says so.
    """
    trigger = event.trigger.span
    around = [one for one in hearing.claims if one.is_relayed and one.holds(trigger) and not _is_cue(one, trigger)]
    around.sort(key=lambda claim: (-sum(part.end - part.start for part in claim.contents), claim.force == "quoted"))
    voices = [Voice(VoiceKind.REPORT)]
    for claim in around:
        if claim.voice.kind is not VoiceKind.REPORT and not _is_same(claim.voice, voices[-1]):
            voices.append(_heard(claim, hearing))
    if len(voices) == 1:
        voices.extend(_doubted(event, hearing))
    return Attribution(tuple(voices), _stances(event, hearing))


def _is_cue(claim: Claim, trigger: Span) -> bool:
    return claim.cue.span.overlaps(trigger)


def _is_same(voice: Voice, other: Voice) -> bool:
    """Say whether two voices that follow each other in a chain are one speaker."""
    if _met_in(voice) and _met_in(voice) == _met_in(other):
        return True
    if voice.kind is not other.kind:
        return False
    if voice.name is not None or voice.evidence is None or other.evidence is None:
        return voice.name == other.name
    return voice.evidence == other.evidence or (_is_nobody(voice) and _is_nobody(other))


def _met_in(voice: Voice) -> str:
    """Return the words that a voice was met in first, as one compares them; none for a pronoun that stands alone."""
    words = next(iter(voice.support), voice.evidence)
    quote = words.quote.lower() if words is not None and not _is_nobody(voice) else ""
    return "" if quote in PERSONAL | PLURAL | THING else quote


def _is_nobody(voice: Voice) -> bool:
    """Say whether nothing but the cue stands for the speaker: "reportedly"."""
    return voice.kind is VoiceKind.UNNAMED and voice.evidence == voice.cue


def _heard(claim: Claim, hearing: Hearing) -> Voice:
    """Return the voice of a claim with force, manner, content, and the occasion where the cue's sentence tells."""
    medium, said = _occasion(claim, hearing)
    return replace(
        claim.voice,
        force=claim.force,
        manner=claim.manner,
        content=claim.content,
        medium=medium,
        said=said or _same_occasion(claim, hearing),
    )


def _occasion(claim: Claim, hearing: Hearing) -> tuple[Evidence | None, When | None]:
    """Return where and when a claim was made, by the sentence of its cue."""
    sentence = hearing.sentences[place_behind(hearing.sentences, claim.cue.start)] if hearing.sentences else None
    if sentence is None:
        return None, None
    around = Span(sentence.start, sentence.end)
    quoted = [part for quotation in hearing.quotations for part in quotation.parts]
    told = [*quoted, *(claim.contents if _is_clause(claim, sentence) else ())]
    medium = medium_of(hearing.text, around, told)
    return medium, time_of_saying(hearing.times, around, [*quoted, *claim.contents], medium)


def _is_clause(claim: Claim, sentence: Sentence) -> bool:
    """Say whether a content tells a scene of its own; one without a subject does not, whatever the parser called it."""
    if claim.manner is Manner.DIRECT or not sentence.tokens:
        return claim.manner is Manner.DIRECT or claim.frame in _CLAUSES
    inside = (token for part in claim.contents for token in sentence.within(part.start, part.end))
    return claim.frame in _CLAUSES and any(token.dep in _SUBJECTS for token in inside)


def _same_occasion(claim: Claim, hearing: Hearing) -> When | None:
    """Return when the same named speaker spoke shortly before, marked as inferred."""
    for other in reversed(
        hearing.claims[: bisect_left(hearing.claims, claim.cue.start, key=lambda one: one.cue.start)]
    ):
        if claim.cue.start - other.cue.end > _NEAR:
            return None
        if claim.voice.name is not None and other.voice.name == claim.voice.name:
            said = _occasion(other, hearing)[1]
            if said is not None:
                return replace(said, basis=Basis.INFERRED, support=(said.evidence, *said.support))
    return None


def _doubted(event: Event, hearing: Hearing) -> list[Voice]:
    """Return the voice of words that no claim holds and that may be somebody's: none where nothing says so."""
    return _unclaimed_quotation(event, hearing) or _running_on(event, hearing)


def _unclaimed_quotation(event: Event, hearing: Hearing) -> list[Voice]:
    """Return the unknown voice of speech in quotation marks that no cue introduces."""
    for quotation in hearing.quotations:
        if any(part.contains(event.trigger.span) for part in quotation.parts) and is_speech(hearing.text, quotation):
            mark = Evidence(quotation.start, quotation.start + 1, hearing.text[quotation.start])
            content = Span(quotation.start, quotation.end)
            known = Voice(
                VoiceKind.UNNAMED, evidence=mark, cue=mark, force="said", manner=Manner.DIRECT, content=content
            )
            return [replace(known, basis=Basis.UNKNOWN)]
    return []


def _running_on(event: Event, hearing: Hearing) -> list[Voice]:
    """Return the speaker that a sentence without a cue may go on with: free indirect speech, inferred.

    It follows, in one paragraph, a sentence that is somebody's word for the most part, and nothing in it or between
    brings in another speaker or a scene of its own ("Meanwhile", "On Friday").
    """
    here = place_behind(hearing.sentences, event.trigger.start)
    for number in range(here, max(-1, here - 1 - _MOST_RUNNING_ON), -1):
        sentence = hearing.sentences[number]
        claim = _mostly_told(sentence, hearing) if number < here else None
        if claim is not None:
            return [_inferred(claim, Span(hearing.sentences[here].start, hearing.sentences[here].end), hearing)]
        if _stands_alone(sentence, hearing) or (number and _is_apart(hearing, number)):
            return []
    return []


def _is_apart(hearing: Hearing, number: int) -> bool:
    """Say whether a sentence begins a paragraph."""
    return "\n" in hearing.text[hearing.sentences[number - 1].start : hearing.sentences[number].start + 1].rstrip(" ")


def _stands_alone(sentence: Sentence, hearing: Hearing) -> bool:
    """Say whether a sentence sets a scene of its own, or brings in a speaker by more than a pronoun."""
    if _NEW_SCENE.match(hearing.text, sentence.start):
        return True
    sources = [one.source for one in _claims_in(sentence, hearing) if one.source is not None]
    return any(source.quote.lower() not in PERSONAL | PLURAL | THING for source in sources)


def _claims_in(sentence: Sentence, hearing: Hearing) -> Sequence[Claim]:
    first = bisect_left(hearing.claims, sentence.start, key=lambda one: one.cue.start)
    return hearing.claims[first : bisect_left(hearing.claims, sentence.end, key=lambda one: one.cue.start)]


def _mostly_told(sentence: Sentence, hearing: Hearing) -> Claim | None:
    """Return the claim that makes up most of a sentence, as a statement of how things are."""
    claims = [one for one in _claims_in(sentence, hearing) if one.is_relayed and one.force in _STATING]
    claim = max(claims, key=lambda one: one.content.end - one.content.start, default=None)
    if claim is None or claim.source is None or claim.voice.kind is VoiceKind.REPORT or claim.frame not in _CLAUSES:
        return None
    told = sum(part.end - part.start for part in claim.contents)
    return claim if told >= _MOST * (sentence.end - sentence.start) else None


def _inferred(claim: Claim, content: Span, hearing: Hearing) -> Voice:
    """Return the voice of a claim as that of words behind it, which nothing but their place gives to it."""
    voice = _heard(claim, hearing)
    known = [one for one in (claim.source, *voice.support) if one is not None]
    return replace(voice, basis=Basis.INFERRED, manner=Manner.FREE, content=content, support=tuple(known))


def _stances(event: Event, hearing: Hearing) -> tuple[Evidence, ...]:
    """Return words of an event by which the report keeps its distance: "so-called", a few words in quotation marks."""
    regions = [event.clause, *(argument.evidence.span for argument in event.arguments)]
    found = [
        Span(*match.span()) for one in regions for match in _stance_words().finditer(hearing.text, one.start, one.end)
    ]
    for quotation in hearing.quotations:
        span = Span(quotation.start, quotation.end)
        if any(one.contains(span) for one in regions) and not is_speech(hearing.text, quotation):
            found.append(span)
    return tuple(Evidence(span.start, span.end, hearing.text[span.start : span.end]) for span in sorted(set(found)))


@cache
def _stance_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(load_cues().stances)))})\b", re.IGNORECASE)

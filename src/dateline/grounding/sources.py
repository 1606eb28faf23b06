"""Who says so: claims of a report (content, cue, source, voice), and the chain of voices behind one event."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.grounding.cast import read_cast
from dateline.grounding.cues import OTHER, load_cues
from dateline.grounding.frames import find_sayings
from dateline.grounding.plain import find_plain_sayings
from dateline.grounding.quotations import find_quotations
from dateline.grounding.referents import find_referents
from dateline.grounding.speech import attach
from dateline.grounding.trees import Tree
from dateline.grounding.voices import Heard, Source, voice_of
from dateline.grounding.weights import load_weights
from dateline.model.ground import Basis, Manner, Voice, VoiceKind
from dateline.model.text import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.grounding.cast import Cast
    from dateline.grounding.frames import Saying
    from dateline.grounding.quotations import Quotation
    from dateline.grounding.referents import Referents
    from dateline.model.parse import Sentence

_CLAUSES = {"that", "around", "light", "as-clause", "according"}
_NOT_WITH_TO = {"said", "voiced", "reported", "discussed", "known", "quoted"}
_ANYBODY = {"you", "one", "anyone", "anybody", "nobody", "no one", "none"}
_DEEPEST = 30
"""How many contents may run on at once and still be looked at for the claim that another is told in."""

_MEMORY = 60
"""How many claims back a pronoun may look for its speaker."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's word in a report.

    Attributes:
        contents: what is said, in one stretch or several ("A," he said. "B."), in order.
        cue, source: the words that mark it, and the words for the speaker (None where the report leaves them out).
        voice: the speaker, with pronouns and short forms resolved.
        manner: in whose wording it is told.
        frame: the shape of the content (see `frames.py`).
        force: what the cue does: said, denied, warned, promised, accused ... (see `cues.toml`).
        is_relayed: False where the cue takes its content for granted ("condemned the arrests"): the arrests are then
            the report's own assertion.
        is_quoted: whether the cue itself stands inside quotation marks.
        parent: index, in the report's list of claims, of the claim that this one is told in; None at the top.
    """

    contents: tuple[Span, ...]
    cue: Evidence
    source: Evidence | None
    voice: Voice
    manner: Manner
    force: str
    frame: str = ""
    is_relayed: bool = True
    is_quoted: bool = False
    parent: int | None = None

    @property
    def content(self) -> Span:
        """The stretch from the first to the last word of the content; the cue may stand inside it."""
        return Span(self.contents[0].start, self.contents[-1].end)

    def holds(self, span: Span) -> bool:
        """Say whether the span lies in the content."""
        return any(content.contains(span) for content in self.contents)


def find_claims(
    text: str, sentences: Sequence[Sentence], cast: Cast | None = None, referents: Referents | None = None
) -> list[Claim]:
    """Return every claim of a report, in the order of their cues.

    Sentences without tokens are searched by their letters alone. `cast` and `referents`, who appears in the report, may
    be given where they are at hand.
    """
    cast = cast or read_cast(text, sentences)
    quotations = find_quotations(text)
    referents = referents or find_referents(text, sentences, cast, quotations)
    accepted = [one for one in _candidates(text, sentences, quotations) if load_weights().accepts(one)]
    return _claims(text, sentences, accepted, cast, _Marks(quotations), referents)


def find_candidates(text: str, sentences: Sequence[Sentence]) -> list[Saying]:
    """Return everything that may be a claim, with the features that it is judged by: what weights are fitted on."""
    return _candidates(text, sentences, find_quotations(text))


def _candidates(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> list[Saying]:
    marks = _Marks(quotations)
    sayings = attach(text, quotations, list(_sayings(text, sentences, quotations)))
    return [marks.described(saying) for saying in sayings]


def _sayings(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> Iterator[Saying]:
    for sentence in sentences:
        if sentence.tokens:
            yield from find_sayings(Tree.of(sentence))
        else:
            yield from find_plain_sayings(text, sentence, quotations)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where quotation marks stand."""

    quotations: Sequence[Quotation]

    def quoted(self, span: Span) -> int:
        """Return how many characters of a span stand inside quotation marks."""
        at = max(0, bisect_right(self.quotations, span.start, key=lambda one: one.start) - 1)
        total = 0
        for quotation in self.quotations[at:]:
            if quotation.start >= span.end:
                break
            total += sum(max(0, min(part.end, span.end) - max(part.start, span.start)) for part in quotation.parts)
        return total

    def share(self, contents: Sequence[Span]) -> float:
        """Return which share of a content stands inside quotation marks."""
        return sum(map(self.quoted, contents)) / sum(span.end - span.start for span in contents)

    def described(self, saying: Saying) -> Saying:
        """Return a candidate that also knows how much of its content is quoted."""
        share = self.share(saying.contents)
        how = "all" if share > 0.9 else "part" if share else "none"
        return replace(saying, features=(*saying.features, f"quote={how}", f"quote={how}/{saying.frame}"))


def _claims(
    text: str,
    sentences: Sequence[Sentence],
    sayings: Sequence[Saying],
    cast: Cast,
    marks: _Marks,
    referents: Referents,
) -> list[Claim]:
    """Turn candidates into claims and find their speakers: first the report's own words, then those in quotations.

    So that a speaker is known before "I" is met in the words of that speaker.
    """
    claims = _nested([_claim(text, saying, marks) for saying in sayings])
    starts = [sentence.start for sentence in sentences]
    for index in sorted(range(len(claims)), key=lambda i: (claims[i].is_quoted, i)):
        claim = claims[index]
        at = bisect_right(starts, sayings[index].cue.start) - 1
        sentence = sentences[at] if at >= 0 else None
        before = [one for one in claims[max(0, index - _MEMORY) : index] if one.cue.start < claim.cue.start]
        earlier = [one.voice for one in before if claim.is_quoted or not one.is_quoted]
        parent = claims[claim.parent].voice if claim.parent is not None else None
        source = Source(claim.source, claim.cue, sentence) if claim.source else None
        voice = voice_of(source, claim.cue, cast, Heard(text, referents, tuple(earlier), parent))
        is_lost = claim.frame == "orphan"
        claims[index] = replace(claim, voice=replace(voice, basis=Basis.UNKNOWN) if is_lost else voice)
    return claims


def _claim(text: str, saying: Saying, marks: _Marks) -> Claim:
    """Return the claim of a candidate, its speaker not found yet."""
    force = load_cues().force(saying.pos, saying.lemma, saying.frame)
    share = marks.share(saying.contents)
    manner = Manner.DIRECT if share > 0.9 else Manner.MIXED if share > 0 else Manner.INDIRECT
    return Claim(
        contents=saying.contents,
        cue=_evidence(text, saying.cue),
        source=_evidence(text, saying.source) if saying.source else None,
        voice=Voice(VoiceKind.UNNAMED),
        manner=manner,
        force=force,
        frame=saying.frame,
        is_relayed=_is_relayed(saying, force, manner) and not _is_anybody(text, saying.source),
        is_quoted=marks.quoted(saying.cue) > 0,
    )


def _is_anybody(text: str, source: Span | None) -> bool:
    """Say whether a source is nobody in particular: what "you could say" or "nobody said" no one vouches for."""
    return source is not None and text[source.start : source.end].lower() in _ANYBODY


def _is_relayed(saying: Saying, force: str, manner: Manner) -> bool:
    """Say whether the content is the speaker's word, and not what the report asserts in its own.

    That somebody was quoted is the frame for another claim; that police "continued to fire" or "seemed to" is nobody's
    word but the report's, and so is what somebody "saw".
    """
    if saying.source is None and saying.frame.startswith("adj:"):  # "make sure that" is nobody's word
        return False
    if (force == "quoted" and saying.source is None) or force in {OTHER, "seemed"}:
        return False
    if force == "known":
        return manner is Manner.DIRECT and saying.frame != "that"
    if "to" in saying.frame.split("+") and "subj" not in saying.frame and force in _NOT_WITH_TO:
        return False
    return manner is not Manner.INDIRECT or saying.frame in _CLAUSES or force not in load_cues().takes_for_granted


def _evidence(text: str, span: Span) -> Evidence:
    return Evidence(span.start, span.end, text[span.start : span.end])


def _nested(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims that know which claim they are told in: the smallest whose content holds their cue."""
    by_start = sorted(range(len(claims)), key=lambda i: (claims[i].content.start, -claims[i].content.end, i))
    found = list(claims)
    running: list[int] = []
    at = 0
    for index in sorted(range(len(claims)), key=lambda i: claims[i].cue):
        cue = claims[index].cue
        while at < len(by_start) and claims[by_start[at]].content.start <= cue.start:
            running.append(by_start[at])
            at += 1
        running = [i for i in running[-_DEEPEST:] if claims[i].content.end > cue.start]
        holders = [i for i in running if i != index and claims[i].holds(cue.span)]
        if holders:
            found[index] = replace(found[index], parent=min(holders, key=lambda i: (_length(claims[i]), i)))
    return found


def _length(claim: Claim) -> int:
    return claim.content.end - claim.content.start

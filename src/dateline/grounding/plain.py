"""Find who says what by the letters alone, in sentences that nobody parsed ("..., said X", "according to X")."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from dateline.grounding.cues import load_cues
from dateline.grounding.frames import FIXED, Saying
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.grounding.quotations import Quotation
    from dateline.model.parse import Sentence

_WHO = r"[^\s,;:.()“”\"«»](?:[^,;:()“”\"«»\n]{0,80}[^\s,;:()“”\"«»])?"
_ACCORDING = re.compile(rf"\b(?P<cue>[Aa]ccording to) (?P<who>{_WHO})(?=[,.;:\n]|$)")
_FAR = 200
"""How far before its verb, in characters, a subject may begin."""

_BREAK = re.compile(r"[,;:()“”\"«»\n]|[.!?…](?= )|\b(?:that|and|but|when|as|while|after|before)\b")
_ADVERB = re.compile(r"\s+(?:(?:has|have|had|also|later|then|\w+ly)\s+)*$")
_AFTER = re.compile(rf"\s+(?P<who>(?!to\b|that\b|it\b|on\b|in\b|there\b){_WHO})")


def find_plain_sayings(text: str, sentence: Sentence, quotations: Sequence[Quotation]) -> Iterator[Saying]:
    """Yield the candidates of a sentence without tokens; words inside quotation marks are left alone."""
    gaps = _outside(sentence, quotations)
    for start, end in gaps:
        for match in _ACCORDING.finditer(text, start, end):
            yield _according(text, sentence, match)
        for match in _verbs().finditer(text, start, end):
            saying = _said(text, sentence, match, start, end)
            if saying:
                yield saying


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(load_cues().plain))})\b")


def _lemma(form: str) -> str:
    """Return the lemma of a plain verb form, by what the cue lexicon knows."""
    irregular = {"said": "say", "told": "tell", "wrote": "write"}
    guesses = (irregular.get(form, form), form[:-1], form[:-2], form[:-3] + "y", form[:-2] + "y")
    return next((guess for guess in guesses if load_cues().is_cue("VERB", guess)), form)


def _outside(sentence: Sentence, quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    """Return the stretches of a sentence that lie outside quotation marks."""
    gaps, at = [], sentence.start
    first = max(0, bisect_right(quotations, sentence.start, key=lambda one: one.start) - 1)
    last = bisect_left(quotations, sentence.end, key=lambda one: one.start)
    for part in (part for quotation in quotations[first:last] for part in quotation.parts):
        if part.end <= sentence.start or part.start >= sentence.end:
            continue
        if part.start > at:
            gaps.append((at, part.start))
        at = max(at, part.end)
    return [*gaps, (at, sentence.end)] if at < sentence.end else gaps


def _said(text: str, sentence: Sentence, match: re.Match[str], start: int, end: int) -> Saying | None:
    """Return the saying of a verb form: its subject stands right before it, or right after it behind a quotation."""
    cue = Span(*match.span())
    start = max(start, cue.start - _FAR)
    before = _ADVERB.sub("", text[start : cue.start])
    breaks = list(_BREAK.finditer(before))
    cut = breaks[-1].end() if breaks else 0
    words = before[cut:].strip()
    if words:
        at = start + cut + before[cut:].index(words)
        who: Span | None = Span(at, at + len(words))
    else:
        after = _AFTER.match(text, cue.end, end)
        who = Span(after.start("who"), after.start("who") + len(after["who"].rstrip("."))) if after else None
    if who is None or who.end - who.start > 100:
        return None
    return Saying("light", _lemma(match.group()), "VERB", cue, who, _content(text, sentence, cue, who, end), (FIXED,))


def _content(text: str, sentence: Sentence, cue: Span, who: Span, end: int) -> tuple[Span, ...]:
    """Return what follows "X said that", or what stands before ", X said"."""
    after = text[cue.end : end].strip()
    if who.start < cue.start and len(after.split()) > 2 and text[cue.end : cue.end + 1] == " ":
        start = cue.end + len(text[cue.end : end]) - len(text[cue.end : end].lstrip())
        return (Span(start, start + len(after.rstrip(" .,;:"))),) if after.rstrip(" .,;:") else ()
    first = min(cue.start, who.start)
    before = text[sentence.start : first].rstrip(" ,\n")
    return (Span(sentence.start, sentence.start + len(before)),) if len(before.split()) > 2 else ()


def _according(text: str, sentence: Sentence, match: re.Match[str]) -> Saying:
    """Return "according to X": the rest of the sentence is X's."""
    before = text[sentence.start : match.start()].rstrip(" ,")
    after = text[match.end() : sentence.end].strip(" ,.;")
    parts = [(sentence.start, before), (text.index(after, match.end()) if after else 0, after)]
    contents = tuple(Span(start, start + len(words)) for start, words in parts if len(words.split()) > 1)
    who = Span(match.start("who"), match.start("who") + len(match["who"].rstrip(".")))
    return Saying("according", "accord", "VERB", Span(*match.span("cue")), who, contents, (FIXED,))

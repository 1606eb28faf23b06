"""Where and when something was said: "in a speech on state television on November 17"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dateline.grounding.cues import load_cues
from dateline.model.text import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.model.ground import When

_WORD = r"[^\W\d_][\w’'-]*"
_SMALL = r"(?:in|on|at|by|to|of|for|that|and|or|but|with|when|where|after|before|as|while|from|who|which)\b"
_TAIL_CUES = r"(?:on|to|with|for|by|of|(?:aired|broadcast|carried|published|posted|released|issued) (?:by|on|in))"
_CLOSE = 12
"""How many characters may lie between a medium and the day that it is dated by."""


def medium_of(text: str, around: Span, hidden: Sequence[Span]) -> Evidence | None:
    """Return the first words in a stretch that say where something was said, outside the hidden ones."""
    for match in _media().finditer(text, around.start, around.end):
        span = Span(*match.span("medium"))
        if not any(part.overlaps(span) for part in hidden):
            return Evidence(span.start, span.end, text[span.start : span.end])
    return None


def time_of_saying(times: Sequence[When], around: Span, hidden: Sequence[Span], medium: Evidence | None) -> When | None:
    """Return when something was said: the first time outside the hidden words, or right behind the medium."""
    here = [when for when in times if around.contains(when.evidence.span)]
    behind = [when for when in here if medium is not None and 0 <= when.evidence.start - medium.end <= _CLOSE]
    return next(iter([*behind, *_outside(here, hidden)]), None)


def _outside(times: Sequence[When], hidden: Sequence[Span]) -> Iterator[When]:
    return (when for when in times if not any(part.overlaps(when.evidence.span) for part in hidden))


@cache
def _media() -> re.Pattern[str]:
    """Return the pattern of a medium with what says more of it: "in an address aired by state television"."""
    cues = load_cues()
    words = "|".join(sorted((word.replace("-", "[ -]") for word in cues.media), key=lambda one: (-len(one), one)))
    before = rf"(?:(?!{_SMALL}){_WORD} ){{0,3}}"
    tail = rf"(?: {_TAIL_CUES} (?:(?!{_SMALL}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day){_WORD} ?){{1,4}}(?<! ))?"
    prepositions = "|".join(sorted(cues.media_prepositions))
    return re.compile(rf"\b(?P<medium>(?:{prepositions}) {before}(?:{words})\b{tail})", re.IGNORECASE)

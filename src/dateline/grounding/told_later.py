"""Where an event was, told in a sentence of its own soon after it: "Two died. The attack took place in Jos"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.grounding.focus import finest, inferred
from dateline.model.parse import place_at

if TYPE_CHECKING:
    from dateline.grounding.focus import Scene
    from dateline.grounding.telling import Told
    from dateline.model.ground import Place

_TAKES_PLACE = re.compile(
    r"\W*(?:the|this|that)\s+(?:[\w'’-]+\s+){0,3}?(?P<what>[\w'’-]+)\s+"
    r"(?:(?:took|takes|had taken|will take)\s+place|happened|occurred|unfolded|"
    r"(?:was|were|will\s+be|is\s+to\s+be|is\s+being)\s+(?:held|staged|carried\s+out))\b",
    re.IGNORECASE,
)
_ANY = frozenset(
    "incident incidents event events ceremony attack violence trouble tragedy confrontation episode".split()
)
"""What may be said of any event: only of the one told last."""
_STEM = 4
"""Letters that a noun and the words for an event share, if both are of one stem: "signed", "the signing"."""
_REACH = 3
"""Sentences: how soon it must be told."""


def told_later(told: Told, scene: Scene) -> Place | None:
    """Return the place where a later sentence says that an event took place, as an inference; None if none does."""
    sentences = scene.coding.sentences
    number = place_at(sentences, told.event.trigger.start)
    for at in range(number + 1, min(number + 1 + _REACH, len(sentences))) if number is not None else ():
        match = _TAKES_PLACE.match(scene.text[sentences[at].start : sentences[at].end])
        if match and _is_of(match["what"].lower(), told, sentences[at].start, scene):
            best = finest(scene.placed_in(sentences[at]))
            return inferred(best, best) if best else None
    return None


def _is_of(noun: str, told: Told, at: int, scene: Scene) -> bool:
    """Say whether a noun of a sentence that begins at an offset may stand for an event before it."""
    word = told.head.lemma if told.head else told.event.trigger.quote.split()[-1].lower()
    if len(word) >= _STEM and noun[:_STEM] == word[:_STEM]:
        return True
    last = max((it.trigger.start for it in scene.coding.events if it.trigger.start < at), default=-1)
    return noun in _ANY and last == told.event.trigger.start

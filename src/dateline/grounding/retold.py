"""Which events of a report tell the same happening again: in its headline, or by a noun ("the attack").

Nothing is joined here. What one telling says of place and time may be inferred for another that says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.grounding.telling import Told
from dateline.model.parse import place_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.model.event import Coding, Event

_OPENING = 2
"""Sentences that may be a headline or say in short what is told below."""


def retellings(events: Sequence[Event], coding: Coding) -> Iterator[tuple[int, list[int]]]:
    """Yield the number of each event that may be told again, with the numbers of the others that may tell it.

    Those are of its type, and of its form or its word, and happened or not as it did; it is itself told by a noun or in
    the first sentences. What is told as another of its kind ("a similar attack") is told nowhere else.
    """
    tales = [Told.of(event, coding) for event in events]
    words = [it.head.lemma if it.head else it.event.trigger.quote.casefold() for it in tales]
    for number, mine in enumerate(tales):
        opens = (place_at(coding.sentences, mine.event.trigger.start) or 0) < _OPENING
        if (opens or (mine.head is not None and mine.head.pos == "NOUN")) and not mine.is_another:
            yield (
                number,
                [
                    other
                    for other, it in enumerate(tales)
                    if other != number
                    and not it.is_another
                    and _is_alike(it.event, mine.event)
                    and (words[other] == words[number] or (opens and it.event.form == mine.event.form))
                ],
            )


def _is_alike(one: Event, other: Event) -> bool:
    return (one.type, one.status.happened) == (other.type, other.status.happened)

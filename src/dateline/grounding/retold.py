"""Which events of a report tell the same happening again: in its headline, or by a noun ("the attack").

Nothing is joined here. What one telling says of place and time may be inferred for another that says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.model.parse import head_of, place_at, sentence_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.parse import Token

_OPENING = 2
"""Sentences that may be a headline or say in short what is told below."""


def retellings(events: Sequence[Event], coding: Coding) -> Iterator[tuple[int, list[int]]]:
    """Yield the number of each event that may be told again, with the numbers of the others that may tell it.

    Those are of its type, and of its form or its word, and happened or not as it did; it is itself told by a noun or in
    the first sentences.
    """
    heads = [_head(event, coding) for event in events]
    words = [head.lemma if head else event.trigger.quote.casefold() for head, event in zip(heads, events, strict=True)]
    for number, (event, head) in enumerate(zip(events, heads, strict=True)):
        opens = (place_at(coding.sentences, event.trigger.start) or 0) < _OPENING
        if opens or (head is not None and head.pos == "NOUN"):
            yield (
                number,
                [
                    other
                    for other, it in enumerate(events)
                    if other != number
                    and (it.type, it.status.happened) == (event.type, event.status.happened)
                    and (words[other] == words[number] or (opens and it.form == event.form))
                ],
            )


def _head(event: Event, coding: Coding) -> Token | None:
    sentence = sentence_at(coding.sentences, event.trigger.start)
    words = sentence.within(event.trigger.start, event.trigger.end) if sentence else []
    return head_of(words) if words else None

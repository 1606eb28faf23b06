"""The day of an event that is told along with another: joined to it in one sentence, or next after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.grounding.telling import Told, last_told, turns_away
from dateline.grounding.times_tale import inferred, inside_of, is_day
from dateline.model.event import Status
from dateline.model.ground import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Coding
    from dateline.model.ground import When
    from dateline.model.parse import Sentence

_BACK = 2
"""Sentences: how far back the deed may be told that a tale goes on from."""

Dated = list[tuple[Told, "When"]]


def told_along(coding: Coding, known: Sequence[When | None], times: Sequence[When]) -> list[When | None]:
    """Return the times of events, those without one dated by the deed that they are told along with.

    A deed without a time takes, as an inference, the day that the words of the deed told right before it name, in its
    sentence ("burned tyres on Monday; seven were arrested") or, if its own names no time, in one of the two before.
    """
    tales = [Told.of(event, coding) for event in coding.events]
    order = sorted(range(len(tales)), key=lambda number: tales[number].event.trigger.start)
    found = list(known)
    before: Dated = []
    for number in order:
        mine, when = tales[number], found[number]
        if when is None and mine.is_deed and mine.sentence is not None and not _is_apart(mine):
            when = _beside(mine, mine.sentence, before, times)
            found[number] = when or _after(mine, before, coding, times)
        if when is not None and mine.is_deed:  # nothing goes on from what itself was told in a sentence without a time
            before.append((mine, when))
    return found


def _is_apart(mine: Told) -> bool:
    return mine.is_earlier or mine.is_subject or mine.is_ahead or mine.is_another or mine.is_before_or_after


def _beside(mine: Told, sentence: Sentence, before: Dated, times: Sequence[When]) -> When | None:
    """Return the day of the deed told last in a sentence, if no other time stands behind it."""
    others = [(it, when) for it, when in before if it.sentence is sentence and not it.is_subject]
    last = last_told(mine, [it for it, _ in others])
    when = next((when for it, when in others if it is last), None)
    if last is None or when is None or last.is_earlier or when.basis is Basis.UNKNOWN or not is_day(when):
        return None
    own = {when.evidence, *when.support}
    later = [it for it in inside_of(times, sentence) if it.evidence.start > last.event.trigger.end]
    return None if any(it.evidence not in own for it in later) else inferred(when)


def _after(mine: Told, before: Dated, coding: Coding, times: Sequence[When]) -> When | None:
    """Return the day of the deed told last in the sentences before, of an event whose own sentence names no time."""
    if (
        mine.sentence is None
        or mine.event.status is Status.BACKGROUND
        or inside_of(times, mine.sentence)
        or turns_away(mine.sentence)
    ):
        return None
    number = coding.sentences.index(mine.sentence)
    for sentence in reversed(coding.sentences[max(0, number - _BACK) : number]):
        when = _beside(mine, sentence, before, times)
        if when or inside_of(times, sentence):
            return when
    return None

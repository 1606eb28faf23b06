"""What stands around a mention: names and numbers of its clause and of its report, and the words on either side of it.
`gists_of` reads a report once.

Two accounts of one event name the same people, places and sums, whatever words they choose for the event itself. Where
one is a copy of the other, even in part, the words around the event are the same too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.linking.spelling import fold, hash_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.model.event import Mention
    from dateline.model.text import Evidence, Report

_TOLD = re.compile(r"(?<=[a-z,;:’'”\"(] )[^\W\d_a-z][\w’'-]*[^\W_]|\d[\d.,]*\d|\d\d?")
"""Words that begin with a capital where no sentence begins, and numbers."""
_STEM = 6

SIDE = 10
"""Words on one side of an event, its own among them, that make it the same telling; as many make a shared passage."""
_REACH = 30 * SIDE
_WORD = re.compile(r"\w+")

DATES = frozenset(
    "monday tuesda wednes thursd friday saturd sunday januar februa march april may june july august septem octobe "
    "novemb decemb".split()
)
"""Weekdays and months, folded and cut: names that say when."""


@dataclass(frozen=True, slots=True)
class Gist:
    """Names and numbers, folded and cut to six letters.

    Attributes:
        near: those of the mention's clause and of its other words.
        report: those of the whole report; one object for all mentions of it.
        told: ordinal of the day on which the report was published; None where that is not known.
        sides: a number for the words up to the event, and one for those from it on; 0 where there are too few.
    """

    near: frozenset[str]
    report: frozenset[str]
    told: int | None = None
    sides: tuple[int, int] = (0, 0)


NO_GIST = Gist(frozenset(), frozenset())


def gists_of(report: Report, mentions: Iterable[Mention]) -> Mapping[str, Gist]:
    """Return the gist of each mention of a report, by mention id."""
    whole, day = names_of(report), report.published.day
    told = day.toordinal() if day else None
    return {
        mention.id: Gist(
            names_in(report.text[mention.clause.start : mention.clause.end]) & whole,
            whole,
            told,
            sides_of(report.text, mention.trigger),
        )
        for mention in mentions
    }


def sides_of(text: str, trigger: Evidence) -> tuple[int, int]:
    """Return a number for the `SIDE` words up to the end of a trigger, and one for as many from its start on.

    One of them is the same wherever a passage was copied, at its end as at its beginning. 0 stands for fewer words.
    """
    before = _WORD.findall(text[max(0, trigger.start - _REACH) : trigger.end])[-SIDE:]
    after = _WORD.findall(text[trigger.start : trigger.end + _REACH])[:SIDE]
    return _side("before", before), _side("after", after)


def _side(name: str, words: list[str]) -> int:
    return hash_of(name, *(word.casefold() for word in words)) if len(words) == SIDE else 0


def names_of(report: Report) -> frozenset[str]:
    """Return the names and numbers of a report and its headline."""
    return names_in(f"{report.title or ''}\n{report.text}")


def names_in(text: str) -> frozenset[str]:
    """Return the names and numbers of a text.

    >>> sorted(names_in("On Monday some 400 weavers of Karlow walked out, the Valley Post said."))
    ['400', 'karlow', 'monday', 'post', 'valley']
    """
    return frozenset(fold(word)[:_STEM] for word in _TOLD.findall(text))


def share(left: frozenset[str], right: frozenset[str]) -> float | None:
    """Return which share of both sets they have in common (Dice 1945), or None where one is empty."""
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else None

"""In which order mentions are reviewed: the doubtful ones that weigh most in totals first, each with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Protocol

from dateline.model.event import Mention, Review
from dateline.model.ground import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VICTIMS = frozenset({"killed", "injured", "casualties", "arrested", "abducted", "missing", "displaced", "people"})
"""What a dataset is summed over."""

_GUESSED = (Basis.INFERRED, Basis.UNKNOWN)

WEIGHTS = {"contested": 0.3, "single_source": 0.1, "placeless": 0.1, "timeless": 0.1, "guess": 0.1}
"""What is added to doubt."""


class Home(Protocol):
    """What is asked of the incident of a mention."""

    @property
    def contested(self) -> bool:
        """Whether reports contradict each other."""

    @property
    def single_source(self) -> bool:
        """Whether it rests on one independent source."""


@dataclass(frozen=True, slots=True)
class Item:
    """A mention that waits, where it stands and why.

    Attributes:
        doubt: 0 to 1 and more: how likely a person would change something; a sum of stated parts, no probability.
        weight: how much a change moves totals: 1 without a figure, 1 more for each doubling of the largest.
        why: one clause a reason, in words that a person can check.
        type, form, words: what the coder takes it for, and the words that name it; empty where it is not told.
    """

    mention: str
    doubt: float
    weight: float
    why: tuple[str, ...]
    type: str = ""
    form: str | None = None
    words: str = ""

    @property
    def score(self) -> float:
        """What the queue is ordered by: doubt times weight."""
        return self.doubt * self.weight


def queue(
    mentions: Iterable[Mention], incidents: Mapping[str, Home], *, waiting: Iterable[Review] = (Review.NEW,)
) -> list[Item]:
    """Return the mentions that wait for review, the most pressing first, equals by id.

    Args:
        mentions: of the incidents that are asked for; the order changes nothing.
        incidents: by id of the mention, the incident that it is in.
        waiting: what people may have made of a mention for it to wait still.
    """
    states = frozenset(waiting)
    items = [_item(it, incidents.get(it.id)) for it in mentions if it.review in states]
    return sorted(items, key=lambda item: (-item.score, item.mention))


def _item(mention: Mention, incident: Home | None) -> Item:
    parts = list(_doubts(mention, incident))
    weight, told = _weight(mention)
    doubt = sum(part for part, _ in parts)
    why = (*(words for _, words in parts), *told)
    kind = (mention.type, mention.form, mention.trigger.quote)
    return Item(mention.id, round(doubt, 4), round(weight, 4), why, *kind)


def _doubts(mention: Mention, incident: Home | None) -> Iterable[tuple[float, str]]:
    yield 1 - mention.confidence, f"the coder is {mention.confidence:.0%} sure that it is such an event"
    if incident and incident.contested:
        yield WEIGHTS["contested"], "reports of its incident contradict each other"
    if incident and incident.single_source:
        yield WEIGHTS["single_source"], "its incident rests on one independent source"
    if mention.place is None or mention.place.name is None:
        yield WEIGHTS["placeless"], "no place is known"
    if mention.when is None or mention.when.earliest is None:
        yield WEIGHTS["timeless"], "no day is known"
    guessed = [name for name in ("place", "when") if (value := getattr(mention, name)) and value.basis in _GUESSED]
    if guessed:
        yield WEIGHTS["guess"] * len(guessed), f"inferred, not told: {' and '.join(guessed)}"


def _weight(mention: Mention) -> tuple[float, tuple[str, ...]]:
    figures = [it for it in mention.figures if it.counts in VICTIMS]
    size = max((it.high or it.low or 0 for it in figures), default=0)
    if not size:
        return 1.0, ()
    return 1 + log2(1 + size), (f"it counts up to {size:,} in totals",)

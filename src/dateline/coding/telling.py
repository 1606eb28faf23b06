"""Is it an event at all? What the network names, read a second time: `chance_of`.

The network takes adjectives, nouns for things and halves of idioms for events ("a brutal winter", "a dusk-to-dawn
curfew", "took to their heels"), and says of each alone how sure it is. Here a linear model of the endings of an
event's words, of the small words around it and of its type is weighed with five numbers of the network, on sentences
that it has not learnt from. `training/fit_telling.py` makes the weights, `data/telling.json`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import mul
from typing import TYPE_CHECKING

from dateline.coding.endings import known, shape
from dateline.coding.stored import digest_of, stored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.coding.decoding import Named
    from dateline.coding.endings import Line
    from dateline.model.text import Span

FILE = "telling.json"
LEAST = 0.25
"""Probability below which words are no event: they are wrong three times as often as right. F1 is best at half its
value (Lipton 2014), here 0.34; but what is lost by doubt is lost for good, and what is doubtful says so."""
_EDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Telling:
    """The weights: what counts from the start, of the network's numbers (`numbers_of`), and of each feature."""

    bias: float
    numbers: tuple[float, ...]
    weights: Mapping[str, float]

    def chance(self, features: Sequence[str], numbers: Sequence[float]) -> float:
        """Return how likely words are to name an event."""
        score = sum(map(self.weights.get, features, repeat(0.0)), self.bias)
        score += sum(map(mul, self.numbers, numbers))
        return 1 / (1 + math.exp(-score))


def features_of(line: Line, words: Span, type: str) -> list[str]:
    """Return what can be seen of an event, in words: endings and small words alone."""
    first, last = line.place(words)
    begins, ends, long = shape(line.at(first)), shape(line.at(last - 1)), min(3, last - first)
    before, behind, further = known(line.at(first - 1)), known(line.at(last)), known(line.at(last + 1))
    return [
        f"{begins} {ends} {long}",
        f"{before}_ {begins}",
        f"{ends} _{behind}",
        f"{before}_{behind}",
        f"{type} {begins}",
        f"{type} _{behind}",
        f"{type} {before}_",
        f"{type} {long}",
        f"{long} {ends} _{behind} {further}",
    ]


def numbers_of(named: Named, told: float, many: int) -> tuple[float, ...]:
    """Return what the network says: of the event, of its type in the sentence, of status and form, and of how many."""
    return _odds(named.confidence), _odds(told), named.status_score, named.form_score, math.log(many)


def _odds(chance: float) -> float:
    chance = min(max(chance, _EDGE), 1 - _EDGE)
    return math.log(chance / (1 - chance))


@cache
def telling() -> Telling:
    """Return the weights that ship."""
    return unpack(stored(FILE))


def unpack(data: bytes) -> Telling:
    """Return the weights in a file: `bias`, `numbers`, and `weights`, one a feature."""
    told = json.loads(data)
    return Telling(told["bias"], tuple(told["numbers"]), told["weights"])


def telling_digest() -> str:
    """Return the SHA-256 of the weights."""
    return digest_of(FILE)


def chance_of(line: Line, words: Span, named: Named, told: float, many: int) -> float:
    """Return how likely words are to name an event of the type that the network gives them.

    Args:
        line: the sentence.
        words: where they stand in the sentence.
        named: what the network says of them.
        told: how likely the sentence is to tell of that type, by the network.
        many: how many events the network names in the sentence.
    """
    return round(telling().chance(features_of(line, words, named.type), numbers_of(named, told, many)), 4)

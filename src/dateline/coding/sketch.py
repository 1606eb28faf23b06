"""The quick parse of the coder `swift`: what hangs from what, by a small network over what its pupil has seen.

It was taught by the language model's parser, tagger and recogniser of names (`training/sketch.py`), and answers as they
do for a tenth of their time. Words are those of the language model, without spaCy.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dateline.coding.arcs import heads_of
from dateline.coding.encoder import Stored
from dateline.coding.parser import Word, readable
from dateline.coding.pupil import groups
from dateline.coding.tokenizing import open_tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dateline.coding.parser import Split
    from dateline.coding.pupil import Answers

    Numbers = NDArray[np.float32]
    Places = NDArray[np.intp]

WEIGHTS, LABELLER, NAMES = "sketch.onnx", "sketch.npz", "sketch.json"
LABEL = 64
"""Numbers of a word by which it is told as what one word hangs from another: from below, and from above."""
LOOKS = 8
"""Ways in which a word may be written, by case and digits; twice as many with those that are torn from another."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence as the pupil has read it.

    Attributes:
        text: its characters.
        states: word pieces x numbers, without the marks of start and end.
        bounds: the characters of each word as the pupil knows words; may be more than were read.
        firsts: the first piece of each that was read.
    """

    text: str
    states: Numbers
    bounds: Sequence[tuple[int, int]]
    firsts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers mean: dependencies, Penn tags, and names (`O`, `B-GPE`, `I-GPE`)."""

    deps: Sequence[str]
    tags: Sequence[str]
    kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence as the words that are parsed.

    Attributes:
        spans: their characters.
        places: of each word, its first and its last piece; words x 2.
        looks: how each is written.
    """

    spans: Sequence[tuple[int, int]]
    places: Places
    looks: Places


@dataclass(frozen=True, slots=True)
class Sketched:
    """A sentence as parsed: of each word its characters, head, dependency, Penn tag and part in a name."""

    spans: Sequence[tuple[int, int]]
    heads: Sequence[int]
    deps: Sequence[str]
    tags: Sequence[str]
    kinds: Sequence[str]


class Sketcher(Stored):
    """The network."""

    weights, labels = WEIGHTS, NAMES
    others = (LABELLER,)
    keeps_memory = True

    @cached_property
    def names(self) -> Names:
        """The names of what it tells."""
        return Names(**json.loads((self._folder / self.labels).read_text("utf-8")))

    @cached_property
    def _label(self) -> tuple[Numbers, Numbers]:
        with np.load(self._folder / LABELLER) as stored:
            return stored["weight"], stored["bias"]

    def draw(self, sentences: Sequence[Seen]) -> list[Sketched]:
        """Return the parse of sentences; what is said of one does not depend on the others."""
        cuts = [cut(it) for it in sentences]
        first = np.cumsum([0, *(len(it.spans) for it in cuts)])
        heads: list[list[int]] = [[] for _ in cuts]
        told = np.empty((first[-1], self._width), np.float32)
        for places in groups([len(it.spans) for it in cuts]):
            words = gathered([sentences[it].states for it in places], [cuts[it].places for it in places])
            looks = np.stack([cuts[it].looks for it in places])
            arcs, said = self._session.run(None, {"words": words, "looks": looks})
            size = arcs.shape[1]
            arcs[:, range(size), range(size)] = said[:, :, 0]
            for place, tree, row in zip(places, heads_of(arcs), said, strict=True):
                heads[place], told[first[place] : first[place] + size] = tree, row
        over = [start + head for start, tree in zip(first.tolist(), heads, strict=False) for head in tree]
        named = self._named(told, np.array(over, np.intp))
        return [
            Sketched(it.spans, tree, *(some[start : start + len(tree)] for some in named))
            for it, tree, start in zip(cuts, heads, first.tolist(), strict=False)
        ]

    def _named(self, told: Numbers, over: Places) -> list[list[str]]:
        """Return dependency, tag and part in a name of each word, given the row of the word that it hangs from.

        What hangs from itself is the root, and nothing else is.
        """
        names, (weight, bias) = self.names, self._label
        _, below, above, tags, kinds = np.split(told, self._edges, axis=1)
        above = above[over]
        deps = np.concatenate([below * above, below, above], axis=1) @ weight + bias
        deps[:, names.deps.index("ROOT")] = np.where(over == np.arange(len(over)), np.inf, -np.inf)
        pairs = ((names.deps, deps), (names.tags, tags), (names.kinds, kinds))
        return [[some[it] for it in logits.argmax(1).tolist()] for some, logits in pairs]

    @cached_property
    def _edges(self) -> list[int]:
        """Where each part of what is told of a word ends but the last."""
        return list(accumulate((1, LABEL, LABEL, len(self.names.tags))))

    @property
    def _width(self) -> int:
        return self._edges[-1] + len(self.names.kinds)


def gathered(states: Sequence[Numbers], places: Sequence[Places]) -> Numbers:
    """Return what is read of each word of sentences of one length, given each one's states and places.

    It is all of its first piece's states, and the second half of its last piece's.
    """
    width = states[0].shape[1]
    found = np.empty((len(states), len(places[0]), width + width - width // 2), np.float32)
    for row, some, at in zip(found, states, places, strict=True):
        row[:, :width] = some[at[:, 0]]
        row[:, width:] = some[at[:, 1], width // 2 :]
    return found


def seen_of(text: str, answers: Answers, place: int) -> Seen:
    """Return a sentence as the pupil has read it."""
    return Seen(text, answers.states[place], answers.bounds(place), answers.firsts(place))


def cut(seen: Seen) -> Cut:
    """Return a sentence as words; those behind what was read are left out."""
    text = readable(seen.text)
    spans = open_tokenizer().spans(text)
    rows = list(_places(spans, seen))
    spans = spans[: len(rows)]
    looks = [LOOKS * row[2] + _look(text[start:end]) for row, (start, end) in zip(rows, spans, strict=True)]
    return Cut(spans, np.array([row[:2] for row in rows], np.intp).reshape(-1, 2), np.array(looks, np.int64))


def _places(spans: Sequence[tuple[int, int]], seen: Seen) -> Iterator[tuple[int, int, bool]]:
    """Yield first and last piece of each word, and whether its first piece begins before it: "ca|n't"."""
    bounds, firsts = seen.bounds, seen.firsts
    ends, count, place = [*firsts[1:], len(seen.states)], len(firsts), 0
    for start, end in spans:
        while place < count and bounds[place][1] <= start:
            place += 1
        if place == count:
            return
        last = place
        while last + 1 < count and bounds[last + 1][0] < end:
            last += 1
        is_torn = bounds[place][0] < start
        first = place + (is_torn and last > place)
        yield firsts[first], ends[last] - 1, bounds[first][0] < start or bounds[first][0] >= end


def look(word: str) -> int:
    """Return how a word is written: digits, marks, both letters and digits, lower, upper, one capital, title, mixed.

    >>> [look(it) for it in ("1979", "—", "F-16", "men", "UN", "A", "Kano", "McKay")]
    [0, 1, 2, 3, 4, 5, 6, 7]
    """
    if word.isdigit():
        return 0
    if not any(map(str.isalnum, word)):
        return 1
    if any(map(str.isdigit, word)):
        return 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    return 6 if word[:1].isupper() and word[1:].islower() else 7


_look = lru_cache(1 << 16)(look)


def words_of(sketched: Sketched, text: Split, place: int) -> Iterator[Word]:
    """Yield the words of a sentence of a text."""
    offset, sentence, last = text.bounds[place][0], readable(text.sentences[place]), "O"
    rows = zip(sketched.spans, sketched.heads, sketched.deps, sketched.tags, sketched.kinds, strict=True)
    for (start, end), head, dep, tag, kind in rows:
        begins = kind[:1] == "B" or (kind[:1] == "I" and last[2:] != kind[2:])
        yield Word(offset + start, sentence[start:end], head, tag, dep, kind[2:], begins)
        last = kind


@cache
def open_sketcher(folder: Path | None = None) -> Sketcher:
    """Return the network that ships, or one of the same make in another folder."""
    return Sketcher(folder or Path(str(files("dateline.data") / "encoder")))

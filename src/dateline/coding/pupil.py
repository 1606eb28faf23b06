"""The small network of the coder `swift`: many sentences in, one table of numbers out.

Two layers, taught by the network of `cascade` to answer as it does (`training/distil.py`). The word vectors are those
of that network, and are read from its file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dateline.coding.encoder import MAX_OWN, Stored
from dateline.coding.encoder import WEIGHTS as TEACHER
from dateline.coding.pieces import Cutter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dateline.coding.pieces import Line

    _Numbers = NDArray[np.float32]
    _Places = NDArray[np.intp]

WEIGHTS, CARD = "swift.onnx", "swift.json"
ROOM = 256
"""Word pieces, or words, that are read at once: with more, they outgrow the processor's nearest memory."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the network says of some sentences, all their words in one table.

    Attributes:
        sentence: sentences x logits of the sentence heads.
        token: words x logits of the token heads, at the first piece of each word.
        of: which sentence each word is of; the words of one stand together, in order.
        first, count: of each sentence, its first word's row in `token`, and how many words it has there.
        lines: the sentences as pieces.
        states: of each sentence, what both layers say of each piece, without the marks of start and end.
        pieces: the piece with which each word begins.
    """

    sentence: _Numbers
    token: _Numbers
    of: _Places
    first: _Places
    count: _Places
    lines: Sequence[Line]
    states: Sequence[_Numbers]
    pieces: _Places
    _known: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters from one word to another of its sentence, given their rows in `token`."""
        place = int(self.of[start])
        bounds, first = self.bounds(place), int(self.first[place])
        return bounds[start - first][0], bounds[end - first][1]

    def bounds(self, place: int) -> list[tuple[int, int]]:
        """Return the characters of each word of a sentence, of those too that were not read."""
        if place not in self._known:
            self._known[place] = self.lines[place].bounds()
        return self._known[place]

    def firsts(self, place: int) -> list[int]:
        """Return the piece with which each word of a sentence begins."""
        first = int(self.first[place])
        found: list[int] = self.pieces[first : first + int(self.count[place])].tolist()
        return found


class Pupil(Stored):
    """The network of `swift`."""

    weights, labels = WEIGHTS, CARD
    others = (TEACHER,)
    keeps_memory = True

    @cached_property
    def _start(self) -> int:
        return int(self._tokenizer.token_to_id("[CLS]"))

    @cached_property
    def _end(self) -> int:
        return int(self._tokenizer.token_to_id("[SEP]"))

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self._tokenizer)

    @cached_property
    def _begins(self) -> NDArray[np.bool_]:
        """Whether each word piece begins a word."""
        pieces = self._tokenizer.get_vocab()
        begins = np.ones(len(pieces), bool)
        begins[[place for piece, place in pieces.items() if piece.startswith(("##", "[CLS]", "[SEP]", "[PAD]"))]] = (
            False
        )
        return begins

    def read(self, sentences: Sequence[str]) -> Answers:
        """Return the answers on some sentences; what is said of one does not depend on the others.

        Sentences of one length are worked out together. Values are rounded by ranges measured when the network
        was made, so that a sentence gets the same numbers in any company.
        """
        lines = [self._cutter.cut(it) for it in sentences]
        cut = [it.ids[:MAX_OWN] for it in lines]
        together = [np.array(places, np.intp) for places in groups([len(ids) + 2 for ids in cut])]
        batches = [np.array([(self._start, *cut[place], self._end) for place in it], np.int64) for it in together]
        begins = [np.flatnonzero(self._begins[ids]) for ids in batches]
        sentence = np.empty((len(lines), self.card.width), np.float32)
        token = np.empty((sum(map(len, begins)), sum(self.card.token.values())), np.float32)
        of = np.empty(len(token), np.intp)
        pieces = np.empty(len(token), np.intp)
        states: list[_Numbers] = [sentence] * len(lines)
        end = 0
        for places, ids, words in zip(together, batches, begins, strict=True):
            start, end = end, end + len(words)
            sentence[places], said, seen = self._session.run(None, {"ids": ids})
            for place, some in zip(places.tolist(), seen[:, 1:-1], strict=True):
                states[place] = some
            np.take(said.reshape(ids.size, -1), words, axis=0, out=token[start:end])
            rows, columns = np.divmod(words, ids.shape[1])
            of[start:end], pieces[start:end] = places[rows], columns - 1
        first, count = np.zeros((2, len(lines)), np.intp)
        opens = np.flatnonzero(np.diff(of, prepend=-1))
        first[of[opens]], count[of[opens]] = opens, np.diff(opens, append=len(of))
        return Answers(sentence, token, of, first, count, lines, states, pieces)


def groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of sentences that are worked out together: of one length, as many as there is room for.

    What has no length is in no group.
    """
    found: dict[int, list[int]] = {}
    for place, length in enumerate(lengths):
        if length:
            found.setdefault(length, []).append(place)
    for length, places in found.items():
        size = max(1, ROOM // length)
        yield from (places[start : start + size] for start in range(0, len(places), size))


@cache
def open_pupil(folder: Path | None = None) -> Pupil:
    """Return the network that ships, or one of the same make in another folder."""
    return Pupil(folder or Path(str(files("dateline.data") / "encoder")))

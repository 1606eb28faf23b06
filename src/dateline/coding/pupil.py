"""The small network of the coder `swift`: many sentences in, one table of numbers out.

Two layers, taught by the network of `cascade` to answer as it does (`training/distil.py`). The word vectors are those
of that network, and are read from its file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.coding.encoder import MAX_OWN, Stored
from dateline.coding.encoder import WEIGHTS as TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    _Numbers = NDArray[np.float32]
    _Places = NDArray[np.intp]

WEIGHTS, CARD = "swift.onnx", "swift.json"
STEP = 4
"""Sentences are padded to a multiple of so many word pieces, whatever stands beside them."""
ROOM = 256
"""Word pieces that are read at once: with more, they outgrow the processor's nearest memory."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the network says of some sentences, all their words in one table.

    Attributes:
        sentence: sentences x logits of the sentence heads.
        token: words x logits of the token heads, at the first piece of each word.
        of: which sentence each word is of; the words of one stand together, in order.
        first, last: the first and the last piece of each word, counted from the first of its sentence.
        pieces: of each sentence.
    """

    sentence: _Numbers
    token: _Numbers
    of: _Places
    first: _Places
    last: _Places
    pieces: Sequence[Any]
    _known: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def offsets(self, sentence: int) -> list[tuple[int, int]]:
        """Return the characters of each piece of a sentence."""
        if sentence not in self._known:
            self._known[sentence] = self.pieces[sentence].offsets
        return self._known[sentence]


class Pupil(Stored):
    """The network of `swift`."""

    weights, labels = WEIGHTS, CARD
    others = (TEACHER,)
    keeps_memory = True

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

        Sentences of one padded width are worked out together. Values are rounded by ranges that were measured when the
        network was made, and padding is masked, so that a sentence gets the same numbers in any company.
        """
        pieces = self._tokenizer.encode_batch(sentences, add_special_tokens=False)
        lines = [it.ids[:MAX_OWN] for it in pieces]
        sentence = np.zeros((len(lines), self.card.width), np.float32)
        parts = [(np.zeros((0, sum(self.card.token.values())), np.float32), *np.zeros((3, 0), np.intp))]
        for places in _groups([len(line) for line in lines]):
            ids, mask = self._padded([lines[place] for place in places])
            sentence[places], token = self._session.run(None, {"ids": ids, "mask": mask})
            parts.append(self._words(places, ids, mask, token))
        token, of, first, last = map(np.concatenate, zip(*parts, strict=True))
        return Answers(sentence, token, of, first, last, pieces)

    def _padded(self, lines: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the ids of sentences of one padded width, between marks of start and end, and what is no padding."""
        start, end = (self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
        ids = np.zeros((len(lines), _padded_width(len(lines[0]))), np.int64)
        mask = np.zeros(ids.shape, np.int32)
        for row, line in enumerate(lines):
            ids[row, : len(line) + 2] = (start, *line, end)
            mask[row, : len(line) + 2] = 1
        return ids, mask

    def _words(
        self, places: Sequence[int], ids: NDArray[np.int64], mask: NDArray[np.int32], token: _Numbers
    ) -> tuple[_Numbers, _Places, _Places, _Places]:
        """Return what is said of each word, of which sentence it is, and its first and last piece."""
        rows, columns = np.nonzero(self._begins[ids] & (mask > 0))
        ends = mask.sum(1)[rows] - 2
        ends[:-1] = np.where(rows[1:] == rows[:-1], columns[1:] - 1, ends[:-1])
        return token[rows, columns], np.array(places)[rows], columns - 1, ends - 1


def _padded_width(pieces: int) -> int:
    return -(-(pieces + 2) // STEP) * STEP


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of sentences that are worked out together: of one padded width, as many as there is room for."""
    found: dict[int, list[int]] = {}
    for place, length in enumerate(lengths):
        found.setdefault(_padded_width(length), []).append(place)
    for width, places in found.items():
        size = max(1, ROOM // width)
        yield from (places[start : start + size] for start in range(0, len(places), size))


@cache
def open_pupil(folder: Path | None = None) -> Pupil:
    """Return the network that ships, or one of the same make in another folder."""
    return Pupil(folder or Path(str(files("dateline.data") / "encoder")))

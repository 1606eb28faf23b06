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
    def _start(self) -> int:
        return int(self._tokenizer.token_to_id("[CLS]"))

    @cached_property
    def _end(self) -> int:
        return int(self._tokenizer.token_to_id("[SEP]"))

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
        pieces = self._tokenizer.encode_batch(sentences, add_special_tokens=False)
        lines = [it.ids[:MAX_OWN] for it in pieces]
        heads = sum(self.card.token.values())
        sentence = np.zeros((len(lines), self.card.width), np.float32)
        token = [np.zeros((0, heads), np.float32)]
        order: list[int] = []
        for places in _groups([len(line) for line in lines]):
            ids = np.array([(self._start, *lines[place], self._end) for place in places], np.int64)
            sentence[places], said = self._session.run(None, {"ids": ids})
            token.append(said.reshape(-1, heads)[np.flatnonzero(self._begins[ids])])
            order += places
        return Answers(sentence, np.concatenate(token), *self._words(order, lines), pieces)

    def _words(self, order: Sequence[int], lines: Sequence[Sequence[int]]) -> tuple[_Places, _Places, _Places]:
        """Return of which sentence each word is, and its first and last piece; the sentences stand in this order."""
        lengths = [len(lines[place]) for place in order]
        starts = np.cumsum([0, *lengths])
        flat = np.array([piece for place in order for piece in lines[place]], np.intp)
        begins = np.flatnonzero(self._begins[flat])
        which = np.searchsorted(starts, begins, "right") - 1
        ends = np.minimum(np.append(begins[1:], starts[-1:])[: len(begins)], starts[which + 1])
        return np.array(order, np.intp)[which], begins - starts[which], ends - starts[which] - 1


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of sentences that are worked out together: of one length, as many as there is room for."""
    found: dict[int, list[int]] = {}
    for place, length in enumerate(lengths):
        found.setdefault(length, []).append(place)
    for length, places in found.items():
        size = max(1, ROOM // (length + 2))
        yield from (places[start : start + size] for start in range(0, len(places), size))


@cache
def open_pupil(folder: Path | None = None) -> Pupil:
    """Return the network that ships, or one of the same make in another folder."""
    return Pupil(folder or Path(str(files("dateline.data") / "encoder")))

"""The network's one home: sentences in, judgements out. onnxruntime and tokenizers live here alone.

A fine-tuned all-MiniLM-L6-v2 (Wang et al. 2020), int8, with a head for every question; `docs/model-card.md` says what
it learnt from. It runs on one thread, from the files that ship, and asks nothing of any other machine. Its pupil, the
network of `swift`, is in `pupil`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property, partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.coding.decoding import Card, Judgement, judgement_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Logits = tuple["Pieces", NDArray[np.float32], NDArray[np.float32]]

    Reread = Callable[[str, int, int], NDArray[np.float32]]
    """A passage, start and end of words in it that name an event -> what is added to the logits of its status."""

WEIGHTS, TOKENIZER, CARD = "encoder.onnx", "tokenizer.json", "labels.json"
MAX_OWN, MAX_BEFORE = 128, 36
"""Word pieces that are read of a sentence and of what stands before it."""
WIDTH = 384


@dataclass(frozen=True, slots=True)
class Passage:
    """What is judged: a sentence, and the end of what stands before it ("" if it stands alone)."""

    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A passage as word pieces: ids of all, offsets of the sentence's own."""

    ids: tuple[int, ...]
    own: int
    offsets: tuple[tuple[int, int], ...]


class Stored:
    """A network with its tokenizer, as files in a folder. They are opened when first asked for."""

    weights, labels = WEIGHTS, CARD
    """Names of its files, beside the tokenizer's."""
    others: tuple[str, ...] = ()
    """Names of further files that its answers depend on."""
    keeps_memory = False
    """Whether the memory of one run is kept for the next, which is quicker for large ones."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def card(self) -> Card:
        """The names of the labels, and the calibration."""
        return Card(**json.loads((self._folder / self.labels).read_text("utf-8")))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all files that the answers depend on."""
        names = (self.weights, TOKENIZER, self.labels, *self.others)
        return sha256(b"".join((self._folder / name).read_bytes() for name in names)).hexdigest()

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = self.keeps_memory
        # The graph holds joined operations already; joining more gains nothing.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        providers = ["CPUExecutionProvider"]
        return onnxruntime.InferenceSession(str(self._folder / self.weights), options, providers=providers)


class Encoder(Stored):
    """The network of `cascade`."""

    def judge(self, passages: Sequence[Passage], reread: Reread | None = None) -> list[Judgement]:
        """Return one judgement a passage, in order; `reread` has a say in the status of what it names.

        Passages are run one by one: the scale of 8-bit activations is that of a whole batch, so in company a passage
        would be judged by its neighbours too. It costs a sixth of the speed.
        """
        pieces = self._pieces(passages)
        return [self._judgement(passage.text, it, reread) for passage, it in zip(passages, pieces, strict=True)]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector of 384 numbers a text: near for texts of one sense."""
        pieces = self._pieces([Passage(text) for text in texts])
        return np.array([self._run(it)[2] for it in pieces], np.float32).reshape(len(pieces), WIDTH)

    def logits(self, passages: Sequence[Passage]) -> Iterator[Logits]:
        """Yield the word pieces of each passage, and the logits of its sentence and of each of its own pieces."""
        for it in self._pieces(passages):
            sentence, token, _ = self._run(it)
            yield it, sentence, token

    def _judgement(self, text: str, pieces: Pieces, reread: Reread | None) -> Judgement:
        sentence, token, _ = self._run(pieces)
        around = partial(reread, text) if reread else None
        return judgement_of(self.card, words_of(text, pieces.offsets), sentence, token, around)

    def _pieces(self, passages: Sequence[Passage]) -> list[Pieces]:
        own = self._tokenizer.encode_batch([it.text for it in passages], add_special_tokens=False)
        before = self._tokenizer.encode_batch([it.before for it in passages], add_special_tokens=False)
        return [self._joined(words, context) for words, context in zip(own, before, strict=True)]

    def _joined(self, words: Any, context: Any) -> Pieces:
        start, end = self._tokenizer.token_to_id("[CLS]"), self._tokenizer.token_to_id("[SEP]")
        own = (start, *words.ids[:MAX_OWN], end)
        rest = (*context.ids[-MAX_BEFORE:], end) if context.ids else ()
        return Pieces((*own, *rest), len(own), tuple(words.offsets[:MAX_OWN]))

    def _run(self, pieces: Pieces) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Return the three outputs for a passage: of the sentence, of each of its own pieces, and its mean state."""
        ids = np.array([pieces.ids], np.int64)
        segments = np.zeros_like(ids)
        segments[:, pieces.own :] = 1
        sentence, token, mean = self._session.run(None, {"ids": ids, "segments": segments})
        return sentence[0], token[0, 1 : pieces.own - 1], mean[0]


@cache
def open_encoder(folder: Path | None = None) -> Encoder:
    """Return the network that ships, or one of the same make in another folder."""
    return Encoder(folder or Path(str(files("dateline.data") / "encoder")))

"""The network's one home: sentences in, judgements out. onnxruntime and tokenizers live here alone.

A fine-tuned all-MiniLM-L6-v2 (Wang et al. 2020), int8, with a head for every question; `docs/model-card.md` says what
it learnt from. It runs on one thread, from the files that ship, and asks nothing of the network.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

MAX_OWN, MAX_BEFORE = 128, 36
"""Word pieces that are read of a sentence and of what stands before it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is judged: a sentence, and the end of what stands before it ("" if it stands alone)."""

    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Words of a passage that the network takes for the name of an event; offsets in the passage's text.

    Attributes:
        type: the best event type for these words.
        confidence: calibrated probability that the words name an event of this type.
        form: the best form of that type; `form_score` its share among the forms of the type.
        status: the best status; `status_score` its probability.
    """

    start: int
    end: int
    type: str
    confidence: float
    form: str
    form_score: float
    status: str
    status_score: float


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of a passage that play a role, and how sure the network is."""

    role: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that the network says of a passage.

    Attributes:
        labels: of the whole sentence: head (`types`, `forms`, `conduct`, `protest`, `attacks`), label, probability.
        named: words that name events, in order.
        marked: words that play a role, in order, by head (`roles`, `sides`, `fills`).
    """

    labels: Mapping[str, Mapping[str, float]]
    named: tuple[Named, ...]
    marked: Mapping[str, tuple[Marked, ...]]

    def score(self, head: str, label: str) -> float:
        """Return the probability of a label."""
        return self.labels[head].get(label, 0.0)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A passage as word pieces: ids of all, offsets of the sentence's own."""

    ids: tuple[int, ...]
    own: int
    offsets: tuple[tuple[int, int], ...]


class Encoder:
    """The network with its tokenizer. Opens its files when first asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def card(self) -> dict[str, Any]:
        """The names of the labels, and the calibration."""
        card: dict[str, Any] = json.loads((self._folder / "labels.json").read_text("utf-8"))
        return card

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the weights, the tokenizer and the card."""
        names = ("encoder.onnx", "tokenizer.json", "labels.json")
        return sha256(b"".join((self._folder / name).read_bytes() for name in names)).hexdigest()

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        return onnxruntime.InferenceSession(
            str(self._folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def judge(self, passages: Sequence[Passage]) -> list[Judgement]:
        """Return one judgement a passage, in order.

        Passages are run one by one: the scale of 8-bit activations is that of a whole batch, so in company a passage
        would be judged by its neighbours too. It costs a sixth of the speed.
        """
        pieces = self._pieces(passages)
        return [self._judgement(passage.text, it) for passage, it in zip(passages, pieces, strict=True)]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector of 384 numbers a text: near for texts of one sense."""
        pieces = self._pieces([Passage(text) for text in texts])
        return np.array([self._run(it)[2] for it in pieces], np.float32).reshape(len(pieces), 384)

    def _pieces(self, passages: Sequence[Passage]) -> list[_Pieces]:
        own = self._tokenizer.encode_batch([it.text for it in passages], add_special_tokens=False)
        before = self._tokenizer.encode_batch([it.before for it in passages], add_special_tokens=False)
        return [self._joined(words, context) for words, context in zip(own, before, strict=True)]

    def _joined(self, words: Any, context: Any) -> _Pieces:
        start, end = self._tokenizer.token_to_id("[CLS]"), self._tokenizer.token_to_id("[SEP]")
        own = (start, *words.ids[:MAX_OWN], end)
        rest = (*context.ids[-MAX_BEFORE:], end) if context.ids else ()
        return _Pieces((*own, *rest), len(own), tuple(words.offsets[:MAX_OWN]))

    def _run(self, pieces: _Pieces) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Return the three outputs for a passage: of the sentence, of each of its own pieces, and its mean state."""
        ids = np.array([pieces.ids], np.int64)
        segments = np.zeros_like(ids)
        segments[:, pieces.own :] = 1
        sentence, token, mean = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids), "segments": segments})
        return sentence[0], token[0, 1 : pieces.own - 1], mean[0]

    def _judgement(self, text: str, pieces: _Pieces) -> Judgement:
        sentence, token, _ = self._run(pieces)
        names, spans = self.card["sentence"], self.card["spans"]
        logits = _cut(sentence, {name: len(labels) for name, labels in names.items()})
        tokens = _cut(token, self.card["token"])
        words = _words(text, pieces.offsets)
        labels = {name: self._probabilities(name, logits[name]) for name in names}
        return Judgement(
            labels,
            tuple(self._named(tokens, words, labels["types"])),
            {name: tuple(_marked(_softmax(tokens[name]), labels, words)) for name, labels in spans.items()},
        )

    def _probabilities(self, head: str, logits: NDArray[np.float32]) -> dict[str, float]:
        values = self._calibrated(head, logits)
        return {label: round(float(value), 4) for label, value in zip(self.card["sentence"][head], values, strict=True)}

    def _calibrated(self, head: str, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        slope, offset = self.card["calibration"].get(head, (1.0, 0.0))
        values: NDArray[np.float32] = 1 / (1 + np.exp(-(slope * logits + offset)))
        return values

    def _named(
        self, tokens: Mapping[str, NDArray[np.float32]], groups: Sequence[_Word], types: Mapping[str, float]
    ) -> Iterator[Named]:
        kinds = _softmax(tokens["trigger"])
        by_word = np.array([kinds[word.first] for word in groups]) if groups else np.zeros((0, kinds.shape[-1]))
        for first, last in _runs(by_word[:, 0] < 1 - self.card["threshold"], by_word[:, 1:].argmax(-1)):
            share = by_word[first : last + 1, 1:].mean(0)
            best = int(share.argmax())
            rows = [word.first for word in groups[first : last + 1]]
            status, status_score = self._best_status(tokens["status"][rows].mean(0))
            kind = self.card["sentence"]["types"][best]
            form, form_score = self._best_form(kind, tokens["form"][rows].mean(0))
            yield Named(
                groups[first].start,
                groups[last].end,
                kind,
                self._confidence(float(1 - by_word[first : last + 1, 0].mean()), types[kind]),
                form,
                form_score,
                status,
                status_score,
            )

    def _confidence(self, words: float, sentence: float) -> float:
        """Return the probability of an event, from what its words say alone and what the sentence says of its type."""
        mean = min(max((words + sentence) / 2, 1e-4), 1 - 1e-4)
        return round(float(self._calibrated("event", np.float32(np.log(mean / (1 - mean))))), 4)  # type: ignore[arg-type]

    def _best_status(self, logits: NDArray[np.float32]) -> tuple[str, float]:
        shares = _softmax(logits)
        best = int(shares.argmax())
        return self.card["status"][best], round(float(shares[best]), 4)

    def _best_form(self, kind: str, logits: NDArray[np.float32]) -> tuple[str, float]:
        places = [place for place, name in enumerate(self.card["sentence"]["forms"]) if name.split(".")[0] == kind]
        shares = _softmax(logits[places])
        best = int(shares.argmax())
        return self.card["sentence"]["forms"][places[best]].split(".")[1], round(float(shares[best]), 4)


@cache
def open_encoder(folder: Path | None = None) -> Encoder:
    """Return the network that ships, or one of the same make in another folder."""
    return Encoder(folder or Path(str(files("dateline.data") / "encoder")))


@dataclass(frozen=True, slots=True)
class _Word:
    """A written word: its characters, and its first word piece."""

    start: int
    end: int
    first: int


def _words(text: str, offsets: Iterable[tuple[int, int]]) -> list[_Word]:
    """Return the words that word pieces make: pieces that touch, of letters and digits, are one word."""
    words: list[_Word] = []
    for piece, (start, end) in enumerate(offsets):
        if words and words[-1].end == start and text[start:end].isalnum() and text[start - 1 : start].isalnum():
            words[-1] = _Word(words[-1].start, end, words[-1].first)
        else:
            words.append(_Word(start, end, piece))
    return words


def _cut(values: NDArray[np.float32], sizes: Mapping[str, int]) -> dict[str, NDArray[np.float32]]:
    edges = np.cumsum(list(sizes.values()))[:-1]
    return dict(zip(sizes, np.split(values, edges, axis=-1), strict=True))


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    shares: NDArray[np.float32] = powers / powers.sum(-1, keepdims=True)
    return shares


def _runs(inside: Iterable[bool], kinds: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last place of each run of places that are inside and of one kind."""
    first: int | None = None
    before = -1
    place = -1
    for place, (is_inside, kind) in enumerate(zip(inside, kinds, strict=True)):
        if first is not None and (not is_inside or kind != before):
            yield first, place - 1
            first = None
        if is_inside and first is None:
            first = place
        before = kind
    if first is not None:
        yield first, place


def _marked(shares: NDArray[np.float32], labels: Sequence[str], words: Sequence[_Word]) -> Iterator[Marked]:
    """Yield the spans of a head: runs of words for which one label, as first word or as a further one, is likeliest."""
    rows = shares[[word.first for word in words]]
    by_label = np.concatenate([rows[:, :1], rows[:, 1::2] + rows[:, 2::2]], axis=1)
    best = by_label.argmax(-1)
    for first, last in _runs(best > 0, best):
        label = int(best[first])
        score = float(by_label[first : last + 1, label].mean())
        yield Marked(labels[label - 1], words[first].start, words[last].end, round(score, 4))

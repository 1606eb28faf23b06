"""From the network's numbers to a judgement: pure functions over the logits of one passage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

    Reread = Callable[[int, int], Numbers]
    """Start and end of words that name an event, in the passage -> what is added to the logits of its status."""

PEAK = 0.2
"""How likely a word must be to name an event of a type that the sentence tells of, if no words are sure to."""
TOLD = 0.5
"""How likely a sentence must be to tell of a type, for its likeliest word to name an event."""
LEAST = 0.05
"""Added to what the sentence says before it is multiplied in, so that it can doubt what words say but not forbid it."""
DOUBLE = 0.7
"""Above the logarithm of 2: a logit so far above two others outweighs their sum."""
PREFIXES = {"conduct": "police.", "protest": "", "attacks": "attack."}
"""The heads whose labels are given to whole sentences, and what their names begin with there."""


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
class Word:
    """A written word: its characters, and its first word piece."""

    start: int
    end: int
    first: int


@dataclass(frozen=True)
class Card:
    """What the numbers mean: the labels of each head, and how scores become probabilities.

    Attributes:
        sentence: heads of the whole sentence, each with its labels.
        token: heads of tokens, each with its size.
        spans: heads that mark spans, each with its labels.
        status: the statuses.
        threshold: how likely words must be to name an event.
        calibration: head (and `event`) -> slope and offset of Platt scaling.
        thresholds: label of a whole sentence -> probability from which it is given, the best for F1.
    """

    sentence: Mapping[str, Sequence[str]]
    token: Mapping[str, int]
    spans: Mapping[str, Sequence[str]]
    status: Sequence[str]
    threshold: float
    calibration: Mapping[str, tuple[float, float]]
    thresholds: Mapping[str, float]

    @cached_property
    def places(self) -> Mapping[str, slice]:
        """Where the logits of each head of the sentence stand."""
        return _slices({name: len(labels) for name, labels in self.sentence.items()})

    @cached_property
    def width(self) -> int:
        """How many logits a sentence has."""
        return sum(map(len, self.sentence.values()))

    @cached_property
    def curves(self) -> tuple[Numbers, Numbers]:
        """Slope and offset of the calibration at the place of each logit of the sentence."""
        pairs = [self.calibration.get(head, (1.0, 0.0)) for head, labels in self.sentence.items() for _ in labels]
        slopes, offsets = np.array(pairs, np.float32).T
        return slopes, offsets

    @cached_property
    def token_places(self) -> Mapping[str, slice]:
        """Where the logits of each head of tokens stand."""
        return _slices(self.token)

    @cached_property
    def forms(self) -> Mapping[str, tuple[list[int], list[str]]]:
        """The forms of each type: their places among all forms, and their names."""
        found: dict[str, tuple[list[int], list[str]]] = {kind: ([], []) for kind in self.sentence["types"]}
        for place, name in enumerate(self.sentence["forms"]):
            kind, _, form = name.partition(".")
            found[kind][0].append(place)
            found[kind][1].append(form)
        return found


def words_of(text: str, offsets: Iterable[tuple[int, int]]) -> list[Word]:
    """Return the words that word pieces make: pieces that touch, of letters and digits, are one word."""
    words: list[Word] = []
    for piece, (start, end) in enumerate(offsets):
        if words and words[-1].end == start and text[start:end].isalnum() and text[start - 1 : start].isalnum():
            words[-1] = Word(words[-1].start, end, words[-1].first)
        else:
            words.append(Word(start, end, piece))
    return words


@dataclass(frozen=True, slots=True)
class _Said:
    """What the network says of a passage.

    Attributes:
        card: what the numbers mean.
        words: of the passage's own sentence.
        heads: words x logits, by head.
        labels: probabilities of the sentence's labels, by head.
        reread: has a say in the status of what is named.
    """

    card: Card
    words: Sequence[Word]
    heads: Mapping[str, Numbers]
    labels: Mapping[str, Mapping[str, float]]
    reread: Reread | None


def judgement_of(
    card: Card, words: Sequence[Word], sentence: Numbers, token: Numbers, reread: Reread | None = None
) -> Judgement:
    """Return the judgement of a passage.

    Args:
        card: what the numbers mean.
        words: of the passage's own sentence.
        sentence: logits of the sentence heads, side by side.
        token: word pieces x logits of the token heads, side by side.
        reread: has a say in the status of what is named.
    """
    chances = _rounded_all(_curve(sentence, *card.curves))
    labels = {name: dict(zip(card.sentence[name], chances[it], strict=True)) for name, it in card.places.items()}
    rows = token[[word.first for word in words]]
    heads = {name: rows[:, place] for name, place in card.token_places.items()}
    named = tuple(sorted(_named(_Said(card, words, heads, labels, reread)), key=lambda it: (it.start, it.end)))
    marked = {name: tuple(_marked(heads[name], names, words)) for name, names in card.spans.items()}
    return Judgement(labels, named, marked)


def _named(said: _Said) -> Iterator[Named]:
    """Yield the events: runs of words that are likely to name one, then the likeliest word of a type not found so."""
    kinds = _softmax(said.heads["trigger"])
    told = np.array(list(said.labels["types"].values()), np.float32)
    weighed = kinds[:, 1:] * (told + LEAST)
    inside = kinds[:, 0] < 1 - said.card.threshold
    found: set[int] = set()
    for first, last in _runs(inside.tolist(), weighed.argmax(-1).tolist()) if inside.any() else ():
        best = int(weighed[first : last + 1].mean(0).argmax())
        found.add(best)
        yield _event(said, first, last, best)
    for missed in sorted({int(it) for it in np.flatnonzero(told >= TOLD)} - found) if said.words else ():
        peak = int(kinds[:, 1 + missed].argmax())
        if not inside[peak] and kinds[peak, 1 + missed] >= PEAK:
            yield _event(said, peak, peak, missed)


def _event(said: _Said, first: int, last: int, best: int) -> Named:
    card, heads, rows = said.card, said.heads, slice(first, last + 1)
    start, end, kind = said.words[first].start, said.words[last].end, card.sentence["types"][best]
    form, form_score = _best_form(card, kind, heads["form"][rows].mean(0), said.labels["forms"])
    logits = heads["status"][rows].mean(0)
    status = _softmax(logits + said.reread(start, end) if said.reread else logits)
    naming = float(1 - _softmax(heads["trigger"])[rows, 0].mean())
    return Named(
        start=start,
        end=end,
        type=kind,
        confidence=_confidence(card, naming, said.labels["types"][kind]),
        form=form,
        form_score=form_score,
        status=card.status[int(status.argmax())],
        status_score=_rounded(status.max()),
    )


def _best_form(card: Card, kind: str, logits: Numbers, told: Mapping[str, float]) -> tuple[str, float]:
    """Return the best form of a type, by the words and by the sentence, and its share."""
    places, names = card.forms[kind]
    shares = _softmax(logits[places]) * np.array([told[f"{kind}.{name}"] + LEAST for name in names], np.float32)
    best = int(shares.argmax())
    return names[best], _rounded(shares[best] / shares.sum())


def _confidence(card: Card, naming: float, told: float) -> float:
    """Return the probability of an event, from how surely its words name one and its sentence tells of the type."""
    mean = min(max((naming + told) / 2, 1e-4), 1 - 1e-4)
    slope, offset = card.calibration.get("event", (1.0, 0.0))
    return _rounded(_curve(np.array(np.log(mean / (1 - mean)), np.float32), slope, offset))


def _curve(logits: Numbers, slope: Numbers | float, offset: Numbers | float) -> Numbers:
    """Return calibrated probabilities (Platt 1999)."""
    chances: Numbers = 1 / (1 + np.exp(-(slope * logits + offset)))
    return chances


def _marked(logits: Numbers, labels: Sequence[str], words: Sequence[Word]) -> Iterator[Marked]:
    """Yield the spans of a head: runs of words for which one label, as first word or as a further one, is likeliest.

    Nowhere is one likeliest if, at every word, the logit of none exceeds all others by what two shares can add up to.
    """
    if not len(words) or (logits[:, 0] - logits[:, 1:].max(-1)).min() > DOUBLE:
        return
    shares = _softmax(logits)
    by_label = np.concatenate([shares[:, :1], shares[:, 1::2] + shares[:, 2::2]], axis=1)
    best = by_label.argmax(-1)
    for first, last in _runs((best > 0).tolist(), best.tolist()):
        label = int(best[first])
        score = _rounded(np.add.reduce(by_label[first : last + 1, label]) / np.float32(last + 1 - first))
        yield Marked(labels[label - 1], words[first].start, words[last].end, score)


def _runs(inside: Iterable[Any], kinds: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """Yield the first and last place of each run of places that are inside and of one kind."""
    first: int | None = None
    before: object = None
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


def _slices(sizes: Mapping[str, int]) -> dict[str, slice]:
    edges = [0, *accumulate(sizes.values())]
    return {name: slice(start, end) for name, start, end in zip(sizes, edges, edges[1:], strict=False)}


def _softmax(logits: Numbers) -> Numbers:
    powers = np.exp(logits - logits.max(-1, keepdims=True, initial=-np.inf))
    shares: Numbers = powers / powers.sum(-1, keepdims=True)
    return shares


def _rounded_all(values: Numbers) -> list[float]:
    """Return what `round` to 4 places makes of each: ten thousand times a float32 is exact in a float64."""
    rounded: list[float] = (np.rint(values.astype(np.float64) * 10_000) / 10_000).tolist()
    return rounded


def _rounded(value: Any) -> float:
    return round(float(value), 4)

"""Learn the weights of the screen, the first test of `cascade` and `swift`: does a sentence tell of any event?

`python -m training.fit_screen --bench FOLDER --encoder FOLDER --told FILE [--out FILE]`; seeded

What is learnt: for every word, between its neighbours, whether it names an event, and for every sentence, whether it
tells of one; by our labels, and by what the large network says of many more sentences (`training.screen_lessons`). The
bars are set on our labels alone, each in a document that the screen did not see. The words with rows of their own are
those of the pretrained network's vocabulary, of the patterns and of our own sentences; no words of the corpora ship.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import torch
from safetensors.numpy import load_file
from torch import nn
from torch.nn import functional

from dateline.coding.gate import inflect
from dateline.coding.patterns import load_patterns
from dateline.coding.screen import STEP, UNIT, Screen, ending_of, key_of, others_of, tables_of, unpack, words_of
from dateline.model.codebook import plover
from training.arrays import to_bytes
from training.batches import load_tokenizer
from training.network import base_folder
from training.screen_lessons import Lesson, read_lessons, read_reports

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 20260402
WIDTH, HIDDEN, ENDINGS = 32, 64, 512
EPOCHS, BATCH = 4, 64
RATES = (1e-3, 2e-3)
"""Learning rate of the word vectors and of the rest, at the start; at the end a tenth."""
LONGEST = 150
"""Words of a sentence that are learnt from."""
TIMES = 3
"""How often an epoch takes a sentence that we labelled: the network's errors are the network's own."""
DROPPED = 0.15
"""Share of the values between the layers that are left out while learning."""
FOLDS = 3
RECALLS = (0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99)
OUT = Path(__file__).parents[1] / "src" / "dateline" / "data" / "screen.npz"


# -- words and their first vectors


@dataclass(frozen=True, slots=True)
class Words:
    """The words with rows of their own, sorted; row 0 is no word, then the words, then the endings."""

    known: tuple[str, ...]
    place: dict[str, int]

    def row(self, word: str) -> int:
        """Return the row that stands for a word."""
        word = "0" if word[0] <= "9" else word
        return self.place.get(word) or self.ending(word)

    def ending(self, word: str) -> int:
        """Return the row that stands for a word which has none of its own."""
        return 1 + len(self.known) + ending_of(word, ENDINGS)


def choose_words(lessons: Sequence[Lesson]) -> Words:
    """Return the words of the pretrained network, of the patterns, and those that our own sentences use thrice."""
    pretrained = {it for it in load_tokenizer().get_vocab() if it.isascii() and it.isalpha() and it.islower()}
    own = Counter(word for it in lessons if it.source == "own" and it.labelled for word in words_of(it.text))
    chosen = pretrained | cue_forms() | {word for word, count in own.items() if count > 2 and word.isalpha()} | {"0"}
    known: dict[int, str] = {}
    for word in sorted(chosen):
        known.setdefault(key_of(word), word)
    ordered = tuple(sorted(known.values()))
    return Words(ordered, {word: place for place, word in enumerate(ordered, start=1)})


def cue_forms() -> set[str]:
    """Return the written forms of the words that patterns take for events; of a phrase, those of its longest word."""
    patterns = load_patterns(plover()).all
    lemmas = {
        lemma for it in patterns for lemma in (*it.verbs, *it.nouns, *(max(words, key=len) for words in it.phrases))
    }
    return {form for lemma in lemmas for form in inflect(lemma) if words_of(form) == [form]}


def first_vectors(words: Words, lessons: Sequence[Lesson]) -> NDArray[np.float32]:
    """Return the main components of the pretrained word vectors, and as last column whether patterns know the word."""
    pieces = load_file(base_folder() / "model.safetensors")["embeddings.word_embeddings.weight"]
    encoded = load_tokenizer().encode_batch(list(words.known), add_special_tokens=False)
    vectors = np.stack([pieces[it.ids].mean(0) for it in encoded])
    counts = Counter(word for it in lessons for word in words_of(it.text))
    weight = np.array([(counts[word] + 0.1) ** 0.25 for word in words.known])[:, None]
    centred = vectors - (vectors * weight).sum(0) / weight.sum()
    often = np.argsort(-weight[:, 0], kind="stable")[:8000]
    main = np.linalg.svd((centred * np.sqrt(weight))[often], full_matrices=False)[2][:WIDTH]
    reduced = centred @ main.T
    cues = cue_forms()
    flagged = np.hstack([reduced / reduced.std(), [[word in cues] for word in words.known]])
    return np.vstack([np.zeros((1, WIDTH + 1)), flagged, _endings(words, flagged)]).astype(np.float32)


def _endings(words: Words, vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each ending, the mean of the longer words that have it."""
    total, count = np.zeros((ENDINGS, vectors.shape[1])), np.zeros((ENDINGS, 1))
    for word, vector in zip(words.known, vectors, strict=True):
        if len(word) > 3:
            place = ending_of(word, ENDINGS)
            total[place] += vector
            count[place] += 1
    return np.where(count > 0, total / np.maximum(count, 1), vectors.mean(0))


# -- the network


class Network(nn.Module):
    """Word vectors, a convolution over three words, and two readouts: a word's odds, and what adds to the mean."""

    def __init__(self, vectors: NDArray[np.float32], words: Words) -> None:
        super().__init__()
        self.vectors = nn.Embedding.from_pretrained(torch.tensor(vectors[:, :-1]), freeze=False)
        self.register_buffer("cue", torch.tensor(vectors[:, -1:]))
        endings = [0, *map(words.ending, words.known), *range(1 + len(words.known), len(vectors))]
        self.register_buffer("ending", torch.tensor(endings))
        self.hidden = nn.Conv1d(WIDTH + 1, HIDDEN, 3, padding=1)
        self.readout = nn.Linear(HIDDEN, 2)
        self.drop = nn.Dropout(DROPPED)
        self.readout.bias.data.copy_(torch.tensor([-3.0, 0.0]))

    def forward(self, rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits of the words and of the sentences."""
        some = rows > 0
        if self.training:
            rows = torch.where(torch.rand(rows.shape) < 0.03, self.ending[rows], rows)
        vectors = torch.cat([self.vectors(rows), self.cue[rows]], -1) * some[..., None]
        hidden = torch.relu(self.hidden(self.drop(vectors).transpose(1, 2))).transpose(1, 2)
        read = self.readout(self.drop(hidden))
        words = read[..., 0].masked_fill(~some, -1e4)
        added = (read[..., 1] * some).sum(1) / some.sum(1).clamp(min=1)
        return words, torch.logsumexp(words, 1) + added


def train(lessons: Sequence[Lesson], words: Words, vectors: NDArray[np.float32]) -> Network:
    """Return a network that has learnt from the lessons."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    network = Network(vectors, words).train()
    rest = [value for name, value in network.named_parameters() if name != "vectors.weight"]
    optimiser = torch.optim.Adam([{"params": [network.vectors.weight]}, {"params": rest, "weight_decay": 1e-4}])
    rows = {id(it): [words.row(word) for word in words_of(it.text)][:LONGEST] for it in lessons}
    for epoch in range(EPOCHS):
        batches = _batches(lessons, rng)
        for place, batch in enumerate(batches):
            done = (epoch + place / len(batches)) / EPOCHS
            for group, rate in zip(optimiser.param_groups, RATES, strict=True):
                group["lr"] = rate * (1 - 0.9 * done)
            optimiser.zero_grad()
            _loss(network, batch, [rows[id(it)] for it in batch]).backward()
            optimiser.step()
    return network.eval()


def _batches(lessons: Sequence[Lesson], rng: random.Random) -> list[list[Lesson]]:
    taken = [it for it in lessons for _ in range(TIMES if it.labelled else 1)]
    ordered = sorted(taken, key=lambda it: len(it.named) + rng.random() * 6)
    found = [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]
    rng.shuffle(found)
    return found


def _loss(network: Network, batch: Sequence[Lesson], rows: Sequence[Sequence[int]]) -> torch.Tensor:
    padded = torch.zeros(len(batch), max(map(len, rows)), dtype=torch.long)
    named = torch.zeros(padded.shape)
    for place, (it, row) in enumerate(zip(batch, rows, strict=True)):
        padded[place, : len(row)] = torch.tensor(row)
        named[place, : len(row)] = torch.tensor(it.named[: len(row)])
    words, sentences = network(padded)
    by_sentence = functional.binary_cross_entropy_with_logits(sentences, torch.tensor([it.tells for it in batch]))
    by_word = functional.binary_cross_entropy_with_logits(words, named, reduction="none") * (padded > 0)
    return by_sentence + by_word.sum(1).mean() / 3


# -- whole numbers


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is fitted on sentences held back: the bars, and how much a report's other sentences count."""

    bars: tuple[float, ...]
    leaning: tuple[float, float]


UNLEARNT = Learnt((0.0,) * len(RECALLS), (0.0, 0.0))


def pack(network: Network, words: Words, learnt: Learnt = UNLEARNT) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the weights file.

    `keys` hash of each word · `words`, `endings` their vectors, 8 bit · `kernel` / `scale` vectors -> what a word adds
    to the hidden layer after it, at it and before it, in 1/UNIT · `bias`, `readout`, `shifts` · `leaning` weight of the
    report's other sentences, and their neutral mean · `recalls`, `bars`.
    """
    vectors = torch.cat([network.vectors.weight, network.cue], 1).detach().double().numpy()
    steps = np.abs(vectors).max(0) / 127
    # The kernel's first place reads the word before: what a word adds to the one after it.
    kernel = np.concatenate(list(network.hidden.weight.detach().double().numpy().transpose(2, 1, 0)), axis=1)
    kernel = kernel * steps[:, None] * UNIT
    scale = 2.0 ** np.floor(np.log2(32767 / np.abs(kernel).max()))
    rounded = np.rint(vectors / steps).astype(np.int8)[1:]
    shifts = network.readout.bias.detach().double().numpy() * UNIT**2
    packed = {
        "keys": np.array([key_of(word) for word in words.known], np.uint32),
        "words": rounded[: len(words.known)],
        "endings": rounded[len(words.known) :],
        "kernel": np.rint(kernel * scale).astype(np.int16),
        "scale": np.array(scale),
        "bias": np.rint(network.hidden.bias.detach().double().numpy() * UNIT).astype(np.int16),
        "readout": np.rint(network.readout.weight.detach().double().numpy().T * UNIT).astype(np.int16),
        "shifts": np.rint(shifts).astype(np.int32),
        "recalls": np.array(RECALLS),
        "bars": np.array(learnt.bars),
        "leaning": np.array(learnt.leaning),
    }
    _check_exact(packed)
    return packed


def _check_exact(packed: dict[str, NDArray[np.generic]]) -> None:
    """Stop where a sum could outgrow what 16 bits hold, or what a float32 holds exactly."""
    tops = sum(np.abs(table).max(0) for table in np.split(tables_of(packed), 3, axis=1)) + np.abs(packed["bias"])
    if tops.max() >= 1 << 15:
        raise ValueError(f"a hidden sum reaches {tops.max():.0f}, 16 bits hold less than {1 << 15}; lower UNIT")
    reach = (tops[:, None] * np.abs(packed["readout"])).sum(0).max()
    if reach >= 1 << 24:
        raise ValueError(f"sums reach {reach:.0f}, float32 is exact to {1 << 24}; lower UNIT")


# -- company, bars, and the whole


@dataclass(frozen=True, slots=True)
class Held:
    """A lesson as a screen sees it that never saw its document.

    Attributes:
        alone: its odds.
        others: mean of the logarithms of the other sentences' odds, in steps; None where it stands in no report.
    """

    lesson: Lesson
    alone: float
    others: float | None


def hold_back(
    lessons: Sequence[Lesson], reports: Mapping[str, list[str]], words: Words, vectors: NDArray[np.float32]
) -> list[Held]:
    """Return the lessons as seen by screens that learnt from other documents: each third is held back once."""
    found = []
    for fold in range(FOLDS):
        seen = [it for it in lessons if crc32(it.group.encode()) % FOLDS != fold]
        screen = unpack(to_bytes(pack(train(seen, words, vectors), words)))
        held = [it for it in lessons if crc32(it.group.encode()) % FOLDS == fold]
        found += [_held(it, reports.get(it.group, ()) if it.labelled else (), screen) for it in held]
        print(f"fold {fold}: {len(seen)} seen, {len(held)} held back", flush=True)
    return found


def _held(lesson: Lesson, report: Sequence[str], screen: Screen) -> Held:
    others = [it for it in report if it != lesson.text]
    alone = screen.alone([lesson.text, *others])
    return Held(lesson, float(alone[0]), float(others_of(alone)[0]) if others else None)


def fit_leaning(held: Sequence[Held]) -> tuple[float, float]:
    """Return the weight of a report's other sentences beside a sentence's own odds, and their neutral mean.

    Logistic regression, by Newton's method, over our labels in whole reports.
    """
    chosen = [(it.alone, it.others, it.lesson.tells) for it in held if it.others is not None]
    alone, others, tells = np.array(chosen, float).T
    centre = others.mean()
    factors = np.stack([np.ones(len(alone)), np.log(alone + 1e-9), (others - centre) / STEP], axis=1)
    weights = np.zeros(3)
    for _ in range(20):
        odds = 1 / (1 + np.exp(-factors @ weights))
        weights += np.linalg.solve((factors.T * (odds * (1 - odds))) @ factors, factors.T @ (tells - odds))
    return round(float(weights[2] / weights[1]), 2), round(float(centre), 1)


def leant(held: Sequence[Held], leaning: tuple[float, float]) -> NDArray[np.float64]:
    """Return the odds of the lessons in their reports."""
    weight, centre = leaning
    shifts = [0.0 if it.others is None else np.floor((it.others - centre) * weight) / STEP for it in held]
    return np.array([it.alone for it in held]) * np.exp(shifts)


def bars_of(held: Sequence[Held], odds: NDArray[np.float64]) -> tuple[float, ...]:
    """Return, for each recall, the odds that so many sentences with events reach: real reports, fully marked."""
    chosen = np.array([it.lesson.labelled and it.lesson.tells == 1 and it.lesson.source != "own" for it in held])
    return tuple(float(np.quantile(odds[chosen], 1 - recall, method="lower")) for recall in RECALLS)


def print_table(held: Sequence[Held], odds: NDArray[np.float64], bars: Sequence[float]) -> None:
    """Print, for each corpus and bar, the share that passes: of what we labelled, and of what the network thinks."""
    print(f"{'':41}", *(f"{recall:.3f}" for recall in RECALLS))
    for source in sorted({it.lesson.source for it in held}):
        for tells in (True, False):
            mine = np.array([it.lesson.source == source and (it.lesson.tells >= 0.5) == tells for it in held])
            if mine.any():
                print(f"{source:28} {tells!s:5} {mine.sum():6}", *(f"{(odds[mine] >= bar).mean():.3f}" for bar in bars))


def main() -> None:
    """Learn, set the bars on held-back documents, learn again from all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the large network")
    parser.add_argument("--told", type=Path, required=True, help="file for what it says")
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    lessons = read_lessons(asked.bench, asked.encoder, asked.told)
    words = choose_words(lessons)
    vectors = first_vectors(words, lessons)
    held = hold_back(lessons, read_reports(asked.bench, lessons), words, vectors)
    leaning = fit_leaning(held)
    odds = leant(held, leaning)
    learnt = Learnt(bars_of(held, odds), leaning)
    print_table(held, odds, learnt.bars)
    data = to_bytes(pack(train(lessons, words, vectors), words, learnt))
    asked.out.write_bytes(data)
    print(f"{asked.out}: {len(data)} bytes, {len(words.known)} words; leaning {leaning}")


if __name__ == "__main__":
    main()

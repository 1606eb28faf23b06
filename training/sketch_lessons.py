"""What the quick parse learns from: what the language model says of sentences, and what the pupil has seen of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray  # noqa: TC002 (training only)

from dateline.coding.cleaning import clean
from dateline.coding.parser import Split, parse_chosen
from dateline.coding.pupil import Pupil
from dateline.coding.sketch import Names, cut, gathered, seen_of
from dateline.model.parse import Token

WATCHED = 60
"""One sentence in so many is not learnt from: on those what was learnt is told."""
ROOM = 1200
"""Words of a batch, those that only fill it up counted too."""
PART = 512


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence.

    Attributes:
        words: words x what the pupil has seen of each.
        told: words x (look, head, dependency, tag, kind of name); the head is -100 where it was not read.
    """

    words: NDArray[np.float16]
    told: NDArray[np.int64]


def parsed(sentences: Sequence[str]) -> list[tuple[Token, ...]]:
    """Return sentences as the language model parses them, each as one."""
    found: list[tuple[Token, ...]] = []
    for start in range(0, len(sentences), PART):
        cleaned = [clean(it) for it in sentences[start : start + PART]]
        splits = [Split(it, ((0, len(it.text)),)) for it in cleaned]
        found += [told[0].tokens for told in parse_chosen(splits, [[0]] * len(splits))]
    return found


def names_of(parses: Sequence[Sequence[Token]]) -> Names:
    """Return the names of all that is said, sorted."""
    tokens = [token for it in parses for token in it]
    deps, tags, kinds = ({it.dep for it in tokens}, {it.tag for it in tokens}, {kind_of(it) for it in tokens})
    return Names(sorted(deps), sorted(tags), ["O", *sorted(kinds - {"O"})])


def kind_of(token: Token) -> str:
    """Return which part of a name a word is: `O` for none, `B-GPE` for a first word, `I-GPE` for a further one."""
    return f"{'B' if token.begins else 'I'}-{token.entity}" if token.entity else "O"


def lessons(
    pupil: Pupil, sentences: Sequence[str], parses: Sequence[Sequence[Token]], names: Names
) -> Iterator[Lesson]:
    """Yield what is learnt from; sentences of one word, or in which words are cut otherwise, are left out."""
    places = [{name: place for place, name in enumerate(it)} for it in (names.deps, names.tags, names.kinds)]
    for start in range(0, len(sentences), PART):
        part = [clean(it).text for it in sentences[start : start + PART]]
        answers = pupil.read(part)
        for place, (text, tokens) in enumerate(zip(part, parses[start : start + PART], strict=True)):
            seen = seen_of(text, answers, place)
            made = cut(seen)
            if 1 < len(made.spans) <= len(tokens) and _agree(made.spans, tokens, len(made.spans) == len(tokens)):
                words = gathered([seen.states], [made.places])[0].astype(np.float16)
                yield Lesson(words, np.column_stack([made.looks, _told(tokens[: len(made.spans)], places)]))


def _agree(spans: Sequence[tuple[int, int]], tokens: Sequence[Token], is_whole: bool) -> bool:
    """Say whether words are as long as tokens; those behind what was read are not looked at."""
    return all(end - start == len(token.text) for (start, end), token in zip(spans, tokens, strict=is_whole))


def _told(tokens: Sequence[Token], places: Sequence[dict[str, int]]) -> NDArray[np.int64]:
    deps, tags, kinds = places
    rows = [(it.head, deps[it.dep], tags[it.tag], kinds[kind_of(it)]) for it in tokens]
    told = np.array(rows, np.int64)
    told[told[:, 0] >= len(rows), 0] = -100
    return told


def batches(given: Sequence[Lesson], rng: random.Random) -> list[list[Lesson]]:
    """Return lessons in batches of about one length, in random order."""
    found: list[list[Lesson]] = [[]]
    width = 0
    for it in sorted(given, key=lambda it: len(it.told) + rng.random() * 3):
        width = max(width, len(it.told))
        if found[-1] and width * (len(found[-1]) + 1) > ROOM:
            found.append([])
            width = len(it.told)
        found[-1].append(it)
    rng.shuffle(found)
    return found


def collate(group: Sequence[Lesson]) -> dict[str, Any]:
    """Return a batch: words, looks, mask, and what is told of each word; -100 where nothing is."""
    width = max(len(it.told) for it in group)
    words = np.zeros((len(group), width, group[0].words.shape[1]), np.float32)
    told = np.full((len(group), width, 5), -100)
    for row, it in enumerate(group):
        words[row, : len(it.told)], told[row, : len(it.told)] = it.words, it.told
    mask = told[..., 0] >= 0
    looks = np.where(mask, told[..., 0], 0)
    named = dict(zip(("heads", "deps", "tags", "kinds"), told[..., 1:].transpose(2, 0, 1), strict=True))
    made = {"words": words, "looks": looks, "mask": mask, **named}
    return {name: torch.from_numpy(np.ascontiguousarray(values)) for name, values in made.items()}

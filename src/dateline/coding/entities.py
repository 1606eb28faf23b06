"""The names in sentences, by the language model's recogniser, its steps taken for many sentences at once.

The recogniser reads a sentence word by word. At each it begins, goes on with, or ends a name, is a name of one word, or
is none: the best of those that may follow what came before (Ratinov and Roth 2009). spaCy takes these steps one
sentence after the other; here all sentences take their first step together, then their second, with the same weights.
A test compares the answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]
    Places = NDArray[np.intp]

Name = tuple[int, int, str]
"""First word, word after the last, and kind of a name."""
_NEVER = -np.inf


@dataclass(frozen=True, slots=True)
class Moves:
    """What can be done at a word.

    Attributes:
        kinds: the kinds of names; in the tables below a kind is known by its place here plus one, 0 is no name.
        begins, opens, ends: for each move, whether a name begins at this word, the kind that is open after it, and the
            kind of the name whose last word this is.
        inside: kind that is open -> what is added to the scores of the moves: nothing, or so much less that no other is
            worse.
        last: the same where no word follows.
        space: what is added at a word that is only space, where no name is open.
    """

    kinds: tuple[str, ...]
    begins: NDArray[np.bool_]
    opens: Places
    ends: Places
    inside: Numbers
    last: Numbers
    space: Numbers


def moves_of(names: Sequence[str]) -> Moves:
    """Return the moves with these names: `B-ORG`, `I-ORG`, `L-ORG`, `U-ORG`, `O`; others are never taken."""
    kinds = tuple(sorted({name[2:] for name in names if name[1:2] == "-" and name[2:]}))
    kind = np.array([kinds.index(name[2:]) + 1 if name[1:2] == "-" and name[2:] else 0 for name in names])
    step = np.array([name[0] if own or name == "O" else "" for name, own in zip(names, kind > 0, strict=True)])
    opened = np.arange(len(kinds) + 1)[:, None]
    may = np.where(opened > 0, np.isin(step, ("I", "L")) & (kind == opened), np.isin(step, ("B", "U", "O")))
    return Moves(
        kinds,
        np.isin(step, ("B", "U")),
        np.where(np.isin(step, ("B", "I")), kind, 0),
        np.where(np.isin(step, ("L", "U")), kind, 0),
        _kept(may),
        _kept(may & ~np.isin(step, ("B", "I"))),
        _kept(step == "O"),
    )


def _kept(allowed: NDArray[np.bool_]) -> Numbers:
    return np.where(allowed, 0, _NEVER).astype(np.float32)


def find_names(recogniser: Any, docs: Sequence[Any], batch: int) -> list[list[Name]]:
    """Return the names in each sentence, in order.

    Args:
        recogniser: spaCy's pipeline component.
        docs: sentences, each as one document.
        batch: how many are read at once; the steps are taken by all.
    """
    if not docs:
        return []
    order = sorted(range(len(docs)), key=lambda it: -len(docs[it]))
    ordered = [docs[it] for it in order]
    model, system = recogniser.model, recogniser.moves
    moves = moves_of([system.get_class_name(place) for place in range(system.n_moves)])
    starts = range(0, len(ordered), batch)
    read = [model.get_ref("tok2vec").predict(ordered[start : start + batch]) for start in starts]
    found = _walk(model, moves, np.concatenate(read), ordered)
    return [names for _, names in sorted(zip(order, found, strict=True), key=lambda it: it[0])]


def _walk(model: Any, moves: Moves, states: Numbers, docs: Sequence[Any]) -> list[list[Name]]:
    """Take the steps of all sentences, the longest first."""
    lengths = np.array([len(doc) for doc in docs])
    offsets = np.cumsum(lengths) - lengths
    told = _features(model, states)
    is_space = np.array([token.is_space for doc in docs for token in doc])
    opened, since = np.zeros((2, len(docs)), np.intp)
    found: list[list[Name]] = [[] for _ in docs]
    for step in range(lengths[0]):
        going = int(np.searchsorted(-lengths, -step, side="left"))  # those with a word at this step
        kind, at = opened[:going], offsets[:going] + step
        scores = _scores(model, told, at, np.where(kind > 0, offsets[:going] + since[:going], -1))
        scores += np.where((lengths[:going] == step + 1)[:, None], moves.last[kind], moves.inside[kind])
        scores[is_space[at] & (kind == 0)] += moves.space
        best = scores.argmax(-1)
        since[:going] = np.where(moves.begins[best], step, since[:going])
        for one in np.flatnonzero(moves.ends[best]).tolist():
            found[one].append((int(since[one]), step + 1, moves.kinds[moves.ends[best[one]] - 1]))
        opened[:going] = moves.opens[best]
    return found


def _features(model: Any, states: Numbers) -> Numbers:
    """Return what each word says to a step: as its word, as the first of the open name, and as the word before it.

    Words x 3 x what is told; the last row stands for no word.
    """
    table = model.get_ref("lower").predict(states)
    return np.asarray(np.concatenate([table[1:], table[:1]]).reshape(len(states) + 1, table.shape[1], -1))


def _scores(model: Any, told: Numbers, at: Places, first: Places) -> Numbers:
    """Return the score of each move, given the words that steps are taken at, and where open names begin (or -1)."""
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    before = np.where(first >= 0, at - 1, -1)
    summed = told[at, 0] + told[first, 1] + told[before, 2] + lower.get_param("b").ravel()
    hidden = summed.reshape(len(at), lower.get_dim("nO"), lower.get_dim("nP")).max(-1)
    return np.asarray(upper.predict(hidden))

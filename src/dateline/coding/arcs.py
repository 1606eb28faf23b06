"""From how likely each word hangs from each other to one tree a sentence: `heads_of`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]
    Places = NDArray[np.intp]


def heads_of(arcs: Numbers) -> list[list[int]]:
    """Return the head of each word of each sentence; that of a sentence's one root is itself.

    The likeliest root and the likeliest heads are taken. Words that run in a circle so are hung, at the one that loses
    least by it, from a word outside.

    Args:
        arcs: sentences of one length x words x words, the logit of each head of each word; on the diagonal, that it is
            the root.
    """
    size = arcs.shape[1]
    top = arcs.max(-1, keepdims=True)
    chances = arcs - np.log(np.exp(arcs - top).sum(-1, keepdims=True)) - top
    own = chances.diagonal(axis1=1, axis2=2).copy()
    chances[:, range(size), range(size)] = -np.inf
    roots = (own - chances.max(-1)).argmax(-1) if size > 1 else np.zeros(len(arcs), np.intp)
    heads = chances.argmax(-1)
    heads[range(len(arcs)), roots] = roots
    found: list[list[int]] = heads.tolist()
    for place in np.flatnonzero(~_are_trees(heads, roots)).tolist():
        _mend(found[place], int(roots[place]), chances[place])
    return found


def _are_trees(heads: Places, roots: Places) -> NDArray[np.bool_]:
    """Say of each sentence whether a way leads from every word to the root: each step is twice as long as the last."""
    for _ in range(heads.shape[1].bit_length()):
        heads = np.take_along_axis(heads, heads, 1)
    return np.asarray((heads == roots[:, None]).all(1), np.bool_)


def _mend(heads: list[int], root: int, chances: Numbers) -> None:
    while loose := _loose(heads, root):
        _hang(heads, loose, chances)


def _loose(heads: list[int], root: int) -> set[int]:
    """Return the words from which no way leads to the root."""
    safe, loose = {root}, set[int]()
    for first in range(len(heads)):
        way, place = set[int](), first
        while place not in safe and place not in loose and place not in way:
            way.add(place)
            place = heads[place]
        (safe if place in safe else loose).update(way)
    return loose


def _hang(heads: list[int], loose: set[int], chances: Numbers) -> None:
    """Hang one word of a circle from a word that a way leads from to the root."""
    circle = _circle(heads, min(loose))
    outside = [place for place in range(len(heads)) if place not in loose]
    gains = chances[np.ix_(circle, outside)]
    lost = gains.max(1) - chances[circle, [heads[place] for place in circle]]
    best = int(lost.argmax())
    heads[circle[best]] = outside[int(gains[best].argmax())]


def _circle(heads: list[int], place: int) -> list[int]:
    """Return the words of the circle that a way from a word leads into, in their order."""
    seen: list[int] = []
    while place not in seen:
        seen.append(place)
        place = heads[place]
    return sorted(seen[seen.index(place) :])

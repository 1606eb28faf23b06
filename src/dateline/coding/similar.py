"""Event types by likeness: a sentence tells of a type if it is like one of its examples. Functions over vectors.

The nearest example of a type claims a sentence for the type if nothing nearer speaks against it: no counterexample of
the type, no plain sentence that tells of no event (`data/neutral.txt`), and no example of another type that is clearly
nearer. The claim stands if it reaches the threshold of the type.

The threshold is read off the examples, type by type (`Bar`). Each sentence of the codebook is left out in turn and
asked for as if it were new. The threshold lies just above what claims wrongly (counterexamples, plain sentences,
examples of other types), but for one in twenty of these, and never below the least likeness of an example to its mate.

Whence the vectors come is no matter here: `embed` gives a unit vector a text, so that their product is the cosine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from dateline.model.codebook import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from dateline.model.codebook import Codebook

    Vectors = NDArray[np.floating]
    Embed = Callable[[Sequence[str]], Vectors]

LET_IN = 0.05
"""The share of rivals that may reach a type's threshold."""

CLEARLY = 0.05
"""How much nearer an example of another type must be to speak against a type."""

TIE = 0.02
"""Examples of two forms that are as near as this leave the form open."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """That a sentence is like the examples of a type.

    Attributes:
        type, form: of the example; `form` is None where an example of another form, or of none, is as near.
        score: cosine between the sentence and the nearest example, at most 1.
        threshold: what the score had to reach.
        example: the text of the nearest example, for the user's eyes: it may be from a report and hold names.
        key: where that stands in the codebook, as `types.STRIKE.examples[2]`, for what may be published.
    """

    type: str
    form: str | None
    score: float
    threshold: float
    example: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """How like the examples of a type a sentence must be, and how well that divides the examples themselves.

    Attributes:
        threshold: cosine to the nearest example that must be reached.
        kept: the share of the type's examples that would be found by the others; 0 if there is one only.
        let_in: the share of all other sentences of the codebook that would be found wrongly.
    """

    threshold: float
    kept: float
    let_in: float


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence to compare with: an example (`holds`) or counterexample of a type, or, with no type, a plain one."""

    text: str
    type: str | None = None
    form: str | None = None
    holds: bool = False
    key: str = ""


@dataclass(frozen=True, eq=False)
class Similar:
    """Sentences with their vectors, in one order, and the bar of each type that has examples."""

    rows: tuple[Row, ...]
    vectors: Vectors
    bars: Mapping[str, Bar]

    def match(self, vectors: Vectors) -> list[tuple[Likeness, ...]]:
        """Return, for each vector of a sentence, the types that it is like, the most like first."""
        if not self.bars:
            return [() for _ in vectors]
        return [tuple(self._found(likeness)) for likeness in vectors @ self.vectors.T]

    def _found(self, likeness: Vectors) -> list[Likeness]:
        """Return the types of one sentence, given its likeness to every row."""
        found = [one for kind, bar in self.bars.items() if (one := self._like(kind, bar, likeness))]
        return sorted(found, key=lambda one: (-one.score, one.type))

    def _like(self, kind: str, bar: Bar, likeness: Vectors) -> Likeness | None:
        best = claim(kind, self.rows, likeness)
        if best is None or float(likeness[best]) < bar.threshold:
            return None
        score = float(likeness[best])
        near = {row.form for row, it in zip(self.rows, likeness, strict=True) if _shows(row, kind) and score - it < TIE}
        form = self.rows[best].form if len(near) == 1 else None
        row = self.rows[best]
        return Likeness(kind, form, round(min(score, 1.0), 4), bar.threshold, row.text, row.key)


def claim(kind: str, rows: Sequence[Row], likeness: Vectors, left_out: int | None = None) -> int | None:
    """Return the place of the example that claims a sentence for a type; None if another sentence speaks against it.

    Args:
        kind: the type.
        rows: what the sentence is compared with.
        likeness: of the sentence to each of them.
        left_out: the place of the sentence itself, if it is one of them.
    """
    known = [(place, row, float(likeness[place])) for place, row in enumerate(rows) if place != left_out]
    best = max((it for it in known if _shows(it[1], kind)), key=lambda it: it[2], default=None)
    if best is None:
        return None
    place, _, score = best
    against = any(score <= it for _, row, it in known if _denies(row, kind))
    outdone = any(score + CLEARLY < it for _, row, it in known if row.holds)
    return None if against or outdone else place


def _shows(row: Row, kind: str) -> bool:
    return row.holds and row.type == kind


def _denies(row: Row, kind: str) -> bool:
    """Say whether a row tells of no event of a type; what is only not of a form of the type may well be of the type."""
    return row.type is None or (row.type == kind and not row.holds and row.form is None)


def fit(codebook: Codebook, embed: Embed) -> Similar:
    """Return what tells the types of a codebook from their examples. Types without examples are never told.

    Args:
        codebook: with examples and counterexamples.
        embed: from texts to one unit vector each, as rows.
    """
    rows = (*_rows(codebook), *(Row(text) for text in neutral()))
    kinds = dict.fromkeys(row.type for row in rows if row.type and row.holds)
    if not kinds:
        return Similar((), np.zeros((0, 0)), {})
    vectors = embed([row.text for row in rows])
    return Similar(rows, vectors, {kind: _bar(kind, rows, vectors @ vectors.T) for kind in kinds})


@cache
def neutral() -> tuple[str, ...]:
    """Return the plain sentences, which tell of no event."""
    return tuple((files("dateline.data") / "neutral.txt").read_text("utf-8").splitlines())


def _rows(codebook: Codebook) -> Iterator[Row]:
    for it in told(codebook):
        yield Row(it.example.text, it.type, it.form, it.holds, it.key)


def _bar(kind: str, rows: Sequence[Row], likeness: Vectors) -> Bar:
    """Return the bar of a type, given the likeness of every row to every row."""
    claims = [
        float(likeness[place, best]) if (best := claim(kind, rows, likeness[place], place)) is not None else -1.0
        for place in range(len(rows))
    ]
    mates = [claims[place] for place, row in enumerate(rows) if _shows(row, kind)]
    rivals = [claims[place] for place, row in enumerate(rows) if _denies(row, kind) or (row.holds and row.type != kind)]
    threshold = _threshold([it for it in mates if it >= 0], rivals)
    kept, let_in = (sum(it >= threshold for it in them) / max(1, len(them)) for them in (mates, rivals))
    return Bar(round(threshold, 4), round(kept, 4), round(let_in, 4))


def _threshold(mates: Sequence[float], rivals: Sequence[float]) -> float:
    """Return the threshold from the likenesses of claims that are right and of those that are wrong (-1: none).

    Where no example claims another, as with a single one, the threshold lies half-way from the wrong claims to 1.
    """
    allowed = int(LET_IN * len(rivals))
    above = float(np.nextafter(sorted(rivals, reverse=True)[allowed], 2.0))
    return max(above, min(mates)) if mates else (max(above, 0.0) + 1) / 2

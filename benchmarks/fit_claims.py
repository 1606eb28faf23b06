"""Fit the weights by which candidates for claims are judged, on the training split of PolNeAR, and write `claims.json`.

    python benchmarks/fit_claims.py GOLD/attribution_polnear/train.jsonl

A logistic regression with an L2 penalty over the features of `find_candidates`, fitted with Adam on the whole set, from
zero, in a fixed order: the same input gives the same file. A candidate is right where its content overlaps that of an
annotated attribution with an IoU of at least 0.5. The corpus flattens nested attributions, so a candidate inside the
content of another one counts neither as right nor as wrong. The file holds names of features and numbers alone.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.coding.parser import parse
from dateline.grounding.cues import load_cues
from dateline.grounding.sources import find_candidates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TARGET = Path(__file__).parents[1] / "src" / "dateline" / "data" / "claims.json"
ABOUT = (
    "Log-odds of a logistic regression over features of candidates for claims (benchmarks/fit_claims.py), fitted on "
    "the training split of PolNeAR 1.0 (Newell et al., LREC 2018). Names of features and numbers only, no text of it."
)
PENALTY, ROUNDS, RATE, LEAST_COUNT, LEAST_WEIGHT, LEAST_CHANCE = 6.0, 300, 0.1, 5, 0.05, 0.364
LEAST_OVERLAP = 0.5
Example = tuple[tuple[str, ...], bool]


def main(path: str) -> None:
    examples: list[Example] = []
    for line in Path(path).read_text("utf-8").splitlines():
        examples.extend(examples_of(json.loads(line)))
    weights = fit(examples)
    large = {name: round(weight, 2) for name, weight in sorted(weights.items()) if abs(weight) >= LEAST_WEIGHT}
    kept = {name: weight for name, weight in large.items() if is_ours(name)}
    threshold = round(math.log(LEAST_CHANCE / (1 - LEAST_CHANCE)), 2)
    data = {"about": ABOUT, "threshold": threshold, "weights": kept}
    TARGET.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(examples)} candidates, {sum(right for _, right in examples)} right, {len(kept)} weights -> {TARGET}")


def is_ours(feature: str) -> bool:
    """Say whether a feature names no word but one of our own list of cues: the corpus's words are not ours to ship."""
    lemma = feature.removeprefix("lemma=").split("/")[0]
    known = any(load_cues().is_cue(pos, lemma) for pos in ("VERB", "NOUN", "ADJ", "ADP", "ADV", "SCONJ"))
    return not feature.startswith("lemma=") or not lemma or known


def examples_of(article: dict[str, Any]) -> Iterator[Example]:
    """Yield the candidates of an article with whether they are right; those of unknown worth are left out."""
    gold = [cover(attribution["content"]) for attribution in article["attributions"]]
    inner = frozenset().union(*gold)
    candidates = find_candidates(article["text"], parse(article["text"]))
    right = matched([cover((part.start, part.end) for part in one.contents) for one in candidates], gold)
    for index, candidate in enumerate(candidates):
        if index in right or candidate.cue.start not in inner:
            yield candidate.features, index in right


def cover(spans: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(place for start, end in spans for place in range(start, end))


def matched(found: Sequence[frozenset[int]], gold: Sequence[frozenset[int]]) -> set[int]:
    """Return which contents are right: paired one to one with gold ones, the best overlaps first."""
    scored = sorted(
        (-len(ours & theirs) / len(ours | theirs), i, j)
        for i, ours in enumerate(found)
        for j, theirs in enumerate(gold)
        if not ours.isdisjoint(theirs)
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for score, i, j in scored:
        if -score >= LEAST_OVERLAP and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
    return taken[0]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weight of every feature that is seen often enough."""
    counts = Counter(name for features, _ in examples for name in features)
    names = sorted(name for name, count in counts.items() if count >= LEAST_COUNT)
    place = {name: column for column, name in enumerate(names)}
    pairs = [(row, place[name]) for row, (features, _) in enumerate(examples) for name in features if name in place]
    rows, columns = np.array(pairs).T
    truth = np.array([right for _, right in examples], dtype=float)
    weights, first, second = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, ROUNDS + 1):
        chance = 1 / (1 + np.exp(-np.bincount(rows, weights[columns], minlength=len(truth))))
        slope = np.bincount(columns, (chance - truth)[rows], minlength=len(names)) + PENALTY * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope * slope
        rate = RATE if step < ROUNDS * 2 / 3 else RATE * 0.3
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return dict(zip(names, weights.tolist(), strict=True))


if __name__ == "__main__":
    main(sys.argv[1])

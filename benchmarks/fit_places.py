"""Fit the weights of the place finder and of the place ranker: `python benchmarks/fit_places.py GOLD [STEP ...]`.

GOLD holds folders `toponyms_*` with a `train.jsonl` each. The weights go to `src/dateline/data/place_weights.toml`:
tables `parsed` and `bare` (logistic regression: does a stretch of words name a place?), `first` and `second`
(conditional logit: which of the places of that name?), `sure` (how sure is that?), `lend` (of a name of which it is not
sure: its own likeliest place, another of the report, or none?), `again` (a second look). Steps, all if none is named:
`certainty`, `ranking`, `lending`, `finding`. Deterministic; takes about five minutes, most of it parsing.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tomli

from dateline.coding.parser import parse_all
from dateline.config import load_config
from dateline.grounding import place_weights
from dateline.grounding.gazetteer import Entry, Gazetteer, Kind, open_gazetteer
from dateline.grounding.geonames import distance_km
from dateline.grounding.lending import (
    features_of_lender,
    features_of_none,
    features_of_own,
    find_lenders,
    own_of,
)
from dateline.grounding.place_weights import Features
from dateline.grounding.places import find_clues, first_belief, locate, sense_of, spell_out
from dateline.grounding.ranking import (
    SAME_KM,
    belief_of,
    features_of,
    features_of_answer,
    rank_all,
    rank_alone,
    resolve,
    spreads_of,
)
from dateline.grounding.surroundings import home_of
from dateline.grounding.toponyms import Looked, Toponym, choose_toponyms, look, mark_toponym, reweigh, search
from dateline.model.parse import Sentence
from dateline.model.text import Span

WEIGHTS = Path(__file__).parent.parent / "src/dateline/data/place_weights.toml"
HEADER = """# Weights of the place finder and the place ranker: feature -> weight. Written by benchmarks/fit_places.py.
# Fitted on the train splits of LGL, TR-News, GeoWebNews and GeoVirus; they hold no text of theirs.
"""
SETS = ("lgl", "trnews", "geowebnews", "geovirus")
HIT_KM = 161.0
"""100 miles: how close an answer must be to count as right where its certainty is fitted."""
DOUBTFUL = 0.9
"""Certainty below which a name that the rankings answered teaches lending, too: those left open are few."""
NO_NAMES = ("Demonym", "Language", "Homonym")
STEPS = 400
NEAR_KM = {Kind.COUNTRY: 161.0, Kind.ADMIN1: 161.0, Kind.REGION: 161.0}
"""How close an entry must lie to the gold point to be taken for it, where ids do not tell; else 60 km."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Document:
    """One article of a gold set, parsed."""

    text: str
    sentences: tuple[Sentence, ...]
    toponyms: list[dict[str, Any]]
    publisher: str | None = None


@dataclass(frozen=True)
class Example:
    """Rows of features of which at least one is right (a choice), or one row that is right or not; and its weight."""

    rows: list[Features]
    right: list[bool]
    weight: float = 1.0


def load_documents(gold: Path, gazetteer: Gazetteer) -> list[Document]:
    """Return the parsed training articles of all sets; demonyms are left out of their toponyms."""
    records = [
        json.loads(line)
        for name in SETS
        for line in (gold / f"toponyms_{name}" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    parsed = parse_all([record["text"] for record in records])
    return [
        Document(
            record["text"],
            sentences,
            [t for t in record["toponyms"] if _is_name(t, gazetteer)],
            record.get("publisher"),
        )
        for record, sentences in zip(records, parsed, strict=True)
    ]


def _is_name(toponym: dict[str, Any], gazetteer: Gazetteer) -> bool:
    return toponym.get("type") not in NO_NAMES and gazetteer.demonym(toponym["name"]) is None


def strip_tokens(document: Document) -> Document:
    """Return the article as if no sentence had been parsed."""
    return replace(document, sentences=tuple(replace(sentence, tokens=()) for sentence in document.sentences))


def find_examples(document: Document, gazetteer: Gazetteer) -> Iterator[Example]:
    """Yield every candidate of an article and whether it is a toponym."""
    gold = {(toponym["start"], toponym["end"]) for toponym in document.toponyms}
    for sentence in look(search(document.text, document.sentences, gazetteer)):
        for one in sentence:
            yield Example([one.features], [_span(one) in gold])


def doubtful_examples(document: Document, gazetteer: Gazetteer) -> Iterator[Example]:
    """Yield every candidate that gets a second look, with the features of that look, and whether it is a toponym."""
    gold = {(toponym["start"], toponym["end"]) for toponym in document.toponyms}
    searched = search(document.text, document.sentences, gazetteer)
    looks = look(searched)
    clues = find_clues(searched, gazetteer, document.publisher)
    belief = first_belief(choose_toponyms(looks), clues, gazetteer)
    again = reweigh(looks, belief, home_of(clues.publisher, gazetteer))
    for one, features in zip(chain.from_iterable(looks), chain.from_iterable(again), strict=True):
        if features:
            yield Example([features], [_span(one) in gold])


def _span(one: Looked) -> tuple[int, int]:
    words = one.stretch.words
    return words[one.stretch.first].start, words[one.stretch.last - 1].end


def rank_examples(document: Document, gazetteer: Gazetteer, *, is_second: bool) -> Iterator[Example]:
    """Yield every sense of an article that has several places, one of them right."""
    marked = [(gold, toponym) for gold in document.toponyms if (toponym := _mark(document, gold, gazetteer))]
    senses = sense_of([toponym for _, toponym in marked])
    candidates = {sense: toponym.entries for sense, (_, toponym) in zip(senses, marked, strict=True)}
    counts = Counter(senses)
    searched = search(document.text, document.sentences, gazetteer)
    clues = find_clues(searched, gazetteer, document.publisher)
    belief = belief_of(spreads_of(rank_alone(candidates, clues, gazetteer))) if is_second else None
    for sense, gold in {sense: gold for sense, (gold, _) in reversed(list(zip(senses, marked, strict=True)))}.items():
        featured = features_of(sense, candidates[sense], clues, belief, gazetteer)
        right = [is_right(entry, gold) for entry, _ in featured]
        if any(right) and len(right) > 1:
            yield Example([features for _, features in featured], right, min(counts[sense], 4) ** 0.5)


def _mark(document: Document, gold: dict[str, Any], gazetteer: Gazetteer) -> Toponym | None:
    if gold["lat"] is None:
        return None
    return mark_toponym(document.text, document.sentences, Span(gold["start"], gold["end"]), gazetteer)


def is_right(entry: Entry, gold: dict[str, Any]) -> bool:
    """Say whether an entry is the gold place, by its GeoNames id or by its point."""
    if gold.get("geonames_id") and entry.id == int(gold["geonames_id"]):
        return True
    return distance_km(entry.lat, entry.lon, gold["lat"], gold["lon"]) < NEAR_KM.get(entry.kind, 60.0)


def fit(examples: Sequence[Example], *, least: int, l2: float) -> dict[str, float]:
    """Return the weights that make the right rows likely: against the wrong rows of a choice, or against "no"."""
    names = _common(examples, least)
    index = {name: number for number, name in enumerate(names)}
    flat = [features for example in examples for features in example.rows]
    cells = [(row, index[name], value) for row, fs in enumerate(flat) for name, value in fs if value and name in index]
    rows, columns, values = (np.array(column) for column in zip(*cells, strict=True))
    pull = _pull(examples)

    def slope(weights: Vector) -> Vector:
        scores = np.asarray(np.bincount(rows, weights=values * weights[columns], minlength=len(flat)), dtype=float)
        forces = values * pull(scores)[rows]
        return np.asarray(np.bincount(columns, weights=forces, minlength=len(names)) + l2 * weights)

    weights = _descend(slope, len(names), len(examples) ** 0.5)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.05}


def _common(examples: Sequence[Example], least: int) -> list[str]:
    """Return the features that enough examples have, sorted."""
    seen = Counter(name for e in examples for name in {name for row in e.rows for name, value in row if value})
    return sorted(name for name, count in seen.items() if count >= least)


def _pull(examples: Sequence[Example]) -> Callable[[Vector], Vector]:
    """Return the function from the scores of all rows to the slope of the loss at each."""
    right = np.array([is_right for example in examples for is_right in example.right], dtype=float)
    group = np.repeat(np.arange(len(examples)), [len(example.rows) for example in examples])
    weight = np.array([example.weight for example in examples])[group]
    if len(group) == len(examples):
        return lambda scores: weight * (1 / (1 + np.exp(-scores)) - right)
    return lambda scores: weight * (_share(scores, np.ones_like(right), group) - _share(scores, right, group))


def _share(scores: Vector, mask: Vector, group: npt.NDArray[np.int64]) -> Vector:
    """Return the softmax of the masked scores within each group."""
    top = np.full(group[-1] + 1, -np.inf)
    np.maximum.at(top, group, np.where(mask > 0, scores, -np.inf))
    mass = np.where(mask > 0, np.exp(np.minimum(scores - top[group], 0)), 0.0)
    return np.asarray(mass / np.bincount(group, weights=mass)[group])


def _descend(slope: Callable[[Vector], Vector], size: int, scale: float) -> Vector:
    """Minimise by Adam with a falling step, from zero."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        gradient = slope(weights) / scale
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        pace = 0.1 * (1 - step / STEPS) + 0.002
        weights = weights - pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def write_table(name: str, weights: dict[str, float]) -> None:
    """Put one table into the file of weights, the others unchanged; what was loaded is forgotten."""
    tables = tomli.loads(WEIGHTS.read_text(encoding="utf-8")) if WEIGHTS.exists() else {}
    tables[name] = weights
    lines = [HEADER]
    for table, entries in tables.items():
        lines += [f"[{table}]", *(f"{json.dumps(key)} = {value}" for key, value in entries.items()), ""]
    WEIGHTS.write_text("\n".join(lines), encoding="utf-8")
    place_weights.load_tables.cache_clear()
    print(f"{name}: {len(weights)} features")


def sure_examples(document: Document, gazetteer: Gazetteer) -> Iterator[Example]:
    """Yield the likeliest place of every sense of an article, and whether it is the right one."""
    marked = [(gold, toponym) for gold in document.toponyms if (toponym := _mark(document, gold, gazetteer))]
    senses = sense_of([toponym for _, toponym in marked])
    candidates = {sense: toponym.entries for sense, (_, toponym) in zip(senses, marked, strict=True)}
    clues = find_clues(search(document.text, document.sentences, gazetteer), gazetteer, document.publisher)
    belief = belief_of({sense: it.spread for sense, it in resolve(candidates, clues, gazetteer).items()})
    answers = rank_all(candidates, clues, belief, gazetteer)
    golds = {sense: gold for sense, (gold, _) in reversed(list(zip(senses, marked, strict=True)))}
    for sense, gold in golds.items():
        if answers[sense].spread:
            entry, probability = max(answers[sense].spread, key=lambda pair: pair[1])
            featured = dict(features_of(sense, candidates[sense], clues, belief, gazetteer))
            alike = sum(p for other, p in answers[sense].spread if distance_km(*_at(entry), *_at(other)) <= SAME_KM)
            features = features_of_answer(entry, featured[entry], max(alike, probability), len(candidates[sense]))
            yield Example([features], [distance_km(*_at(entry), gold["lat"], gold["lon"]) <= HIT_KM])


def _at(entry: Entry) -> tuple[float, float]:
    return entry.lat, entry.lon


def lend_examples(document: Document, gazetteer: Gazetteer) -> Iterator[Example]:
    """Yield every doubtful name of an article: is it its likeliest place, or near which of the report's, or neither?"""
    marked = [(gold, toponym) for gold in document.toponyms if (toponym := _mark(document, gold, gazetteer))]
    clues = find_clues(search(document.text, document.sentences, gazetteer), gazetteer, document.publisher)
    located = locate(spell_out([toponym for _, toponym in marked], clues, gazetteer), clues, gazetteer)
    known = [one for one in located if one.answer.entry]
    counts = Counter(toponym.name for _, toponym in marked)
    home = home_of(clues.publisher, gazetteer)
    for (gold, toponym), one in zip(marked, located, strict=True):
        lenders = find_lenders(toponym, known) if one.answer.certainty < DOUBTFUL else []
        if lenders:
            own = own_of(one)
            entries = [*(it.entry for it in lenders), *([own] if own else [])]
            near = [distance_km(*_at(it), gold["lat"], gold["lon"]) <= HIT_KM for it in entries]
            rows = [features_of_lender(document.text, toponym, it, lenders, home) for it in lenders]
            rows += [features_of_own(document.text, one, own, lenders)] if own else []
            weight = min(counts[toponym.name], 4) ** 0.5 / counts[toponym.name]
            yield Example([features_of_none(one), *rows], [not any(near), *near], weight)


def fit_ranking(documents: Sequence[Document], gazetteer: Gazetteer) -> None:
    """Fit the two rankings: the second on what the first believes."""
    for name, is_second in (("first", False), ("second", True)):
        ranked = [e for d in documents for e in rank_examples(d, gazetteer, is_second=is_second)]
        write_table(name, fit(ranked, least=5, l2=1.0))


def fit_certainty(documents: Sequence[Document], gazetteer: Gazetteer) -> None:
    """Fit how sure an answer is: on each half of the articles, answered by rankings fitted on the other half."""
    halves = documents[::2], documents[1::2]
    judged: list[Example] = []
    for learnt, held in (halves, halves[::-1]):
        fit_ranking(learnt, gazetteer)
        judged += [e for d in held for e in sure_examples(d, gazetteer)]
    write_table("sure", fit(judged, least=5, l2=1.0))


def fit_lending(documents: Sequence[Document], gazetteer: Gazetteer) -> None:
    """Fit where a doubtful name lies: on each half of the articles, ranked by what was fitted on the other half."""
    kept = {name: dict(place_weights.load_weights(name)) for name in ("first", "second")}
    halves = documents[::2], documents[1::2]
    examples: list[Example] = []
    for learnt, held in (halves, halves[::-1]):
        fit_ranking(learnt, gazetteer)
        examples += [e for d in held for e in lend_examples(d, gazetteer)]
    for name, weights in kept.items():
        write_table(name, weights)
    write_table("lend", fit(examples, least=5, l2=1.0))


def fit_finding(documents: Sequence[Document], gazetteer: Gazetteer) -> None:
    """Fit the second look, on each half of the articles after a first look fitted on the other half; then the first."""
    pairs = [(document, strip_tokens(document)) for document in documents]
    halves = pairs[::2], pairs[1::2]
    doubtful: list[Example] = []
    for learnt, held in (halves, halves[::-1]):
        fit_first_look(learnt, gazetteer)
        doubtful += [e for pair in held for document in pair for e in doubtful_examples(document, gazetteer)]
    write_table("again", fit(doubtful, least=8, l2=1.0))
    fit_first_look(pairs, gazetteer)


def fit_first_look(pairs: Sequence[tuple[Document, Document]], gazetteer: Gazetteer) -> None:
    """Fit the first look at articles that are parsed, and at the same ones bare."""
    for name, some in (("parsed", [parsed for parsed, _ in pairs]), ("bare", [bare for _, bare in pairs])):
        write_table(name, fit([e for d in some for e in find_examples(d, gazetteer)], least=8, l2=2.0))


def main(gold: Path, only: Sequence[str]) -> None:
    """Fit all tables in the order in which they build on each other, or those of some steps alone."""
    gazetteer = open_gazetteer(load_config().cache)
    documents = load_documents(gold, gazetteer)
    steps = {"certainty": fit_certainty, "ranking": fit_ranking, "lending": fit_lending, "finding": fit_finding}
    for step in only or steps:
        steps[step](documents, gazetteer)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

"""Learn the weights between reports: `src/dateline/data/link_weights.toml`.

    python benchmarks/fit_links.py GOLD

Two logistic regressions over the features of `linking.compare`. What the words around a mention say is learned from
linking_ecbplus (train; validated event mentions; pairs of two topics are sampled, so that the base rate is that of an
archive and not of one story). What was coded (days, place, actors, figures) is learned from linking_maverick (dev: it
has no train split; pairs that share a block), and so is the prior, set to the best F1 of pairs. It is fitted twice more
without the events of some years, and judged there by the weights that have not seen them. What no pair shows keeps its
weight by reason; a weight that would be negative is none. Deterministic, some minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from dateline.config import load_config
from dateline.evaluating.gold import ecbplus, maverick
from dateline.evaluating.spine import Spine
from dateline.linking.block import candidates
from dateline.linking.compare import FEATURES, findings_of
from dateline.linking.conflict import conflict_of, is_within
from dateline.linking.gist import gists_of
from dateline.linking.profile import Profile, profiles_of
from dateline.model.event import Mention

OUT = Path("src/dateline/data/link_weights.toml")
REASON = {"form": 1.5, "recipient": 2.0, "status": 3.0, "words": 0.0, "wave": 9.0, "copied": 12.0}
"""Bits of features that the pairs do not show. Of two waves of one land and month every second pair is one wave. The
same words stand around 244 of 15,211 pairs of one event in ECB+ (train), and around 31 of the 7.2 million others, most
of which are one event that nobody marked as such: 12 bits at least."""
WORDS = ("trigger", "near", "report", "story")
CODED = ("days", "place", "actor", "figures", "crowd")
FOLDS = ((0, 2010), (2011, 9999))
LEARNT = [*CODED, *WORDS]
FAR = 60_000
"""Pairs of two topics that are taken; each stands for many."""
PENALTY = 1.0

Numbers = np.ndarray[Any, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    gold = parser.parse_args().gold
    (told, one, stands) = _told(gold)
    words = dict(zip(WORDS, fit(told[:, _places(WORDS)], one, stands)[:-1], strict=True))
    (coded, same), years = _coded(gold)
    lines = ["# Bits between reports, see linking/compare.py. Made by benchmarks/fit_links.py; do not edit by hand."]
    lines += ["", "[all]", *_section("all", words, coded, same)]
    for first, last in FOLDS:
        others = (years < first) | (years > last)
        lines += ["", "[[fold]]", f"first = {first}", f"last = {last}"]
        lines += _section("fold", words, coded[others], same[others])
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


def _section(name: str, words: dict[str, float], coded: Numbers, same: Numbers) -> Iterator[str]:
    """Yield the weights in a section of the file; of records that people coded, the trigger is their headline."""
    names = (*CODED, "trigger")
    x = coded[:, _places(names)]
    *weights, prior = fit(x, same, np.ones(len(same)))
    prior -= _best_cut(x @ np.array(weights) + prior, same)
    own = dict(zip(names, weights, strict=True))
    natural = (own | words if name == "all" else words | own).items()
    bits = {feature: weight / math.log(2) for feature, weight in natural} | REASON
    yield from (f"prior = {prior / math.log(2):.2f}", "", f"[{name}.bits]")
    yield from (f"{feature.name} = {bits[feature.name]:.2f}" for feature in FEATURES)


def _best_cut(odds: Numbers, same: Numbers) -> float:
    """Return the logarithm of the odds from which taking pairs for one gives the best F1."""
    order = np.argsort(-odds, kind="stable")
    hits = np.cumsum(same[order])
    return float(odds[order][int((2 * hits / (np.arange(1, len(same) + 1) + same.sum())).argmax())])


def _places(names: Sequence[str]) -> list[int]:
    return [LEARNT.index(name) for name in names]


def fit(x: Numbers, y: Numbers, mass: Numbers) -> list[float]:
    """Return the weights, and the offset last, in natural units.

    A feature whose weight would be negative is left out, the most negative first, until none is.
    """
    x = np.column_stack([x, np.ones(len(x))])
    kept = list(range(x.shape[1]))
    while True:
        w = _newton(x[:, kept], y.astype(float), mass)
        worst = int(w[:-1].argmin())
        if w[worst] >= 0:
            full = np.zeros(x.shape[1])
            full[kept] = w
            return list(map(float, full))
        del kept[worst]


def _newton(x: Numbers, y: Numbers, mass: Numbers) -> Numbers:
    """Return the weights of the logistic regression with a light ridge penalty, by Newton's method."""
    w, ridge = np.zeros(x.shape[1]), PENALTY * np.append(np.ones(x.shape[1] - 1), 0.0)
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (mass * (p - y)) + ridge * w
        curve = (x * (mass * p * (1 - p))[:, None]).T @ x + np.diag(ridge + 1e-9)
        step = np.linalg.solve(curve, slope)
        w = w - step * min(1.0, 4.0 / np.abs(step).max())
        if np.abs(step).max() < 1e-8:
            break
    return w


def _row(left: Profile, right: Profile) -> list[float]:
    found = {feature.name: finding.value for feature, finding in findings_of(left, right)}
    return [found.get(name, 0.0) for name in LEARNT]


def _told(gold: Path) -> tuple[Numbers, Numbers, Numbers]:
    """Return the pairs of ECB+ that do not conflict: features, whether they are one, how many pairs each stands for."""
    stages = Spine(load_config())
    profiles: list[tuple[Profile, str, str]] = []
    for record in _records(gold / "linking_ecbplus" / "train.jsonl"):
        report = ecbplus.read_report(record)
        chains = ecbplus.chains_of(record)
        mentions = stages.ground(report, ecbplus.coding_of(report, sorted(chains), stages))
        chain = {it.id: chains[it.trigger.start, it.trigger.end] for it in mentions}
        made = profiles_of(mentions, gists_of(report, mentions))
        profiles += [(it, chain[it.mention.id], record["topic"]) for it in made]
    near = [(a, b) for a, b in combinations(profiles, 2) if a[2] == b[2] and _can_be(a[0], b[0])]
    far = [(a, b) for a, b in _far(profiles) if _can_be(a[0], b[0])]
    total = len(profiles) * (len(profiles) - 1) / 2 - len(near)
    rows = [_row(a[0], b[0]) for a, b in (*near, *far)]
    one = [a[1] == b[1] for a, b in (*near, *far)]
    return np.array(rows), np.array(one), np.array([1.0] * len(near) + [total / FAR] * len(far))


def _far(profiles: Sequence[tuple[Profile, str, str]]) -> Iterator[Any]:
    dice = Random(0)
    taken = 0
    while taken < FAR:
        a, b = dice.choice(profiles), dice.choice(profiles)
        if a[2] != b[2]:
            taken += 1
            yield a, b


def _can_be(left: Profile, right: Profile) -> bool:
    return not is_within(left, right) and not conflict_of(left, right)


def _coded(gold: Path) -> tuple[tuple[Numbers, Numbers], Numbers]:
    """Return the pairs of MAVERICK that share a block and do not conflict, and the year of each."""
    sources: dict[str, list[dict[str, Any]]] = {}
    for record in _records(gold / "linking_maverick" / "dev.jsonl"):
        sources.setdefault(record["source"], []).append(record)
    about: dict[str, dict[str, Any]] = {}
    mentions: list[Mention] = []
    for its in sources.values():
        _, made = maverick.read_source(its)
        about |= {mention.id: record for mention, record in zip(made, its, strict=True)}
        mentions += made
    pairs = [pair for pair in candidates(profiles_of(mentions)) if _can_be(*pair)]
    events = [tuple(about[it.mention.id]["event_id"] for it in pair) for pair in pairs]
    years = np.array([int(about[a.mention.id]["date_start"][:4]) for a, _ in pairs])
    rows = np.array([_row(a, b) for a, b in pairs])
    return (rows, np.array([a == b for a, b in events])), years


def _records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()

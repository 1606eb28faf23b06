"""Learn which of the words that the small network of `swift` marks are whose parties, from our own sentences.

`python -m training.fit_belonging [--encoder FOLDER] [--out FILE]`, after `export_pupil`; a minute.

Multinomial logistic regression over pairs of an event and a candidate: is it the event's actor, its recipient, or
neither? The network knows by heart who is marked in the sentences that taught it. Those that it has not learnt from
(documents held back, and the sentences aimed at misses) therefore count `FRESH` times, and of the others a second copy,
in which no role is marked but only sides, counts too. An event without a marked actor may share one that is marked for
another event: such a pair counts little, as the guidelines leave it out.

What this is worth is printed: a half of the sentences that the network has not learnt from is judged by weights learnt
without it, with all the rules beside them, and so the other half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.coding.belonging import APART, FILE, Belonging, arguments_of, is_done_to, unpack
from dateline.coding.candidates import candidates_of
from dateline.coding.nearby import clauses_of
from dateline.coding.pupil import Pupil
from dateline.coding.scene import Line, Offered, Scene, Told, scene_of
from dateline.coding.skimming import DOUBTS, Skimmed, skim
from dateline.coding.swift import told_once
from dateline.model.ground import Role
from dateline.model.text import Span, make_report
from training.annotations import FOLDER, Example, Marked, read_examples
from training.corpora import is_held, own_sample

PARTIES = (None, Role.ACTOR, Role.RECIPIENT)
"""What a candidate may be of an event."""
SEEN = 30
"""Pairs in which a feature must be seen to have a weight."""
STRENGTH = 0.03
"""Inverse of the ridge penalty."""
FRESH, SHARED, BARE = 3.0, 0.1, 0.4
"""What counts: a sentence that the network has not learnt from; a pair that the guidelines leave out; a bare copy."""
LIFT = (0, 40)
"""Added for actor and recipient, in units of a weight: of 0 to 80 the best F1 on sentences that the network has not
learnt from, by weights learnt without that half of them."""
SCALE = 100
"""Units of a weight, a whole number, to one."""
LEAST = 3
"""Weights that are smaller, in units, are left out."""
PART = 512
HEADS = ("roles", "sides")
ROLES = frozenset({"actor", "recipient"})
OUT = Path(__file__).parents[1] / "src" / "dateline" / "data" / FILE


@dataclass(frozen=True, slots=True)
class Pair:
    """An event and a candidate: what can be seen, what the candidate is (place in `PARTIES`), and what that counts."""

    features: tuple[str, ...]
    party: int
    weight: float


def examples() -> list[Example]:
    """Return our own sentences with all that they tell marked."""
    return [it for it in read_examples(sorted(FOLDER.glob("*.txt"))) if it.is_marked]


def is_fresh(example: Example) -> bool:
    """Say whether the network has not learnt from a sentence."""
    return example.id.startswith("aimed") or is_held(own_sample(example))


def scenes(pupil: Pupil, given: Sequence[Example]) -> Iterator[tuple[Example, Scene]]:
    """Yield sentences with what the network finds in them."""
    for start in range(0, len(given), PART):
        part = given[start : start + PART]
        answers = pupil.read([it.text for it in part])
        for example, skimmed in zip(part, skim(pupil.card, answers, doubts=DOUBTS), strict=True):
            yield example, _scene(example.text, skimmed)


def _scene(text: str, skimmed: Skimmed) -> Scene:
    report, sentence = make_report(text), Span(0, len(text))
    told = told_once(report, [(it, report.cite(it.start, it.end)) for it in skimmed.named])
    clauses = clauses_of(report, sentence, [trigger for _, trigger in told]) if told else []
    events = [(it.type, trigger, clause) for (it, trigger), clause in zip(told, clauses, strict=True)]
    roles, sides = ([(it.role, it.start, it.end, it.score) for it in skimmed.marked.get(head, ())] for head in HEADS)
    return scene_of(Line.of(report, 0, len(text)), events, candidates_of(report, roles, sides))


def pairs(example: Example, scene: Scene) -> Iterator[Pair]:
    """Yield the pairs of a sentence whose event is annotated."""
    count = FRESH if is_fresh(example) else 1.0
    bare = scene._replace(offered=tuple(map(_without_role, scene.offered)))
    for number, place in matches(example, scene).items():
        mine = _marks_of(example, number)
        for it, plain in zip(scene.offered, bare.offered, strict=True):
            known = _party(example, scene, place, it, mine)
            if known and it.is_open:
                party, weight = known
                event = scene.told[place]
                yield Pair(_seen(scene, event, it), party, weight * count)
                if count == 1 and plain is not it:
                    yield Pair(_seen(bare, event, plain), party, weight * BARE)


def _marks_of(example: Example, number: int) -> list[Marked]:
    """Return the marks of an event's parties."""
    return [it for it in example.marks if it.role in ROLES and number in (it.events or (number,))]


def _seen(scene: Scene, event: Told, it: Offered) -> tuple[str, ...]:
    return tuple(map(APART.join, (*scene.about(event, event.side_of(it)), *scene.between(event, it))))


def _without_role(it: Offered) -> Offered:
    return it if "-" in (it.role, it.mark) else it._replace(role="-", sure="-2")


def matches(example: Example, scene: Scene) -> dict[int, int]:
    """Return the place of each annotated event among those found."""
    found: dict[int, int] = {}
    for event in example.events:
        triggers = [it for it in example.marks if it.role == "trigger" and event.number in it.events]
        place = next(
            (
                place
                for place, told in enumerate(scene.told)
                if place not in found.values() and _at(scene, told, triggers)
            ),
            None,
        )
        if place is not None:
            found[event.number] = place
    return found


def _at(scene: Scene, told: Told, marks: Iterable[Marked]) -> bool:
    start, end = scene.line.starts[told.first], scene.line.ends[told.last - 1]
    return any(start < it.end and it.start < end for it in marks)


def _party(example: Example, scene: Scene, place: int, it: Offered, mine: Sequence[Marked]) -> tuple[int, float] | None:
    """Return what a candidate is of an event, and what that counts; None if the annotation leaves it open."""
    hit = next((mark for mark in mine if _meets(it, mark)), None)
    if hit is None:
        return 0, SHARED if _may_share(example, it, mine) else 1.0
    if hit.role == "actor":
        return PARTIES.index(Role.RECIPIENT if _is_with(scene, place, it) else Role.ACTOR), 1.0
    is_loose = not hit.events and place != _nearest(scene, hit)
    return None if is_loose else (PARTIES.index(Role.RECIPIENT), 1.0)


def _is_with(scene: Scene, place: int, it: Offered) -> bool:
    """Say whether a side stands behind "with": by the guidelines an actor, a recipient by what Dateline tells."""
    return is_done_to(scene, scene.told[place], it) and it.lead == "with"


def _nearest(scene: Scene, mark: Marked) -> int:
    return min(range(len(scene.told)), key=lambda place: abs(scene.line.starts[scene.told[place].first] - mark.start))


def _may_share(example: Example, it: Offered, mine: Sequence[Marked]) -> bool:
    """Say whether a candidate, marked for another event, may act in this one too."""
    others = [mark for mark in example.marks if mark.role in ROLES and _meets(it, mark)]
    roles = {mark.role for mark in mine}
    return bool(others) and ("actor" not in roles or others[0].role not in roles)


def _meets(it: Offered, mark: Marked) -> bool:
    words = it.marked.evidence
    return mark.start < words.end and words.start < mark.end


def fit(given: Sequence[Pair]) -> dict[str, Any]:
    """Return the weights file."""
    counts = Counter(name for it in given for name in set(it.features))
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    columns = {name: column for column, name in enumerate(names)}
    cells = [(row, columns[name]) for row, it in enumerate(given) for name in set(it.features) if name in columns]
    rows, places = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (rows, places)), (len(given), len(names)))
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(matrix, [it.party for it in given], sample_weight=[it.weight for it in given])
    against = np.rint(SCALE * (model.coef_ - model.coef_[0])[1:]).astype(int)
    bias = np.rint(SCALE * (model.intercept_ - model.intercept_[0])[1:]).astype(int)
    weights = {name: it.tolist() for name, it in zip(names, against.T, strict=True) if np.abs(it).max() >= LEAST}
    return {"bias": (bias + LIFT).tolist(), "weights": weights}


Sentences = Sequence[tuple[Example, Scene]]


def judged(rows: Sentences) -> Counter[str]:
    """Return how many events have the right parties where the network has not learnt, by weights learnt without.

    Keys: `events` that are annotated, `found`, and `right` in all their parties. Of those found that are wrong, why:
    what is no party is taken (`extra`), a party is not (`missed`), or for the other side (`swapped`), or is no
    candidate (`unmarked`). An event may be wrong for several reasons.
    """
    tally: Counter[str] = Counter()
    for half in (0, 1):
        tested = [row for row in rows if is_fresh(row[0]) and half_of(row[0]) == half]
        learnt = [row for row in rows if not (is_fresh(row[0]) and half_of(row[0]) == half)]
        weights = fit([it for row in learnt for it in pairs(*row)])
        tally += judge(unpack(json.dumps(weights).encode()), tested)
    return tally


def half_of(example: Example) -> int:
    """Return which half a sentence is in, 0 or 1, by its text."""
    return hashlib.sha256(example.text.encode()).digest()[0] % 2


def judge(weights: Belonging, rows: Sentences) -> Counter[str]:
    """Return what `judged` counts, by such weights."""
    tally: Counter[str] = Counter()
    for example, scene in rows:
        found = matches(example, scene)
        wrong = [set(_wrongs(weights, example, scene, *it)) for it in found.items()]
        tally.update({"events": len(example.events), "found": len(found), "right": wrong.count(set())})
        tally.update(why for reasons in wrong for why in reasons)
    return tally


def _wrongs(weights: Belonging, example: Example, scene: Scene, number: int, place: int) -> Iterator[str]:
    """Yield what is wrong with the parties of an event; what the annotation leaves open is not."""
    mine = _marks_of(example, number)
    given = {it.evidence.start: it.role for it in arguments_of(weights, scene, scene.told[place])}
    for it in scene.offered:
        known, told = _party(example, scene, place, it, mine), given.get(it.start)
        if known and known[1] != SHARED and PARTIES[known[0]] is not told:
            yield "extra" if known[0] == 0 else "swapped" if told else "missed"
    near = [it for it in mine if it.role == "actor" or it.events or place == _nearest(scene, it)]
    if not all(any(_meets(it, mark) for it in scene.offered) for mark in near):
        yield "unmarked"


def write(path: Path, weights: dict[str, Any]) -> None:
    """Write the weights, a feature a line."""
    lines = ",\n".join(
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(it)}" for name, it in weights["weights"].items()
    )
    path.write_text(f'{{\n "bias": {json.dumps(weights["bias"])},\n "weights": {{\n{lines}\n }}\n}}\n', "utf-8")
    print(f"{path}: {len(weights['weights'])} features, {path.stat().st_size} bytes")


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, default=Path(str(files("dateline.data") / "encoder")))
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    rows = list(scenes(Pupil(given.encoder), examples()))
    told = judged(rows)
    print(f"all parties right, of events found held back: {told['right'] / told['found']:.3f}", sorted(told.items()))
    write(given.out, fit([it for row in rows for it in pairs(*row)]))


if __name__ == "__main__":
    main()

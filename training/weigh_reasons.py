"""Weigh the rules by which words decide an event's status: how often each is right on the sentences we annotated.

`python -m training.weigh_reasons --bench FOLDER` writes `data/reasons.toml`. Sentences that judge are never looked at.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from dateline.coding.fusion import top_of
from dateline.coding.parser import parse
from dateline.coding.status import Reason, find_status
from dateline.coding.tree import Tree
from training.corpora import load_labels, load_own
from training.samples import Sample, Trigger

HEAD = """\
# How often each rule of dateline/coding/status.py is right on the sentences of `training` (one added on both sides).
# Made by `python -m training.weigh_reasons`.
"""


def reasons(samples: Iterable[Sample]) -> Iterator[tuple[Reason, Trigger]]:
    """Yield what decides the status of each annotated event, with the event."""
    for sample in samples:
        for sentence in parse(sample.text) if sample.triggers else ():
            for trigger in sample.triggers or ():
                found = _reason(Tree.of(sentence), trigger)
                if found is not None:
                    yield found, trigger


def _reason(tree: Tree, trigger: Trigger) -> Reason | None:
    inside = [it for it in tree.within(trigger.start, trigger.end) if it.pos != "PUNCT"]
    if not inside:
        return None
    own = frozenset(range(inside[0].index, inside[-1].index + 1))
    return find_status(tree, top_of(tree, inside), own, trigger.type)


def weigh(told: Iterable[tuple[Reason, Trigger]]) -> dict[str, float]:
    """Return the share of events, rule by rule, whose status it gives as annotated."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for reason, trigger in told:
        every[reason.rule] += 1
        right[reason.rule] += reason.status == trigger.status
    return {rule: round((right[rule] + 1) / (every[rule] + 2), 2) for rule in sorted(every)}


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    weights = weigh(reasons([*load_own(), *load_labels(parser.parse_args().bench)]))
    rows = "".join(f'"{rule}" = {weight:.2f}\n' for rule, weight in weights.items())
    Path(str(files("dateline.data") / "reasons.toml")).write_text(HEAD + rows, "utf-8")


if __name__ == "__main__":
    main()

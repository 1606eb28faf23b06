"""How far two annotators agree who worked apart: `training/second` against the same records of `training/sentences`.

`python -m training.agreement`. Events are paired by overlapping triggers; Cohen's kappa over the pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.annotations import FOLDER, Example, Labelled, Marked, read_examples

SECOND = Path(__file__).parent / "second"
Pair = tuple[Labelled, Labelled]


def pairs_of_records() -> list[tuple[Example, Example]]:
    """Return the records that were annotated twice, first and second annotation."""
    first = {example.text: example for example in read_examples(sorted(FOLDER.glob("*.txt")))}
    second = read_examples(sorted(SECOND.glob("*.txt")))
    return [(first[example.text], example) for example in second if example.text in first]


def pair_events(first: Example, second: Example) -> Iterator[Pair]:
    """Yield the events of both annotations whose triggers overlap, each once, in order."""
    left = {event.number: event for event in second.events}
    for event in first.events:
        other = next((it for it in left.values() if _touch(_trigger(first, event), _trigger(second, it))), None)
        if other is not None:
            yield event, left.pop(other.number)


def _trigger(example: Example, event: Labelled) -> list[Marked]:
    return [mark for mark in example.marks if mark.role == "trigger" and event.number in mark.events]


def _touch(left: Sequence[Marked], right: Sequence[Marked]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in left for b in right)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa (1960): agreement beyond what chance would give."""
    total = len(pairs)
    seen = sum(a == b for a, b in pairs) / total
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[name] * right[name] for name in left) / total**2
    return (seen - chance) / (1 - chance)


def _f1(both: int, first: int, second: int) -> float:
    return 2 * both / (first + second)


def _spans(records: Sequence[tuple[Example, Example]], role: str) -> float:
    both = first = second = 0
    for left, right in records:
        ours = {(mark.start, mark.end) for mark in left.marks if mark.role == role}
        theirs = {(mark.start, mark.end) for mark in right.marks if mark.role == role}
        both, first, second = both + len(ours & theirs), first + len(ours), second + len(theirs)
    return _f1(both, first, second)


def main() -> None:
    records = pairs_of_records()
    pairs = [pair for record in records for pair in pair_events(*record)]
    counts = [sum(len(record[side].events) for record in records) for side in (0, 1)]
    print(f"{len(records)} records; events {counts[0]} and {counts[1]}, paired {len(pairs)}")
    print(f"events found by both: F1 {_f1(len(pairs), *counts):.3f}")
    print(f"holds an event: kappa {kappa([(str(bool(a.events)), str(bool(b.events))) for a, b in records]):.3f}")
    for name in ("type", "status"):
        values = [(str(getattr(a, name)), str(getattr(b, name))) for a, b in pairs]
        print(f"{name}: agree {sum(a == b for a, b in values) / len(values):.3f}, kappa {kappa(values):.3f}")
    same = [(str(a.form), str(b.form)) for a, b in pairs if a.type == b.type]
    print(f"form, where the type is the same: agree {sum(a == b for a, b in same) / len(same):.3f}")
    for role in ("actor", "recipient", "place", "time", "figure"):
        print(f"{role}, exact spans: F1 {_spans(records, role):.3f}")


if __name__ == "__main__":
    main()

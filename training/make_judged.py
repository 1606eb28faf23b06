"""Turn the held-apart sentences of `training/judged` into gold sets in `benchmarks/gold`: `own_status`, `own_figures`.

`python -m training.make_judged` writes the files; tests compare them with the sentences.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from training.annotations import Example, read_examples

FOLDER = Path(__file__).parent / "judged"
GOLD = Path(__file__).parents[1] / "benchmarks" / "gold" / "own_status" / "dev.jsonl"
FIGURES = Path(__file__).parents[1] / "benchmarks" / "gold" / "own_figures" / "dev.jsonl"


def gold_record(example: Example) -> dict[str, Any]:
    """Return an example as a gold record: a report of headline, sentences before and the sentence, and its events."""
    ahead = "".join(part + gap for part, gap in ((example.headline, "\n\n"), (example.before, " ")) if part)
    return {
        "id": example.id,
        "register": example.register,
        "country": example.country,
        "text": ahead + example.text,
        "start": len(ahead),
        "end": len(ahead) + len(example.text),
        "trap": example.trap,
        "events": [
            {
                "type": event.type,
                "form": event.form,
                "status": event.status,
                "triggers": [
                    [len(ahead) + mark.start, len(ahead) + mark.end]
                    for mark in example.marks
                    if mark.role == "trigger" and event.number in mark.events
                ],
            }
            for event in example.events
        ],
    }


def figure_record(example: Example) -> dict[str, Any]:
    """Return an example as a gold record of its figures: their spans, whose they are, the events and their parties."""
    record = gold_record(example)
    ahead = record["start"]
    spans = {
        role: [[list(mark.events), ahead + mark.start, ahead + mark.end] for mark in example.marks if mark.role == role]
        for role in ("figure", "actor", "recipient", "time")
    }
    numbers = [event.number for event in example.events]
    told = {"events": [{**event, "number": number} for event, number in zip(record["events"], numbers, strict=True)]}
    return {**record, **told, **spans}


def gold_lines(paths: Iterable[Path]) -> str:
    """Return the gold file of the events in these files of sentences."""
    return "".join(json.dumps(gold_record(it), ensure_ascii=False) + "\n" for it in read_examples(paths))


def figure_lines(paths: Iterable[Path]) -> str:
    """Return the gold file of the figures in these files of sentences."""
    return "".join(json.dumps(figure_record(it), ensure_ascii=False) + "\n" for it in read_examples(paths))


def main() -> None:
    """Write the gold files."""
    paths = sorted(FOLDER.glob("*.txt"))
    for path, lines in ((GOLD, gold_lines(paths)), (FIGURES, figure_lines(paths))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(lines, "utf-8")


if __name__ == "__main__":
    main()

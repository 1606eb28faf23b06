"""Events drawn from the gold documents for people to check by hand, and the tally of what they found.

    python benchmarks/hand_check.py draw GOLD OUT [--events 100] [--sets NAME ...] [--but OTHER/events.jsonl]
    python benchmarks/hand_check.py tally OUT/events.jsonl READER_A.csv READER_B.csv

`draw` reads documents of development splits, codes them, and draws one event a document by the hash of its place,
whatever it looks like; `OUT/sheet.md` shows each report with the event's word marked, to be read first and answered
blind; `OUT/answers.md` what the machine said of it, to be compared afterwards; `OUT/events.jsonl` its claims, without a
word of the text. The sheets hold texts under copyright: keep them out of what you publish. Each reader fills a CSV:
`event` (its number) and a verdict a question, see `VERDICTS`.
`tally` prints the share right by each reader, how often the readers agree, and what matters most: how many of the wrong
values claimed to be stated by the words, and how many of somebody's claims would go out as the report's own.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import islice, zip_longest
from math import sqrt
from pathlib import Path
from typing import Any

import ftfy

import dateline
from dateline.model.wire import mention_json

SETS = ("docs_glocon_sample", "linking_ecbplus", "linking_newswcl50", "template_muc4", "timex_tbaq")
VERDICTS = {
    "event_ok": ("yes", "no"),  # do the words tell of an event of some type of the codebook, of any status?
    "type": ("right", "wrong"),  # type and form
    "status": ("right", "wrong"),
    "place": ("right", "wrong", "missed"),  # right as well where none is told and none is given
    "when": ("right", "wrong", "missed"),
    "voice": ("right", "wrong", "own"),  # own: somebody's claim, given as the report's own
    "figures": ("right", "wrong", "missed"),
}
"""Question -> the answers that a reader may give; of what is no event the others are left empty."""


def draw(gold: Path, out: Path, events: int, sets: Sequence[str] = SETS, seen: frozenset[str] = frozenset()) -> None:
    """Write the sheet for the readers, and what the machine said; documents that were `seen` are left out."""
    out.mkdir(parents=True, exist_ok=True)
    streams = [_told(gold, name, seen) for name in sets]
    in_turn = (row for rows in zip_longest(*streams) for row in rows if row is not None)
    rows = list(islice(in_turn, events))
    numbered = list(enumerate(rows, start=1))
    claims = [{"event": number, "set": name, "doc": doc} | _claims(it) for number, (name, doc, _, it) in numbered]
    for file, lines in (
        ("sheet.md", (_form(number, name, told, it) for number, (name, _, told, it) in numbered)),
        ("answers.md", (_answer(number, it) for number, (_, _, _, it) in numbered)),
        ("events.jsonl", (json.dumps(claim) + "\n" for claim in claims)),
    ):
        (out / file).write_text("".join(lines), encoding="utf-8")


def _told(gold: Path, name: str, seen: frozenset[str]) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield one event a document, documents by the hash of their id."""
    with (gold / name / "dev.jsonl").open(encoding="utf-8") as lines:
        records = sorted((json.loads(line) for line in lines), key=lambda it: _hash(name, it["id"]))
    for record in (record for record in records if record["id"] not in seen):
        told = _code(record)
        if told.mentions:
            yield name, record["id"], told, _drawn(told.mentions, name, record["id"])


def _drawn(mentions: Sequence[Any], *place: str) -> Any:
    return min(mentions, key=lambda it: _hash(*place, it.trigger.start))


def _code(record: dict[str, Any]) -> Any:
    day = record.get("date") or record.get("published")
    text = ftfy.fix_encoding(record["text"])
    return dateline.code(
        text, publisher=record.get("publisher"), published=date.fromisoformat(day[:10]) if day else None
    )


def _hash(*parts: object) -> str:
    return sha256("|".join(map(str, parts)).encode()).hexdigest()


def _form(number: int, name: str, told: Any, mention: Any) -> str:
    text = told.report.text
    start, end = mention.trigger.start, mention.trigger.end
    marked = f"{text[:start]}>>>{text[start:end]}<<<{text[end:]}"
    day = told.report.published.day or "unknown"
    return f"\n# Event {number} ({name}; published {day})\n\n{marked}\n"


def _answer(number: int, mention: Any) -> str:
    said = json.dumps(mention_json(mention), ensure_ascii=False, indent=1)
    return f"\n# Event {number}\n\n```json\n{said}\n```\n"


def _claims(mention: Any) -> dict[str, Any]:
    """Return what the tally needs: what was claimed, and on which basis."""
    return {
        "type": mention.type,
        "status": mention.status.value,
        "place": mention.place.basis.value if mention.place else None,
        "when": mention.when.basis.value if mention.when else None,
        "voices": len(mention.attribution.voices),
    }


def tally(machine: Path, readers: Sequence[Path]) -> None:
    """Print shares, agreement, and the two kinds of error that mislead."""
    claimed = {it["event"]: it for it in map(json.loads, machine.read_text().splitlines())}
    sheets = [_verdicts(path) for path in readers]
    for path, sheet in zip(readers, sheets, strict=True):
        print(path.name)
        for question, answers in VERDICTS.items():
            given = [row[question] for row in sheet.values() if row[question]]
            print("  " + _share(question, given.count(answers[0]), len(given)))
        print("  " + _share("type, place and when", *_together(sheet)))
        for question in ("place", "when"):
            wrong = [event for event, row in sheet.items() if row[question] == "wrong"]
            sure = sum(claimed[event][question] in ("stated", "resolved") for event in wrong)
            print(f"  of {len(wrong)} wrong ({question}), {sure} claimed to be stated or resolved")
    for question in VERDICTS:
        both = [(a[question], b[question]) for event, a in sheets[0].items() if (b := sheets[1].get(event))]
        same = [x == y for x, y in both if x and y]
        print(_share(f"readers agree on {question}", sum(same), len(same)))


def _together(sheet: dict[int, dict[str, str]]) -> tuple[int, int]:
    rows = list(sheet.values())
    right = [row["event_ok"] == "yes" and {row["type"], row["place"], row["when"]} == {"right"} for row in rows]
    return sum(right), len(right)


def _verdicts(path: Path) -> dict[int, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {int(row["event"]): {name: row[name].strip() for name in VERDICTS} for row in csv.DictReader(lines)}
    for event, row in rows.items():
        for question, answers in VERDICTS.items():
            if row[question] not in (*answers, ""):
                raise SystemExit(
                    f"{path}: event {event}, {question}: {row[question]!r} is none of {', '.join(answers)}"
                )
    return rows


def _share(name: str, right: int, total: int) -> str:
    low, high = _wilson(right, total)
    return f"{name:28} {right:3} of {total:3} = {right / max(total, 1):.2f} [{low:.2f} {high:.2f}]"


def _wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927); 0 to 1 of nothing."""
    if not total:
        return 0.0, 1.0
    share, spread = right / total, z * z / total
    centre, reach = share + spread / 2, z * sqrt(share * (1 - share) / total + spread / total / 4)
    return (centre - reach) / (1 + spread), (centre + reach) / (1 + spread)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("gold", type=Path)
    drawing.add_argument("out", type=Path)
    drawing.add_argument("--events", type=int, default=100)
    drawing.add_argument("--sets", nargs="+", default=SETS)
    drawing.add_argument("--but", type=Path, help="events.jsonl of an earlier draw, whose documents are left out")
    tallying = commands.add_parser("tally")
    tallying.add_argument("machine", type=Path)
    tallying.add_argument("readers", type=Path, nargs=2)
    given = parser.parse_args()
    if given.command == "draw":
        rows = given.but.read_text().splitlines() if given.but else []
        draw(given.gold, given.out, given.events, given.sets, frozenset(json.loads(row)["doc"] for row in rows))
    else:
        tally(given.machine, given.readers)


if __name__ == "__main__":
    main()

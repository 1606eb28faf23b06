"""Is one article with its copies one source, and is it contested once others tell it with other figures?

    python benchmarks/family.py FOLDER ACCOUNTS.jsonl

Six rewrites of `FOLDER/article.txt` are made here, each under another publisher: cut short, reordered, under a new
headline, with sentences replaced by ours, credited to an agency, and in part inside a report of our own. Then a real
run reads article and rewrites, and another one the accounts of ACCOUNTS too: reports by people who copied nothing. Each
event of `FOLDER/facts.json` must be one incident of one independent source, for a reason in words; and with the
accounts those that they tell of must have two sources or more, and be contested where they give other figures. Prints a
table; nothing is asserted.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.config import load_config
from dateline.running.run import run
from dateline.storing.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.model.event import Mention
    from dateline.model.incident import Incident
    from dateline.model.text import Report

Record = dict[str, Any]

OURS = (
    "Readers who wish to receive this page by letter may write to the editors.",
    "The editors have shortened what follows and have added nothing to it.",
    "A map of the region stands on the back page of the printed edition.",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One event of the article, as the incidents show it.

    Attributes:
        event: the fact, and the words that name the event.
        reports: how many of the family's reports tell of it, by the coder.
        incidents: how many incidents those mentions are in.
        independent, contested, why: of the incident that holds the article's mention.
        told: whether one of the accounts tells of it, by the linker.
    """

    event: str
    reports: int
    incidents: int
    independent: int
    contested: tuple[str, ...]
    why: tuple[str, ...]
    told: bool


def rewrites(text: str) -> Iterator[Record]:
    """Yield the six rewrites of an article, each under a publisher of its own."""
    headline, *body = [it for it in text.split("\n\n") if it.strip()]
    third = [OURS[number % 3] if number % 3 == 2 else it for number, it in enumerate(body)]
    middle = body[len(body) // 4 : 3 * len(body) // 4]
    for name, parts in (
        ("Cut", [headline, *body[: max(1, 2 * len(body) // 3)]]),
        ("Reordered", [headline, *body[1::2], *body[::2]]),
        ("Headline", ["A campaign and its critics", *body]),
        ("Replaced", [headline, *third]),
        ("Credited", [*body, "This text was distributed by the Northern Press Service."]),
        ("Partial", [OURS[1], *middle, OURS[2]]),
    ):
        yield {"publisher": f"{name} Courier", "title": f"{name} edition", "text": "\n\n".join(parts)}


def look(article: str, facts: Iterable[Record], others: Sequence[Record], accounts: Sequence[Record]) -> list[Seen]:
    """Run over an article, its rewrites and some accounts, and return how each of its events comes out."""
    records = [{"publisher": "Original Courier", "title": "The original", "text": article}, *others, *accounts]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reports.jsonl"
        source.write_text("".join(json.dumps(it) + "\n" for it in records), "utf-8")
        run([str(source)], Path(folder) / "project", load_config())
        with open_database(Path(folder) / "project") as database:
            told = list(database.told())
            incidents = database.incidents()
    strangers = {it["publisher"] for it in accounts}
    family = [(report, mentions) for report, mentions in told if report.publisher not in strangers]
    return list(_seen(family, facts, incidents, {it.id for it, _ in told if it.publisher in strangers}))


def _seen(
    family: Sequence[tuple[Report, Sequence[Mention]]],
    facts: Iterable[Record],
    incidents: Sequence[Incident],
    strangers: set[str],
) -> Iterator[Seen]:
    home = {mention: incident for incident in incidents for mention in incident.mentions}
    named: dict[str, list[Mention]] = {}
    for fact in facts:
        for report, mentions in family:
            start = report.text.find(fact["quote"])
            inside = (
                [it for it in mentions if start <= it.trigger.start < start + len(fact["quote"])] if start >= 0 else []
            )
            for it in inside:
                if it.id in home:
                    named.setdefault(f"{fact['id']}: {it.type} “{it.trigger.quote}”", []).append(it)
    for event, mentions in named.items():
        homes = {home[it.id].id: home[it.id] for it in mentions}
        main = max(homes.values(), key=lambda it: (len(it.mentions), it.id))
        why = tuple(why for group in main.groups for why in group.why)
        told = bool(strangers.intersection(main.reports))
        reports = len({it.report for it in mentions})
        yield Seen(event, reports, len(homes), main.independent, main.disputed, why, told)


def main() -> None:
    """Print both tables."""
    folder, accounts = Path(sys.argv[1]), Path(sys.argv[2])
    article = (folder / "article.txt").read_text("utf-8")
    facts = [it for it in json.loads((folder / "facts.json").read_text("utf-8"))["facts"] if it["kind"] == "event"]
    copies = list(rewrites(article))
    others = [json.loads(line) for line in accounts.read_text("utf-8").splitlines()]
    for title, strangers in (("article and six rewrites", []), ("and three accounts", others)):
        print(title)
        for it in look(article, facts, copies, strangers):
            wrong = it.incidents != 1 or (
                it.independent != 1 if not it.told else it.independent < 2 or not it.contested
            )
            told = f"{it.reports} reports, {it.incidents} incidents, {it.independent} sources"
            print(f"{'WRONG' if wrong else 'right'}  {it.event}: {told}{', told by an account' if it.told else ''}")
            print(f"       contested: {', '.join(it.contested) or 'no'}; why one: {'; '.join(it.why) or '-'}")


if __name__ == "__main__":
    main()

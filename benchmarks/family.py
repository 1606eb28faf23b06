"""Is one article with its copies one source, and is it contested once others tell it with other figures?

    python benchmarks/family.py FOLDER ACCOUNTS.jsonl

Six rewrites of `FOLDER/article.txt` are made here, each under another publisher: cut short, reordered, under a new
headline, with sentences replaced by ours, credited to an agency, and in part inside a report of our own. Then a real
run reads article and rewrites, and another one the accounts of ACCOUNTS too: reports by people who copied nothing, with
what each `tells`: facts of `FOLDER/facts.json`, and in which fields its figures differ from the article's. Each event
must be one incident; of one independent source, for a reason in words; and with the accounts, an event that they tell
must hold a mention of each that tells it, be of as many sources, and be contested in the fields in which they differ.
Prints a table; exits with 1 if anything in it is wrong.
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
        fact: its name in the list of facts.
        event: the words that name the event.
        reports: how many of the family's reports tell of it, by the coder.
        incidents: how many incidents those mentions are in.
        independent, contested, why: of the incident that holds the article's mention.
        told: publishers of the accounts whose mentions that incident holds.
        tellers: publishers of the accounts that tell of it, by whoever wrote them.
        differ: fields in which they differ from the article.
    """

    fact: str
    event: str
    reports: int
    incidents: int
    independent: int
    contested: tuple[str, ...]
    why: tuple[str, ...]
    told: frozenset[str]
    tellers: frozenset[str]
    differ: frozenset[str]

    @property
    def faults(self) -> tuple[str, ...]:
        """What is not as it should be, in words."""
        stated = (
            (self.incidents != 1, f"{self.incidents} incidents"),
            (self.told != self.tellers, f"linked to {_listed(self.told)}, not to {_listed(self.tellers)}"),
            (self.independent != 1 + len(self.tellers), f"{self.independent} sources, not {1 + len(self.tellers)}"),
            (not self.differ.issubset(self.contested), f"not contested in {_listed(self.differ)}"),
            (self.reports > 1 and not self.why, "no reason for one source"),
        )
        return tuple(fault for is_wrong, fault in stated if is_wrong)


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


def look(article: str, facts: Sequence[Record], others: Sequence[Record], accounts: Sequence[Record]) -> list[Seen]:
    """Run over an article, its rewrites and some accounts, and return how each of its events comes out."""
    plain = [{key: value for key, value in it.items() if key != "tells"} for it in accounts]
    records = [{"publisher": "Original Courier", "title": "The original", "text": article}, *others, *plain]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reports.jsonl"
        source.write_text("".join(json.dumps(it) + "\n" for it in records), "utf-8")
        run([str(source)], Path(folder) / "project", load_config())
        with open_database(Path(folder) / "project") as database:
            told = list(database.told())
            incidents = database.incidents()
    strangers = {report.id: it for report, _ in told for it in accounts if it["publisher"] == report.publisher}
    family = [(report, mentions) for report, mentions in told if report.id not in strangers]
    return list(_seen(_events(family, facts), incidents, strangers))


def _events(family: Sequence[tuple[Report, Sequence[Mention]]], facts: Iterable[Record]) -> dict[_Event, list[Mention]]:
    """Return the family's mentions of each event: those that stand in the words of its fact."""
    named: dict[_Event, list[Mention]] = {}
    for fact in facts:
        for report, mentions in family:
            start = report.text.find(fact["quote"])
            end = start + len(fact["quote"])
            inside = [it for it in mentions if start >= 0 and start <= it.trigger.start < end]
            for it in inside:
                main = it.type in fact.get("type", it.type).split()
                named.setdefault((fact["id"], f"{it.type} “{it.trigger.quote}”", main), []).append(it)
    return named


_Event = tuple[str, str, bool]
"""A fact, the words of an event in it, and whether it is the event that the fact is about."""


def _seen(
    events: dict[_Event, list[Mention]], incidents: Sequence[Incident], strangers: dict[str, Record]
) -> Iterator[Seen]:
    home = {mention: incident for incident in incidents for mention in incident.mentions}
    owned = _owned(events, home)
    for (fact, event, is_main), mentions in events.items():
        homes = {home[it.id].id: home[it.id] for it in mentions if it.id in home}
        if not homes:
            continue
        main = max(homes.values(), key=lambda it: (len(it.mentions), it.id))
        facts = {fact} if is_main else owned.get(main.id, set())
        tellers = [it for it in strangers.values() if facts & it["tells"].keys()]
        yield Seen(
            fact,
            event,
            reports=len({it.report for it in mentions if it.id in home}),
            incidents=len(homes),
            independent=main.independent,
            contested=main.disputed,
            why=tuple(why for group in main.groups for why in group.why),
            told=frozenset(strangers[it]["publisher"] for it in main.reports if it in strangers),
            tellers=frozenset(it["publisher"] for it in tellers),
            differ=frozenset(
                field for it in tellers for told in facts & it["tells"].keys() for field in it["tells"][told]
            ),
        )


def _owned(events: dict[_Event, list[Mention]], home: dict[str, Incident]) -> dict[str, set[str]]:
    """Return the facts that each incident is about: what is told in passing ("blamed for the protests") is one of them.

    A passing mention of an event that is a fact of its own is in that fact's incident, with all who tell of it.
    """
    owned: dict[str, set[str]] = {}
    for (fact, _, is_main), mentions in events.items():
        for it in mentions:
            if is_main and it.id in home:
                owned.setdefault(home[it.id].id, set()).add(fact)
    return owned


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nobody"


def _print(it: Seen) -> None:
    what = f"{it.reports} reports, {it.incidents} incidents, {it.independent} sources"
    print(f"{'WRONG' if it.faults else 'right'}  {it.fact}: {it.event}: {what}")
    linked = f"linked to {_listed(it.told)}; " if it.told | it.tellers else ""
    print(f"       {linked}contested: {', '.join(it.contested) or 'no'}; {len(it.why)} reasons for one source")
    for fault in it.faults:
        print(f"       FAULT: {fault}")


def main() -> None:
    """Print both tables."""
    folder, accounts = Path(sys.argv[1]), Path(sys.argv[2])
    article = (folder / "article.txt").read_text("utf-8")
    facts = [it for it in json.loads((folder / "facts.json").read_text("utf-8"))["facts"] if it["kind"] == "event"]
    copies = list(rewrites(article))
    others = [json.loads(line) for line in accounts.read_text("utf-8").splitlines()]
    wrong = 0
    for title, strangers in (("article and six rewrites", []), ("and three accounts", others)):
        seen = look(article, facts, copies, strangers)
        wrong += sum(bool(it.faults) for it in seen)
        told = {it.fact for it in seen if it.tellers}
        missed = {fact for it in strangers for fact in it["tells"]} - told
        print(f"{title}: {sum(not it.faults for it in seen)} of {len(seen)} right; not coded: {_listed(missed)}")
        wrong += len(missed)
        for it in seen:
            _print(it)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()

"""linking_maverick: which event reports, already coded by people, are accounts of one event? `event_id` is withheld.

There is no text: each record becomes a report that lists what was coded (headline, place, day, actors, figures), one
item a line, and one mention that cites those lines. Every record is election violence, so all have one type and no
form: the linker decides by time, place, actors, figures and the words of the headline. Publishers' names are folded.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateline.evaluating import clusters
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, label_f1, precision, recall
from dateline.model.event import Event, Mention, Status, make_mention
from dateline.model.ground import Actor, Figure, Granularity, Place, Precision, Role, When
from dateline.model.text import Evidence, Published, PublishedBasis, Report, Span, make_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages

AGENCIES = {
    "AFP": "Agence France Presse",
    "AP": "Associated Press Newswires",
    "Associated Press": "Associated Press Newswires",
    "Reuters": "Reuters News",
}
COUNTRIES = {"Kenya": "KEN", "Cote d'Ivoire": "CIV", "Côte d'Ivoire": "CIV", "Ivory Coast": "CIV"}
PRECISIONS = {1: Precision.SITE, 2: Precision.CITY, 3: Precision.CITY, 4: Precision.COUNTY, 5: Precision.PROVINCE}
"""The corpus's geo_precision, from an exact spot to the whole country."""

SECTORS = {
    "Security forces: Police": "COP",
    "Security forces: Paramilitary police": "COP",
    "Security forces: Army": "MIL",
    "Non-state armed actor: Militia": "PRM",
    "Non-state armed actor: Rebel group": "REB",
    "Non-state armed actor: Criminal gang": "CRM",
    "Non-state armed actor: Vigilante group": "UAF",
    "Political actor: Party supporters": "PTY",
    "Political actor: Political party": "PTY",
    "Political actor: Politician(s)": "PTY",
    "Political actor: Candidate(s)": "PTY",
    "Political actor: Youth wing": "PTY",
    "Political actor: Protesters": "CVL",
    "Citizens": "CVL",
}


def judge_reports(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the incidents of all records, linked together, with their events."""
    made = [mention_of(record) for record in records]
    reports = {report.id: report for report, _ in made}
    event_of = {mention.id: record["event_id"] for record, (_, mention) in zip(records, made, strict=True)}
    gold = clusters.group(event_of)
    found = stages.link([mention for _, mention in made], reports)
    tally = clusters.sum_pairs(gold, found).add(clusters.sum_b3(gold, found))
    return [Outcome("all", tally, (f"{len(gold)} events",), (f"{len(found)} incidents",))]


def mention_of(record: Record) -> tuple[Report, Mention]:
    """Return a record as a report that lists its coded values, and the mention that cites them."""
    lines = _Lines()
    trigger = lines.cite(record["headline"] or record["source"])
    actors = tuple(_actor(actor, record, lines) for actor in record["actors"])
    place, when, figures = _place(record, lines), _when(record, lines), _figures(record, lines)
    day = date.fromisoformat(record["published"]) if record["published"] else None
    report = make_report(
        lines.cite_all(record["id"]),
        published=Published(day, PublishedBasis.GIVEN) if day else Published(),
        publisher=AGENCIES.get(record["publisher"], record["publisher"]),
        title=record["headline"],
        language="en",
    )
    event = Event(report.id, "ASSAULT", None, Status.ASSERTED, trigger, Span(0, len(report.text)), coder="gold")
    return report, make_mention(event, actors=actors, place=place, when=when, figures=figures)


class _Lines:
    """A text that grows by one cited line at a time."""

    def __init__(self) -> None:
        self._text = ""

    def cite(self, line: str) -> Evidence:
        start = len(self._text)
        self._text += line + "\n"
        return Evidence(start, start + len(line), line)

    def cite_all(self, last: str) -> str:
        """Return the text, closed with a line that makes it unlike any other."""
        return self._text + last


def _actor(coded: Record, record: Record, lines: _Lines) -> Actor:
    name = coded["name"] or "unknown"
    known = None if "unknown" in name.casefold() else name
    role = Role.RECIPIENT if coded["victim"] and not coded["perpetrator"] else Role.ACTOR
    country = COUNTRIES.get(record["country"])
    return Actor(role, lines.cite(name), known, country, SECTORS.get(coded["subtype"], "UNK"), known is not None)


def _place(record: Record, lines: _Lines) -> Place:
    name = record["city"] or record["location"] or record["country"]
    precision = PRECISIONS.get(int(record["geo_precision"] or 0), Precision.COUNTRY)
    exact = precision is not Precision.COUNTRY
    return Place(
        lines.cite(name),
        name,
        country=COUNTRIES.get(record["country"]),
        lat=record["latitude"] if exact else None,
        lon=record["longitude"] if exact else None,
        precision=precision,
    )


def _when(record: Record, lines: _Lines) -> When:
    first, last = (date.fromisoformat(record[name][:10]) for name in ("date_start", "date_end"))
    words = lines.cite(f"{first}/{last}")
    if first == last:
        return When(words, first, last, Granularity.DAY, first.isoformat())
    return When(words, first, last, Granularity.INTERVAL, f"{first}/{last}")


def _figures(record: Record, lines: _Lines) -> tuple[Figure, ...]:
    """Return the figures that are known to be above zero: zero also stands for unknown."""
    figures = []
    for field, counts in (("deaths", "killed"), ("injuries", "injured")):
        low, high = (record[f"{field}_{end}"] for end in ("low", "high"))
        if high:
            figures.append(Figure(lines.cite(f"{low}-{high} {counts}"), counts, int(low or 0), int(high)))
    return tuple(figures)


def measure(tally: Tally) -> dict[str, float]:
    """Return F1, precision and recall over pairs of reports, and B3 F1 (which singletons flatter)."""
    return {
        "pair_f1": label_f1(tally, "pair"),
        "pair_precision": precision(tally, "pair"),
        "pair_recall": recall(tally, "pair"),
        "b3_f1": clusters.cluster_f1(tally, "b3"),
    }


MAVERICK = GoldSet("linking_maverick", judge_reports, measure)

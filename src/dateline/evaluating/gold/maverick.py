"""linking_maverick: which event reports, already coded by people, are accounts of one event? `event_id` is withheld.

There is no text: the records of one source become one report that lists what was coded in it (headline, place, day,
actors, figures), one item a line, and a mention each that cites those lines. All are of one type, electoral violence,
with no form: the linker decides by time, place, actors, figures and the words of the headline. Publishers' names are
folded.

Weights between reports are learned from these events, so the records of some years are linked by weights learned from
the other years (`linking.weights.folds`), and pairs across are never joined. For intervals the gold events are
resampled, each with its share of the pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateline.evaluating import clusters, tolls
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, label_f1, precision, ratio, recall
from dateline.linking.independence import Origins
from dateline.linking.weights import Weights, folds
from dateline.model.event import Event, Mention, Status, make_mention
from dateline.model.ground import Actor, Bound, Figure, Granularity, Place, Precision, Role, When
from dateline.model.text import Evidence, Published, PublishedBasis, Report, make_report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.amounts import Sources

AGENCIES = {
    "AFP": "Agence France Presse",
    "AP": "Associated Press Newswires",
    "Associated Press": "Associated Press Newswires",
    "Reuters": "Reuters News",
}
COUNTRIES = {"Kenya": "KEN", "Cote d'Ivoire": "CIV", "Côte d'Ivoire": "CIV", "Ivory Coast": "CIV"}
PRECISIONS = {
    1: Precision.REGION,
    2: Precision.COUNTY,
    3: Precision.CITY,
    4: Precision.DISTRICT,
    5: Precision.DISTRICT,
    6: Precision.SITE,
}
"""The corpus's geo_precision, from a part of the country to an exact spot."""

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
    told = read_sources(records)
    found = link_sources(told, stages)
    mentions = {mention.id: mention for mention, _ in told.pairs}
    gold = clusters.group({mention.id: record["event_id"] for mention, record in told.pairs})
    shares = clusters.share_by_cluster(gold, found)
    origins = Origins({report.id: report.publisher for report in told.reports.values()})
    ours, theirs = (tolls.sources_in(its, mentions, origins) for its in (found, gold))
    parts: list[list[Sources]] = [[] for _ in gold]
    for home, sources in zip(tolls.homes(found, gold), ours, strict=True):
        parts[home].append(sources)
    for tally, whole, its in zip(shares, theirs, parts, strict=True):
        tally.add(_insides(whole, its))
    names = sorted({record["event_id"] for _, record in told.pairs})
    return [_outcome(event, tally) for event, tally in zip(names, shares, strict=True)]


def _insides(whole: Sources, parts: Sequence[Sources]) -> Tally:
    """Count an event with a number of dead, and the policies under which our toll of it lies in people's range."""
    if not whole:
        return Tally()
    counted = {("inside", policy): int(holds) for policy, holds in tolls.inside(whole, parts).items()}
    return Tally({("inside", "of"): 1} | counted)


@dataclass(frozen=True, slots=True)
class Told:
    """The records of all sources: reports by id, and each mention with the record that it was made of."""

    reports: Mapping[str, Report]
    pairs: Sequence[tuple[Mention, Record]]


def read_sources(records: Sequence[Record]) -> Told:
    """Return all records as the reports and mentions of their sources."""
    sources: dict[str, list[Record]] = {}
    for record in records:
        sources.setdefault(record["source"], []).append(record)
    read = [(read_source(its), its) for its in sources.values()]
    pairs = [pair for (_, mentions), its in read for pair in zip(mentions, its, strict=True)]
    return Told({report.id: report for (report, _), _ in read}, pairs)


def link_sources(told: Told, stages: Stages) -> list[frozenset[str]]:
    """Return the incidents of all mentions, each linked by weights learned from other years."""
    return [
        cluster
        for first, last, weights in folds()
        for cluster in _linked(told.pairs, (first, last), stages, told.reports, weights)
    ]


def _linked(
    pairs: Sequence[tuple[Mention, Record]],
    years: tuple[int, int],
    stages: Stages,
    reports: Mapping[str, Report],
    weights: Weights,
) -> list[frozenset[str]]:
    """Return the incidents of the records that begin in these years."""
    chosen = [mention for mention, record in pairs if years[0] <= int(record["date_start"][:4]) <= years[1]]
    return stages.link(chosen, reports, weights)


def _outcome(event: str, tally: Tally) -> Outcome:
    faults = {"split": tally["pair", "fn"], "mixed": tally["pair", "fp"]}
    return Outcome(event, tally, ("whole",), tuple(name for name, count in faults.items() if count) or ("whole",))


def read_source(records: Sequence[Record]) -> tuple[Report, list[Mention]]:
    """Return the records of one source as a report that lists their coded values, and the mentions that cite them."""
    lines = _Lines()
    values = [(lines.cite(record["headline"] or record["source"]), _values(record, lines)) for record in records]
    first = records[0]
    day = date.fromisoformat(first["published"]) if first["published"] else None
    report = make_report(
        lines.text,
        published=Published(day, PublishedBasis.GIVEN) if day else Published(),
        publisher=AGENCIES.get(first["publisher"], first["publisher"]),
        title=first["headline"],
        language="en",
    )
    made = zip(records, values, strict=True)
    return report, [make_mention(_event(report, trigger), **found) for record, (trigger, found) in made]


def _event(report: Report, trigger: Evidence) -> Event:
    return Event(report.id, "ASSAULT", None, Status.ASSERTED, trigger, trigger.span, coder="gold")


def _values(record: Record, lines: _Lines) -> dict[str, object]:
    return {
        "actors": tuple(_actor(actor, record, lines) for actor in record["actors"]),
        "place": _place(record, lines),
        "when": _when(record, lines),
        "figures": _figures(record, lines),
    }


class _Lines:
    """A text that grows by one cited line at a time."""

    def __init__(self) -> None:
        self.text = ""

    def cite(self, line: str) -> Evidence:
        start = len(self.text)
        self.text += line + "\n"
        return Evidence(start, start + len(line), line)


def _actor(coded: Record, record: Record, lines: _Lines) -> Actor:
    name = coded["name"] or "unknown"
    known = None if "unknown" in name.casefold() else name
    role = Role.RECIPIENT if coded["victim"] and not coded["perpetrator"] else Role.ACTOR
    country = COUNTRIES.get(record["country"])
    return Actor(role, lines.cite(name), known, country, SECTORS.get(coded["subtype"], "UNK"), known is not None)


def _place(record: Record, lines: _Lines) -> Place:
    precision = PRECISIONS.get(int(record["geo_precision"] or 0), Precision.UNKNOWN)
    name = record["city"] if precision is Precision.CITY else None
    name = name or record["location"] or record["city"] or record["country"]
    return Place(
        lines.cite(name),
        name,
        country=COUNTRIES.get(record["country"]),
        admin2=record["city"],
        lat=record["latitude"],
        lon=record["longitude"],
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
            ends, best = (int(low or 0), int(high)), int(record[f"{field}_best"] or 0)
            bound = Bound.EXACT if ends[0] == ends[1] else Bound.RANGE
            figures.append(Figure(lines.cite(f"{low}-{high} {counts}"), counts, *ends, bound=bound, named=best))
    return tuple(figures)


def measure(tally: Tally) -> dict[str, float]:
    """Return F1, precision and recall over pairs of reports, B3 F1 (which singletons flatter), and for each policy the
    share of deadly events whose toll by our clusters lies within what people coded of it.
    """
    return {
        "pair_f1": label_f1(tally, "pair"),
        "pair_precision": precision(tally, "pair"),
        "pair_recall": recall(tally, "pair"),
        "b3_f1": clusters.cluster_f1(tally, "b3"),
        **{f"inside_{name}": ratio(tally["inside", name], tally["inside", "of"]) for name in tolls.CHOOSING},
    }


MAVERICK = GoldSet("linking_maverick", judge_reports, measure)

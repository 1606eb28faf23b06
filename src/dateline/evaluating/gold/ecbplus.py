"""linking_ecbplus: which event mentions of a topic's reports are one event? CoNLL F1 over validated event mentions.

Gold mentions are given, and are of every kind of event, most of which no codebook has. So all are made events of one
type with no form, each in its own sentence: the linker decides by the words that name the event, by the names and
numbers around it and by the place and time that our grounding finds. (Actors are a coder's to find, so gold mentions
have none.) Topics are linked apart, their sub-topics against each other. A mention that stands in the gold data twice
with the same words counts once.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateline.evaluating import clusters
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally
from dateline.model.event import Coding, Event, Status
from dateline.model.text import Published, PublishedBasis, Report, Span, make_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.event import Mention
    from dateline.model.parse import Sentence


def judge_topics(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the incidents of each topic with its gold chains."""
    topics: dict[str, list[Record]] = {}
    for record in records:
        topics.setdefault(record["topic"], []).append(record)
    return [_outcome(topic, topics[topic], stages) for topic in sorted(topics)]


def _outcome(topic: str, records: Iterable[Record], stages: Stages) -> Outcome:
    reports: dict[str, Report] = {}
    mentions: list[Mention] = []
    chain_of: dict[str, str] = {}
    for record in records:
        report = read_report(record)
        reports[report.id] = report
        chains = chains_of(record)
        found = stages.ground(report, coding_of(report, sorted(chains), stages))
        mentions += found
        chain_of.update({it.id: chains[it.trigger.start, it.trigger.end] for it in found})
    gold = clusters.group(chain_of)
    incidents = stages.link(mentions, reports)
    tally = clusters.sum_conll(gold, incidents)
    labels = (f"{len(chain_of)} mentions", f"{len(gold)} chains")
    return Outcome(topic, tally, labels, (f"{len(incidents)} incidents",))


def read_report(record: Record) -> Report:
    """Return the text of a record as a report."""
    day = date.fromisoformat(record["published"]) if record["published"] else None
    published = Published(day, PublishedBasis.GIVEN) if day else Published()
    about = {"publisher": record["publisher"], "url": record["url"], "language": "en"}
    return make_report(record["text"], published=published, **about)


def chains_of(record: Record) -> dict[tuple[int, int], str]:
    """Map the span of each validated event mention to its chain; singletons get a chain of their own."""
    chosen = [mention for mention in record["mentions"] if mention["event"] and mention["validated"]]
    chains: dict[tuple[int, int], str] = {}
    for number, mention in enumerate(chosen):
        alone = "_SINGLE_" in mention["chain"] or not mention["chain"]
        name = f"{record['id']} {number}" if alone else mention["chain"]
        chains.setdefault((mention["spans"][0][0], mention["spans"][-1][1]), name)
    return chains


def coding_of(report: Report, spans: Iterable[tuple[int, int]], stages: Stages) -> Coding:
    """Return gold mentions as the events of a coding."""
    sentences = stages.parse(report.text)
    events = tuple(_event(report, span, sentences) for span in spans)
    return Coding(report.id, events, (), sentences)


def _event(report: Report, span: tuple[int, int], sentences: Sequence[Sentence]) -> Event:
    trigger = report.cite(*span)
    home = next((it for it in sentences if it.start <= trigger.start < it.end), None)
    clause = Span(min(home.start, trigger.start), max(home.end, trigger.end)) if home else trigger.span
    return Event(report.id, "EVENT", None, Status.ASSERTED, trigger, clause, coder="gold")


def measure(tally: Tally) -> dict[str, float]:
    """Return CoNLL F1 and the three F1 that it averages."""
    parts = {f"{metric}_f1": clusters.cluster_f1(tally, metric) for metric in ("muc", "b3", "ceafe")}
    return {"conll_f1": clusters.conll_f1(tally), **parts}


ECBPLUS = GoldSet("linking_ecbplus", judge_topics, measure)

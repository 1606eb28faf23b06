"""linking_ecbplus: which event mentions of a topic's reports are one event? CoNLL F1 over validated event mentions.

Gold mentions are given, and are of every kind of event, most of which no codebook has. So each is made an event whose
type and form are the lemma of its head word, in its own sentence; our grounding finds its place and time; our linker
links. (Actors are a coder's to find, so gold mentions have none.) Topics are linked apart, their sub-topics against
each other. A mention that stands in the gold data twice with the same words counts once.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateline.evaluating import clusters
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally
from dateline.model.event import Coding, Event, Status
from dateline.model.parse import Sentence, Token
from dateline.model.text import Published, PublishedBasis, Report, Span, make_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.event import Mention


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
        report = _report(record)
        reports[report.id] = report
        chains = _chains(record)
        found = stages.ground(report, _coding(report, sorted(chains), stages))
        mentions += found
        chain_of.update({it.id: chains[it.trigger.start, it.trigger.end] for it in found})
    gold = clusters.group(chain_of)
    incidents = stages.link(mentions, reports)
    tally = clusters.sum_conll(gold, incidents)
    labels = (f"{len(chain_of)} mentions", f"{len(gold)} chains")
    return Outcome(topic, tally, labels, (f"{len(incidents)} incidents",))


def _report(record: Record) -> Report:
    day = date.fromisoformat(record["published"]) if record["published"] else None
    published = Published(day, PublishedBasis.GIVEN) if day else Published()
    about = {"publisher": record["publisher"], "url": record["url"], "language": "en"}
    return make_report(record["text"], published=published, **about)


def _chains(record: Record) -> dict[tuple[int, int], str]:
    """Map the span of each validated event mention to its chain; singletons get a chain of their own."""
    chosen = [mention for mention in record["mentions"] if mention["event"] and mention["validated"]]
    chains: dict[tuple[int, int], str] = {}
    for number, mention in enumerate(chosen):
        alone = "_SINGLE_" in mention["chain"] or not mention["chain"]
        name = f"{record['id']} {number}" if alone else mention["chain"]
        chains.setdefault((mention["spans"][0][0], mention["spans"][-1][1]), name)
    return chains


def _coding(report: Report, spans: Iterable[tuple[int, int]], stages: Stages) -> Coding:
    sentences = stages.parse(report.text)
    events = tuple(_event(report, span, sentences) for span in spans)
    return Coding(report.id, events, (), sentences)


def _event(report: Report, span: tuple[int, int], sentences: Sequence[Sentence]) -> Event:
    trigger = report.cite(*span)
    home = next((it for it in sentences if it.start <= trigger.start < it.end), None)
    clause = Span(min(home.start, trigger.start), max(home.end, trigger.end)) if home else trigger.span
    words = home.within(*span) if home else []
    kind = head_lemma(words) if words else trigger.quote.lower()
    return Event(report.id, kind, kind, Status.ASSERTED, trigger, clause, coder="gold")


def head_lemma(words: Sequence[Token]) -> str:
    """Return the lemma of the word whose own head is not among these words (the first of several)."""
    inside = {word.index for word in words}
    return next((word.lemma for word in words if word.head not in inside or word.head == word.index), words[0].lemma)


def measure(tally: Tally) -> dict[str, float]:
    """Return CoNLL F1 and the three F1 that it averages."""
    parts = {f"{metric}_f1": clusters.cluster_f1(tally, metric) for metric in ("muc", "b3", "ceafe")}
    return {"conll_f1": clusters.conll_f1(tally), **parts}


ECBPLUS = GoldSet("linking_ecbplus", judge_topics, measure)

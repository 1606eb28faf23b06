"""own_accounts: do accounts of one incident meet, from texts alone? Ours, of waves of protest that are told in numbers.

Unlike the other sets of linking nothing is given but the texts: our coder codes them, all stories are linked as one
archive, and words that are marked as one incident must be in one incident of ours. Words that the coder passes over are
together with nothing. Stories are resampled.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateline.evaluating import clusters
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, label_f1, precision, ratio, recall
from dateline.model.text import Published, PublishedBasis, Span, make_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.event import Mention
    from dateline.model.text import Report


def judge_stories(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare our incidents with those marked, one outcome a story."""
    reports = [_report(record) for record in records]
    coded = zip(reports, stages.code(reports), strict=True)
    told = {report.id: stages.ground(report, coding) for report, coding in coded}
    mentions = [mention for some in told.values() for mention in some]
    found = stages.link(mentions, {report.id: report for report in reports})
    home = {mention: f"incident {place}" for place, incident in enumerate(found) for mention in incident}
    marked = [it for record, report in zip(records, reports, strict=True) for it in _marked(record, told[report.id])]
    gold = clusters.group({words: incident for words, incident, _ in marked})
    ours = clusters.group({words: home.get(mention, words) for words, _, mention in marked})
    coded_words = {words for words, _, mention in marked if mention in home}
    stories = {words: incident.split()[0] for words, incident, _ in marked}
    parts = zip(gold, clusters.share_by_cluster(gold, ours), strict=True)
    return [_outcome(cluster, tally, coded_words, ours, stories) for cluster, tally in parts]


def _report(record: Record) -> Report:
    day = Published(date.fromisoformat(record["published"]), PublishedBasis.GIVEN)
    return make_report(record["text"], publisher=record["publisher"], published=day, language="en")


def _marked(record: Record, mentions: Sequence[Mention]) -> Iterator[tuple[str, str, str]]:
    """Yield a name for each marked words, their incident, and the mention that stands in them ("" for none)."""
    for incident, spans in record["incidents"].items():
        for start, end in spans:
            inside = [it for it in mentions if it.trigger.span.overlaps(Span(start, end))]
            last = max(inside, key=lambda it: (it.trigger.end, it.id), default=None)
            yield f"{record['id']} {start}", incident, last.id if last else ""


def _outcome(
    cluster: frozenset[str],
    tally: Tally,
    coded: set[str],
    ours: Sequence[frozenset[str]],
    stories: Mapping[str, str],
) -> Outcome:
    tally["words", "all"] = len(cluster)
    tally["words", "coded"] = len(cluster & coded)
    parts = sorted(",".join(sorted(cluster & it)) for it in ours if cluster & it)
    story = stories[min(cluster)]
    return Outcome(f"{story} {min(cluster)}", tally, (f"{len(cluster)} accounts",), tuple(parts), group=story)


def measure(tally: Tally) -> dict[str, float]:
    """Return F1, precision and recall of pairs of words that are together, and which share of the words is coded."""
    scores = {"pair_f1": label_f1(tally, "pair"), "pair_precision": precision(tally, "pair")}
    coded = ratio(tally["words", "coded"], tally["words", "all"])
    return scores | {"pair_recall": recall(tally, "pair"), "coded": coded}


OWN_ACCOUNTS = GoldSet("own_accounts", judge_stories, measure)

"""extract_news_html: the text of a web page, its title and date.

Each page names segments that belong to the text and segments that do not: F1 over segments, as trafilatura's own
evaluation counts. White space is folded on both sides. Title and date: share of pages on which they are right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, label_f1, precision, ratio, recall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.text import Report


def judge_pages(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare what is read from each page with what belongs to it."""
    return [_outcome(record, stages.read(record["folder"] / record["html"])) for record in records]


def _outcome(record: Record, report: Report | None) -> Outcome:
    text = _fold(report.text if report else "")
    kept = sum(_fold(segment) in text for segment in record["with"])
    tally = Tally({("text", "tp"): kept, ("text", "fn"): len(record["with"]) - kept})
    tally["text", "fp"] = sum(_fold(segment) in text for segment in record["without"])
    published = report.published.day if report else None
    tally.add(_field("title", record["title"], (report.title or "") if report else ""))
    tally.add(_field("date", record["published"], published.isoformat() if published else ""))
    missed = (f"text {kept}/{len(record['with'])}", f"wrong {tally['text', 'fp']:.0f}/{len(record['without'])}")
    return Outcome(record["id"], tally, (f"published {record['published']}",), (*missed, f"published {published}"))


def _field(name: str, gold: str | None, found: str) -> Tally:
    if not gold:
        return Tally()
    return Tally({(name, "all"): 1, (name, "right"): _fold(gold) == _fold(found)})


def _fold(text: str) -> str:
    return " ".join(text.split())


def measure(tally: Tally) -> dict[str, float]:
    """Return F1, precision and recall over segments, and the share of right titles and dates."""
    return {
        "text_f1": label_f1(tally, "text"),
        "text_precision": precision(tally, "text"),
        "text_recall": recall(tally, "text"),
        "title_accuracy": ratio(tally["title", "right"], tally["title", "all"]),
        "date_accuracy": ratio(tally["date", "right"], tally["date", "all"]),
    }


PAGES = GoldSet("extract_news_html", judge_pages, measure)

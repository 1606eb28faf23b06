"""Ways to cite an incident: its reports as CSL-JSON and BibTeX, its quotes as W3C Web Annotations."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dateline.model.text import evidence_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.model.event import Mention
    from dateline.model.text import Evidence, Report

AROUND = 32
"""Code points before and after a quote by which an annotation can be found again."""

_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "&%$#_{}"
}


def csl(reports: Iterable[Report]) -> list[dict[str, Any]]:
    """Return reports as CSL-JSON, the form that Zotero and pandoc read."""
    return [_item(report) for report in reports]


def _item(report: Report) -> dict[str, Any]:
    item: dict[str, Any] = {"id": report.id[:12], "type": "article-newspaper", "title": report.title or report.source}
    if report.publisher:
        item["container-title"] = report.publisher
    if report.published.day:
        day = report.published.day
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    if report.url:
        item["URL"] = report.url
    if report.language:
        item["language"] = report.language
    return item | {"note": f"sha256 {report.raw}"}


def bibtex(reports: Iterable[Report]) -> str:
    """Return reports as BibTeX; signs that TeX takes for commands are escaped."""
    return "\n".join(_entry(report) for report in reports)


def _entry(report: Report) -> str:
    day = report.published.day
    fields = {
        "title": report.title or report.source,
        "journal": report.publisher,
        "year": str(day.year) if day else None,
        "date": str(day) if day else None,
        "url": report.url,
        "note": f"sha256 {report.raw}",
    }
    lines = [f"  {name} = {{{_escape(value)}}}" for name, value in fields.items() if value]
    return f"@article{{r{report.id[:12]},\n" + ",\n".join(lines) + "\n}\n"


def _escape(text: str) -> str:
    return re.sub(r"[\\&%$#_{}~^]", lambda sign: _TEX[sign[0]], " ".join(text.split()))


def web_annotations(mentions: Iterable[Mention], reports: Mapping[str, Report]) -> list[dict[str, Any]]:
    """Return each quote of the mentions as a Web Annotation on the text that it stands in.

    The text is named by its hash; offsets are Unicode code points.
    """
    return [
        _annotation(mention, reports[mention.report], evidence)
        for mention in mentions
        if mention.report in reports
        for evidence in dict.fromkeys(evidence_in(mention))
    ]


def _annotation(mention: Mention, report: Report, evidence: Evidence) -> dict[str, Any]:
    start, end = evidence.start, evidence.end
    quote = {
        "type": "TextQuoteSelector",
        "exact": evidence.quote,
        "prefix": report.text[max(0, start - AROUND) : start],
        "suffix": report.text[end : end + AROUND],
    }
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:dateline:{mention.id}#char={start},{end}",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": f"{mention.type} {mention.form or ''}".strip(), "purpose": "tagging"},
        "target": {
            "source": f"urn:sha256:{sha256(report.text.encode('utf-8', 'surrogatepass')).hexdigest()}",
            "selector": [quote, {"type": "TextPositionSelector", "start": start, "end": end}],
        },
    }

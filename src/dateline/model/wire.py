"""The JSON form of a mention, `dateline.mention/1`: stable, documented in `docs/mention.md`, versioned.

Offsets are half-open, in Unicode code points of the report's text. Unknown values are null, never missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.errors import Issue
    from dateline.model.event import Label, Mention
    from dateline.model.ground import Actor, Figure, Place, Voice, When
    from dateline.model.incident import Incident
    from dateline.model.text import Evidence, Report

SCHEMA = "dateline.mention/1"
"""Schema of one mention."""

REPORT_SCHEMA = "dateline.report/1"
"""Schema of one report with all that it tells."""


def told_json(
    report: Report | None,
    mentions: Iterable[Mention],
    incidents: Iterable[Incident],
    issues: Iterable[Issue],
    *,
    with_text: bool = False,
) -> dict[str, Any]:
    """Return a report with its mentions, its incidents (as lists of mention ids) and its issues."""
    return {
        "schema": REPORT_SCHEMA,
        "report": report_json(report, with_text=with_text) if report else None,
        "mentions": [mention_json(mention) for mention in mentions],
        "incidents": [list(incident.mentions) for incident in incidents],
        "issues": [issue_json(issue) for issue in issues],
    }


def label_json(label: Label, sentence: Evidence) -> dict[str, Any]:
    """Return what a coder says of a whole sentence."""
    return {"label": label.name, "score": label.score, "start": sentence.start, "end": sentence.end}


def mention_json(mention: Mention) -> dict[str, Any]:
    """Return a mention as a JSON object of schema `dateline.mention/1`."""
    return {
        "schema": SCHEMA,
        "id": mention.id,
        "report": mention.report,
        "type": mention.type,
        "form": mention.form,
        "status": mention.status.value,
        "confidence": round(mention.confidence, 4),
        "trigger": _words(mention.trigger),
        "actors": [_actor(actor) for actor in mention.actors],
        "where": _place(mention.place),
        "when": _when(mention.when),
        "figures": [_figure(figure) for figure in mention.figures],
        "voices": [_voice(voice) for voice in mention.attribution.voices],
        "stance": [_words(words) for words in mention.attribution.stance],
        "coder": mention.coder,
        "review": mention.review.value,
        "corrected": list(mention.corrected),
        "disputed": list(mention.disputed),
    }


def report_json(report: Report, *, with_text: bool = False) -> dict[str, Any]:
    """Return what is known about a report, with its text only if that is asked for."""
    text = {"text": report.text} if with_text else {}
    return {
        "id": report.id,
        "source": report.source,
        "raw": report.raw,
        "title": report.title,
        "publisher": report.publisher,
        "url": report.url,
        "language": report.language,
        "published": report.published.day.isoformat() if report.published.day else None,
        "published_basis": report.published.basis.value,
        "retrieved": report.retrieved.isoformat() if report.retrieved else None,
        "length": len(report.text),
        **text,
    }


def issue_json(issue: Issue) -> dict[str, Any]:
    """Return an issue as a JSON object."""
    return {
        "stage": issue.stage,
        "kind": issue.kind,
        "message": issue.message,
        "source": issue.source,
        "report": issue.report,
    }


def _words(evidence: Evidence | None) -> dict[str, Any]:
    if evidence is None:
        return {"start": None, "end": None, "quote": None}
    return {"start": evidence.start, "end": evidence.end, "quote": evidence.quote}


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "role": actor.role.value,
        **_words(actor.evidence),
        "name": actor.name,
        "country": actor.country,
        "sector": actor.sector,
        "public": actor.public,
        "kind": actor.kind.value,
        "head": actor.head,
        "modifiers": list(actor.modifiers),
        "plural": actor.plural,
        "entity": actor.entity,
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        **_words(place.evidence),
        "name": place.name,
        "geonames": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "precision": place.precision.value,
        "basis": place.basis.value,
    }


def _when(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        **_words(when.evidence),
        "from": when.earliest.isoformat() if when.earliest else None,
        "to": when.latest.isoformat() if when.latest else None,
        "granularity": when.granularity.value,
        "edtf": when.edtf,
        "basis": when.basis.value,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        **_words(figure.evidence),
        "counts": figure.counts,
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound.value,
        "named": figure.named,
        "scope": figure.scope.value,
        "basis": figure.basis.value,
        "source": figure.source.quote if figure.source else None,
    }


def _voice(voice: Voice) -> dict[str, Any]:
    cue = voice.cue.quote if voice.cue else None
    return {
        "kind": voice.kind.value,
        "name": voice.name,
        **_words(voice.evidence),
        "cue": cue,
        "public": voice.public,
        "role": voice.role.value if voice.role else None,
        "force": voice.force,
        "manner": voice.manner.value if voice.manner else None,
        "content": {"start": voice.content.start, "end": voice.content.end} if voice.content else None,
        "medium": _words(voice.medium) if voice.medium else None,
        "said": _when(voice.said),
        "basis": voice.basis.value,
        "support": [_words(words) for words in voice.support],
    }

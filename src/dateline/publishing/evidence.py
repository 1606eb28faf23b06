"""What each report says of an incident, as a page of evidence shows it: values, and the words they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.drawing import wording
from dateline.publishing.passages import Passage

if TYPE_CHECKING:
    from dateline.model.event import Mention
    from dateline.publishing.dataset import Told
    from dateline.publishing.redact import Source


@dataclass(frozen=True, slots=True)
class Said:
    """One mention of an incident, in words.

    Attributes:
        group: number of its independent source, from 1.
        before, words, after: the passage, and in it the words that name the event.
    """

    group: int
    publisher: str
    day: str
    headline: str
    url: str
    lang: str
    before: str
    words: str
    after: str
    when: str
    when_words: str
    where: str
    where_words: str
    figures: tuple[tuple[str, str], ...]
    voices: str

    @property
    def passage(self) -> str:
        """All of the passage."""
        return self.before + self.words + self.after


def said_of(told: Told) -> list[Said]:
    """Return what each mention of an incident says, by independent source and report."""
    groups = {report: number for number, it in enumerate(told.incident.groups, start=1) for report in it.reports}
    sources = {source.id: source for source in told.sources}
    around = told.passages or (Passage(),) * len(told.mentions)
    ordered = sorted(
        zip(told.mentions, around, strict=True),
        key=lambda it: (groups.get(it[0].report, 0), it[0].report, it[0].trigger.start, it[0].id),
    )
    return [_said(it, groups.get(it.report, 0), sources.get(it.report), passage) for it, passage in ordered]


def _said(mention: Mention, group: int, source: Source | None, passage: Passage) -> Said:
    when, place = mention.when, mention.place
    return Said(
        group=group,
        publisher=(source and source.publisher) or "publisher not known",
        day=wording.day(source.published) if source and source.published else "",
        headline=(source and source.title) or "",
        url=(source and source.url) or "",
        lang=(source and source.language) or "",
        before=passage.before,
        words=passage.words,
        after=passage.after,
        when=wording.when(when) if when else "",
        when_words=when.evidence.quote if when else "",
        where=wording.place(place) if place else "",
        where_words=place.evidence.quote if place else "",
        figures=tuple((wording.figure(it), it.evidence.quote) for it in mention.figures),
        voices=wording.voices(mention),
    )

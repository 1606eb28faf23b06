"""A report's text as a page shows it: one portion, cut where marks begin and end, folded if it is graphic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.exploring.graphic import is_graphic
from dateline.exploring.marks import clipped, marks_of, segments, sound
from dateline.exploring.portions import portion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.exploring.marks import Segment, Speaker
    from dateline.exploring.portions import Portion
    from dateline.model.event import Mention
    from dateline.model.text import Report


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a report's text.

    Attributes:
        speakers: who speaks in it besides the report itself.
        faults: what is wrong with evidence that does not stand in the text.
        graphic: whether the portion tells of violence in detail.
    """

    report: Report
    segments: Sequence[Segment]
    speakers: Sequence[Speaker]
    faults: Sequence[str]
    graphic: bool
    portion: Portion


def show(
    report: Report, mentions: Sequence[Mention], speakers: Mapping[str, Speaker] | None = None, part: str = ""
) -> Shown:
    """Return a report's text with the words of mentions marked.

    Args:
        report: the report.
        mentions: of it; those whose words are marked.
        speakers: who speaks in it; None marks nothing of what voices say.
        part: which portion, by its number; "" for the one where the first of the mentions stands.

    Raises:
        UsageError: if there is no such portion.
    """
    text = report.text
    given = (mark for it in mentions for mark in marks_of(it, "" if speakers is None else text, speakers))
    marks, faults = sound(report, given)
    here = portion(text, part, min((it.trigger.start for it in mentions), default=0))
    part_of_it = text[here.start : here.end]
    cut = segments(part_of_it, clipped(marks, here.start, here.end))
    return Shown(report, cut, [*(speakers or {}).values()], faults, is_graphic(part_of_it), here)
